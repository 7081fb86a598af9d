"""Where a row of the outline stands: the network, a block, its wires, its units, their weights."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from app.builder.canvas.selection import EdgeRef, NeuronRef, Selection
from engine.graph import NetworkGraph, Wire


class Part(Enum):
    """What a row is of. ``SOURCE`` and ``TARGET``: a wire as its target and as its source has it."""

    NETWORK = auto()
    BLOCK = auto()
    SOURCE = auto()
    TARGET = auto()
    UNIT = auto()
    WEIGHT = auto()


class Place(NamedTuple):
    """A row of the outline, whatever stands in it. ``column``: of ``W``, the unit of the source that it weighs."""

    part: Part
    block_id: str = ""
    unit: int = -1
    column: int = -1
    wire: Wire | None = None

    @property
    def parent(self) -> Place | None:
        """The row that it stands under; None for the network."""
        if self.part is Part.NETWORK:
            return None
        if self.part is Part.BLOCK:
            return NETWORK
        if self.part is Part.WEIGHT:
            return Place(Part.UNIT, self.block_id, self.unit)
        return Place(Part.BLOCK, self.block_id)


NETWORK = Place(Part.NETWORK)


def weighed_wire(graph: NetworkGraph, block_id: str) -> Wire | None:
    """The wire that the block's ``W`` weighs."""
    return next(iter(graph.wires_into(block_id)), None)


def place_of(selection: Selection, graph: NetworkGraph, now: Place | None = None) -> Place | None:
    """Where what is chosen on the canvas stands; None when nothing is chosen.

    ``now`` stays where it is about the same thing: a wire at either end, a unit of the chosen block.
    """
    neuron, edge, wire = selection.neuron, selection.edge, selection.wire
    if neuron is not None and neuron.block_id in graph:
        return Place(Part.UNIT, neuron.block_id, neuron.unit)
    if edge is not None and edge.target in graph:
        return Place(Part.WEIGHT, edge.target, edge.row, edge.column)
    if wire is not None and wire in graph.wires:
        if now is not None and now.wire == wire:
            return now
        return Place(Part.SOURCE, wire.target, wire=wire)
    focus = selection.focus
    if now is not None and now.part is Part.UNIT and selection.blocks == (now.block_id,) and focus in graph:
        return now
    return Place(Part.BLOCK, focus) if focus is not None and focus in graph else None


def choose(selection: Selection, graph: NetworkGraph, places: list[Place]) -> None:
    """Choose on the canvas what stands in these rows; the last is the one in focus, and several are blocks."""
    if not places:
        return
    last = places[-1]
    if len(places) > 1 or last.part is Part.BLOCK:
        selection.choose_neuron(None)
        selection.choose(dict.fromkeys(place.block_id for place in places if place.block_id))
    elif last.part is Part.UNIT:
        selection.choose_neuron(NeuronRef(last.block_id, last.unit))
    elif last.part is Part.WEIGHT:
        _choose_weight(selection, graph, last)
    elif last.wire is not None:
        selection.choose_wire(last.wire)
    else:
        selection.clear()


def _choose_weight(selection: Selection, graph: NetworkGraph, place: Place) -> None:
    wire = weighed_wire(graph, place.block_id)
    if wire is not None:
        selection.choose_edge(EdgeRef(wire.source, place.block_id, place.unit, place.column), wire, to_edit=False)
