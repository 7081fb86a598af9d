"""Changes of delimited text by its rows, fields, dialect and encoding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random

from checks.fuzz.mutators.words import DATES, NUMBERS, number, word

_SIGNS = (",", ";", "\t", "|", "::", ":", " ")
_ENDS = ("\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b", "\x85")
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "latin-1", "cp1252", "shift_jis")
_SORTS: tuple[Callable[[Random], str], ...] = (
    number,
    lambda rng: rng.choice(NUMBERS),
    lambda rng: rng.choice(DATES),
    lambda rng: "",
    lambda rng: "x",
)
_MOST_ROWS = 400
_LONGEST = 100_000  # characters of a row


def changed_table(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Some rows, fields or columns are others; written with one delimiter or another."""
    sign, rows = _rows(content)
    _, other = _rows(rng.choice(others)) if others else (sign, rows)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5))):
        _change(rows, rng, other)
        rows = [row or [""] for row in rows]
    return _text(rows, sign, rng)


def rewritten(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """The same table with other delimiters, line ends or quotes, or in another encoding."""
    sign, rows = _rows(content)
    way = rng.randrange(4)
    if way == 0:
        return _text(rows, rng.choice(_SIGNS), rng)
    if way == 1:
        return content.replace(b"\n", rng.choice(_ENDS).encode())
    if way == 2:
        return _text([[f'"{field}"' for field in row] for row in rows], sign, rng)
    with suppress(UnicodeError):
        return content.decode().encode(rng.choice(_ENCODINGS), "replace")
    return content


def _rows(content: bytes) -> tuple[str, list[list[str]]]:
    text = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    sign = max(_SIGNS[:5], key=lambda one: (text.count(one), len(one)))
    return sign, [line.split(sign) for line in text.split("\n")[:_MOST_ROWS]]


def _text(rows: list[list[str]], sign: str, rng: Random) -> bytes:
    end = rng.choice(_ENDS) if rng.random() < 0.1 else "\n"
    return end.join(sign.join(row) for row in rows).encode("utf-8", "surrogatepass")


def _change(rows: list[list[str]], rng: Random, other: list[list[str]]) -> None:
    if not rows:
        return
    at = rng.randrange(len(rows))
    row = rows[at]
    place = rng.randrange(len(row))
    way = rng.randrange(12)
    if way <= 2:
        row[place] = _field(row[place], rng)
    elif way == 3:
        rows[0][rng.randrange(len(rows[0]))] = rng.choice(
            (word(rng), rng.choice(rows[0]), "user", "item", "rating", "time")
        )
    elif way == 4:
        _fill(rows, place, rng)
    elif way == 5:
        for one in rows:
            one[place:place] = one[place : place + 1] if rng.random() < 0.95 else []
    elif way == 6:
        for one in rows:
            del one[place : place + 1]
    elif way == 7:
        times = rng.choice((1, 2, 20, 200)) if sum(map(len, row)) < _LONGEST // 100 else 1
        rows[at:at] = [list(row) for _ in range(times)]
    elif way == 8:
        del rows[at : at + rng.choice((1, 1, 5, 100))]
    elif way == 9:
        rng.choice((row.append, row.remove))(row[place])
        rows[at] = row or [""]
    elif way == 10:
        rows[at : at + rng.choice((0, 1))] = [list(one) for one in other[: rng.choice((1, 2, 10))]]
    else:
        rows[at] = row * min(rng.choice((2, 2, 50, 3000)), 1 + _LONGEST // (1 + sum(map(len, row)) + len(row)))


def _field(field: str, rng: Random) -> str:
    at = rng.randrange(len(field) + 1)
    made = word(rng)
    return rng.choice(
        (made, made, f"{field[:at]}{made}{field[at:]}", f'"{field}', f'"{made}"', f'"{field}""', field * 2)
    )


def _fill(rows: list[list[str]], place: int, rng: Random) -> None:
    """A whole column is of one sort."""
    sort = rng.choice(_SORTS)
    one = sort(rng)
    same = rng.random() < 0.3
    for row in rows[1:]:
        if place < len(row):
            row[place] = one if same else sort(rng)
