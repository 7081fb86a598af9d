"""The map of depth × scale: where a configuration's signal arrives, and where it vanishes or explodes.

A network of depth d begins with the first d layers of one of depth 50: a layer's weights depend on its place alone. So
the forward pass of the deepest is that of all, and only the way back is another for each depth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.activations import activation
from engine.data.dataset import Dataset
from engine.gradients.array_pool import LayerArrays, lent_room
from engine.gradients.draws import Weights, start_weights
from engine.gradients.experiment import Configuration
from engine.gradients.predicted import predict_depths
from engine.gradients.rows import Rows, rows_from
from engine.gradients.signal import CRITERION, SignalLayer, backward, forward, norm_of, ratio_of
from engine.gradients.training import train
from engine.gradients.verdict import Reason, judgement
from engine.graph.kinds.base import Array

DEPTHS = tuple(range(2, 51, 2))
TRAINED_DEPTHS = tuple(range(2, 51, 4))
STEPS_A_DECADE = 10
STEPS = 50
"""So long each cell is trained."""


Mask = NDArray[np.bool_]
MapKind = Literal["signal", "loss"]


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """A figure for every depth and scale, (depths, scales), NaN where it is not known yet.

    Of the ``signal`` at the start: log₁₀(‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖), ±infinite where nothing arrives and where numbers overflow. Of
    the ``loss``: that of all points after ``steps`` steps, infinite where training broke down. ``edge`` (depths,): the
    scale at which theory has the ratio at 1, NaN where there is none. ``beside`` (depths, scales): whether layer 1 or
    the last one is stuck, see :mod:`engine.gradients.verdict`; the signal's figure is then of the layers beside them.
    """

    kind: MapKind
    depths: tuple[int, ...]
    scales: tuple[float, ...]
    values: Array
    edge: Array
    done: float
    steps: int = 0
    beside: Mask | None = None

    @property
    def complete(self) -> bool:
        """Whether every cell is known."""
        return self.done >= 1.0

    @property
    def known(self) -> int:
        """How many cells are known."""
        return int(np.count_nonzero(~np.isnan(self.values)))


def scales_of(configuration: Configuration) -> tuple[float, ...]:
    """The scales of the map: three decades that hold those that are usual."""
    low, high = (-2, 1) if configuration.initializer in ("normal", "uniform", "constant") else (-1, 1)
    steps = STEPS_A_DECADE * (high - low)
    return tuple(float(f"{10.0 ** (low + i / STEPS_A_DECADE):.3g}") for i in range(steps + 1))


def scan(
    configuration: Configuration,
    rows: Rows,
    seed: int,
    *,
    begun: Map | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    found: Callable[[Map], None] = lambda _map: None,
) -> Map:
    """The whole map, column by column from the middle scale outwards; ``found`` hears it as it grows. Where it is
    cancelled, what is not known stays NaN; ``begun``: a map that was, which is gone on with."""
    scales, grown = scales_of(configuration), _Growing("signal", DEPTHS, scales_of(configuration), begun)
    predicted = np.full(grown.values.shape, math.nan)
    beside: Mask = np.zeros(predicted.shape, dtype=np.bool_)
    if begun is not None and begun.beside is not None:
        beside[:] = begun.beside
    for column in _outwards(len(scales)):
        if cancelled():
            break
        deep = configuration.model_copy(update={"depth": DEPTHS[-1], "scale": scales[column]})
        predicted[:, column] = _predicted(deep, rows)
        if np.isnan(grown.values[:, column]).any():
            grown.values[:, column], beside[:, column] = zip(*_logarithms(deep, rows, seed), strict=True)
            found(grown.map(_edge(predicted, scales), beside=beside))
    return grown.map(_edge(predicted, scales), beside=beside)


def scan_training(
    configuration: Configuration,
    dataset: Dataset,
    seed: int,
    *,
    steps: int = STEPS,
    compiled: bool = True,
    begun: Map | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    found: Callable[[Map], None] = lambda _map: None,
) -> Map:
    """Where training lives: every fourth depth and every other scale trained for some steps, from the middle scale
    outwards; ``found`` hears of every cell, and first of the edge, which theory has before anything is trained.
    ``begun``: a map that was called off, which is gone on with."""
    scales, rows = scales_of(configuration)[::2], rows_from(dataset)
    grown = _Growing("loss", TRAINED_DEPTHS, scales, begun)
    scaled = [configuration.model_copy(update={"scale": one}) for one in scales]
    deepest = (one.model_copy(update={"depth": DEPTHS[-1]}) for one in scaled)
    edge = _edge(np.column_stack([_predicted(one, rows, TRAINED_DEPTHS) for one in deepest]), scales)
    found(grown.map(edge, steps))
    for column in _outwards(len(scales)):
        for row, depth in enumerate(TRAINED_DEPTHS):
            if not np.isnan(grown.values[row, column]):
                continue
            one = scaled[column].model_copy(update={"depth": depth})
            run = train(one, dataset, seed, steps, compiled=compiled, cancelled=cancelled)
            if cancelled():
                return grown.map(edge, steps)
            grown.values[row, column] = math.inf if run.failure is not None else float(run.loss[-1])
            found(grown.map(edge, steps))
    return grown.map(edge, steps)


class _Growing:
    """A map under way."""

    def __init__(self, kind: MapKind, depths: tuple[int, ...], scales: tuple[float, ...], begun: Map | None) -> None:
        self._kind, self._depths, self._scales = kind, depths, scales
        self.values = np.full((len(depths), len(scales)), math.nan) if begun is None else begun.values.copy()

    def map(self, edge: Array, steps: int = 0, beside: Mask | None = None) -> Map:
        """As it is now, which stays as it is."""
        values = self.values.copy()
        done = float(np.mean(~np.isnan(values)))
        own = None if beside is None else beside.copy()
        return Map(self._kind, self._depths, self._scales, values, edge, done, steps, own)


def _outwards(count: int) -> Iterator[int]:
    middle = count // 2
    return iter(sorted(range(count), key=lambda index: abs(index - middle)))


def _predicted(deep: Configuration, rows: Rows, depths: tuple[int, ...] = DEPTHS) -> Array:
    """The predicted ratio's logarithm at each depth, NaN where theory is silent."""
    found = predict_depths(deep, rows, depths)
    with np.errstate(divide="ignore"):
        return np.array([np.log10(one.ratio) for one in found] or [math.nan] * len(depths))


