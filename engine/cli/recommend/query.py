"""``recommend query``: what a checkpoint would recommend, and why."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

import numpy as np

from engine.cli.outcome import Outcome, number, table
from engine.cli.sources import UsageError
from engine.cli.trace import trace_document, trace_lines
from engine.network.torch_backend import resolve_device
from engine.problems import EngineError, declare
from engine.recommenders.running.checkpoints import load, read, restore
from engine.recommenders.running.device import ready
from engine.recommenders.running.row_trace import trace_rows
from engine.recommenders.serving.two_stage import TwoStage, Visitor
from engine.recommenders.tasks.candidates.task import CandidateTask
from engine.recommenders.tasks.opening import reopened
from engine.recommenders.tasks.ranking.task import RankingTask
from engine.recommenders.tasks.wide_deep.insight import answers, strongest_crosses
from engine.recommenders.tasks.wide_deep.task import WideDeepTask

NO_USER = declare(
    "recommend.no-user", "There is no user “{user}” in the log; name one of it, such as {example}, or give a --history."
)
NO_ROW = declare("recommend.no-row", "There is no row {row}; the data has rows 0 to {last}.")


def query(arguments: Namespace) -> Outcome:
    """Ask a checkpoint."""
    checkpoint = read(arguments.checkpoint)
    device = resolve_device(arguments.device)
    ready(checkpoint.training, device)
    task = reopened(checkpoint, device=device)
    if arguments.trace:
        restore(checkpoint, task.trainer)
        passed = trace_rows(task.trainer, task.prepared(_rows(arguments, task.examples)[: arguments.shown]))
        return Outcome(trace_document(passed), trace_lines(passed))
    load(checkpoint, task.network)
    if isinstance(task, CandidateTask):
        return _recommended(arguments, task)
    if isinstance(task, WideDeepTask):
        return _explained(arguments, task)
    assert isinstance(task, RankingTask)
    return _expected(arguments, task)


def _recommended(arguments: Namespace, task: CandidateTask) -> Outcome:
    service = TwoStage(task.model, task.network, shown=arguments.shown)
    answer = service.answer(_visitor(arguments, task, service))
    names, titles = task.model.item_names, task.log.item_features.get("title")
    rows = [
        (str(place + 1), number(float(score)), names[item], "" if titles is None else str(titles[item]))
        for place, (item, score) in enumerate(zip(answer.items.tolist(), answer.scores, strict=True))
    ]
    funnel = answer.funnel
    told = (
        f"{funnel.catalogue:,} items → {funnel.candidates} candidates in"
        f" {funnel.vector_ms + funnel.retrieval_ms:.1f} ms → {funnel.shown} shown in {funnel.ranking_ms:.1f} ms"
    )
    scored = zip(answer.items.tolist(), answer.scores.tolist(), strict=True)
    document = {"items": [{"item": names[item], "score": score} for item, score in scored], "funnel": asdict(funnel)}
    return Outcome(document, [told, *table(("", "score", "item", "title"), rows)])


def _visitor(arguments: Namespace, task: CandidateTask, service: TwoStage) -> Visitor:
    categories = dict(_pair(text) for text in arguments.category)
    if arguments.history is not None:
        return Visitor(arguments.history, categories)
    if arguments.user is None:
        return Visitor((), categories)
    users = list(task.log.user_names)
    if arguments.user not in users:
        raise EngineError(NO_USER(user=arguments.user, example=users[0]))
    return service.visitor_of(task.log, users.index(arguments.user))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"--category {text}: give a column and its value, such as country=DE")
    return name, value


def _explained(arguments: Namespace, task: WideDeepTask) -> Outcome:
    rows = _rows(arguments, task.examples)
    found = answers(task.network, task.model.prepare(task.network, task.labelled.table[rows]))
    columns = {"wide": found.wide, "deep": found.deep, "logit": found.logit, "probability": found.probability}
    examples = [{"row": int(row), **{name: float(values[at]) for name, values in columns.items()}}
                for at, row in enumerate(rows)]  # fmt: skip
    train = task.model.encoder.columns(task.labelled.table[task.parts.train])
    strong = strongest_crosses(task.network, task.model.encoder, train, arguments.crosses, 5)
    document = {
        "bias": float(found.bias), "examples": examples,
        "crosses": [{"name": one.name, "weight": one.weight, "rows": one.count} for one in strong],
    }  # fmt: skip
    lines = table(("row", *columns), [(str(e["row"]), *(number(float(e[name])) for name in columns)) for e in examples])
    lines += [f"bias {number(found.bias)}; probability = σ(wide + deep + bias)", "", "Strongest crosses:"]
    lines += table(("", "weight", "rows"), [(one.name, number(one.weight), str(one.count)) for one in strong])
    return Outcome(document, lines if strong else lines[:-2])


def _expected(arguments: Namespace, task: RankingTask) -> Outcome:
    rows = _rows(arguments, task.examples)
    some = task.test.take(rows)
    predicted = task.predicted(some)
    columns = (rows, predicted, some.expected_seconds, some.clicked, some.watch_seconds)
    examples = [
        {"row": int(row), "predicted": float(p), "true": float(t), "clicked": bool(c), "watched": float(w)}
        for row, p, t, c, w in zip(*columns, strict=True)
    ]
    lines = table(
        ("row", "expected seconds", "in truth", "watched"),
        [(str(e["row"]), number(e["predicted"]), number(e["true"]), number(e["watched"])) for e in examples],
    )
    return Outcome({"impressions": examples}, lines)


def _rows(arguments: Namespace, count: int) -> np.ndarray:
    rows = np.array(arguments.rows or range(min(5, count)), np.int64)
    for row in rows:
        if not 0 <= row < count:
            raise EngineError(NO_ROW(row=int(row), last=count - 1))
    return rows
