"""How a file that is being imported is to be read, where it leaves that open: first line, dates, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFormLayout

from app.kit.widgets.choice import Choice

if TYPE_CHECKING:
    from engine.data.files import FileSummary

_HEADERS = {"yes": True, "no": False}


class ImportReadings(QObject):
    """Three lines of a form; those that the file does not ask for are hidden. ``changed``: by hand only."""

    changed = Signal()

    def __init__(self, form: QFormLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        header = [("", self.tr("decide from the file")), ("yes", self.tr("are the names")), ("no", self.tr("are data"))]
        self.header = Choice(self.tr("First line"), header, self.tr("Whether the first line holds the columns' names"))
        dates = [
            ("days", self.tr("count the days since the earliest")),
            ("day-first", self.tr("count the days; 03/04 is in April")),
            ("month-first", self.tr("count the days; 03/04 is in March")),
            ("leave-out", self.tr("leave them out")),
            ("texts", self.tr("take them as texts")),
        ]
        self.dates = Choice(self.tr("Dates"), dates, self.tr("What becomes of columns of dates"))
        decimal = [
            ("", self.tr("decide from the file")),
            ("point", self.tr("point: 1,234.5")),
            ("comma", self.tr("comma: 1.234,5")),
        ]
        self.decimal = Choice(self.tr("Decimal sign"), decimal, self.tr("How numbers are written in this file"))
        form.addRow(self.tr("First &line"), self.header)
        form.addRow(self.tr("&Dates"), self.dates)
        form.addRow(self.tr("Decimal &sign"), self.decimal)
        for choice in (self.header, self.dates, self.decimal):
            choice.picked.connect(lambda _key: self.changed.emit())

    def show_for(self, summary: FileSummary) -> None:
        """Show the lines that concern this file."""
        dated = any(column.dates is not None for column in summary.columns)
        written = any(column.numerals is not None for column in summary.columns)
        self._form.setRowVisible(self.dates, dated or self.dates.key != "days")
        self._form.setRowVisible(self.decimal, written or bool(self.decimal.key))

    def fields(self) -> dict[str, Any]:
        """What has been chosen, as fields of a data choice."""
        return {"header": _HEADERS.get(self.header.key), "dates": self.dates.key, "decimal": self.decimal.key or None}
