"""The curves of a plot, with the ends of their jumps and their names: what is painted again unchanged is kept as a
picture, so that a cursor, or a parameter of one function, is dragged without the others being drawn anew."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from app.kit.charts.marks import Ending, apart
from app.kit.kept_picture import CLEAR, Surface, is_raster, look_of, picture_of
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


class Ground(Surface, Protocol):
    """The plot that the curves lie on."""

    def box(self) -> QRectF: ...
    def px(self, x: float) -> float: ...
    def py(self, y: float) -> float: ...
    def paint_dot(self, painter: QPainter, at: QPointF, colour: QColor, radius: float, *, hollow: bool) -> None: ...


class CurveLayer:
    """Paints the curves, or the pictures of them that it has kept: of those that are as they were a moment ago, one
    for each row of such, so that they lie over one another as ever."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._before: Sequence[Hashable] = ()
        self._kept: dict[Hashable, QPixmap] = {}

    def paint(self, painter: QPainter, curves: Sequence[Curve], lit: Collection[str]) -> None:
        """``lit``: the keys of those that stand out. A drawing in lines keeps its lines."""
        if is_raster(painter):
            self._paint_kept(painter, curves, lit)
        else:
            self._paint_strokes(painter, curves, lit)
            self._paint_jumps(painter, curves)

    def _paint_kept(self, painter: QPainter, curves: Sequence[Curve], lit: Collection[str]) -> None:
        look = look_of(self._ground)
        keys = [(look, curve, curve.shown.key in lit) for curve in curves]
        before, self._before = set(self._before), keys
        kept, self._kept = self._kept, {}
        still = all(key in before for key in keys)
        for known, row in groupby(zip(keys, curves, strict=True), lambda pair: pair[0] in before):
            names, some = zip(*row, strict=True)
            if not known:
                self._paint_strokes(painter, some, lit)
                continue
            key = (names, still)
            self._kept[key] = kept.get(key) or self._picture(some, lit, jumps=still)
            painter.drawPixmap(0, 0, self._kept[key])
        if not still:
            self._paint_jumps(painter, curves)

    def _picture(self, curves: Sequence[Curve], lit: Collection[str], *, jumps: bool) -> QPixmap:
        def paint(painter: QPainter) -> None:
            self._paint_strokes(painter, curves, lit)
            if jumps:
                self._paint_jumps(painter, curves)

        return picture_of(self._ground, CLEAR, paint)

    def _paint_strokes(self, painter: QPainter, curves: Sequence[Curve], lit: Collection[str]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for curve in curves:
            line_style = Qt.PenStyle.DashLine if curve.shown.stale else Qt.PenStyle.SolidLine
            painter.setPen(QPen(curve.shown.colour, 3.0 if curve.shown.key in lit else 2.0, line_style))
            for line in curve.lines:
                painter.drawPolyline(line)

    def _paint_jumps(self, painter: QPainter, curves: Sequence[Curve]) -> None:
        for curve in curves:
            self._paint_ends(painter, curve)

    def _paint_ends(self, painter: QPainter, curve: Curve) -> None:
        """The two ends of a jump: empty where the curve does not come to, filled where the function is."""
        ground, colour = self._ground, curve.shown.colour
        box = ground.box().adjusted(-1, -1, 1, 1)
        for jump in curve.sampled.jumps:
            missed = [end for end in (jump.left, jump.right) if not abs(end - jump.at) <= 1e-6]
            for value, hollow in [*((end, True) for end in missed), (jump.at, False)]:
                at = QPointF(ground.px(jump.x), ground.py(value)) if isfinite(value) else None
                if at is not None and box.contains(at):
                    ground.paint_dot(painter, at, colour, JUMP_RADIUS, hollow=hollow)


def endings_of(curves: Sequence[Curve], box: QRectF) -> tuple[Ending, ...]:
    """Every curve's name beside its end; of one that has left the plot, at the edge where it left."""
    ends = []
    for curve in curves:
        if curve.lines and curve.lines[-1].count():
            y = curve.lines[-1].last().y()
            ends.append(Ending(min(max(y, box.top()), box.bottom()), curve.shown.name, curve.shown.colour))
    return tuple(ends)


def paint_names(painter: QPainter, endings: Sequence[Ending], box: QRectF) -> None:
    """The names, apart from one another."""
    set_pixels(painter, NAME_PIXELS, QFont.Weight.DemiBold)
    for y, ending in apart(endings, box.top() - 6, box.bottom() + 6):
        painter.setPen(ending.colour)
        room = QRectF(box.right() + 9, y - 9, RIGHT - 13, 18)
        draw_elided(painter, room, Qt.AlignmentFlag.AlignVCenter, ending.text)
