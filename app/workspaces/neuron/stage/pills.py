"""The names between cell and unit: what the part is called up there, and what it became down here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.kit import look, theme
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.neuron.model import StageData
from app.workspaces.neuron.parts import ALL, Key, Part
from app.workspaces.neuron.stage.geometry import Geometry

NAMES = {
    Part.INPUT: (QT_TRANSLATE_NOOP("Neuron", "signal"), QT_TRANSLATE_NOOP("Neuron", "input")),
    Part.WEIGHT: (QT_TRANSLATE_NOOP("Neuron", "synapse"), QT_TRANSLATE_NOOP("Neuron", "weight")),
    Part.WIRE: (QT_TRANSLATE_NOOP("Neuron", "dendrite"), QT_TRANSLATE_NOOP("Neuron", "wire")),
    Part.SUM: (QT_TRANSLATE_NOOP("Neuron", "soma"), QT_TRANSLATE_NOOP("Neuron", "sum")),
    Part.THRESHOLD: (QT_TRANSLATE_NOOP("Neuron", "hillock"), QT_TRANSLATE_NOOP("Neuron", "threshold")),
    Part.OUTPUT: (QT_TRANSLATE_NOOP("Neuron", "axon"), QT_TRANSLATE_NOOP("Neuron", "output")),
}
ABOUT = {
    Part.INPUT: QT_TRANSLATE_NOOP(
        "Neuron", "Another cell's axon brings a spike, or none: the unit's input is 1, or 0."
    ),
    Part.WEIGHT: QT_TRANSLATE_NOOP(
        "Neuron", "A synapse scales what it passes on, and may excite or inhibit: the weight, with its sign."
    ),
    Part.WIRE: QT_TRANSLATE_NOOP("Neuron", "Dendrites carry it to the body: the wire brings w·x to the sum."),
    Part.SUM: QT_TRANSLATE_NOOP("Neuron", "The body adds up all that arrives at the time: Σ, with the bias."),
    Part.THRESHOLD: QT_TRANSLATE_NOOP(
        "Neuron", "Where the axon begins, a spike starts once the voltage passes a threshold: θ = −b."
    ),
    Part.OUTPUT: QT_TRANSLATE_NOOP("Neuron", "One axon tells all the next cells the same: one output, 1 or 0."),
}


SIZES = ((12.0, 22.0), (11.0, 14.0), (10.0, 10.0), (9.0, 8.0))
"""Sizes of the writing and of what is round it, of which the first is taken that leaves room for all pills."""
GAP = 4.0


def names_of(part: Part) -> tuple[str, str]:
    """What it is called in the cell, and in the unit."""
    biological, artificial = NAMES[part]
    return QCoreApplication.translate("Neuron", biological), QCoreApplication.translate("Neuron", artificial)


def about(part: Part) -> str:
    """A sentence on what the two have in common."""
    return QCoreApplication.translate("Neuron", ABOUT[part])


class PillPainter:
    """Paints the row of pills, and the line through a chain that is lit."""

    def __init__(self, geometry: Geometry) -> None:
        self.g = geometry
        self.pixels, self.boxes = 0.0, dict[Part, QRectF]()
        for pixels, padding in SIZES if geometry.width >= 720 else SIZES[1:]:
            self.pixels = pixels
            self.boxes = {part: geometry.pill(part, padding + self._words_width(part)) for part in Part}
            if sum(box.width() + GAP for box in self.boxes.values()) + GAP <= geometry.width:
                break
        self._spread()

    def _words_width(self, part: Part) -> float:
        biological, artificial = names_of(part)
        usual, strong = (
            QFontMetricsF(look.font(self.pixels, weight)) for weight in (QFont.Weight.Normal, QFont.Weight.DemiBold)
        )
        return usual.horizontalAdvance(self._before(biological)) + strong.horizontalAdvance(artificial)

    def _before(self, biological: str) -> str:
        """What stands before the name in the unit: where it is narrow, nothing."""
        return "" if self.g.narrow else f"{biological} = "

    def _spread(self) -> None:
        """Neighbours keep apart."""
        for left, right in zip(list(Part)[:-1], list(Part)[1:], strict=True):
            overlap = self.boxes[left].right() + GAP - self.boxes[right].left()
            if overlap > 0:
                self.boxes[right].translate(overlap, 0)
        for right, left in zip(list(Part)[:0:-1], list(Part)[-2::-1], strict=True):
            limit = self.g.width - GAP if right is Part.OUTPUT else None
            if limit is not None and self.boxes[right].right() > limit:
                self.boxes[right].translate(limit - self.boxes[right].right(), 0)
            overlap = self.boxes[left].right() + GAP - self.boxes[right].left()
            if overlap > 0:
                self.boxes[left].translate(-overlap, 0)

    def paint_guides(self, painter: QPainter) -> None:
        """Faint lines down the columns."""
        painter.setPen(QPen(theme.colour("border"), 1.0, Qt.PenStyle.DashLine))
        for part in Part:
            self._paint_guide(painter, part, ALL)

    def paint_lit_guide(self, painter: QPainter, state: StageData) -> None:
        """A strong line through the chain that is lit."""
        if state.pointed is not None:
            painter.setPen(QPen(theme.colour("accent"), 1.8))
            self._paint_guide(painter, *state.pointed)

    def _paint_guide(self, painter: QPainter, part: Part, chosen: int) -> None:
        top, bottom = self._ends(part, chosen)
        if self.g.folded:
            top = self.g.pills_y  # there is no cell to come from
        painter.drawLine(QPointF(self.g.x(part), top), QPointF(self.g.x(part), bottom))

    def _ends(self, part: Part, chosen: int) -> tuple[float, float]:
        """Where the line of a column begins in the cell and ends in the unit; ``chosen``: the input's number."""
        g, last = self.g, self.g.inputs - 1
        index = last if chosen == ALL else chosen
        first = 0 if chosen == ALL else chosen
        s = g.scale
        tops = {
            Part.INPUT: g.synapse(index).y() + 10 * s,
            Part.WEIGHT: g.synapse(index).y() + 14 * s,
            Part.WIRE: g.synapse(index).y() * 0.5 + g.soma.y() * 0.5 + 14 * s,
            Part.SUM: g.soma.y() + g.soma_radius * 1.1,
            Part.THRESHOLD: g.soma.y() + 12 * s,
            Part.OUTPUT: g.soma.y() + 12 * s,
        }
        bottoms = {
            Part.INPUT: g.input(first).y() - g.node_radius,
            Part.WEIGHT: g.weight_box(first).top(),
            Part.WIRE: g.product(first).y() - 4 * s,
            Part.SUM: g.sum.y() - g.sum_radius,
            Part.THRESHOLD: g.threshold.top(),
            Part.OUTPUT: g.output.y() - g.sum_radius,
        }
        return tops[part], bottoms[part]

    def paint(self, painter: QPainter) -> None:
        """The pills themselves."""
        for part in Part:
            self._paint_pill(painter, part, lit=False)

    def paint_lit(self, painter: QPainter, state: StageData) -> None:
        """The pill of the chain that is lit."""
        if state.pointed is not None:
            self._paint_pill(painter, state.pointed[0], lit=True)

    def _paint_pill(self, painter: QPainter, part: Part, *, lit: bool) -> None:
        box = self.boxes[part]
        painter.setPen(QPen(theme.colour("accent" if lit else "border"), 1.0))
        painter.setBrush(theme.colour("accent" if lit else "surface"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        biological, artificial = names_of(part)
        first = self._before(biological)
        usual, strong = look.font(self.pixels), look.font(self.pixels, QFont.Weight.DemiBold)
        width = QFontMetricsF(usual).horizontalAdvance(first)
        left = box.center().x() - (width + QFontMetricsF(strong).horizontalAdvance(artificial)) / 2
        place = QRectF(left, box.top(), box.width(), box.height())
        painter.setPen(theme.colour("on_accent" if lit else "text_muted"))
        painter.setFont(usual)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, first)
        painter.setPen(theme.colour("on_accent" if lit else "text"))
        painter.setFont(strong)
        painter.drawText(place.translated(width, 0), Qt.AlignmentFlag.AlignVCenter, artificial)

    def places(self) -> list[tuple[Key, QPainterPath]]:
        """What can be pointed at: a pill lights all parts of its name."""
        found = []
        for part, box in self.boxes.items():
            path = QPainterPath()
            path.addRect(box)
            found.append(((part, ALL), path))
        return found
