"""``recommend``: from a history and categories to what is shown, stage by stage, with the scores of the whole
catalogue behind it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.serving.two_stage import Answer
from engine.recommenders.tasks.candidates.answers import (
    CandidateScores,
    ListedItem,
    PlacedItem,
    Recommendation,
    ScoreHistogram,
)
from engine.recommenders.tasks.candidates.opened import Indices, OpenedCandidates
from engine.recommenders.tasks.candidates.ranks import Standing
from engine.recommenders.tasks.candidates.visitors import Somebody, Whom, shown_visitor, somebody
from engine.recommenders.tasks.ranking.site_columns import FEATURES


class RecommendParameters(Whom):
    """``items``: further items, whose scores and ranks are wanted whether or not they come into question."""

    shown: int = Field(default=12, ge=1, le=1000, description="items shown")
    candidates: int = Field(default=200, ge=1, le=10_000, description="items that retrieval finds")
    items: Annotated[tuple[str, ...], Field(max_length=1000)] = Field(default=(), description="items to look up")
    ranker: str | None = Field(default=None, description="path of a checkpoint of ranking, the second stage")
    watched: int = Field(default=50, ge=0, le=1000, description="watched items to look up, by score")
    bins: int = Field(default=60, ge=1, le=1000, description="bins of the histogram of all scores")


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


def _shown(opened: OpenedCandidates, served: Answer) -> tuple[ListedItem, ...]:
    places = {item: at for at, item in enumerate(served.candidates.tolist())}
    return tuple(
        ListedItem(place, opened.shown(item), score, float(served.candidate_scores[places[item]]), places[item] + 1)
        for place, (item, score) in enumerate(zip(served.items.tolist(), served.scores.tolist(), strict=True), 1)
    )


def _placed(
    opened: OpenedCandidates, found: Somebody, served: Answer, scores: Vectors, items: Indices
) -> tuple[PlacedItem, ...]:
    ranks = Standing(scores, found.watched).ranks(items)
    places = {item: at for at, item in enumerate(served.items.tolist(), 1)}
    watched = set(found.watched.tolist())
    return tuple(
        PlacedItem(opened.shown(item), float(scores[item]), rank, places.get(item), item in watched)
        for item, rank in zip(items.tolist(), ranks.tolist(), strict=True)
    )


def _histogram(scores: Vectors, served: Answer, bins: int) -> ScoreHistogram:
    counts, edges = np.histogram(scores, bins)
    least = float(served.candidate_scores[-1]) if len(served.candidate_scores) else None
    return ScoreHistogram(tuple(counts.tolist()), tuple(edges.tolist()), least)


ASK = Ask("recommend", "what is recommended to a user or a history, stage by stage", RecommendParameters, answer)
