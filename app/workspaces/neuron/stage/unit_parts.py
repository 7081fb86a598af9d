"""The parts of the unit that numbers change: where each is painted, and what it goes by."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from app.kit.widgets.changed_parts import PaintedPart
from app.workspaces.neuron.model import Stage
from app.workspaces.neuron.parts import ALL, Part
from app.workspaces.neuron.stage.pens import around, grown
from app.workspaces.neuron.stage.shown import Shown
from app.workspaces.neuron.stage.unit import UnitPainter
from app.workspaces.neuron.words import output_text, parameter_text, target_text, z_text


class UnitParts(UnitPainter):
    """The painter of a unit, which knows where it paints what."""

    def parts(self, state: Shown) -> list[PaintedPart]:
        """The rest of the unit: wires first, then what stands on them."""
        inputs = range(self.g.inputs)
        nodes = [part for index in inputs for part in self._input_parts(state, index)]
        wires = [self._wire_part(state, index) for index in inputs]
        return [*wires, *self._bias_parts(state), *nodes, *self._sum_parts(state), *self._output_parts(state)]

    def _wire_part(self, state: Shown, index: int) -> PaintedPart:
        g, weight = self.g, state.reading.content.weights[index]
        lit = state.lit((Part.WIRE, index)) or state.lit((Part.WEIGHT, index))
        box = grown(QRectF(g.input(index) + QPointF(g.node_radius, 0), g.wire_end(index)), (9 if lit else 4) * g.scale)
        return PaintedPart(box, (weight, lit, state.signal(index)), lambda p: self._paint_wire(p, state, index))

    def _bias_parts(self, state: Shown) -> list[PaintedPart]:
        g, s, bias = self.g, self.g.scale, state.reading.content.bias
        lit = state.lit((Part.THRESHOLD, ALL))
        line = grown(QRectF(g.bias - QPointF(0, 12 * s), g.sum + QPointF(0, g.sum_radius)), (9 if lit else 4) * s)
        written = parameter_text(bias, state.reading)
        return [
            PaintedPart(line, (bias, lit), lambda p: self._paint_bias_line(p, state)),
            PaintedPart(grown(around(g.bias, 12 * s), 1.5), None, self._paint_bias_node),
            self._parameter_part(g.bias_box, "b", bias, written, lit=lit),
        ]

    def _input_parts(self, state: Shown, index: int) -> list[PaintedPart]:
        g, s, reading = self.g, self.g.scale, state.reading
        lit, weight = state.lit((Part.INPUT, index)), reading.content.weights[index]
        at, reach = g.input(index), g.node_radius + (8 if lit else 2) * s
        node = around(at, reach).adjusted(-36 * s, 0, 0, 0)
        known = state.stage >= Stage.PRODUCTS
        product = self._product_text(state, index) if known else None
        place = QRectF(g.product(index) - QPointF(48, 12), g.product(index) + QPointF(48, 12))
        shining = state.lit((Part.WEIGHT, index))
        return [
            PaintedPart(node, (lit, state.signal(index)), lambda p: self._paint_input(p, state, index)),
            self._parameter_part(
                g.weight_box(index), f"w_{index + 1}", weight, parameter_text(weight, reading), lit=shining
            ),
            PaintedPart(place, product, lambda p: self._paint_product(p, state, index)),
        ]

    def _parameter_part(self, box: QRectF, symbol: str, value: float, text: str, *, lit: bool) -> PaintedPart:
        """A box with a symbol and its number, which can be dragged; a long one reaches beyond its edges."""
        return PaintedPart(
            box.adjusted(-box.width() / 2, -2, box.width(), 2),
            (text, value > 0, lit),
            lambda p: self._paint_parameter(p, box, symbol, value, text, lit=lit),
        )

    def _sum_parts(self, state: Shown) -> list[PaintedPart]:
        """What is known of the sum: as a number, on the curve of the output, and beside 0."""
        g, s, reading = self.g, self.g.scale, state.reading
        lit = state.lit((Part.SUM, ALL))
        z = None if state.z is None else z_text(state.z, reading)
        plot = grown(self._plot, 6 * s)
        below = grown(self._below_plot, 2)
        dot = (state.z, reading.unit.output, state.stage)
        return [
            PaintedPart(
                grown(around(g.sum, g.sum_radius), (8 if lit else 2) * s), (z, lit), lambda p: self._paint_sum(p, state)
            ),
            PaintedPart(plot, dot, lambda p: self._paint_dot(p, state)),
            PaintedPart(below, z, lambda p: self._paint_comparison(p, state)),
        ]

    def _output_parts(self, state: Shown) -> list[PaintedPart]:
        g, s, reading = self.g, self.g.scale, state.reading
        lit, now = state.lit((Part.OUTPUT, ALL)), reading.now
        text = None if state.fires is None else output_text(now.output, reading)
        target = target_text(reading, reading.content.row)
        judged = (target, state.fires, now.right)
        return [
            PaintedPart(
                grown(around(g.output, g.sum_radius), (8 if lit else 2) * s),
                (text, state.fires, lit),
                lambda p: self._paint_output(p, state),
            ),
            PaintedPart(self.judgement, judged, lambda p: self._paint_judgement(p, state)),
        ]
