"""The canvas over the dock, which is one line until it is opened, and leaves the canvas its least height."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

FREE = (1 << 24) - 1
"""Qt's own: no upper bound."""


class DockColumn(QSplitter):
    """The open dock is as high as it is ``wanted``, in pixels, as far as that leaves what is over it its height."""

    def __init__(self, upper: QWidget, dock: QWidget, wanted: int) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.wanted = wanted
        self._upper, self._dock, self._open = upper, dock, False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(upper)
        self.addWidget(dock)
        self.setStretchFactor(0, 1)
        self.splitterMoved.connect(self._note)

    def set_open(self, is_open: bool) -> None:
        """Show the dock whole, or its line alone."""
        self._open = is_open
        self._dock.setMaximumHeight(FREE if is_open else self._dock.minimumSizeHint().height())
        self._share()

    @Slot()
    def _note(self) -> None:
        """By hand: so high it is to be, whenever there is room."""
        if self._open:
            self.wanted = self.sizes()[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        least = self._dock.minimumSizeHint().height()
        free = self.height() - self.handleWidth() - self._upper.minimumSizeHint().height()
        height = max(min(self.wanted, free), least) if self._open else least
        if height != self.sizes()[1]:
            self.setSizes([self.height() - self.handleWidth() - height, height])
