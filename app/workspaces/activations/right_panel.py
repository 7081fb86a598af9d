"""The right column: the check list, the numbers at the cursor, and what the layer would make of each function."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.capitals import in_capitals
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Formula, Group, Mark, Rect, Rectangle, Text, call, text_width
from app.kit.drawing.number import UNKNOWN
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.formula.boxes import lay_out
from app.kit.guessing.card import GuessCard
from app.kit.listing import joined
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.translation import worded_name
from app.kit.widgets.column import MARGIN, PanelColumn
from app.kit.widgets.labels import Label, wrapped
from app.kit.words import letters
from app.workspaces.activations.fact_list import FactList
from app.workspaces.activations.functions import (
    SLOPE_DECIMALS,
    ComparedFunction,
    still_words,
    value_decimals,
    value_text,
)
from app.workspaces.activations.keys import SLOPE, Y, asked_number
from app.workspaces.activations.layer_use import EffectList
from app.workspaces.activations.layer_watch import LayerView, WatchedLayer
from app.workspaces.activations.rules import RULE_PIXELS, rule_at, rule_box, rule_words
from app.workspaces.activations.words import advice_on, agreed_text, slope_text
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


def _table(data: CursorNumbers) -> ExportTable:
    rows = [
        (function.name, function.scalar.at(data.cursor)[0], "" if data.hidden else function.scalar.at(data.cursor)[1])
        for function in data.shown
    ]
    return ExportTable(("function", "f", "f′"), rows)


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


class UseFoot(QFrame):
    """``use`` and ``undo`` are its buttons. ``resized``: it wants another height."""

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.use = QPushButton(self.tr("Use it in the layer"))
        self.use.setProperty("role", "primary")
        self.use.setToolTip(
            self.tr(
                "Put the selected activation into the playground's layer (Ctrl+Return); Ctrl+Z undoes it while "
                "it's the latest step"
            )
        )
        self.undo = QPushButton()
        self.undo.setAccessibleName(self.tr("Undo"))
        self.undo.setToolTip(
            self.tr("Restore the earlier activation of the playground's layer (Ctrl+Z while it's the latest step)")
        )
        self.undo.hide()
        self.why = wrapped()
        self.why.hide()
        buttons = self._buttons = QHBoxLayout()
        buttons.addWidget(self.use)
        buttons.addStretch(1)
        buttons.addWidget(self.undo)
        self._undo_text = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, 6, MARGIN, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self.why)
        self._column.addLayout(buttons)

    def event(self, event: QEvent) -> bool:
        """Return what it says has become longer or shorter."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)

    def height_for(self, width: int) -> int:
        """The height that all of it takes in this width; none where there is nothing to say or to press."""
        if all(part.isHidden() for part in (self.why, self.use, self.undo)):
            return 0
        self._fit(width - 2 * MARGIN)
        wanted = self._column.heightForWidth(width)
        return wanted if wanted > 0 else self._column.sizeHint().height()

    def _fit(self, room: int) -> None:
        """Both buttons beside each other, that of undoing with fewer words if need be; else one above the other."""
        wide = self._buttons.direction()
        texts = (self._undo_text, self.tr("Undo")) if not self.undo.isHidden() else ("",)
        for text in texts:
            if text and self.undo.text() != letters(text):
                self.undo.setText(letters(text))
            shown = [button for button in (self.use, self.undo) if not button.isHidden()]
            taken = sum(button.sizeHint().width() for button in shown) + self._buttons.spacing() * len(shown)
            wide = QBoxLayout.Direction.LeftToRight if taken <= room else QBoxLayout.Direction.TopToBottom
            if taken <= room:
                break
        if wide is not self._buttons.direction():
            self._buttons.setDirection(wide)

    def show_layer(self, function: str, layer: str, refusal: str, put_into: str) -> None:
        """``function`` may go into ``layer``, unless there is a ``refusal``, which is then said in the button's place;
        one was put into ``put_into`` just now."""
        self.why.setText(refusal)
        self.why.setVisible(bool(refusal))
        self.use.setVisible(bool(function) and bool(layer) and not refusal)
        self.use.setText(letters(self.tr("Use {function} in {layer}").format(function=function, layer=layer)))
        self.use.setEnabled(not refusal)
        self.undo.setVisible(bool(put_into))
        self._undo_text = self.tr("Undo in {layer}").format(layer=put_into)
        self.undo.setText(letters(self._undo_text))
        self.undo.setAccessibleName(self._undo_text)


