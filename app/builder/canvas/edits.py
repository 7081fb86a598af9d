"""Edits of the document from the canvas: each is one undoable step with one label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from PySide6.QtCore import QObject, QPointF, Signal

from app.builder.canvas.geometry import BlockShape, Pixels, SceneLayout, pixels_of
from app.builder.canvas.layout import arranged, with_room
from app.builder.canvas.scene import Scene
from app.builder.canvas.selection import Selection
from app.builder.canvas.words import units_of
from app.kit.scene.viewport import Viewport
from app.kit.translation import worded
from app.network.document import Document
from engine.graph import NetworkGraph, Wire, kind_of
from engine.graph.beside import add_after, add_before, add_into
from engine.graph.edit import (
    add_block,
    connect,
    disconnect,
    move_blocks,
    paste,
    remove_blocks,
    set_params,
    set_title,
    subgraph,
)
from engine.graph.kinds.dense import MAX_UNITS
from engine.problems import EngineError, Problem

PASTE_SHIFT = 40.0
"""How far a pasted or duplicated block lies from its original, in scene units."""


class Align(StrEnum):
    """The ways to line blocks up."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class CanvasEdits(QObject):
    """Edits of the graph. What the engine refuses comes as ``refused`` and changes nothing. ``unwired(wire)``: it was
    deleted, with all weights along it."""

    refused = Signal(object)
    unwired = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    @property
    def graph(self) -> NetworkGraph:
        """The document's graph, which the edits change."""
        return self._document.graph

    def _layout(self) -> SceneLayout:
        return SceneLayout(self._document.graph, self._document.widths, self._pixels)

    @property
    def _pixels(self) -> Pixels | None:
        return pixels_of(self._document.dataset)

    def _try(self, label: str, change: Callable[[], NetworkGraph], merge: str | None = None) -> bool:
        try:
            graph = change()
        except EngineError as error:
            self.refused.emit(error.problem)
            return False
        return self._document.edit(label, graph=graph, merge=merge)

    # Blocks and wires ---------------------------------------------------------------------------------------------

    def add(self, kind: str, at: QPointF, into: Wire | None = None) -> str | None:
        """Add a block at a scene point, spliced into a wire if one is given; its id, or None when refused."""
        x, y = at.x(), at.y()
        if into is None:
            return self._add(kind, lambda: add_block(self.graph, kind, x, y))
        return self._add(kind, lambda: add_into(self.graph, kind, into, x, y))

    def add_beside(self, kind: str, anchor: str, *, after: bool) -> str | None:
        """Add a block after or before another, into what it is wired to; its id, or None when refused."""
        put = add_after if after else add_before
        return self._add(kind, lambda: put(self.graph, kind, anchor))

    def _add(self, kind: str, grow: Callable[[], tuple[NetworkGraph, str]]) -> str | None:
        added: list[str] = []

        def change() -> NetworkGraph:
            graph, block_id = grow()
            added.append(block_id)
            return graph

        done = self._try(self.tr("Add {kind}").format(kind=worded(kind_of(kind).label)), change)
        return added[0] if done else None

    def refusal_beside(self, kind: str, anchor: str, *, after: bool) -> Problem | None:
        """Why a block could not be added there; None when it could."""
        try:
            (add_after if after else add_before)(self.graph, kind, anchor)
        except EngineError as error:
            return error.problem
        return None

    def join(self, source: str, target: str) -> bool:
        """Wire one block to another."""
        return self._try(self.tr("Wire"), lambda: connect(self._document.graph, source, target))

    def refusal(self, source: str, target: str) -> Problem | None:
        """Why a wire could not be drawn; None when it could."""
        try:
            connect(self._document.graph, source, target)
        except EngineError as error:
            return error.problem
        return None

    def unwire(self, wire: Wire) -> None:
        """Delete a wire."""
        self._document.edit(self.tr("Delete wire"), graph=disconnect(self._document.graph, wire))
        self.unwired.emit(wire)

    def remove(self, block_ids: Iterable[str], label: str = "") -> None:
        """Delete blocks; their neighbours are joined where the shapes allow."""
        chosen = tuple(block_ids)
        if chosen:
            graph = remove_blocks(self._document.graph, chosen, self._document.target)
            self._document.edit(label or self.tr("Delete"), graph=graph)

    def rename(self, block_id: str, title: str) -> None:
        """Give a block a title of its own; an empty one takes it away."""
        self._try(self.tr("Rename"), lambda: set_title(self.graph, block_id, title))

    def set_units(self, block_id: str, units: int, merge: str | None = None, start: NetworkGraph | None = None) -> None:
        """Give a dense block another number of units, held to what is possible; what it would cover makes room.
        ``start``: the graph that a drag began with, so that it can be brought back as it was."""
        held = min(max(units, 1), MAX_UNITS)
        graph, widths = start or self._document.graph, dict(self._document.widths)
        before = units_of(graph.block(block_id))
        if before is not None:
            widths[block_id] = before

        def change() -> NetworkGraph:
            return set_params(with_room(graph, widths, block_id, held, self._pixels), block_id, units=held)

        self._try(self.tr("Change units"), change, merge)

    # Pieces -------------------------------------------------------------------------------------------------------

    def piece(self, block_ids: Iterable[str]) -> NetworkGraph:
        """Some blocks and the wires among them."""
        return subgraph(self._document.graph, tuple(block_ids))

    def insert(self, piece: NetworkGraph, shift: QPointF, label: str) -> tuple[str, ...]:
        """Add a piece under fresh ids; the new ids, none where it is refused."""
        graph, ids = paste(self._document.graph, piece, shift.x(), shift.y())
        return ids if self._document.edit(label, graph=graph) else ()

    # Places -------------------------------------------------------------------------------------------------------

    def move(self, positions: Mapping[str, QPointF], label: str = "", merge: str | None = None) -> None:
        """Put blocks at new places."""
        places = {block_id: (at.x(), at.y()) for block_id, at in positions.items()}
        graph = move_blocks(self._document.graph, places)
        self._document.edit(label or self.tr("Move"), graph=graph, merge=merge)

    def arrange(self) -> None:
        """Lay the whole graph out from left to right."""
        graph = arranged(self._document.graph, self._document.widths, self._pixels)
        self._document.edit(self.tr("Auto-layout"), graph=graph)

    def align(self, block_ids: Iterable[str], how: Align) -> None:
        """Line blocks up by an edge or their middle."""
        shapes = [self._layout()[block_id] for block_id in block_ids]
        if len(shapes) > 1:
            self.move({shape.id: _aligned(shape, shapes, how) for shape in shapes}, self.tr("Align"))

    def distribute(self, block_ids: Iterable[str], *, across: bool) -> None:
        """Make the gaps between blocks equal, the outer two staying where they are."""
        shapes = [self._layout()[block_id] for block_id in block_ids]
        if len(shapes) > 2:
            self.move(_distributed(shapes, across=across), self.tr("Distribute"))


