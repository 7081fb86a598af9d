"""The first rows of a table as texts, to be read."""

from __future__ import annotations

import polars as pl
from polars.exceptions import PanicException

from engine.recommenders.data.profile.shapes import Head

HEAD_ROWS = 200
LONGEST = 120
"""Characters of a text, beyond which it is cut."""


def head_of(table: pl.DataFrame, rows: int = HEAD_ROWS) -> Head:
    """The first ``rows``; what is missing is empty, what polars cannot write as text a short account of it."""
    first = table.head(rows)
    columns = [[_text(value) for value in _values(column)] for column in first.iter_columns()]
    return Head(columns=tuple(first.columns), rows=tuple(zip(*columns, strict=True)))


def _values(column: pl.Series) -> list[object]:
    try:
        return column.to_list()
    except (ValueError, OverflowError, PanicException):  # dates that no calendar has
        return column.to_physical().to_list()


def _text(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:.12g}" if isinstance(value, float) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
