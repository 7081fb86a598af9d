"""Finding out how a text table is written: its encoding, its delimiter, whether it has a header."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

import numpy as np

DELIMITERS = ",;\t|"
MISSING_TOKENS = frozenset({"", "?", "na", "n/a", "#n/a", "nan", "null"})
UTF_8 = "utf-8-sig"  # with or without a byte-order mark
_PROBE_LINES = 200


def with_plain_ends(content: bytes) -> bytes:
    """End lines with LF whatever ended them: CR LF, or CR alone, as old spreadsheets write them."""
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in content else content


def decode(content: bytes) -> tuple[str, str]:
    """Decode ``content`` to (text, encoding); see :func:`encoding_of`."""
    encoding = encoding_of(content)
    return content.decode(encoding), encoding


def encoding_of(content: bytes) -> str:
    """How ``content``, which is cut off at a line's end if anywhere, is encoded: UTF-8 with or without a mark, else GB
    18030, else Latin-1.

    Most Latin-1 text happens to be valid GB 18030 as well; what tells them apart is that the bytes above 127
    of Chinese text come in pairs, while accented letters mostly stand alone.
    """
    for encoding in (UTF_8, "gb18030"):
        if encoding == "gb18030" and not _high_bytes_in_pairs(content):
            continue
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def _high_bytes_in_pairs(content: bytes) -> bool:
    high = np.frombuffer(content, np.uint8) > 127
    neighbour = np.zeros(len(high), bool)
    neighbour[1:] |= high[:-1]
    neighbour[:-1] |= high[1:]
    return 2 * int((high & neighbour).sum()) > int(high.sum())


def is_number(text: str) -> bool:
    """Whether ``text`` reads as a number, with a decimal point or a decimal comma."""
    try:
        float(text.strip().replace(",", ".", 1))
    except ValueError:
        return False
    return "_" not in text


def sniff_delimiter(text: str) -> str | None:
    """The delimiter that splits most of the first lines into the same number (above one) of
    fields, if any.
    """
    lines = _first_lines(text)
    best, best_score = None, (0.0, 0)
    for delimiter in DELIMITERS:
        counts = Counter(len(row) for row in parse(lines, delimiter))
        fields, rows = max(counts.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]))
        score = (rows / counts.total(), fields)
        if fields > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def parse(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Rows of fields by the csv module, up to the first that it cannot parse (a quote cut
    off by the probe).
    """
    rows = []
    with suppress(csv.Error):
        for row in csv.reader(lines, delimiter=delimiter):
            rows.append(row)  # one by one, as the rows before an error count
    return rows or [[""]]


def first_row(text: str, delimiter: str) -> list[str]:
    """The first row of fields, which may have line ends in quotes; one empty field where it cannot be parsed."""
    return parse(list(islice(_lines(text), first_row_lines(text, delimiter))), delimiter)[0]


def first_row_lines(text: str, delimiter: str) -> int:
    """How many lines the first row takes: more than one where its quotes hold line ends and are closed."""
    rows = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    with suppress(csv.Error):
        next(rows, None)
        return rows.line_num
    return 1


def has_header(text: str, delimiter: str) -> bool:
    """Whether the first row holds names: no number nor twice the same text in it, and no text that recurs
    below.
    """
    first, *below = parse(_first_lines(text), delimiter)
    names = [name.strip() for name in first if name.strip()]
    if not names or len(set(names)) < len(names) / 2 or any(is_number(name) for name in names):
        return False
    if any(is_number(field) for row in below for field in row):
        return True
    return not any(name in row for name, row in _beside(first, below))


def _beside(first: list[str], below: list[list[str]]) -> list[tuple[str, list[str]]]:
    """Each field of the first row with all fields under it."""
    return [(name, [row[at] for row in below if at < len(row)]) for at, name in enumerate(first)]


def _first_lines(text: str) -> list[str]:
    return list(_lines(text))


def _lines(text: str) -> Iterator[str]:
    """The first lines, one by one, with their ends."""
    start = 0
    for _ in range(_PROBE_LINES):
        end = text.find("\n", start)
        yield text[start:] if end < 0 else text[start : end + 1]
        if end < 0:
            return
        start = end + 1


def column_names(first: Sequence[str] | None, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names for ``width`` columns from the header row (None: no header), and those names that had to be made
    up.

    An empty name becomes ``column2`` and so on by position, or ``index`` for the first, which is how pandas
    and R write row numbers; a name that was there before gets a number.
    """
    names: dict[str, None] = {}
    made_up = []
    for at in range(width):
        wanted = first[at].strip() if first and at < len(first) else ""
        name = base = wanted or ("index" if first and at == 0 else f"column{at + 1}")
        copy = 2
        while name in names:
            name, copy = f"{base}_{copy}", copy + 1
        names[name] = None
        if first and name != wanted:
            made_up.append(name)
    return tuple(names), tuple(made_up)
