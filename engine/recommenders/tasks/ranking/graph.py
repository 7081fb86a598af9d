"""YoutubeDNN's ranking (Covington et al. 2016, §4, figure 7) as a graph of blocks, and what its loss is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.embedding import EmbeddingParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.pooled import PooledParams
from engine.graph.kinds.transform import Power, TransformParams
from engine.graph.model import NetworkGraph
from engine.recommenders.model.graph_draft import GraphDraft
from engine.recommenders.tasks.ranking.spec import RankingSpec

if TYPE_CHECKING:  # the window reads graphs too, and has no tables
    from engine.recommenders.data.worlds.video_site.site import VideoSite

POWERS: tuple[Power, ...] = ("x", "x^2", "sqrt(x)")
Floats = NDArray[np.float32]


def ranking_graph(sizes: Mapping[str, int], spec: RankingSpec) -> NetworkGraph:
    """The graph; ``sizes``: of the vocabulary of every column of ids, ``video`` and ``history`` among them.

    The paper's impression and watch history read one table of video vectors. Here a table belongs to a block, so the
    two learn one each: twice the memory, and what a video is as an impression says nothing of it as a watch.
    """
    draft = GraphDraft()
    parts = [*_videos(draft, sizes, spec), *_categories(draft, sizes, spec), *_numbers(draft, spec)]
    last = draft.join(parts, 3)
    for at, units in enumerate(spec.hidden):
        params = DenseParams(units=units, activation="relu", initializer="he_normal")
        last = draft.add("dense", params, f"Tower {at + 1}", 4 + at, [last])
    draft.add("weighted_logistic", None, "Expected watch time", 4 + len(spec.hidden), [last])
    return draft.graph()


def _videos(draft: GraphDraft, sizes: Mapping[str, int], spec: RankingSpec) -> list[str]:
    parts: list[str] = []
    if spec.video:
        video = draft.add("categorical", CategoricalParams(column="video", size=sizes["video"]), "Impression", 0)
        embedding = EmbeddingParams(dimensions=spec.dimensions, scale=spec.scale)
        parts.append(draft.add("embedding", embedding, "Impression vector", 2, [video]))
    if spec.history:
        history = draft.add("bag", BagParams(column="history", size=sizes["history"]), "Watch history", 0)
        pooled = PooledParams(dimensions=spec.dimensions, scale=spec.scale)
        parts.append(draft.add("pooled", pooled, "Mean of watch history", 2, [history]))
    return parts


def _categories(draft: GraphDraft, sizes: Mapping[str, int], spec: RankingSpec) -> list[str]:
    """One block for all: each wire has its own rows of the block's table, so the two languages share no vector."""
    ids = [draft.add("categorical", CategoricalParams(column=name, size=sizes[name]), name, 0)
           for name in spec.categories]  # fmt: skip
    embedding = EmbeddingParams(dimensions=spec.category_dimensions, scale=spec.scale)
    return [draft.add("embedding", embedding, "Category vectors", 2, ids)] if ids else []


def _numbers(draft: GraphDraft, spec: RankingSpec) -> list[str]:
    if not spec.numbers:
        return []
    numbers = draft.add("numbers", NumbersParams(columns=spec.numbers), "Numbers", 0)
    transform = TransformParams(quantiles=spec.quantiles, powers=POWERS if spec.powers else ("x",))
    return [draft.add("transform", transform, "Quantiles and powers" if spec.powers else "Quantiles", 2, [numbers])]


def site_sizes(site: VideoSite, spec: RankingSpec) -> dict[str, int]:
    """Vocabulary sizes of a generated site's columns, for :func:`ranking_graph`."""
    videos: tuple[Literal["video", "history"], ...] = ("video", "history")
    return {name: len(site.names(name)) for name in (*videos, *spec.categories)}


def unit_of(clicked: NDArray[np.bool_], seconds: NDArray[np.float64], spec: RankingSpec) -> float:
    """How many seconds weigh as much as one negative, by which e^z is multiplied to be seconds.

    The expected time that comes out does not depend on the unit u, but what counts on the way there does. With the
    cure an impression's gradient in z is σ(z) (1 − (T ÷ u) ÷ e^z). For a large u, e^z ≪ 1, it is that of a Poisson
    regression, e^z − T ÷ u, where long watches decide; in plain seconds σ(z) ≈ 1 and it is that of a Gamma regression,
    1 − T ÷ E, where a few clicks on what is hardly ever watched decide, and where the batch's sum of weights, which it
    is divided by, varies with the very watch times that it is to be a mean of. The mean of an impression lies between:
    on 400,000 generated impressions, 52 s each, the weighted per-user loss was 22.4 % with it and 26.5 % with seconds.
    Unweighted, the unit is the mean of a click, as each click then stands for as long a watch.
    """
    if not spec.weighted:
        return float(seconds.sum() / clicked.sum())
    return spec.unit if spec.unit is not None else float(seconds.mean())


def targets_and_weights(
    clicked: NDArray[np.bool_], seconds: NDArray[np.float64], unit: float, spec: RankingSpec
) -> tuple[Floats, Floats]:
    """The loss's targets and weights of impressions, each (rows,), for watch times in seconds, 0 without a click.

    Over N impressions with k clicks, weights w = T ÷ unit for clicks and 1 for the others give odds e^z = Σ w ÷ (N − k)
    (§4.2), which is E[w] ÷ (1 − p). The cure is one more negative of weight 1 for each click. It needs no row of its
    own: w times the loss of a 1 plus once the loss of a 0 is w + 1 times the loss of the target w ÷ (w + 1), to the
    digit, and a click then never lies in another batch than its negative.
    """
    watched = np.where(clicked, seconds / unit if spec.weighted else 1.0, 0.0)
    if not spec.cure:
        return clicked.astype(np.float32), np.where(clicked, watched, 1.0).astype(np.float32)
    return (watched / (watched + 1.0)).astype(np.float32), (watched + 1.0).astype(np.float32)
