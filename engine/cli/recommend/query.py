"""``recommend query``: what a checkpoint would recommend, and why."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence

from engine.cli.commands.trace import trace_document, trace_lines
from engine.cli.flags import checked, given
from engine.cli.outcome import Outcome, number, table
from engine.cli.recommend.telling import change_document, change_lines
from engine.network.torch_backend import resolve_device
from engine.recommenders.running.checkpoints import load, read, restore
from engine.recommenders.running.device import ready
from engine.recommenders.running.row_trace import trace_rows
from engine.recommenders.tasks.base import PrintedTable
from engine.recommenders.tasks.data_change import DataChange, change_of_data
from engine.recommenders.tasks.opening import OpenedOthers, choice_in, kind_of, reopened


def query(arguments: Namespace) -> Outcome:
    """Ask a checkpoint."""
    checkpoint = read(arguments.checkpoint)
    device = resolve_device(arguments.device)
    ready(checkpoint.training, device)
    kind = kind_of(checkpoint)
    question = checked(kind.question_type, given(arguments, kind.question_type))
    data = choice_in(checkpoint, arguments.data)
    task = reopened(checkpoint, device=device, data=data)
    change = change_of_data(kind, checkpoint, data)
    if arguments.trace:
        restore(checkpoint, task.trainer)
        passed = trace_rows(task.trainer, task.prepared(question.rows_of(task.numbering, data)[: question.shown]))
        return _outcome(trace_document(passed), [*change_lines(change, arguments.data), *trace_lines(passed)], change)
    load(checkpoint, task.network)
    explanation = kind.explain(task, question, OpenedOthers(device))
    lines = change_lines(change, arguments.data)
    for told in explanation.told:
        lines += [told] if isinstance(told, str) else _table(told)
    return _outcome(explanation.document, lines, change)


def _outcome(document: Mapping[str, object], lines: Sequence[str], change: DataChange | None) -> Outcome:
    return Outcome({**document, "change": change_document(change)}, lines)


def _table(told: PrintedTable) -> list[str]:
    rows = [[cell if isinstance(cell, str) else _number(cell) for cell in row] for row in told.rows]
    return table(told.head, rows)


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else number(value)
