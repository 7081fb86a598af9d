"""How numbers, nodes, slopes and kinks are written: in text, as mathtext, and in sentences about corners and jumps."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from app.kit.formula.boxes import Box, LaidOut, Maths, Row, lay_out, operator
from app.kit.formula.laid_out import formula_bytes
from app.kit.formula.trees import box_of_name, markup_of_name, markup_of_number
from app.kit.kept_within import kept_within
from app.kit.listing import listed
from app.kit.numbers import rounded, significant, to_digits
from app.kit.plain_maths import plain_text
from engine.autodiff import Kink
from engine.autodiff.graph import ScalarGraph, ScalarNode
from engine.problems import Problem

_SIGNS = {
    "+": "+", "-": "-", "*": r"\times", "/": r"\div", "^": "u^{v}", "neg": r"\times(-1)",
    "reciprocal": r"\frac{1}{u}", "exp": "e^{u}", "log": r"\log", "sin": r"\sin", "cos": r"\cos", "tan": r"\tan",
    "sinh": r"\sinh", "cosh": r"\cosh", "tanh": r"\tanh",
    "sigmoid": r"\sigma", "relu": r"\mathrm{ReLU}", "sqrt": r"\sqrt{u}", "abs": "|u|", "max": r"\max", "min": r"\min",
}  # fmt: skip


DIGITS = 6
"""Of values, slopes and gradients alike: a number that is handed on looks as it did, and every product on screen can be
checked by hand, but for a unit of its last digit."""
KEPT_BYTES = 8 << 20
"""Of small formulas: some two thousand, as many as can be read at once and those around them."""
_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")
LONGEST_NAME = 14
"""Letters of a name that a caption repeats."""


# Numbers and formulas -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def value_text(value: float, digits: int = DIGITS) -> str:
    """A value, as everywhere here: at most so many significant digits, and no zeros at their end.

    >>> value_text(1.7000000000000002), value_text(-10 / 3), value_text(0.000498608)
    ('1.7', '−3.33333', '0.000498608')
    """
    return to_digits(rounded(value, digits), digits)


gradient_text = value_text
"""A gradient too: where one is a value or a slope as it was, it reads the same."""


def marked_gradient(value: float, *, hollow: bool) -> str:
    """A gradient; with a mark where it means nothing and is finite all the same."""
    text = gradient_text(value)
    return f"! {text}" if hollow and math.isfinite(value) else text


def bracketed(text: str) -> str:
    """A factor of a product: a negative one in brackets."""
    return f"({text})" if text.startswith("−") else text


def not_yet() -> str:
    """Return the words in place of a number that is not known yet."""
    return QCoreApplication.translate("ScalarGraph", "not yet")


@kept_within(KEPT_BYTES, formula_bytes)
def laid_out(box: Box, size: float) -> LaidOut:
    """A small formula ready to be painted: there are hundreds in a frame, the same ones in the next."""
    return lay_out(box, size)


# Nodes ----------------------------------------------------------------------------------------------------------------


def sign_of(node: ScalarNode) -> str:
    """Return the sign on a node: a variable's name, a constant's number, an operation's sign."""
    if node.rule is None:
        return name_markup(node)
    key = node.rule.key
    if key in _SIGNS:
        return _SIGNS[key]
    if key.startswith("^"):
        return f"u^{{{markup_of_number(node.rule.symbol.partition('^')[2])}}}"
    return {"σ": r"\sigma"}.get(node.rule.symbol, rf"\mathrm{{{_plain(node.rule.symbol)}}}")


def word_of(node: ScalarNode) -> str:
    """An operation in running text, such as ``exp`` or ``×(−1)``."""
    if node.rule is None:
        return name_text(node.name) if node.name else node.text
    return plain_text(sign_of(node)) if node.rule.key.startswith("^") else node.rule.symbol


def name_markup(node: ScalarNode) -> str:
    """A variable's name or a constant's number."""
    if node.is_constant:
        return markup_of_number(node.text)
    return markup_of_name(node.name)


def label_markup(graph: ScalarGraph, index: int) -> str:
    """Return a node's name in formulas: ``v_2``, or its own name."""
    node = graph.nodes[index]
    return name_markup(node) if node.is_constant else markup_of_name(graph.labels[index])


def name_text(name: str) -> str:
    """A name in running text as it stands in the graph: ``w₄ ₁ ₁``."""
    return plain_text(markup_of_name(name))


def expression_text(text: str) -> str:
    """An expression in running text, with its names as they stand in the graph: ``max(v₁, b)``."""
    return _NAME.sub(lambda name: name_text(name[0]), text)


def with_names(problem: Problem) -> Problem:
    """A problem that tells of nodes, with their names as they stand in the graph."""
    return replace(problem, parameters={key: name_text(str(label)) for key, label in problem.parameters.items()})


def short_name(name: str) -> str:
    """A name for a caption: of a long one, its beginning."""
    return name if len(name_text(name)) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def short_slope_markup(above: str, below: str) -> str:
    r"""``\partial y/\partial w_{4,1,1}``, for a caption."""
    return rf"\partial {markup_of_name(short_name(above))}/\partial {markup_of_name(short_name(below))}"


def label_box(graph: ScalarGraph, index: int) -> Box:
    """The same as a box."""
    node = graph.nodes[index]
    return Maths(name_markup(node)) if node.is_constant else box_of_name(graph.labels[index])


def slope_markup(graph: ScalarGraph, index: int) -> str:
    r"""``\partial y/\partial v_2``, in one line."""
    return rf"\partial {label_markup(graph, graph.output)}/\partial {label_markup(graph, index)}"


def share_markup(graph: ScalarGraph, child: int, parent: int) -> str:
    r"""``\partial y/\partial v_3\cdot \partial v_3/\partial v_1``: what reaches a node through one that uses it."""
    inner = rf"\partial {label_markup(graph, child)}/\partial {label_markup(graph, parent)}"
    return rf"{slope_markup(graph, child)}\cdot {inner}"


def share_box(graph: ScalarGraph, child: int, parent: int) -> Box:
    """The same as a box."""
    return Row((slope_box(graph, graph.output, child), operator(r"\cdot"), slope_box(graph, child, parent)))


def slope_box(graph: ScalarGraph, above: int, below: int) -> Box:
    """``∂above/∂below``, in one line."""
    partial = Maths(r"\partial")
    return Row((partial, label_box(graph, above), Maths("/"), partial, label_box(graph, below)))


def _plain(text: str) -> str:
    return "".join(letter if letter.isalnum() else rf"\{letter}" if letter in "_#$%&{}" else letter for letter in text)


MARK = "∧"
"""Stands before a slope that was measured across a kink."""


def change_text(change: float) -> str:
    """How far a number was moved, without what float64 adds: 2.001 − 2 is 0.0009999999999998899 there."""
    return significant(rounded(change, 4), 4)


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
        words = QCoreApplication.translate("GraphKinks", "{place}: the result jumps, so it has no slope.")
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
    told = listed(map(expression_text, operations[:MOST_TOLD]))
    return told if len(operations) <= MOST_TOLD else f"{told} …"


def passed_sentence(operation: str, *, jumps: bool) -> str:
    """A nudge that leaps over a kink, or over a jump, measures no slope of either side."""
    words = QCoreApplication.translate(
        "GraphKinks", "The nudge crosses the kink of {operation}, so it measures a mean of both sides. Nudge less."
    )
    if jumps:
        words = QCoreApplication.translate(
            "GraphKinks",
            "The nudge crosses the jump of {operation}, so it measures the slope of neither side. Nudge less.",
        )
    return words.format(operation=expression_text(operation))


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
