"""An expression read, drawn and ordered: all that is the same whatever its inputs are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.kit.formula.boxes import Maths
from app.kit.formula.trees import box_of_name
from app.workspaces.scalar_graph.canvas.drawing import LEAF_WIDTH, Drawing, Sort, drawing_of
from app.workspaces.scalar_graph.canvas.labels import Labels, place_labels
from app.workspaces.scalar_graph.canvas.shown import Faces, laid_out
from app.workspaces.scalar_graph.named_groups import Group, as_one, named_groups
from app.workspaces.scalar_graph.names import label_box, sign_of
from engine.autodiff import Layout, Node, Program, ScalarGraph, Schedule, graph_of, lay_out, parse, schedule
from engine.autodiff.collapse import collapse_standing, opened
from engine.autodiff.document import CollapsedNodes, ExpressionSheet
from engine.autodiff.patterns import Pattern, patterns

MOST_SHORTENED = 120
"""In a larger graph nobody looks for the one group."""

USUAL = "y"
"""What a result without a name is called."""


@dataclass(frozen=True, eq=False)
class Shape:
    """What does not depend on the numbers: ``whole`` is the graph with nothing collapsed; ``standing``: those of the
    ``collapsed`` groups whose nodes are there."""

    text: str
    collapsed: tuple[CollapsedNodes, ...]
    standing: tuple[CollapsedNodes, ...]
    program: Program
    whole: ScalarGraph
    graph: ScalarGraph
    layout: Layout
    schedule: Schedule

    def keys_in(self, key: str) -> frozenset[str]:
        """The keys of the parts of a collapsed node."""
        inner = self.graph.nodes[self.graph.index[key]].inner
        return frozenset(part.key for part in opened(inner).nodes if part.rule is not None) if inner else frozenset()

    @property
    def unnamed(self) -> str:
        """What the only line of a text comes to is called; empty where a line says so. What is one variable or one
        number alone has a name of its own, and is called y like all others here, unless it is that."""
        if self.program.name or self.program.definitions:
            return ""
        labels = self.graph.labels
        return labels[self.graph.output] if self.computes else USUAL if USUAL not in labels else ""

    @property
    def computes(self) -> bool:
        """Whether the result is that of an operation."""
        return self.graph.nodes[self.graph.output].rule is not None

    @cached_property
    def drawing(self) -> Drawing:
        """Where everything is drawn."""
        return drawing_from(self.graph, self.layout)

    @cached_property
    def labels(self) -> Labels:
        """Where the numbers of the edges stand."""
        return place_labels(self.drawing)

    @cached_property
    def faces(self) -> Faces:
        """What stands on the nodes."""
        return faces_from(self.graph)

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The groups that have a name."""
        return patterns(self.graph)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The same, with what is said of them."""
        return named_groups(self.graph, self.patterns)

    @cached_property
    def shortened(self) -> ScalarGraph | None:
        """The graph with its first group as one node, whose derivative is made short; None where there is none, or so
        much else that nobody looks for it."""
        group = next(iter(self.groups), None) if len(self.graph.nodes) <= MOST_SHORTENED else None
        return as_one(self.graph, group.keys, group.name) if group is not None else None

    def prepare(self) -> None:
        """Work out all that is to be seen of it: in another thread, so that the window only looks it up."""
        self.drawing.prepare()
        _ = self.labels, self.faces, self.groups, self.shortened


def shape_of(sheet: ExpressionSheet, before: Layout | None) -> Shape:
    """Read, draw and order an expression. Raises EngineError."""
    program = parse(sheet.text)
    whole = graph_of(program)
    graph, standing = collapse_standing(whole, sheet.collapsed)
    return Shape(sheet.text, sheet.collapsed, standing, program, whole, graph, lay_out(graph, before), schedule(graph))


def replaced(before: str, after: str) -> bool:
    """Whether a text is another one, rather than the former with something typed into it: most of it is new."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return 2 * (len(after) - start - end) > len(after)


def _common(one: str, other: str) -> int:
    """In how many letters two texts begin alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


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
