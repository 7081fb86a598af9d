"""Lines of words and maths, and what they say as plain text."""

from __future__ import annotations

import doctest

import pytest
from pytestqt.qtbot import QtBot

from app.kit import plain_maths
from app.kit.formula.boxes import typeset
from app.kit.formula.view import MathLabel
from app.kit.plain_maths import plain_text


def test_a_formula_has_glyphs_above_its_baseline(qtbot: QtBot) -> None:
    line = typeset(r"z^{(2)} = W^{(2)} a^{(1)} + b^{(2)}", 20)
    (piece,) = line.pieces
    assert piece.path is not None
    box = piece.path.boundingRect()
    assert box.top() < -5 and box.right() <= line.width + 1
    assert line.width > 100 and line.ascent > 10


def test_size_scales_everything(qtbot: QtBot) -> None:
    small, large = typeset("z = 1", 10), typeset("z = 1", 30)
    assert large.width == pytest.approx(3 * small.width)
    assert large.height == pytest.approx(3 * small.height)


def test_bad_markup_is_set_as_words(qtbot: QtBot) -> None:
    line = typeset(r"\frac{1}{ \nosuchthing z", 18)
    assert line.pieces and line.width > 0


def test_words_and_maths_mix(qtbot: QtBot) -> None:
    words, both = typeset("$z$", 18), typeset("the norm $z$", 18)
    assert both.width > words.width


def test_plain_text() -> None:
    assert plain_text(r"\partial L/\partial W^{(2)} = \delta^{(2)} a^{(1)}") == "∂L/∂W⁽²⁾ = δ⁽²⁾ a⁽¹⁾"
    assert plain_text(r"$\frac{1}{2}(o - t)^2$") == "1/2(o − t)²"


def test_label_names_itself_and_grows(qtbot: QtBot) -> None:
    label = MathLabel(r"\delta = a")
    qtbot.addWidget(label)
    narrow = label.sizeHint().width()
    label.set_text(r"\delta^{(2)} = a^{(1)} + b")
    assert label.accessibleName() == "δ⁽²⁾ = a⁽¹⁾ + b"
    assert label.sizeHint().width() > narrow


def test_empty_label_paints(qtbot: QtBot) -> None:
    label = MathLabel("")
    qtbot.addWidget(label)
    assert not label.grab().isNull()


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (r"\frac{1}{1 + e^{-x}}", "1/(1 + e^(−x))"),
        (r"\frac{1}{2}(o - t)^2", "1/2(o − t)²"),
        (r"\frac{\partial y}{\partial v_1} = \sqrt{x_{12}^2}", "∂y/∂v₁ = √x₁₂²"),
        (r"\mathrm{softmax}(z)_i", "softmax(z)ᵢ"),
        (r"\left\{a\right\} \| b", "{a} ‖ b"),
        (r"\hat{y}^{\beta}", "y^β"),
        (r"w^{", "w"),
        (r"\mathrm{cross-entropy}(x - 1)", "cross-entropy(x − 1)"),
        ("", ""),
    ],
)
def test_nested_markup_is_said_in_order(markup: str, said: str) -> None:
    assert plain_text(markup) == said


def test_the_examples_of_plain_maths_hold() -> None:
    found = doctest.testmod(plain_maths)
    assert found.attempted > 5 and not found.failed
