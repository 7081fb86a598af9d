"""Formulas: boxes are where TeX would have them, parts are found, lit and walked, nothing is cut."""

from __future__ import annotations

import sys
from typing import ClassVar

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.announce import recorded
from app.kit.drawing.marks import NumberInput
from app.kit.formula.boxes import (
    Box,
    Braced,
    Fenced,
    Fraction,
    Keyed,
    LaidOut,
    Maths,
    Over,
    Root,
    Row,
    Script,
    Words,
    lay_out,
    operator,
    relation,
)
from app.kit.formula.rows import Factor, Grid, worked_row
from app.kit.formula.view import FormulaView
from app.kit.inks import number_ink

EXP = Keyed("exp", Script(Maths("e"), Row((Maths("{-}"), Keyed("x", Maths("x"))))))
LOGISTIC = Row((Maths("y"), relation("="), Fraction(Maths("1"), Row((Maths("1"), operator("+"), EXP)))))


def box_of(laid: LaidOut, key: str) -> QRectF:
    (found,) = laid.boxes_of(key)
    return found


def inked(laid: LaidOut) -> QRectF:
    """Where there is anything to be seen of a formula, beside (0, 0)."""
    image = QImage(800, 600, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    try:
        laid.paint(painter, 200.0, 300.0)
    finally:
        painter.end()
    alphas = image.convertToFormat(QImage.Format.Format_Alpha8)
    ink = np.frombuffer(alphas.constBits(), np.uint8).reshape(600, alphas.bytesPerLine())[:, :800] > 40
    rows, columns = (np.flatnonzero(ink.any(axis=axis)).tolist() for axis in (1, 0))
    return QRectF(QPointF(columns[0] - 200, rows[0] - 300), QPointF(columns[-1] - 199, rows[-1] - 299))


@pytest.mark.parametrize(
    "box",
    [
        LOGISTIC,
        Fraction(Maths("a"), Fraction(Maths("b"), Maths("c"))),
        Script(Fenced(Fraction(Maths("a"), Maths("b"))), Maths("2"), Maths("k")),
        Root(Row((Script(Maths("x"), Maths("2")), operator("+"), Maths("y")))),
        Fenced(Fraction(Maths("a"), Maths("b")), "[", "]"),
        Over(Maths("w_1"), Words("−1.25", bold=True)),
        Braced(Row((Maths("a"), operator("+"), Maths("b"))), Words("a sum of two")),
        worked_row((Factor("E", "−0.7", "arrives", value=-0.7), r"\times", Factor("e^v", "2", "local", value=2.0))),
    ],
)
def test_everything_painted_is_within_what_a_formula_says_that_it_takes(qtbot: QtBot, box: Box) -> None:
    laid = lay_out(box, 40)
    seen = inked(laid)
    said = QRectF(0, -laid.ascent, laid.width, laid.height).adjusted(-2.5, -4, 2.5, 4)
    assert said.contains(seen)
    assert seen.width() > 0.6 * laid.width and seen.height() > 0.6 * laid.height


def test_a_fraction_has_its_line_at_the_axis_and_its_parts_centred(qtbot: QtBot) -> None:
    laid = lay_out(Fraction(Keyed("a", Maths("1")), Keyed("b", Maths("x + y + z"))), 40)
    above, below = box_of(laid, "a"), box_of(laid, "b")
    assert above.bottom() < -0.25 * 40 < below.top()
    assert above.center().x() == pytest.approx(below.center().x(), abs=0.01)


def test_a_fraction_in_a_fraction_is_smaller_but_never_too_small(qtbot: QtBot) -> None:
    box: Box = Keyed(20, Maths("x"))
    for depth in range(20):
        box = Fraction(Keyed(depth, Maths("x")), box)
    laid = lay_out(box, 40)
    heights = [laid.boxes_of(key)[0].height() for key in range(19, -1, -1)]
    assert heights[0] > heights[2] > heights[3]
    assert heights[-1] == pytest.approx(0.55 * heights[0], rel=0.05)


def test_scripts_stand_above_and_below_and_do_not_touch(qtbot: QtBot) -> None:
    box = Script(Keyed("base", Maths("W")), Keyed("up", Maths("(2)")), Keyed("down", Maths("ij")))
    laid = lay_out(box, 40)
    base, up, down = (box_of(laid, key) for key in ("base", "up", "down"))
    assert up.left() >= base.right() and down.left() >= base.right()
    assert up.bottom() < down.top()
    assert up.top() < base.top() and down.bottom() > base.bottom()


def test_brackets_are_as_tall_as_what_they_hold(qtbot: QtBot) -> None:
    low, high = lay_out(Fenced(Maths("x")), 40), lay_out(Fenced(Fraction(Maths("a"), Maths("b"))), 40)
    held = lay_out(Fraction(Maths("a"), Maths("b")), 40)
    assert high.height >= held.height > low.height
    assert lay_out(Fenced(Maths("x"), "", ""), 40).width == pytest.approx(lay_out(Maths("x"), 40).width)


def test_a_number_stands_centred_under_its_symbol(qtbot: QtBot) -> None:
    laid = lay_out(Over(Keyed("w", Maths("w_1")), Keyed("n", Words("−12.5"))), 30)
    symbol, number = box_of(laid, "w"), box_of(laid, "n")
    assert symbol.center().x() == pytest.approx(number.center().x())
    assert number.top() > symbol.bottom()


def test_numbers_and_words_of_a_worked_row_stand_in_columns(qtbot: QtBot) -> None:
    pieces = (
        Factor("E", "−0.77580", "arrives", "E", -0.7758),
        r"\times",
        Factor("e^v", "0.135335", "local", "d", 0.13),
    )
    laid = lay_out(worked_row(pieces), 24)
    for key in ("E", "d"):
        symbol, number = laid.boxes_of(key)
        assert symbol.center().x() == pytest.approx(number.center().x())
        assert number.top() > symbol.bottom()
    assert laid.plain == "E × e^v; −0.77580 × 0.135335; arrives local"


def test_what_is_not_known_is_muted_and_no_number(qtbot: QtBot) -> None:
    laid = lay_out(worked_row((Factor(r"\partial y", "not yet"), "=", Factor("x", "-2", value=-2.0))), 20)
    colours = {piece.text: piece.colour for piece in laid.pieces if piece.text}
    assert colours == {"not yet": "text_muted", "-2": "negative_text"}


def test_inks() -> None:
    assert [number_ink(v) for v in (2.0, -2.0, 0.0, None)] == ["positive_text", "negative_text", "text", "text"]
    assert [number_ink(float(v)) for v in ("nan", "inf", "-inf")] == 3 * ["danger"]


def test_ragged_grid(qtbot: QtBot) -> None:
    laid = lay_out(Grid(((Maths("a"), Maths("b")), (Maths("c"),))), 20)
    assert laid.plain == "a b; c" and laid.width > 0
    assert lay_out(Grid(()), 20).width == 0.0


def test_plain_text_keeps_the_order_of_operations(qtbot: QtBot) -> None:
    assert lay_out(LOGISTIC, 20).plain == "y = 1/(1 + e^(−x))"
    product = Fraction(
        Row((Maths("a"), operator("+"), Maths("b"))), Fenced(Row((Maths("c"), operator("+"), Maths("d"))))
    )
    assert lay_out(product, 20).plain == "(a + b)/(c + d)"
    assert lay_out(Script(Fenced(Row((Maths("x"), operator("+"), Maths("y")))), Maths("2")), 20).plain == "(x + y)²"
    assert lay_out(Braced(Maths("a"), Words("the first")), 20).plain == "a (the first)"
    assert lay_out(Root(Maths("x")), 20).plain == "√x"


def test_a_formula_deeper_than_pythons_stack_is_laid_out(qtbot: QtBot) -> None:
    box: Box = Keyed("in", Maths("x"))
    for _ in range(3 * sys.getrecursionlimit()):
        box = Row((box,))
    assert lay_out(box, 20).width == pytest.approx(lay_out(Maths("x"), 20).width)


def test_the_innermost_part_is_found(qtbot: QtBot) -> None:
    laid = lay_out(LOGISTIC, 40)
    assert laid.key_at(box_of(laid, "x").center()) == "x"
    whole = box_of(laid, "exp")
    assert laid.key_at(whole.bottomLeft() + QPointF(2, -2)) == "exp"
    assert laid.key_at(QPointF(0, 0)) is None
    beside = box_of(laid, "x")
    assert laid.key_at(QPointF(beside.left() - 1, beside.center().y())) == "exp"  # what is under it comes first
    assert laid.key_at(QPointF(whole.right() + 1, whole.center().y())) in ("exp", "x")
    assert laid.key_at(QPointF(whole.right() + 9, whole.center().y())) is None
    assert laid.parts[0][0] == "exp" and laid.parts[1][0] == "x"


@pytest.fixture
def view(qtbot: QtBot) -> FormulaView:
    made = FormulaView(LOGISTIC, 30.0, walkable=True)
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    return made


def centre(view: FormulaView, key: str) -> QPoint:
    return view.boxes_of(key)[0].center().toPoint()


def test_pointing_and_clicking(qtbot: QtBot, view: FormulaView) -> None:
    seen: list[object] = []
    view.pointed.connect(seen.append)
    qtbot.mouseMove(view, centre(view, "x"))
    qtbot.mouseMove(view, QPoint(3, 3))
    assert seen == ["x", None]
    with qtbot.waitSignal(view.chosen, check_params_cb=lambda key: bool(key == "x")):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=centre(view, "x"))


