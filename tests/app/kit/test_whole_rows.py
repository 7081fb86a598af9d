"""What scrolls ends in whole rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, QStringListModel, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QListView, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Rectangle, Text
from app.kit.drawing.view import DrawingView
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.frame import TALLEST_ROW, WholeRows, scrolled
from app.kit.widgets.labels import Label

ROWS, ROW = 10, 30


def rows_of_labels() -> QWidget:
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for number in range(ROWS):
        label = Label(str(number))
        label.setFixedHeight(ROW)
        column.addWidget(label)
    return body


def draw_rows(_data: object, frame: Frame) -> Drawing:
    texts = (Text(str(number), (0, number * ROW, frame.width, ROW), 13) for number in range(ROWS))
    return Drawing(tuple(texts), height=ROWS * ROW)


def rows_drawn() -> QWidget:
    return DrawingView(draw_rows, None, hint=QSize(100, ROWS * ROW), least=QSize(100, 20))


def shown(qtbot: QtBot, area: QScrollArea, height: int) -> QScrollArea:
    qtbot.addWidget(area)
    area.resize(200, height)
    area.show()
    qtbot.waitExposed(area)
    return area


def end_of(area: QScrollArea) -> int:
    """Where its content ends to the eye, in the content's pixels; −1 where nothing is hidden."""
    mask = area.widget().mask()
    return -1 if mask.isEmpty() else mask.boundingRect().height()


@pytest.mark.parametrize("make", [rows_of_labels, rows_drawn])
def test_a_row_that_would_be_cut_is_out_of_sight(qtbot: QtBot, make: object) -> None:
    assert callable(make)
    area = shown(qtbot, scrolled(make()), 4 * ROW + 17)
    qtbot.waitUntil(lambda: end_of(area) == 4 * ROW)
    area.verticalScrollBar().setValue(20)
    qtbot.waitUntil(lambda: end_of(area) == 5 * ROW)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: end_of(area) == -1)
    area.resize(200, (ROWS + 1) * ROW)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0 and end_of(area) == -1)


def test_a_picture_is_cut_as_ever(qtbot: QtBot) -> None:
    column = PanelColumn()
    picture = Label()
    picture.setFixedHeight(400)
    column.rows.addWidget(picture)
    shown(qtbot, column, 200)
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
    column.findChild(WholeRows).follow()  # type: ignore[union-attr]
    assert end_of(column) == -1


def test_a_low_chart_is_cut_as_ever(qtbot: QtBot) -> None:
    """In Gradients at 150 % of 1280 × 800 nothing of it was left."""
    bars = (Rectangle((30 * number, 10, 20, 50), "accent") for number in range(5))
    drawing = Drawing(tuple(bars), height=300)
    view = DrawingView(lambda _data, _frame: drawing, None, hint=QSize(200, 300), least=QSize(200, 300))
    area = shown(qtbot, scrolled(view), 40)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    area.findChild(WholeRows).follow()  # type: ignore[union-attr]
    assert end_of(area) == -1


def test_a_list_ends_in_whole_rows_too(qtbot: QtBot) -> None:
    rows = QListView()
    rows.setModel(QStringListModel([str(number) for number in range(30)], rows))
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    WholeRows(rows)
    qtbot.addWidget(rows)
    rows.resize(200, 130)
    rows.show()
    qtbot.waitUntil(lambda: not rows.viewport().mask().isEmpty())
    end, row = rows.viewport().mask().boundingRect().height(), rows.visualRect(rows.model().index(0, 0)).height()
    assert end % row == 0 and 0 <= rows.viewport().height() - end < row


def test_rows_of_another_height_are_cut_anew(qtbot: QtBot) -> None:
    """As tall as before in all: no scroll bar tells of it."""
    area = shown(qtbot, scrolled(rows_of_labels()), 4 * ROW + 17)
    qtbot.waitUntil(lambda: end_of(area) == 4 * ROW)
    first, *_, last = area.widget().findChildren(Label)
    first.setFixedHeight(ROW + 10)
    last.setFixedHeight(ROW - 10)
    qtbot.waitUntil(lambda: end_of(area) == 4 * ROW + 10)


def test_what_is_taken_from_its_area_is_whole(qtbot: QtBot) -> None:
    area = shown(qtbot, scrolled(rows_of_labels()), 4 * ROW + 17)
    qtbot.waitUntil(lambda: end_of(area) == 4 * ROW)
    body = area.takeWidget()
    qtbot.addWidget(body)
    assert body.mask().isEmpty()


class PaintedRows(QWidget):
    """Fills its ground; ``lowest``: down to where it was painted last."""

    lowest = 0

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setFixedHeight(2 * TALLEST_ROW)

    def cut_row(self, y: int) -> int:
        return y - y % ROW

    def paintEvent(self, event: QPaintEvent) -> None:
        self.lowest = event.region().boundingRect().bottom() + 1


def test_rows_that_come_into_sight_are_painted(qtbot: QtBot) -> None:
    """Qt leaves what fills its ground as it was: of Adam's seven rows four were drawn in Present."""
    rows, body = PaintedRows(), QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(rows)
    area = shown(qtbot, scrolled(body), 2 * ROW + 17)
    qtbot.waitUntil(lambda: end_of(area) == 2 * ROW)
    area.resize(200, rows.height())
    qtbot.waitUntil(lambda: end_of(area) == -1)
    qtbot.waitUntil(lambda: rows.lowest == rows.height())
