"""A formula that flows over as many lines as it takes: mathtext taken apart into pieces, broken before their signs.

Numbers are set in the interface's letters, with figures of one width: they change many times a second, and are read as
those beside them are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.drawing.drawing import Drawing, Frame, remembered
from app.kit.drawing.marks import Formula, Mark
from app.kit.drawing.view import DrawingView
from app.kit.formula.boxes import Box, Fenced, LaidOut, Maths, Row, Words, lay_out, operator, relation
from app.kit.formula.laid_out import MOST_BYTES, formula_bytes
from app.kit.formula.rows import Grid
from app.kit.kept_within import kept_within
from app.kit.origin.facts import Shown

LEADING, INDENT = 0.45, 0.9
"""Air between two lines, and how far those after the first stand in, in em."""
_SIGNS = {"·": r"\cdot", "÷": r"\div", "−": "-", "×": r"\times"}
_TOKEN = re.compile(
    r"(?P<relation>\s*(?:[=<>]|\\(?:leftarrow|approx|leq|geq)(?![A-Za-z]))\s*)"
    r"|(?P<number>(?<![\w^_.\\])\d+(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?![\w^_.]))"
    r"|(?P<operator>\s+[+\-−]\s+|\s*(?:[·÷×]|\\(?:cdot|times|div)(?![A-Za-z]))\s*)"
    r"|(?P<brackets>\\(?:left|right)(?![A-Za-z]))"
    r"|(?P<open>\{)|(?P<other>\\[A-Za-z]+\s?|\\?.)",
    re.DOTALL,
)
_BREAKING, _RELATIONS = frozenset({"+", "-"}), frozenset({"=", "<", ">"})
_TIMES = frozenset({r"\cdot", r"\times", r"\div"})


def pieces_of(text: str) -> tuple[Box, ...]:
    """The pieces of a line, each a term with the sign before it, or a word; they give the line when set side by side.

    >>> [len(pieces_of(text)) for text in ("z = w x + b", "f(a + b) = 0.5", "x", "$z = $as given")]
    [3, 2, 1, 4]
    """
    parts = re.split(r"(?<!\\)\$", text)
    if len(parts) == 1:
        return tuple(_maths(text))
    found: list[Box] = []
    for place, part in enumerate(parts):
        found += _maths(part) if place % 2 else [Words(word) for word in re.findall(r"\s*\S+\s*", part)]
    return tuple(found)


def _maths(markup: str) -> Iterator[Box]:
    """Terms, each a row of boxes; brackets are not taken apart."""
    row: list[Box] = []
    rest, depth = "", 0

    def flush() -> None:
        nonlocal rest
        if bare := rest.strip():
            row.append(Maths(bare + " " if bare.endswith("\\") else bare))  # a space that is written stays one
        rest = ""

    for kind, text in _tokens(markup):
        depth += (text in "([" and kind == "other") - (text in ")]" and kind == "other")
        sign = text.strip()
        if kind in ("relation", "operator"):
            flush()
            box = (relation if kind == "relation" else operator)(_SIGNS.get(sign, sign))
            if depth <= 0 and row and (kind == "relation" or _SIGNS.get(sign, sign) in _BREAKING):
                yield Row(tuple(row))
                row = []
            row.append(box)
        elif kind == "number":
            flush()
            row.append(Words(text))
        else:
            rest += _SIGNS.get(text, text)
    flush()
    if row:
        yield Row(tuple(row))


def _tokens(markup: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each; what stands in braces is one token, with the braces."""
    at = 0
    while at < len(markup):
        found = _TOKEN.match(markup, at)
        assert found is not None  # the last alternative takes any letter
        if found["open"]:
            end = _closing(markup, at)
            yield "other", markup[at:end]
            at = end
            continue
        if found.lastgroup != "brackets":
            yield found.lastgroup or "other", found[0]
        at = found.end()


def _closing(markup: str, at: int) -> int:
    """Behind the brace that closes the one at ``at``; the end where none does."""
    depth = 0
    for place in range(at, len(markup)):
        if markup[place] in "{}" and markup[place - 1 : place] != "\\":
            depth += 1 if markup[place] == "{" else -1
            if depth == 0:
                return place + 1
    return len(markup)


def terms_of(piece: Box) -> tuple[Box, ...]:
    """A piece that is wider than a line, taken apart before each relation and each sign of addition."""
    return _apart(piece, _BREAKING | _RELATIONS)


def factors_of(piece: Box) -> tuple[Box, ...]:
    """What still is, before each sign of multiplication."""
    return _apart(piece, _TIMES)


def opened(piece: Box) -> tuple[Box, ...]:
    """What still is, with its brackets opened, before each sign within them."""
    boxes = list(_flat(piece))
    if not any(isinstance(box, Fenced) for box in boxes):
        return (piece,)
    row: list[Box] = []
    for box in boxes:
        row += [Maths(box.left), *_flat(box.inside), Maths(box.right)] if isinstance(box, Fenced) else [box]
    return _apart(Row(tuple(row)), _BREAKING | _RELATIONS | _TIMES)


