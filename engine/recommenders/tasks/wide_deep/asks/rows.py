"""Rows of the data: which there are, one of them as a sum, changed, and under several networks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import Field

from engine.problems import EngineError, declare
from engine.recommenders.data.tables.encoding import Encoder
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import A_ROW
from engine.recommenders.tasks.wide_deep.answers import (
    ExplainedRow,
    FoundRows,
    ListedRow,
    Opinion,
    Opinions,
    OutsideNumber,
    Part,
    RowChange,
)
from engine.recommenders.tasks.wide_deep.changes import Given, changed, with_ids
from engine.recommenders.tasks.wide_deep.insight import answers, value_name
from engine.recommenders.tasks.wide_deep.opened import PARTS, OpenedWideDeep
from engine.recommenders.tasks.wide_deep.rows import summed, values_of


class RowsParameters(Parameters):
    """``where``: the value that a column holds, or a part of it. ``only``: those that the network gets wrong at 50 %,
    or those nearest to 50 %, which come in that order."""

    part: Part = Field(default="test", description="which part of the split")
    only: Literal["all", "wrong", "unsure"] = Field(default="all", description="which rows")
    where: Mapping[str, str] = Field(default_factory=dict, description="texts to find, by column")
    limit: int = Field(default=50, ge=1, le=1000, description="rows at most")
    offset: int = Field(default=0, ge=0, description="rows to pass over")


def list_rows(opened: OpenedWideDeep, parameters: RowsParameters) -> FoundRows:
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


def _listed(opened: OpenedWideDeep, index: int) -> ListedRow:
    label, probability = bool(opened.labels[index] > 0), float(opened.probabilities[index])
    row, values = opened.task.numbering.number(index), values_of(opened, opened.table[index])
    return ListedRow(row, values, label, probability, label == (probability >= 0.5))


ROWS = Ask("rows", "some rows and what the network says of them", RowsParameters, list_rows)


class RowParameters(Parameters):
    """Which ``row`` of the table; ``activations``: also what flows out of each block of the deep part."""

    row: int = Field(description=A_ROW)
    activations: bool = Field(default=False, description="the deep part's activations too")


def explain_row(opened: OpenedWideDeep, parameters: RowParameters) -> ExplainedRow:
    """The row taken apart. Raises EngineError for a row that the table does not have."""
    index = opened.index(parameters.row)
    found = summed(opened, opened.table[index], parameters.activations)
    return ExplainedRow(parameters.row, PARTS[opened.parts[index]], bool(opened.labels[index] > 0), found)


ROW = Ask("row", "a row's probability as a sum that one can read", RowParameters, explain_row)


class ChangeParameters(RowParameters):
    """``values``: by column a name, a number, a list of names for a bag, or null for a missing value."""

    values: Mapping[str, Given] = Field(default_factory=dict, description="other values, by column")


def change_row(opened: OpenedWideDeep, parameters: ChangeParameters) -> RowChange:
    """Both sums. Raises EngineError for an unknown row or column, and for a value that a column cannot hold."""
    index = opened.index(parameters.row)
    row = opened.table[index]
    before = summed(opened, row, parameters.activations)
    after = summed(opened, changed(opened, row, parameters.values), parameters.activations)
    broken = tuple(opened.tied.broken(after.values, parameters.values.keys()))
    outside = tuple(_outside(opened, {name: after.values[name] for name in parameters.values}))
    return RowChange(parameters.row, bool(opened.labels[index] > 0), before, after, broken, outside)


def _outside(opened: OpenedWideDeep, values: Mapping[str, object]) -> Iterator[OutsideNumber]:
    for column, value in values.items():
        least, most = opened.ends.get(column, (-inf, inf))
        if isinstance(value, float) and not least <= value <= most:
            yield OutsideNumber(column, value, least, most)


CHANGE = Ask("change", "the same row with other values, and its sum", ChangeParameters, change_row)


NO_VALUE = declare(
    "recommender.no-value-of-column", "“{column}” never was “{value}” in training. Choose a value that it had."
)

NO_COLUMNS = declare(
    "recommender.pairs-without-columns", "It isn't clear which two columns these pairs are from. Name the two."
)


class OpinionParameters(Parameters):
    """``values``: by column, as ``change`` takes them. ``pairs``: values of the two ``columns``, as ``pair`` names
    them: each pair takes the place of the row's own values of these columns, and columns that
    always go together with them move too. ``others``: paths of checkpoints by
    name."""

    row: int = Field(description=A_ROW)
    values: Mapping[str, Given] = Field(default_factory=dict, description="other values, by column")
    columns: tuple[str, ...] = Field(default=(), max_length=2, description="two columns that are crossed")
    pairs: tuple[tuple[str, str], ...] = Field(default=(), max_length=100, description="pairs of values of these")
    others: Mapping[str, str] = Field(default_factory=dict, max_length=10, description="paths by name")


def tell_opinions(opened: OpenedWideDeep, parameters: OpinionParameters) -> Opinions:
    """Each network's probabilities. Raises EngineError for an unknown row, column, value or checkpoint."""
    row = changed(opened, opened.row(parameters.row), parameters.values)
    rows = pl.concat([row, *_with_pairs(opened, row, parameters)], how="vertical_relaxed")
    tasks, _ = opened.with_others(parameters.others)
    found = []
    for name, task in tasks.items():
        first, *others = answers(task.network, task.model.prepare(task.network, rows)).probability.tolist()
        found.append(Opinion(name, first, tuple(others)))
    return Opinions(tuple(found))


def _with_pairs(opened: OpenedWideDeep, row: pl.DataFrame, parameters: OpinionParameters) -> Iterator[pl.DataFrame]:
    """The row with each of the pairs."""
    if parameters.pairs and len(parameters.columns) != 2:
        raise EngineError(NO_COLUMNS())
    for name in parameters.columns:
        opened.check_crossable(name)
    for pair in parameters.pairs:
        ids = [_id(opened.encoder, name, value) for name, value in zip(parameters.columns, pair, strict=True)]
        yield with_ids(opened, row, parameters.columns, ids)


def _id(encoder: Encoder, column: str, value: str) -> int:
    """The id that a value's name stands for. Raises EngineError for a name that training did not have."""
    for at in range(encoder.sizes()[column]):
        if value_name(encoder, column, at) == value:
            return at
    raise EngineError(NO_VALUE(column=column, value=value))


OPINIONS = Ask(
    "opinions", "what this network and others say of a row, and of pairs in it", OpinionParameters, tell_opinions
)
