"""From node to node by keys: along the edges to the sides, up and down within a column."""

from __future__ import annotations

from app.workspaces.scalar_graph.canvas.drawing import COLUMN, Drawing, Knot


def neighbour(drawing: Drawing, knot: Knot, across: int, down: int) -> Knot | None:
    """The node to the left that feeds this one, the one to the right that it feeds, or the next one above or below."""
    if across:
        links = drawing.into if across < 0 else drawing.out_of
        ends = [drawing.links[i] for i in links.get(knot.index, ())]
        found = [drawing.knots[link.source if across < 0 else link.target] for link in ends]
        return min(found, key=lambda one: abs(one.centre.y() - knot.centre.y()), default=None)
    column = [
        one
        for one in drawing.knots
        if abs(one.centre.x() - knot.centre.x()) < COLUMN * 0.6 and (one.centre.y() - knot.centre.y()) * down > 1.0
    ]
    return min(column, key=lambda one: abs(one.centre.y() - knot.centre.y()), default=None)
