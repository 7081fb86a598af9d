"""The sheet on which a stage is worked out: symbols, numbers, and the gradient of each weight beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.builder.timeline.written import LineToken, TokenSort, WrittenLine, write
from app.kit.drawing.columns import Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Formula, Line, Mark, Rect, Rectangle, Text, text_width
from app.kit.drawing.number import NumberMark
from app.kit.drawing.view import DrawingView
from app.kit.formula.boxes import typeset
from app.kit.inks import sign_text_ink
from app.kit.plain_maths import plain_text
from engine.training.lines.working import Working

Work = Callable[[int], Working]
"""Works a stage out with so many terms of each sum."""

MARGIN = 12.0
GRADIENTS_SHARE, SIDE_LEAST = 0.4, 560.0
"""The width of the gradients, and from which width on they stand beside the lines."""
MOST_TERMS = (7, 5, 4, 3, 2)
"""So many terms of a sum are tried, until they fit."""
MOST_ROWS = 2.4
"""A sum is written out as far as its numbers fill so many rows."""
STACKED = 3
"""Up to so many lines have their symbols above their numbers; more stand in a table."""
SYMBOL_PIXELS, NUMBER_PIXELS, LABEL_PIXELS = 15.0, 13.0, 11.0
ROW, BASELINE = 23.0, 16.0
"""The height of a row, and where the symbols stand in it."""
INDENT = 62.0
"""Where the lines begin, right of the words ``symbols`` and ``numbers``."""
GAP = 14.0
COUNT_WIDTH = 42.0
"""The width of ``k = 12``."""
RESULT_SPACE = 3.0
"""Left and right of a result, for the plate that it stands on."""


@dataclass(frozen=True, slots=True)
class PlacedToken:
    """A token and the box of its row that it takes. ``result``: it is what the line comes to."""

    token: LineToken
    rect: Rect
    result: bool


@dataclass(slots=True)
class SheetPage:
    """A stage laid out. ``marks``: symbols and small print; ``texts``: every line of numbers, as it is printed."""

    marks: list[Mark] = field(default_factory=list)
    tokens: list[PlacedToken] = field(default_factory=list)
    bottom: float = MARGIN / 2
    texts: tuple[str, ...] = ()
    spoken: str = ""

    def add_symbols(self, markup: str, left: float) -> None:
        """Set a line of symbols into the row at the bottom."""
        self.marks.append(Formula(markup, left, self.bottom + BASELINE, SYMBOL_PIXELS))

    def add_label(self, text: str, left: float, top: float) -> None:
        """Put a muted word into a row."""
        self.marks.append(Text(text, (left, top, 400, ROW), LABEL_PIXELS, "text_muted", "left middle"))

    def add_numbers(self, written: WrittenLine, left: float, top: float, width: float) -> None:
        """Put a line of numbers down, in further rows where one is too short."""
        x, y = left, top
        for tokens, result in _fitting(written, width):
            needed = _advance(tokens, bold=result) + (2 * RESULT_SPACE if result else 0.0)
            if x > left and x + needed > left + width:
                x, y = left, y + ROW
            for token in tokens:
                wide, is_result = text_width(token.text, NUMBER_PIXELS, result), result and token is written.result
                x += RESULT_SPACE if is_result and written.steps else 0.0
                self.tokens.append(PlacedToken(token, (x, y, wide, ROW), is_result))
                x += wide
        self.bottom = y + ROW


def draw_sheet(page: SheetPage, frame: Frame) -> Drawing:
    """Draw a page. The keys are (source, place among the numbers); all numbers of the source pointed at are lit."""
    lit = frame.pointed[0] if isinstance(frame.pointed, tuple) else None
    numbers = [mark for place, placed in enumerate(page.tokens) for mark in _token_marks(placed, place, lit)]
    return Drawing(
        (*page.marks, *numbers),
        description=page.spoken,
        tip=_tr("Every number has enough digits to check the line by hand"),
        order=tuple((p.token.source, place) for place, p in enumerate(page.tokens) if p.token.source is not None),
        height=page.bottom + MARGIN / 2,
    )


def _token_marks(placed: PlacedToken, place: int, lit: object) -> Iterator[Mark]:
    token, (x, y, wide, high) = placed.token, placed.rect
    ink = sign_text_ink(token.value) if token.sort in (TokenSort.NUMBER, TokenSort.REST) else "text"
    if placed.result:
        yield Rectangle((x - 3, y + 2, wide + 6, high - 3), "accent_soft", corner=4)
    if token.source is None:
        yield Text(token.text, placed.rect, NUMBER_PIXELS, ink, "left middle", placed.result)
        return
    yield NumberMark(
        token.text, placed.rect, NUMBER_PIXELS, ink, "left middle", placed.result, value=token.value,
        key=(token.source, place), cursor=Qt.CursorShape.PointingHandCursor,
    )  # fmt: skip
    line = y + BASELINE + 3.5
    if token.source == lit and not placed.result:
        yield Line((x, line), (x + wide, line), ink, 1.6)
    elif not placed.result:
        yield Lines(tuple((x + dot, line, x + dot, line) for dot in range(0, round(wide), 3)), ink)


class CalculationSheet(DrawingView):
    """Shows a :class:`Working`. ``picked``: the Source of a number that was clicked."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._work: Work | None = None
        self._covered: int | None = None
        self.page = SheetPage()
        name, least = self.tr("The stage in detail"), QSize(100, 10)
        super().__init__(draw_sheet, self.page, hint=QSize(400, 24), least=least, name=name, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chosen.connect(lambda key: self.picked.emit(key[0]))

    def show_work(self, work: Work | None, covered: int | None = None) -> None:
        """Show what ``work`` works out; of the line ``covered`` not the result, and nothing that comes after it."""
        self._work, self._covered = work and cache(work), covered
        self._lay_out()

    def _lay_out(self) -> None:
        self.page = SheetPage() if self._work is None else lay_out(self._work, self._covered, self.width())
        self.set_data(self.page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()


# Layout ---------------------------------------------------------------------------------------------------------------


def lay_out(work: Work, covered: int | None, width: float) -> SheetPage:
    """Lay a stage out in a width: its lines, and beside or below them the gradients of the weights."""
    page = SheetPage()
    width = max(200.0, width - 2 * MARGIN)
    side = width * GRADIENTS_SHARE
    sides = _gradients(work, covered, side - COUNT_WIDTH) if width >= SIDE_LEAST else []
    beside = bool(sides) and all(width_of(line) <= side - COUNT_WIDTH for line in sides)
    if not beside:
        side, sides = width, _gradients(work, covered, width - COUNT_WIDTH)
    room = width - side - MARGIN if beside else width
    lines = _lines(work, covered, room - INDENT)
    top = page.bottom
    (_lay_stacked if len(lines) <= STACKED else _lay_table)(page, lines, room)
    if sides:
        bottom = page.bottom
        page.bottom = top if beside else bottom
        _lay_gradients(page, work(1), sides, MARGIN + width - side, side)
        page.bottom = max(page.bottom, bottom)
    page.texts = tuple(line.text for line in (*lines, *sides))
    page.spoken = ". ".join(f"{plain_text(line.line.formula)} = {line.text}" for line in (*lines, *sides))
    return page


def _lines(work: Work, covered: int | None, room: float) -> list[WrittenLine]:
    """Write the stage's lines with as many terms as there is room for; the covered one ends in a question mark."""
    lines: list[WrittenLine] = []
    for most in MOST_TERMS:
        lines = [write(line) for line in work(most).lines]
        if covered is not None:
            asked = lines[covered]
            lines[covered:] = [replace(asked, steps=asked.steps[:1], result=LineToken(TokenSort.WORD, "?"))]
        if all(width_of(line) <= MOST_ROWS * room for line in lines):
            break
    return lines


def _gradients(work: Work, covered: int | None, room: float) -> list[WrittenLine]:
    """Write the gradients of the weights, with the fewest terms where more would not fit."""
    if covered is not None:
        return []
    sides = [write(line) for line in work(MOST_TERMS[0]).gradients]
    return sides if all(width_of(line) <= room for line in sides) else [write(line) for line in work(1).gradients]


def width_of(written: WrittenLine) -> float:
    """Return how wide the numbers are in one row."""
    return text_width(written.text, NUMBER_PIXELS, bold=True)


def _lay_stacked(page: SheetPage, lines: Iterable[WrittenLine], width: float) -> None:
    """Set the symbols in one row and the numbers below them, small words before the first pair if there is room."""
    written_lines = tuple(lines)
    widest = max((typeset(written.line.formula, SYMBOL_PIXELS).width for written in written_lines), default=0.0)
    indent = INDENT if INDENT + widest <= width else 0.0
    for place, written in enumerate(written_lines):
        top = page.bottom
        page.add_symbols(written.line.formula, MARGIN + indent)
        page.add_numbers(written, MARGIN + indent, top + ROW, width - indent)
        if place == 0 and indent:
            page.add_label(_tr("symbols"), MARGIN, top)
            page.add_label(_tr("numbers"), MARGIN, top + ROW)
        page.bottom += 3.0


def _lay_table(page: SheetPage, lines: Sequence[WrittenLine], width: float) -> None:
    """Set each line in a row: symbols, then from a common column on the numbers."""
    widths = [typeset(written.line.formula, SYMBOL_PIXELS).width for written in lines]
    column = min(max(widths, default=0.0) + GAP, 0.5 * width)
    for written, wide in zip(lines, widths, strict=True):
        page.add_symbols(written.line.formula, MARGIN)
        top = page.bottom if wide + GAP <= column else page.bottom + ROW
        page.add_numbers(written, MARGIN + column, top, width - column)


def _lay_gradients(page: SheetPage, working: Working, lines: Sequence[WrittenLine], left: float, width: float) -> None:
    """Set one line of symbols for all, then each one's numbers behind its count ``k = 1``; the last is the bias's."""
    page.add_symbols(working.rule, left)
    page.bottom += ROW
    for place, written in enumerate(lines):
        is_bias = r"\partial b" in written.line.name
        if is_bias and working.left_out:
            page.add_label(_tr("… and %n more weight(s)", "", working.left_out), left, page.bottom)
            page.bottom += ROW
        page.add_label("b" if is_bias else f"k = {place + 1}", left, page.bottom)
        page.add_numbers(written, left + COUNT_WIDTH, page.bottom, width - COUNT_WIDTH)


def _advance(tokens: list[LineToken], *, bold: bool) -> float:
    return sum(text_width(token.text, NUMBER_PIXELS, bold) for token in tokens)


def _fitting(written: WrittenLine, width: float) -> Iterator[tuple[list[LineToken], bool]]:
    """Yield what stays together in a row, a term factor by factor where it is wider than a row."""
    for tokens, result in _chunks(written):
        if result or _advance(tokens, bold=False) <= width:
            yield tokens, result
            continue
        piece: list[LineToken] = []
        for token in tokens:
            if token.text == " · ":
                yield piece, False
                piece = []
            piece.append(token)
        yield piece, False


def _chunks(written: WrittenLine) -> Iterator[tuple[list[LineToken], bool]]:
    """Yield what stays together in a row: terms with the sign before them, the result with its sign of equality."""
    for place, step in enumerate(written.steps):
        chunk = [LineToken(TokenSort.SIGN, " = ")] if place else []
        for token in step:
            if token.sort is TokenSort.SIGN and token.text.strip() in ("+", "−", "÷") and token.text.startswith(" "):
                yield chunk, False
                chunk = []
            chunk.append(token)
        yield chunk, False
    yield [*([LineToken(TokenSort.SIGN, " = ")] if written.steps else []), written.result], True


def _tr(text: str, note: str = "", number: int = -1) -> str:
    return QCoreApplication.translate("CalculationSheet", text, note, number)
