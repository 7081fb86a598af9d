"""The two ideas as pictures: crosses and a tower that meet in one sigmoid; a catalogue that narrows down."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.look import faded, pen
from app.kit.widgets.painted import Painted, set_pixels

HEIGHT, TALLEST = 196, 250
FOOT = 24
TEXT = 12


class Diagram(Painted):
    """A picture that fills its width, and some of what height is over."""

    def __init__(self, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(says)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(TALLEST)

    def sizeHint(self) -> QSize:
        return QSize(420, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, HEIGHT)


def _bold_then(painter: QPainter, at: QPointF, bold: str, rest: str, align: Qt.AlignmentFlag) -> None:
    """A strong word and the rest of the line, which begins, is centred or ends at a place."""
    set_pixels(painter, TEXT, QFont.Weight.DemiBold)
    strong = painter.fontMetrics().horizontalAdvance(bold)
    set_pixels(painter, TEXT, QFont.Weight.Normal)
    whole = strong + painter.fontMetrics().horizontalAdvance(rest)
    flush = Qt.AlignmentFlag
    left = at.x() - (whole if align == flush.AlignRight else whole / 2 if align == flush.AlignHCenter else 0)
    set_pixels(painter, TEXT, QFont.Weight.DemiBold)
    painter.setPen(theme.colour("text"))
    painter.drawText(QPointF(left, at.y()), bold)
    set_pixels(painter, TEXT, QFont.Weight.Normal)
    painter.setPen(theme.colour("text_muted"))
    painter.drawText(QPointF(left + strong, at.y()), rest)


# Wide & Deep ------------------------------------------------------------------------------------------------------

CROSSES, ON = 8, (1, 5)
TOWER = (8, 6, 4)
BOX, UNIT = 15.0, 6.5


class WideDeepDiagram(Diagram):
    """Left the crosses, of which two are on; right the tower over dense vectors; both end in σ."""

    def __init__(self) -> None:
        super().__init__("")
        self.setAccessibleName(
            self.tr("Crosses of columns on the left and a tower of dense layers on the right meet in one sigmoid")
        )

    def paint(self, painter: QPainter) -> None:
        width, foot = float(self.width()), float(self.height() - FOOT)
        top = QPointF(width * 0.5, 28.0)
        floor = foot - BOX / 2 - 4
        crosses = _spread(BOX / 2 + 1, width * 0.40, CROSSES, floor)
        rows = self._tower(width, floor, top.y() + 52)
        self._paint_wide(painter, crosses, top)
        self._paint_deep(painter, rows, top)
        self._paint_sigmoid(painter, top)
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        _bold_then(painter, top + QPointF(-24, -4), self.tr("wide"), self.tr(" memorises"), right)
        _bold_then(painter, top + QPointF(24, -4), self.tr("deep"), self.tr(" generalises"), left)
        base = float(self.height()) - 5
        set_pixels(painter, TEXT)
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QPointF(0, base), self.tr("crosses, such as Masters × Exec-managerial"))
        dense = self.tr("every word as a dense vector")
        painter.drawText(QPointF(width - painter.fontMetrics().horizontalAdvance(dense), base), dense)

    @staticmethod
    def _tower(width: float, floor: float, top: float) -> list[list[QPointF]]:
        left, right = width * 0.60, width - UNIT - 1
        inset = (right - left) / 14
        heights = [floor + (top - floor) * level / (len(TOWER) - 1) for level in range(len(TOWER))]
        return [
            _spread(left + level * inset * 1.6, right - level * inset * 1.6, count, y)
            for level, (count, y) in enumerate(zip(TOWER, heights, strict=True))
        ]

    @staticmethod
    def _paint_wide(painter: QPainter, crosses: list[QPointF], top: QPointF) -> None:
        for index, at in sorted(enumerate(crosses), key=lambda pair: pair[0] in ON):
            on = index in ON
            painter.setPen(pen(theme.colour("accent"), 2.2) if on else pen(faded("text_muted", 0.45), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_rising(at - QPointF(0, BOX / 2), top))
        for index, at in enumerate(crosses):
            on = index in ON
            painter.setPen(QPen(theme.colour("accent" if on else "text_muted"), 1.2))
            painter.setBrush(theme.colour("accent" if on else "surface"))
            painter.drawRoundedRect(QRectF(at.x() - BOX / 2, at.y() - BOX / 2, BOX, BOX), 4, 4)

    @staticmethod
    def _paint_deep(painter: QPainter, rows: list[list[QPointF]], top: QPointF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(faded("text_muted", 0.28), 0.8))
        for below, above in pairwise(rows):
            for start in below:
                for end in above:
                    painter.drawLine(start, end)
        painter.setPen(pen(faded("text_muted", 0.6), 1.0))
        for at in rows[-1]:
            painter.drawPath(_rising(at, top))
        painter.setPen(QPen(theme.colour("text_muted"), 1.4))
        painter.setBrush(theme.colour("surface"))
        for row in rows:
            for at in row:
                painter.drawEllipse(at, UNIT, UNIT)

    @staticmethod
    def _paint_sigmoid(painter: QPainter, top: QPointF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(top, 13.0, 13.0)
        painter.setPen(theme.colour("on_accent"))
        set_pixels(painter, 14, QFont.Weight.Bold)
        painter.drawText(QRectF(top.x() - 13, top.y() - 14, 26, 26), Qt.AlignmentFlag.AlignCenter, "σ")


def _spread(left: float, right: float, count: int, y: float) -> list[QPointF]:
    return [QPointF(left + (right - left) * k / (count - 1), y) for k in range(count)]


def _rising(start: QPointF, end: QPointF) -> QPainterPath:
    """From a box or unit straight up, then over to the σ."""
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x(), start.y() - 0.62 * (start.y() - end.y())), QPointF(end.x(), end.y() + 8), end)
    return path


# YoutubeDNN -------------------------------------------------------------------------------------------------------

STAGES = ((0.0, 0.19, 1.0), (0.405, 0.19, 0.55), (0.81, 0.19, 0.28))
"""Of each stage, as shares: its left edge and width, and of the height how much it takes."""
DOTS = ((13, 21, 1.7), (9, 8, 2.6), (6, 3, 4.0))
"""Across, down, and the radius in pixels."""


class FunnelDiagram(Diagram):
    """From the catalogue to the candidates to what is shown."""

    def __init__(self) -> None:
        super().__init__("")
        self.setAccessibleName(
            self.tr("Millions of items narrow to hundreds of candidates and to dozens that are shown")
        )

    def paint(self, painter: QPainter) -> None:
        width, height = float(self.width()), float(self.height() - FOOT) - 12
        boxes = [
            QRectF(width * left, 4 + height * (1 - tall) / 2, width * wide, height * tall)
            for left, wide, tall in STAGES
        ]
        for before, after in pairwise(boxes):
            self._paint_neck(painter, before, after)
        for box, (across, down, radius), strong in zip(boxes, DOTS, (0.55, 0.8, 1.0), strict=True):
            self._paint_stage(painter, box, across, down, radius, strong)
        set_pixels(painter, TEXT, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("accent"))
        for (before, after), words in zip(
            pairwise(boxes), (self.tr("nearest to u"), self.tr("watch time")), strict=True
        ):
            neck = QRectF(before.right(), 4, after.left() - before.right(), height)
            painter.drawText(neck, Qt.AlignmentFlag.AlignCenter, words)
        base, flush = float(self.height()) - 5, Qt.AlignmentFlag
        _bold_then(painter, QPointF(0, base), self.tr("millions"), self.tr(" in the catalogue"), flush.AlignLeft)
        middle = QPointF(boxes[1].center().x(), base)
        _bold_then(painter, middle, self.tr("hundreds"), self.tr(" of candidates"), flush.AlignHCenter)
        _bold_then(painter, QPointF(width, base), self.tr("dozens"), self.tr(" shown"), flush.AlignRight)

    @staticmethod
    def _paint_neck(painter: QPainter, before: QRectF, after: QRectF) -> None:
        middle = (before.right() + after.left()) / 2
        path = QPainterPath(before.topRight())
        path.cubicTo(QPointF(middle, before.top()), QPointF(middle, after.top()), after.topLeft())
        path.lineTo(after.bottomLeft())
        path.cubicTo(QPointF(middle, after.bottom()), QPointF(middle, before.bottom()), before.bottomRight())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawPath(path)

    @staticmethod
    def _paint_stage(painter: QPainter, box: QRectF, across: int, down: int, radius: float, strong: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawRoundedRect(box, 6, 6)
        full, faint = QColor(theme.colour("accent")), QColor(theme.colour("accent"))
        full.setAlphaF(strong)
        faint.setAlphaF(strong * 0.5)
        for row in range(down):
            for column in range(across):
                x = box.left() + box.width() * (column + 0.5) / across
                y = box.top() + box.height() * (row + 0.5) / down
                painter.setBrush(faint if (7 * column + 5 * row + column * row) % 4 == 0 else full)
                painter.drawEllipse(QPointF(x, y), radius, radius)
