"""To be told of other numbers and to paint them are two stretches: whoever presses something is heard in between."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer, Slot
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QWidget


class NextTurn(QTimer):
    """Has parts of a widget painted: at once, or, after :meth:`hold`, in the next turn of the event loop. That is well
    within a frame, and a hand that comes in between finds already what is about to be seen."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._due = QRegion()
        self.setSingleShot(True)
        self.timeout.connect(self._paint)

    def hold(self) -> None:
        """Other numbers, or another drawing: whatever is to be painted of them waits for the next turn."""
        if not self.isActive():
            self.start()

    def update(self, area: QRegion | QRect) -> None:
        """Have so much of the widget painted anew."""
        if self.isActive():
            self._due += QRegion(area)
        else:
            self._widget.update(QRegion(area))

    @Slot()
    def _paint(self) -> None:
        due, self._due = self._due, QRegion()
        self._widget.update(due)
