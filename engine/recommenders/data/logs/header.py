"""The first line of a delimited file: which columns there are, and where."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from engine.problems import EngineError, declare
from engine.recommenders.data.logs.delimited import EMPTY, Layout
from engine.recommenders.data.logs.file_set import Source

COLUMNS_MISSING = declare(
    "recommenders.columns_missing", "{path} has no column {missing}; it has {found}. Choose columns that are there."
)

_LONGEST_HEADER = 1 << 20


def header_layout(
    source: Source, name: str, wanted: Mapping[str, str], types: Mapping[str, type[pl.DataType]], separator: str = ","
) -> Layout:
    """The layout of a file with a header, ``wanted`` giving the file's name for each of our columns.

    Raises EngineError where the file is empty or a column is missing.
    """
    names = header_names(source, name, separator)
    require(source.shown(name), wanted.values(), names)
    columns = {ours: (names.index(theirs), types[ours]) for ours, theirs in wanted.items()}
    return Layout(columns, len(names), separator)


def header_names(source: Source, name: str, separator: str = ",") -> list[str]:
    """The names in the first line. Raises EngineError where there is none."""
    with source.opened(name) as file:
        line = file.readline(_LONGEST_HEADER).decode("utf-8-sig", errors="replace")
    if not line.strip():
        raise EngineError(EMPTY(path=source.shown(name)))
    return [field.strip() for field in next(csv.reader([line], delimiter=separator))]


def require(path: str, wanted: Iterable[str], found: Sequence[str]) -> None:
    """Raises EngineError where one of ``wanted`` is not in ``found``, saying which and what there is."""
    missing = [f"“{column}”" for column in wanted if column not in found]
    if missing:
        raise EngineError(COLUMNS_MISSING(path=path, missing=", ".join(missing), found=", ".join(found)))
