"""The outlines of a nerve cell in its place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from app.workspaces.neuron.stage.geometry import Geometry

STEPS = 20
"""Of a limb, from end to end."""
_BUMPS = (1.02, 0.97, 1.03, 0.99, 1.04, 0.96, 1.0, 0.98)
"""How far the outline of the body stands out, all the way round."""


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


def bezier(start: QPointF, first: QPointF, second: QPointF, end: QPointF) -> QPainterPath:
    """A cubic curve."""
    path = QPainterPath(start)
    path.cubicTo(first, second, end)
    return path


def tapered(line: QPainterPath, start: float, end: float) -> QPainterPath:
    """A limb along a line, so wide at its start and at its end, with round ends."""
    left: list[QPointF] = []
    right: list[QPointF] = []
    for step in range(STEPS + 1):
        share = step / STEPS
        point = line.pointAtPercent(share)
        angle = math.radians(line.angleAtPercent(share)) + math.pi / 2
        half = (start + (end - start) * share) / 2
        across = QPointF(math.cos(angle) * half, -math.sin(angle) * half)
        left.append(point + across)
        right.append(point - across)
    path = QPainterPath()
    path.addPolygon(QPolygonF([*left, *reversed(right)]))
    path.closeSubpath()
    for point, width in ((line.pointAtPercent(0.0), start), (line.pointAtPercent(1.0), end)):
        cap = QPainterPath()
        cap.addEllipse(point, width / 2, width / 2)
        path = path.united(cap)
    return path


def united(paths: Sequence[QPainterPath]) -> QPainterPath:
    """All of them as one outline."""
    whole = QPainterPath()
    for path in paths:
        whole = whole.united(path)
    return whole
