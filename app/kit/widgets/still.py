"""A widget that keeps to itself that something in it has another text, as long as it needs the same room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget


class Still(QWidget):
    """Holds one widget. Qt lays the whole window out anew for every label that says something else; that ends here
    unless what it holds asks for other room than before."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        content.setParent(self)
        self.setSizePolicy(content.sizePolicy())
        self._asked = self._asks()

    def _asks(self) -> tuple[QSize, QSize, int]:
        """The room that is asked for, and the height at the present width."""
        return self.sizeHint(), self.minimumSizeHint(), self.heightForWidth(self.width())

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._content.minimumSizeHint().expandedTo(self._content.minimumSize())

    def hasHeightForWidth(self) -> bool:
        return self._content.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self._content.heightForWidth(width) if self._content.hasHeightForWidth() else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._follow()
        return super().event(event)

    def _follow(self) -> None:
        asked = self._asks()
        if asked != self._asked:
            self._asked = asked
            self.updateGeometry()


class Steady(Still):
    """Holds one widget whose width is not its own choice. Numbers in it that become longer or shorter, sixty times a
    second, lay nothing out around it, unless it needs another height."""

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())
