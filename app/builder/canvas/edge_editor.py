"""The small editor beside the selected edge."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.builder.canvas.selection import EdgeRef
from app.builder.canvas.weight_box import WeightBox


class EdgeEditor(QFrame):
    """Shows one weight and takes a new value for it."""

    weight_edited = Signal(str, str, tuple, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Weight of the selected edge"))
        self._edge: EdgeRef | None = None
        self._name = QLabel()
        self.box = WeightBox()
        self.box.setAccessibleName(self.tr("Weight"))
        self.box.setToolTip(self.tr("Type a value, or turn it with the wheel or the arrow keys; undo brings it back."))
        self.box.edited.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 5, 7, 5)
        row.addWidget(self._name)
        row.addWidget(self.box)
        self.hide()

    def show_edge(self, edge: EdgeRef, name: str, weight: float) -> None:
        """Show an edge's weight as it is now."""
        if edge != self._edge:
            self._edge = edge
            self.box.lineEdit().setModified(False)
        self._name.setText(name)
        self.box.show_live(weight)
        self.adjustSize()

    def _tell(self, value: float) -> None:
        if self._edge is not None:
            self.weight_edited.emit(self._edge.target, "W", (self._edge.row, self._edge.column), value)
