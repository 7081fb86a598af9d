"""``trace``: one sample or mini-batch through forward, loss, backward and update, with every number."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

import numpy as np

from engine.activations import activation
from engine.cli.command import Command
from engine.cli.network_arguments import add_data, add_network, add_training
from engine.cli.numbers import texts, whole_numbers
from engine.cli.outcome import Outcome, UsageError, number
from engine.cli.sources import Project, notices_document, open_project
from engine.data import Dataset
from engine.graph.kinds.base import Array
from engine.losses import loss
from engine.problems import EngineError, declare
from engine.training.session import TrainingSession
from engine.training.trace import PassTrace, Stage

VALUES_EXPECTED = declare(
    "cli.values-expected", "--x has {found} values, but the data set has {needed} columns: {columns}."
)
NO_SUCH_TARGET = declare("cli.no-such-target", "“{value}” isn't a target here. Give {wanted}.")

SHOWN = 8
"""Numbers of a row that a person is shown."""


def trace(arguments: Namespace) -> Outcome:
    """The command. Raises EngineError for a row or values that do not fit the data."""
    if arguments.x is not None and arguments.index is not None:
        raise UsageError("--index and --x each name a sample; give one of them")
    if arguments.y is not None and arguments.x is None:
        raise UsageError("--y belongs to --x; rows of the data set bring their own target")
    project = open_project(arguments)
    session = project.session("numpy")  # the reference: its numbers are what is shown
    typed = arguments.x is not None
    passed = _typed(arguments, project, session) if typed else session.trace(arguments.index or (0,))
    document = {"notices": notices_document(project.notices), **trace_document(passed)}
    return Outcome(document, [*(notice.sentence for notice in project.notices), *trace_lines(passed)])


def _typed(arguments: Namespace, project: Project, session: TrainingSession) -> PassTrace:
    """Values in the data's own units, as they would stand in the file: they are encoded and scaled as it was."""
    dataset = project.dataset
    names = [column.name for column in dataset.inputs]
    if len(arguments.x) != len(names):
        raise EngineError(VALUES_EXPECTED(found=len(arguments.x), needed=len(names), columns=", ".join(names)))
    x = dataset.encode_row({name: text or None for name, text in zip(names, arguments.x, strict=True)})
    target = None if arguments.y is None else _target(arguments.y, project)
    return session.trace_at(tuple(x.tolist()), target)


def _target(text: str, project: Project) -> tuple[float, ...]:
    """What the network is to answer, encoded for its loss."""
    dataset = project.dataset
    value = _class_index(text, dataset) if dataset.classes else _value(text, dataset)
    output = project.file.graph.outputs[0].params.model_dump()
    criterion, function = loss(output["loss"]), activation(output["activation"])
    encoded = criterion.encode(np.array([value]), len(dataset.classes), function)
    return tuple(encoded[0].tolist())


def _class_index(text: str, dataset: Dataset) -> float:
    """A class by its name or by its index."""
    if text in dataset.classes:
        return float(dataset.classes.index(text))
    if text.isascii() and text.isdigit() and int(text) < len(dataset.classes):
        return float(text)
    raise EngineError(NO_SUCH_TARGET(value=text, wanted=f"one of {', '.join(dataset.classes)}, or its number from 0"))


def _value(text: str, dataset: Dataset) -> float:
    try:
        value = float(text)
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        raise EngineError(NO_SUCH_TARGET(value=text, wanted="a finite number"))
    return (value - dataset.target_centre) / dataset.target_scale


def trace_document(passed: PassTrace) -> dict[str, object]:
    """A pass as ``--json`` prints it."""
    return {
        "rows": passed.rows,
        "inputs": passed.inputs,
        "target": passed.target,
        "output": passed.output,
        "loss": passed.loss,
        "learning_rate": passed.learning_rate,
        "stages": [
            {"phase": str(s.phase), "block": s.block_id, "formula": s.formula, "values": s.values}
            for s in passed.stages
        ],
    }


def trace_lines(passed: PassTrace) -> list[str]:
    """A pass for people."""
    lines = [f"loss {number(passed.loss)}, learning rate {number(passed.learning_rate)}"]
    phase = None
    for stage in passed.stages:
        lines += ["", stage.phase.upper()] if stage.phase != phase else []
        phase = stage.phase
        lines += _stage_lines(stage)
    return lines


def _stage_lines(stage: Stage) -> list[str]:
    return [f"  {stage.block_id}", *_value_lines(stage.values)]


def _value_lines(values: Mapping[str, Array]) -> list[str]:
    lines = []
    for name, array in values.items():
        for position, row in enumerate(np.atleast_2d(array)):
            numbers = "  ".join(number(value).rjust(10) for value in row[:SHOWN])
            more = f"  … ({len(row)})" if len(row) > SHOWN else ""
            lines.append(f"    {name if position == 0 else '':9} {numbers}{more}")
    return lines


def _add_arguments(parser: ArgumentParser) -> None:
    add_network(parser)
    add_data(parser)
    add_training(parser)
    sample = parser.add_argument_group("sample (default: --index 0)")
    sample.add_argument("--index", type=whole_numbers, metavar="I,…", help="rows of the data set, as one mini-batch")
    sample.add_argument("--x", type=texts, metavar="V,…", help="an input of your own, a value for every column")
    sample.add_argument("--y", metavar="V", help="its target: a class or a value (default: every output 0)")


COMMAND = Command(trace, _add_arguments)
