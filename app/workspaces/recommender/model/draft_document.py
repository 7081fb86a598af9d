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


class DraftDocument(Document):
    """``remarks``: what else is wrong with the graph, as whoever knows the data has found."""

    def __init__(self, graph: NetworkGraph, parent: QObject | None = None) -> None:
        self.remarks: tuple[GraphProblem, ...] = ()
        super().__init__(NetworkFile(graph), parent)

    def _derive(self) -> None:
        """A graph that says by itself what there is to predict."""
        self._widths = infer_widths(self.graph, None)[0]
        self._problems = (*validate(self.graph, None), *self.remarks)

    def remark(self, *remarks: GraphProblem) -> None:
        """Say these beside what the graph itself tells, until it changes."""
        if remarks != self.remarks:
            self.remarks = remarks
            self._derive()
            self.graph_changed.emit()


def laid_out(graph: NetworkGraph) -> NetworkGraph:
    """A template with the room that its blocks take on the canvas. Cards that stand above one another are closer than
    where a run shows badges between them: a table may have many columns, and each is to be read."""
    widths = infer_widths(graph, None)[0]
    placed = arranged(graph, widths)
    columns: dict[float, list[BlockShape]] = defaultdict(list)
    for shape in SceneLayout(placed, widths).shapes.values():
        columns[shape.block.x].append(shape)
    places: dict[str, tuple[float, float]] = {}
    for x, shapes in columns.items():
        if all(shape.tiles is None for shape in shapes):
            ordered = sorted(shapes, key=lambda shape: shape.block.y)
            middle = (len(ordered) - 1) / 2
            places |= {shape.id: (x, round((at - middle) * CARD_PITCH)) for at, shape in enumerate(ordered)}
    return move_blocks(placed, places)


def same_network(one: NetworkGraph, other: NetworkGraph) -> bool:
    """Whether two graphs are alike but for where their blocks lie."""
    return (_placeless(one), frozenset(one.wires)) == (_placeless(other), frozenset(other.wires))


def _placeless(graph: NetworkGraph) -> frozenset[object]:
    return frozenset((block.id, block.kind, block.title, block.params) for block in graph.blocks)
