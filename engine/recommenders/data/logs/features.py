"""What is known of users and items beside the log, brought into the order of the log's names."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.data.problems import BROKEN_QUOTES
from engine.problems import EngineError

Features = Mapping[str, Sequence[str] | NDArray[np.float64]]

_YEAR = r"\s*\((\d{4})(?:[–-]\d{0,4})?\)\s*$"


def aligned(names: Sequence[str], table: pl.DataFrame) -> Features:
    """The columns of ``table`` but ``id`` (text), one value per name; what is unknown is ``""`` or NaN.

    Of rows with one id the first counts.
    """
    wanted = pl.DataFrame({"id": pl.Series(names, dtype=pl.String)})
    firsts = table.unique("id", keep="first", maintain_order=True)
    found = wanted.join(firsts, on="id", how="left", maintain_order="left")
    features: dict[str, Sequence[str] | NDArray[np.float64]] = {}
    for column in found.drop("id").iter_columns():
        if column.dtype == pl.String:
            features[column.name] = column.fill_null("").to_list()
        else:
            features[column.name] = column.cast(pl.Float64).fill_null(np.nan).to_numpy()
    return features


def text_table(columns: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Columns of texts, without any row too."""
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def film_table(ids: Sequence[str], titles: Sequence[str], genres: Sequence[str]) -> pl.DataFrame:
    """``id``, ``title``, ``year`` and ``genres`` of films whose titles end in their year, as ``Toy Story (1995)``."""
    return text_table({"id": ids, "title": titles, "genres": genres}).select(
        "id",
        pl.col("title").str.replace(_YEAR, ""),
        pl.col("title").str.extract(_YEAR).cast(pl.Float64).alias("year"),
        "genres",
    )


def quoted_rows(text: str, path: str) -> list[list[str]]:
    """The rows of a small text of comma-separated values. Raises EngineError for the first that is broken."""
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise EngineError(BROKEN_QUOTES(row=len(rows) + 1, path=path, reason=error)) from error
    return rows


def fields_of(content: bytes, separator: str, count: int, encoding: str = "utf-8") -> list[list[str]]:
    """The columns of a small file without quotes: ``count`` lists; rows of another number of fields are left out."""
    text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
    rows = [fields for line in text.split("\n") if len(fields := line.rstrip("\r").split(separator)) == count]
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(count)]