def test_walking_by_keys_says_each_part(qtbot: QtBot, view: FormulaView) -> None:
    seen: list[object] = []
    view.pointed.connect(seen.append)
    with recorded() as said:
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
            qtbot.keyClick(view, key)
    assert seen == ["exp", "x", "exp"]
    assert [text for text, _urgent in said][:2] == ["e^(−x)", "x"]
    with qtbot.waitSignal(view.chosen, check_params_cb=lambda key: bool(key == "exp")):
        qtbot.keyClick(view, Qt.Key.Key_Return)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_lit_part_has_a_ground_of_its_own(qtbot: QtBot, view: FormulaView, name: str) -> None:
    theme.set_theme(name)
    plain = view.grab().toImage()
    view.light({"exp"})
    lit = view.grab().toImage()
    corner = view.boxes_of("exp")[0].bottomLeft().toPoint() + QPoint(0, 0)
    assert plain.pixel(corner) != lit.pixel(corner)
    outside = QPoint(view.width() - 2, 1)
    assert plain.pixel(outside) == lit.pixel(outside)
    view.light(())
    assert view.grab().toImage() == plain
    theme.set_theme("light")


def test_too_wide_a_formula_shrinks_and_its_parts_with_it(qtbot: QtBot, view: FormulaView) -> None:
    full = view.boxes_of("exp")[0]
    view.resize(view.sizeHint().width() // 2, view.height())
    small = view.boxes_of("exp")[0]
    assert small.width() < 0.55 * full.width()
    assert QRectF(view.rect()).contains(small)
    assert view.key_at(small.center()) is not None


@pytest.mark.parametrize(
    ("align", "share"),
    [("left", 0.0), ("across", 0.5), ("right", 1.0)],
)
def test_alignment(qtbot: QtBot, align: str, share: float) -> None:
    view = FormulaView(Keyed("x", Maths("x")), 20.0, align=align)
    qtbot.addWidget(view)
    view.resize(200, 40)
    view.show()
    box = view.boxes_of("x")[0]
    assert box.left() == pytest.approx(4 + share * (192 - box.width()))


def test_another_formula_takes_the_place_of_the_first(qtbot: QtBot, view: FormulaView) -> None:
    assert view.accessibleName() == "y = 1/(1 + e^(−x))"
    qtbot.mouseMove(view, centre(view, "x"))
    with qtbot.waitSignal(view.pointed, check_params_cb=lambda key: key is None):
        view.set_box(Maths("z"))
    assert view.accessibleName() == "z"
    assert view.sizeHint().width() < 30
    height = view.sizeHint().height()
    view.set_size(60)
    assert view.sizeHint().height() > height


def test_an_empty_formula_paints(qtbot: QtBot) -> None:
    view = FormulaView()
    qtbot.addWidget(view)
    assert not view.grab().isNull()


# Numbers that are dragged in a formula -----------------------------------------------------------------------------


class Sum:
    """A page in little: ``w · x`` whose numbers follow what is dragged."""

    def __init__(self) -> None:
        self.values = {"w": 0.5, "x": 2.0}
        self.told: list[tuple[object, ...]] = []
        self.view = FormulaView(None, 24.0, walkable=True)
        self.view.edited.connect(self._move)
        self.view.settled.connect(lambda key: self.told.append(("settled", key)))
        self.view.chosen.connect(lambda key: self.told.append(("clicked", key)))
        self.show()

    def _move(self, key: str, value: float) -> None:
        self.told.append(("moved", key, value))
        self.values[key] = value
        self.show()

    def show(self) -> None:
        boxes = [Over(Maths(name), Keyed(name, Words(f"{value:.2f}"))) for name, value in self.values.items()]
        line = Row((boxes[0], operator(r"\cdot"), boxes[1], relation("="), Keyed("y", Maths("y"))))
        inputs = [(name, value, self.inputs[name]) for name, value in self.values.items()] if self.changeable else []
        self.view.set_box(line, inputs=inputs)

    inputs: ClassVar = {"w": NumberInput(0.01, (-1.0, 1.0), typed=False), "x": NumberInput(0.1, typed=False)}
    changeable = True


@pytest.fixture
def page(qtbot: QtBot) -> Sum:
    made = Sum()
    qtbot.addWidget(made.view)
    made.view.resize(made.view.sizeHint())
    with qtbot.waitExposed(made.view):
        made.view.show()
    return made


def drag(view: FormulaView, key: str, *ways: int, release: bool = True) -> QPoint:
    start = centre(view, key)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for way in ways:
        QTest.mouseMove(view, start + QPoint(way, 0))
        QApplication.processEvents()
    last = start + QPoint(ways[-1], 0)
    if release:
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=last)
    return last


