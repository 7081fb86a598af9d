"""Every curve of a run, however long: the loss of all points after an epoch, and what each step measured."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.formats.progress import Curve, Event, Progress, ProgressChange
from engine.graph.kinds.base import Array
from engine.network.contract import TrainReport
from engine.training.condensing import Indices
from engine.training.events import bounded, joined
from engine.training.quality import Quality
from engine.training.ring import BUCKETS, DecimatingRing, nothing
from engine.training.thinning import by_steps, change_start, since_change
from engine.training.verdicts import LearningState, RunVerdict, Trouble, Verdict

QUANTITIES = ("weight_gradient", "bias_gradient", "delta", "update_ratio")
MEASURED = ("train_loss", "test_loss", "accuracy")
BATCH_LOSS = "batch_loss"
JUDGED_POINTS = 64
"""So many points of its loss tell whether a run learns."""
MOST_PARKED = 64
"""Blocks that are gone keep their curves, for an undo that brings them back; no more than so many."""
MOST_EVENTS = 128
TURN_SECONDS = 1.0
"""Changes of one thing that follow each other so quickly are one."""


@dataclass(frozen=True, slots=True)
class History:
    """Every curve of the run so far.

    ``train_loss``, ``test_loss`` and ``accuracy``: of *all* points, each time they were measured: after an epoch as
    often as that is affordable, and with every snapshot that was asked to be fresh. Their last point is what the
    snapshot shows, also where that was measured on the way and will not stay.
    In a run without probes (``run_steps(probe=False)``, as headless commands do) only snapshots and ``judge`` measure.
    ``batch_loss``: every single batch's loss before its update; its range is that of the batches.
    Keys of ``layers``: ``weight_gradient``, ``bias_gradient``, ``delta``, ``update_ratio``; then the block id: every
    step that was probed. A block that came later begins later. ``since_change``: the training loss since the latest of
    the ``events``, which are what was changed on the way; ``change``: what the latest left to judge by.
    """

    train_loss: Curve
    test_loss: Curve
    accuracy: Curve
    batch_loss: Curve
    layers: Mapping[str, Mapping[str, Curve]]
    since_change: Curve
    events: tuple[Event, ...] = ()
    change: ProgressChange = field(default_factory=ProgressChange)

    @property
    def last_change(self) -> int:
        """The step at which the network was last changed, 0 where it never was."""
        return self.events[-1].step if self.events else 0

    @property
    def least_before_change(self) -> float:
        """The least loss of all training points before the latest change, on the same data; infinite where it wasn't
        measured."""
        data = [place for place, event in enumerate(self.events) if event.kind == "data"]
        first = change_start(self.train_loss, self.events[: data[-1] + 1]) if data else 0
        before = self.train_loss.low[first : change_start(self.train_loss, self.events)]
        return float(np.nanmin(before, initial=np.inf))

    @property
    def losses_since_change(self) -> Array:
        """The least loss of all training points in each of :data:`JUDGED_POINTS` stretches since then, or fewer; the
        same however coarsely the curve is kept."""
        curve = by_steps(self.since_change, JUDGED_POINTS)
        return curve.low[curve.count > 0]

    @property
    def largest_update(self) -> tuple[str, float]:
        """The largest ‖Δw‖/‖w‖ of a layer's step since the last change, and that layer; 0 where none was measured."""
        found = ("", 0.0)
        for block_id, curve in self.layers["update_ratio"].items():
            high = curve.high[(curve.count > 0) & (curve.steps >= self.last_change)]
            peak = float(high[np.isfinite(high)].max(initial=0.0))
            found = (block_id, peak) if peak > found[1] else found
        return found


@dataclass(slots=True)
class _Blocks:
    """Which rows of the ring of norms belong to which block; those of no block are free."""

    rows: dict[str, Indices] = field(default_factory=dict)
    parked: dict[str, Indices] = field(default_factory=dict)


