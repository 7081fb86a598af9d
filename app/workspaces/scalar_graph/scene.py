"""From a laid-out graph to a drawing: shapes, signs and names of the nodes in their places."""

from __future__ import annotations

from collections.abc import Mapping

from app.kit.formula.boxes import Maths
from app.kit.formula.trees import box_of_name
from app.workspaces.scalar_graph.canvas.drawing import LEAF_WIDTH, Drawing, Sort, drawing_of
from app.workspaces.scalar_graph.canvas.shown import Faces, laid_out
from app.workspaces.scalar_graph.signs import label_box, sign_of
from engine.autodiff import Layout, Node, ScalarGraph

NUMBER_ROOM = 78.0
"""What ``= −0.123456`` takes beside a leaf's name."""
WIDEST_LEAF = 162.0
MOST_MEASURED = 80
"""In larger graphs, which are drawn away from the window, all leaves are of one width."""


def drawing_from(graph: ScalarGraph, layout: Layout) -> Drawing:
    """The drawing of a graph."""
    measured = len(graph.nodes) <= MOST_MEASURED
    places = [(layout.places[node.key].column, layout.places[node.key].row) for node in graph.nodes]
    bends: Mapping[tuple[int, int], list[tuple[float, float]]] = {
        (graph.index[key], slot): [(place.column, place.row) for place in passed]
        for (key, slot), passed in layout.bends.items()
    }
    return drawing_of(
        [node.key for node in graph.nodes],
        [_sort(node) for node in graph.nodes],
        [_width(node) if measured and node.is_variable else LEAF_WIDTH for node in graph.nodes],
        [node.parents for node in graph.nodes],
        graph.output,
        places,
        bends,
        graph.live,
    )


def faces_from(graph: ScalarGraph) -> Faces:
    """What stands on the nodes and over them."""
    names = [label_box(graph, index) for index in range(len(graph.nodes))]
    signs = [names[i] if node.is_variable else Maths(sign_of(node)) for i, node in enumerate(graph.nodes)]
    return Faces(signs, names, graph.labels, names[graph.output])


def _sort(node: Node) -> Sort:
    if node.is_variable:
        return Sort.LEAF
    if node.is_constant:
        return Sort.CONSTANT
    return Sort.OPERATION if node.inner is None else Sort.COLLAPSED


def _width(node: Node) -> float:
    needed = laid_out(box_of_name(node.name), 16.0).width + NUMBER_ROOM + 16.0
    return 2.0 * round(min(WIDEST_LEAF, max(LEAF_WIDTH, needed)) / 2.0)  # whole pixels, so that pictures of it hold
