"""Delimited text of any size, block by block: memory depends on the block, not on the file.

polars would map the whole file into memory and can neither read a zip's member as it is unpacked nor split at two
characters; blocks of whole lines can do both. Where fields are separated by ``::``, polars splits at ``:``, and every
second field, which is empty, is passed over (fields that hold a colon themselves, such as titles, are read otherwise).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

import polars as pl
from polars.exceptions import PolarsError

from engine.data.dialect import UTF_8, encoding_of, first_row_lines, with_plain_ends
from engine.data.numerals import STRAY_SHARE
from engine.data.problems import BROKEN_QUOTES, CUT_ROWS, ENCODING, FILE_EMPTY, HEADER_ONLY, LINE_TOO_LONG
from engine.data.sampling import Watch, no_text
from engine.data.table import FORGIVING
from engine.problems import EngineError, Problem, declare

FIELD_COUNT = declare(
    "recommender.field-count",
    "Row {row} of {path} (counting any header) has {found} {found:field|fields} where {expected} {expected:is|are}"
    " expected; mend the row, or quote texts that hold the "
    "separator.",
)
NOT_A_NUMBER = declare(
    "recommender.not-a-number",
    "Row {row} of {path} (counting any header) has “{value}” as its {column}, which isn't {wanted}. Fix the row or"
    " remove it.",
)

BLOCK_BYTES = 16 << 20
_LONGEST_LINES = 1
"""Blocks, beyond which what should be one line (or one quoted text) is taken for damage."""

LONGEST_HEADER = 1 << 20
"""Bytes that are looked through for the end of the first row."""

LINE_ENDS = b"\r\n"
"""Blank lines before the header are passed over."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class RowFormat:
    """How rows are written.

    ``columns``: the columns wanted, by our name: (index of the field, type: String, Int64 or Float64). ``fields``: how
    many a row has. ``separator``: one character, or ``::``. ``header``: whether a first line is to be passed over.
    """

    columns: Mapping[str, tuple[int, type[pl.DataType]]]
    fields: int
    separator: str = ","
    header: bool = True
    quoted: bool = True


