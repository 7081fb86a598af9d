"""The nerve cell: signals come in over synapses, dendrites carry them to the soma, and past a threshold it fires."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QPainterPath

from app.kit.drawing.marks import Disc, Line, Mark, Path, Rectangle, Text, rect_of
from app.kit.inks import sign_ink
from app.workspaces.neuron.model import Stage, StageData
from app.workspaces.neuron.parts import ALL, Part
from app.workspaces.neuron.stage.cell_shapes import CellShapes, cell_shapes, spike
from app.workspaces.neuron.stage.geometry import CELL, STRONGEST, Geometry

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
        if data.lit((Part.WIRE, index)):
            yield from _shape(shapes.dendrites[index], "accent", True)
        yield Path(shapes.dendrites[index], fill=CLEAR, key=(CELL, Part.WIRE, index), reach=3.0, cursor=HAND)
    yield from _axon(g, data, shapes)
    yield from _trace(g, data)
    for index in inputs:
        carries, lit = data.signal(index), data.lit((Part.INPUT, index))
        ink = "accent" if lit else "positive" if carries else "border" if carries is None else tissue(28)
        yield from _shape(shapes.signals[index], ink, lit, (CELL, Part.INPUT, index), 4.0)
    yield from _soma(g, data, shapes)
    for index in inputs:
        yield from _synapse(g, data, index)
    yield from _pulses(g, data, shapes)


def _shape(
    path: QPainterPath, ink: str, lit: bool, key: tuple[object, ...] | None = None, reach: float = 0.0
) -> Iterator[Mark]:
    if lit:
        yield Path(path, f"{ink} 25%", 7.0)
    yield Path(path, fill=ink, key=key, reach=reach, cursor=HAND)


def _synapse(g: Geometry, data: StageData, index: int) -> Iterator[Mark]:
    """Draw the receiving side: as large as the weight, blue where it excites and orange where it inhibits; and what
    crosses the gap where there is a signal."""
    s, at, weight = g.scale, g.synapse(index), data.reading.content.weights[index]
    x, y, size = at.x(), at.y(), (4.5 + 6.5 * min(1.0, abs(weight) / STRONGEST)) * s
    lit = data.lit((Part.WEIGHT, index))
    if lit:
        yield Disc(x, y, size + 8 * s, "accent 22%")
    half = QPainterPath(QPointF(x + 2.5 * s, y))
    half.arcTo(x + 2.5 * s - size, y - size, 2 * size, 2 * size, -90, 180)
    half.closeSubpath()
    yield Path(half, "accent" if lit else "", 1.6, fill=sign_ink(weight) if weight else tissue(50))
    if data.signal(index):
        for step in (-1, 0, 1):
            yield Disc(x - 1.2 * s, y + step * min(4.5 * s, size * 0.6), 1.3 * s, "positive")
    yield Disc(x, y, 15 * s, key=(CELL, Part.WEIGHT, index), cursor=HAND)


def _soma(g: Geometry, data: StageData, shapes: CellShapes) -> Iterator[Mark]:
    """Draw the body: blue as it is excited, orange as it is held back, grey while that is not known."""
    z, lit, r, (x, y) = data.z, data.lit((Part.SUM, ALL)), g.soma_radius, (g.soma.x(), g.soma.y())
    glow = tissue(30)
    if z:
        glow = f"{sign_ink(z)} {round(35 + 35 * min(1.0, abs(z) / STRONGEST))}% on surface"
    edge, width = ("accent", 2.6) if lit else (tissue(62), 1.4)
    yield Path(shapes.soma, edge, width, glow, key=(CELL, Part.SUM, ALL), cursor=HAND)
    yield Disc(x - 0.14 * r, y - 0.16 * r, 0.72 * r, "surface 24%")  # lighter where the light comes from
    yield Disc(x - 0.06 * r, y + 0.02 * r, 0.34 * r, "surface 75%", tissue(50), 1.1)
    yield Disc(x + 0.02 * r, y - 0.05 * r, 0.11 * r, tissue(62))


def _axon(g: Geometry, data: StageData, shapes: CellShapes) -> Iterator[Mark]:
    lit, fires, hill = data.lit((Part.OUTPUT, ALL)), data.fires, data.lit((Part.THRESHOLD, ALL))
    ink = "accent" if lit else "positive" if fires else tissue(50)
    yield from _shape(shapes.axon, ink, lit)
    around = shapes.axon.boundingRect().adjusted(0, -4, 4, 4)
    yield Rectangle(rect_of(around), key=(CELL, Part.OUTPUT, ALL), cursor=HAND)
    yield from _shape(shapes.hillock, "accent" if hill else tissue(56), hill)
    for sheath in shapes.myelin:
        edge = ink if fires or lit else tissue(40)
        yield Rectangle(rect_of(sheath), "surface", edge, 1.2, corner=sheath.height() / 2)
    around = shapes.hillock.boundingRect().adjusted(0, -6, 0, 6).united(g.trace)
    yield Rectangle(rect_of(around), key=(CELL, Part.THRESHOLD, ALL), cursor=HAND)


def _trace(g: Geometry, data: StageData) -> Iterator[Mark]:
    """Draw the voltage at the hillock: past the threshold there is a spike, below it only a bump."""
    box, lit = g.trace, data.lit((Part.THRESHOLD, ALL))
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
            at = line.pointAtPercent(min(1.0, data.advance))
            yield Disc(at.x(), at.y(), 10 * g.scale, "positive 28%")
            yield Disc(at.x(), at.y(), 5 * g.scale, "positive")


def _lines(data: StageData, shapes: CellShapes) -> list[QPainterPath]:
    """Return what the signals that are on their way run along."""
    active = [index for index, bit in enumerate(data.reading.content.x) if bit]
    if data.stage is Stage.NOTHING:
        return [shapes.signal_lines[index] for index in active]
    if data.stage is Stage.INPUTS:
        return [shapes.dendrite_lines[index] for index in active]
    if data.stage is Stage.SUM and data.reading.now.fires:
        return [shapes.axon_line]
    return []
