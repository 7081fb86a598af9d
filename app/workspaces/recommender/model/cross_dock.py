"""Below the canvas: what the picked cross makes of the training rows, and φ of it on a chosen one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.kit.charts.card import PlotCard
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Line, Mark, Rect, Rectangle, Text, call
from app.kit.drawing.view import DrawingView
from app.kit.export import Table
from app.kit.formula.view import MathLabel
from app.kit.listing import listed
from app.kit.numbers import NOTHING, counted, grouped, percent, probability
from app.kit.widgets.frame import clear_layout, column_layout, fill, push_button, row_layout
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.values import WholeSpinBox
from app.kit.words import plain_tip
from app.workspaces.recommender.model.crosses_panel import title_of
from engine.problems import filled_in
from engine.recommenders.tasks.wide_deep.answers import Combination, CrossMember, DraftCross, DraftCrosses, RowProduct

HEAD, LINE = 20, 20
NAME, SHARE = 0.44, 0.55
"""Of the width: for the name; of the bars' room: for the bar of rows, the rest being for that of the yes rate."""
ROWS_WIDTH, RATE_WIDTH = 48.0, 40.0
WIDE, SHARE_WIDTH = 460, 54.0
"""From this width on the share of all rows stands behind their number."""
GAP = 8.0


@dataclass(frozen=True, slots=True)
class CombinationBars:
    """The combinations, the most frequent first; ``rate``: of a yes among all training rows."""

    combinations: tuple[Combination, ...] = ()
    rate: float = 0.0


def draw_combinations(data: CombinationBars, frame: Frame) -> Drawing:
    """Draw a line for each combination: a bar of its rows, and one of its yes rate with a mark at that of all rows."""
    heads = (_tr("combination"), _tr("rows"), "", _tr("yes"), "")
    places = _columns(frame)
    marks: list[Mark] = [
        Text(head, (left, 0, width, LINE), 10, "text_muted", "left middle", elide=True)
        for (left, width), head in zip(places, heads, strict=True)
        if head
    ]
    most = max((combination.rows for combination in data.combinations), default=0)
    for row, combination in enumerate(data.combinations):
        marks += _line(row, combination, most, data.rate, frame)
    said = "; ".join(_said(combination) for combination in data.combinations)
    numbers = call(_table, data.combinations)
    return Drawing(tuple(marks), said, numbers=numbers, height=HEAD + LINE * max(3, len(data.combinations)))


def _columns(frame: Frame) -> list[tuple[float, float]]:
    """Return left edge and width of name, bar of rows, rows, bar of the rate, and rate."""
    name = NAME * frame.width
    rows = ROWS_WIDTH + SHARE_WIDTH if frame.width >= WIDE else ROWS_WIDTH
    bars = max(40.0, frame.width - name - rows - RATE_WIDTH - 4 * GAP)
    widths = (name, SHARE * bars, rows, (1 - SHARE) * bars, RATE_WIDTH)
    lefts = accumulate((width + GAP for width in widths[:-1]), initial=0.0)
    return list(zip(lefts, widths, strict=True))


def _line(row: int, combination: Combination, most: int, average: float, frame: Frame) -> Iterator[Mark]:
    top = HEAD + row * LINE
    (name, wide), (share, bar), (rows, count), (rate, rate_bar), (number, last) = _columns(frame)
    yield Rectangle((0, top, frame.width, LINE), key=row, tip=_said(combination))
    ink = "text_muted" if combination.unknown else "text"
    yield Text(combination.title, (name, top, wide, LINE), 12, ink, "left middle", elide=True)
    yield from _bar((share, top + 6, bar, LINE - 12), combination.rows / most if most else 0.0, "accent")
    yield Text(grouped(combination.rows), (rows, top, ROWS_WIDTH, LINE), 12, align="right middle")
    if frame.width >= WIDE:
        yield Text(probability(combination.share), (rows, top, count, LINE), 12, "text_muted", "right middle")
    if combination.rate is not None:
        yield from _bar((rate, top + 6, rate_bar, LINE - 12), combination.rate, "positive")
        x = rate + rate_bar * average
        yield Line((x, top + 3), (x, top + LINE - 3), "text", 1.4)
    yield Text(_rate_text(combination), (number, top, last, LINE), 12, align="right middle")


