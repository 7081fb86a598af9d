"""Arrays as the numba backend hands them to its kernels and takes them back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array
from engine.network.kernels.layout import WorkspaceLayout
from engine.network.plan import Node, Plan
from engine.network.spare import CACHE_LINE


def rows_of(inputs: Mapping[str, Array]) -> int:
    """How many rows the inputs have."""
    return len(next(iter(inputs.values())))


def joined(plan: Plan, inputs: Mapping[str, Array]) -> Array:
    """The tables of all inputs, flat, one after the other; a single one is taken as it is."""
    tables = [flat(inputs[node.id]) for node in plan.nodes if not node.sources]
    return tables[0] if len(tables) == 1 else frozen(np.concatenate(tables))


def aligned(count: int, dtype: type[np.floating[Any]]) -> NDArray[Any]:
    """So many zeros from the start of a cache line, where the widest vectors are read fastest."""
    size = np.dtype(dtype).itemsize
    room = np.zeros(count + CACHE_LINE // size, dtype)
    address: int = room.__array_interface__["data"][0]
    skipped = -address % CACHE_LINE // size
    return room[skipped : skipped + count]


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """A flat view that cannot be written to. Numba compiles afresh for arrays that differ in that."""
    view = np.ascontiguousarray(array).reshape(-1)
    view.setflags(write=False)
    return view


def flat(array: Array) -> Array:
    """A flat float64 view of numbers that are read."""
    return frozen(np.asarray(array, dtype=np.float64))


def unsigned(indices: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A flat view of indices that are read, none of which is negative, as the numbers kernels reckon places with."""
    return frozen(np.asarray(indices, dtype=np.int64).view(np.uint64))


def area(space: Array, layout: WorkspaceLayout, index: int, field: int, node: Node, rows: int) -> Array:
    """A copy of one of a node's areas as (rows, units)."""
    start = int(layout.nodes[index, field])
    return np.ascontiguousarray(space[start : start + node.width * rows].reshape(node.width, rows).T)
