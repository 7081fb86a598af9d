"""What somebody is shown, why an item stands where it stands, and what each watch does to the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import numpy as np
from pydantic import Field
from scipy.special import logsumexp

from engine.recommenders.serving.asking import Ask
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.serving.two_stage import TwoStageAnswer
from engine.recommenders.tasks.candidates.answers import (
    CandidateScores,
    LeftOut,
    ListedItem,
    NearWatch,
    PlacedItem,
    Recommendation,
    ScoreHistogram,
    WhatIf,
    WhyItem,
)
from engine.recommenders.tasks.candidates.opened import Indices, OpenedCandidates, cosines
from engine.recommenders.tasks.candidates.ranks import Standing
from engine.recommenders.tasks.candidates.visitors import UNKNOWN, Somebody, Whom, shown_visitor, somebody
from engine.recommenders.tasks.ranking.site_columns import FEATURES


class RecommendParameters(Whom):
    """``items``: further items, whose scores and ranks are wanted whether or not they come into question."""

    shown: int = Field(default=12, ge=1, le=1000, description="items shown")
    candidates: int = Field(default=200, ge=1, le=10_000, description="items that retrieval finds")
    items: Annotated[tuple[str, ...], Field(max_length=1000)] = Field(default=(), description="items to look up")
    ranker: str | None = Field(default=None, description="path of a checkpoint of ranking, the second stage")
    watched: int = Field(default=50, ge=0, le=1000, description="watched items to look up, by score")
    bins: int = Field(default=60, ge=1, le=1000, description="bins of the histogram of all scores")


def recommend_items(opened: OpenedCandidates, parameters: RecommendParameters) -> Recommendation:
    """What is recommended. Raises EngineError for an unknown user, or a category that is not read."""
    ranker = None if parameters.ranker is None else opened.ranker(parameters.ranker)
    found = somebody(opened, parameters, () if ranker is None else FEATURES)
    wanted = np.array([opened.item(name) for name in parameters.items], np.int64)
    served = opened.service.answer(found.visitor, parameters.candidates, parameters.shown, ranker)
    scores: Vectors = opened.items @ served.vector
    held_out = np.array([] if found.held_out is None else [found.held_out], np.int64)
    watched = found.watched[np.argsort(-scores[found.watched], kind="stable")][: parameters.watched]
    return Recommendation(
        shown_visitor(opened, parameters, found),
        tuple(served.vector.tolist()),
        float(np.linalg.norm(served.vector)),
        _shown(opened, served),
        CandidateScores(tuple(opened.names(served.candidates)), tuple(served.candidate_scores.tolist())),
        served.funnel,
        next(iter(_placed(opened, found, served, scores, held_out)), None),
        _placed(opened, found, served, scores, watched),
        _placed(opened, found, served, scores, wanted),
        _histogram(scores, served, parameters.bins),
        opened.service.index.lists,
        None if ranker is None else ranker.assumed(found.visitor),
        opened.model.columns.spec.held_out == "random",
    )


def _shown(opened: OpenedCandidates, served: TwoStageAnswer) -> tuple[ListedItem, ...]:
    places = {item: at for at, item in enumerate(served.candidates.tolist())}
    return tuple(
        ListedItem(place, opened.shown(item), score, float(served.candidate_scores[places[item]]), places[item] + 1)
        for place, (item, score) in enumerate(zip(served.items.tolist(), served.scores.tolist(), strict=True), 1)
    )


def _placed(
    opened: OpenedCandidates, found: Somebody, served: TwoStageAnswer, scores: Vectors, items: Indices
) -> tuple[PlacedItem, ...]:
    ranks = Standing(scores, found.watched).ranks(items)
    places = {item: at for at, item in enumerate(served.items.tolist(), 1)}
    watched = set(found.watched.tolist())
    return tuple(
        PlacedItem(opened.shown(item), float(scores[item]), rank, places.get(item), item in watched)
        for item, rank in zip(items.tolist(), ranks.tolist(), strict=True)
    )


def _histogram(scores: Vectors, served: TwoStageAnswer, bins: int) -> ScoreHistogram:
    counts, edges = np.histogram(scores, bins)
    least = float(served.candidate_scores[-1]) if len(served.candidate_scores) else None
    return ScoreHistogram(tuple(counts.tolist()), tuple(edges.tolist()), least)


RECOMMEND = Ask(
    "recommend", "what is recommended to a user or a history, stage by stage", RecommendParameters, recommend_items
)


class WhyParameters(Whom):
    """Why this ``item``?"""

    item: str = Field(description="the item to explain")
    nearest: int = Field(default=50, ge=0, le=1000, description="watched items to compare with")
    ranker: str | None = Field(default=None, description="path of a checkpoint of ranking, the second stage")
    decisive: int = Field(default=5, ge=0, le=1000, description="watched items that do the most to the score")


def explain_item(opened: OpenedCandidates, parameters: WhyParameters) -> WhyItem:
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


WHY = Ask("why", "one item's score taken apart, and the watched items that are near", WhyParameters, explain_item)


SCORES = 1 << 25
"""Scores that are in memory at a time: 128 MiB."""


class WhatIfParameters(Whom):
    """``item``: one more item to follow, besides the ``top`` ones."""

    item: str | None = Field(default=None, description="an item to follow")
    top: int = Field(default=10, ge=1, le=100, description="items of the first places to follow")


def leave_out(opened: OpenedCandidates, parameters: WhatIfParameters) -> WhatIf:
    """Leave out each watched item that the network reads. Raises EngineError for an unknown user or item."""
    found = somebody(opened, parameters)
    asked = [] if parameters.item is None else [opened.item(parameters.item)]
    read = list(dict.fromkeys(found.names[-opened.model.columns.spec.history :]))
    cases = [found, *(found.without(name) for name in read)]
    vectors = opened.service.vectors_of([case.visitor for case in cases])
    moved = np.linalg.norm(vectors - vectors[0], axis=1)
    orders = _orders(opened, cases, vectors)
    scores, now = next(orders)
    top = now.best(parameters.top)
    items = np.array(list(dict.fromkeys([*asked, *top.tolist()])), np.int64)
    left_out = tuple(
        _left_out(opened, name, items, top, parameters.top, order, float(distance))
        for name, order, distance in zip(read, orders, moved[1:], strict=True)
    )
    unread = tuple(name for name in dict.fromkeys(found.names) if name not in read)
    shown, ranks = tuple(map(opened.shown, items.tolist())), tuple(now.ranks(items).tolist())
    return WhatIf(shown, tuple(opened.names(top)), tuple(scores[items].tolist()), ranks, left_out, unread)


def _orders(
    opened: OpenedCandidates, cases: Sequence[Somebody], vectors: Vectors
) -> Iterator[tuple[Vectors, Standing]]:
    """The scores of the catalogue, and its order, in each case."""
    together = max(1, SCORES // len(opened.items))
    for begin in range(0, len(cases), together):
        scores = vectors[begin : begin + together] @ opened.items.T
        for case, row in zip(cases[begin : begin + together], scores, strict=True):
            yield row, Standing(row, case.watched)


def _left_out(
    opened: OpenedCandidates,
    name: str,
    items: Indices,
    top: Indices,
    count: int,
    order: tuple[Vectors, Standing],
    moved: float,
) -> LeftOut:
    scores, standing = order
    item = opened.item_places.get(name, UNKNOWN)
    now = standing.best(count, top)  # none of which becomes seen by leaving something out
    return LeftOut(
        item=name,
        title=None if item == UNKNOWN else opened.title(item),
        known=item != UNKNOWN,
        scores=tuple(scores[items].tolist()),
        ranks=tuple(standing.ranks(items).tolist()),
        entered=tuple(opened.shown(item) for item in now.tolist() if item not in top),
        dropped=tuple(opened.shown(item) for item in top.tolist() if item not in now),
        moved=moved,
    )


WHAT_IF = Ask(
    "what_if", "each watched item left out: what would be recommended without it", WhatIfParameters, leave_out
)
