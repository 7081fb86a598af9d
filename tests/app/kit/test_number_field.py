"""A number behind its name: what is painted round it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.number_field import NumberField


class PaintedParts(QObject):
    """Keeps which parts of a widget are painted anew."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.parts: list[QRect] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.parts.append(event.region().boundingRect())
        return False


def test_nothing_is_left_of_the_frame_when_the_keyboard_has_gone(qtbot: QtBot) -> None:
    """The right end of it stood behind the 0 of L2: it lies beyond the field, which alone was painted anew."""
    window = QWidget()
    field, other = NumberField("L2 penalty", 0.0, 1.0, ""), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(other)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    field.field.setFocus()
    qtbot.waitUntil(field.field.hasFocus)
    QApplication.processEvents()  # the window paints what it has to as it opens
    painted = PaintedParts(field)
    other.setFocus()
    qtbot.waitUntil(lambda: bool(painted.parts))
    assert any(part.contains(field.rect()) for part in painted.parts)
