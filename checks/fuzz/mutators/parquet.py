"""Changes of Parquet files: the footer by its fields, pages by their bytes, and whole new tables."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Literal

from checks.fuzz.mutators.havoc import flipped, havoc, numbered
from checks.fuzz.mutators.thrift import BINARY, BYTE, FALSE, I16, I32, I64, LIST, STRUCT, TRUE, Item, Reader, written
from checks.fuzz.mutators.words import word

_MARK = b"PAR1"
_PACKED: tuple[Literal["zstd", "snappy", "uncompressed", "lz4", "gzip"], ...] = (
    "zstd",
    "snappy",
    "uncompressed",
    "lz4",
    "gzip",
)
_NUMBERS = (
    0,
    1,
    -1,
    2,
    7,
    15,
    127,
    128,
    255,
    1 << 15,
    1 << 20,
    (1 << 31) - 1,
    1 << 31,
    -(1 << 31),
    1 << 40,
    (1 << 63) - 1,
)


def changed_footer(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Some fields of the footer are others; it is as long as it says."""
    size = int.from_bytes(content[-8:-4], "little")
    body, footer = content[: -8 - size], content[-8 - size : -8]
    if content[-4:] != _MARK or not 0 < size <= len(content) - 12:
        return havoc(content, rng, others)
    try:
        root = Reader(footer).struct()
    except (IndexError, ValueError, RecursionError):
        return havoc(content, rng, others)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        _change(list(_items(root)), rng)
    return closed(body, written(root))


def closed(body: bytes, footer: bytes) -> bytes:
    """A file of these."""
    return body + footer + len(footer).to_bytes(4, "little") + _MARK


def changed_pages(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Bytes before the footer are others."""
    size = int.from_bytes(content[-8:-4], "little")
    if not 0 < size <= len(content) - 12:
        return havoc(content, rng, others)
    body, end = content[4 : -8 - size], content[-8 - size :]
    changed = rng.choice((flipped, flipped, numbered))(body, rng, ())
    return content[:4] + changed + end


def new_table(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A table of columns of any type, as polars writes it."""
    import polars as pl
    from polars.exceptions import PanicException

    rows = rng.choice((0, 1, 3, 8, 30, 200))
    held = io.BytesIO()
    try:
        columns = {_name(rng, at): _column(rng, rows) for at in range(rng.choice((1, 2, 2, 3, 6)))}
        pl.DataFrame(columns).write_parquet(held, compression=rng.choice(_PACKED))
    except (Exception, PanicException):  # not every name and type can be written
        return content
    return held.getvalue()


def _name(rng: Random, at: int) -> str:
    return word(rng).encode("utf-8", "replace").decode() if rng.random() < 0.5 else f"c{at}"


def _column(rng: Random, rows: int) -> Any:
    import polars as pl

    whole = [rng.choice((None, rng.randrange(-(10**6), 10**6), rng.randrange(3))) for _ in range(rows)]
    wide = [rng.choice((0, rng.randrange(-(1 << 63), 1 << 63))) for _ in range(rows)]
    texts = [word(rng).encode("utf-8", "replace").decode() for _ in range(rows)]
    ways: tuple[Any, ...] = (
        lambda: pl.Series(whole, dtype=pl.Int64),
        lambda: pl.Series(wide, dtype=pl.Int64).cast(
            pl.Datetime(rng.choice(("ms", "us", "ns")), rng.choice((None, "UTC")))
        ),
        lambda: pl.Series(wide, dtype=pl.Int64).cast(pl.Duration(rng.choice(("ms", "us", "ns")))),
        lambda: pl.Series([one >> 33 for one in wide], dtype=pl.Int32).cast(pl.Date),
        lambda: pl.Series(texts, dtype=pl.String),
        lambda: pl.Series(texts, dtype=pl.Categorical),
        lambda: pl.Series([one.encode() for one in texts], dtype=pl.Binary),
        lambda: pl.Series(
            [rng.choice((0.0, rng.gauss(0, 1e6), float("nan"), float("inf"), 1e308)) for _ in range(rows)]
        ),
        lambda: pl.Series([rng.choice((True, False, None)) for _ in range(rows)], dtype=pl.Boolean),
        lambda: pl.Series([[one] * rng.randrange(3) for one in whole], dtype=pl.List(pl.Int64)),
        lambda: pl.Series([{"a": one} for one in whole], dtype=pl.Struct({"a": pl.Int64})),
        lambda: pl.Series([None] * rows, dtype=pl.Null),
        lambda: pl.Series(whole, dtype=pl.Int64).cast(pl.Decimal(38, rng.choice((0, 5)))),
        lambda: pl.Series([abs(one) << 1 for one in wide], dtype=pl.UInt64),
        lambda: pl.Series([abs(one) % 86_400_000_000_000 for one in wide], dtype=pl.Int64).cast(pl.Time),
    )
    return rng.choice(ways)()


def _items(item: Item) -> Iterator[Item]:
    yield item
    if item.kind == STRUCT:
        for _, one in item.held:
            yield from _items(one)
    elif item.kind == LIST:
        for one in item.held:
            yield from _items(one)


def _change(items: list[Item], rng: Random) -> None:
    item = rng.choice(items)
    if item.kind in (I16, I32, I64, BYTE):
        near = item.held + rng.choice((-1, 1, 8, -8, 1 << 20))
        item.held = rng.choice((rng.choice(_NUMBERS), near, item.held << 1, -item.held))
    elif item.kind == BINARY:
        item.held = rng.choice((b"", word(rng).encode("utf-8", "surrogatepass"), rng.randbytes(8), item.held * 2))
    elif item.kind in (TRUE, FALSE):
        item.kind = TRUE + FALSE - item.kind
    elif item.held and item.kind in (LIST, STRUCT):
        at = rng.randrange(len(item.held))
        way = rng.randrange(4)
        if way == 0:
            del item.held[at]
        elif way == 1:
            item.held[at:at] = [item.held[at]] * rng.choice((1, 3, 200))
        elif way == 2:
            item.held[at], item.held[-1] = item.held[-1], item.held[at]
        elif item.kind == STRUCT:
            item.held[at] = (item.held[at][0] + rng.choice((-1, 1, 5)), item.held[at][1])
