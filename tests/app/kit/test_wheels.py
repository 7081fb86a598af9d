"""The wheel scrolls past a plot that lies in what scrolls, unless somebody is at work in the plot."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit.charts.chart import LineChart
from app.kit.widgets.wheels import scrolls_past


def turned(widget: QWidget) -> bool:
    """Turn the wheel over it; whether it took the turn."""
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.mark.parametrize("height", [900, 120])
def test_a_chart_zooms_where_nothing_scrolls_or_it_has_the_keyboard(qtbot: QtBot, height: int) -> None:
    area, body, chart = QScrollArea(), QWidget(), LineChart()
    chart.setFixedHeight(150)
    rows = QVBoxLayout(body)
    rows.addWidget(chart)
    rows.addWidget(QWidget())
    body.setFixedHeight(400)
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.resize(400, height)
    qtbot.addWidget(area)
    with qtbot.waitActive(area):
        area.show()
    area.setFocus()
    scrolls = height < 400
    assert scrolls_past(chart) is scrolls
    before = chart.getViewBox().viewRange()[0]
    turned(chart.viewport())
    assert (chart.getViewBox().viewRange()[0] == before) is scrolls
    chart.setFocus()
    assert not scrolls_past(chart)
