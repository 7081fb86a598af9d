"""Groups of nodes that can be collapsed: those that are known by a name, and what is chosen."""

from __future__ import annotations

from app.workspaces.scalar_graph.canvas.drawing import Drawing
from app.workspaces.scalar_graph.canvas.hulls import Hull
from app.workspaces.scalar_graph.desk import Desk


def hulls_of(desk: Desk, drawing: Drawing) -> tuple[Hull, ...]:
    return ()
