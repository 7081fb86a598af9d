"""Turns a session's live numbers into snapshots, spending a bounded share of the time on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.activations import activation
from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array
from engine.losses import loss
from engine.network.contract import Backend, Table
from engine.network.numpy_backend import forward_pass
from engine.network.plan import Node, Plan
from engine.network.state import NetworkState
from engine.training.plane import Plane, plane_of, plane_points
from engine.training.quality import Quality, quality
from engine.training.snapshot import DecisionGrid, Image
from engine.training.tables import network_inputs, table_of

SHARE = 0.1
"""What is costly is worked out again only when it took less than this share of the time since."""

MAP_SIDE = 25
GRID_SIDE = 100
HISTOGRAM_BINS = 32

T = TypeVar("T")


class Paced(Generic[T]):
    """A value that is worked out again as often as its cost allows."""

    def __init__(self) -> None:
        self._value: T | None = None
        self._cost = self._done = 0.0

    def get(self, work: Callable[[], T], fresh: bool) -> T:
        """The value; worked out now if ``fresh``, if there is none, or if enough time has passed."""
        now = perf_counter()
        if self._value is None or fresh or now - self._done >= self._cost / SHARE:
            self._value = work()
            self._done = perf_counter()
            self._cost = self._done - now
        return self._value


@dataclass(frozen=True, slots=True)
class LayerHealth:
    """Of one probed node, over the whole training set: histogram of a (32,), its edges (33,), dead and saturated
    shares of the units (see :class:`engine.training.snapshot.LayerStats`)."""

    histogram: NDArray[np.int64]
    edges: Array
    dead: float
    saturated: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The network on the whole training and test set."""

    train: Quality
    test: Quality
    health: tuple[LayerHealth, ...]


class Observer:
    """Evaluates a plan on a data set and on the shown plane. Rebuilt when either changes."""

    def __init__(self, plan: Plan, dataset: Dataset) -> None:
        self.plan, self.dataset = plan, dataset
        self.train: Table = table_of(plan, dataset, dataset.train)
        self.test: Table = table_of(plan, dataset, dataset.test)
        self._evaluation: Paced[Evaluation] = Paced()
        self._maps: Paced[Mapping[str, Image]] = Paced()
        self._grid: Paced[DecisionGrid] = Paced()
        self._plane = plane_of(dataset)
        self._inputs: dict[int, dict[str, Array]] = {}

    def look_at(self, columns: tuple[int, int]) -> None:
        """Show another plane."""
        self._plane = plane_of(self.dataset, columns)
        self._inputs.clear()
        self._maps, self._grid = Paced(), Paced()

    def evaluate(self, state: NetworkState, fresh: bool) -> Evaluation:
        """Losses, scores and layer health; the latest unless it is due again or ``fresh``."""
        return self._evaluation.get(lambda: self._evaluate(state), fresh)

    def maps(self, backend: Backend, state: NetworkState, fresh: bool) -> Mapping[str, Image]:
        """Per block id (units, 25, 25): each neuron's a over the plane."""
        return self._maps.get(lambda: self._draw_maps(backend, state), fresh)

    def decision(self, backend: Backend, state: NetworkState, fresh: bool) -> DecisionGrid:
        """The output over the plane at 100×100."""
        return self._grid.get(lambda: self._draw_grid(backend, state), fresh)

    def _evaluate(self, state: NetworkState) -> Evaluation:
        with np.errstate(all="ignore"):
            results = forward_pass(self.plan, state, self.train.inputs)
            test = forward_pass(self.plan, state, self.test.inputs)[-1].z
            y = self.dataset.y
            health = tuple(layer_health(self.plan.nodes[i], results[i].z, results[i].a) for i in self.plan.probed)
            return Evaluation(
                quality(self.plan, results[-1].z, self.train, y[self.dataset.train]),
                quality(self.plan, test, self.test, y[self.dataset.test]),
                health,
            )

    def _plane_inputs(self, side: int) -> dict[str, Array]:
        if side not in self._inputs:
            points = plane_points(self.dataset, self._plane, side)
            self._inputs[side] = network_inputs(self.plan, self.dataset.columns, points)
        return self._inputs[side]

    def _draw_maps(self, backend: Backend, state: NetworkState) -> Mapping[str, Image]:
        found = backend.maps(self.plan, state, self._plane_inputs(MAP_SIDE))
        shape = (-1, MAP_SIDE, MAP_SIDE)
        return {node.id: a.reshape(shape) for node, a in zip(self.plan.nodes, found, strict=True)}

    def _draw_grid(self, backend: Backend, state: NetworkState) -> DecisionGrid:
        outputs = backend.maps(self.plan, state, self._plane_inputs(GRID_SIDE), output_only=True)[0]
        plane: Plane = self._plane
        return DecisionGrid(outputs.reshape(-1, GRID_SIDE, GRID_SIDE), plane.low, plane.high, plane.columns)


def layer_health(node: Node, z: Array, a: Array) -> LayerHealth:
    """Histogram of a and the shares of dead and saturated units, from z and a (rows, units) of the training set."""
    params = node.params
    function = activation(params.activation)
    if node.block.kind == "output":
        function = loss(params.loss).output_activation(function)
    finite = a[np.isfinite(a)]
    low, high = _histogram_range(finite, function.output_range)
    counts, edges = np.histogram(finite, bins=HISTOGRAM_BINS, range=(low, high))
    saturated = function.saturated(z, params.alpha).mean(axis=0) > 0.5
    dead = (a == 0.0).all(axis=0) if z.shape[0] else np.zeros(z.shape[1], dtype=bool)
    return LayerHealth(counts.astype(np.int64), edges, float(dead.mean()), float(saturated.mean()))


LARGEST_EDGE = 1e300
"""Histograms end here: the distance between their edges must itself be finite."""


def _histogram_range(finite: Array, output_range: tuple[float, float]) -> tuple[float, float]:
    """The function's own range where it is bounded, else the range of the values, wide enough to tell bins apart."""
    if np.isfinite(output_range).all():
        return output_range
    if not finite.size:
        return 0.0, 1.0
    low, high = np.clip((finite.min(), finite.max()), -LARGEST_EDGE, LARGEST_EDGE).tolist()
    narrow = 1e-12 * max(abs(low), abs(high), 1e-12)
    return (low, high) if high - low > narrow else (low - 0.5 * max(abs(low), 1.0), high + 0.5 * max(abs(high), 1.0))
