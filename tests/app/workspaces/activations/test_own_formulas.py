"""An activation of one's own as formulas: what they say, with the numbers in, and that they check by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from app.kit.formula.boxes import Maths, lay_out
from app.kit.numbers import MINUS
from app.kit.origin.facts import Shown
from app.workspaces.activations.functions import OwnExpression
from app.workspaces.activations.keys import X, Y
from app.workspaces.activations.origins import filled
from app.workspaces.activations.rules import (
    derivative_of,
    keyed_box,
    own_branch,
    own_slope,
    own_value,
    rule_of,
    rule_text,
)
from engine.activations.typed import functions_of, read, values_of


def known_of(text: str, **given: float) -> OwnExpression:
    typed = read(text)
    values = values_of(typed, given)
    return OwnExpression("own-1", text, values, typed)


def said(shown: Shown) -> str:
    return lay_out(Maths(shown) if isinstance(shown, str) else shown, 14.0).plain.strip()


def test_the_rule_speaks_of_y_and_its_symbols_are_linked(qapp: QApplication) -> None:
    known = known_of("1/(1+exp(-x))")
    laid = lay_out(rule_of(known, own_branch(known, 0.5, 0.62)), 14.0)
    assert {part.key for part in laid.keyed} == {(Y, "own-1")}
    assert rule_text(known) == "y · (1 − y)"
    derivative = derivative_of(known)
    assert derivative is not None
    assert (X, "own-1") in {part.key for part in lay_out(derivative, 14.0).keyed}


def test_kinks_are_written_as_comparisons(qapp: QApplication) -> None:
    derivative = derivative_of(known_of("max(0, x)"))
    assert derivative is not None
    text = said(derivative)
    assert "[x > 0]" in text
    assert "beats" not in text


def test_the_numbers_that_are_put_in_come_to_the_number_that_is_shown(qapp: QApplication) -> None:
    known = known_of("a*x^2", a=2.0)
    assert known.typed is not None
    value, slope = functions_of(known.typed, known.parameters)
    assert (float(value(np.array(-1.5))), float(slope(np.array(-1.5)))) == (4.5, -6.0)
    _, worked = own_value(known.typed, known.parameters, -1.5, 4.5)
    assert said(worked).replace(" ", "") == f"2·({MINUS}1.5)²=4.5"
    _, worked = own_slope(known, -1.5, 4.5, -6.0)
    numbers = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", said(worked))]
    assert numbers[-1] == 6.0


def test_a_rule_that_is_too_wide_for_its_column_is_named_instead(qapp: QApplication) -> None:
    known = known_of("x*tanh(log(1+exp(x)))*sin(x)")
    assert said(rule_of(known, own_branch(known, 0.5, 0.2))) == "by its rule"


@pytest.mark.parametrize(
    ("text", "x", "rule"),
    [
        ("relu(x)", -1.0, "0 (x < 0)"),
        ("relu(x)", 2.0, "1 (x > 0)"),
        ("max(0.1*x, x)", -1.0, "0.1 (x < 0)"),
        ("abs(x)", -1.0, f"{MINUS}1 (x < 0)"),
        ("min(max(x, -1), 1)", 0.5, f"1 ({MINUS}1 < x < 1)"),
        ("max(x, a)", 2.0, "1 (x > a)"),
        ("x/(1 + abs(x))", -1.0, "1/((1 + |x|)²)"),
    ],
)
def test_the_rule_of_a_piecewise_function_is_the_branch_that_holds(
    qapp: QApplication, text: str, x: float, rule: str
) -> None:
    known = known_of(text)
    scalar = known.on_axis(-6.0, 6.0)
    assert scalar is not None
    y, slope = scalar.at(x)
    assert said(rule_of(known, own_branch(known, x, y))).replace("  ", " ") == rule
    formula, worked = own_slope(known, x, y, slope)
    assert said(formula).replace("  ", " ").endswith(rule)
    assert "[" not in said(worked)


def test_marked_symbols_become_parts_with_their_exponents() -> None:
    laid = lay_out(keyed_box("1 - @y^2", "tanh"), 14.0)
    assert [(part.key, part.plain.strip()) for part in laid.keyed] == [((Y, "tanh"), "y²")]


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        (r"\max(0, z)", r"\max(0, −1.2)"),
        (r"\sigma(z)", r"\sigma(−1.2)"),
        (r"z\,\sigma(z)", r"(−1.2)\,\sigma(−1.2)"),
        (r"\ln(1 + e^{-z})", r"\ln(1 + e^{-(−1.2)})"),
        (r"(z + 0.5\,z^3)", r"(−1.2 + 0.5\,(−1.2)^3)"),
    ],
)
def test_a_negative_number_has_brackets_where_its_sign_would_be_read_with_another(formula: str, written: str) -> None:
    assert filled(formula, "z", -1.2) == written


def test_a_derivative_that_nobody_could_read_is_not_written(qapp: QApplication) -> None:
    for terms, is_written in ((5, True), (15, False)):
        known = known_of("^".join("x" * terms))
        derivative = derivative_of(known)
        assert derivative is not None
        branch = own_branch(known, 1.2, 1.5)
        assert (said(derivative) == "f'(x) = too long to write") is not is_written
        assert (said(own_slope(known, 1.2, 1.5, 2.0)[0]) == "f'(x) = too long to write") is not is_written
        assert is_written or said(rule_of(known, branch)) == "by its rule"
        assert ("too long" in rule_text(known)) is not is_written
