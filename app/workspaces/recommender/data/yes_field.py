"""What counts as a yes in the label: one of its values, or numbers from one on."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.kit.numbers import read, written
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import Label
from engine.recommenders.data.profile.shapes import Head
from engine.recommenders.data.proposal.roles import Yes

MOST_VALUES = 40
FROM = ""
"""The key of “a number from … on”; the keys of values begin with a mark."""
VALUE = "="


class YesField(QWidget):
    """``changed``: something else counts as a yes, by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.how = Choice(
            self.tr("What counts as a yes"), [], self.tr("The value of the label that is to be predicted")
        )
        self.least = QLineEdit()
        self.least.setFixedWidth(90)
        self.least.setAccessibleName(self.tr("The number from which on it is a yes"))
        self.least.setToolTip(self.tr("The number from which on it is a yes"))
        label = Label(self.tr("A &yes is"))
        label.setBuddy(self.how)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.how, 1)
        row.addWidget(self.least)
        self.how.picked.connect(self._pick)
        self.least.textEdited.connect(self.changed)

    def show_label(self, head: Head, column: str, yes: Yes) -> None:
        """Offer the values of a column."""
        at = head.columns.index(column)
        values = list(dict.fromkeys(row[at] for row in head.rows if row[at]))[:MOST_VALUES]
        if yes.equals is not None and yes.equals not in values:
            values.insert(0, yes.equals)
        entries = [(VALUE + value, self.tr("“{value}”").format(value=value)) for value in values]
        numeric = bool(values) and all(read(value) is not None for value in values)
        self.how.set_entries([*([(FROM, self.tr("a number from here on:"))] if numeric else []), *entries])
        self.how.choose(FROM if yes.equals is None and numeric else VALUE + (yes.equals or ""))
        self.least.setText(written(yes.at_least))
        self._follow()

    @property
    def yes(self) -> Yes | None:
        """What counts; None where that is no number."""
        key = self.how.key or FROM
        if key != FROM:
            return Yes(equals=key.removeprefix(VALUE))
        least = read(self.least.text())
        return None if least is None else Yes(at_least=least)

    def _follow(self) -> None:
        self.least.setVisible((self.how.key or FROM) == FROM)

    @Slot()
    def _pick(self) -> None:
        self._follow()
        self.changed.emit()
