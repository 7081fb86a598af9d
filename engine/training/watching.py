"""What a lesson says to watch for, as conditions on the snapshots of a run: each is pure arithmetic on what is shown.

A condition is asked with every snapshot and says whether it holds there. Those that need a stretch of the run remember
where it began; a run that starts over is a new stretch.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from engine.graph.kinds.base import Array
from engine.training.snapshot import Snapshot

LATEST_START = 5.0
"""Epochs: a stretch from the start begins with the first snapshot after a step, which comes so far on at full speed."""


class Condition(ABC):
    """Asked with one snapshot after another."""

    @abstractmethod
    def holds(self, snapshot: Snapshot) -> bool:
        """Whether what is to be seen can be seen in this snapshot."""


class _Stretch(Condition):
    """Holds once something has been so for ``epochs`` on end; ``from_start``: only of the first ones of a run."""

    def __init__(self, epochs: float, *, from_start: bool = False) -> None:
        self._epochs, self._from_start = epochs, from_start
        self._since: float | None = None

    @abstractmethod
    def _is_so(self, snapshot: Snapshot) -> bool: ...

    def holds(self, snapshot: Snapshot) -> bool:
        if snapshot.failure is not None or not self._is_so(snapshot):
            self._since = None
            return False
        if self._since is None or snapshot.epoch < self._since:
            self._since = snapshot.epoch
        if self._from_start and self._since > LATEST_START:
            return False
        return snapshot.epoch - self._since >= self._epochs


class LossRests(_Stretch):
    """The training loss has stayed within a share of where it was, for so many epochs."""

    def __init__(self, within: float, epochs: float) -> None:
        super().__init__(epochs)
        self._within = within
        self._level = float("nan")

    def _is_so(self, snapshot: Snapshot) -> bool:
        loss = snapshot.train_loss
        rests = abs(loss - self._level) <= self._within * abs(self._level)
        if not rests:
            self._level, self._since = loss, None
        return bool(np.isfinite(loss)) and snapshot.step > 0


class LossBelow(Condition):
    """The loss of all training points is below a limit."""

    def __init__(self, limit: float) -> None:
        self._limit = limit

    def holds(self, snapshot: Snapshot) -> bool:
        return snapshot.step > 0 and snapshot.train_loss < self._limit


class ScoreReaches(Condition):
    """The test set's share of correct classes, or R², is at least so much after a first step."""

    def __init__(self, score: float) -> None:
        self._score = score

    def holds(self, snapshot: Snapshot) -> bool:
        return snapshot.step > 0 and snapshot.accuracy >= self._score


class ScoreGap(Condition):
    """The training points are right more often than the test points, by at least so much."""

    def __init__(self, gap: float) -> None:
        self._gap = gap

    def holds(self, snapshot: Snapshot) -> bool:
        return snapshot.step > 0 and snapshot.train_accuracy - snapshot.accuracy >= self._gap


FALLING = 1.05
"""A loss goes on falling while it is within this factor of its least: mini-batches let it waver."""


class TestLossRises(Condition):
    """The test loss stands at least ``by`` times above its least value of this run, while the training loss goes on
    falling: it is below where it was then, and all but at its own least."""

    __test__ = False  # a name that pytest would take for a test of its own

    def __init__(self, by: float) -> None:
        self._by = by
        self._forget()

    def _forget(self) -> None:
        self._step, self._least, self._train, self._least_train = -1, float("inf"), float("inf"), float("inf")

    def holds(self, snapshot: Snapshot) -> bool:
        if snapshot.step < self._step:
            self._forget()
        self._step = snapshot.step
        if snapshot.test_loss < self._least:
            self._least, self._train = snapshot.test_loss, snapshot.train_loss
        self._least_train = min(self._least_train, snapshot.train_loss)
        falls = snapshot.train_loss < self._train and snapshot.train_loss <= FALLING * self._least_train
        return falls and snapshot.test_loss >= self._by * self._least


class SignalShare(_Stretch):
    """‖δ‖ of the first layer over ‖δ‖ of the last hidden one lies between two bounds, for so many epochs."""

    def __init__(self, low: float, high: float, epochs: float = 0.0, *, from_start: bool = False) -> None:
        super().__init__(epochs, from_start=from_start)
        self._low, self._high = low, high

    def _is_so(self, snapshot: Snapshot) -> bool:
        deltas = [layer.delta for layer in snapshot.layers]
        if len(deltas) < 3 or snapshot.step == 0 or not deltas[-2] > 0.0:
            return False
        return self._low <= deltas[0] / deltas[-2] <= self._high


class FlatMaps(Condition):
    """From a layer on, no hidden unit's activation changes by more than ``span`` over the plane that is shown."""

    def __init__(self, first_layer: int, span: float) -> None:
        self._first, self._span = first_layer, span

    def holds(self, snapshot: Snapshot) -> bool:
        layers = [layer.block_id for layer in snapshot.layers][self._first - 1 : -1]
        images = [snapshot.maps[block_id] for block_id in layers if block_id in snapshot.maps]
        return (
            snapshot.step > 0
            and bool(images)
            and all(float(np.ptp(image, axis=(1, 2)).max()) <= self._span for image in images)
        )


class ParameterSign(Condition):
    """One number of a block's array is below zero (``sign`` −1) or above it (+1), after a first step."""

    def __init__(self, block_id: str, name: str, index: tuple[int, ...], sign: int) -> None:
        self._key, self._index, self._sign = (block_id, name), index, sign

    def holds(self, snapshot: Snapshot) -> bool:
        array: Array | None = snapshot.weights.get(self._key)
        fits = array is not None and array.ndim == len(self._index)
        if array is None or not fits or any(i >= n for i, n in zip(self._index, array.shape, strict=True)):
            return False
        return snapshot.step > 0 and self._sign * float(array[self._index]) > 0.0
