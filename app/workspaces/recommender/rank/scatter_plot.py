"""Predicted against true watch time: a point for each impression, and the means of ten equally large groups. What is
shorter than 99 of 100 may stand at the axis' end."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.look import faded, font, pen
from app.kit.widgets.painted import KeyFocus, Painted
from app.kit.words import plain_tip
from app.workspaces.recommender.rank.content import Impression, Points
from app.workspaces.recommender.rank.log_axes import LogAxes, axes_in, ends_of, paint_axes
from app.workspaces.recommender.rank.written import seconds_text

REACH = 12.0
"""Pixels round a point in which it is meant."""
DOT = 4.0


class ScatterPlot(KeyFocus, Painted):
    """``picked(int)``: the row of an impression, by hand: a click, or the arrow keys, which go from point to point by
    what is predicted."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Points | None = None
        self._picked: Impression | None = None
        self._ends = (0.0, 3.0)
        self._order: list[int] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 150)

    def sizeHint(self) -> QSize:
        return QSize(420, 280)

    def show_points(self, points: Points) -> None:
        """Show these impressions."""
        self._points = points
        self._ends = ends_of(_usual([*points.predicted, *points.true]))
        self._order = sorted(range(len(points.rows)), key=lambda at: points.predicted[at])
        said = self.tr("{count} impressions; arrow keys go from one to the next")
        self.setAccessibleDescription(said.format(count=len(points.rows)))
        self.update()

    def show_picked(self, picked: Impression | None) -> None:
        """Ring this impression, which need not be among the points."""
        self._picked = picked
        self.update()

    def table(self) -> Table:
        """A line for each point."""
        points = self._points
        if points is None:
            return Table((), ())
        columns = zip(points.rows, points.users, points.titles, points.predicted, points.true, strict=True)
        return Table(("row", "user", "video", "predicted_seconds", "true_seconds"), list(columns))

    # Looks --------------------------------------------------------------------------------------------------------

    def _axes(self) -> LogAxes:
        return axes_in(self.width(), self.height(), self._ends)

    def paint(self, painter: QPainter) -> None:
        points, axes = self._points, self._axes()
        if points is None:
            painter.setFont(font(12))
            painter.setPen(theme.colour("text_muted"))
            hint = self.tr("A point for every impression: right of the diagonal it is expected to be watched too long.")
            words = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(40, 0, -40, 0), words, hint)
            return
        paint_axes(painter, axes, self.tr("predicted seconds"), self.tr("true seconds"))
        dots = QPolygonF([axes.at(told, true) for told, true in zip(points.predicted, points.true, strict=True)])
        painter.setPen(pen(faded("accent", 0.38), DOT))
        painter.drawPoints(dots)
        self._paint_tenths(painter, axes, points)
        if self._picked is not None:
            place = axes.at(self._picked.predicted, self._picked.true)
            painter.setPen(QPen(theme.colour("text"), 2.0))
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(place, 6.0, 6.0)
        if self.focused_by_key:
            painter.setPen(QPen(theme.colour("accent"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(axes.box)

    @staticmethod
    def _paint_tenths(painter: QPainter, axes: LogAxes, points: Points) -> None:
        places = [axes.at(told, true) for told, true in points.tenths]
        painter.setPen(pen(theme.colour("text"), 1.6))
        painter.drawPolyline(QPolygonF(places))
        painter.setBrush(theme.colour("surface"))
        for place in places:
            painter.drawEllipse(place, 3.6, 3.6)

    # What a person does -------------------------------------------------------------------------------------------

    def _nearest(self, place: QPointF) -> int | None:
        """The point that is meant by a place."""
        points, axes = self._points, self._axes()
        if points is None:
            return None

        def away(at: int) -> float:
            apart = axes.at(points.predicted[at], points.true[at]) - place
            return float(apart.x() ** 2 + apart.y() ** 2)

        found = min(range(len(points.rows)), key=away, default=None)
        return found if found is not None and away(found) <= REACH**2 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._nearest(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if found is not None and self._points is not None:
            self.picked.emit(self._points.rows[found])
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows pick the next point up or down in what is predicted."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        step, points = steps.get(Qt.Key(event.key())), self._points
        if step is None or points is None or not self._order:
            super().keyPressEvent(event)
            return
        told = [points.predicted[at] for at in self._order]
        now = -1 if self._picked is None else bisect_left(told, self._picked.predicted)
        on_it = self._picked is not None and now < len(told) and points.rows[self._order[now]] == self._picked.row
        target = now + step if on_it or step < 0 else now
        self.picked.emit(points.rows[self._order[min(max(target, 0), len(told) - 1)]])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self._told(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def _told(self, place: QPointF) -> str:
        """The impression at a place in words; else what the picture is."""
        found, points = self._nearest(place), self._points
        if points is None:
            return ""
        if found is None:
            return self.tr(
                "Each point is an impression: click one to see its sum. Rings are means of ten equally large groups."
            )
        return self.tr("{title}, shown to {user}: predicted {predicted} s, in truth {true} s").format(
            title=points.titles[found], user=points.users[found], predicted=seconds_text(points.predicted[found]),
            true=seconds_text(points.true[found]),
        )  # fmt: skip


def _usual(times: list[float]) -> list[float]:
    """Without the hundredth that is shortest: on a logarithmic axis it would take up half of it."""
    return sorted(times)[len(times) // 100 :]
