"""The curves of a plot, with the ends of their jumps and their names: kept as a picture while only the cursor moves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPaintEngine, QPainter, QPen, QPixmap, QPolygonF

from app.kit import theme
from app.kit.charts.marks import Ending, apart
from app.kit.widgets.painted import draw_elided, set_pixels
from app.workspaces.activations.band import RIGHT
from app.workspaces.activations.shown import Shown
from engine.activations.sampling import Sampled

NAME_PIXELS, JUMP_RADIUS = 13, 3.2


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """One function over the present axis. ``lines``: its unbroken pieces, in pixels."""

    shown: Shown
    sampled: Sampled
    lines: tuple[QPolygonF, ...]


class Ground(Protocol):
    """The plot that the curves lie on."""

    def box(self) -> QRectF: ...
    def px(self, x: float) -> float: ...
    def py(self, y: float) -> float: ...
    def size(self) -> QSize: ...
    def font(self) -> QFont: ...
    def devicePixelRatioF(self) -> float: ...
    def paint_dot(self, painter: QPainter, at: QPointF, colour: QColor, radius: float, *, hollow: bool) -> None: ...


class CurveLayer:
    """Paints the curves, or the picture of them that it has kept."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._kept: tuple[object, QPixmap] | None = None

    def paint(self, painter: QPainter, curves: Sequence[Curve], lit: Collection[str]) -> None:
        """``lit``: the keys of those that stand out. A drawing in lines keeps its lines."""
        if painter.paintEngine().type() == QPaintEngine.Type.Raster:
            painter.drawPixmap(0, 0, self._picture(curves, lit))
        else:
            self._paint(painter, curves, lit)

    def _picture(self, curves: Sequence[Curve], lit: Collection[str]) -> QPixmap:
        ground = self._ground
        ratio = ground.devicePixelRatioF()
        key = (curves, ground.size().toTuple(), ratio, theme.current().name, lit)
        if self._kept is None or self._kept[0] != key:
            picture = QPixmap(ground.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            try:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setFont(ground.font())
                self._paint(painter, curves, lit)
            finally:
                painter.end()
            self._kept = (key, picture)
        return self._kept[1]

    def _paint(self, painter: QPainter, curves: Sequence[Curve], lit: Collection[str]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for curve in curves:
            line_style = Qt.PenStyle.DashLine if curve.shown.stale else Qt.PenStyle.SolidLine
            painter.setPen(QPen(curve.shown.colour, 3.0 if curve.shown.key in lit else 2.0, line_style))
            for line in curve.lines:
                painter.drawPolyline(line)
        for curve in curves:
            self._paint_jumps(painter, curve)
        self._paint_names(painter, curves)

    def _paint_jumps(self, painter: QPainter, curve: Curve) -> None:
        """The two ends of a jump: empty where the curve does not come to, filled where the function is."""
        ground, colour = self._ground, curve.shown.colour
        box = ground.box().adjusted(-1, -1, 1, 1)
        for jump in curve.sampled.jumps:
            missed = [end for end in (jump.left, jump.right) if not abs(end - jump.at) <= 1e-6]
            for value, hollow in [*((end, True) for end in missed), (jump.at, False)]:
                at = QPointF(ground.px(jump.x), ground.py(value)) if isfinite(value) else None
                if at is not None and box.contains(at):
                    ground.paint_dot(painter, at, colour, JUMP_RADIUS, hollow=hollow)

    def _paint_names(self, painter: QPainter, curves: Sequence[Curve]) -> None:
        """Every curve's name beside its end; of one that has left the plot, at the edge where it left."""
        box, ends = self._ground.box(), []
        for curve in curves:
            if curve.lines and curve.lines[-1].count():
                y = curve.lines[-1].last().y()
                ends.append(Ending(min(max(y, box.top()), box.bottom()), curve.shown.name, curve.shown.colour))
        set_pixels(painter, NAME_PIXELS, QFont.Weight.DemiBold)
        for y, ending in apart(ends, box.top() - 6, box.bottom() + 6):
            painter.setPen(ending.colour)
            room = QRectF(box.right() + 9, y - 9, RIGHT - 13, 18)
            draw_elided(painter, room, Qt.AlignmentFlag.AlignVCenter, ending.text)