class RunCurves:
    """Fills the curves of a run whose blocks may come and go. ``verdict``: the latest while it had
    not broken down; ``verdict_before``: the latest such before the last change. ``drawn``: the blocks
    whose weights that change drew anew, each with the epoch up to which it counts as hardly trained."""

    def __init__(self, block_ids: tuple[str, ...]) -> None:
        self.block_ids: tuple[str, ...] = ()
        self._norms = DecimatingRing(0)
        self._batches = DecimatingRing(1)
        self._measured = DecimatingRing(len(MEASURED))
        self._since_change = DecimatingRing(1)  # of its own: after a long run the others' buckets are wide
        self._blocks = _Blocks()
        self._last: tuple[int, tuple[float, ...]] = (-1, ())
        self._passing: tuple[int, float, Array] | None = None
        self._events: list[Event] = []
        self._noted = -TURN_SECONDS
        self.verdict: RunVerdict | None = None
        self.verdict_before: RunVerdict | None = None
        self.drawn: dict[str, float] = {}
        self.follow(block_ids)

    def put_by(self) -> RunCurves:
        """A copy that takes no more room than it fills, to be taken up again by :meth:`taken_up`."""
        return self._copied(None)

    def taken_up(self) -> RunCurves:
        """A copy that goes on where these were put by."""
        return self._copied(BUCKETS)

    def _copied(self, buckets: int | None) -> RunCurves:
        other = copy(self)
        rings = (ring.copy(buckets) for ring in self._rings)
        other._norms, other._batches, other._measured, other._since_change = rings
        other._blocks = _Blocks(dict(self._blocks.rows), dict(self._blocks.parked))
        other._events = list(self._events)
        return other

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        """What they hold."""
        return tuple(array for ring in self._rings for array in ring.arrays)

    @property
    def _rings(self) -> tuple[DecimatingRing, ...]:
        return self._norms, self._batches, self._measured, self._since_change

    # Blocks and events --------------------------------------------------------------------------------------------

    def follow(self, block_ids: tuple[str, ...], returning: frozenset[str] = frozenset()) -> None:
        """From here on these blocks are probed. One that is new begins here, even under a name that was used before;
        those of ``returning`` go on where they were when they left."""
        blocks = self._blocks
        for gone in blocks.rows.keys() - set(block_ids):
            blocks.parked[gone] = blocks.rows.pop(gone)
        for block_id in block_ids:
            if block_id in blocks.rows:
                continue
            rows = blocks.parked.pop(block_id, None)
            if rows is None:
                rows = self._free_rows()
            elif block_id not in returning:
                self._norms.clear_rows(rows)
            blocks.rows[block_id] = rows
        self.block_ids = block_ids

    def _free_rows(self) -> Indices:
        parked = self._blocks.parked
        if len(parked) > MOST_PARKED:
            rows = parked.pop(next(iter(parked)))
            self._norms.clear_rows(rows)
            return rows
        first = self._norms.rows
        self._norms.add_rows(len(QUANTITIES))
        return first + np.arange(len(QUANTITIES))

    def note(self, event: Event, *, jump: bool) -> None:
        """Mark a change. ``jump``: the same step may have another loss after it."""
        last, now = (self._events.pop() if self._events else None), monotonic()
        at_once = now - self._noted < TURN_SECONDS
        self._events = bounded([*self._events, *joined(last, event, at_once=at_once)], MOST_EVENTS)
        self._noted, self.verdict_before, self.drawn = now, self.verdict, {}
        self._since_change = DecimatingRing(1)
        if not jump and self._last[0] == event.step:
            self._since_change.append(np.array([event.step]), np.array([event.epoch]), np.array([self._last[1][:1]]))
        if jump:
            for ring in self._rings:
                ring.part()
            self._last, self._passing = (-1, ()), None

    # Filling ------------------------------------------------------------------------------------------------------

    def record(self, first: int, epoch: float, steps_per_epoch: int, report: TrainReport) -> None:
        """Add the steps of a report, the first of which has this number and began at this epoch."""
        self._batches.append_run(first, epoch, steps_per_epoch, (report.losses[:, None],))
        if report.weight_gradients.shape[0] == report.steps > 0:
            norms = (report.weight_gradients, report.bias_gradients, report.deltas, report.updates)
            self._norms.append_run(first, epoch, steps_per_epoch, norms, self._rows())

    def _rows(self) -> Indices:
        """Of every curve of the present blocks, quantity by quantity."""
        rows = np.array([self._blocks.rows[block_id] for block_id in self.block_ids], dtype=np.int64)
        return rows.reshape(-1, len(QUANTITIES)).T.ravel()

    def measure(self, step: int, epoch: float, train: Quality, test: Quality | None, *, stays: bool = True) -> None:
        """Add what the network after ``step`` updates is worth on all points; ``test`` is None where there are no test
        rows. What is not finite counts as infinite. Unless it ``stays``, it ends the curves until the next one: which
        moments were looked at leaves no mark on them."""
        scores = (train.loss,) if test is None else (train.loss, test.loss, test.score)
        self._passing = None
        if (step, scores) == self._last:
            return
        values = np.full(len(MEASURED), np.nan)
        values[: len(scores)] = np.where(np.isfinite(scores), scores, np.inf)
        if not stays:
            self._passing = step, epoch, values
            return
        self._last = (step, scores)
        self._measured.append(np.array([step]), np.array([epoch]), values[:, None])
        self._since_change.append(np.array([step]), np.array([epoch]), values[:1, None])

    # Reading ------------------------------------------------------------------------------------------------------

    def history(self) -> History:
        """All of them so far."""
        blocks = len(self.block_ids)
        norms = self._norms.curves(self._rows().tolist())
        layers = {
            quantity: dict(zip(self.block_ids, norms[q * blocks : (q + 1) * blocks], strict=True))
            for q, quantity in enumerate(QUANTITIES)
        }
        train, test, accuracy = self._until_now(self._measured.curves(range(len(MEASURED)), latest=True))
        (since,) = self._since_change.curves([0], latest=True)
        (batches,) = self._batches.curves([0])
        return History(train, test, accuracy, batches, layers, since, tuple(self._events), self.change)

    def _until_now(self, measured: tuple[Curve, ...]) -> tuple[Curve, ...]:
        """The curves with what was measured since and does not stay."""
        if self._passing is None:
            return measured
        step, epoch, values = self._passing
        return tuple(_ending_in(curve, step, epoch, value) for curve, value in zip(measured, values, strict=True))

    @property
    def change(self) -> ProgressChange:
        """What the latest change left to judge by."""
        before = self.verdict_before
        if before is None:
            return ProgressChange(dict(self.drawn))
        quiet = tuple((layer.block_id, layer.trouble.value, layer.units) for layer in before.quiet)
        return ProgressChange(dict(self.drawn), before.is_well, quiet)

    def restore(self, progress: Progress) -> None:
        """Go on from curves that were kept, as :func:`named_curves` names them; what is missing begins here."""
        kept = progress.curves
        self._events = list(progress.events)
        self.drawn, self.verdict_before = dict(progress.change.drawn), _judged(progress.change)
        measured = _together([kept.get(name) for name in MEASURED])
        measured = [_before(curve, progress.updates) for curve in measured]  # this step is measured anew
        self._measured.restore(measured)
        self._since_change.restore([since_change(measured[0], self._events, BUCKETS)])
        self._batches.restore(_together([kept.get(BATCH_LOSS)]))
        names = [f"{quantity}/{block_id}" for quantity in QUANTITIES for block_id in self.block_ids]
        self._norms.restore(_placed(_together([kept.get(name) for name in names]), self._rows(), self._norms.rows))


