"""What is in a table of examples, column by column, and what in it spoils what is learned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.data.columns import LARGEST_NUMBER, VALUES, read_column
from engine.problems import Problem, declare
from engine.recommenders.data.profile.head import head_of
from engine.recommenders.data.profile.leaks import ColumnAucs
from engine.recommenders.data.profile.log_profile import share_text
from engine.recommenders.data.profile.shapes import (
    Bars,
    ColumnProfile,
    Kind,
    LabelProfile,
    TableProfile,
    Use,
    number_names,
)
from engine.recommenders.data.tables.fields import SEPARATOR, Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import tells_apart, typed_texts
from engine.recommenders.data.tables.random_split import split_sizes

CONSTANT = declare(
    "recommender.profile-column-constant", "“{column}” is “{value}” in every row, which tells nothing. Leave it out."
)
EMPTY_COLUMN = declare("recommender.profile-column-empty", "“{column}” has no value in any row; leave it out.")
UNIQUE = declare(
    "recommender.profile-column-unique",
    "“{column}” is different in {share} of the rows, like an identifier. What is memorised about a value "
    "applies to no other row. Leave it out.",
)
DIFFERENT = declare(
    "recommender.profile-column-different",
    "“{column}” is different in {share} of the rows. What is memorised about a value applies to no other row. Leave it"
    " out.",
)
LABEL_SAME = declare(
    "recommender.profile-label-same",
    "“{column}” is {wanted} in {count} of {rows} {rows:row|rows}, so that there is nothing to learn; choose another"
    " label, or "
    "another value of it.",
)
LABEL_RARE = declare(
    "recommender.profile-label-rare",
    "“{column}” is {wanted} in only {share} of the rows. Always answering no is right in all others, so look "
    "at the loss and AUC, not at the hits.",
)
LABEL_COMMON = declare(
    "recommender.profile-label-common",
    "“{column}” is {wanted} in {share} of the rows. Always answering yes is right in these, so look at the "
    "loss and AUC, not at the hits.",
)

Labels = NDArray[np.float32]

SEVERAL = "bag"
"""The kind of a column of several names in one text."""
BINS = 24
MOST_VALUES = 12
FEW_NUMBERS = 12
RARE = 0.02


def profile_table(
    table: pl.DataFrame, title: str, goal: Goal | None, fields: Fields, notices: Sequence[Problem] = ()
) -> TableProfile:
    """The profile of a table that is in memory; ``goal`` None where no label is chosen.

    Raises EngineError where the goal's column is missing, empty or of another sort.
    """
    labels = None if goal is None else goal.labels(table)
    leaks = () if goal is None else ColumnAucs(table, goal, fields).leaks()
    table = pl.DataFrame([_as_unnamed(column, _use(column.name, goal, fields)) for column in table.iter_columns()])
    columns = tuple(
        _column(name, table[name].alias(VALUES), _use(name, goal, fields), labels) for name in table.columns
    )
    label = None if goal is None or labels is None else _label(goal, labels)
    harmful = [column for column in columns if goal is None or column.use != "unused"]
    harm = [*_of_label(label, table.height), *(said for column in harmful for said in _of_column(column, table))]
    harm += leaks
    return TableProfile(
        title=title, rows=table.height, parts=split_sizes(table.height), columns=columns, label=label,
        head=head_of(table), warnings=(*notices, *harm),
    )  # fmt: skip


def _as_unnamed(column: pl.Series, use: Use) -> pl.Series:
    """A column as it is read where nobody names it: texts that are left out, or that a person takes for categories, as
    the numbers or truth values that they are, as long as no two of them become one."""
    if column.dtype != pl.String or use not in ("category", "label", "unused"):
        return column
    typed = typed_texts(column, read_column(column, missing=()))
    kept = typed.null_count() == column.null_count() and typed.n_unique() == column.n_unique()
    return typed.alias(column.name) if kept else column


def _use(name: str, goal: Goal | None, fields: Fields) -> Use:
    if goal is not None and name == goal.column:
        return "label"
    if name in fields.bags:
        return "bag"
    if name in fields.numbers:
        return "number"
    return "category" if name in fields.categories else "unused"


def _column(name: str, column: pl.Series, use: Use, labels: Labels | None) -> ColumnProfile:
    kind = _kind(column, use)
    present = column.drop_nans() if column.dtype.is_float() else column
    present = present.drop_nulls()
    missing = len(column) - len(present)
    if kind == "other":
        return ColumnProfile(name=name, kind=kind, use=use, distinct=0, missing=missing)
    told = labels if use != "label" else None
    if kind in ("number", "time"):
        return _of_numbers(name, column if kind == "number" else column.dt.epoch("s"), kind, use, told)
    texts = column.cast(pl.String)
    frame = pl.DataFrame({"value": texts, "yes": np.zeros(len(texts)) if told is None else told})
    if kind == "bag":
        frame = frame.with_columns(pl.col("value").str.split(SEPARATOR)).explode("value").filter(pl.col("value") != "")
    distinct, bars = _most_frequent(frame.drop_nulls("value"), labelled=told is not None)
    return ColumnProfile(name=name, kind=kind, use=use, distinct=distinct, missing=missing, bars=bars)


def _kind(column: pl.Series, use: Use) -> Kind:
    dtype = column.dtype
    if use == "bag":
        return "bag"
    if dtype == pl.Boolean:
        return "truth"
    if dtype.is_numeric():
        return "number"
    if dtype in (pl.Date, pl.Datetime):
        return "time"
    return "text" if dtype in (pl.String, pl.Categorical, pl.Enum) else "other"


def _most_frequent(frame: pl.DataFrame, *, labelled: bool) -> tuple[int, Bars]:
    """How many different values there are, and the most frequent ones, equal ones by name."""
    counted = frame.group_by("value").agg(pl.len().alias("count"), pl.col("yes").sum())
    shown = counted.sort(["count", "value"], descending=[True, False]).head(MOST_VALUES)
    bars = Bars(
        values=tuple(shown["value"].to_list()),
        counts=tuple(shown["count"].to_list()),
        others=frame.height - int(shown["count"].sum()),
        positive=tuple(int(yes) for yes in shown["yes"]) if labelled else (),
    )
    return counted.height, bars


def _mean(values: np.ndarray) -> float:
    """The mean, also of numbers whose sum float64 cannot hold."""
    with np.errstate(over="ignore"):
        mean = float(values.mean())
    return mean if np.isfinite(mean) else float((values / len(values)).sum())


def _of_numbers(name: str, column: pl.Series, kind: Kind, use: Use, labels: Labels | None) -> ColumnProfile:
    numbers = column.cast(pl.Float64).to_numpy()
    present = np.abs(numbers) <= LARGEST_NUMBER if use == "number" else np.isfinite(numbers)  # as the encoder has it
    values, yes = numbers[present], np.zeros(0, np.float32) if labels is None else labels[present]
    distinct = int(column.drop_nulls().n_unique()) if not column.dtype.is_float() else len(np.unique(values))
    bars = None
    if len(values):
        few = distinct == 1 or (distinct <= FEW_NUMBERS and kind == "number")
        bars = _of_few(values, yes, labels is not None) if few else _histogram(values, yes, labels is not None)
    ends = (float(values.min()), _mean(values), float(values.max())) if len(values) else (None, None, None)
    return ColumnProfile(
        name=name, kind=kind, use=use, distinct=distinct, missing=int((~present).sum()), least=ends[0],
        mean=ends[1], most=ends[2], bars=bars,
    )  # fmt: skip


def _of_few(values: NDArray[np.float64], yes: Labels, labelled: bool) -> Bars:
    different, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    positive = tuple(np.bincount(places.ravel(), weights=yes).astype(int).tolist()) if labelled else ()
    return Bars(values=number_names(different), counts=tuple(counts.tolist()), positive=positive)


def _histogram(values: NDArray[np.float64], yes: Labels, labelled: bool) -> Bars:
    """Equal bins from the least number to the greatest; of whole numbers, such as years, at whole ones."""
    low, high = float(values.min()), float(values.max())
    edges = np.linspace(low, high, BINS + 1)
    if (values == np.floor(values)).all():
        width = np.ceil((high - low + 1.0) / BINS)
        edges = low + width * np.arange(np.ceil((high - low + 1.0) / width) + 1.0)
    counts, _ = np.histogram(values, edges)
    positive = tuple(np.histogram(values, edges, weights=yes)[0].round().astype(int).tolist()) if labelled else ()
    return Bars(edges=tuple(edges.tolist()), counts=tuple(counts.tolist()), positive=positive)


def _label(goal: Goal, labels: NDArray[np.float32]) -> LabelProfile:
    wanted = f"“{goal.equals}”" if goal.equals is not None else f"≥ {goal.at_least:g}"
    return LabelProfile(column=goal.column, wanted=wanted, positive=int(labels.sum()))


# What harms ---------------------------------------------------------------------------------------------------------


def _of_label(label: LabelProfile | None, rows: int) -> Iterator[Problem]:
    if label is None:
        return
    share = label.positive / rows
    particulars = {"column": label.column, "wanted": label.wanted, "share": share_text(share)}
    if share in (0.0, 1.0):
        yield LABEL_SAME(column=label.column, wanted=label.wanted, count=label.positive, rows=rows)
    elif share < RARE:
        yield LABEL_RARE(**particulars)
    elif share > 1.0 - RARE:
        yield LABEL_COMMON(**particulars)


def idle_columns(table: pl.DataFrame, fields: Fields, read: Collection[str]) -> Iterator[Problem]:
    """Say which of the columns that are ``read`` teach nothing: the same in every row, or another in each."""
    for name in fields.among(read):
        use = _use(name, None, fields)
        column = _as_unnamed(table[name], use)
        yield from _of_column(_column(name, column.alias(VALUES), use, None), column.to_frame())


def _of_column(column: ColumnProfile, table: pl.DataFrame) -> Iterator[Problem]:
    if column.use == "label" or column.kind == "other":
        return
    present = table.height - column.missing
    if not present:
        yield EMPTY_COLUMN(column=column.name)
    elif column.distinct == 1 and not column.missing:
        yield CONSTANT(column=column.name, value=head_of(table.select(column.name), 1).rows[0][0])
    elif column.kind != SEVERAL:
        as_category = column.kind != "number" or column.use == "category"
        apart = tells_apart(column.name, table[column.name], as_category=as_category)
        if apart is not None:
            said = UNIQUE if apart == "identifier" else DIFFERENT
            yield said(column=column.name, share=share_text(column.distinct / present))
