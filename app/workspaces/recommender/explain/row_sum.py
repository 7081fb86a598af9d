"""Why a row has its probability: its sum in one line, and under it the waterfall of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.announce import announce
from app.kit.charts.scale import Scale
from app.kit.copying import CopyButton
from app.kit.export import Table
from app.kit.look import faded, font, signed_text
from app.kit.numbers import counted, grouped, plain, probability, signed
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.widgets.painted import KeyFocus, Painted, draw_elided, set_pixels
from app.kit.words import plain_tip
from app.workspaces.recommender.explain.answers import Explained, Term

LEAST_DECIMALS, MOST_DECIMALS = 3, 6
Kind = Literal["bias", "cross", "further", "single", "deep", "logit"]
NAMED: Kind = "cross"
WIDE_KINDS: tuple[Kind, ...] = ("cross", "further", "single")


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the waterfall, from ``begin`` to ``end`` on the axis of the logit; ``exact`` is what it was rounded
    from, ``terms`` what it stands for."""

    kind: Kind
    terms: tuple[Term, ...]
    weight: float
    begin: float
    exact: float

    @property
    def named(self) -> bool:
        """Whether it is a cross by itself, told by its name."""
        return self.kind == NAMED

    @property
    def end(self) -> float:
        """Where the sum has come to."""
        return self.begin + self.weight


@dataclass(frozen=True, slots=True)
class Written:
    """A row's sum as it is printed: every number is one of so many ``decimals``."""

    decimals: int
    steps: tuple[Step, ...]
    wide: float
    deep: float
    bias: float
    logit: float


@dataclass(frozen=True, slots=True)
class _Part:
    """What is one line of the sum; ``gives``: whether it may take up what roundings leave."""

    kind: Kind
    terms: tuple[Term, ...]
    exact: float
    gives: bool


def written(row: Explained, most: int) -> Written:
    """The sum with the ``most`` strongest crosses by name."""
    parts = _parts(row, most)
    decimals, printed = _printed(parts, row)
    steps, begin = [], 0.0
    for part, value in zip(parts, printed, strict=True):
        steps.append(Step(part.kind, part.terms, value, begin, part.exact))
        begin = round(begin + value, decimals)
    wide = round(sum(step.weight for step in steps if step.kind in WIDE_KINDS), decimals)
    deep = sum(step.weight for step in steps if step.kind == "deep")
    bias, logit = steps[0].weight, begin
    steps.append(Step("logit", (), logit, 0.0, row.logit))
    return Written(decimals, tuple(steps), wide, deep, bias, logit)


def _parts(row: Explained, most: int) -> list[_Part]:
    """The lines of the sum, from the bias on, as they are exactly."""
    crosses = sorted((term for term in row.terms if not term.single), key=lambda term: -abs(term.weight))
    named, further = crosses[:most], tuple(crosses[most:])
    singles = tuple(term for term in row.terms if term.single)
    parts = [_Part("bias", (), row.bias, False), *(_Part("cross", (term,), term.weight, False) for term in named)]
    rests: tuple[tuple[Kind, tuple[Term, ...]], ...] = (("further", further), ("single", singles))
    for kind, terms in rests:
        if terms:
            parts.append(_Part(kind, terms, sum(term.weight for term in terms), any(term.weight for term in terms)))
    if row.has_deep:
        parts.append(_Part("deep", (), row.deep, True))
    return parts


def _printed(parts: Sequence[_Part], row: Explained) -> tuple[int, list[float]]:
    """How many decimals there are, and each part with so many: the fewest with which σ of the printed logit is the
    printed probability, and no part has to give more than one of the last digit."""
    for decimals in range(LEAST_DECIMALS, MOST_DECIMALS + 1):
        logit = round(row.logit, decimals)
        kept = sum(round(part.exact, decimals) for part in parts if not part.gives)
        giving = [part.exact for part in parts if part.gives]
        taken = adding_up(giving, logit - kept, decimals)
        moved = sum(abs(a - round(b, decimals)) for a, b in zip(taken, giving, strict=True))
        adds_up = round(kept + sum(taken) - logit, decimals) == 0.0 and moved < (len(giving) + 0.5) * 10**-decimals
        if adds_up and probability(logistic(logit)) == probability(row.probability):
            left = iter(taken)
            return decimals, [next(left) if part.gives else round(part.exact, decimals) for part in parts]
    # All are single weights: what the roundings leave is spread over those that stand nearest to it.
    return MOST_DECIMALS, list(adding_up([part.exact for part in parts], row.logit, MOST_DECIMALS))


def logistic(logit: float) -> float:
    """σ of a printed logit, to check that it leads to the printed probability."""
    return 1.0 / (1.0 + exp(-logit)) if logit > -700.0 else 0.0


def adding_up(parts: Sequence[float], total: float, decimals: int) -> tuple[float, ...]:
    """The parts rounded so that they add up to the rounded total: those that stand nearest to it go the other way.

    >>> adding_up([0.344, 0.344, 0.312], 1.0, 2)
    (0.35, 0.34, 0.31)
    """
    unit = 10**decimals
    units = [round(part * unit) for part in parts]
    left = round(total * unit) - sum(units)
    way = 1 if left > 0 else -1
    order = sorted(range(len(parts)), key=lambda at: way * (units[at] - parts[at] * unit))
    for number in range(abs(left) if parts else 0):
        units[order[number % len(order)]] += way
    return tuple(value / unit for value in units)


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


