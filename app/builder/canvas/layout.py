"""Auto-layout with the real heights of the blocks: the engine's columns and order, spaced so that nothing overlaps."""

from __future__ import annotations

from collections import defaultdict

from app.builder.canvas.geometry import BlockShape, SceneLayout
from engine.graph import NetworkGraph
from engine.graph.arrange import COLUMN_GAP, arrange, columns
from engine.graph.edit import move_blocks

ROW_SPACE = 24.0
COLUMN_SPACE = 70.0


def arranged(graph: NetworkGraph, widths: dict[str, int]) -> NetworkGraph:
    """The graph laid out left to right, columns centred on y = 0."""
    rough = SceneLayout(arrange(graph), widths)
    depth = columns(graph)
    members: dict[int, list[BlockShape]] = defaultdict(list)
    for shape in rough.shapes.values():
        members[depth[shape.id]].append(shape)
    places: dict[str, tuple[float, float]] = {}
    x, half_before = 0.0, 0.0
    for column in sorted(members):
        shapes = sorted(members[column], key=lambda s: s.block.y)
        half = max(s.body.width() for s in shapes) / 2
        if column:
            x += max(COLUMN_GAP, half_before + half + COLUMN_SPACE)
        half_before = half
        heights = [s.bounds.height() for s in shapes]
        top = -(sum(heights) + ROW_SPACE * (len(shapes) - 1)) / 2
        for shape, height in zip(shapes, heights, strict=True):
            above = shape.body.center().y() - shape.bounds.top()
            places[shape.id] = (x, round(top + above) if len(shapes) > 1 else 0.0)
            top += height + ROW_SPACE
    return move_blocks(graph, places)
