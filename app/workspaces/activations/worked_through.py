"""The way from a slope to where it is worked through, step by step: the function as an expression in the graph."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.folders import passing_file
from app.workspaces.activations.shown import Shown
from app.workspaces.workspace import Host
from engine.activations.typed import values_of
from engine.autodiff import ExpressionSheet
from engine.formats.expression import EXPRESSION
from engine.problems import EngineError

WRITTEN = {
    "logistic": "1/(1 + exp(-x))",
    "tanh": "(exp(x) - exp(-x))/(exp(x) + exp(-x))",
    "softplus": "log(1 + exp(x))",
}
"""Those of the catalogue whose short slope is made by the slopes of a few small steps, as these are written."""


def expression_of(one: Shown, x: float) -> ExpressionSheet | None:
    """A function as an expression of small steps, at an x; None of one that is not written so."""
    if one.known is not None and one.known.typed is not None:
        typed = one.known.typed
        return ExpressionSheet(
            text=one.known.text, inputs={**values_of(typed, one.known.parameters), typed.variable: x}
        )
    text = WRITTEN.get(one.key)
    return ExpressionSheet(text=text, inputs={"x": x}) if text is not None else None


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
