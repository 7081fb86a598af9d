"""Any CSV or Parquet file as a table of columns, not yet interpreted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.exceptions import PanicException, PolarsError

from engine.data.dialect import UTF_8, column_names, decode, first_row, has_header, sniff_delimiter
from engine.data.numerals import STRAY_SHARE
from engine.data.parquet_trial import check_room, try_out
from engine.data.plain_types import beyond_calendar, plain_frame
from engine.data.problems import (
    BROKEN_QUOTES,
    CUT_ROWS,
    CUT_SAMPLED_ROWS,
    ENCODING,
    HEADER_ONLY,
    NO_HEADER,
    PARQUET_BROKEN,
    RAGGED_ROWS,
    RENAMED_COLUMNS,
    SAMPLED_FILE,
    SAMPLED_ROWS,
    TOO_FEW_COLUMNS,
    TOO_MANY_COLUMNS,
)
from engine.data.sampling import NEEDED_ROWS, Limits, RawText, Watch, file_size, read_text_bytes, reading
from engine.data.seeding import Stream, generator
from engine.data.suffixes import PARQUET_SUFFIXES
from engine.opening import open_file
from engine.problems import EngineError, Problem, Word

_PARQUET_MARK = b"PAR1"
FORGIVING = 10
"""From so many rows on, one of another length may be left out; of many more, a few."""


@dataclass(frozen=True, slots=True)
class FileTable:
    """A file's columns (text columns hold the text as written, empty being null) and
    notices on the reading. ``typed``: the file itself says what its columns hold, as Parquet does. ``first_row``: the
    number in the file of the first row, where the others follow it but for those ``skipped``; else None.
    """

    frame: pl.DataFrame
    notices: tuple[Problem, ...]
    delimiter: str = ","
    typed: bool = False
    first_row: int | None = None
    skipped: tuple[int, ...] = ()

    @property
    def row_numbers(self) -> NDArray[np.int64] | None:
        """Where each row stands in the file, counting any header; None where only some were drawn."""
        if self.first_row is None:
            return None
        numbers = np.arange(self.first_row, self.first_row + self.frame.height + len(self.skipped))
        return numbers[~np.isin(numbers, self.skipped)]

    @property
    def decimal_comma(self) -> bool:
        """Whether a comma inside a field can be a decimal comma without quotes."""
        return self.delimiter != ","


def read_table(path: Path, limits: Limits, watch: Watch, seed: int = 0, header: bool | None = None) -> FileTable:
    """Read a CSV (any of ``, ; tab |``, with a header or none) or Parquet file.

    A file beyond ``limits`` is sampled, with a notice: from places spread evenly through the file, then rows
    at random by ``seed``. Raises EngineError where there is no table to be read.
    """
    file_size(path)
    table = _read_parquet(path, limits, watch, seed) if _is_parquet(path) else _read_csv(path, limits, watch, header)
    watch.at(0.7)
    if table.frame.width < 2:
        raise EngineError(TOO_FEW_COLUMNS(path=path))
    if not table.frame.height:
        raise EngineError(HEADER_ONLY(path=path))
    return _draw_rows(table, limits.rows, seed)


def _draw_rows(table: FileTable, most: int, seed: int) -> FileTable:
    height = table.frame.height
    if height <= most:
        return table
    kept = draw_rows(height, most, seed)
    notice = SAMPLED_ROWS(kept=most, rows=height)
    return replace(table, frame=table.frame[kept], notices=(*table.notices, notice), first_row=None)


def draw_rows(rows: int, most: int, seed: int) -> NDArray[np.int64]:
    """``most`` of ``rows`` row indices at random, ascending."""
    return np.sort(generator(seed, Stream.ROWS).choice(rows, most, replace=False))


# --- Parquet ------------------------------------------------------------------------------------------------
def _is_parquet(path: Path) -> bool:
    with reading(path), open_file(path) as file:
        return file.read(4) == _PARQUET_MARK or path.suffix.lower() in PARQUET_SUFFIXES


@contextmanager
def parquet_errors(path: Path | str) -> Iterator[None]:
    """Turn what polars says of a damaged Parquet file into an EngineError."""
    try:
        yield
    except (PolarsError, PanicException, OSError) as error:  # polars panics over some damaged files
        raise EngineError(PARQUET_BROKEN(path=path, reason=Word("its data can't be decoded"))) from error


def _read_parquet(path: Path, limits: Limits, watch: Watch, seed: int) -> FileTable:
    facts = try_out(path, watch)
    rows, width = facts.rows, facts.columns
    if width > limits.columns:
        raise EngineError(TOO_MANY_COLUMNS(path=path, columns=width, limit=limits.columns))
    most = min(limits.rows, max(NEEDED_ROWS, limits.values // max(width, 1)))
    check_room(path, facts, most)
    with parquet_errors(path):
        scan = pl.scan_parquet(path, glob=False)
        if rows <= most:
            frame, lost = plain_frame(scan.collect())
            return FileTable(frame, beyond_calendar(lost), typed=True, first_row=1)
        kept = pl.Series(draw_rows(rows, most, seed)).cast(pl.UInt32)
        numbered = scan.with_row_index("\0row")
        frame = numbered.filter(pl.col("\0row").is_in(kept.implode())).drop("\0row").collect(engine="streaming")
        frame, lost = plain_frame(frame)
    return FileTable(frame, (SAMPLED_ROWS(kept=frame.height, rows=rows), *beyond_calendar(lost)), typed=True)


# --- CSV ----------------------------------------------------------------------------------------------------
def _read_csv(path: Path, limits: Limits, watch: Watch, header: bool | None) -> FileTable:
    return parse_table(path, read_text_bytes(path, limits, watch), limits, watch, header)


def parse_table(path: Path, raw: RawText, limits: Limits, watch: Watch, header: bool | None) -> FileTable:
    """What was read of a text file as a table. Raises EngineError where there is none."""
    text, encoding = decode(raw.content)
    delimiter = sniff_delimiter(text)
    if delimiter is None:
        raise EngineError(TOO_FEW_COLUMNS(path=path))
    first = first_row(text, delimiter)
    if len(first) > limits.columns:
        raise EngineError(TOO_MANY_COLUMNS(path=path, columns=len(first), limit=limits.columns))
    with_header = has_header(text, delimiter) if header is None else header
    watch.at(0.55)
    frame, cut, skipped = _parse_all(path, raw, text, delimiter, encoding, watch)
    names, made_up = column_names(first if with_header else None, frame.width)
    frame.columns = list(names)
    notices = [
        *_sampling_notices(raw, frame.height - with_header),
        *([] if cut is None else [cut]),
        *([] if encoding == UTF_8 else [ENCODING(encoding=encoding)]),
        *([] if with_header else [NO_HEADER()]),
        *([RENAMED_COLUMNS(columns=", ".join(made_up))] if made_up else []),
    ]
    begin = 1 + with_header if raw.whole else None
    return FileTable(frame[1:] if with_header else frame, tuple(notices), delimiter, first_row=begin, skipped=skipped)


def _sampling_notices(raw: RawText, rows: int) -> Iterator[Problem]:
    if not raw.whole:
        yield SAMPLED_FILE(megabytes=raw.size >> 20, rows=rows, places=len(raw.pieces) - 1)


def _parse_all(
    path: Path, raw: RawText, text: str, delimiter: str, encoding: str, watch: Watch
) -> tuple[pl.DataFrame, Problem | None, tuple[int, ...]]:
    """The table of texts, its first row included, the notice of rows left out, and which of the file those are.

    polars is fast but neither counts the fields of short rows nor reads stray quotes as everyone does; so it
    parses what a look at the bytes finds regular, and the csv module all else.
    """
    content = text.encode()
    shape = _regular_shape(content, delimiter)
    if shape is not None:
        rows, width = shape
        schema = {str(at): pl.String for at in range(width)}
        try:
            frame = pl.read_csv(content, has_header=False, separator=delimiter, schema=schema)
        except PolarsError:
            frame = pl.DataFrame()
        if frame.height == rows:
            return frame, None, ()
    if raw.whole:
        return _parse_whole(path, text, delimiter)
    return *_parse_pieces(raw.pieces, encoding, delimiter, watch), ()


def _regular_shape(content: bytes, delimiter: str) -> tuple[int, int] | None:
    """(rows, fields a row) where every row has as many fields as the first and quotes only enclose fields."""
    codes = np.frombuffer(content, np.uint8)
    ends = codes == ord("\n")
    delimiters = codes == ord(delimiter)
    if b'"' in content:
        quotes = codes == ord('"')
        outside = np.logical_not(np.cumsum(quotes, dtype=np.uint8) & 1)
        if not outside[-1] or _has_stray_quotes(quotes, ends | delimiters, outside):
            return None
        ends &= outside
        delimiters &= outside
    starts = np.concatenate([[0], np.flatnonzero(ends) + 1])
    fields = np.add.reduceat(delimiters, starts, dtype=np.int32) + 1
    if (fields != fields[0]).any():
        return None
    return len(starts), int(fields[0])


def _has_stray_quotes(quotes: NDArray[np.bool_], boundaries: NDArray[np.bool_], outside: NDArray[np.bool_]) -> bool:
    """Whether a quote opens or closes anywhere but at a field's boundary (or beside a
    quote, when doubled).
    """
    edge = np.concatenate([[True], boundaries | quotes, [True]])
    opening, closing = quotes & ~outside, quotes & outside
    return bool((opening & ~edge[:-2]).any() or (closing & ~edge[2:]).any())


def _parse_whole(path: Path, text: str, delimiter: str) -> tuple[pl.DataFrame, Problem | None, tuple[int, ...]]:
    """All rows by the csv module, the notice of those left out because they have another length than the first, and
    their numbers.

    Raises EngineError for the first of these where they are more than a few, and for a row that is broken.
    """
    rows, skipped = _Rows(), list[int]()
    found = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), 1):
            if not rows.add(row):
                found = found if skipped else len(row)
                skipped.append(number)
    except csv.Error as error:
        raise EngineError(BROKEN_QUOTES(row=rows.count + len(skipped) + 1, path=path, reason=error)) from error
    if not skipped:
        return rows.frame(), None, ()
    first, cut = skipped[0], len(skipped)
    if cut > max(STRAY_SHARE * rows.count, rows.count >= FORGIVING):
        raise EngineError(RAGGED_ROWS(row=first, path=path, found=found, expected=rows.width, delimiter=delimiter))
    return rows.frame(), CUT_ROWS(count=cut, expected=rows.width, row=first, found=found), tuple(skipped)


def _parse_pieces(
    pieces: Sequence[bytes], encoding: str, delimiter: str, watch: Watch
) -> tuple[pl.DataFrame, Problem | None]:
    """Rows of a sample by the csv module, and the notice of those left out.

    A piece may begin within a quoted text of several lines; rows of another length than the first are its
    debris.
    """
    rows, cut = _Rows(), 0
    for at, piece in enumerate(pieces):
        watch.at(0.55 + 0.15 * at / len(pieces))
        with suppress(csv.Error):  # costs the rest of the piece
            for row in csv.reader(io.StringIO(piece.decode(encoding)), delimiter=delimiter):
                cut += not rows.add(row)
    return rows.frame(), CUT_SAMPLED_ROWS(count=cut, expected=rows.width) if cut else None


class _Rows:
    """Rows of texts, packed away by the ten thousand, since lists of Python strings take a lot of memory."""

    def __init__(self) -> None:
        self.count, self.width = 0, 0
        self._rows: list[list[str]] = []
        self._packed: list[pl.DataFrame] = []

    def add(self, row: list[str]) -> bool:
        """Take ``row``, unless it has another length than the first."""
        self.width = self.width or len(row)
        if len(row) != self.width:
            return False
        self._rows.append(row)
        self.count += 1
        if len(self._rows) == 10_000:
            self._pack()
        return True

    def frame(self) -> pl.DataFrame:
        """All rows taken."""
        self._pack()
        return pl.concat(self._packed)

    def _pack(self) -> None:
        schema = {str(at): pl.String for at in range(self.width)}
        self._packed.append(pl.DataFrame(self._rows, schema=schema, orient="row"))
        self._rows = []
