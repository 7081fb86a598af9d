"""``why``: one item's score taken apart: which dimensions make it, which watched items are near, and which matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import Field
from scipy.special import logsumexp

from engine.recommenders.serving.asking import Ask
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.tasks.candidates.opened import Indices, OpenedCandidates, ShownItem, cosines
from engine.recommenders.tasks.candidates.ranks import Standing
from engine.recommenders.tasks.candidates.visitors import Somebody, Whom, somebody
from engine.recommenders.tasks.ranking.second_stage import ExpectedTime
from engine.recommenders.tasks.ranking.site_columns import FEATURES


class WhyParameters(Whom):
    """Why this ``item``?"""

    item: str = Field(description="the item to explain")
    nearest: int = Field(default=50, ge=0, le=1000, description="watched items to compare with")
    ranker: str | None = Field(default=None, description="path of a checkpoint of ranking, the second stage")
    decisive: int = Field(default=5, ge=0, le=1000, description="watched items that do the most to the score")


@dataclass(frozen=True, slots=True)
class Near:
    """A watched item: the ``cosine`` of its row of the item table with the explained item's, and the score ``without``
    any watch of it. Near is not the same as decisive: the tower reads the history by another table. ``read``: a watch
    of it is recent enough for the network to read it; without one that is not, the score is the same."""

    item: ShownItem
    cosine: float
    without: float
    read: bool


@dataclass(frozen=True, slots=True)
class Why:
    """``score`` = v·u = Σ ``parts``, and nothing else: the score has no bias and no part for popularity, which shows in
    v itself. ``probability``: the softmax's, e^(v·u) ÷ Σ e^(vⱼ·u) over the whole catalogue.

    ``parts`` (dimensions,): vₖ uₖ, of ``item_vector`` v and ``user_vector`` u. ``cosine``: between the two.
    ``popularity``: the item's place from 1 by watches in training. ``with_popularity`` (dimensions,): how far each
    dimension of all items tells how popular they are, as the correlation of the vₖ with log(1 + watches).

    ``decisive``: of all that the network reads, the watched items without which the score differs most, most first.
    ``ordered``: the second stage's seconds of it, whether or not it is fetched; null without a ranker.
    """

    item: ShownItem
    score: float
    rank: float
    watched: bool
    probability: float
    cosine: float
    length: float
    user_length: float
    parts: Vectors
    item_vector: Vectors
    user_vector: Vectors
    popularity: int
    with_popularity: Vectors
    nearest: Sequence[Near]
    decisive: Sequence[Near]
    ordered: ExpectedTime | None


def answer(opened: OpenedCandidates, parameters: WhyParameters) -> Why:
    """The score taken apart. Raises EngineError for an unknown item or user, or a category that is not read."""
    ranker = None if parameters.ranker is None else opened.ranker(parameters.ranker)
    found, item = somebody(opened, parameters, () if ranker is None else FEATURES), opened.item(parameters.item)
    u, v = opened.service.vector_of(found.visitor), opened.items[item]
    scores: Vectors = opened.items @ u
    nearest, decisive = _watched(opened, found, item, float(scores[item]), parameters)
    return Why(
        item=opened.shown(item),
        score=float(scores[item]),
        rank=float(Standing(scores, found.watched).ranks(np.array([item]))[0]),
        watched=item in found.watched,
        probability=float(np.exp(scores[item] - logsumexp(scores.astype(np.float64)))),
        cosine=float(cosines(v[None], opened.norms[[item]], u)[0]),
        length=float(opened.norms[item]),
        user_length=float(np.linalg.norm(u)),
        parts=v * u,
        item_vector=v,
        user_vector=u,
        popularity=int(np.count_nonzero(opened.watches > opened.watches[item])) + 1,
        with_popularity=opened.with_popularity,
        nearest=nearest,
        decisive=decisive,
        ordered=None if ranker is None else ranker.expected_time(found.visitor, item),
    )


def _watched(
    opened: OpenedCandidates, found: Somebody, item: int, score: float, parameters: WhyParameters
) -> tuple[list[Near], list[Near]]:
    """The nearest watched items, and those that do the most to a score, which any of those that are read may do."""
    watched: Indices = found.watched[found.watched != item]
    cosine = cosines(opened.items[watched], opened.norms[watched], opened.items[item])
    nearest = watched[np.argsort(-cosine, kind="stable")[: parameters.nearest]]
    recent = found.history[-opened.model.columns.spec.history :]
    read = watched[np.isin(watched, recent)] if parameters.decisive else watched[:0]
    looked: Indices = np.union1d(nearest, read)
    if not len(looked):
        return [], []
    vectors = opened.service.vectors_of([found.without(name).visitor for name in opened.names(looked)])
    without = vectors @ opened.items[item]
    near = dict(zip(watched.tolist(), cosine.tolist(), strict=True))
    told = {
        one: Near(opened.shown(one), near[one], float(left), one in recent)
        for one, left in zip(looked.tolist(), without, strict=True)
    }
    decisive = sorted((told[one] for one in read.tolist()), key=lambda one: -abs(one.without - score))
    return [told[one] for one in nearest.tolist()], decisive[: parameters.decisive]


ASK = Ask("why", "one item's score taken apart, and the watched items that are near", WhyParameters, answer)
