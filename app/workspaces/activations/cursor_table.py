"""Every compared function at the cursor: y, the slope by rule and in numbers. What is pointed at lights up too."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.kit.formula.view import FormulaView
from app.kit.numbers import fixed
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.widgets.painted import Painted
from app.kit.words import plain_tip
from app.workspaces.activations.keys import SLOPE, X, Y
from app.workspaces.activations.number_link import NumberLink
from app.workspaces.activations.rules import RULE_PIXELS, rule_at, rule_box, rule_words
from app.workspaces.activations.shown import SLOPE_DECIMALS, Shown, value_decimals
from app.workspaces.activations.words import agreed_text, slope_text
from engine.activations.branches import SlopeBranch

ROW_HEIGHT, NAME_WIDTH = 24, 58
HIDDEN = "?"


class Spot(Painted):
    """A disc in a function's colour."""

    def __init__(self, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self.setFixedSize(12, 12)

    def sizeHint(self) -> QSize:
        return QSize(12, 12)

    def paint(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._shown.colour)
        painter.drawEllipse(QRectF(1, 1, 10, 10))


@dataclass(slots=True)
class _Row:
    spot: Spot
    name: ElidedLabel
    value: NumberLink
    rule: FormulaView
    slope: NumberLink
    shown_rule: tuple[str | SlopeBranch, str] | None = None
    """The branch that is shown, and of which text."""

    def widgets(self) -> tuple[QWidget, ...]:
        return self.spot, self.name, self.value, self.rule, self.slope


class CursorTable(QWidget):
    """``pointed(key or None)``: (Y, X or SLOPE, the function's key). ``asked(key)``: where that number comes from."""

    pointed = Signal(object)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(3, 1)
        self.rows: dict[str, _Row] = {}
        self._shown: tuple[Shown, ...] = ()
        self._slopes_hidden = False
        self._cursor = 0.0
        self._nudged_to: float | None = None
        for column, words in ((2, "y = f(x)"), (3, self.tr("slope, by rule")), (4, "f′(x)")):
            head = Label(words)
            head.setProperty("role", "heading")
            if column != 3:
                head.setAlignment(Qt.AlignmentFlag.AlignRight)
            else:  # it gives way to numbers, as the rules beneath do
                head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._grid.addWidget(head, 0, column)

    def show_functions(self, shown: Sequence[Shown], cursor: float) -> None:
        """What they are at the cursor."""
        if [one.look for one in shown] != [one.look for one in self._shown]:
            self._rebuild(shown)
        are_others = any(one.scalar is not before.scalar for one, before in zip(shown, self._shown, strict=False))
        self._shown, self._cursor = tuple(shown), cursor
        if are_others or self._nudged_to != cursor:
            self._forget_nudge()
        self._fill()

    def hide_slopes(self, hidden: bool) -> None:
        """Show f' as a question, or as it is; what a nudge has said would give it away."""
        if hidden is self._slopes_hidden:
            return
        self._slopes_hidden = hidden
        if hidden:
            self._forget_nudge()
        self._fill()

    @Slot(float, float)
    def show_nudge(self, old: float, new: float) -> None:
        """Beside the slopes, how much f has changed for how much of x; until the cursor moves otherwise, or a function
        is another. Nothing while slopes are still to be guessed."""
        if self._slopes_hidden:
            return
        for one in self._shown:
            rise = one.scalar.at(new)[0] - one.scalar.at(old)[0]
            self.rows[one.key].slope.say_beside(f"Δf/Δx {fixed(rise / (new - old), SLOPE_DECIMALS)}")
        self._nudged_to = new

    def _forget_nudge(self) -> None:
        self._nudged_to = None
        for row in self.rows.values():
            row.slope.say_beside("")

    def light(self, keys: Collection[Hashable]) -> None:
        """Make the symbols and numbers of these keys stand out."""
        for key, row in self.rows.items():
            row.rule.light(keys)
            row.value.light((Y, key) in keys)
            row.slope.light((SLOPE, key) in keys)

    def _rebuild(self, shown: Sequence[Shown]) -> None:
        for row in self.rows.values():
            for widget in row.widgets():
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        for at in range(1, len(self.rows) + 1):
            self._grid.setRowMinimumHeight(at, 0)  # a layout never forgets a row
        self.rows = {}
        for at, one in enumerate(shown, start=1):
            self.rows[one.key] = row = self._made(one)
            for column, widget in enumerate(row.widgets()):
                self._grid.addWidget(widget, at, column, Qt.AlignmentFlag.AlignVCenter)
            self._grid.setRowMinimumHeight(at, ROW_HEIGHT)

    def _made(self, one: Shown) -> _Row:
        tip = self.tr("Where does this number come from?")
        row = _Row(
            Spot(one),
            ElidedLabel(one.name),
            NumberLink(f"{one.name}(x)", tip),
            FormulaView(None, RULE_PIXELS, walkable=True),
            NumberLink(f"{one.name}′(x)", tip),
        )
        row.name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row.name.setFixedWidth(NAME_WIDTH)
        row.name.setEnabled(not one.stale)
        row.rule.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.rule.pointed.connect(self.pointed)
        row.rule.chosen.connect(lambda key: self.asked.emit(key) if key[0] != X else None)
        for kind, link in ((Y, row.value), (SLOPE, row.slope)):
            key = (kind, one.key)
            link.entered.connect(lambda on, key=key: self.pointed.emit(key if on else None))
            link.clicked.connect(lambda _checked=False, key=key: self.asked.emit(key))
        return row

    @staticmethod
    def _show_rule(row: _Row, one: Shown, x: float) -> None:
        """The branch that holds at x; one that is too long, and all branches, stand in the tooltip."""
        rule = rule_at(one, x)
        shown = rule, one.known.text if one.known is not None else one.key
        if shown == row.shown_rule:
            return
        row.shown_rule = shown
        row.rule.set_box(rule_box(one, rule))
        row.rule.setToolTip(plain_tip(f"f′(x) = {rule_words(one)}"))

    def _fill(self) -> None:
        for one in self._shown:
            value = one.scalar.at(self._cursor)[0]
            row = self.rows[one.key]
            self._show_rule(row, one, self._cursor)
            row.value.say(fixed(value, value_decimals(one, self._cursor)))
            row.slope.say(HIDDEN if self._slopes_hidden else slope_text(one, self._cursor))
            if self._nudged_to is None:
                row.slope.say_beside("" if self._slopes_hidden else agreed_text(one, self._cursor))
            row.slope.setEnabled(not self._slopes_hidden)
            row.rule.setVisible(not self._slopes_hidden)