def _apart(piece: Box, signs: Collection[str]) -> tuple[Box, ...]:
    found: list[list[Box]] = [[]]
    for box in _flat(piece):
        if isinstance(box, Maths) and box.space and box.markup in signs and found[-1]:
            found.append([])
        found[-1].append(box)
    return tuple(Row(tuple(boxes)) for boxes in found) if len(found) > 1 else (piece,)


def _flat(piece: Box) -> Iterator[Box]:
    """The boxes of a row, and of the rows in it."""
    if isinstance(piece, Row) and not piece.gap:
        for box in piece.boxes:
            yield from _flat(box)
    else:
        yield piece


# Lines ----------------------------------------------------------------------------------------------------------------


@kept_within(MOST_BYTES, formula_bytes)
def laid_out(piece: Shown, size_px: float) -> LaidOut:
    """Lay a piece out, or a whole line of mathtext in one row."""
    return lay_out(Row(pieces_of(piece)) if isinstance(piece, str) else piece, size_px)


@remembered(24)
def lines_of(pieces: tuple[Box, ...], size: float, width: float) -> list[list[LaidOut]]:
    """Return what stands on each line. A layout asks for the heights at the same few widths again and again."""
    lines: list[list[LaidOut]] = [[]]
    used, indent = 0.0, INDENT * size
    for piece in pieces:
        for row in _steps(piece, size, width):
            begins = row is not piece
            for laid in _fitting(row, size, width - indent):
                if lines[-1] and (begins or used + laid.width > width):
                    lines.append([])
                    used = indent
                begins = False
                lines[-1].append(laid)
                used += laid.width
    return lines if lines[0] else []


def _steps(piece: Box, size: float, width: float) -> tuple[Box, ...]:
    """Return the rows of a grid that is wider than a line, each of which begins a line."""
    if not isinstance(piece, Grid) or laid_out(piece, size).width <= width:
        return (piece,)
    return tuple(Row(boxes) for boxes in piece.rows)


def _fitting(piece: Box, size: float, width: float) -> Iterator[LaidOut]:
    """Yield the piece, or what it is made of where it is wider than a line."""
    whole = laid_out(piece, size)
    for take_apart in (terms_of, factors_of, opened) if whole.width > width else ():
        parts = take_apart(piece)
        if len(parts) > 1:
            for part in parts:
                yield from _fitting(part, size, width)
            return
    yield whole


def _heights(lines: list[list[LaidOut]]) -> list[tuple[float, float]]:
    return [(max(one.ascent for one in line), max(one.descent for one in line)) for line in lines]


# The view -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FlowingPieces:
    """The pieces of a formula, the height of an em in pixels, and the ink."""

    pieces: tuple[Box, ...]
    size: float
    ink: str = "text"


def draw_flowing(formula: FlowingPieces, frame: Frame) -> Drawing:
    """Draw line below line. What is wider than a line by itself shrinks; nothing is cut."""
    marks: list[Mark] = []
    lines, top = lines_of(formula.pieces, formula.size, frame.width), LEADING * formula.size / 2
    for number, (line, (ascent, descent)) in enumerate(zip(lines, _heights(lines), strict=True)):
        x = INDENT * formula.size if number else 0.0
        room = sum(laid.width for laid in line)
        scale = min(1.0, max(frame.width - x, 1.0) / room) if room > 0 else 1.0
        for laid in line:
            widest = laid.width * scale
            marks.append(Formula(laid, x, top + ascent, formula.size, formula.ink, widest=widest))
            x += widest
        top += ascent + descent + LEADING * formula.size
    return Drawing(tuple(marks))


class FlowingFormula(DrawingView):
    """Shows mathtext or a box, as high as it needs to be."""

    def __init__(self, size_px: float, parent: QWidget | None = None, *, ink: str = "text") -> None:
        self._formula = FlowingPieces((), size_px, ink)
        self._shown: Shown = ""
        super().__init__(draw_flowing, self._formula, hint=QSize(120, 0), least=QSize(40, 0), parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_formula(self, shown: Shown) -> None:
        """Show another one."""
        if shown == self._shown:
            return
        self._shown = shown
        before = self.heightForWidth(self.width())
        pieces = pieces_of(shown) if isinstance(shown, str) else (shown,)
        self._formula = replace(self._formula, pieces=pieces)
        self.setAccessibleName("".join(laid_out(piece, self._formula.size).plain for piece in pieces).strip())
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.set_data(self._formula)

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return self.accessibleName()

    def heightForWidth(self, width: int) -> int:
        size = self._formula.size
        lines = lines_of(self._formula.pieces, size, max(width, 40))
        return round(sum(map(sum, _heights(lines))) + LEADING * size * len(lines) + 0.5) if lines else 0

    def sizeHint(self) -> QSize:
        width = max(self.width(), 120)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
