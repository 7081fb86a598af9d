"""Columns that decide a table's label by themselves, measured on rows kept aside."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.data.columns import computable
from engine.problems import Problem, declare
from engine.recommenders.data.tables.fields import SEPARATOR, Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.random_split import split_at_random
from engine.recommenders.judging.metrics import auc

LEAK = declare(
    "recommender.profile-column-leak",
    "“{column}” alone predicts “{label}” on held-out rows (AUC {auc}), so a model that reads it learns little "
    "else. Leave it out unless it's known before the outcome.",
)
LEAK_LEFT_OUT = declare(
    "recommender.proposal-leak",
    "“{column}” is left out, as it alone predicts “{label}” on held-out rows (AUC {auc}). Read it only if it's known "
    "before the outcome.",
)
DECIDES = 0.995
"""The AUC from which on a column decides the label alone."""
MOST_ROWS, MOST_BINS = 100_000, 256
_LEAST_OUTCOMES = 5
"""Yes and no among the rows kept aside, below which a column may separate them by chance."""

Floats = NDArray[np.float64]
Labels = NDArray[np.float32]


class ColumnAucs:
    """What each column of a table is worth by itself: learned from the training rows of a split, the AUC on all its
    others. Each is measured once."""

    def __init__(self, table: pl.DataFrame, goal: Goal, fields: Fields, split: int = 0) -> None:
        """Raises EngineError where the goal's column is missing, empty or of another sort."""
        rows = split_at_random(table.height, split)
        kept = np.concatenate([rows.valid, rows.test])
        self._goal, self._fields = goal, fields
        self._train, self._kept = table[rows.train[:MOST_ROWS]], table[kept[:MOST_ROWS]]
        self._labels, self._outcomes = goal.labels(self._train), goal.labels(self._kept)
        self._found: dict[str, float] = {}

    def of(self, column: str) -> float:
        """A column's AUC, nan where too few rows are kept aside to tell."""
        if column not in self._found:
            self._found[column] = self._measured(column)
        return self._found[column]

    def leaks(self, read: Collection[str] | None = None) -> tuple[Problem, ...]:
        """The columns that decide the label alone; of those that are ``read``, by their own names or those of their
        bins, where it is said which are."""
        label = self._goal.column
        names = self._fields.names if read is None else self._fields.among(read)
        found = {name: self.of(name) for name in names}
        return tuple(
            LEAK(column=name, label=label, auc=f"{area:.4f}") for name, area in found.items() if area >= DECIDES
        )

    def _measured(self, column: str) -> float:
        yes = int(self._outcomes.sum())
        if min(yes, len(self._outcomes) - yes) < _LEAST_OUTCOMES:
            return float("nan")
        train, kept = self._train[column], self._kept[column]
        if column in self._fields.numbers:
            return auc(self._outcomes, _number_scores(_numbers(train), self._labels, _numbers(kept)))
        several = column in self._fields.bags
        return auc(self._outcomes, _text_scores(train, self._labels, kept, several=several))


def leaks_among(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of some problems that say a column decides the label alone."""
    return tuple(problem for problem in problems if problem.code == LEAK.code)


def _numbers(column: pl.Series) -> Floats:
    return computable(column.cast(pl.Float64, strict=False)).fill_null(np.nan).to_numpy()


def _number_scores(train: Floats, labels: Labels, kept: Floats) -> Floats:
    """The log-odds of the bin that each number lies in, ties within a bin broken by the number itself, upwards or
    downwards as the labels are in training. Missing numbers are a bin of their own."""
    known = train[np.isfinite(train)]
    values = np.unique(known)
    if len(values) > MOST_BINS:
        values = np.unique(np.quantile(known, np.linspace(0.0, 1.0, MOST_BINS)))
    bins, wanted = (np.where(np.isfinite(of), np.searchsorted(values, of), len(values) + 1) for of in (train, kept))
    odds = _log_odds(bins, labels, len(values) + 2)[wanted]
    order = np.unique(np.nan_to_num(kept), return_inverse=True)[1].ravel()
    rising = auc(labels, np.nan_to_num(train)) >= 0.5
    return _ranked(odds, order if rising else -order)


def _ranked(scores: Floats, breaks: NDArray[np.int64]) -> Floats:
    """Numbers in the order of scores, equal ones in that of what breaks a tie; what is equal in both is one number."""
    places = np.unique(scores, return_inverse=True)[1].ravel()
    least, most = int(breaks.min(initial=0)), int(breaks.max(initial=0))
    return np.asarray(places * (most - least + 1) + (breaks - least), np.float64)


def _log_odds(groups: NDArray[np.int64], labels: Labels, count: int) -> Floats:
    """The log-odds of a yes in each group, drawn to the rate of all by one row's weight."""
    rate = float(labels.mean())
    yes = np.bincount(groups, labels, count) + rate
    no = np.bincount(groups, 1.0 - labels, count) + 1.0 - rate
    return np.asarray(np.log(np.maximum(yes, 1e-12)) - np.log(np.maximum(no, 1e-12)), np.float64)


def _text_scores(train: pl.Series, labels: Labels, kept: pl.Series, *, several: bool) -> Floats:
    """The log-odds of each text; of several names in one text their sum, less that of all rows for each."""
    known, wanted = (_places(of, several=several) for of in (train, kept))
    names = pl.concat([known["value"], wanted["value"]]).unique(maintain_order=True)
    places = [of["value"].replace_strict(names, np.arange(len(names)), return_dtype=pl.Int64) for of in (known, wanted)]
    odds = _log_odds(places[0].to_numpy(), labels[known["row"].to_numpy()], len(names))
    base = _log_odds(np.zeros(len(labels), np.int64), labels, 1)[0]
    gains = odds[places[1].to_numpy()] - base
    return np.asarray(np.bincount(wanted["row"].to_numpy(), gains, len(kept)), np.float64)


def _places(column: pl.Series, *, several: bool) -> pl.DataFrame:
    """Which row has which values."""
    texts = column.cast(pl.String, strict=False).fill_null("")
    frame = pl.DataFrame({"row": np.arange(len(texts)), "value": texts})
    return frame.with_columns(pl.col("value").str.split(SEPARATOR)).explode("value") if several else frame
