"""What candidate generation recommends to somebody, and how many items each stage has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from engine.problems import EngineError, declare
from engine.recommenders.serving.two_stage import TwoStage, Visitor
from engine.recommenders.tasks.base import Explanation, Table
from engine.recommenders.tasks.candidates.task import CandidateTask

NO_USER = declare(
    "recommender.no-user",
    "There is no user “{user}” in the log; name one of it, such as {example}, or give a --history.",
)


def explained(
    task: CandidateTask, user: str | None, history: Sequence[str] | None, categories: Mapping[str, str], shown: int
) -> Explanation:
    """What is recommended to a user of the log, or to whoever has this history and these categories."""
    service = TwoStage(task.model, task.network, shown=shown)
    answer = service.answer(_visitor(task, service, user, history, categories))
    names, titles = task.model.item_names, task.log.item_features.get("title")
    items, scores = answer.items.tolist(), answer.scores.tolist()
    rows = [
        (place + 1, score, names[item], "" if titles is None else str(titles[item]))
        for place, (item, score) in enumerate(zip(items, scores, strict=True))
    ]
    funnel = answer.funnel
    told = (
        f"{funnel.catalogue:,} items → {funnel.candidates} candidates in"
        f" {funnel.vector_ms + funnel.retrieval_ms:.1f} ms → {funnel.shown} shown in {funnel.ranking_ms:.1f} ms"
    )
    document = {
        "items": [{"item": names[item], "score": score} for item, score in zip(items, scores, strict=True)],
        "funnel": asdict(funnel),
    }
    return Explanation(document, [told, Table(("", "score", "item", "title"), rows)])


def _visitor(
    task: CandidateTask, service: TwoStage, user: str | None, history: Sequence[str] | None, of: Mapping[str, str]
) -> Visitor:
    if history is not None:
        return Visitor(history, of)
    if user is None:
        return Visitor((), of)
    users = list(task.log.user_names)
    if user not in users:
        raise EngineError(NO_USER(user=user, example=users[0]))
    return service.visitor_of(task.log, users.index(user))
