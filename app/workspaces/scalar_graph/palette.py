"""Operations as small buttons: a click puts one into the expression, a drag takes it there or onto a node."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.kit.widgets.flow import FlowLayout
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.operations import MIME, OPERATIONS, Operation


class OperationButton(QPushButton):
    """``chosen(template)`` by a click; a drag carries the template along."""

    chosen = Signal(str)

    def __init__(self, operation: Operation, parent: QWidget | None = None) -> None:
        super().__init__(operation.sign, parent)
        self.operation = operation
        self._pressed: QPoint | None = None
        tip = QCoreApplication.translate("Operations", operation.tip)
        self.setProperty("role", "chip")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(operation.template)
        self.setAccessibleDescription(tip)
        self.clicked.connect(lambda: self.chosen.emit(operation.template))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough from where it was pressed, it is a drag and no click any more."""
        start = self._pressed
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.setDown(False)
            self.carry()

    def carry(self) -> None:
        """Let the template be dropped somewhere."""
        drag = QDrag(self)
        drag.setMimeData(carried(self.operation))
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.CopyAction)


def carried(operation: Operation) -> QMimeData:
    """What a drag of the operation carries."""
    data = QMimeData()
    data.setData(MIME, QByteArray(operation.template.encode()))
    data.setText(operation.template)
    return data


class Palette(QWidget):
    """Every operation. ``chosen(template)``: clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(self, 5)
        self.buttons: dict[str, OperationButton] = {}
        for operation in OPERATIONS:
            button = OperationButton(operation)
            button.chosen.connect(self.chosen)
            self.buttons[operation.sign] = button
            row.addWidget(button)
