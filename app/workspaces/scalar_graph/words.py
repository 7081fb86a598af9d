"""What is said where the result has a kink: the slopes to both sides, and that the gradient is a convention there."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.workspaces.scalar_graph.names import name_text
from app.workspaces.scalar_graph.sight import gradient_text
from engine.autodiff import Kink

MARK = "∧"
"""Stands before a slope that was measured across a kink."""


MOST_TOLD = 3
"""So many operations that bend are named."""


def not_measurable() -> str:
    """In place of a slope where a nudge leads from, or to, what is no finite number."""
    return QCoreApplication.translate("GraphKinks", "not measurable")


def kink_sentence(kink: Kink, gradient: float | None = None) -> str:
    """Where the kink is and the slopes to both sides; with a ``gradient``, what that is worth."""
    said = _sides(kink)
    if gradient is None or not math.isfinite(gradient):
        return said
    words = QCoreApplication.translate("GraphKinks", "The gradient {gradient} is a convention there, PyTorch's too.")
    return f"{said} {words.format(gradient=gradient_text(gradient))}"


def _sides(kink: Kink) -> str:
    left, right = gradient_text(kink.left), gradient_text(kink.right)
    if kink.jumps:
        words = QCoreApplication.translate("GraphKinks", "{place}: the result leaps, and has no slope.")
        place = met_phrase(kink)
        return words.replace("{place}", place[:1].upper() + place[1:])
    if kink.has_no_slope:
        words = QCoreApplication.translate("GraphKinks", "Edge of {operation}: no slope to either side.")
    elif math.isnan(kink.left):
        words = QCoreApplication.translate(
            "GraphKinks", "Edge of {operation}: slope {right} to the right, nothing to the left."
        )
    elif math.isnan(kink.right):
        words = QCoreApplication.translate(
            "GraphKinks", "Edge of {operation}: slope {left} to the left, nothing to the right."
        )
    else:
        words = QCoreApplication.translate(
            "GraphKinks", "Kink at {operation}: slope {left} to the left, {right} to the right."
        )
        if len(kink.operations) > 1:
            words = QCoreApplication.translate(
                "GraphKinks", "Kinks at {operation}, together: slope {left} to the left, {right} to the right."
            )
    return words.format(operation=_named(kink.operations), left=left, right=right)


def corner_sentence(kink: Kink, node: str) -> str:
    """Why there is no derivative along a node."""
    words = QCoreApplication.translate(
        "GraphKinks",
        "{operation} has a corner here, as |x| has at 0: slope {left} to the left, {right} to the right along {node},"
        " so there is no derivative.",
    )
    left, right = gradient_text(kink.left), gradient_text(kink.right)
    return words.format(operation=_named(kink.operations), left=left, right=right, node=name_text(node))


def _named(operations: tuple[str, ...]) -> str:
    """Operations written out; of many, the first."""
    told = listed(operations[:MOST_TOLD])
    return told if len(operations) <= MOST_TOLD else f"{told} …"


def passed_sentence(operation: str, *, jumps: bool) -> str:
    """A nudge that leaps over a kink, or over a jump, measures no slope of either side."""
    words = QCoreApplication.translate(
        "GraphKinks", "The nudge passes the kink of {operation}: it measures a mean of both sides. Nudge less."
    )
    if jumps:
        words = QCoreApplication.translate(
            "GraphKinks", "The nudge passes the jump of {operation}: it measures no slope of either side. Nudge less."
        )
    return words.format(operation=operation)


def met_phrase(kink: Kink) -> str:
    """Where the result jumps, and where it has a kink, in a few words."""
    jump = QCoreApplication.translate("GraphKinks", "jump at {operation}")
    bend = QCoreApplication.translate("GraphKinks", "kink at {operation}")
    if len(kink.bending) > 1:
        bend = QCoreApplication.translate("GraphKinks", "kinks at {operation}")
    met = ((jump, kink.jumping), (bend, kink.bending))
    return listed([words.format(operation=_named(operations)) for words, operations in met if operations])


def kink_note(kink: Kink) -> str:
    """The same for a narrow place: the slopes alone."""
    words = QCoreApplication.translate("GraphKinks", "kink: slope {left} left, {right} right")
    if kink.jumps:
        return QCoreApplication.translate("GraphKinks", "a jump: no slope here")
    if kink.has_no_slope:
        return QCoreApplication.translate("GraphKinks", "no slope to either side")
    if math.isnan(kink.left):
        words = QCoreApplication.translate("GraphKinks", "edge: slope {right} right, nothing left")
    elif math.isnan(kink.right):
        words = QCoreApplication.translate("GraphKinks", "edge: slope {left} left, nothing right")
    return words.format(left=gradient_text(kink.left), right=gradient_text(kink.right))
