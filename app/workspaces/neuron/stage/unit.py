"""The threshold unit under the cell: inputs, weights on wires, a sum, a threshold, an output."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from app.kit import look, theme
from app.kit.charts.colourmap import readable_on
from app.kit.drawing import inks
from app.kit.scene.curves import curve
from app.kit.typeset import paint_line, typeset
from app.kit.widgets.changed_parts import PaintedPart
from app.workspaces.neuron.model import Stage, StageData
from app.workspaces.neuron.parts import ALL, Key, Part
from app.workspaces.neuron.stage.cell import STRONGEST
from app.workspaces.neuron.stage.geometry import Geometry
from app.workspaces.neuron.stage.shapes import (
    around,
    boxed,
    grown,
    paint_arrow,
    paint_circle,
    paint_halo,
    paint_number,
    paint_text,
)
from app.workspaces.neuron.words import OUTPUT_INKS, output_text, parameter_text, target_text, z_text
from engine.neuron.boundary import curve as function_curve
from engine.neuron.unit import OutputKey

PLOT_REACH = 3.0
"""The box of the output function shows z from −3 to 3."""


class UnitPainter:
    """Paints the unit in its place."""

    def __init__(self, geometry: Geometry) -> None:
        self.g = geometry

    def paint_quiet(self, painter: QPainter, state: StageData) -> None:
        """What no number changes, but whether it fires."""
        self._paint_arrows(painter, state)
        self._paint_threshold(painter, state)

    # Wires -----------------------------------------------------------------------------------------------------------

    def wire(self, index: int) -> QPainterPath:
        """The line of a wire."""
        start = self.g.input(index) + QPointF(self.g.node_radius, 0)
        return curve(start, self.g.wire_end(index))

    def _paint_wire(self, painter: QPainter, state: StageData, index: int) -> None:
        weight, s = state.reading.content.weights[index], self.g.scale
        path = self.wire(index)
        width = (1.4 + 4.2 * min(1.0, abs(weight) / STRONGEST)) * s
        if state.lit((Part.WIRE, index)) or state.lit((Part.WEIGHT, index)):
            painter.strokePath(path, look.pen(look.faded("accent", 0.22), width + 11 * s))
        colour = look.signed(weight) if weight else theme.colour("track")
        colour.setAlphaF(1.0 if state.signal(index) is not False else 0.32)
        painter.strokePath(path, look.pen(colour, width))

    def _paint_bias_line(self, painter: QPainter, state: StageData) -> None:
        g, s, bias = self.g, self.g.scale, state.reading.content.bias
        top = QPointF(g.sum.x(), g.sum.y() + g.sum_radius)
        foot = g.bias - QPointF(0, 12 * s)
        width = (1.4 + 4.2 * min(1.0, abs(bias) / STRONGEST)) * s
        if state.lit((Part.THRESHOLD, ALL)):
            painter.setPen(look.pen(look.faded("accent", 0.22), width + 10 * s))
            painter.drawLine(foot, top)
        painter.setPen(look.pen(look.signed(bias) if bias else theme.colour("track"), width))
        painter.drawLine(foot, top)

    def _paint_bias_node(self, painter: QPainter) -> None:
        g, s = self.g, self.g.scale
        paint_circle(painter, g.bias, 12 * s, theme.colour("text_muted"), 1.2)
        paint_text(painter, around(g.bias, 12 * s), "1", 12 * s, theme.colour("text"))

    def _paint_arrows(self, painter: QPainter, state: StageData) -> None:
        g, s = self.g, self.g.scale
        box = g.threshold
        z_known, fires = state.z is not None, state.fires
        before = QPointF(g.sum.x() + g.sum_radius + 3 * s, g.unit_y), QPointF(box.left() - 3 * s, g.unit_y)
        after = QPointF(box.right() + 3 * s, g.unit_y), QPointF(g.output.x() - g.sum_radius - 3 * s, g.unit_y)
        paint_arrow(painter, *before, theme.colour("accent" if z_known else "track"), 1.6 * s, s)
        colour = theme.colour("track") if fires is None else look.signed(1 if fires else -1)
        paint_arrow(painter, *after, colour, 1.6 * s, s)
        middle = (after[0] + after[1]) / 2
        words = {
            None: QCoreApplication.translate("Neuron", "not yet"),
            True: QCoreApplication.translate("Neuron", "fires"),
            False: QCoreApplication.translate("Neuron", "silent"),
        }
        if not g.narrow:  # else there is no room between the two, and the output says it by its colour
            paint_text(painter, QRectF(middle.x() - 50, middle.y() - 20 * s, 100, 14 * s), words[fires], 11.5 * s)
        line = typeset("z", 14 * s)
        place = (before[0] + before[1]) / 2
        paint_line(painter, line, place.x() - line.width / 2, place.y() - 7 * s, "text")

    # Nodes -----------------------------------------------------------------------------------------------------------

    def _paint_input(self, painter: QPainter, state: StageData, index: int) -> None:
        g, s, key = self.g, self.g.scale, (Part.INPUT, index)
        at, signal = g.input(index), state.signal(index)
        paint_halo(painter, at, g.node_radius, state.lit(key), s)
        edge = theme.colour("accent") if state.lit(key) else theme.colour("positive" if signal else "text_muted")
        paint_circle(painter, at, g.node_radius, edge, 1.8 if signal else 1.2, dashed=signal is None)
        text = "?" if signal is None else "1" if signal else "0"
        colour = theme.colour("positive") if signal else theme.colour("text_muted")
        paint_text(painter, around(at, g.node_radius), text, 17 * s, colour, bold=True)
        symbol = typeset(f"x_{index + 1}", 17 * s)
        paint_line(painter, symbol, at.x() - g.node_radius - symbol.width - 9 * s, at.y() + 5 * s)

    def _paint_parameter(
        self, painter: QPainter, box: QRectF, symbol: str, value: float, text: str, *, lit: bool
    ) -> None:
        s = self.g.scale
        painter.setPen(QPen(theme.colour("accent" if lit else "border"), 1.6 if lit else 1.0))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box, 7 * s, 7 * s)
        line = typeset(symbol, 14.5 * s)
        painter.setFont(look.figures(13 * s, QFont.Weight.DemiBold))
        total = line.width + 6 * s + painter.fontMetrics().horizontalAdvance(text)
        left = box.center().x() - total / 2
        paint_line(painter, line, left, box.center().y() + 4.5 * s)
        painter.setPen(look.signed_text(value) if value else theme.colour("text"))
        place = QRectF(left + line.width + 6 * s, box.top(), box.width(), box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    @staticmethod
    def _product_text(state: StageData, index: int) -> str:
        value = state.reading.products[index]
        return parameter_text(value, state.reading) if value else "0"

    def _paint_product(self, painter: QPainter, state: StageData, index: int) -> None:
        """What arrives over the wire: the weight times the input."""
        if state.stage < Stage.PRODUCTS:
            return
        value = state.reading.products[index]
        box = QRectF(self.g.product(index) - QPointF(40, 8), self.g.product(index) + QPointF(40, 8))
        colour = look.signed_text(value) if value else theme.colour("text_muted")
        text = self._product_text(state, index)
        paint_text(painter, box, text, 11.5 * self.g.scale, colour, bold=bool(value))

    def _paint_sum(self, painter: QPainter, state: StageData) -> None:
        g, s, lit = self.g, self.g.scale, state.lit((Part.SUM, ALL))
        paint_halo(painter, g.sum, g.sum_radius, lit, s)
        edge = theme.colour("accent" if lit else "text")
        paint_circle(painter, g.sum, g.sum_radius, edge, 2.0 if lit else 1.4, dashed=state.z is None)
        sign = typeset(r"\Sigma", 21 * s)
        paint_line(painter, sign, g.sum.x() - sign.width / 2, g.sum.y() - 3 * s)
        place = QRectF(g.sum.x() - g.sum_radius, g.sum.y() + 3 * s, 2 * g.sum_radius, 20 * s)
        paint_number(painter, place, state.z, None if state.z is None else z_text(state.z, state.reading), 14 * s)

    def _paint_threshold(self, painter: QPainter, state: StageData) -> None:
        g, s, lit = self.g, self.g.scale, state.lit((Part.THRESHOLD, ALL))
        box = g.threshold
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.faded("accent", 0.18))
            painter.drawRoundedRect(box.adjusted(-6 * s, -6 * s, 6 * s, 6 * s), 15 * s, 15 * s)
        painter.setPen(QPen(theme.colour("accent" if lit else "text"), 2.0 if lit else 1.4))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box, 11 * s, 11 * s)
        plot = self._plot
        painter.setPen(look.pen(theme.colour("border"), 1.0))
        painter.drawLine(_in_plot(plot, 0.0, -0.06), _in_plot(plot, 0.0, 1.06))
        output = state.reading.unit.output
        pen = look.pen(inks.colour(OUTPUT_INKS[output]), 1.9 * s)
        painter.strokePath(_function_path(output, plot.getRect()), pen)

    @property
    def _plot(self) -> QRectF:
        """Where the output function is drawn."""
        s = self.g.scale
        return self.g.threshold.adjusted(9 * s, 10 * s, -9 * s, -24 * s)

    @property
    def _below_plot(self) -> QRectF:
        s, box = self.g.scale, self.g.threshold
        return QRectF(box.left(), box.bottom() - 20 * s, box.width(), 16 * s)

    def _paint_comparison(self, painter: QPainter, state: StageData) -> None:
        paint_text(painter, self._below_plot, _comparison(state), 11 * self.g.scale, theme.colour("text_muted"))

    def _paint_dot(self, painter: QPainter, state: StageData) -> None:
        """Where on the curve of its output function it is now."""
        if state.z is None or state.stage < Stage.OUTPUT:
            return
        plot, s = self._plot, self.g.scale
        low = _least(state.reading.unit.output)
        y = (state.reading.now.output - low) / (1.0 - low)
        painter.setPen(QPen(theme.colour("surface"), 1.4))
        painter.setBrush(look.signed(1 if state.reading.now.fires else -1))
        painter.drawEllipse(_in_plot(plot, min(PLOT_REACH, max(-PLOT_REACH, state.z)), y), 4.6 * s, 4.6 * s)

    def _paint_output(self, painter: QPainter, state: StageData) -> None:
        g, s, fires = self.g, self.g.scale, state.fires
        paint_halo(painter, g.output, g.sum_radius, state.lit((Part.OUTPUT, ALL)), s)
        if fires is None:
            paint_circle(painter, g.output, g.sum_radius, theme.colour("text_muted"), 1.4, dashed=True)
            words = QCoreApplication.translate("Neuron", "not yet")
            paint_text(painter, around(g.output, g.sum_radius), words, 11.5 * s, theme.colour("text_muted"))
        else:
            fill = look.signed(1 if fires else -1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawEllipse(g.output, g.sum_radius, g.sum_radius)
            text = output_text(state.reading.now.output, state.reading)
            size = (22 if len(text) < 3 else 15) * s
            paint_text(painter, around(g.output, g.sum_radius), text, size, readable_on(fill), bold=True)

    @property
    def judgement(self) -> QRectF:
        """Where the target is written, and whether it is met."""
        g, s = self.g, self.g.scale
        return QRectF(g.output.x() - 70, g.output.y() + g.sum_radius + 8 * s, 140, 44 * s)

    def _paint_judgement(self, painter: QPainter, state: StageData) -> None:
        """Write the target, and whether it is met."""
        g, s = self.g, self.g.scale
        top = g.output.y() + g.sum_radius + 7 * s
        target = QCoreApplication.translate("Neuron", "target {value}")
        text = target.format(value=target_text(state.reading, state.reading.content.row))
        paint_text(painter, QRectF(g.output.x() - 70, top, 140, 16 * s), text, 12.5 * s)
        if state.fires is None:
            return
        right = state.reading.now.right
        words = (
            QCoreApplication.translate("Neuron", "✓ right here")
            if right
            else QCoreApplication.translate("Neuron", "✗ wrong here")
        )
        painter.setFont(look.font(11.5 * s, QFont.Weight.DemiBold))
        width = painter.fontMetrics().horizontalAdvance(words) + 20 * s
        badge = QRectF(g.output.x() - width / 2, top + 20 * s, width, 20 * s)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.faded("good" if right else "danger", 0.16))
        painter.drawRoundedRect(badge, 10 * s, 10 * s)
        paint_text(painter, badge, words, 11.5 * s, theme.colour("good" if right else "danger"), bold=True)

    # What numbers change: where each part is painted, and what it goes by --------------------------------------------

    def parts(self, state: StageData) -> list[PaintedPart]:
        """The rest of the unit: wires first, then what stands on them."""
        inputs = range(self.g.inputs)
        nodes = [part for index in inputs for part in self._input_parts(state, index)]
        wires = [self._wire_part(state, index) for index in inputs]
        return [*wires, *self._bias_parts(state), *nodes, *self._sum_parts(state), *self._output_parts(state)]

    def _wire_part(self, state: StageData, index: int) -> PaintedPart:
        g, weight = self.g, state.reading.content.weights[index]
        lit = state.lit((Part.WIRE, index)) or state.lit((Part.WEIGHT, index))
        box = grown(QRectF(g.input(index) + QPointF(g.node_radius, 0), g.wire_end(index)), (9 if lit else 4) * g.scale)
        return PaintedPart(box, (weight, lit, state.signal(index)), lambda p: self._paint_wire(p, state, index))

    def _bias_parts(self, state: StageData) -> list[PaintedPart]:
        g, s, bias = self.g, self.g.scale, state.reading.content.bias
        lit = state.lit((Part.THRESHOLD, ALL))
        line = grown(QRectF(g.bias - QPointF(0, 12 * s), g.sum + QPointF(0, g.sum_radius)), (9 if lit else 4) * s)
        written = parameter_text(bias, state.reading)
        return [
            PaintedPart(line, (bias, lit), lambda p: self._paint_bias_line(p, state)),
            PaintedPart(grown(around(g.bias, 12 * s), 1.5), None, self._paint_bias_node),
            self._parameter_part(g.bias_box, "b", bias, written, lit=lit),
        ]

    def _input_parts(self, state: StageData, index: int) -> list[PaintedPart]:
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

    def _sum_parts(self, state: StageData) -> list[PaintedPart]:
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

    def _output_parts(self, state: StageData) -> list[PaintedPart]:
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

    # Where things are ------------------------------------------------------------------------------------------------

    def places(self) -> list[tuple[Key, QPainterPath]]:
        """What can be pointed at, the topmost first."""
        g = self.g
        found: list[tuple[Key, QPainterPath]] = []
        for index in range(g.inputs):
            found.append(((Part.WEIGHT, index), boxed(g.weight_box(index))))
            found.append(((Part.INPUT, index), boxed(around(g.input(index), g.node_radius))))
        found.append(((Part.SUM, ALL), boxed(around(g.sum, g.sum_radius))))
        found.append(((Part.THRESHOLD, ALL), boxed(g.threshold)))
        found.append(((Part.THRESHOLD, ALL), boxed(g.bias_box.united(around(g.bias, 14 * g.scale)))))
        found.append(((Part.OUTPUT, ALL), boxed(around(g.output, g.sum_radius))))
        return found


def _comparison(state: StageData) -> str:
    """``1.50 ≥ 0``"""
    if state.z is None:
        return QCoreApplication.translate("Neuron", "z not yet")
    return f"{z_text(state.z, state.reading)} {'≥' if state.z >= 0 else '<'} 0"


def _least(output: OutputKey) -> float:
    """The least value of an output function."""
    return -1.0 if output == "tanh" else 0.0


@lru_cache(maxsize=8)
def _function_path(output: OutputKey, box: tuple[float, float, float, float]) -> QPainterPath:
    """The curve of an output function in a box (left, top, width, height)."""
    plot, low = QRectF(*box), _least(output)
    zs, ys = function_curve(output, -PLOT_REACH, PLOT_REACH, 97)
    path = QPainterPath()
    for number, (z, y) in enumerate(zip(zs.tolist(), ys.tolist(), strict=True)):
        point = _in_plot(plot, z, (y - low) / (1.0 - low))
        (path.lineTo if number else path.moveTo)(point)
    return path


def _in_plot(plot: QRectF, z: float, share: float) -> QPointF:
    return QPointF(plot.center().x() + z / PLOT_REACH * plot.width() / 2, plot.bottom() - share * plot.height())
