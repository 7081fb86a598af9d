"""A scalar graph painted from afar, and the whole of one for a picture that is saved."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.kit import look, theme
from app.kit.formula.laid_out import LaidOut
from app.kit.widgets.painted import Painted
from app.workspaces.scalar_graph.canvas.drawing import RADIUS, Drawing, Sort
from app.workspaces.scalar_graph.canvas.painter import NearPainter
from app.workspaces.scalar_graph.canvas.shown import Shown
from app.workspaces.scalar_graph.canvas.writing import Tone, inks
from app.workspaces.scalar_graph.sight import Sight

SMOOTH = 700
"""More lines than this are drawn without smoothing, which takes most of a frame's time."""
LEAST_DOT, ROUND_DOT = 2.2, 5.0
"""Pixels: a node is never smaller on the screen; from the second size on its dot is round."""


class FarPainter:
    """Paints one drawing. What goes into which colour is worked out once for every moment of the playback."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._edges = [(link.target, link.slot) for link in shown.drawing.links]
        self._sources = [link.source for link in shown.drawing.links]
        self._lines = [link.line for link in shown.drawing.links]
        self._centres = [knot.centre for knot in shown.drawing.knots]
        self._leaves = frozenset(knot.index for knot in shown.drawing.knots if knot.sort is Sort.LEAF)
        self._of: Sight | None = None
        self._by_tone: dict[Tone, list[QLineF]] = {}
        self._by_colour: dict[str, QPolygonF] = {}

    def paint(self, painter: QPainter, scale: float) -> None:
        """Lines in the colour of what is known to go along them, backwards where that is known; dots for the nodes."""
        shown = self._shown
        if shown.sight is not self._of:
            self._of = shown.sight
            self._by_tone, self._by_colour = self._sorted_lines(shown.sight), self._sorted_dots(shown.sight)
        if shown.stale:
            painter.setOpacity(0.35)
        self._paint_lines(painter, scale)
        self._paint_dots(painter, scale)
        painter.setOpacity(1.0)

    def _sorted_lines(self, sight: Sight) -> dict[Tone, list[QLineF]]:
        unknown, positive, negative, fault = (list[QLineF]() for _ in range(4))
        values, broken, hollow = sight.values, sight.broken, sight.hollow
        for source, handed, lines in zip(self._sources, map(sight.handed.get, self._edges), self._lines, strict=True):
            value, bad = (values[source], broken) if handed is None else (handed.product, hollow)
            if value is None:
                unknown.extend(lines)
            elif source in bad or not -math.inf < value < math.inf:
                fault.extend(lines)
            else:
                (positive if value >= 0.0 else negative).extend(lines)
        return {Tone.UNKNOWN: unknown, Tone.POSITIVE: positive, Tone.NEGATIVE: negative, Tone.FAULT: fault}

    def _sorted_dots(self, sight: Sight) -> dict[str, QPolygonF]:
        found: dict[str, list[QPointF]] = {"border": [], "text_muted": [], "accent": [], "danger": []}
        for index, (centre, value) in enumerate(zip(self._centres, sight.values, strict=True)):
            if index in sight.faulty or index in sight.hollow:
                found["danger"].append(centre)
            elif index in self._leaves:
                found["accent"].append(centre)
            else:
                found["border" if value is None else "text_muted"].append(centre)
        return {name: QPolygonF(points) for name, points in found.items()}

    def _paint_lines(self, painter: QPainter, scale: float) -> None:
        colours = {**inks().lanes, Tone.UNKNOWN: look.faded("text_muted", 0.35)}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(self._lines) <= SMOOTH)
        for tone, lines in self._by_tone.items():
            pen = QPen(colours[tone], max(1.0, 2.0 * scale))
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_dots(self, painter: QPainter, scale: float) -> None:
        shown, drawing = self._shown, self._shown.drawing
        size = max(2 * RADIUS * 0.8, 2 * LEAST_DOT / scale)
        for name, points in self._by_colour.items():
            _dots(painter, points, theme.colour(name), size, scale)
        chosen = [drawing.by_key[key].centre for key in shown.chosen if key in drawing.by_key]
        _dots(painter, QPolygonF(chosen), theme.colour("accent"), 1.5 * size, scale)
        if shown.sight.current is not None and shown.sight.current < len(self._centres):
            here = QPolygonF([self._centres[shown.sight.current]])
            _dots(painter, here, theme.colour("accent"), max(2.0 * size, 9.0 / scale), scale)


def _dots(painter: QPainter, points: QPolygonF, colour: QColor, size: float, scale: float) -> None:
    pen = QPen(colour, size)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if size * scale >= ROUND_DOT else Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    painter.drawPoints(points)


def crowded(drawing: Drawing, in_view: int, scale: float) -> bool:
    """Whether signs and numbers could not be read, or would be too many for a frame."""
    return scale < 0.24 or (in_view > 160 and scale < 0.5)


MARGIN, GAP = 24.0, 18.0
"""Pixels around everything, and between formula and graph."""
LARGEST = 6000.0
"""A graph that is larger is drawn smaller."""


class WholeGraph(Painted):
    """Never shown. ``formula``: what stands over a graph so many pixels wide, None for nothing."""

    def __init__(
        self, shown: Shown, bounds: Callable[[], QRectF], formula: Callable[[float], LaidOut | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._shown, self._bounds, self._formula = shown, bounds, formula
        self.hide()

    def fit(self) -> None:
        """Take the size of what there is to be drawn."""
        bounds = self._bounds()
        formula = self._formula(self._scale() * bounds.width())
        width, height = self._scale() * bounds.width(), self._scale() * bounds.height()
        if formula is not None:
            width, height = max(width, formula.width), height + formula.height + GAP
        self.resize(QSize(round(width + 2 * MARGIN), round(height + 2 * MARGIN)))

    def _scale(self) -> float:
        bounds = self._bounds()
        return min(1.0, LARGEST / max(bounds.width(), bounds.height(), 1.0))

    def paint(self, painter: QPainter) -> None:
        """On the ground of the canvas, and without what hands do there."""
        bounds, scale = self._bounds(), self._scale()
        formula = self._formula(scale * bounds.width())
        top = MARGIN
        painter.fillRect(QRectF(self.rect()), theme.colour("window"))
        if formula is not None:
            formula.paint(painter, MARGIN, top + formula.ascent)
            top += formula.height + GAP
        painter.translate(MARGIN, top)
        painter.scale(scale, scale)
        painter.translate(-bounds.topLeft())
        shown = replace(self._shown, chosen=frozenset(), lit=frozenset(), focus=None, pulled=None)
        if crowded(shown.drawing, len(shown.drawing.knots), scale):
            FarPainter(shown).paint(painter, scale)
        else:
            NearPainter(shown).paint(painter, bounds, scale)
