"""Where everything of the drawing stands: the cell above, the unit below, matching parts in the same columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF

from app.workspaces.neuron.model import UnitPart

UNIT, CELL, PILLS, NUMBER = "unit", "cell", "pill", "number"
"""First in the keys of what is drawn, before part and input: where it is."""
STRONGEST = 2.0
"""The size of a weight from which on its synapse and its wire grow no more."""
DESIGN = (720.0, 470.0)
"""The size in pixels at which the scale is 1."""
TALLEST = 540.0
"""Cell and unit move no farther apart than in so high a drawing of that scale."""
COLUMNS = {
    UnitPart.INPUT: 0.100,
    UnitPart.WEIGHT: 0.252,
    UnitPart.WIRE: 0.394,
    UnitPart.SUM: 0.522,
    UnitPart.THRESHOLD: 0.684,
    UnitPart.OUTPUT: 0.884,
}
"""The middle of each part, as a share of the width."""
NARROW, NARROW_DESIGN = 600.0, 510.0
"""In a width below the first the cell folds away, and the unit is drawn as for a width of the second …"""
NARROW_COLUMNS = {
    UnitPart.INPUT: 0.105,
    UnitPart.WEIGHT: 0.275,
    UnitPart.WIRE: 0.430,
    UnitPart.SUM: 0.550,
    UnitPart.THRESHOLD: 0.730,
    UnitPart.OUTPUT: 0.905,
}
"""… with its parts at these shares."""
TOP, PILL = 30.0, 26.0
PILLS_AT = 0.475
"""The height of the row of pills, as a share of the whole."""
LEAST = (350.0, 220.0)
"""The smallest size at which everything can be read."""
FOLDS, FOLDED_PILLS_AT = 330.0, 56.0
"""Where it is lower than this, the cell folds away too, and the pills are so far from the top."""


@dataclass(frozen=True)
class Geometry:
    """Places for a drawing of this size, of a unit with so many inputs."""

    width: float
    height: float
    inputs: int

    @cached_property
    def scale(self) -> float:
        """Lengths beside those of the design."""
        height = self.height / DESIGN[1]
        if self.folded:
            height = (self.height - FOLDED_PILLS_AT) / (DESIGN[1] * (1 - PILLS_AT))
        return max(0.5, min(self._scale_of_width, height))

    @cached_property
    def _scale_of_width(self) -> float:
        return self.width / (NARROW_DESIGN if self.narrow else DESIGN[0])

    @cached_property
    def top(self) -> float:
        """Return what is left free above, and as much below, where there is more height than is needed."""
        tallest = TALLEST * self._scale_of_width
        if self.folded:
            tallest = FOLDED_PILLS_AT + (1 - PILLS_AT) * tallest
        return max(0.0, (self.height - tallest) / 2)

    @cached_property
    def narrow(self) -> bool:
        """Return whether what is beside and over the unit has to give way."""
        return self.width < NARROW

    @cached_property
    def folded(self) -> bool:
        """Return whether there is room for the unit alone, without the cell."""
        return self.height < FOLDS or self.narrow

    def x(self, part: UnitPart) -> float:
        """The column of a part."""
        return (NARROW_COLUMNS if self.narrow else COLUMNS)[part] * self.width

    def share(self, share: float) -> float:
        """So far from the left."""
        return share * self.width

    # The cell --------------------------------------------------------------------------------------------------------

    @cached_property
    def pills_y(self) -> float:
        """The middle of the row of pills."""
        return self.top + (FOLDED_PILLS_AT if self.folded else PILLS_AT * (self.height - 2 * self.top))

    @cached_property
    def soma(self) -> QPointF:
        """The middle of the cell's body."""
        return QPointF(self.x(UnitPart.SUM), (self.top + TOP + self.pills_y - PILL / 2) / 2 + 2)

    @cached_property
    def soma_radius(self) -> float:
        """Return how large the cell's body is."""
        return 40 * self.scale

    def synapse(self, index: int) -> QPointF:
        """Return where the signal of an input reaches the cell."""
        gap = (0.0, 54.0, 40.0)[self.inputs - 1] * self.scale
        return QPointF(self.x(UnitPart.WEIGHT), self.soma.y() + (index - (self.inputs - 1) / 2) * gap)

    @cached_property
    def hillock(self) -> QPointF:
        """Return where the axon leaves the body."""
        return QPointF(self.soma.x() + self.soma_radius * 0.92, self.soma.y())

    @cached_property
    def axon_from(self) -> QPointF:
        """Return where the axon is thin."""
        return QPointF(self.share(0.612), self.soma.y())

    @cached_property
    def branching(self) -> QPointF:
        """Return where the axon branches."""
        return QPointF(self.share(0.918), self.soma.y())

    def terminal(self, index: int) -> QPointF:
        """The end of a branch, 0 to 2."""
        return QPointF(self.share(0.962), self.soma.y() + (index - 1) * 26 * self.scale)

    @cached_property
    def trace(self) -> QRectF:
        """Return where the voltage at the hillock is drawn."""
        width, height = 104 * self.scale, 50 * self.scale
        return QRectF(self.x(UnitPart.THRESHOLD) - width / 2, self.soma.y() - 18 * self.scale - height, width, height)

    # The unit --------------------------------------------------------------------------------------------------------

    @cached_property
    def unit_y(self) -> float:
        """The height of the sum, the threshold and the output."""
        top = self.pills_y + PILL / 2 + (12 if self.folded else 30)
        spread = self.input_gap * (self.inputs - 1) / 2 + self.node_radius
        return max(top + spread, (top + self.height - self.top - 8) / 2 - 14 * self.scale)

    @cached_property
    def input_gap(self) -> float:
        """Between two inputs."""
        return (0.0, 98.0, 62.0)[self.inputs - 1] * self.scale

    @cached_property
    def node_radius(self) -> float:
        """Of an input's circle."""
        return (24.0, 22.0, 20.0)[self.inputs - 1] * self.scale

    def input(self, index: int) -> QPointF:
        """The middle of an input's circle."""
        return QPointF(self.x(UnitPart.INPUT), self.unit_y + (index - (self.inputs - 1) / 2) * self.input_gap)

    @cached_property
    def sum(self) -> QPointF:
        """The middle of Σ."""
        return QPointF(self.x(UnitPart.SUM), self.unit_y)

    @cached_property
    def sum_radius(self) -> float:
        """Of Σ and of the output."""
        return 36 * self.scale

    @cached_property
    def bias(self) -> QPointF:
        """The middle of the little circle that the bias comes from."""
        return QPointF(self.sum.x(), self.sum.y() + self.sum_radius + 46 * self.scale)

    @cached_property
    def bias_box(self) -> QRectF:
        """Return where the bias is written."""
        width, height = 84 * self.scale, 24 * self.scale
        middle = (self.sum.y() + self.sum_radius + self.bias.y() - 11 * self.scale) / 2
        return QRectF(self.sum.x() + 8 * self.scale, middle - height / 2, width, height)

    @cached_property
    def threshold(self) -> QRectF:
        """The box with the output function."""
        side = 76 * self.scale
        return QRectF(self.x(UnitPart.THRESHOLD) - side / 2, self.unit_y - side / 2, side, side)

    @cached_property
    def output(self) -> QPointF:
        """The middle of the output."""
        return QPointF(self.x(UnitPart.OUTPUT), self.unit_y)

    def weight_box(self, index: int) -> QRectF:
        """Return where a weight is written, on its wire."""
        width, height = 78 * self.scale, 26 * self.scale
        share = (self.x(UnitPart.WEIGHT) - self.x(UnitPart.INPUT)) / (self.sum.x() - self.x(UnitPart.INPUT))
        eased = share * share * (3 - 2 * share)
        start = self.input(index).y()
        y = start + (self.wire_end(index).y() - start) * eased
        return QRectF(self.x(UnitPart.WEIGHT) - width / 2, y - height / 2, width, height)

    def wire_end(self, index: int) -> QPointF:
        """Return where the wire of an input meets Σ."""
        lift = (index - (self.inputs - 1) / 2) * 14 * self.scale
        return QPointF(self.sum.x() - self.sum_radius + abs(lift) * 0.2, self.sum.y() + lift)

    def product(self, index: int) -> QPointF:
        """Return where a product is written, over its wire."""
        x = self.x(UnitPart.WIRE) - (
            self.share(0.045) if self.inputs == 3 else 0.0
        )  # where three wires are still apart
        start, end = self.input(index), self.wire_end(index)
        share = (x - start.x()) / (end.x() - start.x())
        y = start.y() + (end.y() - start.y()) * share * share * (3 - 2 * share)
        below = self.inputs > 1 and index >= self.inputs / 2
        return QPointF(x, y + (15 if below else -13) * self.scale)
