"""What a label says is nobody's business around it, unless it needs other room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.still import Still


class Requests(QObject):
    """Counts how often a widget is asked to lay itself out."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_only_another_size_is_passed_on(qtbot: QtBot) -> None:
    window, requests = QWidget(), Requests()
    qtbot.addWidget(window)
    inside, label = QWidget(), QLabel("one line")
    label.setWordWrap(True)
    QVBoxLayout(inside).addWidget(label)
    column = QVBoxLayout(window)
    still = Still(inside)
    column.addWidget(still)
    column.addStretch(1)
    window.resize(240, 300)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: inside.size() == still.size() and still.height() > 0)
    window.installEventFilter(requests)
    height = still.height()
    label.setText("two line")
    qtbot.waitUntil(lambda: label.text() == "two line" and not label.visibleRegion().isEmpty())
    for _ in range(3):
        window.repaint()
    assert requests.count == 0
    label.setText("many words that do not fit into one line of so narrow a window as this one is")
    qtbot.waitUntil(lambda: requests.count > 0 and still.height() > height)
    assert inside.size() == still.size()
