"""``pair``: memory and generalisation beside one another: a pair of values whose weight was learned by heart, and one
that no training row has (Cheng et al. 2016, §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import Field

from engine.graph.columns import Bags, Columns
from engine.graph.kinds.cross import cross_ids
from engine.graph.kinds.on_torch import as_bags
from engine.problems import EngineError, declare
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import A_ROW
from engine.recommenders.tasks.wide_deep.answers import CrossPairs, PairOpinion, ValuePair
from engine.recommenders.tasks.wide_deep.changes import source_of, with_ids
from engine.recommenders.tasks.wide_deep.insight import Term, answers, rows_with, title, value_name
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep
from engine.recommenders.tasks.wide_deep.task import WideDeepTask
from engine.recommenders.tasks.wide_deep.wide_terms import Floats, WideCross, wide_weights

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PairGrid:
    """``first`` (m,) and ``second`` (n,): the ids of the two columns' values. ``weights`` (m, n); ``rows`` (m, n): in
    how many training rows both are, and in how many of these the outcome is a ``yes``; ``test_rows`` and ``test_yes``
    likewise of the test rows. ``expected`` (m, n): how many training rows would have both if the two columns had
    nothing to do with one another."""

    first: Ids
    second: Ids
    weights: Floats
    rows: Ids
    yes: Ids
    test_rows: Ids
    test_yes: Ids
    expected: Floats


def pair_grid(opened: OpenedWideDeep, cross: WideCross, most: int, also: tuple[int, int] | None = None) -> PairGrid:
    """The grid of a cross of two columns, over the ``most`` frequent values of each in the training rows. ``also``: two
    that have to be among them."""
    split, columns = opened.task.rows, opened.train
    wanted = (None, None) if also is None else also
    first, second = (_frequent(columns, name, most, id_) for name, id_ in zip(cross.columns, wanted, strict=True))
    rows, yes = _counted(columns, cross, (first, second), opened.labels[split.train])
    test_rows, test_yes = _counted(opened.test, cross, (first, second), opened.labels[split.test])
    both = np.repeat(first, len(second)), np.tile(second, len(first))
    ids = np.asarray(cross_ids(list(both), cross.widths, cross.size), np.int64)
    weights = wide_weights(opened.network, cross.node)[cross.begin + ids].reshape(len(first), len(second))
    alone = [_occurrences(columns, name)[of] for name, of in zip(cross.columns, (first, second), strict=True)]
    expected = np.outer(*alone) / max(columns.rows, 1)
    return PairGrid(first, second, weights, rows, yes, test_rows, test_yes, expected)


def _occurrences(columns: Columns, name: str) -> Ids:
    """In how many places each id of a column is, (ids that occur,)."""
    return np.bincount(as_bags(columns[name]).ids).astype(np.int64)


def _frequent(columns: Columns, name: str, most: int, wanted: int | None) -> Ids:
    """The most frequent ids of a column that occur at all, in their own order. ``wanted``: one that takes the rarest
    one's place."""
    counts = _occurrences(columns, name)
    order = np.argsort(-counts, kind="stable")[:most]
    found = order[counts[order] > 0]
    if wanted is not None and wanted not in found:
        found = np.append(found[: most - 1], wanted)
    return np.sort(found)


def _counted(
    columns: Columns, cross: WideCross, values: tuple[Ids, Ids], labels: NDArray[np.float32]
) -> tuple[Ids, Ids]:
    """In how many rows each combination of values is, and in how many of these the outcome is a yes, (m, n) each."""
    sizes = len(values[0]) + 1, len(values[1]) + 1  # the last number of each is for all other values
    places = [_places(columns, name, of) for name, of in zip(cross.columns, values, strict=True)]
    pairs = as_bags(cross_ids(places, sizes, sizes[0] * sizes[1]))
    outcomes = np.repeat(labels, pairs.lengths)
    rows, yes = (np.bincount(pairs.ids, of, sizes[0] * sizes[1]) for of in (None, outcomes))
    inner = np.s_[:-1, :-1]
    return tuple(of.reshape(sizes)[inner].astype(np.int64) for of in (rows, yes))  # type: ignore[return-value]


def _places(columns: Columns, name: str, values: Ids) -> Bags:
    """A column with each value's place among some sorted ones, and their number for any other."""
    bags = as_bags(columns[name])
    at = np.minimum(np.searchsorted(values, bags.ids), len(values) - 1)
    return Bags(np.where(values[at] == bags.ids, at, len(values)), bags.offsets)


MOST_VALUES = 300
"""Of each column that are looked at."""
NO_PAIRS = declare(
    "recommender.no-pairs",
    "This network has no cross of just two columns{wanted}; train one with --cross, or name one of {known}.",
)


class PairParameters(Parameters):
    """``columns``: which cross of two; the first one if none are named. ``row``: the person whose two values are
    replaced by the pairs' own; the first test row if none is named. ``most``: values of each column, the most frequent.
    ``least``: training rows of a pair to count as remembered. ``others``: paths of further checkpoints by name."""

    columns: tuple[str, ...] = Field(default=(), max_length=2, description="the two columns of a cross")
    row: int | None = Field(default=None, description=A_ROW)
    most: int = Field(default=24, ge=1, le=MOST_VALUES, description="values of each column at most")
    least: int = Field(default=20, ge=1, description="training rows of a remembered pair, at least")
    others: Mapping[str, str] = Field(default_factory=dict, max_length=10, description="paths by name")


