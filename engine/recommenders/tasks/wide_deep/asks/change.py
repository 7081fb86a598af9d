"""``change``: the same row with other values: what the sum becomes."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from engine.recommenders.serving.asking import Ask
from engine.recommenders.tasks.wide_deep.answers import RowChange
from engine.recommenders.tasks.wide_deep.asks.row import RowParameters
from engine.recommenders.tasks.wide_deep.changes import Given, changed
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep
from engine.recommenders.tasks.wide_deep.rows import summed


class ChangeParameters(RowParameters):
    """``values``: by column a name, a number, a list of names for a bag, or null for a missing value."""

    values: Mapping[str, Given] = Field(default_factory=dict, description="other values, by column")


def answer(opened: OpenedWideDeep, parameters: ChangeParameters) -> RowChange:
    """Both sums. Raises EngineError for an unknown row or column, and for a value that a column cannot hold."""
    row = opened.row(parameters.row)
    before = summed(opened, row, parameters.activations)
    after = summed(opened, changed(opened, row, parameters.values), parameters.activations)
    broken = tuple(opened.tied.broken(after.values, parameters.values.keys()))
    return RowChange(parameters.row, bool(opened.labels[parameters.row] > 0), before, after, broken)


ASK = Ask("change", "the same row with other values, and its sum", ChangeParameters, answer)
