"""``row``: a probability as a sum, every wide weight that is on by name, the deep logit and the bias; ``change``: what
the sum becomes with other values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.wide_deep.answers import ExplainedRow, OutsideNumber, RowChange
from engine.recommenders.tasks.wide_deep.changes import Given, changed
from engine.recommenders.tasks.wide_deep.opened import PARTS, OpenedWideDeep
from engine.recommenders.tasks.wide_deep.rows import summed


class RowParameters(Parameters):
    """Which ``row`` of the table; ``activations``: also what flows out of each block of the deep part."""

    row: int = Field(description="a row of the table, from 0")
    activations: bool = Field(default=False, description="the deep part's activations too")


def explain_row(opened: OpenedWideDeep, parameters: RowParameters) -> ExplainedRow:
    """The row taken apart. Raises EngineError for a row that the table does not have."""
    row = parameters.row
    found = summed(opened, opened.row(row), parameters.activations)
    return ExplainedRow(row, PARTS[opened.parts[row]], bool(opened.labels[row] > 0), found)


ROW = Ask("row", "a row's probability as a sum that one can read", RowParameters, explain_row)


class ChangeParameters(RowParameters):
    """``values``: by column a name, a number, a list of names for a bag, or null for a missing value."""

    values: Mapping[str, Given] = Field(default_factory=dict, description="other values, by column")


def change_row(opened: OpenedWideDeep, parameters: ChangeParameters) -> RowChange:
    """Both sums. Raises EngineError for an unknown row or column, and for a value that a column cannot hold."""
    row = opened.row(parameters.row)
    before = summed(opened, row, parameters.activations)
    after = summed(opened, changed(opened, row, parameters.values), parameters.activations)
    broken = tuple(opened.tied.broken(after.values, parameters.values.keys()))
    outside = tuple(_outside(opened, {name: after.values[name] for name in parameters.values}))
    return RowChange(parameters.row, bool(opened.labels[parameters.row] > 0), before, after, broken, outside)


def _outside(opened: OpenedWideDeep, values: Mapping[str, object]) -> Iterator[OutsideNumber]:
    for column, value in values.items():
        least, most = opened.ends.get(column, (-inf, inf))
        if isinstance(value, float) and not least <= value <= most:
            yield OutsideNumber(column, value, least, most)


CHANGE = Ask("change", "the same row with other values, and its sum", ChangeParameters, change_row)
