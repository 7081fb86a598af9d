"""``recommend``: from a history and categories to what is shown, stage by stage, with the scores of the whole
catalogue behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.serving.two_stage import Answer, Funnel
from engine.recommenders.tasks.candidates.opened import Indices, OpenedCandidates, ShownItem
from engine.recommenders.tasks.candidates.ranks import Standing
from engine.recommenders.tasks.candidates.visitors import ShownVisitor, Somebody, Whom, shown_visitor, somebody
from engine.recommenders.tasks.ranking.site_columns import FEATURES, Assumed


class RecommendParameters(Whom):
    """``items``: further items, whose scores and ranks are wanted whether or not they come into question."""

    shown: int = Field(default=12, ge=1, le=1000, description="items shown")
    candidates: int = Field(default=200, ge=1, le=10_000, description="items that retrieval finds")
    items: Annotated[tuple[str, ...], Field(max_length=1000)] = Field(default=(), description="items to look up")
    ranker: str | None = Field(default=None, description="path of a checkpoint of ranking, the second stage")
    watched: int = Field(default=50, ge=0, le=1000, description="watched items to look up, by score")
    bins: int = Field(default=60, ge=1, le=1000, description="bins of the histogram of all scores")


@dataclass(frozen=True, slots=True)
class Recommended:
    """``place``: from 1. ``score``: by which it is shown there, v·u or, with a ranker, the seconds that it is expected
    to be watched. ``inner``: v·u, and ``candidate``: its place by it."""

    place: int
    item: ShownItem
    score: float
    inner: float
    candidate: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """What retrieval found, best first: names and v·u."""

    items: Sequence[str]
    scores: Vectors


@dataclass(frozen=True, slots=True)
class Placed:
    """An item wherever it stands: ``rank`` from 1 by v·u among all that were not watched, ties in their middle.
    ``place``: where it is shown, if it is. ``watched``: it was, and so is not recommended again; its rank is then the
    one that it would have if it were."""

    item: ShownItem
    score: float
    rank: float
    place: int | None
    watched: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many items of the whole catalogue have which score; ``counts`` (bins,), ``edges`` (bins + 1,). ``least``: the
    score of the last candidate."""

    counts: Indices
    edges: Vectors
    least: float | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """``vector``: u, (dimensions,), and its ``length``. ``watched``: by score, the best of them first. ``held_out``:
    where the watch stands that is kept to judge on, for a user of the log. ``lists``: of the index that was searched, 0
    where it scans every item. ``assumed``: what the second stage would have to know of the visitor and does not, null
    without one."""

    visitor: ShownVisitor
    vector: Vectors
    length: float
    shown: Sequence[Recommended]
    candidates: Candidates
    funnel: Funnel
    held_out: Placed | None
    watched: Sequence[Placed]
    items: Sequence[Placed]
    scores: Histogram
    lists: int
    assumed: Assumed | None


def answer(opened: OpenedCandidates, parameters: RecommendParameters) -> Recommendation:
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
        served.vector,
        float(np.linalg.norm(served.vector)),
        _shown(opened, served),
        Candidates(opened.names(served.candidates), served.candidate_scores),
        served.funnel,
        next(iter(_placed(opened, found, served, scores, held_out)), None),
        _placed(opened, found, served, scores, watched),
        _placed(opened, found, served, scores, wanted),
        _histogram(scores, served, parameters.bins),
        opened.service.index.lists,
        None if ranker is None else ranker.assumed(found.visitor),
    )


def _shown(opened: OpenedCandidates, served: Answer) -> list[Recommended]:
    places = {item: at for at, item in enumerate(served.candidates.tolist())}
    return [
        Recommended(place, opened.shown(item), score, float(served.candidate_scores[places[item]]), places[item] + 1)
        for place, (item, score) in enumerate(zip(served.items.tolist(), served.scores.tolist(), strict=True), 1)
    ]


def _placed(opened: OpenedCandidates, found: Somebody, served: Answer, scores: Vectors, items: Indices) -> list[Placed]:
    ranks = Standing(scores, found.watched).ranks(items)
    places = {item: at for at, item in enumerate(served.items.tolist(), 1)}
    watched = set(found.watched.tolist())
    return [
        Placed(opened.shown(item), float(scores[item]), rank, places.get(item), item in watched)
        for item, rank in zip(items.tolist(), ranks.tolist(), strict=True)
    ]


def _histogram(scores: Vectors, served: Answer, bins: int) -> Histogram:
    counts, edges = np.histogram(scores, bins)
    least = float(served.candidate_scores[-1]) if len(served.candidate_scores) else None
    return Histogram(counts, edges, least)


ASK = Ask("recommend", "what is recommended to a user or a history, stage by stage", RecommendParameters, answer)
