"""Kinks: where an operation bends, so that there is a slope to the left and another to the right, and no derivative.

A slope to one side is a directional derivative. These go through a graph as slopes do, but for max, min, abs and relu
where they bend, whose result moves as the operation of what moves into it: max(u, v) at u = v by max(du, dv). See
Griewank and Walther, Evaluating Derivatives, 2nd edition, SIAM 2008, chapter 14. Where a root, or another power, at 0
is of what does not begin to move, as √(x²) at 0, that is ∞ · 0: there its slopes to both sides are measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.autodiff.collapse import opened
from engine.autodiff.going import NOTHING, SETTLED, ByGoing
from engine.autodiff.graph import ScalarGraph, ScalarNode, in_labels
from engine.autodiff.operations import FUNCTIONS
from engine.autodiff.tape import backward, forward
from engine.autodiff.writing import text_of

Array = NDArray[np.float64]

SAME = 1e-9
"""Two slopes that rounding alone sets apart, relative to the greater."""
BENDING = ("relu", "abs", "sign", "max", "min")
"""What has a corner, or a jump, where its operand is 0 or its two operands are the same."""
_AT_ONCE = 256  # nodes that are moved side by side


@dataclass(frozen=True, slots=True)
class Kink:
    """Where the output bends as a node moves. ``left``, ``right``: ∂output/∂node to the two sides, NaN where there is
    nothing on that side, as to the left of √0, of all that bends together; ``operations``: what bends, written out;
    ``jumping``: those of them at which the output jumps, so that the slopes to both sides are no numbers."""

    operations: tuple[str, ...]
    left: float
    right: float
    jumping: tuple[str, ...] = ()

    @property
    def jumps(self) -> bool:
        """Whether the output jumps as the node moves."""
        return bool(self.jumping)

    @property
    def bending(self) -> tuple[str, ...]:
        """The operations at which the output bends and does not jump."""
        return tuple(operation for operation in self.operations if operation not in self.jumping)

    @property
    def has_no_slope(self) -> bool:
        """Whether there is none to either side: nothing is there, as beside a whole x of (-2)^x, or ∞ · 0."""
        return math.isnan(self.left) and math.isnan(self.right)

    @property
    def has_two_slopes(self) -> bool:
        """Whether the slopes to both sides are finite and differ by more than what is measured may be off: √(x²)² has
        one slope at 0, which no chain of slopes tells."""
        apart, greater = abs(self.left - self.right), max(abs(self.left), abs(self.right))
        return math.isfinite(greater) and apart > max(NOTHING, SETTLED * greater)


def kinks(graph: ScalarGraph, inputs: Mapping[str, float], nodes: Sequence[int] | None = None) -> dict[int, Kink]:
    """The nodes, of the given ones or of all that need a gradient, along which the output has a kink at these inputs:
    the slopes to both sides are not one, or are not what the tape, as torch, hands back. A kink within a collapsed node
    counts. None where some value means nothing. Raises EngineError where a variable has no value."""
    whole = opened(graph)
    values = forward(whole, inputs)
    if values.faults or not any(bends(node, [values.of[one] for one in node.parents]) for node in whole.nodes):
        return {}
    gradients = backward(whole, values).of
    wanted = [index for index, live in enumerate(graph.live) if live] if nodes is None else list(nodes)
    places = {whole.index[graph.nodes[index].key]: index for index in wanted if graph.live[index]}
    found: dict[int, Kink] = {}
    for start in range(0, len(places), _AT_ONCE):
        some = sorted(places)[start : start + _AT_ONCE]
        by_going = ByGoing(whole, values.of, some)
        for place, (kink, is_hidden) in _moved_to_both_sides(whole, values.of, some, by_going).items():
            gradient, within = gradients[place] or 0.0, SETTLED if is_hidden else SAME
            seen = by_going.beside(len(whole.nodes) - 1, place) if is_hidden else (kink.left, kink.right)
            if seen is not None and not (_same(*seen, within) and _same(seen[0], gradient, within)):
                jumps = kink.jumps and any(by_going.jumps(len(whole.nodes) - 1, place))
                found[places[place]] = Kink(kink.operations, *seen, kink.jumping if jumps else ())
    return found


def bends(node: ScalarNode, operands: Sequence[float]) -> bool:
    """Whether an operation has a kink, or an edge of what it takes, at these operands."""
    key = node.rule.key if node.rule is not None else ""
    if key in BENDING:
        return operands[0] == (operands[1] if len(operands) > 1 else 0.0)
    return _at_edge(key, operands)


def _at_edge(key: str, operands: Sequence[float]) -> bool:
    """√0, and 0 to a power that is not whole: there is nothing to the left."""
    if key == "sqrt":
        return operands[0] == 0.0
    if not key.startswith("^") or operands[0] != 0.0:
        return False
    exponent = operands[1] if key == "^" else float(key[1:])
    return not exponent.is_integer()


def _moved_to_both_sides(
    graph: ScalarGraph, values: Sequence[float], some: Sequence[int], by_going: ByGoing
) -> dict[int, tuple[Kink, bool]]:
    """Each of some nodes moved by itself, down in one lane and up in another; those that meet a kink on the way, and
    whether what jumps times nothing, as in x·sign(x) at 0, hides what becomes of it."""
    lane = {index: 2 * place for place, index in enumerate(some)}
    moves: list[Array] = []
    met: dict[int, list[int]] = {}
    with np.errstate(all="ignore"):
        for index, node in enumerate(graph.nodes):
            row = np.zeros(2 * len(some))
            if node.rule is not None and index > some[0]:
                operands = [values[parent] for parent in node.parents]
                row = _moved(node, values[index], operands, [moves[parent] for parent in node.parents])
                if _at_edge(node.rule.key, operands):
                    still = moves[node.parents[0]] == 0.0
                    row = np.where(still, by_going.rates(index), row) if still.any() else row
                if bends(node, operands):
                    straight = np.isclose(row[::2], -row[1::2], SAME, 0.0) & np.isfinite(row[::2])
                    bent = np.flatnonzero(~straight).tolist()
                    for place in bent:
                        met.setdefault(some[place], []).append(index)
            if index in lane:
                row[lane[index] : lane[index] + 2] = -1.0, 1.0
            moves.append(row)
    last = moves[-1]
    texts = {index: written(graph, index) for index in {index for those in met.values() for index in those}}
    jumping = {index for index in texts if (rule := graph.nodes[index].rule) is not None and rule.key == "sign"}
    found: dict[int, tuple[Kink, bool]] = {}
    for one, those in met.items():
        left, right = 0.0 - float(last[lane[one]]), float(last[lane[one] + 1])
        operations = tuple(dict.fromkeys(texts[index] for index in those))
        kink = Kink(operations, left, right, tuple(dict.fromkeys(texts[index] for index in those if index in jumping)))
        found[one] = kink, kink.jumps and math.isnan(left + right)
    return found


def _moved(node: ScalarNode, value: float, operands: Sequence[float], moves: Sequence[Array]) -> Array:
    """How fast an operation begins to move, its operands beginning to move so fast."""
    assert node.rule is not None
    key = node.rule.key
    if key in BENDING and bends(node, operands):
        if key == "sign":  # which jumps, however slowly what is in it moves
            return np.where(moves[0] == 0.0, 0.0, np.copysign(np.inf, moves[0]))
        return np.array(FUNCTIONS[key](*moves))
    total = np.zeros_like(moves[0])
    for slope, move in zip(node.rule.slopes, moves, strict=True):
        total += np.where(move == 0.0, 0.0, float(slope(value, *operands)) * move)
    return np.where(moves[0] < 0.0, np.nan, total) if _at_edge(key, operands) else total


def written(graph: ScalarGraph, index: int) -> str:
    """``max(a, b)``: an operation with what its operands are called."""
    rule = graph.nodes[index].rule
    assert rule is not None
    return text_of(in_labels(graph, index, rule.formula))


def _same(one: float, other: float, within: float) -> bool:
    return math.isfinite(one - other) and abs(one - other) <= within * max(abs(one), abs(other))
