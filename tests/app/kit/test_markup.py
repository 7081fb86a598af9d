"""Markup is set as matplotlib's mathtext sets it, and what cannot be read is written out."""

from __future__ import annotations

import threading

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath
from PySide6.QtCore import QRectF, QThread
from pytestqt.qtbot import QtBot

from app.kit.formula import glyphs
from app.kit.formula.boxes import Fraction, Maths, Script, lay_out
from app.kit.formula.glyphs import EM
from app.kit.formula.laid_out import Placed
from app.kit.formula.markup import MarkupError, read_markup, set_markup
from app.kit.formula.trees import markup_of_name
from engine.activations import ACTIVATIONS
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES

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
"""Roots and brackets that grow are drawn, of about the same size."""
READ = [
    r"\max_x", r"\mathrm{a,b}", "x^2'", r"\hat{xy}", r"\left\lfloor x\right)", r"\frac{1}+", "=^2", r"\mathrm x",
    r"\mathrm{my\_name}", r"\mathrm{\mu}", "x^*", "中_1", r"\mathrm{学习率}_{2}", r"c^{\lfloor e/E \rfloor}",
    "a\\!b", "{}", "",
]
NOT_READ = [
    "x^", "{x", "x}", "x__2", r"\nosuchthing", r"\left(x", r"\frac{1}", r"\left(x\right", "x & y", "$a", "a~b", "\\",
    r"\mathrm{a", r"\mathrm{a^2}", 100 * "x^{" + 100 * "}",
]
# fmt: on


def inked(placed: Placed) -> QRectF:
    (piece,) = placed.pieces
    assert piece.path is not None
    return piece.path.boundingRect()


@pytest.mark.parametrize("markup", SIMPLE)
def test_a_line_has_mathtexts_outlines(qtbot: QtBot, markup: str) -> None:
    ours = set_markup(markup)
    properties, setter, line = FontProperties(size=EM, math_fontfamily="stix"), TextToPath(), f"${markup}$"
    width, height, descent = setter.get_text_width_height_descent(line, properties, ismath=True)
    for own, their in ((ours.width, width), (ours.ascent, height - descent), (ours.descent, descent)):
        assert -0.05 < their - own < 1.3  # mathtext rounds its boxes up to whole pixels
    vertices, codes = setter.get_text_path(properties, line, ismath=True)
    drawn = [(x, -y) for (x, y), code in zip(vertices, codes, strict=True) if code != 79]  # 79 closes an outline
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*drawn, strict=True))
    box = inked(ours)
    assert box.left() == pytest.approx(left, abs=0.006 * EM)
    assert box.right() == pytest.approx(right, abs=0.006 * EM)
    assert box.height() == pytest.approx(bottom - top, abs=0.006 * EM)
    assert -0.05 < box.top() - top < 1.3


def test_a_name_has_a_hyphen(qtbot: QtBot) -> None:
    whole, first, second = (
        set_markup(markup).width for markup in (r"\mathrm{cross-entropy}", r"\mathrm{cross}", r"\mathrm{entropy}")
    )
    assert 0.2 * EM < whole - first - second < 0.4 * EM  # a minus with its spaces takes 1.1 em


def test_a_function_stands_off_from_what_it_follows(qtbot: QtBot) -> None:
    """As TeX has it; mathtext leaves the space out."""
    apart, left, right = (set_markup(markup).width for markup in (r"W \tanh(x)", "W", r"\tanh(x)"))
    assert apart == pytest.approx(left + right + EM / 6, abs=0.1)


@pytest.mark.parametrize("markup", DRAWN)
def test_roots_and_brackets_are_of_about_mathtexts_size(qtbot: QtBot, markup: str) -> None:
    ours = set_markup(markup)
    properties = FontProperties(size=EM, math_fontfamily="stix")
    width, height, _descent = TextToPath().get_text_width_height_descent(f"${markup}$", properties, ismath=True)
    assert ours.width == pytest.approx(width, rel=0.4)
    assert ours.ascent + ours.descent == pytest.approx(height, rel=0.4)


@pytest.mark.parametrize("markup", READ)
def test_what_mathtext_sets_otherwise_or_not_at_all_is_read(qtbot: QtBot, markup: str) -> None:
    read_markup(markup)
    assert set_markup(markup).width >= 0.0


@pytest.mark.parametrize("markup", NOT_READ)
def test_markup_that_cannot_be_read_is_written_out(qtbot: QtBot, markup: str) -> None:
    with pytest.raises(MarkupError):
        read_markup(markup)
    assert set_markup(markup).width >= 0.0
    assert lay_out(Maths(markup), 20).height > 0.0


def test_letters_that_stix_lacks_come_from_another_font(qtbot: QtBot) -> None:
    name, alone = set_markup(markup_of_name("学2")), set_markup("2")
    assert name.width > 0.5 * EM > alone.width * 0.7


def test_a_script_stands_alike_in_markup_and_in_boxes(qtbot: QtBot) -> None:
    whole, parts = lay_out(Maths("W_i^2"), EM), lay_out(Script(Maths("W"), Maths("2"), Maths("i")), EM)
    assert (parts.width, parts.ascent, parts.descent) == pytest.approx((whole.width, whole.ascent, whole.descent))


def test_a_fraction_is_small_within_a_line_alone(qtbot: QtBot) -> None:
    inline, large = lay_out(Maths(r"\frac{a}{b}"), 20), lay_out(Fraction(Maths("a"), Maths("b")), 20)
    assert inline.height < 0.8 * large.height


def test_the_engines_formulas_can_be_read(qtbot: QtBot) -> None:
    tables = (ACTIVATIONS, LOSSES, INITIALIZERS, OPTIMIZERS, SCHEDULES)
    written = [one.formula for table in tables for one in table.values()]
    written += [one.derivative_formula for one in ACTIVATIONS.values()]
    written += [one.output_set for one in ACTIVATIONS.values()] + [one.delta_formula for one in LOSSES.values()]
    assert len(written) > 40
    for formula in written:
        read_markup(formula)


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
