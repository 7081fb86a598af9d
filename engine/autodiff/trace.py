"""What a pass leaves: plain data, with what went wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.problems import Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, and at which node it began."""

    problem: Problem
    origin: int


@dataclass(frozen=True, slots=True)
class Values:
    """The value of each node, as float64 has it (∞ and NaN included); ``faults``: which of them mean nothing."""

    of: tuple[float, ...]
    faults: Mapping[int, Fault]


@dataclass(frozen=True, slots=True)
class Edge:
    """What a node hands back to one of its parents: ``handed`` = ``arrived`` × ``local``.

    ``slot``: which operand of ``child`` the ``parent`` is; ``arrived``: E, the child's gradient; ``local``: the slope
    of the child along that operand.
    """

    parent: int
    child: int
    slot: int
    arrived: float
    local: float
    handed: float


@dataclass(frozen=True, slots=True)
class Gradients:
    """∂output/∂node of each node, None where the output or a variable has no part in it; ``edges`` in the order in
    which they are gone; ``faults``: which gradients mean nothing."""

    of: tuple[float | None, ...]
    edges: tuple[Edge, ...]
    faults: Mapping[int, Fault]