def _judged(change: ProgressChange) -> RunVerdict | None:
    """The verdict just before a change, as far as those after it go by it."""
    if change.was_well is None:
        return None
    known = [layer for layer in change.quiet if layer[1] in set(Trouble)]
    quiet = tuple(Verdict(block, Trouble(trouble), 0.0, units, is_alarm=False) for block, trouble, units in known)
    return RunVerdict(LearningState.UNKNOWN, quiet, change.was_well)


def named_curves(history: History) -> dict[str, Curve]:
    """Every curve by one name: ``train_loss`` …, ``batch_loss``, and ``quantity/block id``."""
    named = {name: getattr(history, name) for name in (*MEASURED, BATCH_LOSS)}
    for quantity, curves in history.layers.items():
        named.update({f"{quantity}/{block_id}": curve for block_id, curve in curves.items()})
    return named


def _together(curves: list[Curve | None]) -> list[Curve]:
    """The curves over the same steps; one that is missing, or over others, has no values there."""
    base = next((curve for curve in curves if curve is not None), nothing())
    empty = np.full(len(base.steps), np.nan)
    void = Curve(base.steps, base.epochs, np.zeros(len(base.steps), dtype=np.int64), empty, empty, empty)
    return [curve if curve is not None and np.array_equal(curve.steps, base.steps) else void for curve in curves]


def _before(curve: Curve, step: int) -> Curve:
    """The curve without what was measured at this step or later."""
    end = int(np.searchsorted(curve.steps, step))
    values = (curve.mean[:end], curve.low[:end], curve.high[:end])
    return Curve(curve.steps[:end], curve.epochs[:end], curve.count[:end], *values)


def _ending_in(curve: Curve, step: int, epoch: float, value: float) -> Curve:
    """The curve with one value more; NaN is nothing measured."""
    values = (np.append(array, value) for array in (curve.mean, curve.low, curve.high))
    count = np.append(curve.count, 0 if np.isnan(value) else 1)
    return Curve(np.append(curve.steps, step), np.append(curve.epochs, epoch), count, *values)


def _placed(curves: list[Curve], rows: Indices, total: int) -> list[Curve]:
    """The curves at their rows of a ring that has so many."""
    placed = [*curves, *_together([None] * (total - len(curves)))][:total]
    for row, curve in zip(rows.tolist(), curves, strict=True):
        placed[row] = curve
    return placed
