"""What is set without mathtext looks as mathtext sets it."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QRectF, QThread
from pytestqt.qtbot import QtBot

from app.kit import glyphs
from app.kit.glyphs import EM
from app.kit.quick_maths import set_quickly
from app.kit.typeset import set_by_mathtext
from engine.activations import ACTIVATIONS
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS

# fmt: off
SIMPLE = [
    "x", "f", "W", "w_1", "w_{12}", "w_{41}^{(3)}", "x^2", "e^{-x}", "f^2", "W_{ij}", r"\sigma", r"\delta_2",
    r"\partial y/\partial v_1", "0.135335", "-2", "{-}2.5", "a+b", "a - b", "z = w_1 x_1 + w_2 x_2 + b", r"a \cdot b",
    r"E \times e^v", r"\mathrm{loss}", r"\mathrm{loss}_2", r"\mathrm{ReLU}(z)", r"\tanh(x)", r"\log x", "y(1 - y)",
    r"x \leq 1", r"u \rightarrow v", r"\theta = {-}b", "(x + y)^2", r"\Delta x", r"\Phi(x)", "a_{i,j}", "10^{-4}",
    r"4.0{\cdot}10^{-4}", r"\pi", r"\,\cdot\,", r"a\quad b", "|u|", r"\Vert\delta\Vert", "g_j", "y^{(2)}",
    "y_q^{(2)}", r"\lambda", r"\mu_k", r"\infty", "A[k]", r"\mathrm{a b}", r"\mathrm{a\ b}(z)", "W^{l-1}", "x_{n+1}",
    r"\alpha\beta\gamma\varepsilon\eta\omega", r"\nabla L", r"5 \pm 1", r"\beta^{t+1}", "{,}", "v_{12}, v_3",
    "h^{\\sigma}", "x_{y_1}", "x^{a^2}", "a;b", r"\max(0, x)", r"\hat{y}", r"\hat x_1", r"\frac{1}{2}",
    r"\frac{a}{b + c}", r"\frac{\partial y}{\partial v_1}", r"\frac{1}{1 + e^{-x}}", r"\frac{\frac{a}{b}}{c}",
    r"x \frac{a_1}{2}^2", r"{x_1^2}^3", "f'(x)", "f''", "f_1'", r"f\,'(x)", r"\frac{1}{2}(o - t)^2",
    r"1 - \tanh^2(z)", r"\tanh^2 z", r"\varphi(x)", r"\{\gamma, 1\}", r"[a_1, \ldots]", r"P(a \mid b)", r"\sum_k a_k",
    r"\sum_{i=1}^{n} W_{x_i}", r"a = \sum x", r"\prod_i x_i", r"\frac{e^{z_i}}{\sum_j e^{z_j}}", r"x \subset y",
    r"\tilde x^2", r"\overline{e \hat{z}}", r"\delta_{4}^{(2)} = (\Sigma_j\, w_{j4}^{(3)} \delta_j^{(3)})\,f'(z_{4})",
    r"\partial L/\partial w_{10,2k}^{(3)} = \Sigma_i\, \delta_{10}^{(3)} a_k^{(2)}",
    r"\hat{m} = m / (1 - \beta_1^{12})", r"w_{12} \leftarrow w_{12} + \Delta w", r"\frac{a_{1} + b}{c_{2} = d}",
    ".", "x.", "n!", "a: b", "x − 1", "σ(z)", "δ·W", "a × b", "‖δ‖", "x ≥ 0", "∂L", "3.14", "Δ", "θ = −b", "x?",
]
DRAWN = [r"\sqrt{x}", r"\sqrt{\frac{6}{n_{in} + n_{out}}}", r"\left(x\right)", r"\left[\frac{a}{b}\right)^2"]
"""Roots and brackets that grow are ours, of about the same size."""
LEFT = [
    "x^", "{x", "x}", "x__2", r"\nosuchthing", r"\max_x", "中", r"\mathrm{a,b}", "x^2'",
    r"\hat{xy}", r"\left(x", r"\left\lfloor x\right)", r"\frac{1}", r"\frac{1}+", r"=^2", r"\left(x\right",
    r"\mathrm x",
]
# fmt: on


@pytest.mark.parametrize("markup", SIMPLE)
def test_a_simple_line_has_mathtexts_outlines(qtbot: QtBot, markup: str) -> None:
    quick = set_quickly(markup)
    assert quick is not None
    slow = set_by_mathtext(markup)
    for ours, theirs in ((quick.width, slow.width), (quick.ascent, slow.ascent), (quick.descent, slow.descent)):
        assert -0.05 < theirs - ours < 1.3  # mathtext rounds its boxes up to whole pixels
    one, other = QRectF(quick.path.boundingRect()), QRectF(slow.path.boundingRect())
    assert one.left() == pytest.approx(other.left(), abs=0.006 * EM)
    assert one.right() == pytest.approx(other.right(), abs=0.006 * EM)
    assert one.height() == pytest.approx(other.height(), abs=0.006 * EM)
    assert -0.05 < one.top() - other.top() < 1.3


def test_a_name_has_a_hyphen(qtbot: QtBot) -> None:
    parts = [set_quickly(markup) for markup in (r"\mathrm{cross-entropy}", r"\mathrm{cross}", r"\mathrm{entropy}")]
    whole, first, second = (one.width if one is not None else 0.0 for one in parts)
    assert 0.2 * EM < whole - first - second < 0.4 * EM  # a minus with its spaces takes 1.1 em


def test_a_function_stands_off_from_what_it_follows(qtbot: QtBot) -> None:
    """As TeX has it; mathtext leaves the space out."""
    apart = set_quickly(r"W \tanh(x)")
    parts = [set_quickly(markup) for markup in ("W", r"\tanh(x)")]
    assert apart is not None and all(parts)
    assert apart.width == pytest.approx(sum(one.width for one in parts if one is not None) + EM / 6, abs=0.1)


@pytest.mark.parametrize("markup", DRAWN)
def test_roots_and_brackets_are_of_about_mathtexts_size(qtbot: QtBot, markup: str) -> None:
    quick, slow = set_quickly(markup), set_by_mathtext(markup)
    assert quick is not None
    assert quick.width == pytest.approx(slow.width, rel=0.4)
    assert quick.ascent + quick.descent == pytest.approx(slow.height, rel=0.4)


@pytest.mark.parametrize("markup", LEFT)
def test_what_is_not_simple_is_left_to_mathtext(qtbot: QtBot, markup: str) -> None:
    assert set_quickly(markup) is None


def test_the_engines_formulas_need_no_mathtext(qtbot: QtBot) -> None:
    """So that no page waits for matplotlib."""
    written = [one.formula for table in (ACTIVATIONS, LOSSES, INITIALIZERS, OPTIMIZERS) for one in table.values()]
    written += [one.derivative_formula for one in ACTIVATIONS.values()]
    written += [one.output_set for one in ACTIVATIONS.values()] + [one.delta_formula for one in LOSSES.values()]
    assert len(written) > 40
    assert [formula for formula in written if set_quickly(formula) is None] == []


def test_letters_read_in_one_thread_do_not_spoil_another(qtbot: QtBot) -> None:
    class Reader(QThread):
        def run(self) -> None:
            glyphs.glyph.__wrapped__("k", False)

    glyphs.glyph.__wrapped__("a", False)
    for _ in range(2):
        reader = Reader()
        reader.start()
        assert reader.wait(60_000)
        assert glyphs.glyph.__wrapped__("b", False).width > 0.0
    read = []
    thread = threading.Thread(target=lambda: read.append(glyphs.glyph.__wrapped__("c", True)))
    thread.start()
    thread.join()
    assert read[0].width > 0.0 and glyphs.glyph.__wrapped__("d", True).width > 0.0
