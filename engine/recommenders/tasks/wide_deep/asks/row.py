"""``row``: why a row has its probability: every wide weight that is on by name, the deep logit, the bias, and their
sum."""

from __future__ import annotations

from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.wide_deep.answers import ExplainedRow
from engine.recommenders.tasks.wide_deep.opened import PARTS, OpenedWideDeep
from engine.recommenders.tasks.wide_deep.rows import summed


class RowParameters(Parameters):
    """Which ``row`` of the table; ``activations``: also what flows out of each block of the deep part."""

    row: int = Field(description="a row of the table, from 0")
    activations: bool = Field(default=False, description="the deep part's activations too")


def answer(opened: OpenedWideDeep, parameters: RowParameters) -> ExplainedRow:
    """The row taken apart. Raises EngineError for a row that the table does not have."""
    row = parameters.row
    found = summed(opened, opened.row(row), parameters.activations)
    return ExplainedRow(row, PARTS[opened.parts[row]], bool(opened.labels[row] > 0), found)


ASK = Ask("row", "a row's probability as a sum that one can read", RowParameters, answer)
