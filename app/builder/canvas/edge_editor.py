"""The card of the selected edge: from where to where it goes, and its weight to be changed."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.builder.canvas.selection import EdgeRef
from app.builder.canvas.weight_box import WeightBox
from app.kit.capitals import in_capitals
from app.kit.origin.button import OriginButton
from app.kit.widgets.labels import Label


class EdgeEditor(QFrame):
    """Shows one weight and takes a new value for it. ``left``: the keyboard goes back to the canvas. ``deleted``:
    Delete was pressed before anything was typed.
    ``number_picked``: its ``Source`` in the pass, where one wants to know where it comes from."""

    weight_edited = Signal(str, str, tuple, float)
    number_picked = Signal(object)
    left = Signal()
    deleted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Weight of the selected edge"))
        self._edge: EdgeRef | None = None
        heading = Label(in_capitals(self.tr("Weight")))
        heading.setProperty("role", "heading")
        self._where = Label()
        self._where.setWordWrap(True)
        self.box = WeightBox()
        self.box.setAccessibleName(self.tr("Weight"))
        self.box.setToolTip(self.tr("Type a value, or turn it with the wheel or the arrow keys; undo brings it back."))
        self.box.edited.connect(self._tell)
        self.box.installEventFilter(self)
        self.origin = OriginButton(self.box.accessibleName())
        self.origin.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.addWidget(self._where, 1)
        row.addWidget(Label("w ="))
        row.addWidget(self.box)
        row.addWidget(self.origin)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 10, 9)
        column.setSpacing(4)
        column.addWidget(heading)
        column.addLayout(row)
        self.hide()

    def show_edge(self, edge: EdgeRef, where: str, weight: float, *, in_pass: bool = False) -> None:
        """Show an edge's weight as it is now; ``in_pass``: a pass is shown that says where it comes from."""
        self.origin.setVisible(in_pass)
        if edge != self._edge:
            self._edge = edge
            self.box.lineEdit().setModified(False)
        self._where.setText(where)
        self.box.show_live(weight)

    @Slot()
    def _ask(self) -> None:
        from engine.training.lines.expression import Source  # not for the first frame, which shows no pass

        if self._edge is not None:
            self.number_picked.emit(Source("W", self._edge.target, (self._edge.row, self._edge.column)))

    def take_keyboard(self) -> None:
        """The next digits typed are the weight."""
        self.box.selectAll()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps what was typed, Escape does not; both go back to the canvas."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            if event.key() == Qt.Key.Key_Escape:
                self.box.take_back()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass Delete on while nothing has been done in the field yet."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and cast(QKeyEvent, event).key() == Qt.Key.Key_Delete and self.box.untouched:
            self.left.emit()
            self.deleted.emit()
            return True
        return super().eventFilter(watched, event)

    def _tell(self, value: float) -> None:
        if self._edge is not None:
            self.weight_edited.emit(self._edge.target, "W", (self._edge.row, self._edge.column), value)
