"""``why``: one item's score taken apart: which dimensions make it, which watched items are near, and which matter."""

from __future__ import annotations

import numpy as np
from pydantic import Field
from scipy.special import logsumexp

from engine.recommenders.serving.asking import Ask
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.tasks.candidates.answers import NearWatch, WhyItem
from engine.recommenders.tasks.candidates.opened import Indices, OpenedCandidates, cosines
from engine.recommenders.tasks.candidates.ranks import Standing
from engine.recommenders.tasks.candidates.visitors import Somebody, Whom, somebody
from engine.recommenders.tasks.ranking.site_columns import FEATURES


class WhyParameters(Whom):
    """Why this ``item``?"""

    item: str = Field(description="the item to explain")
    nearest: int = Field(default=50, ge=0, le=1000, description="watched items to compare with")
    ranker: str | None = Field(default=None, description="path of a checkpoint of ranking, the second stage")
    decisive: int = Field(default=5, ge=0, le=1000, description="watched items that do the most to the score")


def answer(opened: OpenedCandidates, parameters: WhyParameters) -> WhyItem:
    """The score taken apart. Raises EngineError for an unknown item or user, or a category that is not read."""
    ranker = None if parameters.ranker is None else opened.ranker(parameters.ranker)
    found, item = somebody(opened, parameters, () if ranker is None else FEATURES), opened.item(parameters.item)
    u, v = opened.service.vector_of(found.visitor), opened.items[item]
    scores: Vectors = opened.items @ u
    nearest, decisive = _watched(opened, found, item, float(scores[item]), parameters)
    return WhyItem(
        item=opened.shown(item),
        score=float(scores[item]),
        rank=float(Standing(scores, found.watched).ranks(np.array([item]))[0]),
        watched=item in found.watched,
        probability=float(np.exp(scores[item] - logsumexp(scores.astype(np.float64)))),
        cosine=float(cosines(v[None], opened.norms[[item]], u)[0]),
        length=float(opened.norms[item]),
        user_length=float(np.linalg.norm(u)),
        parts=tuple((v * u).tolist()),
        item_vector=tuple(v.tolist()),
        user_vector=tuple(u.tolist()),
        popularity=int(np.count_nonzero(opened.watches > opened.watches[item])) + 1,
        with_popularity=tuple(opened.with_popularity.tolist()),
        nearest=nearest,
        decisive=decisive,
        ordered=None if ranker is None else ranker.expected_time(found.visitor, item),
    )


def _watched(
    opened: OpenedCandidates, found: Somebody, item: int, score: float, parameters: WhyParameters
) -> tuple[tuple[NearWatch, ...], tuple[NearWatch, ...]]:
    """The nearest watched items, and those that do the most to a score, which any of those that are read may do."""
    watched: Indices = found.watched[found.watched != item]
    cosine = cosines(opened.items[watched], opened.norms[watched], opened.items[item])
    nearest = watched[np.argsort(-cosine, kind="stable")[: parameters.nearest]]
    recent = found.history[-opened.model.columns.spec.history :]
    read = watched[np.isin(watched, recent)] if parameters.decisive else watched[:0]
    looked: Indices = np.union1d(nearest, read)
    if not len(looked):
        return (), ()
    vectors = opened.service.vectors_of([found.without(name).visitor for name in opened.names(looked)])
    without = vectors @ opened.items[item]
    near = dict(zip(watched.tolist(), cosine.tolist(), strict=True))
    told = {
        one: NearWatch(opened.shown(one), near[one], float(left), one in recent)
        for one, left in zip(looked.tolist(), without, strict=True)
    }
    decisive = sorted((told[one] for one in read.tolist()), key=lambda one: -abs(one.without - score))
    return tuple(told[item] for item in nearest.tolist()), tuple(decisive[: parameters.decisive])


ASK = Ask("why", "one item's score taken apart, and the watched items that are near", WhyParameters, answer)
