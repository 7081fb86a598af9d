"""Lines of arithmetic laid out: symbols set in type, the numbers under or beside them, each number where it was put.

Symbols are the same at every step and come out of the typesetter's cache; numbers are another line each time, so they
are drawn as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from app.builder.timeline.written import Sort, Token, Written
from app.kit import look
from app.kit.formula.boxes import LaidOut
from app.kit.typeset import typeset

SYMBOL_PIXELS, NUMBER_PIXELS, LABEL_PIXELS = 15.0, 13.0, 11.0
ROW = 23.0
INDENT = 62.0
"""Where the lines begin, right of the words ``symbols`` and ``numbers``."""
GAP = 14.0
COUNT_WIDTH = 42.0
"""What ``k = 12`` takes of a row."""
RESULT_SPACE = 3.0
"""Left and right of a result, for the plate that it stands on."""
FIRST_BASELINE = 16.0


@dataclass(frozen=True, slots=True)
class PlacedToken:
    """A token and the box of its row that it takes. ``result``: it is what the line comes to."""

    token: Token
    box: QRectF
    baseline: float
    result: bool = False


@dataclass(frozen=True, slots=True)
class PlacedFormula:
    """A line of symbols and the left end of its baseline."""

    line: LaidOut
    at: QPointF


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A word in muted small print, and the left end of its baseline."""

    text: str
    at: QPointF


@dataclass(slots=True)
class Page:
    """Everything that a sheet paints, and how much room it takes."""

    tokens: list[PlacedToken] = field(default_factory=list)
    formulas: list[PlacedFormula] = field(default_factory=list)
    labels: list[PlacedLabel] = field(default_factory=list)
    bottom: float = 0.0

    def token_at(self, point: QPointF) -> PlacedToken | None:
        """The number with a source that lies under a point."""
        return next((p for p in self.tokens if p.token.source is not None and p.box.contains(point)), None)


def number_font(*, bold: bool = False) -> QFont:
    """What numbers are written in: digits of one width, so that a line does not dance while they change."""
    return look.tabular(look.font(NUMBER_PIXELS, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))


def typeset_symbols(markup: str) -> LaidOut:
    """A line of symbols in the sheet's size."""
    return typeset(markup, SYMBOL_PIXELS)


def width_of(written: Written) -> float:
    """How wide the numbers are in one row."""
    return QFontMetricsF(number_font(bold=True)).horizontalAdvance(written.text)


def lay_stacked(page: Page, lines: Iterable[Written], left: float, width: float, names: tuple[str, str]) -> None:
    """Symbols in one row, the numbers below them; ``names``: the small words before the first pair."""
    for place, written in enumerate(lines):
        top = page.bottom
        formula = typeset_symbols(written.line.formula)
        page.formulas.append(PlacedFormula(formula, QPointF(left + INDENT, top + FIRST_BASELINE)))
        page.bottom = _lay_tokens(page, written, left + INDENT, top + ROW, width - INDENT)
        if place == 0:
            for name, y in zip(names, (top, top + ROW), strict=True):
                page.labels.append(PlacedLabel(name, QPointF(left, y + FIRST_BASELINE)))
        page.bottom += 3.0


def lay_table(page: Page, lines: Sequence[Written], left: float, width: float) -> None:
    """Each line in a row: symbols, then from a common column on the numbers."""
    formulas = [typeset_symbols(written.line.formula) for written in lines]
    column = min(max((formula.width for formula in formulas), default=0.0) + GAP, 0.5 * width)
    for written, formula in zip(lines, formulas, strict=True):
        top = page.bottom
        page.formulas.append(PlacedFormula(formula, QPointF(left, top + FIRST_BASELINE)))
        beside = formula.width + GAP <= column
        first = top if beside else top + ROW
        page.bottom = _lay_tokens(page, written, left + column, first, width - column)


def lay_counted(page: Page, rule: str, lines: Sequence[Written], left_out: str, left: float, width: float) -> None:
    """One line of symbols for all, then each one's numbers behind its count ``k = 1``; the last is the bias's, before
    which ``left_out`` says what is not shown."""
    page.formulas.append(PlacedFormula(typeset_symbols(rule), QPointF(left, page.bottom + FIRST_BASELINE)))
    page.bottom += ROW
    for place, written in enumerate(lines):
        is_bias = r"\partial b" in written.line.name
        if is_bias and left_out:
            lay_note(page, left_out, left)
        label = QPointF(left, page.bottom + FIRST_BASELINE)
        page.labels.append(PlacedLabel("b" if is_bias else f"k = {place + 1}", label))
        page.bottom = _lay_tokens(page, written, left + COUNT_WIDTH, page.bottom, width - COUNT_WIDTH)


def lay_note(page: Page, text: str, left: float) -> None:
    """A muted word in a row of its own."""
    page.labels.append(PlacedLabel(text, QPointF(left, page.bottom + FIRST_BASELINE)))
    page.bottom += ROW


def _lay_tokens(page: Page, written: Written, left: float, top: float, width: float) -> float:
    """Put the numbers down, in further rows where one is too short; the bottom of the last one."""
    x, y = left, top
    for tokens, result in _fitting(written, width):
        metrics = QFontMetricsF(number_font(bold=result))
        needed = _advance(tokens, metrics) + (2 * RESULT_SPACE if result else 0.0)
        if x > left and x + needed > left + width:
            x, y = left, y + ROW
        for token in tokens:
            advance = metrics.horizontalAdvance(token.text)
            is_result = result and token is written.result
            x += RESULT_SPACE if is_result and written.steps else 0.0
            page.tokens.append(PlacedToken(token, QRectF(x, y, advance, ROW), y + FIRST_BASELINE, is_result))
            x += advance
    return y + ROW


def _advance(tokens: list[Token], metrics: QFontMetricsF) -> float:
    return sum(metrics.horizontalAdvance(token.text) for token in tokens)


def _fitting(written: Written, width: float) -> Iterator[tuple[list[Token], bool]]:
    """What stays together in a row, a term factor by factor where it is wider than a row."""
    metrics = QFontMetricsF(number_font())
    for tokens, result in _chunks(written):
        if result or _advance(tokens, metrics) <= width:
            yield tokens, result
            continue
        piece: list[Token] = []
        for token in tokens:
            if token.text == " · ":
                yield piece, False
                piece = []
            piece.append(token)
        yield piece, False


def _chunks(written: Written) -> Iterator[tuple[list[Token], bool]]:
    """What stays together in a row: terms with the sign before them, the result with its sign of equality."""
    for place, step in enumerate(written.steps):
        chunk = [Token(Sort.SIGN, " = ")] if place else []
        for token in step:
            if token.sort is Sort.SIGN and token.text.strip() in ("+", "−", "÷") and token.text.startswith(" "):
                yield chunk, False
                chunk = []
            chunk.append(token)
        yield chunk, False
    yield [*([Token(Sort.SIGN, " = ")] if written.steps else []), written.result], True
