"""Every number asked for twice more, away from the window: of PyTorch or who stands in for it, and by nudging each node
a little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background
from app.kit.origin.facts import OracleComparison
from app.kit.quiet import Quiet
from app.workspaces.scalar_graph.computation import Computation, PassState
from engine.autodiff.check import GradientCheck, check_graph
from engine.autodiff.curves import finite_differences
from engine.autodiff.kinks import Kink, kinks
from engine.value_check import CheckedValue

SETTLED_MS = 90
"""So long the numbers must stand still before anybody is asked."""
PAUSE_MS = 120


Gaps: TypeAlias = "tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]"


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """So many ``gradients`` in sight were compared; those that agree are ``apart`` by so much at most; ``wrong``: the
    first node whose value or gradient in sight disagrees, if there is one."""

    gradients: int
    apart: float
    wrong: int | None


@dataclass(frozen=True)
class CheckResult:
    """The check of the numbers of ``worked``: ``others``, None where nobody could be asked, and the measured
    slopes by node. ``kinks``: the nodes along which the result has one."""

    worked: Computation
    others: GradientCheck | None
    differences: Sequence[float | None]
    kinks: Mapping[int, Kink] = field(default_factory=dict)

    @cached_property
    def gaps(self) -> tuple[Gaps, Gaps]:
        """Of values and of gradients, by node: how far each is from theirs, whether it agrees, and whether there is one
        of theirs."""
        return tuple(_gaps([ask(index) for index in range(self.nodes)]) for ask in (self.value, self.gradient))  # type: ignore[return-value]

    def compared(self, state: PassState) -> CheckSummary:
        """What the comparison has come to, of all that is in sight; inputs and constants are what they are anyway. Once
        for everybody who says it."""
        if not self._last or self._last[0][0] is not state:
            self._last[:] = [(state, self._compared(state))]
        return self._last[0][1]

    @cached_property
    def _last(self) -> list[tuple[PassState, CheckSummary]]:
        return []

    def _compared(self, state: PassState) -> CheckSummary:
        graph = self.worked.graph
        values = np.array([value is not None for value in state.values]) & ~self._given
        gradients = np.array([gradient is not None for gradient in state.gradients]) & np.array(graph.live)
        (_, same, _), (gaps, agree, known) = self.gaps
        wrong: list[int] = np.flatnonzero((values & ~same) | (gradients & ~agree)).tolist()
        apart = float(gaps[gradients & agree].max(initial=0.0))
        return CheckSummary(int((gradients & known).sum()), apart, min(wrong, default=None))

    @cached_property
    def _given(self) -> NDArray[np.bool_]:
        return np.array([node.rule is None for node in self.worked.graph.nodes])

    def gap_at(self, index: int) -> float:
        """How far value or gradient of a node is from theirs, whichever is further."""
        return max(float(gaps[index]) for gaps, _agree, _known in self.gaps)

    @property
    def nodes(self) -> int:
        """How many there are."""
        return len(self.differences)

    def value(self, index: int) -> OracleComparison | None:
        """Our value of a node beside theirs."""
        theirs = self.others.value(index) if self.others is not None else None
        return _comparison(index, self.worked.values.of[index], theirs)

    def gradient(self, index: int) -> OracleComparison | None:
        """Our gradient of a node beside theirs."""
        theirs = self.others.gradient(index) if self.others is not None else None
        return _comparison(index, self.worked.gradients.of[index], theirs)


def _comparison(index: int, ours: float | None, theirs: CheckedValue[float] | None) -> OracleComparison | None:
    if ours is None or theirs is None:
        return None
    return OracleComparison(index, ours, theirs.value, theirs.by, theirs.error)


def _gaps(pairs: Sequence[OracleComparison | None]) -> Gaps:
    """Where there is nothing to compare, nothing differs."""
    gaps = np.array([pair.difference if pair is not None else 0.0 for pair in pairs])
    agree = np.array([pair is None or pair.agrees for pair in pairs], dtype=np.bool_)
    return gaps, agree, np.array([pair is not None for pair in pairs], dtype=np.bool_)


class Checks(QObject):
    """Asks about what is worked out whenever it stands still. ``changed``: :attr:`found` is there; that there is none
    is seen with the numbers it is of."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: CheckResult | None = None
        self._worked: Computation | None = None
        self._begun = False
        self._background = Background("graph-check", latest_only=True, tells=True, pause_ms=PAUSE_MS, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self._fail)
        self._rest = Quiet(self)
        self._rest.come.connect(self._ask)

    def of(self, worked: Computation | None) -> CheckResult | None:
        """Return the check of these numbers; None until it is there."""
        return self.found if self.found is not None and self.found.worked is worked else None

    def follow(self, worked: Computation | None) -> None:
        """Other numbers: what was found of the former ones counts no more."""
        self._worked = worked
        self.found = None
        self._background.cancel()
        if worked is not None and self._begun:
            self._rest.wait(SETTLED_MS)

    def begin(self) -> None:
        """Everything is in sight: ask from now on. Loading PyTorch would keep the window from being built."""
        self._begun = True
        self.follow(self._worked)

    @Slot()
    def _ask(self) -> None:
        worked = self._worked
        if worked is not None:
            self._background.request(lambda _job: check(worked))

    @Slot(object)
    def _take(self, found: CheckResult) -> None:
        if found.worked is self._worked:
            self.found = found
            self.changed.emit()

    @Slot(object)
    def _fail(self, _problem: object) -> None:
        if self._worked is not None:
            nothing = [None] * len(self._worked.graph.nodes)
            self.found = CheckResult(self._worked, None, nothing)
            self.changed.emit()

    def close(self) -> None:
        """Ask no more."""
        self._rest.stop()
        self._background.close(wait=True)


def check(worked: Computation) -> CheckResult:
    """In another thread: others' numbers, and the slope that is measured at each node."""
    graph, inputs = worked.graph, worked.inputs
    measured = finite_differences(graph, inputs)
    differences = [measured.get(index) for index in range(len(graph.nodes))]
    found = CheckResult(worked, check_graph(graph, inputs), differences, kinks(graph, inputs))
    _ = found.gaps, worked.finite  # worked out here, so that the window only looks it up
    return found
