"""The threshold unit under the cell: inputs, weights on wires, a sum, a threshold, an output."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from app.kit.drawing.marks import (
    Disc,
    Formula,
    Line,
    Mark,
    NumberInput,
    Path,
    Polyline,
    Rectangle,
    Text,
    rect_of,
    text_width,
)
from app.kit.drawing.number import NumberMark
from app.kit.formula.boxes import typeset
from app.kit.inks import sign_ink, sign_text_ink
from app.kit.scene.curves import curve
from app.workspaces.neuron.geometry import NUMBER, STRONGEST, UNIT, Geometry
from app.workspaces.neuron.model import ALL, PartKey, SignalStage, StageData, UnitPart
from app.workspaces.neuron.words import (
    OUTPUT_INKS,
    comparison,
    output_text,
    parameter_text,
    part_tip,
    target_text,
    weight_name,
    z_text,
)
from engine.neuron.boundary import curve as function_curve
from engine.neuron.unit import LARGEST_PARAMETER, OutputKey

PLOT_REACH = 3.0
"""The box of the output function shows z from −3 to 3."""
TYPED_PARAMETER = NumberInput(0.05, (-LARGEST_PARAMETER, LARGEST_PARAMETER))
"""How weights and bias are changed in the drawing: a click opens a field to type in."""
HAND = Qt.CursorShape.PointingHandCursor
WIRE_REACH = 7.0


def unit_marks(g: Geometry, data: StageData) -> Iterator[Mark]:
    """Draw the unit: wires first, then what stands on them. Keys: (``UNIT``, part, input), and (``NUMBER``, part,
    input) of weights and bias."""
    inputs = range(g.inputs)
    for index in inputs:
        yield from _wire(g, data, index)
    yield from _arrows(g, data)
    for index in inputs:
        yield from _input(g, data, index)
        weight = data.reading.content.weights[index]
        box, name = g.weight_box(index), weight_name(index)
        yield from _parameter(g, data, (UnitPart.WEIGHT, index), box, f"w_{index + 1}", weight, name)
        yield from _product(g, data, index)
    yield from _bias(g, data)
    yield from _sum(g, data)
    yield from _threshold(g, data)
    yield from _output(g, data)
    yield from _judgement(g, data)


def _thickness(g: Geometry, weight: float) -> float:
    return (1.4 + 4.2 * min(1.0, abs(weight) / STRONGEST)) * g.scale


def _wire(g: Geometry, data: StageData, index: int) -> Iterator[Mark]:
    weight, key = data.reading.content.weights[index], (UnitPart.WIRE, index)
    path, width = curve(g.input(index) + QPointF(g.node_radius, 0), g.wire_end(index)), _thickness(g, weight)
    if data.lit(key) or data.lit((UnitPart.WEIGHT, index)):
        yield Path(path, "accent 22%", width + 11 * g.scale)
    ink = sign_ink(weight) if weight else "track"
    ink = ink if data.signal(index) is not False else f"{ink} 32%"
    yield Path(path, ink, width, key=(UNIT, *key), tip=part_tip(data, *key), reach=WIRE_REACH, cursor=HAND)


def _bias(g: Geometry, data: StageData) -> Iterator[Mark]:
    s, bias, key = g.scale, data.reading.content.bias, (UnitPart.THRESHOLD, ALL)
    x, top, foot = g.sum.x(), g.sum.y() + g.sum_radius, g.bias.y() - 12 * s
    width = _thickness(g, bias)
    if data.lit(key):
        yield Line((x, foot), (x, top), "accent 22%", width + 10 * s, cap="round")
    yield Line((x, foot), (x, top), sign_ink(bias) if bias else "track", width, cap="round")
    yield Disc(x, g.bias.y(), 12 * s, "surface", "text_muted", 1.2)
    yield Text("1", _around(g.bias, 12 * s), 12 * s)
    yield from _parameter(g, data, key, g.bias_box, "b", bias, _tr("Bias b"))


def _arrows(g: Geometry, data: StageData) -> Iterator[Mark]:
    s, y, box, fires = g.scale, g.unit_y, g.threshold, data.fires
    before = g.sum.x() + g.sum_radius + 3 * s, box.left() - 3 * s
    after = box.right() + 3 * s, g.output.x() - g.sum_radius - 3 * s
    yield from _arrow(*before, y, "accent" if data.z is not None else "track", s)
    yield from _arrow(*after, y, "track" if fires is None else "positive" if fires else "negative", s)
    words = _tr("not yet") if fires is None else _tr("fires") if fires else _tr("silent")
    if not g.narrow:  # else there is no room between the two, and the output says it by its colour
        yield Text(words, (sum(after) / 2 - 50, y - 20 * s, 100, 14 * s), 11.5 * s)
    yield Formula("z", sum(before) / 2, y - 7 * s, 14 * s, align="across")


def _arrow(start: float, end: float, y: float, ink: str, s: float) -> Iterator[Mark]:
    yield Line((start, y), (end - 5 * s, y), ink, 1.6 * s, cap="round")
    yield Polyline(points=((end, y), (end - 8 * s, y - 4.2 * s), (end - 8 * s, y + 4.2 * s)), closed=True, fill=ink)


def _halo(middle: QPointF, radius: float, lit: bool, s: float) -> Iterator[Mark]:
    if lit:
        yield Disc(middle.x(), middle.y(), radius + 7 * s, "accent 20%")


def _input(g: Geometry, data: StageData, index: int) -> Iterator[Mark]:
    s, key, middle, signal = g.scale, (UnitPart.INPUT, index), g.input(index), data.signal(index)
    lit, text = data.lit(key), "?" if signal is None else "1" if signal else "0"
    edge = "accent" if lit else "positive" if signal else "text_muted"
    yield from _halo(middle, g.node_radius, lit, s)
    yield Disc(
        middle.x(), middle.y(), g.node_radius, "surface", edge, 1.8 if signal else 1.2, dashed=signal is None,
        key=(UNIT, *key), tip=part_tip(data, *key), cursor=HAND,
    )  # fmt: skip
    yield Text(text, _around(middle, g.node_radius), 17 * s, "positive" if signal else "text_muted", bold=True)
    yield Formula(f"x_{index + 1}", middle.x() - g.node_radius - 9 * s, middle.y() + 5 * s, 17 * s, align="right")


def _parameter(
    g: Geometry, data: StageData, key: PartKey, box: QRectF, symbol: str, value: float, name: str
) -> Iterator[Mark]:
    """Draw a box with a symbol and its number, which can be dragged or typed over."""
    s, lit, text = g.scale, data.lit(key), parameter_text(value, data.reading)
    size, wide = 13 * s, typeset(symbol, 14.5 * s).width
    number = text_width(text, size, True)
    left = box.center().x() - (wide + 6 * s + number) / 2
    yield Rectangle(rect_of(box), "surface", "accent" if lit else "border", 1.6 if lit else 1.0, corner=7 * s)
    yield Formula(symbol, left, box.center().y() + 4.5 * s, 14.5 * s)
    place, ink = (left + wide + 6 * s, box.top(), number + 1, box.height()), sign_text_ink(value) if value else "text"
    yield NumberMark(
        text, place, size, ink, "left middle", bold=True, value=value, input=TYPED_PARAMETER,
        key=(NUMBER, *key), tip=name, target=rect_of(box),
    )  # fmt: skip


def _product(g: Geometry, data: StageData, index: int) -> Iterator[Mark]:
    """Draw what arrives over the wire: the weight times the input."""
    if data.stage >= SignalStage.PRODUCTS:
        value, middle = data.reading.products[index], g.product(index)
        text, ink = (parameter_text(value, data.reading), sign_text_ink(value)) if value else ("0", "text_muted")
        key = (UnitPart.WIRE, index)
        yield Text(
            text, (middle.x() - 30, middle.y() - 8, 60, 16), 11.5 * g.scale, ink, bold=bool(value), key=(UNIT, *key),
            tip=part_tip(data, *key), cursor=HAND,
        )  # fmt: skip


def _sum(g: Geometry, data: StageData) -> Iterator[Mark]:
    s, key, lit, z = g.scale, (UnitPart.SUM, ALL), data.lit((UnitPart.SUM, ALL)), data.z
    text = _tr("not yet") if z is None else z_text(z, data.reading)
    yield from _halo(g.sum, g.sum_radius, lit, s)
    yield Disc(
        g.sum.x(), g.sum.y(), g.sum_radius, "surface", "accent" if lit else "text", 2.0 if lit else 1.4,
        dashed=z is None, key=(UNIT, *key), tip=part_tip(data, *key), cursor=HAND,
    )  # fmt: skip
    yield Formula(r"\Sigma", g.sum.x(), g.sum.y() - 3 * s, 21 * s, align="across")
    ink = "text_muted" if z is None else sign_text_ink(z) if z else "text"
    box = (g.sum.x() - g.sum_radius, g.sum.y() + 3 * s, 2 * g.sum_radius, 20 * s)
    yield Text(text, box, (11.2 if z is None else 14) * s, ink, bold=z is not None)


def _threshold(g: Geometry, data: StageData) -> Iterator[Mark]:
    """Draw the curve of the output function, where on it the sum is, and how it compares with 0."""
    s, box, lit, z, unit = g.scale, g.threshold, data.lit((UnitPart.THRESHOLD, ALL)), data.z, data.reading.unit
    plot = box.adjusted(9 * s, 10 * s, -9 * s, -24 * s)
    if lit:
        yield Rectangle(rect_of(box.adjusted(-6 * s, -6 * s, 6 * s, 6 * s)), "accent 18%", corner=15 * s)
    yield Rectangle(
        rect_of(box), "surface", "accent" if lit else "text", 2.0 if lit else 1.4, corner=11 * s,
        key=(UNIT, UnitPart.THRESHOLD, ALL), tip=part_tip(data, UnitPart.THRESHOLD, ALL), cursor=HAND,
    )  # fmt: skip
    yield Line(_in_plot(plot, 0.0, -0.06), _in_plot(plot, 0.0, 1.06), "border", cap="round")
    yield Path(_function_path(unit.output, rect_of(plot)), OUTPUT_INKS[unit.output], 1.9 * s)
    if z is not None and data.stage is SignalStage.OUTPUT:
        low = _least(unit.output)
        place = _in_plot(plot, min(PLOT_REACH, max(-PLOT_REACH, z)), (data.reading.now.output - low) / (1.0 - low))
        yield Disc(*place, 4.6 * s, "positive" if data.fires else "negative", "surface", 1.4)
    yield Text(comparison(data), (box.left(), box.bottom() - 20 * s, box.width(), 16 * s), 11 * s, "text_muted")


def _output(g: Geometry, data: StageData) -> Iterator[Mark]:
    s, middle, fires, radius, key = g.scale, g.output, data.fires, g.sum_radius, (UnitPart.OUTPUT, ALL)
    tip = part_tip(data, *key)
    yield from _halo(middle, radius, data.lit(key), s)
    if fires is None:
        words = _tr("not yet")
        yield Disc(
            middle.x(), middle.y(), radius, "surface", "text_muted", 1.4, dashed=True, key=(UNIT, *key), tip=tip,
            cursor=HAND,
        )  # fmt: skip
        yield Text(words, _around(middle, radius), 11.5 * s, "text_muted")
        return
    fill, text = "positive" if fires else "negative", output_text(data.reading.now.output, data.reading)
    yield Disc(middle.x(), middle.y(), radius, fill, key=(UNIT, *key), tip=tip, cursor=HAND)
    yield Text(text, _around(middle, radius), (22 if len(text) < 3 else 15) * s, f"readable {fill}", bold=True)


def _judgement(g: Geometry, data: StageData) -> Iterator[Mark]:
    """Draw the target, and whether it is met."""
    s, x, top = g.scale, g.output.x(), g.output.y() + g.sum_radius + 7 * g.scale
    words = _tr("target {value}").format(value=target_text(data.reading, data.reading.content.row))
    yield Text(words, (x - 70, top, 140, 16 * s), 12.5 * s)
    if data.fires is None or not data.judged:
        return
    right = data.reading.now.right
    words, ink = (_tr("✓ right here"), "good") if right else (_tr("✗ wrong here"), "danger")
    width = text_width(words, 11.5 * s, True) + 20 * s
    badge = (x - width / 2, top + 20 * s, width, 20 * s)
    yield Rectangle(badge, f"{ink} 16%", corner=10 * s)
    yield Text(words, badge, 11.5 * s, ink, bold=True)


def _least(output: OutputKey) -> float:
    """Return the least value of an output function."""
    return -1.0 if output == "tanh" else 0.0


@lru_cache(maxsize=8)
def _function_path(output: OutputKey, box: tuple[float, float, float, float]) -> QPainterPath:
    """Return the curve of an output function in a box (left, top, width, height)."""
    plot, low = QRectF(*box), _least(output)
    zs, ys = function_curve(output, -PLOT_REACH, PLOT_REACH, 97)
    path = QPainterPath()
    for number, (z, y) in enumerate(zip(zs.tolist(), ys.tolist(), strict=True)):
        point = QPointF(*_in_plot(plot, z, (y - low) / (1.0 - low)))
        (path.lineTo if number else path.moveTo)(point)
    return path


def _in_plot(plot: QRectF, z: float, share: float) -> tuple[float, float]:
    return plot.center().x() + z / PLOT_REACH * plot.width() / 2, plot.bottom() - share * plot.height()


def _around(middle: QPointF, radius: float) -> tuple[float, float, float, float]:
    return middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius


def _tr(text: str) -> str:
    return QCoreApplication.translate("Neuron", text)
