"""What candidate generation recommends to somebody, and how many items each stage has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from difflib import get_close_matches
from pathlib import Path

from engine.problems import EngineError, declare
from engine.recommenders.serving.two_stage import TwoStage, Visitor
from engine.recommenders.tasks.base import Explanation, Others, PrintedTable
from engine.recommenders.tasks.candidates.task import CandidateTask
from engine.recommenders.tasks.ranking.answers import Assumed
from engine.recommenders.tasks.ranking.second_stage import second_stage

NO_USER = declare(
    "recommender.no-user",
    "User “{user}” wasn't in the log when this was trained. Name one who was, such as {example}, give a "
    "--history, or train again.",
)


NO_ITEMS = declare(
    "recommender.history-unknown",
    "The catalogue has no {items}. Remove it from --history, or name items as the catalogue does, such as {near}.",
)
NO_FEATURE = declare("recommender.no-user-feature", "The network reads no “{name}” of a user; it reads: {known}.")
MOST_NAMED, MOST_COMPARED = 5, 20_000


def explained(
    task: CandidateTask,
    others: Others,
    user: str | None,
    history: Sequence[str] | None,
    categories: Mapping[str, str],
    shown: int,
    ranker: Path | None = None,
) -> Explanation:
    """What is recommended to a user of the log, or to whoever has this history and these categories; ``ranker``: a
    checkpoint of ranking, whose expected seconds the candidates are then shown by. Raises EngineError."""
    second = None if ranker is None else second_stage(others(ranker), ranker.name, task.data)
    service = TwoStage(task.model, task.network, second, shown=shown)
    read = task.model.user_categories
    if ranker is None and (unread := [name for name in categories if name not in read]):
        raise EngineError(NO_FEATURE(name=unread[0], known=", ".join(read) or "none"))
    noted = _unknown(history or (), task.model.item_names)
    visitor = _visitor(task, user, history, categories)
    answer = service.answer(visitor)
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
    document: dict[str, object] = {
        "items": [{"item": names[item], "score": score} for item, score in zip(items, scores, strict=True)],
        "funnel": asdict(funnel),
        "unknown": noted,
    }
    if user is not None and history is None:
        document["watches"] = len(visitor.history)
        document["read"] = min(len(visitor.history), task.model.columns.spec.history)
        document["held_out"], line = _held_out(task, user, len(visitor.history))
        noted = [*noted, line]
    table = PrintedTable(("", "score" if second is None else "expected seconds", "item", "title"), rows)
    if second is None:
        return Explanation(document, [*noted, told, table])
    assumed = second.assumed(visitor)
    return Explanation(document | {"assumed": asdict(assumed)}, [*noted, told, *_told(assumed), table])


def _held_out(task: CandidateTask, user: str, watches: int) -> tuple[dict[str, object] | None, str]:
    """What is recommended from, and that the watch held out to judge on is no part of it."""
    row = task.held_out(_place_of(task, user))
    own = f"{user}'s one watch" if watches == 1 else f"{user}'s {watches:,} watches"
    longest = task.model.columns.spec.history
    own = own if watches <= longest else f"the last {longest:,} of {own}"
    if row is None:
        return None, f"From {own}; none is held out."
    item = int(task.log.items[row])
    name, titles = task.model.item_names[item], task.log.item_features.get("title")
    title = name if titles is None else str(titles[item]) or name
    line = f"From {own} without the one that is held out to judge on ({title})."
    return {"item": name, "read": False}, line


def _told(assumed: Assumed) -> list[str]:
    """What the second stage did not know of the visitor."""
    lines = []
    if assumed.unknown:
        lines.append(f"Not known of the visitor, so ranked as unknown: {', '.join(assumed.unknown)}.")
    if assumed.hours:
        hours = ", ".join(f"{name} {value:.0f} h" for name, value in assumed.hours.items())
        lines.append(f"Not known when the history was watched, so taken as usual: {hours}.")
    return [*lines, "Taken as never shown before: all candidates."]


def _unknown(history: Sequence[str], names: Sequence[str]) -> list[str]:
    """What is said of items of a history that the catalogue does not have, with those that are called most like them.
    Raises EngineError where it has none of them."""
    known = set(names)
    unknown = [item for item in dict.fromkeys(history) if item not in known]
    if not unknown:
        return []
    near = dict.fromkeys(other for item in unknown[:MOST_NAMED] for other in _nearest(item, names))
    shown = ", ".join(f"“{item}”" for item in unknown[:MOST_NAMED]) + (", …" if len(unknown) > MOST_NAMED else "")
    said = NO_ITEMS(items=shown, near=", ".join(f"“{other}”" for other in near or names[:1]))
    if len(unknown) == len(set(history)):
        raise EngineError(said)
    return [said.sentence]


def _nearest(item: str, names: Sequence[str]) -> list[str]:
    return get_close_matches(item, names[:MOST_COMPARED], n=1)


def _visitor(task: CandidateTask, user: str | None, history: Sequence[str] | None, of: Mapping[str, str]) -> Visitor:
    if history is not None:
        return Visitor(history, of)
    if user is None:
        return Visitor((), of)
    found = task.visitor_of(_place_of(task, user))
    return replace(found, categories={**found.categories, **of})


def _place_of(task: CandidateTask, user: str) -> int:
    users = list(task.log.user_names)
    if user not in users:
        raise EngineError(NO_USER(user=user, example=users[0]))
    return users.index(user)
