"""The way from a slope to where it is worked through, step by step: the function as an expression in the graph."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QCoreApplication

from app.kit.folders import passing_file
from app.workspaces.activations.shown import Shown
from app.workspaces.workspace import Host
from engine.activations.typed import values_of
from engine.autodiff import ExpressionSheet, ScalarGraph, backward, forward, graph_of, parse
from engine.formats.expression import EXPRESSION
from engine.problems import EngineError

WRITTEN = {
    "logistic": "1/(1 + exp(-x))",
    "tanh": "(exp(x) - exp(-x))/(exp(x) + exp(-x))",
    "softplus": "log(1 + exp(x))",
}
"""Those of the catalogue whose short slope is made by the slopes of a few small steps, as these are written."""


def expression_of(one: Shown, x: float) -> ExpressionSheet | None:
    """A function as an expression of small steps, at an x; None of one that is not written so, and where one of the
    steps is beyond all floats though the slope is not: e⁷²⁰ is, and the logistic's slope at −720 is 0."""
    if one.known is not None and one.known.typed is not None:
        typed = one.known.typed
        return ExpressionSheet(
            text=one.known.text, inputs={**values_of(typed, one.known.parameters), typed.variable: x}
        )
    inputs = {"x": x}
    if one.key not in WRITTEN or not _has_numbers(_graph_of(one.key), inputs):
        return None
    return ExpressionSheet(text=WRITTEN[one.key], inputs=inputs)


@cache
def _graph_of(key: str) -> ScalarGraph:
    return graph_of(parse(WRITTEN[key]))


def _has_numbers(graph: ScalarGraph, inputs: Mapping[str, float]) -> bool:
    """Whether every value and every slope means something."""
    values = forward(graph, inputs)
    return not values.faults and not backward(graph, values).faults


def work_through(host: Host, one: Shown, x: float) -> None:
    """Open the same as a copy where expressions are taken apart; what cannot be written is said."""
    sheet = expression_of(one, x)
    if sheet is None:
        return
    path = passing_file()
    title = QCoreApplication.translate("WorkedThrough", "{function}, worked through")
    try:
        EXPRESSION.write(path, title.format(function=one.name), sheet)
    except EngineError as error:
        host.messages.say_problem(error.problem)
        return
    host.open_copy(path)
