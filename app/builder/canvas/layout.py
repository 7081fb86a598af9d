"""Auto-layout with the real heights of the blocks: the engine's columns and order, spaced so that nothing overlaps."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from app.builder.canvas.geometry import BlockShape, Pixels, SceneLayout, pixels_of
from engine.data.dataset import Dataset
from engine.graph import NetworkGraph
from engine.graph.arrange import COLUMN_GAP, arrange, columns
from engine.graph.edit import move_blocks

ROW_SPACE = 24.0
COLUMN_SPACE = 70.0
DEEP_WIDTH, DEEP_SPACE = 900.0, 44.0
"""A deep network's columns move together until it is about this wide, or so close."""


def arranged(graph: NetworkGraph, widths: dict[str, int], pixels: Pixels | None = None) -> NetworkGraph:
    """The graph laid out left to right, columns centred on y = 0."""
    rough = SceneLayout(arrange(graph), widths, pixels)
    depth = columns(graph)
    members: dict[int, list[BlockShape]] = defaultdict(list)
    for shape in rough.shapes.values():
        members[depth[shape.id]].append(shape)
    places: dict[str, tuple[float, float]] = {}
    x, half_before = 0.0, 0.0
    gap = min(COLUMN_GAP, DEEP_WIDTH / max(1, len(members) - 1))
    space = COLUMN_SPACE if gap == COLUMN_GAP else DEEP_SPACE
    for column in sorted(members):
        shapes = sorted(members[column], key=lambda s: s.block.y)
        half = max(s.body.width() for s in shapes) / 2
        if column:
            x += max(gap, half_before + half + space)
        half_before = half
        heights = [s.bounds.height() for s in shapes]
        top = -(sum(heights) + ROW_SPACE * (len(shapes) - 1)) / 2
        for shape, height in zip(shapes, heights, strict=True):
            above = shape.body.center().y() - shape.bounds.top()
            places[shape.id] = (x, round(top + above) if len(shapes) > 1 else 0.0)
            top += height + ROW_SPACE
    return move_blocks(graph, places)


def with_room(
    graph: NetworkGraph, widths: dict[str, int], block_id: str, units: int, pixels: Pixels | None = None
) -> NetworkGraph:
    """The graph with room for a block that has got ``units``: where its tiles have become wider (a grid in place of a
    column), it and what lies right of it move on until nothing is closer than columns are."""
    before = SceneLayout(graph, widths, pixels)
    after = SceneLayout(graph, {**widths, block_id: units}, pixels)
    grown = after[block_id]
    if grown.body.width() <= before[block_id].body.width():
        return graph
    left = [s.body.right() for s in after.shapes.values() if s.block.x < grown.block.x]
    right = [s.body.left() for s in after.shapes.values() if s.block.x > grown.block.x]
    own = max(0.0, max(left, default=-math.inf) + COLUMN_SPACE - grown.body.left())
    others = max(0.0, grown.body.right() + own + COLUMN_SPACE - min(right, default=math.inf))
    moved = {s.id: (s.block.x + others, s.block.y) for s in after.shapes.values() if s.block.x > grown.block.x}
    return move_blocks(graph, {**moved, block_id: (grown.block.x + own, grown.block.y)}) if own or others else graph


def with_room_for_inputs(graph: NetworkGraph, widths: Mapping[str, int], dataset: Dataset) -> NetworkGraph:
    """The graph with room for inputs that read more of the ``dataset`` than they did; ``widths``: as they were."""
    now = dict(widths)
    for block in graph.blocks:
        features = block.declaration.features(block.params)
        if features is not None:
            graph = with_room(graph, now, block.id, len(features), pixels_of(dataset))
            now[block.id] = len(features)
    return graph
