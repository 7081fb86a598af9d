"""The expression as a formula whose parts are the graph's nodes."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.formula.boxes import Box, Keyed, Maths, Row, Words, lay_out, relation
from app.kit.formula.rows import Grid
from app.kit.formula.trees import box_of, markup_of_name
from app.kit.listing import listed
from app.workspaces.scalar_graph.names import name_text
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff.tree import Name, Number, Span, Tree, parts

MOST_PARTS = 70
"""A longer expression is not set in type: nobody could read it in one line."""
SIZES = (25.0, 20.0, 16.0, 14.0)
"""Heights of an em in pixels that a formula may have."""
USUAL, TALLEST = 60.0, 96.0
"""So high a formula may be in the usual heading, and in one that makes room for its lines."""
FEW = 3
"""Of more definitions than this, as of a network's units, the heading has those that fit into its usual height: all of
them are in the field above it, and the drawing has more of the room."""
LINE_GAP = 0.3
"""Between lines, in em."""


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


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, the size that it is set in, and the definitions that there was no room for, by their names."""

    box: Box
    size: float
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """The result or a definition, and how large it is, in em."""

    name: str
    box: Box
    width: float
    height: float


def tallest_of(worked: Worked) -> float:
    """How high its formula may be over the drawing, in pixels."""
    return TALLEST if len(worked.shape.program.definitions) <= FEW else USUAL


def formula_of(worked: Worked, widest: float, tallest: float = TALLEST) -> Formula | None:
    """``t = x + y, y = t²``: the definitions as they are typed and then the result, in the largest size in which all of
    them fit into so many pixels. Where they fit in none, the last definitions are left out, which is said; None where
    not even the result fits."""
    program = worked.shape.program
    trees = [definition.value for definition in program.definitions] + [program.result]
    if sum(sum(1 for _ in parts(tree)) for tree in trees) > MOST_PARTS:
        return None
    pieces = _pieces(worked)
    for height in sorted({min(USUAL, tallest), tallest}):
        for size in SIZES:
            box = _set(pieces, widest / size, height / size)
            if box is not None:
                return Formula(box, size)
    *definitions, result = pieces
    for count in range(len(definitions) - 1, -1, -1):
        left_out = tuple(piece.name for piece in definitions[count:])
        box = _set([*definitions[:count], result, _said(left_out)], widest / SIZES[-1], tallest / SIZES[-1])
        if box is not None:
            return Formula(box, SIZES[-1], left_out)
    return None


def _pieces(worked: Worked) -> list[_Piece]:
    """The definitions in their order, the result last."""
    keys, graph, program = Keys(worked), worked.graph, worked.shape.program
    output = graph.nodes[graph.output].key
    result = Keyed(output, Maths(markup_of_name(program.name or graph.labels[graph.output])))
    named = (result, relation("=")) if worked.shape.computes or program.name else ()
    found = []
    for definition in program.definitions:
        name = Keyed(definition.name, Maths(markup_of_name(definition.name)))
        found.append(_piece(definition.name, Row((name, relation("="), box_of(definition.value, keys.of)))))
    return [*found, _piece("", Row((*named, box_of(program.result, keys.of))))]


def _said(left_out: Sequence[str]) -> _Piece:
    """Which definitions are not there."""
    words = QCoreApplication.translate("GraphFormula", "no room here for {names}")
    return _piece("", Words(words.format(names=listed(map(name_text, left_out))), "text_muted"))


def _piece(name: str, box: Box) -> _Piece:
    laid = lay_out(box, SIZES[0])
    return _Piece(name, box, laid.width / SIZES[0], laid.height / SIZES[0])


def _set(pieces: Sequence[_Piece], widest: float, tallest: float) -> Box | None:
    """Pieces in lines, as many in each as there is room for, in em; None where they do not fit."""
    between = Words(",   ", "text_muted")
    gap = lay_out(between, SIZES[0]).width / SIZES[0]
    lines: list[list[_Piece]] = []
    room = 0.0
    for piece in pieces:
        if piece.width > widest:
            return None
        if lines and room >= gap + piece.width:
            lines[-1].append(piece)
            room -= gap + piece.width
        else:
            lines.append([piece])
            room = widest - piece.width
    high = sum(max(piece.height for piece in line) for line in lines) + LINE_GAP * (len(lines) - 1)
    if high > tallest:
        return None
    rows = [_joined([piece.box for piece in line], between) for line in lines]
    return rows[0] if len(rows) == 1 else Grid(tuple((row,) for row in rows), row_gap=LINE_GAP, left=True)


def _joined(boxes: Sequence[Box], between: Box) -> Box:
    row: list[Box] = []
    for box in boxes:
        row += [between, box] if row else [box]
    return Row(tuple(row))
