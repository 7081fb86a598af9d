"""The same pass written for PyTorch, to copy."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.kit.announce import announce
from app.kit.icons import set_icon
from app.kit.widgets.labels import wrapped
from app.workspaces.scalar_graph.desk import Desk
from engine.autodiff.torch_twin import torch_code

MOST_NODES = 400
"""The code of a larger graph is written when it is copied."""


class CodePage(QWidget):
    """The lines, and a button that copies them. They are written while they are in sight."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setFont(_typewriter())
        self.lines.setAccessibleName(self.tr("The pass in PyTorch"))
        self.lines.setToolTip(self.tr("Paste it into any Python with PyTorch: it prints every gradient"))
        self.copy = QPushButton(self.tr("Copy code"))
        self.copy.setToolTip(self.tr("Put these lines on the clipboard"))
        self.copy.setAccessibleName(self.copy.text())
        set_icon(self.copy, "copy")
        self.copy.clicked.connect(self._copy)
        head = QHBoxLayout()
        head.addWidget(wrapped(self.tr("The same graph, a line a node; PyTorch finds the gradients by itself.")), 1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        desk.worked_changed.connect(self.follow)
        desk.refused.connect(self.follow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    @property
    def code(self) -> str:
        """The lines; none where what is typed cannot be read."""
        worked = self._desk.worked
        return torch_code(worked.graph, worked.inputs) if worked is not None and not self._desk.stale else ""

    @Slot()
    def follow(self) -> None:
        """Write the lines anew, if somebody sees them."""
        if not self.isVisible():
            return
        worked = self._desk.worked
        if worked is not None and len(worked.graph.nodes) > MOST_NODES:
            words = self.tr("{count} nodes: the code is written when you copy it.")
            self.lines.setPlainText(words.format(count=len(worked.graph.nodes)))
            self.copy.setEnabled(not self._desk.stale)
            return
        code = self.code
        self.copy.setEnabled(bool(code))
        if code != self.lines.toPlainText():
            self.lines.setPlainText(code)

    @Slot()
    def _copy(self) -> None:
        if code := self.code:  # an empty one would take away what is there
            QGuiApplication.clipboard().setText(code)
            announce(self, self.tr("The code is on the clipboard"))


def _typewriter() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(12)
    return font