def test_a_number_of_a_formula_is_dragged_where_it_stands(page: Sum) -> None:
    drag(page.view, "w", 4, 24)
    assert page.values["w"] == pytest.approx(0.7)
    assert page.told == [("moved", "w", 0.7), ("settled", "w")]
    drag(page.view, "x", 4, 14, -300)
    assert page.values["x"] == pytest.approx(2.0 - 30.4)
    assert page.told[-1] == ("settled", "x")


def test_a_click_on_it_is_a_click(page: Sum) -> None:
    drag(page.view, "w", 1)
    drag(page.view, "y", 0)
    assert page.told == [("clicked", "w"), ("clicked", "y")]


def test_escape_takes_a_formulas_drag_back(page: Sum) -> None:
    last = drag(page.view, "w", 4, 24, release=False)
    assert page.values["w"] == pytest.approx(0.7)
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    QTest.mouseRelease(page.view, Qt.MouseButton.LeftButton, pos=last)
    assert page.values["w"] == 0.5 and page.told[-1] == ("settled", "w")


def test_keys_walk_to_a_number_and_nudge_it(page: Sum) -> None:
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    QTest.keyClick(page.view, Qt.Key.Key_Plus)
    QTest.keyClick(page.view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert page.told == [("moved", "w", 0.51), ("settled", "w"), ("moved", "w", 0.41), ("settled", "w")]
    for _ in range(2):
        QTest.keyClick(page.view, Qt.Key.Key_Right)
    QTest.keyClick(page.view, Qt.Key.Key_Plus)  # y is no input
    assert len(page.told) == 4


def test_what_can_be_dragged_is_seen(page: Sum) -> None:
    with_line = page.view.grab().toImage()
    page.changeable = False
    page.show()
    assert page.view.grab().toImage() != with_line
    QTest.mouseMove(page.view, centre(page.view, "w"))
    assert page.view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    page.changeable = True
    page.show()
    QTest.mouseMove(page.view, centre(page.view, "x"))
    assert page.view.cursor().shape() == Qt.CursorShape.SizeHorCursor
