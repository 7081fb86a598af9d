"""``rows``: some rows and what the network says of them, to choose one from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.wide_deep.answers import FoundRows, ListedRow, Part
from engine.recommenders.tasks.wide_deep.opened import PARTS, OpenedWideDeep
from engine.recommenders.tasks.wide_deep.rows import values_of


class RowsParameters(Parameters):
    """``where``: the value that a column holds, or a part of it. ``only``: those that the network gets wrong at 50 %,
    or those nearest to 50 %, which come in that order."""

    part: Part = Field(default="test", description="which part of the split")
    only: Literal["all", "wrong", "unsure"] = Field(default="all", description="which rows")
    where: Mapping[str, str] = Field(default_factory=dict, description="texts to find, by column")
    limit: int = Field(default=50, ge=1, le=1000, description="rows at most")
    offset: int = Field(default=0, ge=0, description="rows to pass over")


def answer(opened: OpenedWideDeep, parameters: RowsParameters) -> FoundRows:
    """Some rows. Raises EngineError for a column that the network was not given."""
    rows = np.flatnonzero(opened.parts == PARTS.index(parameters.part))
    found = rows[_holds(opened, rows, parameters.where)]
    probability, labels = opened.probabilities[found], opened.labels[found] > 0
    if parameters.only == "wrong":
        found = found[(probability >= 0.5) != labels]
    elif parameters.only == "unsure":
        found = found[np.argsort(np.abs(probability - 0.5), kind="stable")]
    some = found[parameters.offset : parameters.offset + parameters.limit]
    return FoundRows(len(found), len(rows), tuple(_listed(opened, row) for row in some.tolist()))


def _holds(opened: OpenedWideDeep, rows: NDArray[np.int64], where: Mapping[str, str]) -> NDArray[np.bool_]:
    """Which rows have these texts in these columns, in any case, (rows,)."""
    held = np.ones(len(rows), np.bool_)
    for column, text in where.items():
        opened.check_column(column)
        texts = opened.table[column].gather(rows).cast(pl.String).fill_null("").str.to_lowercase()
        held &= texts.str.contains(text.strip().lower(), literal=True).to_numpy()
    return held


def _listed(opened: OpenedWideDeep, row: int) -> ListedRow:
    label, probability = bool(opened.labels[row] > 0), float(opened.probabilities[row])
    return ListedRow(row, values_of(opened, opened.row(row)), label, probability, label == (probability >= 0.5))


ASK = Ask("rows", "some rows and what the network says of them", RowsParameters, answer)
