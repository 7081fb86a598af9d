"""A row with some of its values replaced by others, which need not occur anywhere in the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from engine.problems import EngineError, declare
from engine.recommenders.data.tables.encoding import numbers_of
from engine.recommenders.data.tables.fields import SEPARATOR, binned_name
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep

Given = str | float | tuple[str, ...] | None
"""A name, a number, a bag's names, or nothing: a missing value."""

NOT_A_VALUE = declare(
    "recommender.not-a-value", "“{column}” takes {wanted}, and “{value}” isn't one. Choose another value."
)

BEYOND_NETWORK = declare(
    "recommender.beyond-network",
    "“{column}” = {value} is out of range. Give a number from {low} to {high}.",
)


def changed(opened: OpenedWideDeep, row: pl.DataFrame, values: Mapping[str, Given]) -> pl.DataFrame:
    """A table's only row with other values. Raises EngineError for a column that the network was not given, and for a
    value that the column cannot hold."""
    series = [_series(opened, column, value) for column, value in values.items()]
    return row.with_columns(series)


def _series(opened: OpenedWideDeep, column: str, value: Given) -> pl.Series:
    opened.check_column(column)
    if column in opened.fields.numbers:
        return pl.Series(column, [_computable(opened, column, _number(column, value))], dtype=pl.Float64)
    if column in opened.fields.bags:
        names: Sequence[str] = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        if isinstance(value, float):
            raise EngineError(NOT_A_VALUE(column=column, wanted="names", value=value))
        return pl.Series(column, [SEPARATOR.join(names)], dtype=pl.String)
    if isinstance(value, tuple):
        raise EngineError(NOT_A_VALUE(column=column, wanted="one name", value=", ".join(value)))
    return pl.Series(column, [_name(value, opened.encoder.vocabularies[column].names)], dtype=pl.String)


def _number(column: str, value: Given) -> float | None:
    if value is None or isinstance(value, float):
        return value
    try:
        return float(value) if isinstance(value, str) else _refused(column, value)
    except ValueError:
        return _refused(column, value)


def _computable(opened: OpenedWideDeep, column: str, value: float | None) -> float | None:
    low, high = (float(f"{end:.3g}") for end in opened.encoder.scales[column].ends)  # as they are said
    if value is None or low <= value <= high:
        return value
    raise EngineError(BEYOND_NETWORK(column=column, value=f"{value:g}", low=f"{low:g}", high=f"{high:g}"))


def _refused(column: str, value: object) -> float:
    raise EngineError(NOT_A_VALUE(column=column, wanted="a number", value=value))


def _name(value: str | float | None, known: Sequence[str]) -> str | None:
    """A category's name; a number is written as training has written it: as 1995 or as 1995.0."""
    if not isinstance(value, float):
        return value
    forms = [str(int(value)), str(value)] if value.is_integer() else [str(value)]
    return next((form for form in forms if form in known), forms[0])


def with_ids(opened: OpenedWideDeep, row: pl.DataFrame, columns: Sequence[str], ids: Sequence[int]) -> pl.DataFrame:
    """A table's only row with the values behind ids of some columns that can be crossed, as :func:`_with_id` has them.
    A column that always goes together with one of these, and is none of them, moves with it."""
    for column, id_ in zip(columns, ids, strict=True):
        row = _with_id(opened, row, column, id_)
    own = [source_of(opened, column) for column in columns]
    partners: dict[str, Given] = {}
    for column in own:
        partners |= opened.tied.partners(column, _cell(opened, row, column))
    return changed(opened, row, {name: value for name, value in partners.items() if name not in own})


def source_of(opened: OpenedWideDeep, column: str) -> str:
    """The table's column that one which can be crossed is made of: a number where it is that number's bins."""
    return next((name for name in opened.fields.numbers if binned_name(name) == column), column)


def _cell(opened: OpenedWideDeep, row: pl.DataFrame, column: str) -> str | float | None:
    is_number = column in opened.fields.numbers
    found: str | float | None = (numbers_of(row, column) if is_number else row[column].cast(pl.String)).item()
    return found


def _with_id(opened: OpenedWideDeep, row: pl.DataFrame, column: str, id_: int) -> pl.DataFrame:
    """A table's only row with the value behind an id of one of the columns that can be crossed: a category's name, a
    name put into a bag beside those that are there, or a number of a bin, as the first training row in it has it."""
    fields = opened.fields
    if column in fields.bags:
        known = row[column].cast(pl.String).item() or ""
        names = dict.fromkeys(
            [*(part for part in known.split(SEPARATOR) if part), opened.encoder.vocabularies[column].name(id_)]
        )
        return changed(opened, row, {column: tuple(names)})
    if column in fields.categories:
        return changed(opened, row, {column: opened.encoder.vocabularies[column].name(id_) or None})
    number = source_of(opened, column)
    first = int(np.flatnonzero(np.asarray(opened.train[column]) == id_)[0])
    value = numbers_of(opened.table[int(opened.task.rows.train[first])], number).item()
    return changed(opened, row, {number: value})
