"""All combinations of the frequent values of two crossed columns: each one's weight, and how often it was seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Columns
from engine.graph.kinds.cross import cross_ids
from engine.graph.kinds.on_torch import as_bags
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep
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
