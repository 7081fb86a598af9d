"""An activation of one's own as formulas, whose symbols can be pointed at, and with the numbers in."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from PySide6.QtCore import QCoreApplication

from app.kit.formula.boxes import Box, Keyed, Maths, Row, Words, lay_out, relation
from app.kit.formula.trees import box_of
from app.kit.numbers import MINUS, to_digits
from app.kit.numbers import typed as typed_text
from app.workspaces.activations.keys import SLOPE, X, Y
from app.workspaces.activations.own_functions import Known
from engine.activations.typed import Typed, with_ties
from engine.autodiff import OUTPUT, Name, Number, Tree, substituted

RULE_PIXELS, WIDEST_RULE = 14.0, 112.0
"""A wider derivative could not be read in a table's column."""
DIGITS, SLOPE_DIGITS = 5, 4


def rule_of(known: Known) -> Box:
    """The slope by rule, if there is room for it, whose x and y can be pointed at; else words that lead to it."""
    typed = known.typed
    if typed is None:
        return Row(())
    box = keyed(typed.rule, typed, known.key)
    if lay_out(box, RULE_PIXELS).width <= WIDEST_RULE:
        return box
    return Keyed((SLOPE, known.key), Words(QCoreApplication.translate("OwnFormulas", "by its rule")), "accent")


def keyed(tree: Tree, typed: Typed, key: str) -> Box:
    """A tree over x and y, which bear the keys of what they stand for."""

    def key_of(part: Tree) -> Hashable | None:
        if not isinstance(part, Name):
            return None
        return (X, key) if part.name == typed.variable else (Y, key) if part.name == OUTPUT else None

    return box_of(tree, key_of)


def derivative_of(known: Known) -> Box | None:
    """f' = the whole derivative; None where nothing is known."""
    if known.typed is None:
        return None
    return Row((Maths(r"f'(x)"), relation("="), keyed(known.typed.derivative, known.typed, known.key)))


def rule_text(known: Known | None) -> str:
    """The slope by rule as plain text, with what it is at kinks in brackets: 1 where it holds, 0 where it does not."""
    return lay_out(box_of(known.typed.rule), RULE_PIXELS).plain if known is not None and known.typed is not None else ""


def own_value(typed: Typed, given: Mapping[str, float], x: float, y: float) -> tuple[Box, Box]:
    """f(x) = the expression, and the same with the numbers in."""
    values = {**given, typed.variable: x}
    formula = Row((Maths("f(x)"), relation("="), box_of(typed.tree)))
    return formula, Row((_with_numbers(typed.tree, values), relation("="), Words(to_digits(y, DIGITS))))


def own_slope(known: Known, x: float, y: float, slope: float) -> tuple[Box, Box]:
    """f'(x) = its rule, and the same with the numbers in."""
    typed = known.typed
    assert typed is not None  # it is compared
    values = {**known.parameters, typed.variable: x, OUTPUT: y}
    formula = Row((Maths(r"f'(x)"), relation("="), box_of(typed.rule)))
    return formula, Row(
        (_with_numbers(with_ties(typed.rule, values), values), relation("="), Words(to_digits(slope, SLOPE_DIGITS)))
    )


def tie_sentence(known: Known, x: float, y: float) -> str:
    """What a comparison counts where its two sides are the same; empty where none is so."""
    typed = known.typed
    assert typed is not None  # it is compared
    if with_ties(typed.rule, {**known.parameters, typed.variable: x, OUTPUT: y}) == typed.rule:
        return ""
    return QCoreApplication.translate(
        "OwnFormulas",
        "The two sides of a max or min are equal here, so each gets half of the slope: the square brackets count ½.",
    )


def _with_numbers(tree: Tree, values: Mapping[str, float]) -> Box:
    """The tree with numbers for its names, as they are printed."""
    return box_of(substituted(tree, {name: _number(value) for name, value in values.items()}))


def _number(value: float) -> Number:
    return Number(value, typed_text(value).replace(MINUS, "-"))
