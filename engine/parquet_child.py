"""``python -m engine parquet-trial PATH BYTES``: decodes all of a Parquet file, which may end this process.

Prints one JSON: ``rows``, ``columns`` and ``bytes`` (about what the file holds once it is unpacked), or the ``error``
that polars raises. ``BYTES`` of memory is all that this process may take, where the system can hold it to that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

COMMAND = "parquet-trial"
"""No command of the command line's: importing those takes longer than most files."""
_EACH = 8
"""Bytes of a value that is no text."""


def _hold_to(memory: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _found(path: str) -> dict[str, int]:
    import polars as pl

    scan = pl.scan_parquet(path, glob=False)
    rows = int(scan.select(pl.len()).collect().item())
    schema = scan.collect_schema()
    # Every page is decoded for these, and nothing of it is kept.
    sizes = [_size(at, kind).alias(str(at)) for at, kind in enumerate(schema.dtypes())]
    told = scan.select(sizes).collect(engine="streaming").row(0) if sizes else ()
    return {"rows": rows, "columns": len(schema), "bytes": sum(int(size or 0) for size in told)}


def _size(at: int, kind: pl.DataType) -> pl.Expr:
    """Bytes of a column, once it is unpacked."""
    import polars as pl

    found = pl.nth(at)  # by place: to polars a name such as “^.*$” is a pattern
    if kind == pl.String:
        return found.str.len_bytes().cast(pl.UInt64).sum()
    if kind == pl.Binary:
        return found.bin.size().cast(pl.UInt64).sum()
    if kind == pl.List:
        return found.list.len().cast(pl.UInt64).sum() * _EACH
    return (found.null_count().cast(pl.UInt64) + found.count()) * _EACH


def main(arguments: Sequence[str]) -> int:
    """Answer for one file."""
    path, memory = arguments
    _hold_to(int(memory))
    try:
        told: dict[str, object] = {**_found(path)}
    except Exception as error:  # whatever it is, the one who asked is told
        told = {"error": str(error).partition("\n")[0]}
    print(json.dumps(told))
    return 0
