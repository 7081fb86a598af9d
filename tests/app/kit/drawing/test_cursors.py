"""Plots with a cursor: moved by pointer and keys, on an axis that can be zoomed and moved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kit.announce import recorded
from app.kit.drawing.axes import LOG, AxisScale
from app.kit.drawing.cursor import CursorInput, CursorMark
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Line, Rectangle
from app.kit.drawing.view import DrawingView

LEFT, SHIFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@dataclass(frozen=True)
class Plot:
    """A cursor over an axis, and a point that stands at it."""

    value: float = 2.0
    low: float = 0.0
    high: float = 10.0
    zooms: bool = True


def scale_of(plot: Plot) -> AxisScale:
    return AxisScale(plot.low, plot.high, 50.0, 250.0)


def draw_plot(plot: Plot, frame: Frame) -> Drawing:
    scale, text = scale_of(plot), f"{plot.value:.2f}"
    x = scale.place(plot.value)
    how = CursorInput(0.1, (plot.low, plot.high), zooms=plot.zooms, home=5.0)
    cursor = CursorMark(
        scale, plot.value, text, how, (x - 20, 2, 40, 16), key="x", tip="time", target=(50, 20, 200, 100)
    )  # fmt: skip
    line = Line((x, 20), (x, 120), "accent")
    return Drawing((cursor, line, Disc(x, 60, 5, "accent", key="point"), Rectangle((5, 130, 20, 10), key="other")))


@dataclass
class Page:
    """Holds the data of a view, as a page does."""

    view: DrawingView
    plot: Plot = Plot()
    heard: list[tuple[object, ...]] = field(default_factory=list)

    def listen(self) -> None:
        view = self.view
        for name in ("chosen", "opened", "settled", "taken_back"):
            getattr(view, name).connect(lambda key, name=name: self.heard.append((name, key)))
        view.edited.connect(lambda _key, value: self.show(value=value))
        view.axis_moved.connect(lambda _key, low, high: self.show(low=low, high=high))
        view.nudged.connect(lambda key, old, new: self.heard.append(("nudged", key, old, new)))

    def show(self, **changes: Any) -> None:
        self.plot = replace(self.plot, **changes)
        self.view.set_data(self.plot)

    def at(self, value: float, y: int = 100) -> QPoint:
        return QPointF(scale_of(self.plot).place(value), y).toPoint()

    def press(self, *keys: Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            QTest.keyClick(self.view, key, modifier)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    view = DrawingView(draw_plot, Plot(), hint=QSize(300, 150), least=QSize(300, 150), name="plot")
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    page = Page(view)
    page.listen()
    return page


def drag(page: Page, *places: QPoint, button: Qt.MouseButton = LEFT, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(page.view, button, modifier, places[0])
    for place in places[1:]:
        QTest.mouseMove(page.view, place)
    QTest.mouseRelease(page.view, button, modifier, places[-1])


def test_a_press_takes_the_cursor_to_the_pointer_and_a_drag_along(page: Page) -> None:
    QTest.mousePress(page.view, LEFT, pos=page.at(7.0))
    assert page.plot.value == 7.0
    QTest.mouseMove(page.view, page.at(7.0) + QPoint(1, 30))
    QTest.mouseRelease(page.view, LEFT, pos=page.at(40.0))
    assert page.heard == [("settled", "x")]
    drag(page, page.at(3.0), page.at(4.0), page.at(10.0) + QPoint(40, 0))
    assert page.plot.value == 10.0  # beyond the end it stays there


def test_escape_takes_the_cursor_back(page: Page) -> None:
    QTest.mousePress(page.view, LEFT, pos=page.at(7.0))
    page.press(Key.Key_Escape)
    QTest.mouseRelease(page.view, LEFT, pos=page.at(8.0))
    assert page.plot.value == 2.0 and page.heard == [("taken_back", "x"), ("settled", "x")]


def test_a_click_on_a_point_chooses_it_and_a_drag_from_it_moves_the_cursor(page: Page) -> None:
    drag(page, page.at(2.0, 60))
    assert page.heard == [("chosen", "point")] and page.plot.value == 2.0
    drag(page, page.at(2.0, 60), page.at(2.0, 60) + QPoint(2, 0), page.at(6.0, 60))
    assert page.plot.value == 6.0 and page.heard[1:] == [("settled", "x")]


def test_what_lies_beside_the_cursors_area_is_chosen_as_ever(page: Page) -> None:
    drag(page, QPoint(15, 135))
    assert page.heard == [("chosen", "other")] and page.plot.value == 2.0


def test_its_handle_is_dragged_and_typed_over(page: Page) -> None:
    drag(page, page.at(2.0, 10), page.at(2.5, 10), page.at(5.0, 10))
    assert page.plot.value == 5.0
    drag(page, page.at(5.0, 10))
    assert page.plot.value == 5.0 and page.view.editor is not None
    page.view.editor.setText("1.2345")
    QTest.keyClick(page.view.editor, Key.Key_Return)
    assert page.plot.value == 1.2345


def test_arrows_move_the_cursor_and_tell_how_far(page: Page) -> None:
    with recorded() as said:
        page.press(Key.Key_Right)
    assert [text for text, _ in said] == ["time: 2.10"]
    assert page.heard == [("nudged", "x", 2.0, 2.1), ("settled", "x")]
    page.press(Key.Key_Left, modifier=SHIFT)
    assert page.plot.value == 2.09
    page.press(Key.Key_Right, modifier=CONTROL)
    assert page.plot.value == 3.1
    page.press(Key.Key_PageUp)
    assert page.plot.value == 4.1
    page.press(Key.Key_Home)
    assert page.plot.value == 5.0
    page.press(Key.Key_End)
    assert page.plot.value == 10.0


def test_arrows_step_from_a_ring_that_is_on_another_mark(page: Page) -> None:
    page.view.clearFocus()
    page.view.setFocus(Qt.FocusReason.TabFocusReason)
    page.press(Key.Key_Right)
    assert page.plot.value == 2.1  # the ring is on the cursor, which comes first
    page.press(Key.Key_Down, Key.Key_Return)
    assert page.heard[-1] == ("chosen", "point")
    page.press(Key.Key_Right)
    assert page.plot.value == 2.1
    page.press(Key.Key_Home, Key.Key_Left)
    assert page.plot.value == 2.0


def wheel(page: Page, place: QPoint, turn: int = 120) -> QWheelEvent:
    event = QWheelEvent(
        QPointF(place), page.view.mapToGlobal(QPointF(place)), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.view, event)
    return event


def test_the_wheel_zooms_about_the_pointer_and_keys_about_the_cursor(page: Page) -> None:
    place = page.at(4.0)
    assert wheel(page, place).isAccepted()
    assert page.plot.high - page.plot.low == pytest.approx(10.0 / 1.2)
    assert page.at(4.0) == place and page.heard == [("settled", "x")]
    place = page.at(2.0)
    page.press(Key.Key_Plus, Key.Key_Minus, Key.Key_Minus)
    assert page.plot.high - page.plot.low == pytest.approx(10.0) and page.at(2.0) == place
    low = page.plot.low
    assert not wheel(page, QPoint(10, 100)).isAccepted() and page.plot.low == low  # beside the plot


@pytest.mark.parametrize(("button", "modifier"), [(LEFT, SHIFT), (Qt.MouseButton.MiddleButton, NONE)])
def test_shift_or_the_middle_button_moves_the_axis(
    page: Page, button: Qt.MouseButton, modifier: Qt.KeyboardModifier
) -> None:
    start, end = page.at(4.0), page.at(6.0)
    drag(page, start, start + QPoint(9, 0), end, button=button, modifier=modifier)
    assert (page.plot.low, page.plot.high) == pytest.approx((-2.0, 8.0))
    assert page.plot.value == 2.0 and page.heard == [("settled", "x")]
    QTest.mousePress(page.view, button, modifier, start)
    QTest.mouseMove(page.view, end)
    page.press(Key.Key_Escape)
    QTest.mouseRelease(page.view, button, modifier, end)
    assert (page.plot.low, page.plot.high) == pytest.approx((-2.0, 8.0))


def test_an_axis_that_stays_is_neither_zoomed_nor_moved(page: Page) -> None:
    page.show(zooms=False)
    assert not wheel(page, page.at(4.0)).isAccepted()
    page.press(Key.Key_Plus)
    assert page.plot.value == 2.1  # a step, as of any number
    drag(page, page.at(4.0), page.at(6.0), modifier=SHIFT)
    assert (page.plot.low, page.plot.high, page.plot.value) == (0.0, 10.0, 6.0)


def test_a_double_click_opens_the_cursor(page: Page) -> None:
    QTest.mouseDClick(page.view, LEFT, NONE, page.at(4.0))
    assert page.heard[-2:] == [("opened", "x"), ("settled", "x")]  # it is held no longer


def test_an_axis_of_logarithms_moves_and_zooms_by_ratios() -> None:
    cursor = CursorMark(AxisScale(1.0, 100.0, 0.0, 200.0, LOG), 10.0, "10", CursorInput(0.1, (1.0, 100.0)))
    assert cursor.axis_moved(-100.0) == pytest.approx((10.0, 1000.0))
    assert cursor.axis_zoomed(2.0, 100.0) == pytest.approx((0.1, 1000.0))


def test_only_what_shows_the_cursor_is_painted_again(page: Page) -> None:
    cursor = page.view.drawing.marks[0]
    assert cursor.bounds.isEmpty() and cursor.area.isEmpty()


def test_a_screen_reader_finds_the_cursor_with_its_value(page: Page) -> None:
    part = QAccessible.queryAccessibleInterface(page.view).child(0)
    assert part.role() == QAccessible.Role.SpinBox
    assert [part.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value)] == ["time", "2.00"]
    assert "zoom" in part.text(QAccessible.Text.Help)
