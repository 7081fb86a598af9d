"""The nerve cell: signals come in over synapses, dendrites carry them to the soma, and past a threshold it fires."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRadialGradient

from app.kit import look, theme
from app.workspaces.neuron.model import Stage
from app.workspaces.neuron.parts import ALL, Part
from app.workspaces.neuron.stage.geometry import Geometry
from app.workspaces.neuron.stage.shapes import between, bezier, tapered, tissue, united
from app.workspaces.neuron.stage.shown import Shown

_BUMPS = (1.02, 0.97, 1.03, 0.99, 1.04, 0.96, 1.0, 0.98)
"""How far the outline of the body stands out, all the way round."""
STRONGEST = 2.0
"""The size of a weight from which on its synapse grows no more."""


class CellPainter:
    """Paints a cell in its place; shapes are made once for each size."""

    def __init__(self, geometry: Geometry) -> None:
        self.g = geometry
        self.shapes = cell_shapes(geometry)

    def paint(self, painter: QPainter, state: Shown) -> None:
        """The whole cell, from the back to the front."""
        self._paint_twigs(painter)
        for index in range(self.g.inputs):
            self._paint_dendrite(painter, state, index)
        self._paint_axon(painter, state)
        self._paint_soma(painter, state)
        for index in range(self.g.inputs):
            self._paint_signal(painter, state, index)
            self._paint_synapse(painter, state, index)
        self._paint_trace(painter, state)
        self._paint_pulses(painter, state)

    # Parts -----------------------------------------------------------------------------------------------------------

    def _paint_twigs(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tissue(0.42))
        painter.drawPath(self.shapes.twigs)

    def _paint_dendrite(self, painter: QPainter, state: Shown, index: int) -> None:
        lit = state.lit((Part.WIRE, index))
        self._fill(painter, self.shapes.dendrites[index], theme.colour("accent") if lit else tissue(0.5), lit)

    def _paint_signal(self, painter: QPainter, state: Shown, index: int) -> None:
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

    def _paint_synapse(self, painter: QPainter, state: Shown, index: int) -> None:
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

    def _paint_vesicles(self, painter: QPainter, state: Shown, index: int, size: float) -> None:
        """What crosses the gap where there is a signal."""
        if not state.signal(index):
            return
        s, at = self.g.scale, self.g.synapse(index)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("positive"))
        for step in (-1, 0, 1):
            painter.drawEllipse(at + QPointF(-1.2 * s, step * min(4.5 * s, size * 0.6)), 1.3 * s, 1.3 * s)

    def _paint_soma(self, painter: QPainter, state: Shown) -> None:
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
    def _soma_colour(state: Shown) -> QColor:
        """Blue as it is excited, orange as it is held back, grey while that is not known."""
        z = state.z
        if z is None or z == 0.0:
            return tissue(0.3)
        return between(theme.colour("surface"), look.signed(z), 0.35 + 0.35 * min(1.0, abs(z) / STRONGEST))

    def _paint_axon(self, painter: QPainter, state: Shown) -> None:
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

    def _paint_pulses(self, painter: QPainter, state: Shown) -> None:
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

    def _lines(self, state: Shown) -> list[QPainterPath]:
        """What the signals that are on their way run along."""
        active = [index for index, bit in enumerate(state.reading.content.x) if bit]
        if state.stage is Stage.NOTHING:
            return [self.shapes.signal_lines[index] for index in active]
        if state.stage is Stage.INPUTS:
            return [self.shapes.dendrite_lines[index] for index in active]
        if state.stage is Stage.SUM and state.reading.now.fires:
            return [self.shapes.axon_line]
        return []

    def _paint_trace(self, painter: QPainter, state: Shown) -> None:
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


def spike(box: QRectF, level: float, *, fires: bool) -> QPainterPath:
    """A trace of voltage over time in a box, with the threshold at ``level``."""
    base, left, width = box.bottom(), box.left() + 0.08 * box.width(), 0.84 * box.width()
    points = (
        [(0, 0), (0.22, 0), (0.38, 0.16), (0.46, 0.44), (0.52, 1.0), (0.60, 0.1), (0.66, -0.08), (0.78, 0), (1, 0)]
        if fires
        else [(0, 0), (0.25, 0), (0.42, 0.16), (0.52, 0.30), (0.62, 0.18), (0.78, 0), (1, 0)]
    )
    path = QPainterPath()
    for number, (across, up) in enumerate(points):
        point = QPointF(left + across * width, base - up * box.height() * (1.0 if fires else 0.95))
        if number:
            path.lineTo(point)
        else:
            path.moveTo(point)
    return path


class CellShapes:
    """The outlines of a cell in its place."""

    def __init__(self, g: Geometry) -> None:
        s, soma, r = g.scale, g.soma, g.soma_radius
        self.signal_lines = tuple(_signal_line(g, index) for index in range(g.inputs))
        self.dendrite_lines = tuple(_limb(g, index) for index in range(g.inputs))
        self.axon_line = _straight(g.axon_from, g.branching)
        self.signals = tuple(_signal(g, index) for index in range(g.inputs))
        self.dendrites = tuple(_dendrite(g, index) for index in range(g.inputs))
        self.twigs = united([path for index in range(g.inputs) for path in _twigs(g, index)] + _spare_dendrites(g))
        self.soma = _soma(soma, r)
        cone = bezier(g.hillock, g.hillock + QPointF(0.3 * r, 0), g.axon_from - QPointF(0.4 * r, 0), g.axon_from)
        self.hillock = tapered(cone, 0.62 * r, 5 * s)
        limbs = [tapered(_straight(g.axon_from, g.branching), 5 * s, 4.5 * s)]
        for index in range(3):
            end = g.terminal(index)
            middle = QPointF((g.branching.x() + end.x()) / 2, g.branching.y())
            limbs.append(tapered(bezier(g.branching, middle, QPointF(middle.x(), end.y()), end), 4 * s, 3 * s))
            bouton = QPainterPath()
            bouton.addEllipse(end, 5.5 * s, 5.5 * s)
            limbs.append(bouton)
        self.axon = united(limbs)
        first, last, height = g.share(0.648), g.share(0.902), 15 * s
        length, gap = (last - first - 3 * 5 * s) / 4, 5 * s
        self.myelin = tuple(
            QRectF(first + number * (length + gap), soma.y() - height / 2, length, height) for number in range(4)
        )


@lru_cache(maxsize=4)
def _shapes(width: float, height: float, inputs: int) -> CellShapes:
    return CellShapes(Geometry(width, height, inputs))


def cell_shapes(geometry: Geometry) -> CellShapes:
    """The outlines of a cell, made once for each size."""
    return _shapes(geometry.width, geometry.height, geometry.inputs)


def _straight(start: QPointF, end: QPointF) -> QPainterPath:
    path = QPainterPath(start)
    path.lineTo(end)
    return path


def _signal_line(g: Geometry, index: int) -> QPainterPath:
    """The middle of the axon of the cell before, up to the gap."""
    end = g.synapse(index) - QPointF(7 * g.scale, 0)
    start = QPointF(g.share(0.035), end.y() + (end.y() - g.soma.y()) * 0.25 + 5 * g.scale)
    reach = (end.x() - start.x()) * 0.45
    return bezier(start, start + QPointF(reach, -16 * g.scale), end - QPointF(reach, 0), end)


def _signal(g: Geometry, index: int) -> QPainterPath:
    """The axon of the cell before, with its bouton at the gap."""
    limb = tapered(_signal_line(g, index), 3 * g.scale, 3.4 * g.scale)
    bouton = QPainterPath()
    bouton.addEllipse(g.synapse(index) - QPointF(8.5 * g.scale, 0), 6 * g.scale, 6 * g.scale)
    return limb.united(bouton)


def _limb(g: Geometry, index: int) -> QPainterPath:
    """The middle line of a dendrite, from its synapse to the soma."""
    start = g.synapse(index) + QPointF(3 * g.scale, 0)
    lift = (start.y() - g.soma.y()) * 0.42
    end = g.soma + QPointF(-0.82 * g.soma_radius, lift)
    reach = (end.x() - start.x()) * 0.5
    return bezier(start, start + QPointF(reach, 0), end - QPointF(reach * 0.7, -lift * 0.5), end)


def _dendrite(g: Geometry, index: int) -> QPainterPath:
    return tapered(_limb(g, index), 5 * g.scale, 11 * g.scale)


def _twigs(g: Geometry, index: int) -> list[QPainterPath]:
    """Short branches of a dendrite, away from its neighbours."""
    limb, s = _limb(g, index), g.scale
    away = -1.0 if g.synapse(index).y() <= g.soma.y() else 1.0
    sides = (away, -away) if g.inputs == 1 else (away, away)
    twigs = []
    for at, side, length, rise in ((0.34, sides[0], 34, 26), (0.56, sides[1], 38, 30)):
        root = limb.pointAtPercent(at)
        tip = root + QPointF(-length * s, side * rise * s)
        bend = root + QPointF(-0.3 * length * s, side * 0.2 * rise * s)
        twigs.append(tapered(bezier(root, bend, tip - QPointF(-0.4 * length * s, 0), tip), 4.2 * s, 1.6 * s))
    return twigs


def _spare_dendrites(g: Geometry) -> list[QPainterPath]:
    """Dendrites that nothing of the drawing reaches: a cell has thousands of synapses."""
    limbs = []
    r, s = g.soma_radius, g.scale
    for across, up, lean, bend in (
        (-0.35, -1, -0.5, -0.2),
        (0.35, -1, 0.75, 0.1),
        (-0.3, 1, -0.55, -0.1),
        (0.4, 1, 0.7, 0.25),
    ):
        root = g.soma + QPointF(across * r, up * 0.8 * r)
        tip = g.soma + QPointF((across + lean) * r, up * 1.62 * r)
        mid = QPointF(root.x() + bend * r, (root.y() + tip.y()) / 2)
        limbs.append(tapered(bezier(root, mid, mid, tip), 7 * s, 2.2 * s))
        fork = QPointF(mid.x() + (0.55 if lean < 0 else -0.5) * r * 0.5, tip.y() + up * -0.05 * r)
        limbs.append(tapered(bezier(mid, (mid + fork) / 2, fork, fork), 3.6 * s, 1.6 * s))
    return limbs


def _soma(centre: QPointF, radius: float) -> QPainterPath:
    """A body that is not quite round."""
    angles = [2 * math.pi * number / len(_BUMPS) for number in range(len(_BUMPS))]
    corners = [
        QPointF(math.cos(angle), math.sin(angle)) * 1.08 * radius * bump
        for angle, bump in zip(angles, _BUMPS, strict=True)
    ]
    joints = [(one + other) / 2 * 1.04 for one, other in zip(corners, [*corners[1:], corners[0]], strict=True)]
    path = QPainterPath(centre + joints[-1])
    for corner, joint in zip(corners, joints, strict=True):
        path.quadTo(centre + corner, centre + joint)
    path.closeSubpath()
    return path
