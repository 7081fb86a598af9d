"""The first line of a delimited file: which columns there are, and where."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from engine.data.dialect import column_names, decode, first_row, sniff_delimiter, with_plain_ends
from engine.data.problems import FILE_EMPTY, TOO_MANY_COLUMNS
from engine.data.sampling import is_binary, no_text
from engine.problems import EngineError
from engine.recommenders.data.logs.delimited import LINE_ENDS, LONGEST_HEADER, RowFormat
from engine.recommenders.data.logs.file_set import FileSet
from engine.recommenders.data.needed_columns import require_columns

MOST_COLUMNS = 1000
_PROBE_BYTES = 1 << 16


def header_layout(
    files: FileSet, name: str, wanted: Mapping[str, str], types: Mapping[str, type[pl.DataType]], separator: str = ","
) -> RowFormat:
    """The layout of a file with a header, ``wanted`` giving the file's name for each of our columns.

    Raises EngineError where the file is empty or a column is missing.
    """
    names = header_names(files, name, separator)
    require_columns(wanted.values(), names, files.shown(name))
    columns = {ours: (names.index(theirs), types[ours]) for ours, theirs in wanted.items()}
    return RowFormat(columns, len(names), separator)


def header_names(files: FileSet, name: str, separator: str = ",") -> list[str]:
    """The names in the first row, an unnamed or repeated one made up as :mod:`engine.data.dialect` does.

    Raises EngineError where there is none.
    """
    first = first_row(_first_lines(files, name), separator) or [""]
    check_columns(files.shown(name), len(first))
    return list(column_names(first, len(first))[0])


def check_columns(path: str, found: int) -> None:
    """Raise EngineError for more columns than a person could say anything of."""
    if found > MOST_COLUMNS:
        raise EngineError(TOO_MANY_COLUMNS(path=path, columns=found, limit=MOST_COLUMNS))


def separator_of(files: FileSet, name: str) -> str:
    """What separates the fields of a file with a header, a comma where nothing does. Raises EngineError as above."""
    return sniff_delimiter(_first_lines(files, name)) or ","


def _first_lines(files: FileSet, name: str) -> str:
    """The beginning of a file, as far as whole lines go."""
    with files.opened(name) as file:
        probe = file.read(_PROBE_BYTES)
        if b"\n" not in probe:
            probe += file.read(LONGEST_HEADER)
    if is_binary(probe):
        raise EngineError(no_text(files.shown(name), probe))
    probe = with_plain_ends(probe)
    text, _ = decode(probe[: probe.rfind(b"\n") + 1 or None])
    text = text.lstrip(LINE_ENDS.decode())
    if not text.strip():
        raise EngineError(FILE_EMPTY(path=files.shown(name)))
    return text
