"""What was measured step by step, bucket by bucket: how many values, their sum, the least and the greatest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.network.kernels.options import Array, Index, Number, held, inner

NUMBER, TOTAL, LOW, HIGH = range(4)
"""First index of what is found."""

_ZERO, _ONE = np.uint64(0), np.uint64(1)


@inner
def _of_numbers(values: Array, first: Index, last: Index, stride: Index) -> Number:
    """Sum, least and greatest of every ``stride``-th value, two at a time, which do not wait for each other."""
    one, other = 0.0, 0.0
    low, lower = np.inf, np.inf
    high, higher = -np.inf, -np.inf
    k = first
    while k + stride < last:
        v, w = values[k], values[k + stride]
        one += v
        other += w
        low = v if v < low else low
        lower = w if w < lower else lower
        high = v if v > high else high
        higher = w if w > higher else higher
        k += stride + stride
    if k < last:
        v = values[k]
        one += v
        low = v if v < low else low
        high = v if v > high else high
    return one + other, low if low < lower else lower, high if high > higher else higher


@inner
def _of_what_was_measured(values: Array, first: Index, last: Index, stride: Index) -> Number:
    """How many of them are no NaN, and the sum of those."""
    number, total = 0.0, 0.0
    for k in range(first, last, stride):
        if values[k] == values[k]:
            number += 1.0
            total += values[k]
    return number, total


@held
def condense(values: Array, columns: Index, borders: Array, found: Array) -> None:
    """``values`` (steps × columns), flat; bucket b is of the steps from ``borders[b]`` to before ``borders[b + 1]``.
    Writes ``found`` (4, columns, buckets). NaN is nothing measured."""
    for column in range(columns):
        for bucket in range(found.shape[2]):
            begin, end = borders[bucket], borders[bucket + 1]
            first, last = begin * columns + column, end * columns
            number = float(end - begin)
            total, low, high = _of_numbers(values, first, last, columns)
            if total != total:
                number, total = _of_what_was_measured(values, first, last, columns)
            found[NUMBER, column, bucket], found[TOTAL, column, bucket] = number, total
            found[LOW, column, bucket], found[HIGH, column, bucket] = low, high


def condensed(tables: Sequence[NDArray[np.float64]], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """(4, columns, buckets) of the columns of ``tables`` (steps, …), one after the other, whose buckets begin at
    ``starts``."""
    borders, found = np.append(starts, len(tables[0])).astype(np.uint64), []
    for values in tables:
        flat = np.ascontiguousarray(values, dtype=np.float64).reshape(-1)
        flat.setflags(write=False)
        found.append(np.empty((4, values.shape[1], len(starts))))
        condense(flat, np.uint64(values.shape[1]), borders, found[-1])
    return np.concatenate(found, axis=1)
