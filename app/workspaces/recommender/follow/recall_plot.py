"""How much of the exact best is found by looking into some of the inverted lists only, and how long that takes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.look import font, tabular
from app.kit.numbers import plain
from app.kit.widgets.painted import Painted
from app.kit.words import plain_tip
from app.workspaces.recommender.follow.answered.retrievals import Probed, Retrieval

LEFT, BOTTOM, TOP, RIGHT = 28.0, 18.0, 8.0, 22.0
TICKS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)


def best_of(curve: Sequence[Probed]) -> list[Probed]:
    """Those than which no quicker one has found as much, the quickest first: times are measured, and more lists may
    have been the quicker ones."""
    kept: list[Probed] = []
    for one in sorted(curve, key=lambda one: (one.milliseconds, -one.recall)):
        if not kept or one.recall > kept[-1].recall:
            kept.append(one)
    return kept


class RecallPlot(Painted):
    """Recall upwards, milliseconds of one search to the right on a logarithmic axis. A point for each number of lists,
    a line through those than which none found as much in less time; the filled disc is the exact scan, the ring what
    the index would use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Retrieval | None = None
        self.setAccessibleName(self.tr("Recall by the time of one search"))

    def show_found(self, found: Retrieval) -> None:
        """Show what was measured."""
        self._found = found
        self.setToolTip(
            plain_tip(
                self.tr("{lists} lists; measured over {users} users, the median of the times").format(
                    lists=found.lists, users=found.users
                )
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 110)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 110)

    def table(self) -> Table:
        """Lists looked into, recall and milliseconds."""
        curve = () if self._found is None else self._found.curve
        return Table(("lists", "recall", "milliseconds"), [(one.probes, one.recall, one.milliseconds) for one in curve])

    def paint(self, painter: QPainter) -> None:
        found = self._found
        if found is None:
            return
        box = QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)
        times = [found.exact, found.served.milliseconds, *(one.milliseconds for one in found.curve)]
        times = [time for time in times if time > 0.0] or [1.0]
        low, high = math.log10(min(times)) - 0.1, math.log10(max(times)) + 0.1

        def at(milliseconds: float, recall: float) -> QPointF:
            across = (math.log10(max(milliseconds, 1e-6)) - low) / (high - low)
            return QPointF(box.left() + across * box.width(), box.bottom() - recall * box.height())

        self._paint_axes(painter, box, low, high)
        points = [at(one.milliseconds, one.recall) for one in found.curve]
        painter.setPen(QPen(theme.colour("text_muted"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([at(one.milliseconds, one.recall) for one in best_of(found.curve)]))
        painter.setBrush(theme.colour("text_muted"))
        painter.setPen(Qt.PenStyle.NoPen)
        for point in points:
            painter.drawEllipse(point, 2, 2)
        painter.setPen(QPen(theme.colour("text"), 1.8))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(at(found.served.milliseconds, found.served.recall), 4.5, 4.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text"))  # as its word in the legend
        painter.drawEllipse(at(found.exact, 1.0), 4.5, 4.5)

    def _paint_axes(self, painter: QPainter, box: QRectF, low: float, high: float) -> None:
        painter.setFont(tabular(font(10)))
        for recall in (0.0, 0.5, 1.0):
            y = box.bottom() - recall * box.height()
            painter.setPen(theme.colour("border"))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(theme.colour("text_muted"))
            place = QRectF(0, y - 8, LEFT - 6, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, plain(recall))
        for value in TICKS:
            across = (math.log10(value) - low) / (high - low)
            if 0.0 <= across <= 0.92:
                x = box.left() + across * box.width()
                painter.drawText(QRectF(x - 20, box.bottom() + 3, 40, 14), Qt.AlignmentFlag.AlignCenter, plain(value))
        place = QRectF(box.right() - 6, box.bottom() + 3, RIGHT + 6, 14)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.tr("ms"))
