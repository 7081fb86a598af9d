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


class WhyParameters(Whom):
    """Why this ``item``?"""

    item: str = Field(description="the item to explain")
    nearest: int = Field(default=50, ge=0, le=1000, description="watched items to compare with")


@dataclass(frozen=True, slots=True)
class Near:
    """A watched item: the ``cosine`` of its row of the item table with the explained item's, and the score ``without``
    any watch of it. Near is not the same as decisive: the tower reads the history by another table."""

    item: ShownItem
    cosine: float
    without: float


@dataclass(frozen=True, slots=True)
class Why:
    """``score`` = v·u = Σ ``parts``, and nothing else: the score has no bias and no part for popularity, which shows in
    v itself. ``probability``: the softmax's, e^(v·u) ÷ Σ e^(vⱼ·u) over the whole catalogue.

    ``parts`` (dimensions,): vₖ uₖ, of ``item_vector`` v and ``user_vector`` u. ``cosine``: between the two.
    ``popularity``: the item's place from 1 by watches in training. ``with_popularity`` (dimensions,): how far each
    dimension of all items tells how popular they are, as the correlation of the vₖ with log(1 + watches).
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


def answer(opened: OpenedCandidates, parameters: WhyParameters) -> Why:
    """The score taken apart. Raises EngineError for an unknown item or user, or a category that is not read."""
    found, item = somebody(opened, parameters), opened.item(parameters.item)
    u, v = opened.service.vector_of(found.visitor), opened.items[item]
    scores: Vectors = opened.items @ u
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
        nearest=_nearest(opened, found, item, parameters.nearest),
    )


def _nearest(opened: OpenedCandidates, found: Somebody, item: int, count: int) -> list[Near]:
    watched: Indices = found.watched[found.watched != item]
    near = cosines(opened.items[watched], opened.norms[watched], opened.items[item])
    order = np.argsort(-near, kind="stable")[:count]
    if not len(order):
        return []
    some = watched[order]
    vectors = opened.service.vectors_of([found.without(name).visitor for name in opened.names(some)])
    without = vectors @ opened.items[item]
    return [
        Near(opened.shown(one), float(cosine), float(score))
        for one, cosine, score in zip(some.tolist(), near[order], without, strict=True)
    ]


ASK = Ask("why", "one item's score taken apart, and the watched items that are near", WhyParameters, answer)
