"""Turns a session's live numbers into snapshots, spending a bounded share of the time on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter, thread_time
from typing import Generic, TypeVar

import numpy as np

from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array
from engine.network.contract import Backend, Table
from engine.network.plan import Plan
from engine.network.state import NetworkState
from engine.training.health import LayerHealth, layer_health
from engine.training.plane import Plane, plane_of, plane_points
from engine.training.quality import Quality, constant_loss, is_mostly_learnt, quality, score_of
from engine.training.snapshot import DecisionGrid, Image
from engine.training.tables import network_inputs, table_of
from engine.training.walk import last_z, walk

MAPS_SHARE, GRID_SHARE, EVALUATION_SHARE = 0.04, 0.03, 0.015
"""What is costly is worked out again only when it took less than this share of the time since: of a wide network the
grid some times a second, so that weights, losses and small maps can be shown more often than that. The losses of all
points are measured beside the evaluation too (:mod:`engine.training.measuring`)."""

MAP_SIDE = 25
GRID_SIDE = 100
ENOUGH_ROWS = 2000
"""So many tell whether a line fits."""

T = TypeVar("T")


class Paced(Generic[T]):
    """A value that is worked out again as often as its cost allows."""

    def __init__(self, share: float) -> None:
        """``share``: of the time, that it may take."""
        self._share = share
        self._value: T | None = None
        self._cost = self._done = 0.0

    def get(self, work: Callable[[], T], fresh: bool) -> T:
        """The value; worked out now if ``fresh``, if there is none, or if enough time has passed."""
        now = perf_counter()
        if self._value is None or fresh or now - self._done >= self._cost / self._share:
            started = thread_time()  # on a busy machine it takes longer, but no more of the processor
            self._value = work()
            self._done, self._cost = perf_counter(), thread_time() - started
        return self._value


@dataclass(frozen=True, slots=True)
class Measurement:
    """What the network is worth on all points after ``step`` updates. ``tested``: whether there are test rows."""

    step: int
    epoch: float
    train: Quality
    test: Quality
    tested: bool


@dataclass(frozen=True, slots=True)
class NetworkEvaluation:
    """The network on the whole training and test set. ``health``: of every node that has an activation, by id."""

    train: Quality
    test: Quality
    health: Mapping[str, LayerHealth]


class Observer:
    """Evaluates a plan on a data set and on the shown plane. Rebuilt when either changes."""

    def __init__(self, plan: Plan, dataset: Dataset) -> None:
        self.plan, self.dataset = plan, dataset
        self.train: Table = table_of(plan, dataset, dataset.train)
        self.test: Table = table_of(plan, dataset, dataset.test)
        self.constant_loss = constant_loss(plan, self.train)
        """What the best answer that is the same for all training rows costs."""
        self._true = dataset.y[dataset.train], dataset.y[dataset.test]
        self._evaluation: Paced[NetworkEvaluation] = Paced(EVALUATION_SHARE)
        self._maps: Paced[Mapping[str, Image]] = Paced(MAPS_SHARE)
        self._grid: Paced[DecisionGrid] = Paced(GRID_SHARE)
        self._plane = plane_of(dataset)
        self._inputs: dict[int, dict[str, Array]] = {}

    @cached_property
    def target_distance(self) -> float:
        """How far apart the least and the greatest target are."""
        return float(np.ptp(self.train.targets)) if self.train.targets.size else 0.0

    @cached_property
    def do_lines_suffice(self) -> bool:
        """Whether the least-squares line learns most of the training rows."""
        step = max(1, self.train.rows // ENOUGH_ROWS)
        targets = self.train.targets[::step]
        features = np.column_stack([*(array[::step] for array in self.train.inputs.values()), np.ones(len(targets))])
        if not len(targets) or not np.isfinite(features).all() or not np.isfinite(targets).all():
            return False
        answers = features @ np.linalg.lstsq(features, targets, rcond=None)[0]
        score = score_of(self.plan, answers, self._true[0][::step])
        return is_mostly_learnt(Quality(np.nan, score), self.dataset.common_share)

    def look_at(self, columns: tuple[int, int]) -> None:
        """Show another plane."""
        self._plane = plane_of(self.dataset, columns)
        self._inputs.clear()
        self._maps, self._grid = Paced(MAPS_SHARE), Paced(GRID_SHARE)

    def forget(self) -> None:
        """What was worked out is of other weights."""
        self._evaluation = Paced(EVALUATION_SHARE)
        self._maps, self._grid = Paced(MAPS_SHARE), Paced(GRID_SHARE)

    def evaluate(self, state: NetworkState, fresh: bool) -> NetworkEvaluation:
        """Losses, scores and layer health; the latest unless it is due again or ``fresh``."""
        return self._evaluation.get(lambda: self._evaluate(state), fresh)

    def maps(self, backend: Backend, state: NetworkState, fresh: bool) -> Mapping[str, Image]:
        """Per block id (units, 25, 25): each neuron's a over the plane."""
        return self._maps.get(lambda: self._draw_maps(backend, state), fresh)

    def decision(self, backend: Backend, state: NetworkState, fresh: bool) -> DecisionGrid:
        """The output over the plane at 100×100."""
        return self._grid.get(lambda: self._draw_grid(backend, state), fresh)

    def measure(self, state: NetworkState) -> tuple[Quality, Quality]:
        """Loss and score on all training and all test rows, and no more: the same numbers as :meth:`evaluate`'s."""
        with np.errstate(all="ignore"):
            return self._judge(state, last_z(self.plan, state, self.train.inputs))

    def _judge(self, state: NetworkState, train: Array) -> tuple[Quality, Quality]:
        """``train``: the output's z on the training rows."""
        test = last_z(self.plan, state, self.test.inputs)
        return quality(self.plan, train, self.train, self._true[0]), quality(self.plan, test, self.test, self._true[1])

    def _evaluate(self, state: NetworkState) -> NetworkEvaluation:
        health, z = {}, self.train.targets
        with np.errstate(all="ignore"):
            for node, result in walk(self.plan, state, self.train.inputs):
                z = result.z
                if node.kind.has_delta:
                    health[node.id] = layer_health(node, z, result.a, self.train.targets, self.dataset.largest)
            return NetworkEvaluation(*self._judge(state, z), health)

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
