"""The canvas over the dock: in a low window the dock gives way, and comes back when there is room again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class DockColumn(QSplitter):
    """The dock is as high as it is ``wanted``, in pixels, as far as that leaves what is over it its least height."""

    def __init__(self, upper: QWidget, dock: QWidget, wanted: int) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.wanted = wanted
        self._upper, self._dock = upper, dock
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(upper)
        self.addWidget(dock)
        self.setStretchFactor(0, 1)
        self.splitterMoved.connect(self._note)

    @Slot()
    def _note(self) -> None:
        """By hand: so high it is to be, whenever there is room."""
        self.wanted = self.sizes()[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._dock.isHidden():
            return
        free = self.height() - self.handleWidth() - self._upper.minimumSizeHint().height()
        height = max(min(self.wanted, free), self._dock.minimumSizeHint().height())
        if height != self.sizes()[1]:
            self.setSizes([self.height() - self.handleWidth() - height, height])
