"""A file's target: which column it is, what task it sets, and its classes or values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.columns import Column, ColumnKind
from engine.data.dataset import Task
from engine.data.problems import (
    COLUMN_UNKNOWN,
    TARGET_ALL_MISSING,
    TARGET_NOT_BINARY,
    TARGET_NOT_NUMERIC,
    TARGET_SINGLE_CLASS,
    TARGET_TOO_MANY_CLASSES,
    TARGET_UNUSABLE,
)
from engine.problems import EngineError

_PLAIN_NAMES = ("target", "label", "y", "outcome")
LABEL_NAMES = (
    *_PLAIN_NAMES, "class", "click", "clicked", "bought", "purchased", "converted", "installed", "liked", "churn",
    "default", "response", "survived", "income", "标签", "目标", "点击", "是否点击", "购买", "是否购买", "转化",
    "是否转化", "喜欢", "是否喜欢", "流失", "是否流失", "违约", "是否违约", "结果",
)  # fmt: skip
"""What columns are called that say yes or no, and are to be predicted."""
_TARGET_NAMES = (*LABEL_NAMES, "output", "species", "diagnosis", "quality")
_MOST_INTEGER_CLASSES = 10
_ROWS_PER_INTEGER_CLASS = 3


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be learnt: ``y`` (n,) holds class indices, or the values where ``classes`` is empty."""

    task: Task
    y: NDArray[np.float64]
    classes: tuple[str, ...]


def check_known(names: Sequence[str], wanted: Sequence[str]) -> None:
    """Raises EngineError for the first of ``wanted`` that is none of ``names``."""
    for name in wanted:
        if name not in names:
            known = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
            raise EngineError(COLUMN_UNKNOWN(column=name, known=known))


def choose_target(names: Sequence[str], wanted: str | None, read: Callable[[str], Column]) -> str:
    """``wanted``, or else what looks most like a target; ``read`` gives a column by its name. Raises EngineError if
    unknown.

    A column that is plainly called a target is it. Then of those called as targets often are one of two values, else of
    classes; then a last column of two values; then a number that is called so; and the last where there is none.
    """
    if wanted is not None:
        check_known(names, [wanted])
        return wanted
    by_name = {name.lower(): name for name in reversed(names)}
    usual = [by_name[name] for name in _TARGET_NAMES if name in by_name]
    if usual and usual[0].lower() in _PLAIN_NAMES:
        return usual[0]
    classes = {name: count for name in usual if (count := _classes(read(name)))}
    if classes:
        return next((name for name, count in classes.items() if count == 2), next(iter(classes)))
    return usual[0] if usual and _classes(read(names[-1])) != 2 else names[-1]


def _classes(column: Column) -> int:
    """How many classes it would be learnt as; 0 for numbers, and where there is nothing to be learnt."""
    if column.kind is ColumnKind.UNUSABLE or column.levels < 2 or _likely_task(column) is Task.REGRESSION:
        return 0
    return column.levels


def check_target(column: Column) -> None:
    """Raises EngineError where ``column`` can be no target: unusable, without values, or
    the same everywhere.
    """
    if column.kind is ColumnKind.UNUSABLE:
        raise EngineError(TARGET_UNUSABLE(column=column.name))
    if column.levels == 0:
        raise EngineError(TARGET_ALL_MISSING(column=column.name))
    if column.levels == 1:
        raise EngineError(TARGET_SINGLE_CLASS(column=column.name, value=_levels(column)[0]))


def read_target(column: Column, wanted: Task | None, most_classes: int) -> Target:
    """Read a target without missing values as ``wanted``, or as what it looks like.

    Texts are classes; so are two different numbers, or up to ten whole ones that recur; other numbers are a
    regression. Raises EngineError where the column does not suit the task.
    """
    check_target(column)
    task = wanted or _likely_task(column)
    if task is Task.REGRESSION:
        if column.kind is ColumnKind.CATEGORY:
            raise EngineError(TARGET_NOT_NUMERIC(column=column.name, value=column.series[0]))
        return Target(task, np.array(column.series.to_numpy(), np.float64), ())
    if column.levels > most_classes:
        raise EngineError(TARGET_TOO_MANY_CLASSES(column=column.name, count=column.levels, limit=most_classes))
    if task is Task.BINARY and column.levels != 2:
        raise EngineError(TARGET_NOT_BINARY(column=column.name, count=column.levels))
    _, indices = np.unique(column.series.to_numpy(), return_inverse=True)
    return Target(task, indices.astype(np.float64), _levels(column))


def _likely_task(column: Column) -> Task:
    if column.levels == 2:
        return Task.BINARY
    if column.kind is ColumnKind.CATEGORY:
        return Task.MULTICLASS
    whole = bool((column.series == column.series.floor()).all())
    recurring = column.levels * _ROWS_PER_INTEGER_CLASS <= len(column.series)
    return Task.MULTICLASS if whole and recurring and column.levels <= _MOST_INTEGER_CLASSES else Task.REGRESSION


def _levels(column: Column) -> tuple[str, ...]:
    """Different values in ascending order as texts; whole numbers without a decimal point."""
    values = np.unique(column.series.drop_nulls().to_numpy())
    if column.kind is ColumnKind.CATEGORY:
        return tuple(str(value) for value in values)
    return tuple(str(int(value)) if float(value).is_integer() else repr(float(value)) for value in values)
