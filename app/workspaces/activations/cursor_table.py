"""Every compared function at the cursor: y, the slope by rule and in numbers. What is pointed at lights up too."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Formula, Group, Mark, Rect, Rectangle, Text, call, text_width
from app.kit.drawing.number import UNKNOWN
from app.kit.drawing.view import DrawingView
from app.kit.export import Table
from app.kit.formula.boxes import lay_out
from app.workspaces.activations.functions import SLOPE_DECIMALS, ComparedFunction, value_decimals
from app.workspaces.activations.keys import SLOPE, Y, asked_number
from app.workspaces.activations.rules import RULE_PIXELS, rule_at, rule_box, rule_words
from app.workspaces.activations.words import agreed_text, slope_text, value_text
from engine.activations.branches import SlopeBranch
from engine.activations.typed import Typed

HEAD, ROW, BESIDE = 15.0, 24.0, 12.0
"""Pixels of the heading, of a row, and of the small print that a row may have beneath its slope."""
NAME, NAME_WIDTH, GAP = 18.0, 58.0, 8.0
SIZE, SMALL = 13.0, 10.0
RULE = "rule"


@dataclass(frozen=True, eq=False)
class CursorNumbers:
    """``lit``: keys that stand out; ``hidden``: slopes are yet to be guessed; ``nudge``: the x that a key has led from
    and to, while it is there."""

    shown: tuple[ComparedFunction, ...] = ()
    cursor: float = 0.0
    lit: frozenset[Hashable] = frozenset()
    hidden: bool = False
    nudge: tuple[float, float] | None = None

    def beside(self, function: ComparedFunction) -> str:
        """Return the small print beneath a slope: what a nudge has shown, or what stands for the slope at a kink."""
        if self.hidden:
            return ""
        if self.nudge is None:
            return agreed_text(function, self.cursor)
        old, new = self.nudge
        rise = function.scalar.at(new)[0] - function.scalar.at(old)[0]
        return f"Δf/Δx {value_text(rise / (new - old), SLOPE_DECIMALS)}"


def draw_numbers(data: CursorNumbers, frame: Frame) -> Drawing:
    """Draw a row for each function. Keys: (Y, function) and (SLOPE, function), of numbers and of their symbols, and
    (RULE, function)."""
    values = [
        value_text(function.scalar.at(data.cursor)[0], value_decimals(function, data.cursor)) for function in data.shown
    ]
    slopes = [UNKNOWN if data.hidden else slope_text(function, data.cursor) for function in data.shown]
    notes = [data.beside(function) for function in data.shown]
    heads = _tr("y = f(x)"), _tr("slope, by rule"), _tr("f′(x)")
    wide_value = max(text_width(text, SIZE, True) for text in (heads[0], *values)) + GAP
    wide_slope = max(
        text_width(heads[2], SIZE, True), *(text_width(text, SIZE, True) for text in slopes),
        *(text_width(text, SMALL) for text in notes), 0.0,
    ) + GAP  # fmt: skip
    value_right, slope_left = NAME + NAME_WIDTH + wide_value, frame.width - wide_slope
    rule = (value_right + GAP, slope_left - value_right - 2 * GAP)
    marks: list[Mark] = [
        Text(heads[0], (NAME, 0, value_right - NAME, HEAD), 11, "text_muted", "right middle", bold=True),
        Text(heads[1], (rule[0], 0, max(rule[1], 0.0), HEAD), 11, "text_muted", "left middle", bold=True, elide=True),
        Text(heads[2], (slope_left, 0, wide_slope, HEAD), 11, "text_muted", "right middle", bold=True),
    ]
    top = HEAD
    for function, value, slope, note in zip(data.shown, values, slopes, notes, strict=True):
        y, steep = function.scalar.at(data.cursor)
        ink = "text_muted" if function.stale else "text"
        marks += [
            Disc(6.0, top + ROW / 2, 5.0, function.ink),
            Text(function.name, (NAME, top, NAME_WIDTH, ROW), SIZE, ink, "left middle", elide=True),
            *asked_number(
                value,
                y,
                (Y, function.key),
                f"{function.name}(x)",
                (value_right - wide_value, top, wide_value - 3.0, ROW),
                SIZE,
                pointed=frame.pointed,
                align="right",
                is_lit=(Y, function.key) in data.lit,
            ),
            *asked_number(
                slope,
                steep,
                (SLOPE, function.key),
                f"{function.name}′(x)",
                (slope_left, top, wide_slope - 3.0, ROW),
                SIZE,
                pointed=frame.pointed,
                align="right",
                is_lit=(SLOPE, function.key) in data.lit,
                is_hidden=data.hidden,
            ),
        ]
        if not data.hidden and rule[1] > 0:
            typed = function.known.typed if function.known is not None else None
            lit = frozenset(key for key in data.lit if isinstance(key, tuple) and key[-1] == function.key)
            place = (rule[0], top, rule[1], ROW)
            marks.append(Rectangle(place, key=(RULE, function.key), tip=call(_rule_tip, function)))
            marks.append(Group(call(_rule_marks, function.key, typed, rule_at(function, data.cursor), lit, place)))
        marks.append(
            Text(note, (slope_left - 60, top + ROW - 4.0, wide_slope + 60, BESIDE), SMALL, "text_muted", "right middle")
        )
        top += ROW + (BESIDE if note else 0.0)
    return Drawing(tuple(marks), numbers=call(_table, data), height=top)


def _rule_marks(
    key: str, typed: Typed | None, rule: str | SlopeBranch, lit: frozenset[Hashable], place: Rect
) -> list[Mark]:
    """Write the branch that holds at the cursor, in the middle of a row."""
    left, top, width, height = place
    line = lay_out(rule_box(key, typed, rule), RULE_PIXELS)
    scale = max(1e-3, min(1.0, width / line.width if line.width else 1.0, height / line.height if line.height else 1.0))
    baseline = top + height / 2 + scale * (line.ascent - line.descent) / 2
    hand = Qt.CursorShape.PointingHandCursor
    return [
        Formula(
            line, left, baseline, RULE_PIXELS, widest=scale * line.width, highest=scale * line.height, lit=lit,
            cursor=hand,
        )
    ]  # fmt: skip


def _rule_tip(function: ComparedFunction) -> str:
    return f"f′(x) = {rule_words(function)}"


def _table(data: CursorNumbers) -> Table:
    rows = [
        (function.name, function.scalar.at(data.cursor)[0], "" if data.hidden else function.scalar.at(data.cursor)[1])
        for function in data.shown
    ]
    return Table(("function", "f", "f′"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CursorTable", text)


class CursorTable(DrawingView):
    """The numbers at the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        name = self.tr("Every function at the cursor")
        super().__init__(
            draw_numbers, CursorNumbers(), hint=QSize(300, 60), least=QSize(180, 1), name=name, parent=parent
        )

    @property
    def numbers(self) -> CursorNumbers:
        """Return what is drawn."""
        assert isinstance(self.data, CursorNumbers)
        return self.data

    def show_functions(self, shown: Sequence[ComparedFunction], cursor: float) -> None:
        """Show what they are at the cursor; what a nudge has shown goes once the cursor or a function is another."""
        before, after = (tuple(function.scalar for function in functions) for functions in (self.numbers.shown, shown))
        nudge = self.numbers.nudge
        is_there = nudge is not None and nudge[1] == cursor and before == after
        self.set_data(replace(self.numbers, shown=tuple(shown), cursor=cursor, nudge=nudge if is_there else None))

    def show_nudge(self, old: float, new: float) -> None:
        """Beside the slopes, show how much f has changed for how much of x; nothing while slopes are to be guessed."""
        if not self.numbers.hidden:
            self.set_data(replace(self.numbers, nudge=(old, new)))

    def hide_slopes(self, hidden: bool) -> None:
        """Show f′ as a question, or as it is; what a nudge has shown would give it away."""
        if hidden is not self.numbers.hidden:
            self.set_data(replace(self.numbers, hidden=hidden, nudge=None))

    def light(self, keys: Collection[Hashable]) -> None:
        """Make the symbols and numbers of these keys stand out."""
        if frozenset(keys) != self.numbers.lit:
            self.set_data(replace(self.numbers, lit=frozenset(keys)))
