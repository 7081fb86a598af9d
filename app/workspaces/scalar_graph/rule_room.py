"""How much room the rules of a graph need, so that nothing moves nor grows while one steps through it.

Worked out once for a graph, away from the window where it is large: of thousands of rules those few that may be the
largest are set in type, with numbers as wide as they usually are.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest

from app.kit.formula.boxes import Box, Row, lay_out
from app.kit.formula.view import MARGIN
from app.workspaces.scalar_graph.rule_rows import (
    BETWEEN,
    MOST_OPERANDS,
    SIZE,
    backward_rows,
    forward_row,
    local_box,
    local_form,
)
from app.workspaces.scalar_graph.sight import Handed
from app.workspaces.scalar_graph.signs import slope_box
from engine.autodiff import ScalarGraph, Tree

WIDE = -0.888888
"""A number as wide as most."""
LONGEST = 3
"""So many of the rules with the most letters are set in type."""


@dataclass(frozen=True, slots=True)
class RuleRoom:
    """In pixels: by how much the tallest local derivative is ``taller`` than a slope; how ``wide`` lines are that stand
    beside one another; how high those of a rule are under one another, on the way ``forward`` and ``backward``.
    ``several``: whether some rule hands something to more than one operand."""

    taller: float
    several: bool
    wide: float
    forward: float
    backward: float


def room_for(graph: ScalarGraph) -> RuleRoom:
    """What the rules of a graph need at most."""
    live = {index: len(_live(graph, index)) for index in graph.operations}
    tallest, height = _tallest(graph)
    usual = lay_out(slope_box(graph, graph.output, graph.output), SIZE).height
    longest = nlargest(LONGEST, live, key=lambda index: (live[index], _letters(graph, index)))
    wide = forward = backward = 0.0
    for index in {*longest, *([tallest] if tallest is not None else [])}:
        there = lay_out(forward_row(graph, index, lambda _node: WIDE), SIZE)
        back = _backward(graph, index)
        beside = lay_out(Row((back[0], BETWEEN, *back[1:])) if len(back) > 1 else Row(tuple(back)), SIZE)
        wide = max(wide, there.width, beside.width)
        forward = max(forward, there.height + 2 * MARGIN)
        backward = max(backward, sum(lay_out(line, SIZE).height + 2 * MARGIN for line in back))
    several = any(count > 1 for count in live.values())
    return RuleRoom(max(0.0, height - usual), several, wide, forward, backward)


def _tallest(graph: ScalarGraph) -> tuple[int | None, float]:
    """The operation with the tallest local derivative, and how high that is; None where no gradient goes anywhere."""
    found, tallest, seen = None, 0.0, set[Tree]()
    for index in graph.operations:
        for slot in _live(graph, index):
            form = local_form(graph, index, slot)
            if form is not None and form in seen:  # most nodes of a large graph say the same
                continue
            if form is not None:
                seen.add(form)
            height = lay_out(local_box(graph, index, slot), SIZE).height
            if height > tallest:
                found, tallest = index, height
    return found, tallest


def _backward(graph: ScalarGraph, index: int) -> list[Box]:
    """The lines of a rule on the way back."""
    slots, number = _live(graph, index), Handed(WIDE, WIDE, WIDE)
    return backward_rows(graph, index, lambda slot: number if slot in slots else None, (), bent=False)


def _live(graph: ScalarGraph, index: int) -> list[int]:
    """The operands that a gradient goes to."""
    return [slot for slot, parent in enumerate(graph.nodes[index].parents) if graph.live[parent]]


def _letters(graph: ScalarGraph, index: int) -> int:
    """How long its names are together."""
    return sum(len(graph.labels[one]) for one in (index, *graph.nodes[index].parents[:MOST_OPERANDS]))
