"""A recommender's graph as the builder edits it: judged as a recommender's, not on the playground's data."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QObject

from app.builder.canvas.geometry import CARD_HEIGHT, BlockShape, SceneLayout
from app.builder.canvas.layout import arranged
from app.network.document import Document
from engine.formats.base import NetworkFile
from engine.graph.edit import move_blocks
from engine.graph.model import NetworkGraph
from engine.graph.validation import GraphProblem, infer_widths, validate

CARD_PITCH = CARD_HEIGHT + 12.0
"""From one card's top to the next one's, in scene units."""
FIRST_GAP, GAP = 84.0, 38.0
"""Between columns of blocks; the wires of all columns of a table run through the first."""


class DraftDocument(Document):
    """``remarks``: what else is wrong with the graph, as whoever knows the data has found."""

    def __init__(self, graph: NetworkGraph, parent: QObject | None = None) -> None:
        self.remarks: tuple[GraphProblem, ...] = ()
        self._remarked: NetworkGraph | None = None
        super().__init__(NetworkFile(graph), parent)

    def _derive(self) -> None:
        """A graph that says by itself what there is to predict; what was remarked of another is remarked no more."""
        self.remarks = self.remarks if self.graph == self._remarked else ()
        self._widths = infer_widths(self.graph, None)[0]
        self._problems = (*validate(self.graph, None), *self.remarks)

    def remark(self, *remarks: GraphProblem) -> None:
        """Say these beside what the graph itself tells, until it changes."""
        if remarks != self.remarks:
            self.remarks, self._remarked = remarks, self.graph
            self._derive()
            self.graph_changed.emit()


def laid_out(graph: NetworkGraph) -> NetworkGraph:
    """A template with the room that its blocks take on the canvas: closer together than where a run shows badges and
    edges between them. A table may have many columns and a tower many layers, and each is to be read."""
    widths = infer_widths(graph, None)[0]
    placed = arranged(graph, widths)
    columns: dict[float, list[BlockShape]] = defaultdict(list)
    for shape in SceneLayout(placed, widths).shapes.values():
        columns[shape.block.x].append(shape)
    places: dict[str, tuple[float, float]] = {}
    edge = 0.0
    for at, before in enumerate(sorted(columns)):
        shapes = sorted(columns[before], key=lambda shape: shape.block.y)
        half = max(shape.body.width() for shape in shapes) / 2
        x = edge + half
        edge = x + half + (FIRST_GAP if at == 0 else GAP)
        cards = all(shape.tiles is None for shape in shapes)
        for row, shape in enumerate(shapes):
            y = round((row - (len(shapes) - 1) / 2) * CARD_PITCH) if cards else shape.block.y
            places[shape.id] = (round(x), y)
    return move_blocks(placed, places)


def same_network(one: NetworkGraph, other: NetworkGraph) -> bool:
    """Whether two graphs are alike but for where their blocks lie."""
    return (_placeless(one), frozenset(one.wires)) == (_placeless(other), frozenset(other.wires))


def _placeless(graph: NetworkGraph) -> frozenset[object]:
    return frozenset((block.id, block.kind, block.title, block.params) for block in graph.blocks)
