"""What a plot shows, as a table: the same numbers go to the clipboard and into a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A header and rows of as many cells."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[object]]


class Tabular(Protocol):
    """A view that can say its numbers."""

    def table(self) -> ExportTable:
        """The numbers shown."""


def csv_text(table: ExportTable) -> str:
    """The table as CSV: commas, quotes where needed, one line break per row."""
    buffer = io.StringIO()
    _write(buffer, table.header, table.rows)
    return buffer.getvalue()


def write_csv(path: Path, table: ExportTable) -> None:
    """Write the table to a UTF-8 file. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="") as file:
        _write(file, table.header, table.rows)


def _write(stream: io.TextIOBase, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> object:
    """Numbers at full precision, so that they read back as they were."""
    return repr(float(value)) if isinstance(value, float) else value
