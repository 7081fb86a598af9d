"""The expression as a formula whose parts are the graph's nodes."""

from __future__ import annotations

from collections.abc import Hashable

from app.kit.formula.boxes import Box, Keyed, Maths, Row, Words, lay_out, relation
from app.kit.formula.trees import box_of, markup_of_name
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff.tree import Name, Number, Span, Tree, parts

MOST_PARTS = 70
"""A longer expression is not set in type: nobody could read it in one line."""
SIZES = (25.0, 20.0, 16.0)
"""Heights of an em in pixels that a formula may have."""


class Keys:
    """Which node a part of a tree stands for: by its name, or by the place where it was typed."""

    def __init__(self, worked: Worked) -> None:
        self._by_span: dict[Span, str] = {}
        for node in worked.graph.nodes:
            if not node.is_variable and node.span.end > node.span.column:
                self._by_span[node.span] = node.key
        self._graph = worked.graph

    def of(self, part: Tree) -> Hashable | None:
        """The key of the node, None where a part is no node of its own."""
        if isinstance(part, Name):
            return part.name if part.name in self._graph.index else None
        if isinstance(part, Number) and part.span.end <= part.span.column:
            return None
        return self._by_span.get(part.span)


def formula_of(worked: Worked, widest: float) -> tuple[Box, float] | None:
    """``y = t²`` with its definitions behind it, and the size in which that fits into so many pixels: the definitions
    are left out before it becomes small. None where not even the result fits."""
    program = worked.shape.program
    trees = [definition.value for definition in program.definitions] + [program.result]
    if sum(sum(1 for _ in parts(tree)) for tree in trees) > MOST_PARTS:
        return None
    keys, graph = Keys(worked), worked.graph
    output = graph.nodes[graph.output].key
    result = Keyed(output, Maths(markup_of_name(graph.labels[graph.output])))
    row: list[Box] = [result, relation("="), box_of(program.result, keys.of)]
    alone = Row(tuple(row))
    for definition in program.definitions:
        row += [Words(",   ", "text_muted"), Keyed(definition.name, Maths(markup_of_name(definition.name)))]
        row += [relation("="), box_of(definition.value, keys.of)]
    whole = Row(tuple(row)) if program.definitions else alone
    widths = [(box, lay_out(box, SIZES[0]).width / SIZES[0]) for box in dict.fromkeys((whole, alone))]
    choices = ((box, size, width * size) for size in SIZES for box, width in widths)
    return next(((box, size) for box, size, width in choices if width <= widest), None)
