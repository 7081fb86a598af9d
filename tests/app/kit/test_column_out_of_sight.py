"""A column that was made lower while another page was in front."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.column import PanelColumn

WIDTH = 240


class WithFoot(PanelColumn):
    """Takes room from its own viewport, as columns with something at their foot do."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setViewportMargins(0, 0, 0, 40)


def shown_after_shrinking(qtbot: QtBot, column: PanelColumn) -> PanelColumn:
    """A column of a page that is shown first, then hidden while the window is made lower, then shown again."""
    for line in range(12):
        label = QLabel(f"line {line}")
        label.setFixedHeight(30)
        column.rows.addWidget(label)
    stack, page = QStackedWidget(), QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    column.setFixedWidth(WIDTH)
    row.addWidget(column)
    stack.addWidget(page)
    stack.addWidget(QWidget())
    qtbot.addWidget(stack)
    stack.resize(400, 900)
    stack.show()
    assert not column.verticalScrollBar().isVisible()
    stack.setCurrentIndex(1)
    stack.resize(400, 300)
    label.setText("the last line")  # which is laid out only when it comes into sight
    QApplication.processEvents()
    stack.setCurrentIndex(0)
    QApplication.processEvents()
    return column


@pytest.mark.parametrize("kind", [PanelColumn, WithFoot])
def test_it_does_not_lie_under_its_scroll_bar(qtbot: QtBot, kind: type[PanelColumn]) -> None:
    column = shown_after_shrinking(qtbot, kind())
    assert column.verticalScrollBar().isVisible()
    body = cast(QWidget, column.widget())
    assert body.width() == column.viewport().width() < WIDTH
    right = {label.geometry().right() + 1 for label in body.findChildren(QLabel)}
    assert right == {body.width() - column.rows.contentsMargins().right()}
