"""``columns``: which values each column takes, for whoever wants to change one."""

from __future__ import annotations

from itertools import islice

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.graph.kinds.on_torch import as_bags
from engine.recommenders.data.tables.encoding import numbers_of
from engine.recommenders.data.tables.fields import binned_name
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.wide_deep.answers import AllColumns, NameColumn, NumberBin, NumberColumn, ValueCount
from engine.recommenders.tasks.wide_deep.insight import value_name
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep


class ColumnsParameters(Parameters):
    """``values``: how many of a column's values, the most frequent first; ``text``: in their names."""

    values: int = Field(default=100, ge=1, le=10_000, description="values of each column at most")
    text: str = Field(default="", max_length=1000, description="part of a value's name")


def answer(opened: OpenedWideDeep, parameters: ColumnsParameters) -> AllColumns:
    """All columns."""
    fields = opened.fields
    return AllColumns(
        (
            *(_names(opened, name, False, parameters) for name in fields.categories),
            *(_names(opened, name, True, parameters) for name in fields.bags),
        ),
        tuple(_numbers(opened, name) for name in fields.numbers),
    )


def _names(opened: OpenedWideDeep, name: str, bag: bool, parameters: ColumnsParameters) -> NameColumn:
    vocabulary = opened.encoder.vocabularies[name]
    counts, yes = _counted(opened, name, vocabulary.size)
    order = 1 + np.argsort(-counts[1:], kind="stable")  # id 0 is for unknown names, which training has none of
    text = parameters.text.lower()
    found = (at for at in order.tolist() if text in vocabulary.name(at).lower())
    values = tuple(
        ValueCount(vocabulary.name(at), int(counts[at]), _share(yes[at], counts[at]))
        for at in islice(found, parameters.values)
    )
    return NameColumn(name, bag, len(vocabulary.names), values)


def _numbers(opened: OpenedWideDeep, name: str) -> NumberColumn:
    scale = opened.encoder.scales[name]
    values = numbers_of(opened.table[opened.task.rows.train], name)
    known = values.drop_nulls().to_numpy()
    counts, yes = _counted(opened, binned_name(name), len(scale.borders) + 1)
    bins = tuple(
        NumberBin(value_name(opened.encoder, binned_name(name), at), int(counts[at]), _share(yes[at], counts[at]))
        for at in range(len(counts))
    )
    quantiles = np.quantile(known, np.linspace(0.0, 1.0, 5)) if len(known) else np.full(5, np.nan)
    whole = bool((known == np.round(known)).all())
    missing = len(values) - len(known)
    return NumberColumn(name, scale.mean, scale.deviation, whole, missing, tuple(quantiles.tolist()), bins)


def _counted(opened: OpenedWideDeep, name: str, size: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """How often each id of a column occurs in the training rows, and in how many of them the outcome is a yes."""
    bags = as_bags(opened.train[name])
    labels = np.repeat(opened.labels[opened.task.rows.train], bags.lengths)
    counts = np.bincount(bags.ids, minlength=size).astype(np.int64)
    return counts, np.bincount(bags.ids, labels, minlength=size).astype(np.float64)


def _share(yes: float, rows: int) -> float:
    return float(yes / rows) if rows else float("nan")


ASK = Ask("columns", "every column's values or range, for editing a row", ColumnsParameters, answer)
