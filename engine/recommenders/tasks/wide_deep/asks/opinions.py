"""``opinions``: what this network and others say of one row, with other values and with pairs put into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl
from pydantic import Field

from engine.problems import EngineError, declare
from engine.recommenders.data.tables.encoding import Encoder
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.wide_deep.answers import Opinion, Opinions
from engine.recommenders.tasks.wide_deep.changes import Given, changed, with_ids
from engine.recommenders.tasks.wide_deep.insight import answers, value_name
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep

NO_VALUE = declare(
    "recommender.no-value-of-column", "“{column}” had no value “{value}” in training; name one of those that it had."
)

NO_COLUMNS = declare(
    "recommender.pairs-without-columns", "These pairs are of no two columns; name the two that they are values of."
)


class OpinionParameters(Parameters):
    """``values``: by column, as ``change`` takes them. ``pairs``: values of the two ``columns``, as ``pair`` names
    them: each pair takes the place of the row's own values of these columns, and columns that
    always go together with them move too. ``others``: paths of checkpoints by
    name."""

    row: int = Field(description="a row of the table, from 0")
    values: Mapping[str, Given] = Field(default_factory=dict, description="other values, by column")
    columns: tuple[str, ...] = Field(default=(), max_length=2, description="two columns that are crossed")
    pairs: tuple[tuple[str, str], ...] = Field(default=(), max_length=100, description="pairs of values of these")
    others: Mapping[str, str] = Field(default_factory=dict, max_length=10, description="paths by name")


def answer(opened: OpenedWideDeep, parameters: OpinionParameters) -> Opinions:
    """Each network's probabilities. Raises EngineError for an unknown row, column, value or checkpoint."""
    row = changed(opened, opened.row(parameters.row), parameters.values)
    rows = pl.concat([row, *_with_pairs(opened, row, parameters)], how="vertical_relaxed")
    tasks = {NETWORK: opened.task} | {name: opened.other(path) for name, path in parameters.others.items()}
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


ASK = Ask("opinions", "what this network and others say of a row, and of pairs in it", OpinionParameters, answer)