def answer(opened: OpenedWideDeep, parameters: PairParameters) -> CrossPairs:
    """The grid and both cases. Raises EngineError for a network without such a cross, and for an unknown row."""
    cross = _cross(opened, parameters.columns)
    grid, never_seen = _grid(opened, cross, parameters.most)
    first = opened.task.numbering.number(int(opened.task.rows.test[0]))
    row = first if parameters.row is None else parameters.row
    tasks, _ = opened.with_others(parameters.others)
    asked = _Asked(opened, cross, grid, opened.row(row), tasks)
    names, memorised = _names(opened, cross, grid), _memorised(grid, parameters.least)
    return CrossPairs(
        (cross.columns[0], cross.columns[1]),
        cross.hashed,
        tuple(names[0]),
        tuple(names[1]),
        _lines(grid.weights),
        _lines(grid.rows),
        _lines(np.where(grid.rows > 0, grid.yes / np.maximum(grid.rows, 1), np.nan)),
        row,
        None if memorised is None else _case(asked, memorised),
        None if never_seen is None else _case(asked, never_seen),
    )


def _lines(grid: NDArray[Any]) -> tuple[tuple[Any, ...], ...]:
    return tuple(map(tuple, grid.tolist()))


def _cross(opened: OpenedWideDeep, columns: Sequence[str]) -> WideCross:
    """The first cross of two columns, of these if any are named. Raises EngineError."""
    pairs = [cross for cross in opened.crosses if len(cross.columns) == 2]
    for cross in pairs:
        if not columns or set(columns) == set(cross.columns):
            return cross
    known = ", ".join(" × ".join(cross.columns) for cross in pairs) or "none"
    raise EngineError(NO_PAIRS(wanted=f" of {' × '.join(columns)}" if columns else "", known=known))


def _memorised(grid: PairGrid, least: int) -> int | None:
    """The place in the grid of the largest weight among those that are on often enough."""
    strength = np.where(grid.rows >= least, np.abs(grid.weights), 0.0).ravel()
    return int(strength.argmax()) if strength.max(initial=0.0) > 0.0 else None


def _grid(opened: OpenedWideDeep, cross: WideCross, most: int) -> tuple[PairGrid, int | None]:
    """The grid of the most frequent values, and the place of the pair that was never seen. Where all pairs of these
    were seen, it is one of rarer values, which the grid then has in place of a frequent one."""
    grid = pair_grid(opened, cross, most)
    place = _never_seen(opened, cross, grid)
    if place is None and most < MOST_VALUES:
        wider = pair_grid(opened, cross, MOST_VALUES)
        if (rarer := _never_seen(opened, cross, wider)) is not None:
            ids = _ids(wider, rarer)
            grid = pair_grid(opened, cross, most, also=ids)
            place = int(np.searchsorted(grid.first, ids[0]) * len(grid.second) + np.searchsorted(grid.second, ids[1]))
    return grid, place


def _never_seen(opened: OpenedWideDeep, cross: WideCross, grid: PairGrid) -> int | None:
    """The place of the pair of two different values that one would most expect of those no training row has, before all
    those of test rows. None of columns that always go together: what was not seen of these cannot be."""
    if opened.tied.together(*(source_of(opened, name) for name in cross.columns)):
        return None
    first, second = (np.array(of, np.object_) for of in _names(opened, cross, grid))
    unseen = ((grid.rows == 0) & ~np.equal.outer(first, second).astype(np.bool_)).ravel()
    tested = unseen & (grid.test_rows > 0).ravel()
    among = np.flatnonzero(tested if tested.any() else unseen)
    return int(among[grid.expected.ravel()[among].argmax()]) if len(among) else None


def _names(opened: OpenedWideDeep, cross: WideCross, grid: PairGrid) -> list[list[str]]:
    """What the values of the two columns are called."""
    return [
        [value_name(opened.encoder, name, at) for at in ids.tolist()]
        for name, ids in zip(cross.columns, (grid.first, grid.second), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What both cases are worked out from; ``row``: whose values are replaced."""

    opened: OpenedWideDeep
    cross: WideCross
    grid: PairGrid
    row: pl.DataFrame
    tasks: Mapping[str, WideDeepTask]


def _case(asked: _Asked, place: int) -> ValuePair:
    opened, grid = asked.opened, asked.grid
    ids = _ids(grid, place)
    product = tuple(
        Term(name, value_name(opened.encoder, name, id_)) for name, id_ in zip(asked.cross.columns, ids, strict=True)
    )
    rows, test_rows = int(grid.rows.flat[place]), int(grid.test_rows.flat[place])
    held = opened.task.rows.test[rows_with(opened.encoder, product, opened.test)]
    row = with_ids(opened, asked.row, asked.cross.columns, ids)
    return ValuePair(
        title(product),
        (product[0].value, product[1].value),
        float(grid.weights.flat[place]),
        rows,
        int(grid.yes.flat[place]) / rows if rows else None,
        test_rows,
        int(grid.test_yes.flat[place]) / test_rows if test_rows else None,
        tuple(_said(name, task, row, held) for name, task in asked.tasks.items()),
    )


def _ids(grid: PairGrid, place: int) -> tuple[int, int]:
    first, second = divmod(place, len(grid.second))
    return int(grid.first[first]), int(grid.second[second])


def _said(name: str, task: WideDeepTask, row: pl.DataFrame, held: NDArray[np.int64]) -> PairOpinion:
    probability = answers(task.network, task.model.prepare(task.network, row)).probability[0]
    mean = answers(task.network, task.prepared(held)).probability.mean() if len(held) else None
    return PairOpinion(name, float(probability), None if mean is None else float(mean))


ASK = Ask("pair", "a pair of values learned by heart, and one that was never seen", PairParameters, answer)
