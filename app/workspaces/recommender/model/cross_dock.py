"""Below the canvas: what the picked cross makes of the training rows, and φ of it on a chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from app.kit import theme
from app.kit.charts.card import PlotCard
from app.kit.export import Table
from app.kit.listing import listed
from app.kit.numbers import NOTHING, counted, grouped, percent, probability
from app.kit.typeset import MathLabel
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from app.kit.widgets.values import WholeSpinBox
from app.kit.words import plain_tip
from app.workspaces.recommender.model.answers import Combination, Cross, Crossed, Member, Phi
from app.workspaces.recommender.model.crosses_panel import title_of

HEAD, LINE = 20, 20
NAME, SHARE = 0.44, 0.55
"""Of the width: for the name; of the bars' room: for the bar of rows, the rest being for that of the yes rate."""
ROWS_WIDTH, RATE_WIDTH = 48.0, 40.0
WIDE, SHARE_WIDTH = 460, 54.0
"""From this width on the share of all rows stands behind their number."""
GAP = 8.0


class CombinationBars(Painted):
    """A line for each combination, the most frequent first: a bar of its rows, and one of its yes rate with a mark at
    the rate of all rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Combination, ...] = ()
        self._rate = 0.0
        self.setMinimumHeight(HEAD + 3 * LINE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(360, HEAD + LINE * max(3, len(self._shown)))

    def show_combinations(self, shown: Sequence[Combination], rate: float) -> None:
        """Show these; ``rate``: of a yes among all training rows."""
        self._shown, self._rate = tuple(shown), rate
        self.setAccessibleDescription("; ".join(self._said(one) for one in self._shown))
        self.updateGeometry()
        self.update()

    def _said(self, one: Combination) -> str:
        words = self.tr("{name}: {rows} rows, {share} of all; yes in {rate}")
        return words.format(
            name=one.name, rows=grouped(one.rows), share=probability(one.share), rate=self._rate_text(one)
        )  # fmt: skip

    @staticmethod
    def _rate_text(one: Combination) -> str:
        return NOTHING if one.rate is None else percent(one.rate)

    def table(self) -> Table:
        """The numbers shown."""
        rows = [(one.name, one.rows, one.share, "" if one.rate is None else one.rate) for one in self._shown]
        return Table(("combination", "rows", "share", "yes rate"), rows)

    # Painting -----------------------------------------------------------------------------------------------------

    @property
    def _wide(self) -> bool:
        return self.width() >= WIDE

    def _columns(self) -> tuple[QRectF, QRectF, QRectF, QRectF, QRectF]:
        """Name, bar of rows, rows, bar of the rate, rate: of a line at the top."""
        width = float(self.width())
        name = NAME * width
        rows = ROWS_WIDTH + SHARE_WIDTH if self._wide else ROWS_WIDTH
        bars = max(40.0, width - name - rows - RATE_WIDTH - 4 * GAP)
        boxes, x = [], 0.0
        for one in (name, SHARE * bars, rows, (1 - SHARE) * bars, RATE_WIDTH):
            boxes.append(QRectF(x, 0.0, one, LINE))
            x += one + GAP
        return boxes[0], boxes[1], boxes[2], boxes[3], boxes[4]

    def paint(self, painter: QPainter) -> None:
        columns = self._columns()
        self._paint_head(painter, columns)
        most = max((one.rows for one in self._shown), default=0)
        for at, one in enumerate(self._shown):
            top = HEAD + LINE * at
            if top + LINE > self.height() + 4:
                break
            self._paint_line(painter, [box.translated(0, top) for box in columns], one, most)

    def _paint_head(self, painter: QPainter, columns: Sequence[QRectF]) -> None:
        set_pixels(painter, 10, QFont.Weight.Medium)
        painter.setPen(theme.colour("text_muted"))
        heads = (self.tr("combination"), self.tr("rows"), "", self.tr("yes"), "")
        for box, text in zip(columns, heads, strict=True):
            draw_elided(painter, box, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_line(self, painter: QPainter, boxes: Sequence[QRectF], one: Combination, most: int) -> None:
        name, share, rows, rate, number = boxes
        left, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        set_pixels(painter, 12)
        painter.setPen(theme.colour("text_muted" if one.unknown else "text"))
        draw_elided(painter, name, left, one.name)
        self._paint_bar(painter, share, one.rows / most if most else 0.0, "accent")
        count = QRectF(rows.left(), rows.top(), ROWS_WIDTH, rows.height())
        draw_elided(painter, count, right, grouped(one.rows))
        if self._wide:
            painter.setPen(theme.colour("text_muted"))
            draw_elided(painter, rows, right, probability(one.share))
            painter.setPen(theme.colour("text"))
        if one.rate is not None:
            self._paint_bar(painter, rate, one.rate, "positive")
            self._paint_mark(painter, rate)
        draw_elided(painter, number, right, self._rate_text(one))

    @staticmethod
    def _paint_bar(painter: QPainter, box: QRectF, share: float, colour: str) -> None:
        track = box.adjusted(0, 6, 0, -6)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(track, 3, 3)
        filled = QRectF(track)
        filled.setWidth(max(2.0, track.width() * share) if share > 0 else 0.0)
        painter.setBrush(theme.colour(colour))
        painter.drawRoundedRect(filled, 3, 3)
        painter.restore()

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        x = box.left() + box.width() * self._rate
        painter.save()
        painter.setPen(QPen(theme.colour("text"), 1.4))
        painter.drawLine(QPointF(x, box.top() + 3), QPointF(x, box.bottom() - 3))
        painter.restore()

    def event(self, event: QEvent) -> bool:
        """A tooltip says a line at length."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = (event.pos().y() - HEAD) // LINE
            if 0 <= at < len(self._shown):
                QToolTip.showText(event.globalPos(), plain_tip(self._said(self._shown[at])), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)


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
        label = Label(self.tr("On row"))
        label.setProperty("role", "title")
        head.addWidget(label)
        head.addWidget(self.row)
        head.addWidget(self._step("‹", self.tr("The row before"), -1))
        head.addWidget(self._step("›", self.tr("The next row"), 1))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addLayout(head)
        column.addLayout(self._lines)
        column.addWidget(self.product)
        column.addWidget(self.on)
        column.addStretch(1)

    def _step(self, text: str, tip: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setAutoRepeat(True)
        button.clicked.connect(lambda: self.row.setValue(self.row.value() + by))
        return button

    @Slot(object)
    def show_cross(self, cross: Cross | None) -> None:
        """Show φ of this cross; None while it is not known."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        phi = cross.phi if cross is not None else None
        self.product.setVisible(phi is not None)
        if phi is None:
            self.on.setText("")
            return
        for at, member in enumerate(phi.members, 1):
            self._lines.addWidget(self._line(at, member))
        self.product.set_text(product_text(phi))
        self.on.setText("\n".join(self._told(phi)))

    def _line(self, number: int, member: Member) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(MathLabel(f"x_{{{number}}} = ", 14.0))
        row.addWidget(ElidedLabel(self._condition(member)), 1)
        return line

    def _condition(self, member: Member) -> str:
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

    def _told(self, phi: Phi) -> list[str]:
        """Which features the row switches on, and how often each is on in training."""
        if not phi.product:
            return [self.tr("One factor is 0, and so is the product: none of the known combinations is on.")]
        lines = [self._feature(one) for one in phi.on[:TOLD]]
        if len(phi.on) > TOLD:
            lines.append(self.tr("{count} features are on in all, one for each pair").format(count=len(phi.on)))
        return lines

    def _feature(self, one: Combination) -> str:
        if not one.rows:
            return self.tr("On: {name}, in no training row: its weight stays 0").format(name=one.name)
        rows = counted(one.rows, self.tr("1 training row"), self.tr("{count} training rows")).replace(
            str(one.rows), grouped(one.rows)
        )
        rate = self.tr("yes in {rate}").format(rate=percent(one.rate or 0.0))
        return self.tr("On: {name}, in {rows}, {rate}").format(name=one.name, rows=rows, rate=rate)


def product_text(phi: Phi) -> str:
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
        self.bars = CombinationBars()
        self.card = PlotCard(self.tr("Cross"), self.bars, "cross")
        self.phi = PhiCard(rows)
        close = QPushButton("×")
        close.setProperty("role", "flat")
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
        inner = QHBoxLayout(inside)
        inner.setContentsMargins(4, 4, 4, 0)
        inner.addWidget(self.phi)
        scroll.setWidget(inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 6, 6)
        row.setSpacing(12)
        row.addWidget(self.card, 13)
        row.addWidget(scroll, 8)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    @Slot(object, int)
    def show_crossed(self, crossed: Crossed | None, at: int) -> None:
        """Show one of the crosses; None while it is being counted."""
        cross = crossed.crosses[at] if crossed is not None and 0 <= at < len(crossed.crosses) else None
        self.phi.show_cross(cross)
        if cross is None or crossed is None:
            self.bars.show_combinations((), 0.0)
            self.card.set_subtitle(("",))
            return
        self.card.set_title(title_of(cross.columns))
        self.card.set_subtitle(self._said(cross), self._at_length(cross, crossed))
        self.bars.show_combinations(cross.frequent, crossed.rate)

    def _said(self, cross: Cross) -> tuple[str, str]:
        words = self.tr("{features} features, {seen} of them in training rows")
        short = self.tr("{features} features")
        given = {"features": grouped(cross.features), "seen": grouped(cross.seen)}
        return words.format(**given), short.format(**given)

    def _at_length(self, cross: Cross, crossed: Crossed) -> str:
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
