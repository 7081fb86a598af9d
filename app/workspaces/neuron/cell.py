"""The nerve cell: signals come in over synapses, dendrites carry them to the soma, and past a threshold it fires."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from app.kit.drawing.marks import Disc, Line, Mark, Path, Rectangle, Text, rect_of
from app.kit.inks import sign_ink
from app.workspaces.neuron.geometry import CELL, STRONGEST, Geometry
from app.workspaces.neuron.model import ALL, SignalStage, StageData, UnitPart
from app.workspaces.neuron.words import part_tip

STEPS = 20
"""Of a limb, from end to end."""
_BUMPS = (1.02, 0.97, 1.03, 0.99, 1.04, 0.96, 1.0, 0.98)
"""Radii of the outline of the body, all the way round."""


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
        self.soma = _soma_outline(soma, r)
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
    for place, side, length, rise in ((0.34, sides[0], 34, 26), (0.56, sides[1], 38, 30)):
        root = limb.pointAtPercent(place)
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


def _soma_outline(centre: QPointF, radius: float) -> QPainterPath:
    """A body that is not quite round."""
    angles = [2 * math.pi * number / len(_BUMPS) for number in range(len(_BUMPS))]
    corners = [
        QPointF(math.cos(angle), math.sin(angle)) * 1.08 * radius * bump
        for angle, bump in zip(angles, _BUMPS, strict=True)
    ]
    joints = [(before + other) / 2 * 1.04 for before, other in zip(corners, [*corners[1:], corners[0]], strict=True)]
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


CLEAR = "window 0%"
"""No colour: a shape that is there to be pointed at."""
HAND = Qt.CursorShape.PointingHandCursor


def still_cell(g: Geometry) -> Iterator[Mark]:
    """Draw what looks the same whatever comes in."""
    shapes = cell_shapes(g)
    yield Path(shapes.twigs, fill=tissue(42))
    for dendrite in shapes.dendrites:
        yield Path(dendrite, fill=tissue(50))


def tissue(share: int) -> str:
    """Return the ink of what a cell is made of: a quiet grey."""
    return f"text_muted {share}% on window"


def cell_marks(g: Geometry, data: StageData) -> Iterator[Mark]:
    """Draw the rest of the cell, from the back to the front. Keys: (``CELL``, part, input)."""
    shapes, inputs = cell_shapes(g), range(g.inputs)
    for index in inputs:
        if data.lit((UnitPart.WIRE, index)):
            yield from _shape(shapes.dendrites[index], "accent", True)
        key = (UnitPart.WIRE, index)
        tip = part_tip(data, *key, in_cell=True)
        yield Path(shapes.dendrites[index], fill=CLEAR, key=(CELL, *key), tip=tip, reach=3.0, cursor=HAND)
    yield from _axon(g, data, shapes)
    yield from _trace(g, data)
    for index in inputs:
        key = (UnitPart.INPUT, index)
        carries, lit, tip = data.signal(index), data.lit(key), part_tip(data, *key, in_cell=True)
        ink = "accent" if lit else "positive" if carries else "border" if carries is None else tissue(28)
        yield from _shape(shapes.signals[index], ink, lit, (CELL, *key), tip)
    yield from _soma(g, data, shapes)
    for index in inputs:
        yield from _synapse(g, data, index)
    yield from _pulses(g, data, shapes)


def _shape(
    path: QPainterPath, ink: str, lit: bool, key: tuple[object, ...] | None = None, tip: str = ""
) -> Iterator[Mark]:
    if lit:
        yield Path(path, f"{ink} 25%", 7.0)
    yield Path(path, fill=ink, key=key, tip=tip, reach=4.0 if key else 0.0, cursor=HAND)


def _synapse(g: Geometry, data: StageData, index: int) -> Iterator[Mark]:
    """Draw the receiving side: as large as the weight, in the colour of its sign; and what crosses
    the gap where there is a signal."""
    s, place, weight = g.scale, g.synapse(index), data.reading.content.weights[index]
    x, y, size = place.x(), place.y(), (4.5 + 6.5 * min(1.0, abs(weight) / STRONGEST)) * s
    key = (UnitPart.WEIGHT, index)
    lit = data.lit(key)
    if lit:
        yield Disc(x, y, size + 8 * s, "accent 22%")
    half = QPainterPath(QPointF(x + 2.5 * s, y))
    half.arcTo(x + 2.5 * s - size, y - size, 2 * size, 2 * size, -90, 180)
    half.closeSubpath()
    yield Path(half, "accent" if lit else "", 1.6, fill=sign_ink(weight) if weight else tissue(50))
    if data.signal(index):
        for step in (-1, 0, 1):
            yield Disc(x - 1.2 * s, y + step * min(4.5 * s, size * 0.6), 1.3 * s, "positive")
    yield Disc(x, y, 15 * s, key=(CELL, *key), tip=part_tip(data, *key, in_cell=True), cursor=HAND)


def _soma(g: Geometry, data: StageData, shapes: CellShapes) -> Iterator[Mark]:
    """Draw the body: positive as it is excited, negative as it is inhibited, grey while that is not known."""
    key = (UnitPart.SUM, ALL)
    z, lit, r, (x, y) = data.z, data.lit(key), g.soma_radius, (g.soma.x(), g.soma.y())
    tip = part_tip(data, *key, in_cell=True)
    glow = tissue(30)
    if z:
        glow = f"{sign_ink(z)} {round(35 + 35 * min(1.0, abs(z) / STRONGEST))}% on surface"
    edge, width = ("accent", 2.6) if lit else (tissue(62), 1.4)
    yield Path(shapes.soma, edge, width, glow, key=(CELL, *key), tip=tip, cursor=HAND)
    yield Disc(x - 0.14 * r, y - 0.16 * r, 0.72 * r, "surface 24%")  # lighter where the light comes from
    yield Disc(x - 0.06 * r, y + 0.02 * r, 0.34 * r, "surface 75%", tissue(50), 1.1)
    yield Disc(x + 0.02 * r, y - 0.05 * r, 0.11 * r, tissue(62))


def _axon(g: Geometry, data: StageData, shapes: CellShapes) -> Iterator[Mark]:
    output, threshold = (UnitPart.OUTPUT, ALL), (UnitPart.THRESHOLD, ALL)
    lit, fires, hill = data.lit(output), data.fires, data.lit(threshold)
    ink = "accent" if lit else "positive" if fires else tissue(50)
    yield from _shape(shapes.axon, ink, lit)
    around = shapes.axon.boundingRect().adjusted(0, -4, 4, 4)
    tip = part_tip(data, *output, in_cell=True)
    yield Rectangle(rect_of(around), key=(CELL, *output), tip=tip, cursor=HAND)
    yield from _shape(shapes.hillock, "accent" if hill else tissue(56), hill)
    for sheath in shapes.myelin:
        edge = ink if fires or lit else tissue(40)
        yield Rectangle(rect_of(sheath), "surface", edge, 1.2, corner=sheath.height() / 2)
    around = shapes.hillock.boundingRect().adjusted(0, -6, 0, 6).united(g.trace)
    tip = part_tip(data, *threshold, in_cell=True)
    yield Rectangle(rect_of(around), key=(CELL, *threshold), tip=tip, cursor=HAND)


def _trace(g: Geometry, data: StageData) -> Iterator[Mark]:
    """Draw the voltage at the hillock: past the threshold there is a spike, below it only a bump."""
    box, lit = g.trace, data.lit((UnitPart.THRESHOLD, ALL))
    level, ink = box.top() + 0.46 * box.height(), "accent" if lit else "text_muted"
    yield Line((box.left(), level), (box.right(), level), ink, 1.6 if lit else 1.0, dashed=True, cap="flat")
    words = QCoreApplication.translate("Neuron", "threshold")
    yield Text(words, (box.right() + 5, level - 9, 120, 18), 10.5 * g.scale + 1, ink, "left middle")
    if data.fires is not None:
        yield Path(spike(box, level, fires=data.fires), "positive" if data.fires else "negative", 1.8)


def _pulses(g: Geometry, data: StageData, shapes: CellShapes) -> Iterator[Mark]:
    """Draw signals on their way to the next stage."""
    if data.advance > 0.0:
        for line in _lines(data, shapes):
            point = line.pointAtPercent(min(1.0, data.advance))
            yield Disc(point.x(), point.y(), 10 * g.scale, "positive 28%")
            yield Disc(point.x(), point.y(), 5 * g.scale, "positive")


def _lines(data: StageData, shapes: CellShapes) -> list[QPainterPath]:
    """Return what the signals that are on their way run along."""
    active = [index for index, bit in enumerate(data.reading.content.x) if bit]
    if data.stage is SignalStage.NOTHING:
        return [shapes.signal_lines[index] for index in active]
    if data.stage is SignalStage.INPUTS:
        return [shapes.dendrite_lines[index] for index in active]
    if data.stage is SignalStage.SUM and data.reading.now.fires:
        return [shapes.axon_line]
    return []