def _edge(predicted: Array, scales: tuple[float, ...]) -> Array:
    """For each depth the first scale at which the predicted ratio rises through 1, NaN where it does not: between two
    scales of the map, on a straight line between their logarithms."""
    edge = np.full(len(predicted), math.nan)
    places = np.log10(scales)
    for row, line in enumerate(predicted):
        for column in range(len(scales) - 1):
            low, high = line[column], line[column + 1]
            if low < 0.0 <= high:
                share = -low / (high - low) if math.isfinite(low) and math.isfinite(high) else 0.5
                edge[row] = 10.0 ** (places[column] + share * (places[column + 1] - places[column]))
                break
    return edge


def _logarithms(deep: Configuration, rows: Rows, seed: int) -> Iterator[tuple[float, bool]]:
    """For each of :data:`DEPTHS` the logarithm of the ratio, and whether it is beside stuck layers, from the layers of
    the deepest."""
    with np.errstate(all="ignore"), lent_room(len(rows.x), deep.width) as room:
        weights = start_weights(deep, seed)
        layers = forward(deep, weights.hidden, rows.x, room)
        for depth in DEPTHS:
            yield _logarithm(deep, weights, layers[:depth], rows, room)


def _logarithm(
    configuration: Configuration, weights: Weights, layers: list[SignalLayer], rows: Rows, room: LayerArrays
) -> tuple[float, bool]:
    output = layers[-1].gives @ weights.output.T
    if not np.isfinite(output).all():
        return math.inf, False
    delta = CRITERION.delta(output, rows.target, activation("logistic"))
    deltas = backward(configuration, weights.hidden, layers, delta @ weights.output, room, shared=False).deltas
    ratio, beside = ratio_of(ends := np.array([norm_of(deltas[0]), norm_of(deltas[-1])])), False
    silent = not ends.any()
    if configuration.skip:
        found = judgement(np.array([norm_of(one) for one in deltas]), skip=True)
        beside = bool({1, len(layers)} & set(found.stuck))
        ratio, silent = found.share if beside else ratio, found.reason is Reason.SILENT
    if math.isnan(ratio):
        return -math.inf if silent else math.inf, beside
    return math.log10(ratio) if ratio > 0.0 else -math.inf, beside
