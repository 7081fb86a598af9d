"""Slopes to both sides where no chain of slopes tells them: measured, by going there and looking."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.autodiff.graph import ScalarGraph

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_STEP = 2.0**-10
"""How far a node goes, relative to its value: what lies under a root of its square is then well above rounding."""
_PARTS = (1.0, 0.5, 0.25)
HAIRS = (2.0**-33, 2.0**-47)
"""Relative to a value: so near to it is looked at to tell a jump from what is steep …"""
_JUMPS = 0.5
"""… by how much of the change over the farther is left over the nearer: of a tenth root two fifths, of a jump all …"""
_ROUNDING = 2.0**-46
"""… unless it is no more than this share of the values."""
SETTLED = 1e-4
"""Two measurements, one with half the other's step, that differ by no more of their value have settled …"""
NOTHING = 1e-6
"""… and so have two that are no greater than this."""


class ByGoing:
    """Each of ``some`` nodes, in rising order, goes a little way by itself, down in one lane and up in another; nobody
    goes before it is asked."""

    def __init__(self, graph: ScalarGraph, values: Sequence[float], some: Sequence[int]) -> None:
        self._graph, self._values, self._some = graph, values, some
        at = np.abs([values[one] for one in some])
        self._step: Array = _STEP * np.exp2(np.ceil(np.log2(np.maximum(at, 1.0)))).repeat(2)

    def rates(self, index: int) -> Array:
        """How fast a node begins to move, (2·some,): NaN where there is nothing on that side, and 0 to both sides where
        the measurements do not settle."""
        rates, settled = self._rates(index)
        return np.where(settled.reshape(-1, 2).all(axis=1).repeat(2), rates, 0.0)

    def beside(self, index: int, place: int) -> tuple[float, float] | None:
        """The slopes of a node along ``place``, one of these nodes, to its left and right, ±∞ where it jumps; None
        where the measurements do not settle."""
        rates, settled = self._rates(index)
        with np.errstate(all="ignore"):
            parts = np.array(_PARTS)[:, None] * self._quotients(index)
            jump, stays = _at_no_distance(*parts)
            jumps = ~settled & stays & (np.abs(jump) > NOTHING)
        slopes = np.where(jumps, np.copysign(np.inf, jump), np.where(np.abs(rates) <= NOTHING, 0.0, rates))
        lane = 2 * self._some.index(place)
        if not (settled | jumps)[lane : lane + 2].all():
            return None
        return 0.0 - float(slopes[lane]), float(slopes[lane + 1])

    def jumps(self, index: int, place: int) -> tuple[bool, bool]:
        """Whether a node jumps to the left and to the right along ``place``, one of these nodes."""
        lane, at = 2 * self._some.index(place), np.array(self._values[index])
        with np.errstate(all="ignore"):
            beside = np.array([there.get(index, np.full(len(self._step), at)) for there in self._beside])
        left, right = (leaps(at, one) for one in beside[:, lane : lane + 2].T)
        return left, right

    def _rates(self, index: int) -> tuple[Array, Mask]:
        """The rates, and whether they have settled, (2·some,) each."""
        quotients = self._quotients(index)
        with np.errstate(all="ignore"):
            rates, settled = _at_no_distance(*quotients)
        return rates, settled | np.isnan(quotients).all(axis=0)

    def _quotients(self, index: int) -> Array:
        """How far it moves, per step, for each part of it: (3, 2·some)."""
        at = self._values[index]
        with np.errstate(all="ignore"):
            return np.array(
                [
                    (there.get(index, at) - at) / (self._step * part)
                    for part, there in zip(_PARTS, self._gone, strict=True)
                ]
            )

    @cached_property
    def _gone(self) -> tuple[dict[int, Array], ...]:
        """For each part of a step: where all are that something of these nodes goes into."""
        return tuple(self._walk(self._step * part) for part in _PARTS)

    @cached_property
    def _beside(self) -> tuple[dict[int, Array], ...]:
        """Where they are a hair beside, the farther first."""
        with np.errstate(all="ignore"):
            return tuple(self._walk(self._step * (hair / _STEP)) for hair in HAIRS)

    def _walk(self, step: Array) -> dict[int, Array]:
        lane = {node: 2 * place for place, node in enumerate(self._some)}
        there: dict[int, Array] = {}
        for index in range(self._some[0], len(self._graph.nodes)):
            node = self._graph.nodes[index]
            if node.rule is not None and any(parent in there for parent in node.parents):
                operands = [there.get(parent, self._values[parent]) for parent in node.parents]
                there[index] = np.array(node.rule.value(*operands), dtype=np.float64)
            if index in lane:
                row = there.setdefault(index, np.full(len(step), self._values[index]))
                place = lane[index]
                row[place : place + 2] += (-step[place], step[place + 1])
        return there


def leaps(before: Array, after: Array) -> bool:
    """Whether what goes from ``before`` to ``after``, the farther first and then the nearer, jumps between them."""
    wide, narrow = np.abs(after - before)
    rounding = _ROUNDING * np.maximum(np.abs(before), np.abs(after)).max()
    return bool(narrow > max(_JUMPS * wide, rounding))


def _at_no_distance(whole: Array, half: Array, quarter: Array) -> tuple[Array, Mask]:
    """What measurements with these parts of a step come to, and whether they have settled on that. Richardson: what
    grows with the step falls away."""
    rough, fine = 2.0 * half - whole, 2.0 * quarter - half
    settled: Mask = np.abs(rough - fine) <= SETTLED * np.abs(fine)
    return fine, settled | (np.maximum(np.abs(rough), np.abs(fine)) <= NOTHING)
