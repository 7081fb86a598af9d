"""The selection on the canvas: blocks, and perhaps one neuron; or an edge or a wire."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.graph import NetworkGraph, Wire


@dataclass(frozen=True, slots=True)
class NeuronRef:
    """One neuron of a block."""

    block_id: str
    unit: int


@dataclass(frozen=True, slots=True)
class EdgeRef:
    """One weight: ``W[row, column]`` of ``target``, from unit ``column`` of ``source``."""

    source: str
    target: str
    row: int
    column: int


class Selection(QObject):
    """Blocks in the order of being chosen; the last one is the block in focus.

    ``wire`` is the chosen wire, the one that Delete takes away; with an ``edge`` chosen, the wire that it is part of.
    """

    blocks_changed = Signal(tuple)
    detail_changed = Signal()
    wire_changed = Signal()
    edge_picked = Signal()
    """An edge has been chosen to be edited."""
    badge_picked = Signal(str)
    """Somebody asks where the number of a block's badge comes from."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.blocks: tuple[str, ...] = ()
        self.neuron: NeuronRef | None = None
        self.edge: EdgeRef | None = None
        self.wire: Wire | None = None

    @property
    def focus(self) -> str | None:
        """The block that keyboard commands start from."""
        return self.blocks[-1] if self.blocks else None

    def choose(self, block_ids: Iterable[str]) -> None:
        """Select these blocks and nothing else."""
        chosen = tuple(dict.fromkeys(block_ids))
        self._set_detail(self.neuron if self.neuron and self.neuron.block_id in chosen else None, None)
        self._set_wire(None)
        self._set_blocks(chosen)

    def toggle(self, block_id: str) -> None:
        """Add a block to the selection, or take it out."""
        if block_id in self.blocks:
            self.choose(other for other in self.blocks if other != block_id)
        else:
            self.choose((*self.blocks, block_id))

    def choose_neuron(self, neuron: NeuronRef | None) -> None:
        """Open a neuron (its block becomes the selection), or close the open one."""
        self._set_detail(neuron, None)
        if neuron is not None:
            self._set_wire(None)
            self._set_blocks((neuron.block_id,))

    def choose_edge(self, edge: EdgeRef, wire: Wire | None, *, to_edit: bool = True) -> None:
        """Select one edge, of this wire, in place of blocks; ``to_edit`` takes the keyboard to its card."""
        self._set_detail(None, edge)
        self._set_blocks(())
        self._set_wire(wire)
        if to_edit:
            self.edge_picked.emit()

    def choose_wire(self, wire: Wire | None) -> None:
        """Select a whole wire in place of blocks."""
        self._set_detail(None, None)
        self._set_blocks(())
        self._set_wire(wire)

    def clear(self) -> None:
        """Select nothing."""
        self.choose_wire(None)

    def keep(self, graph: NetworkGraph) -> None:
        """Let go of what is no longer part of the graph."""
        edge, neuron = self.edge, self.neuron
        if edge is not None and (edge.source not in graph or edge.target not in graph):
            edge = None
        if neuron is not None and neuron.block_id not in graph:
            neuron = None
        self._set_detail(neuron, edge)
        self._set_blocks(tuple(b for b in self.blocks if b in graph))
        self._set_wire(self.wire if self.wire in graph.wires else None)

    def _set_wire(self, wire: Wire | None) -> None:
        if wire != self.wire:
            self.wire = wire
            self.wire_changed.emit()

    def _set_blocks(self, blocks: tuple[str, ...]) -> None:
        if blocks != self.blocks:
            self.blocks = blocks
            self.blocks_changed.emit(blocks)

    def _set_detail(self, neuron: NeuronRef | None, edge: EdgeRef | None) -> None:
        if (neuron, edge) != (self.neuron, self.edge):
            self.neuron, self.edge = neuron, edge
            self.detail_changed.emit()