class RightPanel(PanelColumn):
    """Facts, numbers at the cursor, and the layer with its foot."""

    def __init__(self, fact_of: Callable[[Hashable], Fact | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Facts and numbers"))
        self._fact_of = fact_of
        self._shown: Sequence[ComparedFunction] = ()
        self._slopes_hidden = False
        self.rows.setSpacing(5)
        self._add_checks()
        self._add_numbers()
        self._add_layer()

    def _add_checks(self) -> None:
        self.checks = FactList()
        self.rows.addLayout(self._head(self.tr("Check list"), self._legend()))
        self.still = wrapped("", "problem")
        self.still.hide()
        self.rows.addWidget(self.checks)
        self.rows.addWidget(self.still)
        self.advice = wrapped()
        self.rows.addWidget(self.advice)
        theme.follow(self._restyle)

    def _add_numbers(self) -> None:
        self.numbers = CursorTable()
        self.origin, self.guess = OriginCard(self._fact_of), GuessCard()
        self.guess.set_compact(True)
        self._at = Label()
        self.rows.addSpacing(3)
        self.rows.addLayout(self._head("", self._at))
        self.rows.addWidget(self.guess)
        self.rows.addWidget(self.numbers)
        self.rows.addWidget(self.origin)
        self.rows.addStretch(1)

    def _add_layer(self) -> None:
        self.effects = EffectList()
        self._if = Label()
        self.rows.addLayout(self._head("", self._if))
        self.rows.addWidget(self.effects)
        self.foot = UseFoot(self)
        self.foot.resized.connect(self._place_foot)
        self._place_foot()
        self.foot.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_foot()

    @Slot()
    def _place_foot(self) -> None:
        """Keep the foot in sight, below the part that scrolls."""
        width, frame = self.width(), self.frameWidth()
        height = self.foot.height_for(width - 2 * frame)
        self.setViewportMargins(0, 0, 0, height)
        self.foot.setGeometry(frame, self.height() - frame - height, width - 2 * frame, height)

    def _head(self, title: str, beside: QLabel) -> QHBoxLayout:
        row = QHBoxLayout()
        if title:
            label = Label(in_capitals(title))
            label.setProperty("role", "heading")
            row.addWidget(label)
            row.addStretch(1)
        else:
            beside.setProperty("role", "heading")
        row.addWidget(beside)
        return row

    def _legend(self) -> QLabel:
        self._helps = Label()
        self._helps.setTextFormat(Qt.TextFormat.RichText)  # two words in their colours, all of it ours
        self._helps.setProperty("role", "muted")
        return self._helps

    def _restyle(self) -> None:
        good, bad = theme.current().good, theme.current().warning
        helps = f'<b style="color:{good}">{self.tr("helps")}</b>'
        hinders = f'<b style="color:{bad}">{self.tr("hinders")}</b>'
        self._helps.setText(self.tr("{helps} or {hinders} training").format(helps=helps, hinders=hinders))

    def show_checks(self, shown: Sequence[ComparedFunction]) -> None:
        """The facts of what is compared, and what they come to for a hidden layer."""
        self._shown = shown
        self.checks.show_functions(shown)
        self.still.setText(still_words(shown))
        self.still.setVisible(bool(self.still.text()))
        self._advise()

    def _advise(self) -> None:
        advice = advice_on(self._shown, hidden=self._slopes_hidden)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice) and self.still.isHidden())

    def hide_slopes(self, hidden: bool) -> None:
        """Show slopes and their ranges as questions, or as they are."""
        self._slopes_hidden = hidden
        self.numbers.hide_slopes(hidden)
        self.checks.hide_slopes(hidden)
        self._advise()

    def show_cursor(self, shown: Sequence[ComparedFunction], cursor: float, text: str) -> None:
        """Show the functions at an x, which is written as ``text``."""
        self._at.setText(joined((in_capitals(self.tr("At the cursor")), f"x = {text}")))
        self.numbers.show_functions(shown, cursor)

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from."""
        self.origin.show(key)

    def show_layer(
        self,
        layer: WatchedLayer | None,
        view: LayerView | None,
        shown: Sequence[ComparedFunction],
        candidate: ComparedFunction | None,
        refusal: str,
        put_into: str = "",
    ) -> None:
        """Show the layer's z under each function; not beside a question, which needs its room and whose answer it may
        give away. ``refusal``: why the marked one cannot be put in. ``put_into``: the layer that one was put into last,
        which can be undone."""
        name = worded_name(layer.name) if layer is not None else ""
        if_used = self.tr("If {layer} used it, with this z").format(layer=name)
        self._if.setText(in_capitals(if_used if name else self.tr("If a layer used it")))
        chosen = candidate.key if candidate is not None else None
        for part in (self._if, self.effects):
            part.setVisible(self.guess.isHidden())
        self.effects.show_effects(shown, view, chosen)
        self.foot.show_layer(candidate.name if candidate is not None else "", name, refusal, put_into)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CursorTable", text)
