"""A weight to be changed in place: its field, and the card of the selected edge."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.builder.canvas.selection import EdgeRef
from app.kit.capitals import in_capitals
from app.kit.numbers import bounds_words, no_number, read, written
from app.kit.origin.buttons import OriginButton
from app.kit.widgets.labels import Label
from app.kit.widgets.say_beside import say_beside

STEP = 0.05
LARGEST = 1e6
STORED_DECIMALS = 20
"""So many are kept; four significant digits are shown, so that a weight of 4·10⁻¹³ is not shown as 0."""
COMPACT = """
QDoubleSpinBox { padding: 1px 5px; min-height: 0; }
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0; height: 0; subcontrol-origin: border; }
QLineEdit { padding: 0; border: none; min-height: 0; background: transparent; }
"""
"""The style sheet's spin boxes are larger, and keep room for their buttons even where there are none."""


class WeightBox(QDoubleSpinBox):
    """Shows a live weight. ``edited`` carries what the person has set; live values never come back as edits."""

    edited = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())
        self.setDecimals(STORED_DECIMALS)
        self.setRange(-LARGEST, LARGEST)
        self.setSingleStep(STEP)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet(COMPACT)
        self.setFixedWidth(72)
        self.valueChanged.connect(self.edited)
        self.editingFinished.connect(lambda: self.lineEdit().setModified(False))  # what was typed is in force

    def show_live(self, value: float) -> None:
        """Show the network's present value, unless the person is typing one."""
        if self.lineEdit().isModified() and self.hasFocus():
            return
        if value != self.value():
            untouched = self.untouched
            self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(False)
            if untouched:
                self.selectAll()

    @property
    def untouched(self) -> bool:
        """Return whether all of it is selected, so that the next key replaces it."""
        line = self.lineEdit()
        return bool(line.text()) and line.selectedText() == line.text()

    def take_back(self) -> None:
        """Show the weight again in place of what was typed."""
        self.lineEdit().setText(written(self.value()))
        self.lineEdit().setModified(False)

    def textFromValue(self, value: float) -> str:
        """Four digits, whatever the size."""
        return written(value)

    def valueFromText(self, text: str) -> float:
        """Read what was typed. What is no number, or only shown shortened, leaves the weight as it is."""
        value = read(text)
        return self.value() if value is None or text == written(self.value()) else value

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Anything may be typed: what is no weight is put right by :meth:`fixup`, which says why."""
        value = read(text)
        is_weight = value is not None and abs(value) <= LARGEST
        return (QValidator.State.Acceptable if is_weight else QValidator.State.Intermediate), text, at

    def fixup(self, text: str) -> str:
        """Take the nearest weight that is allowed, and say so; what is no number is left out, and that is said."""
        value = read(text)
        if value is None:
            if text.strip() and self.isVisible():
                say_beside(self, no_number(text, self.value()), urgent=True)
            return written(self.value())
        say_beside(self, bounds_words(value, -LARGEST, LARGEST))
        return written(min(max(value, -LARGEST), LARGEST))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns the number, ten steps with Ctrl; it never scrolls the list around it."""
        super().wheelEvent(event)
        event.accept()


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
        self.box.setToolTip(self.tr("Type a value, or change it with the wheel or the arrow keys. Undo restores it."))
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
