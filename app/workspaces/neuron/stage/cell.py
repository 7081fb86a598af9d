"""The nerve cell: signals come in over synapses, dendrites carry them to the soma, and past a threshold it fires."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRadialGradient

from app.kit import look, theme
from app.kit.widgets.changed_parts import PaintedPart
from app.workspaces.neuron.model import Stage, StageData
from app.workspaces.neuron.parts import ALL, Part
from app.workspaces.neuron.stage.cell_shapes import CellShapes, cell_shapes, spike
from app.workspaces.neuron.stage.geometry import Geometry
from app.workspaces.neuron.stage.shapes import around, between, grown, tissue

STRONGEST = 2.0
"""The size of a weight from which on its synapse grows no more."""


class CellPainter:
    """Paints a cell in its place; shapes are made once for each size."""

    def __init__(self, geometry: Geometry) -> None:
        self.g = geometry

    @cached_property
    def shapes(self) -> CellShapes:
        """The outlines of its parts."""
        return cell_shapes(self.g)

    def paint_still(self, painter: QPainter) -> None:
        """What looks the same whatever comes in."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tissue(0.42))
        painter.drawPath(self.shapes.twigs)
        painter.setBrush(tissue(0.5))
        for dendrite in self.shapes.dendrites:
            painter.drawPath(dendrite)

    def paint_quiet(self, painter: QPainter, state: StageData) -> None:
        """What goes by what is lit, by the inputs and by whether it fires, but by no number."""
        for index in range(self.g.inputs):
            if state.lit((Part.WIRE, index)):
                self._fill(painter, self.shapes.dendrites[index], theme.colour("accent"), True)
        self._paint_axon(painter, state)
        self._paint_trace(painter, state)
        for index in range(self.g.inputs):
            self._paint_signal(painter, state, index)

    def parts(self, state: StageData) -> list[PaintedPart]:
        """The rest of the cell, from the back to the front."""
        soma = grown(self.shapes.soma.boundingRect(), 2)
        by = (state.z, state.lit((Part.SUM, ALL)))
        whole, now = QRectF(0, 0, self.g.width, self.g.height), state.reading.now
        moving = (state.advance, state.stage, state.reading.content.x, now.fires) if state.advance > 0.0 else None
        return [
            PaintedPart(soma, by, lambda p: self._paint_soma(p, state)),
            *(self._synapse_part(state, index) for index in range(self.g.inputs)),
            PaintedPart(whole if moving else QRectF(), moving, lambda p: self._paint_pulses(p, state)),
        ]

    def _synapse_part(self, state: StageData, index: int) -> PaintedPart:
        lit = state.lit((Part.WEIGHT, index))
        box = grown(around(self.g.synapse(index), 14 * self.g.scale), 1 + (8 * self.g.scale if lit else 0))
        by = (state.reading.content.weights[index], lit, state.signal(index))
        return PaintedPart(box, by, lambda p: self._paint_synapse(p, state, index))

    # Parts -----------------------------------------------------------------------------------------------------------

    def _paint_signal(self, painter: QPainter, state: StageData, index: int) -> None:
        """The axon of another cell, which carries a signal or none."""
        lit, carries = state.lit((Part.INPUT, index)), state.signal(index)
        colour = tissue(0.28)
        if carries:
            colour = theme.colour("positive")
        elif carries is None:
            colour = between(theme.colour("window"), theme.colour("border"), 0.9)
        if lit:
            colour = theme.colour("accent")
        self._fill(painter, self.shapes.signals[index], colour, lit)

    def _paint_synapse(self, painter: QPainter, state: StageData, index: int) -> None:
        """The receiving side: as large as the weight, blue where it excites and orange where it inhibits."""
        s, at = self.g.scale, self.g.synapse(index)
        weight = state.reading.content.weights[index]
        size = (4.5 + 6.5 * min(1.0, abs(weight) / STRONGEST)) * s
        colour = look.signed(weight) if weight else tissue(0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if state.lit((Part.WEIGHT, index)):
            halo = QColor(theme.colour("accent"))
            halo.setAlphaF(0.22)
            painter.setBrush(halo)
            painter.drawEllipse(at, size + 8 * s, size + 8 * s)
            painter.setPen(look.pen(theme.colour("accent"), 1.6))
        painter.setBrush(colour)
        receiving = at + QPointF(2.5 * s, 0)
        painter.drawPie(QRectF(receiving.x() - size, receiving.y() - size, 2 * size, 2 * size), -90 * 16, 180 * 16)
        self._paint_vesicles(painter, state, index, size)

    def _paint_vesicles(self, painter: QPainter, state: StageData, index: int, size: float) -> None:
        """What crosses the gap where there is a signal."""
        if not state.signal(index):
            return
        s, at = self.g.scale, self.g.synapse(index)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("positive"))
        for step in (-1, 0, 1):
            painter.drawEllipse(at + QPointF(-1.2 * s, step * min(4.5 * s, size * 0.6)), 1.3 * s, 1.3 * s)

    def _paint_soma(self, painter: QPainter, state: StageData) -> None:
        g, lit = self.g, state.lit((Part.SUM, ALL))
        glow = self._soma_colour(state)
        fill = QRadialGradient(g.soma + QPointF(-0.3, -0.35) * g.soma_radius, g.soma_radius * 1.6)
        fill.setColorAt(0.0, theme.colour("surface"))
        fill.setColorAt(1.0, glow)
        painter.setPen(look.pen(theme.colour("accent") if lit else tissue(0.62), 2.6 if lit else 1.4))
        painter.setBrush(fill)
        painter.drawPath(self.shapes.soma)
        nucleus = g.soma + QPointF(-0.06, 0.02) * g.soma_radius
        painter.setPen(look.pen(tissue(0.5), 1.1))
        painter.setBrush(look.faded("surface", 0.75))
        painter.drawEllipse(nucleus, 0.34 * g.soma_radius, 0.34 * g.soma_radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tissue(0.62))
        spot = nucleus + QPointF(0.08, -0.07) * g.soma_radius
        painter.drawEllipse(spot, 0.11 * g.soma_radius, 0.11 * g.soma_radius)

    @staticmethod
    def _soma_colour(state: StageData) -> QColor:
        """Blue as it is excited, orange as it is held back, grey while that is not known."""
        z = state.z
        if z is None or z == 0.0:
            return tissue(0.3)
        return between(theme.colour("surface"), look.signed(z), 0.35 + 0.35 * min(1.0, abs(z) / STRONGEST))

    def _paint_axon(self, painter: QPainter, state: StageData) -> None:
        lit, fires = state.lit((Part.OUTPUT, ALL)), state.fires
        colour = tissue(0.5)
        if fires:
            colour = theme.colour("positive")
        if lit:
            colour = theme.colour("accent")
        self._fill(painter, self.shapes.axon, colour, lit)
        hill = state.lit((Part.THRESHOLD, ALL))
        self._fill(painter, self.shapes.hillock, theme.colour("accent") if hill else tissue(0.56), hill)
        painter.setPen(look.pen(colour if fires or lit else tissue(0.4), 1.2))
        painter.setBrush(theme.colour("surface"))
        for sheath in self.shapes.myelin:
            painter.drawRoundedRect(sheath, sheath.height() / 2, sheath.height() / 2)

    def _paint_pulses(self, painter: QPainter, state: StageData) -> None:
        """Signals on their way to the next stage."""
        if state.advance <= 0.0:
            return
        for line in self._lines(state):
            at = line.pointAtPercent(min(1.0, state.advance))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.faded("positive", 0.28))
            painter.drawEllipse(at, 10 * self.g.scale, 10 * self.g.scale)
            painter.setBrush(theme.colour("positive"))
            painter.drawEllipse(at, 5 * self.g.scale, 5 * self.g.scale)

    def _lines(self, state: StageData) -> list[QPainterPath]:
        """What the signals that are on their way run along."""
        active = [index for index, bit in enumerate(state.reading.content.x) if bit]
        if state.stage is Stage.NOTHING:
            return [self.shapes.signal_lines[index] for index in active]
        if state.stage is Stage.INPUTS:
            return [self.shapes.dendrite_lines[index] for index in active]
        if state.stage is Stage.SUM and state.reading.now.fires:
            return [self.shapes.axon_line]
        return []

    def _paint_trace(self, painter: QPainter, state: StageData) -> None:
        """The voltage at the hillock: past the threshold there is a spike, below it only a bump."""
        box, lit = self.g.trace, state.lit((Part.THRESHOLD, ALL))
        level = box.top() + 0.46 * box.height()
        painter.setPen(QPen(theme.colour("accent" if lit else "text_muted"), 1.6 if lit else 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(box.left(), level), QPointF(box.right(), level))
        painter.setFont(look.font(10.5 * self.g.scale + 1))
        painter.setPen(theme.colour("accent" if lit else "text_muted"))
        words = QRectF(box.right() + 5, level - 9, 120, 18)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, QCoreApplication.translate("Neuron", "threshold"))
        if state.fires is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.pen(theme.colour("positive" if state.fires else "negative"), 1.8))
            painter.drawPath(spike(box, level, fires=state.fires))

    @staticmethod
    def _fill(painter: QPainter, path: QPainterPath, colour: QColor, lit: bool) -> None:
        if lit:
            halo = QColor(colour)
            halo.setAlphaF(0.25)
            painter.setPen(look.pen(halo, 7.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(path)
