"""``change``: the same row with other values: what the sum becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from engine.recommenders.serving.asking import Ask
from engine.recommenders.tasks.wide_deep.asks.row import RowParameters
from engine.recommenders.tasks.wide_deep.changes import Given, changed
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep
from engine.recommenders.tasks.wide_deep.rows import Summed, summed
from engine.recommenders.tasks.wide_deep.tied_columns import BrokenPair


class ChangeParameters(RowParameters):
    """``values``: by column a name, a number, a list of names for a bag, or null for a missing value."""

    values: Mapping[str, Given] = Field(default_factory=dict, description="other values, by column")


@dataclass(frozen=True, slots=True)
class Change:
    """``label``: the outcome of the row as it is in the data; of the changed one nobody knows it. ``broken``: pairs of
    columns that always go together in training, and do not in the changed row."""

    row: int
    label: bool
    before: Summed
    after: Summed
    broken: Sequence[BrokenPair]


def answer(opened: OpenedWideDeep, parameters: ChangeParameters) -> Change:
    """Both sums. Raises EngineError for an unknown row or column, and for a value that a column cannot hold."""
    row = opened.row(parameters.row)
    before = summed(opened, row, parameters.activations)
    after = summed(opened, changed(opened, row, parameters.values), parameters.activations)
    broken = list(opened.tied.broken(after.values, parameters.values.keys()))
    return Change(parameters.row, bool(opened.labels[parameters.row] > 0), before, after, broken)


ASK = Ask("change", "the same row with other values, and its sum", ChangeParameters, answer)
