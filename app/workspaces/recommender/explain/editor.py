"""The row editor: a field for each column; what is changed is marked, and can be put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QPushButton, QSizePolicy, QWidget

from app.kit import theme
from app.kit.focused_field import select_whole
from app.kit.listing import listed
from app.kit.numbers import grouped, read
from app.kit.widgets.action_button import ActionButton
from app.kit.widgets.choice import ComboBox
from app.kit.widgets.frame import column_layout, fill, push_button, row_layout, scrolled
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.words import letters, plain_tip
from app.workspaces.recommender.explain.explainer import EditColumn, Explained, Value, text_of
from app.workspaces.recommender.fields import ValueField

SEPARATOR = "|"
"""Between the names of a bag in its field."""
AT_ONCE = 4
"""Fields that are made before the window has its turn."""
TOLD = 4
"""Unknown values that the note names."""


class EditField(QWidget):
    """One column: its name over its value. ``edited(column, value)``: by hand only."""

    edited = Signal(str, object)

    def __init__(self, column: EditColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = column
        self._value: Value = None
        self.name = ElidedLabel(column.name, "muted")
        self.control = self._made()
        self.control.setAccessibleName(column.name)
        self.control.setToolTip(plain_tip(self._tip()))
        self.control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        fill(column_layout(self, spacing=1), self.name, self.control)
        theme.notifier().changed.connect(self._mark)
        self._changed = False

    def _made(self) -> ValueField | _Texts:
        if self.column.kind == "category":
            made = _Texts(self.column.choices)
            made.taken.connect(self._take)
            return made
        field = ValueField()
        field.editingFinished.connect(lambda: self._take(field.text()))
        return field

    def _tip(self) -> str:
        if self.column.kind == "number":
            low, high = text_of(self.column.low), text_of(self.column.high)
            return self.tr("A number; in training from {low} to {high}").format(low=low, high=high)
        if self.column.holds_several:
            return self.tr("Names with | between them")
        return self.tr("Choose a value, or type part of one; values that didn't occur in training count as unknown")

    @property
    def line(self) -> ValueField:
        """Where it is typed."""
        return self.control.line if isinstance(self.control, _Texts) else self.control

    def show_value(self, value: Value, *, changed: bool, unknown: bool) -> None:
        """Show a value, unless another one is just being typed; nothing is emitted."""
        self._value, self._changed = value, changed
        self.control.renew_text(self._text(value))
        self.line.setPlaceholderText(self.tr("missing"))
        self.name.set_full_text(
            self.tr("{column}, unknown").format(column=self.column.name) if unknown else self.column.name
        )
        self._mark()

    def _mark(self) -> None:
        """A changed value stands out from those of the data."""
        style = f"color: {theme.current().accent}; font-weight: 600;" if self._changed else ""
        if style != self.name.styleSheet():  # setting one, even the same, costs more than all else here
            self.name.setStyleSheet(style)

    def _text(self, value: Value) -> str:
        return "" if value is None else text_of(value)

    @Slot(str)
    def _take(self, text: str) -> None:
        text = text.strip()
        if text == self._text(self._value):
            return
        value: Value = text or None
        if self.column.kind == "number" and text:
            value = read(text)
            if value is None:  # no number: what was there is put back
                self.line.show_text(self._text(self._value))
                return
        if value != self._value:
            self._value = value
            self.line.show_text(self._text(value))
            self.edited.emit(self.column.name, value)


class _Texts(ComboBox):
    """Values to choose from or to type. ``taken(text)``: by hand only. The wheel is left to the page."""

    taken = Signal(str)

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__()
        self.line = ValueField()
        select_whole(self.line)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.addItems(list(choices))
        if (completer := self.completer()) is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.line.returnPressed.connect(self._complete)  # it comes before what follows
        self.line.editingFinished.connect(lambda: self.taken.emit(self.currentText()))
        self.activated.connect(lambda at: self.taken.emit(self.itemText(at)))

    @Slot()
    def _complete(self) -> None:
        """Enter takes the only value that has what was typed; a word that training had not is left by Tab."""
        typed = self.line.text().strip().lower()
        offered = [self.itemText(at) for at in range(self.count())]
        having = [value for value in offered if typed in value.lower()]
        if typed and len(having) == 1:
            self.line.show_text(having[0])

    def renew_text(self, text: str) -> None:
        """As the line does; the list follows what is shown."""
        if self.line.hasFocus() and self.line.typed:
            self.line.renew_text(text)
            return
        self.setCurrentIndex(self.findText(text))  # which empties the line where there is no such entry
        self.line.show_text(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class RowEditor(QWidget):
    """``edited(column, value)``, ``reset``: by hand only. ``grown(by)``: its notes take so many pixels more; whoever
    gives them to it at its top leaves the fields where they are."""

    edited = Signal(str, object)
    reset = Signal()
    grown = Signal(int)

    def __init__(self, undo: QAction, redo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(role="heading")
        self.fields: dict[str, EditField] = {}
        self._columns: tuple[EditColumn, ...] = ()
        self._row: Explained | None = None
        self._data: Mapping[str, Value] = {}
        self._making = QTimer(self)
        self._making.setSingleShot(True)
        self._making.timeout.connect(self._make_fields)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(14, 2, 14, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._notes, self._notes_height = QWidget(), 0
        self.note, self.broken = wrapped(""), wrapped("")
        self.note.hide()
        self.broken.hide()
        self.mend = QPushButton()
        self.mend.setProperty("role", "pill")
        self.mend.clicked.connect(self._mend)
        self.mend.hide()
        self._truth = ElidedLabel("", "muted")
        self.put_back = push_button(self.tr("As in the data"), "pill", self.tr("Restore every value of this row"))
        self.put_back.clicked.connect(self.reset)
        self._lay_out(undo, redo)
        self.show_row(None, {})

    def _lay_out(self, undo: QAction, redo: QAction) -> None:
        head = fill(
            row_layout(margins=(14, 8, 10, 0)),
            self._title,
            (ElidedLabel(self.tr("edit to see the sum change"), "muted"), 1),
        )
        for action in (undo, redo):
            head.addWidget(ActionButton(action))
        body = QWidget()
        body.setStyleSheet(
            "QLineEdit, QComboBox { font-size: 12px; padding: 2px 0 2px 6px; }"
            "QComboBox QLineEdit { padding: 0; border: none; min-height: 0; background: transparent; }"
        )
        fill(column_layout(body), self._grid, 1)
        self._scroll = scrolled(body)
        foot = fill(row_layout(margins=(14, 4, 14, 8)), (self._truth, 1), self.put_back)
        fill(column_layout(self, spacing=4), head, self._notes, (self._scroll, 1), foot)
        fill(
            column_layout(self._notes, (14, 0, 14, 0), spacing=4),
            self.note,
            self.broken,
            (self.mend, 0, Qt.AlignmentFlag.AlignLeft),
        )

    def show_columns(self, columns: Sequence[EditColumn]) -> None:
        """Offer a field for each of these columns, two on a line. The same ones as before are left as they are."""
        if tuple(columns) == self._columns:
            return
        for field in self.fields.values():
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields, self._columns = {}, tuple(columns)
        self._make_fields()

    @Slot()
    def _make_fields(self) -> None:
        """The next few fields: all of them at once would hold up the window."""
        made = len(self.fields)
        for at, column in enumerate(self._columns[made : made + AT_ONCE], made):
            field = EditField(column)
            field.edited.connect(self.edited)
            self._grid.addWidget(field, at // 2, at % 2)
            self.fields[column.name] = field
            if self._row is not None:
                self._show_value(field, self._row)
        if len(self.fields) < len(self._columns):
            self._making.start()

    def show_row(self, row: Explained | None, data: Mapping[str, Value]) -> None:
        """Show a row's values; ``data``: those that it has in the data, where they were changed."""
        self.setEnabled(row is not None)
        self._row, self._data = row, data
        self._say_unknown()
        self._say_broken()
        self._make_room()
        if row is None:
            self._title.setText(self.tr("Row"))
            self._truth.set_full_text("")
            return
        title = self.tr("Row {number} of the file") if row.of_file else self.tr("Row {number}")
        self._title.setText(title.format(number=grouped(row.row)))
        self._title.setToolTip(
            self.tr("Counted as the file has them, with any header.")
            if row.of_file
            else self.tr("Rows are numbered from 0; those without an outcome aren't counted.")
        )
        for field in self.fields.values():
            self._show_value(field, row)
        self.put_back.setEnabled(bool(row.changed))
        self._say_truth(row)

    def _show_value(self, field: EditField, row: Explained) -> None:
        name = field.column.name
        changed = name in row.changed
        field.show_value(row.values.get(name), changed=changed, unknown=name in row.unknown)
        was = self.tr("in the data: {value}").format(value=self._said(self._data.get(name)))
        field.name.setToolTip(plain_tip(was) if changed else "")

    def _said(self, value: Value) -> str:
        return self.tr("missing") if value is None else text_of(value)

    def _make_room(self) -> None:
        """Ask for the room that the notes take, and keep the field that is typed in in sight where there is none."""
        self._notes.setVisible(not (self.note.isHidden() and self.broken.isHidden()))
        layout, height = self.layout(), 0
        if not self._notes.isHidden() and layout is not None:
            height = self._notes.heightForWidth(self.width()) + layout.spacing()
        grown, self._notes_height = height - self._notes_height, height
        if grown and layout is not None:
            self.grown.emit(grown)
            layout.activate()
            focused = next((field for field in self.fields.values() if field.line.hasFocus()), None)
            if focused is not None:
                self._scroll.ensureWidgetVisible(focused, 0, 0)

    def _say_unknown(self) -> None:
        row, said = self._row, []
        if row is not None and row.unknown:
            named = [f"{column} = {value}" for column, value in row.unknown.items()][:TOLD]
            words = self.tr("{values} never occurred in training, so it counts as unknown, with that bucket's weights.")
            said.append(words.format(values=listed(named)))
        for beyond in () if row is None else row.outside[:TOLD]:
            words = self.tr("{column} {value} is outside the training range, {least} to {most}.")
            value, least, most = map(text_of, (beyond.value, beyond.least, beyond.most))
            said.append(words.format(column=beyond.column, value=value, least=least, most=most))
        self.note.setText("\n".join(said))
        self.note.setVisible(bool(said))

    def _say_broken(self) -> None:
        """Say which pair of columns no training row had, and offer to move the other one too."""
        broken = self._row.broken[0] if self._row is not None and self._row.broken else None
        self.broken.setVisible(broken is not None)
        self.mend.setVisible(broken is not None)
        if broken is None:
            return
        words = self.tr("In training, {column} {value} always has {partner} {usual}; here it has {found}.")
        self.broken.setText(
            words.format(
                column=broken.column, value=self._said(broken.value), partner=broken.partner,
                usual=self._said(broken.usual), found=self._said(broken.found),
            )
        )  # fmt: skip
        offer = self.tr("Set {partner} to {usual}").format(partner=broken.partner, usual=self._said(broken.usual))
        self.mend.setText(letters(offer))
        self.mend.setAccessibleName(offer)

    @Slot()
    def _mend(self) -> None:
        """Move the other column of the broken pair too."""
        if self._row is not None and self._row.broken:
            broken = self._row.broken[0]
            self.edited.emit(broken.partner, broken.usual)

    def _say_truth(self, row: Explained) -> None:
        if row.changed:
            said = self.tr("Changed: truth unknown")
        elif row.yes is None:
            said = ""
        else:
            is_named = row.yes or row.otherwise is not None
            said = self.tr("Actual: {goal}") if is_named else self.tr("Actual: not {goal}")
        goal = row.goal if row.yes or row.otherwise is None else row.otherwise
        self._truth.set_full_text(said.format(goal=goal))
