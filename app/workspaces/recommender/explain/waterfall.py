"""The sum of a row as a waterfall: each weight begins where the one before has ended, down to the logit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.announce import announce
from app.kit.charts.scale import Scale
from app.kit.export import Table
from app.kit.look import faded, font, signed_text
from app.kit.numbers import counted, grouped, plain, signed
from app.kit.widgets.painted import KeyFocus, Painted, draw_elided, set_pixels
from app.kit.words import plain_tip
from app.workspaces.recommender.explain.content import Explained, Term
from app.workspaces.recommender.explain.written import WIDE_KINDS, Step, Written, written

ROW, LEAST_ROW = 23.0, 17.0
AXIS = 20.0
BRACKET = 26.0
VALUE = 66.0
MOST_CROSSES = 12
LEAST_CROSSES = 2
NAMES = 0.46
"""Share of the width that the names may take."""
TOLD = 12
"""Terms of a rest that its tooltip lists."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand: the rows' height, and the box of the bars with its scale."""

    row: float
    bars: QRectF
    low: float
    high: float

    def x(self, value: float) -> float:
        """Where a value stands on the axis."""
        return self.bars.left() + (value - self.low) / (self.high - self.low) * self.bars.width()

    def line(self, at: int) -> QRectF:
        """The line of a step, as high as the row."""
        return QRectF(0.0, self.bars.top() + at * self.row, self.bars.right(), self.row)


