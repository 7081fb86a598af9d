"""The numbers of a graph by what they are, for the card that says where each comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ValueOf:
    """The key of a node's value."""

    node: str


@dataclass(frozen=True, slots=True)
class GradientOf:
    """The key of a node's gradient."""

    node: str


@dataclass(frozen=True, slots=True)
class ShareOf:
    """The key of what one node hands to one of its operands."""

    node: str
    slot: int


@dataclass(frozen=True, slots=True)
class SlopeOf:
    """The key of a collapsed node's local derivative along one of its operands. ``group``: what is to be collapsed into
    the node, where that has not been done."""

    node: str
    slot: int
    group: frozenset[str] = frozenset()


NumberKey = ValueOf | GradientOf | ShareOf | SlopeOf