def _aligned(shape: BlockShape, shapes: list[BlockShape], how: Align) -> QPointF:
    x, y = shape.block.x, shape.block.y
    bodies = [other.body for other in shapes]
    match how:
        case Align.LEFT:
            return QPointF(min(b.left() for b in bodies) + shape.body.width() / 2, y)
        case Align.RIGHT:
            return QPointF(max(b.right() for b in bodies) - shape.body.width() / 2, y)
        case Align.TOP:
            return QPointF(x, min(b.top() for b in bodies) + shape.body.height() / 2)
        case Align.BOTTOM:
            return QPointF(x, max(b.bottom() for b in bodies) - shape.body.height() / 2)
        case Align.CENTRE:
            return QPointF(sum(b.center().x() for b in bodies) / len(bodies), y)
    return QPointF(x, sum(b.center().y() for b in bodies) / len(bodies))


def _distributed(shapes: list[BlockShape], *, across: bool) -> dict[str, QPointF]:
    def extent(shape: BlockShape) -> float:
        return shape.body.width() if across else shape.body.height()

    def middle(shape: BlockShape) -> float:
        return shape.block.x if across else shape.block.y

    ordered = sorted(shapes, key=middle)
    span = middle(ordered[-1]) - middle(ordered[0])
    gap = (span - sum((extent(a) + extent(b)) / 2 for a, b in pairwise(ordered))) / (len(ordered) - 1)
    places = {ordered[0].id: middle(ordered[0])}
    for before, after in pairwise(ordered):
        places[after.id] = places[before.id] + (extent(before) + extent(after)) / 2 + gap
    return {s.id: QPointF(places[s.id], s.block.y) if across else QPointF(s.block.x, places[s.id]) for s in ordered}


@dataclass(frozen=True, slots=True)
class Workbench:
    """The parts of a canvas that its gestures and commands work with."""

    scene: Scene
    selection: Selection
    viewport: Viewport
    edits: CanvasEdits
    say: Callable[[str], None]