def _bar(track: Rect, share: float, ink: str) -> Iterator[Mark]:
    yield Rectangle(track, "track", corner=3)
    if share > 0:
        yield Rectangle((track[0], track[1], max(2.0, track[2] * share), track[3]), ink, corner=3)


def _said(combination: Combination) -> str:
    told = {
        "name": combination.title,
        "rows": grouped(combination.rows),
        "share": probability(combination.share),
        "rate": _rate_text(combination),
    }
    return filled_in(_tr("{name}: {rows} {rows:row|rows}, {share} of all; yes in {rate}"), told)


def _rate_text(combination: Combination) -> str:
    return NOTHING if combination.rate is None else percent(combination.rate)


def _table(combinations: tuple[Combination, ...]) -> Table:
    rows = [
        (combination.title, combination.rows, combination.share, "" if combination.rate is None else combination.rate)
        for combination in combinations
    ]
    return Table(("combination", "rows", "share", "yes rate"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CombinationBars", text)


TOLD = 3
"""Features of a cross of bags that are named one by one, and values of a bag."""


class PhiCard(QWidget):
    """``row_chosen(int)``: by hand only."""

    row_chosen = Signal(int)

    def __init__(self, rows: int, parent: QWidget | None = None) -> None:
        """``rows``: of the data."""
        super().__init__(parent)
        self.row = WholeSpinBox()
        self.row.setRange(0, max(0, rows - 1))
        self.row.setAccessibleName(self.tr("Row of the data"))
        self.row.setToolTip(self.tr("The row on which the cross is worked out, from 0"))
        self.row.setKeyboardTracking(False)
        self.row.valueChanged.connect(self.row_chosen)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(3)
        self.product = MathLabel("", 16.0)
        self.on = wrapped("", None)
        head = QHBoxLayout()
        head.setSpacing(6)
        label = Label(self.tr("On row"), role="title")
        fill(
            head,
            label,
            self.row,
            self._step("‹", self.tr("The row before"), -1),
            self._step("›", self.tr("The next row"), 1),
            1,
        )
        fill(column_layout(self, spacing=7), head, self._lines, self.product, self.on, 1)

    def _step(self, text: str, tip: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setAutoRepeat(True)
        button.clicked.connect(lambda: self.row.setValue(self.row.value() + by))
        return button

    @Slot(object)
    def show_cross(self, cross: DraftCross | None) -> None:
        """Show φ of this cross; None while it is not known."""
        clear_layout(self._lines)
        phi = cross.phi if cross is not None else None
        self.product.setVisible(phi is not None)
        if phi is None:
            self.on.setText("")
            return
        for at, member in enumerate(phi.members, 1):
            self._lines.addWidget(self._line(at, member))
        self.product.set_text(product_text(phi))
        self.on.setText("\n".join(self._told(phi)))

    def _line(self, number: int, member: CrossMember) -> QWidget:
        line = QWidget()
        fill(
            row_layout(line, spacing=4),
            MathLabel(f"x_{{{number}}} = ", 14.0),
            (ElidedLabel(self._condition(member)), 1),
        )
        return line

    def _condition(self, member: CrossMember) -> str:
        """``[education = Masters] = 1``"""
        if not member.values:
            return self.tr("[{column}: missing, or unknown in training] = 0").format(column=member.column)
        named = listed(member.values[:TOLD])
        more = len(member.values) - TOLD
        if more > 0:
            named = self.tr("{values} and {count} more").format(values=named, count=more)
        if len(member.values) > 1:
            return self.tr("[{column} has {values}] = {x}").format(column=member.column, values=named, x=member.x)
        return f"[{member.column} = {named}] = {member.x}"

    def _told(self, phi: RowProduct) -> list[str]:
        """Which features the row switches on, and how often each is on in training."""
        if not phi.product:
            return [self.tr("One factor is 0, and so is the product: none of the known combinations is on.")]
        lines = [self._feature(combination) for combination in phi.on[:TOLD]]
        if len(phi.on) > TOLD:
            lines.append(self.tr("{count} features are on in all, one for each pair").format(count=len(phi.on)))
        return lines

    def _feature(self, one: Combination) -> str:
        if not one.rows:
            return self.tr("On: {name}, in no training row: its weight stays 0").format(name=one.title)
        rows = counted(one.rows, self.tr("1 training row"), self.tr("{count} training rows")).replace(
            str(one.rows), grouped(one.rows)
        )
        rate = self.tr("yes in {rate}").format(rate=percent(one.rate or 0.0))
        return self.tr("On: {name}, in {rows}, {rate}").format(name=one.title, rows=rows, rate=rate)


def product_text(phi: RowProduct) -> str:
    """The product as mathtext: ``φ = x₁ · x₂ = 1 · 1 = 1``."""
    names = r" \cdot ".join(f"x_{{{at}}}" for at in range(1, len(phi.members) + 1))
    values = r" \cdot ".join(str(member.x) for member in phi.members)
    if len(phi.members) == 1:
        return rf"\phi = {names} = {phi.product}"
    return rf"\phi = {names} = {values} = {phi.product}"


class CrossDock(QWidget):
    """``closed``: by hand."""

    closed = Signal()

    def __init__(self, rows: int, parent: QWidget | None = None) -> None:
        """``rows``: of the data."""
        super().__init__(parent)
        least = QSize(200, HEAD + 3 * LINE)
        self.bars = DrawingView(draw_combinations, CombinationBars(), hint=QSize(360, least.height()), least=least)
        self.card = PlotCard(self.tr("Cross"), self.bars, "cross")
        self.phi = PhiCard(rows)
        close = push_button("×", "flat")
        close.setFixedWidth(26)
        close.setToolTip(self.tr("Close; a click on a cross opens it again"))
        close.setAccessibleName(self.tr("Close what the cross makes of the data"))
        close.clicked.connect(self.closed)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("role", "panel")
        fill(row_layout(inside, (4, 4, 4, 0)), self.phi)
        scroll.setWidget(inside)
        fill(
            row_layout(self, (8, 4, 6, 6), spacing=12),
            (self.card, 13),
            (scroll, 8),
            (close, 0, Qt.AlignmentFlag.AlignTop),
        )

    @Slot(object, int)
    def show_crossed(self, crossed: DraftCrosses | None, at: int) -> None:
        """Show one of the crosses; None while it is being counted."""
        cross = crossed.crosses[at] if crossed is not None and 0 <= at < len(crossed.crosses) else None
        self.phi.show_cross(cross)
        if cross is None or crossed is None:
            self.bars.set_data(CombinationBars())
            self.card.set_subtitle(("",))
            return
        self.card.set_title(title_of(cross.columns))
        self.card.set_subtitle(self._said(cross), self._at_length(cross, crossed))
        self.bars.set_data(CombinationBars(cross.frequent, crossed.rate))

    def _said(self, cross: DraftCross) -> tuple[str, str]:
        words = self.tr("{features} features, {seen} of them in training rows")
        short = self.tr("{features} features")
        given = {"features": grouped(cross.features), "seen": grouped(cross.seen)}
        return words.format(**given), short.format(**given)

    def _at_length(self, cross: DraftCross, crossed: DraftCrosses) -> str:
        words = self.tr(
            "{features} combinations are possible, unknown values being one more value of each column; {seen} of them"
            " are on in some of the {rows} training rows. The mark in each bar is the yes rate of all rows, {rate}."
        )
        text = words.format(
            features=grouped(cross.features), seen=grouped(cross.seen), rows=grouped(crossed.rows),
            rate=percent(crossed.rate),
        )  # fmt: skip
        if cross.weights < cross.features:
            hashed = self.tr("They share {weights} weights, by a hash.").format(weights=grouped(cross.weights))
            return f"{text} {hashed}"
        return text
