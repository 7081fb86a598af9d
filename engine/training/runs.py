"""Runs that were put by: what each has come to, and where it can be taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.formats.progress import PastRun, RunBranch
from engine.network.choice import choose_backend
from engine.network.plan import Plan, compile_graph
from engine.training.checkpoints import Checkpoints, RunCheckpoint
from engine.training.events import Change, data_change, graph_changes, hyper_changes
from engine.training.history import History, RunCurves
from engine.training.observer import Observer
from engine.training.progress import past_run
from engine.training.quality import Quality
from engine.training.ring import BUCKETS
from engine.training.setup import Setup
from engine.training.snapshot import DecisionGrid
from engine.training.tables import target_of


@dataclass(frozen=True, slots=True, eq=False)
class StoredRun:
    """A run with all its ``curves``, as far as it went, and its ``checkpoints``, the last of which is its end."""

    checkpoints: Checkpoints
    curves: RunCurves

    @property
    def number(self) -> int:
        """Which run it is."""
        return self.checkpoints.number

    @property
    def branch(self) -> RunBranch | None:
        """Where it has left another."""
        return self.checkpoints.branch

    @property
    def end(self) -> RunCheckpoint:
        """As far as it went."""
        return self.checkpoints.last

    @property
    def history(self) -> History:
        """Its curves."""
        return self.curves.history()

    @property
    def arrays(self) -> Iterator[NDArray[Any]]:
        """What it holds, which other runs may share."""
        yield from self.curves.arrays
        for one in self.checkpoints:
            yield from one.arrays

    def shortened(self) -> StoredRun:
        """The same run, of which only the end can be taken up again."""
        return replace(self, checkpoints=self.checkpoints.only_last())

    def taken_to(self, step: int) -> tuple[Setup, PastRun, Checkpoints]:
        """What it was made of near a ``step``, how it stood there, and where it can be taken from there."""
        checkpoints = self.checkpoints.copy()
        checkpoints.turn_back(self.curves, self.end.updates)
        then = checkpoints.at(step)
        assert then is not None
        return then.setup, past_run_at(then, self.end.updates, self.history), checkpoints


def past_run_at(then: RunCheckpoint, end: int, now: History, plan: Plan | None = None) -> PastRun:
    """The run as it was at a checkpoint, of one that has gone on to the step ``end`` with these curves. ``plan``: its
    network's, where it is there already."""
    setup = then.setup
    plan = plan or compile_graph(setup.graph, target_of(setup.dataset))
    run = past_run(plan, then, setup.hyper.optimizer, then.steps_per_epoch, end, now, BUCKETS)
    if run.progress is None:
        return run
    return replace(run, progress=replace(run.progress, norms=then.norms, signal=then.signal, change=then.change))


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """What a network answers: its losses and scores on all points, and its answers over the plane."""

    train: Quality
    test: Quality
    decision: DecisionGrid


def portrait(then: RunCheckpoint) -> Portrait:
    """Work it out from a checkpoint, in any thread."""
    setup = then.setup
    plan = compile_graph(setup.graph, target_of(setup.dataset))
    observer = Observer(plan, setup.dataset)
    with np.errstate(all="ignore"):
        train, test = observer.measure(then.state)
        return Portrait(train, test, observer.decision(choose_backend(plan, "numpy"), then.state, fresh=True))


def differences(one: Setup, other: Setup) -> list[Change]:
    """In what another setup differs from one."""
    found = [data_change(one.dataset, other.dataset)] if one.dataset is not other.dataset else []
    return [*found, *graph_changes(one.graph, other.graph), *hyper_changes(one.hyper, other.hyper)]