GAP, BETWEEN = 4.0, 9.0
LINE, BELOW = 28, 12
"""Pixels of the line, and below it those of the names of the parts."""
Words = Literal["beside", "below", "none"]
"""Where the parts of the sum have their names; with ``none``, only its result is written."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of the line: ``size`` in pixels, and the name that stands below it."""

    word: str
    colour: QColor
    weight: QFont.Weight
    size: int
    below: str = ""


class WhyCard(QFrame):
    """A row's probability taken apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = Label()
        self._title.setProperty("role", "heading")
        self.sum_line = SumLine()
        self.waterfall = Waterfall()
        self.waterfall.setAccessibleName(self.tr("The sum, step by step"))
        self._hint = ElidedLabel("", "muted")
        self.copier = CopyButton()
        self.copier.offer(self.waterfall, self.grab, title=self.tr("The sum of this row"), name="row")
        self.copier.serve(self.waterfall)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self.sum_line, 1)
        head.addWidget(self.copier)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 8, 10, 8)
        rows.setSpacing(2)
        rows.addLayout(head)
        rows.addWidget(self._hint)
        rows.addWidget(self.waterfall, 1)
        self.show_row(None)

    def show_row(self, row: Explained | None) -> None:
        """Show a row, or that none is chosen."""
        self.waterfall.show_row(row)
        written = self.waterfall.written
        self.copier.setEnabled(row is not None)
        self.sum_line.setVisible(row is not None)
        if row is None or written is None:
            self._title.setText(self.tr("Why"))
            self._hint.set_full_text(self.tr("Choose a row on the left."))
            return
        self._title.setText(self.tr("Why {percent}").format(percent=probability(row.probability)))
        self.sum_line.show_sum(row, written)
        crosses = sum(not term.single for term in row.terms)
        if not row.has_wide:
            said = self.tr("the deep part alone: it has no weight that can be read by name")
        elif crosses:
            said = counted(
                crosses,
                self.tr("its one cross, with its learned weight"),
                self.tr("strongest of the {count} crosses first, each with its learned weight"),
            )
        else:
            said = self.tr("a weight for every single column; the model has no crosses that are on here")
        self._hint.set_full_text(said)


class SumLine(Painted):
    """``wide +0.94  deep +0.50  bias −1.16  =  +0.28  σ →  56.9 %``. Where there is little room, the names of the parts
    go below their numbers, and then the parts give way, before a number is cut."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[str, float]] = []
        self._written: Written | None = None
        self._percent = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sum(self, row: Explained, written: Written) -> None:
        """Show a sum as it is printed below."""
        halves = ((self.tr("wide"), written.wide, row.has_wide), (self.tr("deep"), written.deep, row.has_deep))
        self._parts = [(name, value) for name, value, there in halves if there]
        self._parts.append((self.tr("bias"), written.bias))
        self._written, self._percent = written, probability(row.probability)
        self.setAccessibleName(self.text())
        self.setToolTip(self.tr("wide + deep + bias is the logit; σ(logit) = 1 / (1 + e^−logit) is the probability"))
        self.update()

    def text(self) -> str:
        """The line as a text."""
        return " ".join(piece.word for piece in self._pieces("beside"))

    def sizeHint(self) -> QSize:
        return QSize(200, LINE + BELOW - 2)

    def _pieces(self, words: Words) -> Sequence[Piece]:
        """The line from left to right."""
        if self._written is None:
            return []
        muted, plain, bold = theme.colour("text_muted"), QFont.Weight.Normal, QFont.Weight.DemiBold
        pieces: list[Piece] = []
        for name, value in self._parts if words != "none" else ():
            if words == "beside":
                pieces.append(Piece(name, muted, plain, 12))
            below = name if words == "below" else ""
            pieces.append(Piece(signed(value, self._written.decimals), signed_text(value), bold, 13, below))
        if words != "none":
            pieces.append(Piece("=", muted, plain, 13))
        logit = self.tr("logit") if words == "below" else ""
        pieces.append(Piece(signed(self._written.logit, self._written.decimals), theme.colour("text"), bold, 13, logit))
        pieces.append(Piece("σ →", muted, plain, 12))
        pieces.append(Piece(self._percent, theme.colour("accent"), QFont.Weight.Bold, 20))
        return pieces

    def paint(self, painter: QPainter) -> None:
        levels: tuple[Words, ...] = ("beside", "below", "none")
        for level in levels:
            pieces = self._pieces(level)
            widths = [_width(painter, piece) for piece in pieces]
            gaps = [BETWEEN if piece.size == 13 else GAP for piece in pieces]
            total = sum(widths) + sum(gaps[:-1])
            if total <= self.width():
                break
        x, top = self.width() - total, (self.height() - LINE - (BELOW if level == "below" else 0)) / 2
        for piece, width, gap in zip(pieces, widths, gaps, strict=True):
            set_pixels(painter, piece.size, piece.weight)
            painter.setPen(piece.colour)
            painter.drawText(QRectF(x, top, width + 2, LINE), Qt.AlignmentFlag.AlignVCenter, piece.word)
            set_pixels(painter, 11)
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(QRectF(x, top + LINE - 6, width, BELOW + 2), Qt.AlignmentFlag.AlignHCenter, piece.below)
            x += width + gap


def _width(painter: QPainter, piece: Piece) -> float:
    """Pixels that a piece takes, with the name below it."""
    set_pixels(painter, 11)
    below = painter.fontMetrics().horizontalAdvance(piece.below)
    set_pixels(painter, piece.size, piece.weight)
    return float(max(painter.fontMetrics().horizontalAdvance(piece.word), below))
