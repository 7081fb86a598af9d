"""The whole graph with its formula over it, as it is copied and saved: whatever part of it is in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.formula.laid_out import LaidOut
from app.kit.widgets.painted import Painted
from app.workspaces.scalar_graph.canvas.far import FarPainter, crowded
from app.workspaces.scalar_graph.canvas.painter import NearPainter
from app.workspaces.scalar_graph.canvas.shown import Shown

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
