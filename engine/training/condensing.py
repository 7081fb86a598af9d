"""What was measured step by step as buckets of steps: how many values, their sum, the least and the greatest."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array

Indices = NDArray[np.int64]

_COMPILED = "engine.network.numba_backend"


@dataclass(frozen=True, slots=True)
class Condensed:
    """Of each of k curves in each of b buckets, (k, b): the ``number`` of values that were measured, their ``total``,
    ``low`` and ``high`` (infinite where there are none). ``latest`` (k,): the last value, NaN for one not measured.
    """

    number: Indices
    total: Array
    low: Array
    high: Array
    latest: Array


def condensed(curves: Array, starts: Indices) -> Condensed:
    """Of curves (k, m) whose buckets begin at ``starts``. NaN is nothing measured."""
    seen, latest = ~np.isnan(curves), curves[:, -1]
    number: Indices
    if seen.all():
        number = np.broadcast_to(np.diff(starts, append=curves.shape[1]), (len(curves), len(starts)))
        added, least, greatest = curves, curves, curves
    else:
        number = np.add.reduceat(seen, starts, axis=1, dtype=np.int64)
        added, least, greatest = (np.where(seen, curves, empty) for empty in (0.0, np.inf, -np.inf))
    total, low = np.add.reduceat(added, starts, axis=1), np.minimum.reduceat(least, starts, axis=1)
    return Condensed(number, total, low, np.maximum.reduceat(greatest, starts, axis=1), latest)


def condensed_tables(tables: Sequence[Array], starts: Indices) -> Condensed:
    """The same of the columns of ``tables`` (m, …), one table after the other."""
    if _COMPILED not in sys.modules:
        return condensed(np.concatenate([table.T for table in tables]), starts)
    from engine.network.kernels.condensing import condensed as compiled  # where the kernels train anyway

    number, total, low, high = compiled(tables, starts)
    return Condensed(number.astype(np.int64), total, low, high, np.concatenate([table[-1] for table in tables]))
