"""A column of sections beside a picture, which scrolls when it is too tall."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.kit.widgets.frame import scroll_in

MARGIN = 12


class PanelColumn(QScrollArea):
    """Sections one under another; scrolls when they are too tall. ``body`` is what they are to be made in: one that
    comes into it later has all its parts styled anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")  # where its content ends after the last whole row, too
        body = self.body = QWidget()
        self.rows = QVBoxLayout(body)
        self.rows.setContentsMargins(MARGIN, 12, MARGIN, 12)
        self.rows.setSpacing(12)
        scroll_in(self, body)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # there may be nothing in it that takes the keyboard
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def showEvent(self, event: QShowEvent) -> None:
        """What was made lower out of sight hears of its new size only now, and may take room from itself while it does,
        as by its scroll bar and by a foot: Qt then drops the second of the two sizes, and what lies in it would stay as
        wide as if there were no bar."""
        super().showEvent(event)
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))
        self.rows.setGeometry(self.body.contentsRect())

    def _make_room(self, low: int, high: int) -> None:
        """The scroll bar takes its room from the right margin, so that the content keeps its width."""
        taken = self.verticalScrollBar().sizeHint().width() if high > low else 0
        self.rows.setContentsMargins(MARGIN, 12, max(MARGIN - taken, 2), 12)