class DelimitedRows:
    """The rows of one file; iterate over it once. ``notices`` is complete when the iteration is."""

    def __init__(self, file: BinaryIO, path: str, size: int, layout: RowFormat, watch: Watch) -> None:
        self._file, self._path, self._size, self._layout, self._watch = file, path, size, layout, watch
        self._rows = int(layout.header)
        self._encoding = ""
        self._long: list[tuple[int, int]] = []
        """Row and number of fields of those that have too many."""
        self.notices: list[Problem] = []

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """Frames with the layout's columns; a field that is not there or empty is null.

        Raises EngineError for text that is no table, rows of too many fields, and numbers that are none.
        """
        done, first = 0, True
        for block in whole_lines(self._file, self._path, '"' if self._layout.quoted else None):
            done += len(block)
            text = self._clean(block.removeprefix(_BYTE_ORDER_MARK) if first else block)
            if first and self._layout.header:
                text = self._without_header(text.lstrip(LINE_ENDS))
            first = False
            if text.strip():
                long = len(self._long)
                frame = self._parse(text)
                self._rows += frame.height + len(self._long) - long
                yield frame
            self._watch.at(0.8 * min(1.0, done / max(self._size, 1)))
        if first or self._rows == int(self._layout.header):
            raise EngineError((HEADER_ONLY if self._layout.header and not first else FILE_EMPTY)(path=self._path))
        if self._long:
            row, found = self._long[0]
            expected = self._layout.fields
            self.notices.append(CUT_ROWS(expected=expected, count=len(self._long), row=row, found=found))

    def _without_header(self, text: bytes) -> bytes:
        beginning = text[:LONGEST_HEADER].decode(errors="replace")
        lines = first_row_lines(beginning, self._layout.separator[0]) if self._layout.quoted else 1
        return b"".join(text.split(b"\n", lines)[lines:])

    def _clean(self, block: bytes) -> bytes:
        """The block as UTF-8. The first beyond plain ASCII says how the file is written, until one cannot be so."""
        if b"\0" in block:
            raise EngineError(no_text(self._path, block))
        if block.isascii():
            return block
        if not _decodes(block, self._encoding):
            self._encoding = encoding_of(block)
        if self._encoding == UTF_8:
            return block
        notice = ENCODING(encoding=self._encoding)
        if notice not in self.notices:
            self.notices.append(notice)
        return block.decode(self._encoding).encode()

    def _parse(self, text: bytes) -> pl.DataFrame:
        layout = self._layout
        if found := self._first_too_long(text):
            shorter = self._without_long(text)
            if shorter is None:
                raise self._wrong_count(self._rows + 1, found)
            text = shorter
        step = len(layout.separator)
        types: dict[str, type[pl.DataType]] = {str(at): pl.String for at in range((layout.fields - 1) * step + 1)}
        types |= {str(at * step): kind for at, kind in layout.columns.values()}
        read = partial(
            pl.read_csv,
            has_header=False,
            separator=layout.separator[0],
            quote_char='"' if layout.quoted else None,
            schema=types,
            columns=sorted({at * step for at, _ in layout.columns.values()}),
        )
        try:
            frame = read(io.BytesIO(text))
        except PolarsError as error:
            shorter = self._without_long(text)
            if shorter is None:
                raise self._explained(text, error) from error
            try:
                frame = read(io.BytesIO(shorter))
            except PolarsError as other:
                raise self._explained(text, other) from other
        return frame.select(pl.col(str(at * step)).alias(name) for name, (at, _) in layout.columns.items())

    def _first_too_long(self, text: bytes) -> int:
        """The number of fields of the first row where it has too many, else 0: polars would make columns of them, and
        what is a row to it can be a whole block."""
        first = text[: text.find(b"\n") + 1 or None]
        if first.count(self._layout.separator.encode()) < self._layout.fields:
            return 0
        with suppress(csv.Error):  # its last text goes on in the next line
            found = len(next(self._split(first.decode()), ()))
            return found if found > self._layout.fields else 0
        return 0

    def _without_long(self, text: bytes) -> bytes | None:
        """The text without rows of too many fields, which are noted; None where there are none, or more than a few."""
        kept, long = io.StringIO(newline=""), list[tuple[int, int]]()
        writer = csv.writer(kept, delimiter=self._layout.separator[0], lineterminator="\n")
        rows = 0
        try:
            for rows, fields in enumerate(self._split(text.decode()), 1):
                if len(fields) > self._layout.fields:
                    long.append((self._rows + rows, len(fields)))
                elif self._layout.quoted:
                    writer.writerow(fields)
                else:
                    kept.write(self._layout.separator.join(fields) + "\n")
        except csv.Error:
            return None
        if not long or len(long) > max(STRAY_SHARE * rows, rows >= FORGIVING):
            return None
        self._long += long
        return kept.getvalue().encode()

    def _wrong_count(self, row: int, found: int) -> EngineError:
        return EngineError(FIELD_COUNT(row=row, path=self._path, found=found, expected=self._layout.fields))

    def _explained(self, text: bytes, error: PolarsError) -> EngineError:
        """What is wrong with the first bad row, found the slow way."""
        row, short = self._rows, None
        try:
            for row, fields in enumerate(self._split(text.decode()), self._rows + 1):
                if len(fields) > self._layout.fields:
                    return self._wrong_count(row, len(fields))
                if short is None and len(fields) < self._layout.fields:  # polars minds it where no row is longer
                    short = self._wrong_count(row, len(fields))
                for name, (at, kind) in self._layout.columns.items():
                    if at < len(fields) and not _reads_as(fields[at], kind):
                        wanted = "whole number" if kind is pl.Int64 else "number"
                        return EngineError(
                            NOT_A_NUMBER(row=row, path=self._path, value=fields[at], column=name, wanted=wanted)
                        )
        except csv.Error as broken:
            return EngineError(BROKEN_QUOTES(row=row + 1, path=self._path, reason=broken))
        if short is not None:
            return short
        reason = str(error).partition("\n")[0]
        return EngineError(BROKEN_QUOTES(row=self._rows + 1, path=self._path, reason=reason))

    def _split(self, text: str) -> Iterator[list[str]]:
        if self._layout.quoted:
            return csv.reader(io.StringIO(text, newline=""), delimiter=self._layout.separator, strict=True)
        lines = io.StringIO(text, newline="\n")  # for polars, too, no other sign ends a row
        return (line.rstrip("\r\n").split(self._layout.separator) for line in lines)


def _decodes(block: bytes, encoding: str) -> bool:
    if not encoding:
        return False
    try:
        block.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _reads_as(text: str, kind: type[pl.DataType]) -> bool:
    if kind is pl.String or not text:
        return True
    try:
        int(text) if kind is pl.Int64 else float(text)
    except ValueError:
        return False
    return "_" not in text


def whole_lines(file: BinaryIO, path: str, quote: str | None, block_bytes: int = BLOCK_BYTES) -> Iterator[bytes]:
    """Blocks of about ``block_bytes`` that end where a line ends, in LF, and never within a quoted text.

    Raises EngineError where no line ends within a block.
    """
    mark = quote.encode() if quote else None
    rest, half_end = b"", b""
    while chunk := file.read(block_bytes):
        chunk = half_end + chunk
        half_end = b"\r" if chunk.endswith(b"\r") else b""  # LF may come with the next
        rest += with_plain_ends(chunk.removesuffix(half_end))
        end = _last_line_end(rest, mark)
        if end:
            yield rest[:end]
            rest = rest[end:]
        elif len(rest) > _LONGEST_LINES * block_bytes:
            raise EngineError(LINE_TOO_LONG(path=path, limit=_LONGEST_LINES * block_bytes))
    if rest.strip():
        yield rest


def _last_line_end(text: bytes, mark: bytes | None) -> int:
    """Where the last line ends that is whole, 0 where none is: outside quotes as many were opened as closed."""
    end = text.rfind(b"\n") + 1
    if mark is None or mark not in text:
        return end
    odd = text.count(mark, 0, end) % 2
    while end and odd:
        before = text.rfind(b"\n", 0, end - 1) + 1
        odd ^= text.count(mark, before, end) % 2
        end = before
    return end
