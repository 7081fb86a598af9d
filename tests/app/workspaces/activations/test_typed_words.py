"""What is said of typed functions on the shown axis, also of those that have no value on part of it."""

from __future__ import annotations

from html import unescape

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.kit.formula.boxes import Row, lay_out
from app.workspaces.activations.fact_list import FactList
from app.workspaces.activations.functions import ComparedFunction, OwnExpression, value_text
from app.workspaces.activations.keys import OUTPUT_SET, RANGE, SLOPE, Y
from app.workspaces.activations.layer_use import effect_words
from app.workspaces.activations.origins import fact_of, range_fact
from app.workspaces.activations.rules import rule_at
from app.workspaces.activations.words import kink_sentence, measured_words, slope_text
from engine.activations.branches import SlopeBranch
from engine.activations.shares import measured_shares
from engine.activations.typed import read, scalar_of_typed


def function_of(text: str) -> ComparedFunction:
    typed = read(text)
    scalar = scalar_of_typed(typed, "own-1", "own", {}, -6.0, 6.0)
    return ComparedFunction("own-1", "own 1", 0, scalar, known=OwnExpression("own-1", text, {}, typed))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x^2", "from 0 to 36, slope −12 to 12; continuous as far as 2,000 points show."),
        ("sign(x)", "from −1 to 1, slope 0 wherever it has one; it jumps at x = 0."),
        ("2*x", "from −12 to 12, slope 2 everywhere; continuous as far as 2,000 points show."),
        ("3 + 0*x", "3 everywhere, slope 0 everywhere; continuous as far as 2,000 points show."),
        ("sqrt(4 - x^2)", "from 0 to 2, slope −∞ to ∞; it ends at x = −2; x = 2 and has no value beyond."),
        (
            "x^x",
            "from 0.692 to 46656, slope −∞ to 130252; it ends at x = 0; beyond, it has values only at isolated points.",
        ),
        ("log(-1 - x^2)", "no value at any of 2,000 points."),
    ],
)
def test_a_typed_function_is_said_in_a_sentence(text: str, said: str) -> None:
    assert measured_words(function_of(text), hidden=False) == f"own 1 on −6 … 6: {said}"


def test_a_slope_of_0_is_said_of_so_many_z() -> None:
    """“slope 0; dead units: 0 of 2” read as a slope of 0 at every z."""
    one = function_of("x^9")
    shares = measured_shares(one.scalar, np.array([[0.0, 1.0], [2.0, 3.0]]))
    assert effect_words(one, shares).startswith("slope 0 at 1 of 4 z; dead units: 0 of 2; saturated, ")


def test_where_there_is_no_slope_a_word_says_so() -> None:
    one = function_of("x^x")
    assert (slope_text(one, -1.0), slope_text(one, 2.0)) == ("none", "6.7726")
    assert kink_sentence(one, 0.0).startswith("f ends at x = 0, so there is no derivative")
    assert kink_sentence(function_of("sign(x)"), 0.0).startswith("f jumps at x = 0")


def test_at_a_cusp_the_rule_has_no_number_either() -> None:
    root = function_of("sqrt(abs(x))")
    assert slope_text(root, 0.0) == "none"
    rule, fact = rule_at(root, 0.0), fact_of((root,), 0.0, (SLOPE, "own-1"))
    assert isinstance(rule, SlopeBranch) and rule.where == ()
    assert fact is not None and isinstance(fact.worked, Row)
    assert lay_out(fact.worked, 14.0).plain.replace(" ", "") == "(sign(0))/(2√(|0|))=none"


def test_a_pole_has_no_value_and_leaves_saturation_unjudged(qtbot: QtBot) -> None:
    pole = function_of("1/x")
    assert (value_text(pole.scalar.at(0.0)[0], 5), slope_text(pole, 0.0)) == ("none", "none")
    facts = FactList()
    qtbot.addWidget(facts)
    facts.show_functions((pole,))
    for side in ("left", "right"):
        cell = facts.cells["own-1", side]
        assert cell.text() == "–*"
        assert "saturation not counted: f′ has no largest value" in unescape(cell.toolTip())
        assert "5 %" not in cell.toolTip()


def test_no_card_shows_a_number_where_there_is_none() -> None:
    shown = (function_of("x^x"), function_of("log(-1 - x^2)"))
    slope, value = fact_of(shown[:1], -1.0, (SLOPE, "own-1")), fact_of(shown[1:], 1.0, (Y, "own-1"))
    ends = range_fact(shown[1:], (RANGE, OUTPUT_SET, "own-1"))
    assert slope is not None and value is not None and ends is not None
    for fact in (slope, value, ends):
        assert fact.printed == "none"
    for fact in (slope, value):
        assert isinstance(fact.worked, Row) and "NaN" not in lay_out(fact.worked, 14.0).plain
