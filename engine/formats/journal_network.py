"""What a journal says of networks and their runs: states, weights, rows of them and how far a run has come, as plain
data. What is read raises ValueError (of pydantic, or Unfit) where it is not what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile
from engine.formats.journal import Unfit, packed, unpacked
from engine.formats.loom_arrays import MEMORY, STUCK, Arrays
from engine.formats.loom_progress import Damaged, kept, restored, text_of
from engine.formats.progress import Curve, Progress
from engine.graph.model import NetworkGraph
from engine.graph.weights import WeightKey
from engine.hyperparameters import Hyperparameters

Rows = Mapping[WeightKey, Mapping[int, NDArray[np.float64]]]
MOST_CURVES = 10_000
_STATE = ("graph", "training", "data")
State = tuple[NetworkGraph, Hyperparameters, DataChoice]


def state_said(graph: NetworkGraph, hyper: Hyperparameters, data: DataChoice) -> dict[str, Any]:
    """A network with its settings and the choice of its data."""
    return {name: part.model_dump(mode="json") for name, part in zip(_STATE, (graph, hyper, data), strict=True)}


def state_read(content: object) -> State:
    """Graph, settings and choice of data."""
    parts = _parts(content, *_STATE)
    graph = NetworkGraph.model_validate(parts["graph"])
    return graph, Hyperparameters.model_validate(parts["training"]), DataChoice.model_validate(parts["data"])


def first_said(file: NetworkFile | None) -> dict[str, Any] | None:
    """The weights that runs begin with, and of which network."""
    if file is None:
        return None
    return {"state": state_said(file.graph, file.hyper, file.data), "weights": arrays_said(file.first)}


def first_read(content: object) -> NetworkFile | None:
    """… taken back."""
    if content is None:
        return None
    parts = _parts(content, "state", "weights")
    return NetworkFile(*state_read(parts["state"]), first=arrays_read(parts["weights"]))


def arrays_said(arrays: Arrays) -> list[Any]:
    """Arrays by block and name."""
    return [[block, name, packed(array)] for (block, name), array in arrays.items()]


def arrays_read(content: object) -> dict[WeightKey, NDArray[Any]]:
    """… taken back."""
    return {(block, name): unpacked(array) for block, name, array in _named(content)}


def rows_said(rows: Rows) -> list[Any]:
    """Single rows of arrays, by block, name and index."""
    return [
        [block, name, [[index, packed(np.asarray(row))] for index, row in some.items()]]
        for (block, name), some in rows.items()
    ]


def rows_read(content: object) -> dict[WeightKey, dict[int, NDArray[Any]]]:
    """… taken back."""
    found: dict[WeightKey, dict[int, NDArray[Any]]] = {}
    for block, name, some in _named(content):
        if not isinstance(some, list):
            raise Unfit("no rows")
        for pair in some:
            if not isinstance(pair, list) or len(pair) != 2 or type(pair[0]) is not int:
                raise Unfit("no row")
            found.setdefault((block, name), {})[pair[0]] = unpacked(pair[1])
    return found


def run_said(weights: Arrays, progress: Progress | None) -> dict[str, Any]:
    """Weights with how far their run has come. Curves are as exact as a network file has them."""
    said: dict[str, Any] = {"weights": arrays_said(weights), "progress": None}
    if progress is not None:
        said["progress"] = kept(replace(progress, curves={}), inline=False)
        said["memory"], said["stuck"] = arrays_said(progress.memory), arrays_said(progress.stuck or {})
        said["curves"] = _curves_said(progress.curves)
    return said


def _curves_said(curves: Mapping[str, Curve]) -> list[Any]:
    """Curves in groups that share their steps, epochs and counts, which are most of what there is to say."""
    groups: dict[tuple[bytes, ...], list[Any]] = {}
    for name, curve in curves.items():
        shared = curve.steps, curve.epochs, curve.count
        group = groups.setdefault(tuple(part.tobytes() for part in shared), [*map(packed, shared), []])
        with np.errstate(over="ignore"):  # a loss beyond float32 is kept as ∞
            values = [packed(part.astype(np.float32)) for part in (curve.mean, curve.low, curve.high)]
        group[-1].append([name, *values])
    return list(groups.values())


def run_read(content: object) -> tuple[dict[WeightKey, NDArray[Any]], Progress | None]:
    """… taken back; how far it had come is worth less than the weights, and is None where it is damaged."""
    parts = _parts(content, "weights", "progress")
    weights = arrays_read(parts["weights"])
    if parts["progress"] is None:
        return weights, None
    beside: dict[str, Mapping[WeightKey, object]] = {
        MEMORY: arrays_read(parts.get("memory")),
        STUCK: arrays_read(parts.get("stuck")),
    }
    section = _parts(parts["progress"]) | {"curves": _curves_read(parts.get("curves"))}
    try:
        return weights, restored(section, beside, weights)
    except Damaged:
        return weights, None


def _curves_read(content: object) -> list[dict[str, Any]]:
    """Curves as a network file writes them, for the same checks."""
    if not isinstance(content, list) or len(content) > MOST_CURVES:
        raise Unfit("no curves")
    groups: dict[tuple[bytes, bytes], dict[str, Any]] = {}
    for one in content:
        if not isinstance(one, list) or len(one) not in (4, 7):
            raise Unfit("no curves")
        # Journals of version 2 say each curve by itself, its name first.
        *shared, lines = one if len(one) == 4 else [*one[1:4], [[one[0], *one[4:]]]]
        steps, epochs, count = map(_line_read, shared)
        group = groups.setdefault(
            (steps.tobytes(), epochs.tobytes()), {"steps": _whole(steps), "epochs": text_of(epochs), "lines": {}}
        )
        if not isinstance(lines, list) or len(lines) > MOST_CURVES:
            raise Unfit("no curves")
        for line in lines:
            if not isinstance(line, list) or len(line) != 4 or not isinstance(line[0], str):
                raise Unfit("no curve")
            mean, low, high = (text_of(_line_read(part)) for part in line[1:])
            group["lines"][line[0]] = {"count": _whole(count), "mean": mean, "low": low, "high": high}
    return list(groups.values())


def _line_read(content: object) -> NDArray[Any]:
    values = unpacked(content)
    if values.ndim != 1:
        raise Unfit("no curve's values")
    return values


def _whole(values: NDArray[Any]) -> str:
    if not np.isfinite(values).all() or np.abs(values, dtype=np.float64).max(initial=0.0) > 2.0**53:
        raise Unfit("no whole numbers")
    return text_of(values.astype(np.int64))


def _named(content: object) -> list[tuple[str, str, object]]:
    """Things under a block's id and a name."""
    if not isinstance(content, list):
        raise Unfit("no arrays")
    for one in content:
        if not isinstance(one, list) or len(one) != 3 or not all(isinstance(name, str) for name in one[:2]):
            raise Unfit("no array's name")
    return [(one[0], one[1], one[2]) for one in content]


def _parts(content: object, *names: str) -> dict[str, Any]:
    if not isinstance(content, dict) or not all(name in content for name in names):
        raise Unfit("something is missing")
    return content