class Waterfall(KeyFocus, Painted):
    """As many crosses by name as there is room for; the rest is summed. Arrow keys walk over the steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Explained | None = None
        self._written: Written | None = None
        self._current, self._names = -1, 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(300, round(AXIS + LEAST_ROW * (LEAST_CROSSES + 5)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_row(self, row: Explained | None) -> None:
        """Show a row's sum; none before there is one."""
        self._row = row
        self._fit()

    @property
    def written(self) -> Written | None:
        """The sum as it is printed."""
        return self._written

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Name as many crosses as fit beside bias, further crosses, single columns, deep part and logit."""
        if self._row is not None:
            room = int((self.height() - AXIS) // LEAST_ROW) - 5
            self._written = written(self._row, max(LEAST_CROSSES, min(MOST_CROSSES, room)))
        else:
            self._written = None
        self._current = -1
        self._names = self._widest_name()
        self._describe()
        self.update()

    def _widest_name(self) -> float:
        """Pixels of the longest name."""
        strong = QFontMetrics(font(12, QFont.Weight.DemiBold))
        steps = self._written.steps if self._written is not None else ()
        return float(max((strong.horizontalAdvance(self.name_of(step)) for step in steps), default=0))

    def _describe(self) -> None:
        if self._written is not None:
            self.setAccessibleDescription("; ".join(self.line_of(step) for step in self._written.steps))

    # Words --------------------------------------------------------------------------------------------------------

    def name_of(self, step: Step) -> str:
        """What a step is of."""
        if step.kind == "bias":
            return self.tr("bias: what everybody starts from")
        if step.named:
            return step.terms[0].title
        if step.kind == "further":
            return counted(len(step.terms), self.tr("1 further cross"), self.tr("{count} further crosses"))
        if step.kind == "single":
            return counted(len(step.terms), self.tr("1 single column"), self.tr("{count} single columns"))
        if step.kind == "deep":
            layers = " → ".join(str(units) for units in (*(self._row.layers if self._row else ()), 1))
            return self.tr("deep part, {layers}").format(layers=layers)
        return self.tr("logit")

    def line_of(self, step: Step) -> str:
        """A step in words: its name and its number."""
        assert self._written is not None
        return f"{self.name_of(step)} {signed(step.weight, self._written.decimals)}"

    def tip_of(self, step: Step) -> str:
        """What stands behind a step."""
        assert self._written is not None
        decimals = self._written.decimals
        if step.named:
            return self._seen(step.terms[0])
        if step.kind in ("further", "single"):
            heaviest = sorted(step.terms, key=lambda term: -abs(term.weight))
            lines = [f"{term.title}  {signed(term.weight, decimals)}" for term in heaviest[:TOLD]]
            if len(heaviest) > TOLD:
                lines.append("…")
            lines.append(self._exactly(step))
            return "\n".join(lines)
        if step.kind == "bias":
            return self.tr("The bias is the same for every row.")
        if step.kind == "deep":
            said = self.tr("What the hidden layers make of the embeddings and numbers of this row.")
            return f"{said}\n{self._exactly(step)}"
        return self.tr("The sum of all of it; its logistic is the probability.")

    def _exactly(self, step: Step) -> str:
        return self.tr("more exactly {sum}; the last digit is such that the numbers add up").format(
            sum=signed(step.exact, 6)
        )

    def _seen(self, term: Term) -> str:
        pairs = " × ".join(f"{name} = {value}" for name, value in zip(term.columns, term.values, strict=True))
        if term.shared:
            return self._seen_together(term, pairs)
        if not term.count:
            return self.tr("{cross}: no training row has it, so its weight has never moved").format(cross=pairs)
        if term.count == 1:
            return self.tr("{cross}: 1 training row has it").format(cross=pairs)
        return self.tr("{cross}: {count} training rows have it").format(cross=pairs, count=grouped(term.count))

    def _seen_together(self, term: Term, pairs: str) -> str:
        """Of a hashed cross only the bucket's rows are known: those of all combinations that share the weight."""
        if not term.count:
            words = self.tr(
                "{cross}: others may share its weight (hashed); no training row has any of them, so it has never moved"
            )
        elif term.count == 1:
            words = self.tr("{cross}: others may share its weight (hashed); 1 training row has one of them")
        else:
            words = self.tr("{cross}: others may share its weight (hashed); {count} training rows have one of them")
        return words.format(cross=pairs, count=grouped(term.count))

    # Painting -----------------------------------------------------------------------------------------------------

    def _places(self) -> _Places:
        assert self._written is not None
        steps = self._written.steps
        row = min(ROW, (self.height() - AXIS) / len(steps))
        left = min(self._names + 12.0, NAMES * self.width()) + BRACKET
        bars = QRectF(left, AXIS, max(40.0, self.width() - left - VALUE), row * len(steps))
        ends = [0.0, *(step.end for step in steps)]
        low, high = min(ends), max(ends)
        air = 0.04 * (high - low) or 0.5
        return _Places(row, bars, low - air, high + air)

    def paint(self, painter: QPainter) -> None:
        if self._written is None:
            return
        places = self._places()
        self._paint_axis(painter, places)
        self._paint_bracket(painter, places)
        for at, step in enumerate(self._written.steps):
            self._paint_step(painter, places, at, step)

    def _paint_axis(self, painter: QPainter, places: _Places) -> None:
        set_pixels(painter, 11)
        last = 0.0
        for value, text in Scale(False, places.low, places.high).ticks(places.bars.width() / 2):
            x = places.x(value)
            painter.setPen(QPen(theme.colour("text_muted" if value == 0 else "border"), 1.0))
            painter.drawLine(QPointF(x, places.bars.top()), QPointF(x, places.bars.bottom()))
            width = painter.fontMetrics().horizontalAdvance(plain(value)) + 8.0
            if x - width / 2 >= last:
                painter.setPen(theme.colour("text_muted"))
                painter.drawText(QRectF(x - 30, 0, 60, AXIS - 4), Qt.AlignmentFlag.AlignCenter, text)
                last = x + width / 2

    def _paint_bracket(self, painter: QPainter, places: _Places) -> None:
        """Round the steps of the wide part, with their sum."""
        assert self._written is not None
        wide = [at for at, step in enumerate(self._written.steps) if step.kind in WIDE_KINDS]
        if not wide:
            return
        top, bottom = places.line(wide[0]).top() + 4, places.line(wide[-1]).bottom() - 4
        painter.setPen(QPen(theme.colour("text_muted"), 1.0))
        painter.drawPolyline([QPointF(25, top), QPointF(20, top), QPointF(20, bottom), QPointF(25, bottom)])
        text = self.tr("wide {sum}").format(sum=signed(self._written.wide, self._written.decimals))
        set_pixels(painter, 11)
        painter.save()
        painter.translate(9, (top + bottom) / 2)
        painter.rotate(-90)
        painter.drawText(QRectF(-60, -9, 120, 18), Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _paint_step(self, painter: QPainter, places: _Places, at: int, step: Step) -> None:
        assert self._written is not None
        line = places.line(at)
        total, strong = step.kind == "logit", step.kind in ("bias", "deep", "logit")
        if at == self._current:
            painter.setPen(QPen(theme.colour("accent"), 1.5) if self.focused_by_key else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(QRectF(BRACKET + 2, line.top(), self.width() - BRACKET - 3, line.height()), 5, 5)
        if total:
            painter.setPen(QPen(theme.colour("border"), 1.0))
            painter.drawLine(QPointF(BRACKET, line.top()), QPointF(self.width(), line.top()))
        self._paint_bar(painter, places, line, step)
        set_pixels(painter, 12, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted" if step.kind in ("further", "single") else "text"))
        name = QRectF(BRACKET, line.top(), places.bars.left() - BRACKET - 10, line.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        draw_elided(painter, name, right, self.name_of(step))
        set_pixels(painter, 12, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text") if total else signed_text(step.weight))
        value = QRectF(places.bars.right(), line.top(), self.width() - places.bars.right() - 4, line.height())
        painter.drawText(value, right, signed(step.weight, self._written.decimals))

    def _paint_bar(self, painter: QPainter, places: _Places, line: QRectF, step: Step) -> None:
        begin, end = places.x(step.begin), places.x(step.end)
        thick = min(15.0, line.height() - 6)
        bar = QRectF(min(begin, end), line.center().y() - thick / 2, max(1.5, abs(end - begin)), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        name = "text" if step.kind == "logit" else "positive" if step.weight >= 0 else "negative"
        painter.setBrush(faded(name, 0.55) if step.kind in ("further", "single") else theme.colour(name))
        painter.drawRoundedRect(bar, min(3.0, bar.width() / 2), min(3.0, bar.width() / 2))
        if step.kind != "logit":
            painter.setPen(QPen(theme.colour("text_muted"), 1.0))
            down = line.bottom() + line.height() / 2 - thick / 2
            painter.drawLine(QPointF(end, bar.bottom()), QPointF(end, down))

    # Reading ------------------------------------------------------------------------------------------------------

    def step_at(self, y: float) -> int:
        """The step at a height in pixels, −1 for none."""
        if self._written is None:
            return -1
        at = int((y - AXIS) // self._places().row)
        return at if 0 <= at < len(self._written.steps) else -1

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.step_at(event.pos().y())
            if at >= 0 and self._written is not None:
                QToolTip.showText(event.globalPos(), plain_tip(self.tip_of(self._written.steps[at])), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk over the steps, each of which is said."""
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if way is None or self._written is None:
            super().keyPressEvent(event)
            return
        self._current = max(0, min(len(self._written.steps) - 1, self._current + way))
        step = self._written.steps[self._current]
        announce(self, f"{self.line_of(step)}. {self.tip_of(step)}")
        self.update()

    def table(self) -> Table:
        """Every term whole, the crosses that are only summed on screen among them."""
        if self._row is None:
            return Table((), ())
        row = self._row
        terms = sorted(row.terms, key=lambda term: -abs(term.weight))
        named = [(" × ".join(f"{c}={v}" for c, v in zip(t.columns, t.values, strict=True)), t.weight) for t in terms]
        parts = [("bias", row.bias), *named, ("deep", row.deep), ("logit", row.logit), ("probability", row.probability)]
        return Table(("term", "weight"), parts)
