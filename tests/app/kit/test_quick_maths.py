"""What is set without mathtext looks as mathtext sets it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from app.kit.quick_maths import EM, set_quickly
from app.kit.typeset import set_by_mathtext

# fmt: off
SIMPLE = [
    "x", "f", "W", "w_1", "w_{12}", "w_{41}^{(3)}", "x^2", "e^{-x}", "f^2", "W_{ij}", r"\sigma", r"\delta_2",
    r"\partial y/\partial v_1", "0.135335", "-2", "{-}2.5", "a+b", "a - b", "z = w_1 x_1 + w_2 x_2 + b", r"a \cdot b",
    r"E \times e^v", r"\mathrm{loss}", r"\mathrm{loss}_2", r"\mathrm{ReLU}(z)", r"\tanh(x)", r"\log x", "y(1 - y)",
    r"x \leq 1", r"u \rightarrow v", r"\theta = {-}b", "(x + y)^2", r"\Delta x", r"\Phi(x)", "a_{i,j}", "10^{-4}",
    r"4.0{\cdot}10^{-4}", r"\pi", r"\,\cdot\,", r"a\quad b", "|u|", r"\Vert\delta\Vert", "g_j", "y^{(2)}", "y_q^{(2)}",
    r"\lambda", r"\mu_k", r"\infty", "A[k]", r"\mathrm{a b}", r"\mathrm{a\ b}(z)", "W^{l-1}", "x_{n+1}",
    r"\alpha\beta\gamma\varepsilon\eta\omega",
    r"\nabla L", r"5 \pm 1", r"\beta^{t+1}", "{,}", "v_{12}, v_3", "h^{\\sigma}",
]
LEFT = [
    r"\frac{1}{2}", r"\sqrt{x}", r"\hat{y}", "x_{y_1}", r"\left(x\right)", "x^", "{x", "x}", "x__2", r"\sum_i x", "a;b",
    r"\nosuchthing", r"\max_x", "x.", "ж", r"\tanh^2", r"x^{a^2}", r"\mathrm{a,b}", "f'", "_1",
]
# fmt: on


@pytest.mark.parametrize("markup", SIMPLE)
def test_a_simple_line_has_mathtexts_outlines(qtbot: QtBot, markup: str) -> None:
    quick = set_quickly(markup)
    assert quick is not None
    slow = set_by_mathtext(markup)
    for ours, theirs in ((quick.width, slow.width), (quick.ascent, slow.ascent), (quick.descent, slow.descent)):
        assert -0.01 < theirs - ours < 1.3  # mathtext rounds its boxes up to whole pixels
    one, other = QRectF(quick.path.boundingRect()), QRectF(slow.path.boundingRect())
    assert one.left() == pytest.approx(other.left(), abs=0.006 * EM)
    assert one.right() == pytest.approx(other.right(), abs=0.006 * EM)
    assert one.height() == pytest.approx(other.height(), abs=0.006 * EM)
    assert -0.01 < one.top() - other.top() < 1.3


@pytest.mark.parametrize("markup", LEFT)
def test_what_is_not_simple_is_left_to_mathtext(qtbot: QtBot, markup: str) -> None:
    assert set_quickly(markup) is None
