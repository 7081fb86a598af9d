"""f of every compared activation, or f' of them, with what they are at the cursor."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import hypot, isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.charts.polyline import FURTHEST, polyline, within
from app.kit.drawing.axes import round_ticks
from app.kit.export import Table
from app.kit.kept_picture import KeptPicture, is_raster
from app.kit.typeset import paint_line, typeset
from app.kit.widgets.painted import draw_elided, draw_plate, draw_shrunk, set_pixels
from app.workspaces.activations.band import LEFT, Band
from app.workspaces.activations.curve_layer import Curve, CurveLayer, endings_of, paint_names
from app.workspaces.activations.shown import Shown
from app.workspaces.activations.words import kink_sentence
from engine.activations.sampling import Sampled, height_of, sampled

POINTS_PER_PIXEL = 0.5
VALUE_APART = 34.0
TANGENT = 54.0
"""Half the length of a tangent's stroke, in pixels."""
DOT, NEAR = 4.5, 9.0
CLICK_PIXELS, EDGE = 3.0, 1.0
CORNER = 40
"""Pixels at the right end of the heading that are the button's for copies."""


class FunctionPlot(Band):
    """``slope``: f' is drawn, and not f. ``pointed(key)``: the pointer is on the point of this function at the cursor,
    or on none any more (None). ``picked(key)``: that point was clicked."""

    pointed = Signal(object)
    picked = Signal(str)

    def __init__(self, *, slope: bool, head: int, foot: int, parent: QWidget | None = None) -> None:
        super().__init__(head, foot, parent)
        self._slope = slope
        self._markup, self._about = (r"f'(x)", "") if slope else ("f(x)", "")
        self._shown: tuple[Shown, ...] = ()
        self._curves: tuple[Curve, ...] | None = None
        self._bottom, self._top = 0.0, 1.0
        self._before: tuple[Curve, ...] = ()
        self._frame: object = None
        self._lit: frozenset[str] = frozenset()
        self._pointed: str | None = None
        self._pressed_on: tuple[str, QPointF] | None = None
        self._bare = False
        self._layer = CurveLayer(self)
        self._backdrop = KeptPicture(self)
        self.veil = ""
        """Words in place of the curves, while they are still to be guessed."""

    @property
    def about(self) -> str:
        """What stands beside the heading."""
        return self._about

    def say_about(self, about: str) -> None:
        """Let something else stand beside the heading."""
        if about != self._about:
            self._about = about
            self.update()

    def show_functions(self, shown: Sequence[Shown]) -> None:
        """Draw these."""
        self._shown, self._curves = tuple(shown), None
        self.update()

    def light(self, keys: Collection[str]) -> None:
        """Make the points of some functions stand out."""
        if frozenset(keys) != self._lit:
            self._lit = frozenset(keys)
            self.update()

    def hide_tangents(self, hidden: bool) -> None:
        """Leave the tangents out, or draw them again."""
        if hidden is not self._bare:
            self._bare = hidden
            self.update()

    def set_veil(self, words: str) -> None:
        """Hide the curves behind a question, or show them again where there are no words."""
        if words != self.veil:
            self.veil = words
            self.update()

    def axis_changed(self) -> None:
        self._curves = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._curves = None

    def table(self) -> Table:
        """x, and beside it every function's f or f'; empty where a function has no value."""
        curves, name = self._prepared(), "f′" if self._slope else "f"
        places: dict[float, dict[str, float]] = {}
        for curve in curves if not self.veil else ():
            for xs, ys in curve.sampled.pieces:
                for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
                    places.setdefault(x, {})[curve.shown.key] = y
        keys = [curve.shown.key for curve in curves]
        rows = [[x, *(places[x].get(key, "") for key in keys)] for x in sorted(places)]
        return Table(("x", *(f"{curve.shown.name} {name}" for curve in curves)), rows)

    # Places -------------------------------------------------------------------------------------------------------

    def py(self, y: float) -> float:
        """Where a value is, in pixels."""
        box = self.box()
        return box.bottom() - (y - self._bottom) / (self._top - self._bottom) * box.height()

    def value_of(self, shown: Shown) -> float:
        """What is plotted of a function, at the cursor."""
        return shown.scalar.at(self.at_x)[1 if self._slope else 0]

    def point_of(self, key: str) -> QPointF:
        """The point of a function at the cursor, in pixels."""
        return QPointF(self.px(self.at_x), self.py(self.value_of(next(s for s in self._shown if s.key == key))))

    def _prepared(self) -> tuple[Curve, ...]:
        """The curves over this axis; what has not changed since they were drawn last is not worked out again."""
        if self._curves is None:
            points = max(64, int(self.box().width() * POINTS_PER_PIXEL))
            frame = (self.low, self.high, self.size().toTuple())
            known = {curve.shown.scalar: curve for curve in self._before} if frame == self._frame else {}
            found = []
            for shown in self._shown:
                before = known.get(shown.scalar)
                found.append((shown, before.sampled if before is not None else self._sample(shown, points)))
            ends = height_of([(curve, self._is_bounded(shown, curve)) for shown, curve in found], self.low, self.high)
            if ends != (self._bottom, self._top):
                self._bottom, self._top = ends
                known = {}
            self._curves = self._before = tuple(self._curve(*one, known.get(one[0].scalar)) for one in found)
            self._frame = frame
        return self._curves

    def _curve(self, shown: Shown, curve: Sampled, before: Curve | None) -> Curve:
        """The one from before where nothing of it is another."""
        if before is not None and before.shown == shown:
            return before
        return Curve(shown, curve, before.lines if before is not None else self._lines(curve))

    def _sample(self, shown: Shown, points: int) -> Sampled:
        one = shown.scalar
        if self._slope:
            return sampled(one.slope, one.slope_jumps, (), self.low, self.high, points)
        return sampled(one.value, one.jumps, one.slope_jumps, self.low, self.high, points)

    def _is_bounded(self, shown: Shown, curve: Sampled) -> bool:
        profile = shown.scalar.profile
        if profile.measured is not None:
            return curve.levels_off
        return all(isfinite(end) for end in (profile.slope if self._slope else profile.output))

    def _lines(self, curve: Sampled) -> tuple[QPolygonF, ...]:
        """What of a curve is in the plot, in pixels."""
        box = self.box()
        across, up = box.width() / (self.high - self.low), box.height() / (self._top - self._bottom)
        lines = []
        for xs, ys in curve.pieces:
            heights = np.clip(ys, -FURTHEST, FURTHEST)
            px, py = box.left() + (xs - self.low) * across, box.bottom() - (heights - self._bottom) * up
            lines += [polyline(*part) for part in within(px, py, box.top() - EDGE, box.bottom() + EDGE)]
        return tuple(lines)

    # Mouse --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A point is clicked, or dragged with the cursor."""
        key = self._under(event.position())
        if key is not None and event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            self._pressed_on = key, event.position()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_on is not None:
            if abs(event.position().x() - self._pressed_on[1].x()) < CLICK_PIXELS:
                return
            self._pressed_on, self._dragging = None, True
        super().mouseMoveEvent(event)
        self._point_at(self._under(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_on is not None:
            key, self._pressed_on = self._pressed_on[0], None
            self.picked.emit(key)
        else:
            super().mouseReleaseEvent(event)

    def _under(self, place: QPointF) -> str | None:
        """The function whose point at the cursor is under the pointer."""
        if self.veil:
            return None
        near = [(hypot(*(place - self.point_of(s.key)).toTuple()), s.key) for s in self._shown]
        distance, key = min(near, default=(NEAR, ""))
        return key if distance < NEAR else None

    def _point_at(self, key: str | None) -> None:
        if key != self._pointed:
            self._pointed = key
            self.pointed.emit(key)
        if key is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    # Painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        box, curves = self.box(), self._prepared()
        self._paint_backdrop(painter, () if self.veil else curves)
        self.paint_cursor(painter, 0.0 if self._slope else self.box().top() - 4, float(self.height()))
        if self.veil:
            self._paint_veil(painter)
            return
        painter.save()
        painter.setClipRect(box.adjusted(-1, -2, 1, 2))
        if not self._slope and not self._bare:
            for curve in curves:
                self._paint_tangent(painter, curve.shown)
        painter.restore()
        self._layer.paint(painter, curves, self._lit)
        for curve in curves:
            self._paint_point(painter, curve.shown)

    def _paint_backdrop(self, painter: QPainter, curves: Sequence[Curve]) -> None:
        """Heading, lines and names, which are as they were while the cursor or a parameter is dragged."""
        ends = endings_of(curves, self.box())

        def paint(painter: QPainter) -> None:
            self._paint_heading(painter)
            self.paint_upright(painter, numbers=False)
            self._paint_levels(painter)
            paint_names(painter, ends, self.box())

        if not is_raster(painter):
            painter.save()
            paint(painter)
            painter.restore()
            return
        names = tuple((one.y, one.text, one.colour.rgba()) for one in ends)
        key = (self.low, self.high, self._bottom, self._top, self._about, names)
        painter.drawPixmap(0, 0, self._backdrop.picture(key, paint, theme.colour(self.ground)))

    def _paint_heading(self, painter: QPainter) -> None:
        line = typeset(self._markup, 15.0)
        baseline = self.box().top() - 11
        paint_line(painter, line, 18.0, baseline)
        set_pixels(painter, 12)
        painter.setPen(theme.colour("text_muted"))
        left = 18.0 + line.width + 12
        words = QRectF(left, baseline - 12, self.width() - left - CORNER, 16)
        draw_elided(painter, words, Qt.AlignmentFlag.AlignVCenter, self._about)

    def _paint_levels(self, painter: QPainter) -> None:
        box = self.box()
        set_pixels(painter, 11)
        for value, text in round_ticks(self._bottom, self._top, box.height(), VALUE_APART):
            y = round(self.py(value)) + 0.5
            painter.setPen(QPen(theme.colour("text_muted" if value == 0.0 else "border"), 1.0))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(theme.colour("text_muted"))
            room = QRectF(0, y - 8, LEFT - 8, 16)
            draw_shrunk(painter, room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_veil(self, painter: QPainter) -> None:
        set_pixels(painter, 13)
        room = painter.fontMetrics().boundingRect(self.veil).toRectF().adjusted(-14, -7, 14, 7)
        room.moveCenter(self.box().center())
        draw_plate(painter, room, room.height() / 2)
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.veil)

    def _paint_tangent(self, painter: QPainter, shown: Shown) -> None:
        """A pale stroke through the point at the cursor, with the slope that is plotted beneath; none where there is
        no derivative, as at a kink."""
        y, slope = shown.scalar.at(self.at_x)
        if kink_sentence(shown, self.at_x) or not (isfinite(y) and isfinite(slope)):
            return
        colour = QColor(shown.colour)
        colour.setAlphaF(0.5 if shown.key in self._lit else 0.28)
        painter.setPen(QPen(colour, 7.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        at = QPointF(self.px(self.at_x), self.py(y))
        painter.drawLine(at - self._along(slope), at + self._along(slope))

    def _along(self, slope: float) -> QPointF:
        """Half a tangent's stroke, to the right, in pixels."""
        box = self.box()
        across, up = box.width() / (self.high - self.low), box.height() / (self._top - self._bottom)
        direction = QPointF(across, -slope * up)
        return direction * (TANGENT / hypot(direction.x(), direction.y()))

    def _paint_point(self, painter: QPainter, shown: Shown) -> None:
        value = self.value_of(shown)
        at = QPointF(self.px(self.at_x), self.py(value)) if isfinite(value) else None
        if at is not None and self.box().adjusted(-1, -4, 1, 4).contains(at):
            radius = DOT + 2.0 if shown.key in (self._pointed, *self._lit) else DOT
            self.paint_dot(painter, at, shown.colour, radius, hollow=True)
