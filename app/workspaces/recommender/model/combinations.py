"""How often the features of a cross are on in training, and how often the outcome is then a yes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.numbers import NOTHING, grouped, percent, probability
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from app.kit.words import plain_tip
from app.workspaces.recommender.model.answers import Combination

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
