"""Which arrays a graph's blocks own, and whether given ones fit them; widths that cannot be known are open."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds import TargetSpec
from engine.graph.model import NetworkGraph
from engine.graph.validation import infer_widths
from engine.problems import EngineError, Problem, declare

WeightKey = tuple[str, str]
Weights = Mapping[WeightKey, NDArray[np.float64]]
_Shape = tuple[int | None, ...]

WRONG_SHAPE = declare(
    "graph.wrong-shape",
    "The weights “{name}” of block “{block}” have shape {found}, but the graph needs {needed};"
    " remove them from the file to start from seeded values.",
)
NO_SUCH_ARRAY = declare(
    "graph.no-such-array",
    "The file holds weights “{name}” for block “{block}”, but the graph has no such block or the block no such"
    " weights; remove them from the file or mend the block's id.",
)


def check_weights(graph: NetworkGraph, target: TargetSpec | None, weights: Weights) -> None:
    """Raise EngineError unless all weights fit the graph on data with this target.

    While the data is not loaded (``target`` None), the rows of an output's weights, which depend on it, are open.
    """
    for problem in _misfits(graph, target, weights).values():
        raise EngineError(problem)


def fitting_weights(graph: NetworkGraph, target: TargetSpec, weights: Weights) -> dict[WeightKey, NDArray[np.float64]]:
    """Those of the weights that fit: a running network's may still be of the graph before its latest edit."""
    misfits = _misfits(graph, target, weights)
    return {key: array for key, array in weights.items() if key not in misfits}


def has_place(graph: NetworkGraph, target: TargetSpec, key: WeightKey, index: tuple[int, ...]) -> bool:
    """Whether a block of the graph has such an array with a number at ``index``; one that is not wired up has none."""
    block, name = key
    if block not in graph:
        return False
    needed = _needed_shapes(graph, block, infer_widths(graph, target)[0], open_rows=False)
    shape = needed.get(name) if needed is not None else None
    if shape is None or len(shape) != len(index):
        return False
    return all(n is None or 0 <= place < n for place, n in zip(index, shape, strict=True))


def _misfits(graph: NetworkGraph, target: TargetSpec | None, weights: Weights) -> dict[WeightKey, Problem]:
    widths = infer_widths(graph, target or TargetSpec())[0]
    found = {}
    for key, array in weights.items():
        problem = _misfit(graph, widths, key, array.shape, open_rows=target is None)
        if problem is not None:
            found[key] = problem
    return found


def _misfit(
    graph: NetworkGraph, widths: Mapping[str, int], key: WeightKey, shape: tuple[int, ...], *, open_rows: bool
) -> Problem | None:
    block, name = key
    if block not in graph:
        return NO_SUCH_ARRAY(block=block, name=name)
    needed = _needed_shapes(graph, block, widths, open_rows=open_rows)
    if needed is None:  # not wired up: its shapes are open
        return None
    if name not in needed:
        return NO_SUCH_ARRAY(block=block, name=name)
    if _fits(shape, needed[name]):
        return None
    wanted = " × ".join("any" if n is None else str(n) for n in needed[name])
    return WRONG_SHAPE(block=block, name=name, found=" × ".join(map(str, shape)), needed=wanted)


def _needed_shapes(
    graph: NetworkGraph, block_id: str, widths: Mapping[str, int], *, open_rows: bool
) -> dict[str, _Shape] | None:
    """Each array's shape by name, an output's rows left open if so asked; None where widths cannot be known."""
    block = graph.block(block_id)
    sources = [wire.source for wire in graph.wires_into(block_id)]
    if block_id not in widths or any(source not in widths for source in sources):
        return None
    specs = block.declaration.parameters(block.params, [widths[s] for s in sources], widths[block_id])
    if open_rows and block.declaration.criterion(block.params) is not None:
        return {spec.name: (None, *spec.shape[1:]) for spec in specs}
    return {spec.name: spec.shape for spec in specs}


def _fits(shape: tuple[int, ...], needed: _Shape) -> bool:
    return len(shape) == len(needed) and all(n is None or n == m for n, m in zip(needed, shape, strict=True))
