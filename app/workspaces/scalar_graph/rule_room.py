"""How much room the rules of a graph need, so that nothing moves nor grows while one steps through it.

Worked out once for a graph, away from the window where it is large: of thousands of rules those few that may be the
largest are set in type, with numbers as wide as they usually are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest

from app.kit.formula.boxes import Box, LaidOut, Words, lay_out
from app.kit.formula.rows import NUMBER
from app.kit.formula.view import MARGIN
from app.workspaces.scalar_graph.rule_rows import (
    MOST_OPERANDS,
    SIZE,
    SMALL,
    backward_rows,
    factor_box,
    forward_row,
    local_form,
    rule_box,
    side_by_side,
)
from app.workspaces.scalar_graph.sight import Handed
from app.workspaces.scalar_graph.signs import slope_box
from engine.autodiff import Edge, ScalarGraph, Tree

WIDE = -0.888888
"""A number as wide as most."""
MOST_NOUGHTS = 4
"""What is nearer to 0 is written with a power of ten, which takes about as much."""
LONGEST = 3
"""So many of the rules with the most letters are set in type."""
TITLE, TITLE_HIGH = 150.0, 24.0
"""What a card's title and its edges take beside the formula, and how high the line of both is at least."""
WIDEST = 480.0
"""Formulas with slopes that are wider than this are not waited for."""


@dataclass(frozen=True, slots=True)
class RuleRoom:
    """In pixels: by how much the tallest local derivative is ``taller`` than a slope; how ``wide`` a rule is whose
    lines stand beside one another; and how high, with its formula, one whose lines stand under one another, on the way
    ``forward`` and ``backward``. ``operands``: to how many a rule hands something at most;
    ``digit``: how wide one more digit of a number makes it."""

    taller: float
    operands: int
    wide: float
    digit: float
    forward: float
    backward: float


def room_for(graph: ScalarGraph) -> RuleRoom:
    """What the rules of a graph need at most."""
    live = {index: len(_live(graph, index)) for index in graph.operations}
    taller, extremes = _extremes(graph)
    usual = lay_out(slope_box(graph, graph.output, graph.output), SIZE).height
    longest = nlargest(LONGEST, live, key=lambda index: (live[index], _letters(graph, index)))
    wide = forward = backward = 0.0
    for index in {*longest, *extremes}:
        there, back = forward_row(graph, index, lambda _node: WIDE), _backward(graph, index)
        beside = [lay_out(line, SIZE) for line in (there, side_by_side(back))]
        heads = [lay_out(rule_box(graph, index, slopes=slopes), SMALL) for slopes in (False, True)]
        formulas = (TITLE + one.width for one in heads if one.width <= WIDEST)
        wide = max(wide, *(one.width for one in beside), *formulas)
        head = max(_high(heads[0]), TITLE_HIGH)
        forward = max(forward, head + _high(beside[0]))
        backward = max(backward, head + sum(_high(lay_out(line, SIZE)) for line in back))
    digit = lay_out(Words("0", bold=True, scale=NUMBER), SIZE).width
    operands = min(max(live.values(), default=1), MOST_OPERANDS)
    return RuleRoom(max(0.0, taller - usual), operands, wide, digit, forward, backward)


def digits_more(edges: Iterable[Edge]) -> int:
    """By how many digits the three numbers of the longest rule on the way back are longer than usual ones: those near
    to 0 are."""
    return max((_more(one.arrived) + _more(one.local) + _more(one.handed) for one in edges), default=0)


def _more(number: float) -> int:
    """The noughts behind the point, but for the one that stands where others have their sign."""
    if not 0.0 < abs(number) < 0.1:
        return 0
    noughts = min(MOST_NOUGHTS, -math.floor(math.log10(abs(number))) - 1)
    return noughts - (number > 0.0)


def _high(laid: LaidOut) -> float:
    """What a formula takes in a column."""
    return laid.height + 2 * MARGIN + 1.0


def _extremes(graph: ScalarGraph) -> tuple[float, set[int]]:
    """How high the tallest local derivative is, and the operations with that one and with the widest."""
    tallest, widest, seen = (0.0, graph.output), (0.0, graph.output), set[Tree]()
    for index in graph.operations:
        for slot in _live(graph, index):
            form = local_form(graph, index, slot)
            if form is not None and form in seen:  # most nodes of a large graph say the same
                continue
            if form is not None:
                seen.add(form)
            laid = lay_out(factor_box(graph, index, slot), SIZE)
            tallest, widest = max(tallest, (laid.height, index)), max(widest, (laid.width, index))
    return tallest[0], {index for size, index in (tallest, widest) if size > 0.0}


def _backward(graph: ScalarGraph, index: int) -> list[Box]:
    """The lines of a rule on the way back."""
    slots, number = _live(graph, index), Handed(WIDE, WIDE, WIDE)
    return backward_rows(graph, index, lambda slot: number if slot in slots else None, (), {})


def _live(graph: ScalarGraph, index: int) -> list[int]:
    """The operands that a gradient goes to."""
    return [slot for slot, parent in enumerate(graph.nodes[index].parents) if graph.live[parent]]


def _letters(graph: ScalarGraph, index: int) -> int:
    """How long its names are together."""
    return sum(len(graph.labels[one]) for one in (index, *graph.nodes[index].parents[:MOST_OPERANDS]))
