"""The pass animation: pulses along the wires, numbers in the neurons, the loss, and the flash of an update."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QRadialGradient

from app.builder.canvas.edges import Bundle
from app.builder.canvas.geometry import BlockShape, SceneLayout
from app.builder.canvas.passes import ARRIVE, Flow, Moment, Shown
from app.builder.canvas.wires import wire_path
from app.kit import look, theme
from app.kit.numbers import in_tile, significant
from app.kit.scene.curves import curve, height_at
from app.kit.scene.viewport import Camera

MOST_PULSES = 1000
SIZES = 4
"""Pulses come in this many sizes; the largest stands for the strongest signal of the stage."""
MOST_FLASHES = 120
READABLE = 19.0
"""Pixels: tiles narrower than this show no number."""
LEAST_PITCH = 24.0
"""Scene units: wires that leave nearer to each other than this have no room for labels."""
_AWAITED = "δ ?"


@lru_cache(maxsize=64)
def _sprite(colour: str, size: int, ratio: float) -> QPixmap:
    """One pulse: a soft glow round a bright core."""
    radius = 3.2 + 1.5 * size
    side = math.ceil(2 * radius)
    sprite = QPixmap(math.ceil(side * ratio), math.ceil(side * ratio))
    sprite.setDevicePixelRatio(ratio)
    sprite.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sprite)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        glow = QRadialGradient(QPointF(side / 2, side / 2), radius)
        for stop, opacity in ((0.0, 0.55), (0.45, 0.4), (1.0, 0.0)):
            tint = QColor(colour)
            tint.setAlphaF(opacity)
            glow.setColorAt(stop, tint)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glow)
        painter.drawEllipse(QPointF(side / 2, side / 2), radius, radius)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(side / 2, side / 2), 0.5 * radius, 0.5 * radius)
    finally:
        painter.end()
    return sprite


def paint_flows(
    painter: QPainter, moment: Moment, progress: float, layout: SceneLayout, bundles: list[Bundle], camera: Camera,
    ratio: float,
) -> None:  # fmt: skip
    """Stamp the pulses of a stage, in widget pixels; none once they have arrived."""
    if progress >= ARRIVE or not moment.flows:
        return
    way = progress / ARRIVE
    way = way * way * (3.0 - 2.0 * way)
    strengths = [flow.strength for flow in moment.flows if flow.strength is not None]
    most = max((float(np.nanmax(np.abs(strength), initial=0.0)) for strength in strengths), default=0.0)
    for flow in moment.flows:
        bundle = next((b for b in bundles if b.wire == flow.wire), None)
        if flow.strength is None or bundle is None or flow.strength.shape != bundle.weights.shape:  # just resized
            _stamp_plain(painter, flow, way, layout, camera, ratio)
        else:
            _stamp(painter, flow.strength, bundle, 1.0 - way if flow.backward else way, most, camera, ratio)


def _stamp(
    painter: QPainter, strength: NDArray[np.float64], bundle: Bundle, way: float, most: float, camera: Camera,
    ratio: float,
) -> None:  # fmt: skip
    size = np.nan_to_num(np.abs(strength)).ravel()
    chosen = np.flatnonzero(size > 1e-12 * max(most, 1e-300))
    if chosen.size > MOST_PULSES:
        chosen = chosen[np.argpartition(size[chosen], -MOST_PULSES)[-MOST_PULSES:]]
    rows, columns = np.unravel_index(chosen, strength.shape)
    x = bundle.x0 + (bundle.x1 - bundle.x0) * way
    y = height_at(x, bundle.x0, bundle.y0[columns], bundle.x1, bundle.y1[rows])
    left = x * camera.scale + camera.offset.x()
    tops = y * camera.scale + camera.offset.y()
    steps = np.minimum((SIZES * np.sqrt(size[chosen] / most)).astype(int), SIZES - 1)
    positive = strength[rows, columns] >= 0
    for step in range(SIZES):  # the strong ones last, on top
        for sign in (True, False):
            sprite = _sprite(theme.current().positive if sign else theme.current().negative, step, ratio)
            half = sprite.width() / ratio / 2
            for top in tops[(steps == step) & (positive == sign)].tolist():
                painter.drawPixmap(QPointF(left - half, top - half), sprite)


def _stamp_plain(painter: QPainter, flow: Flow, way: float, layout: SceneLayout, camera: Camera, ratio: float) -> None:
    if flow.wire.source not in layout or flow.wire.target not in layout:
        return
    path = wire_path(layout, flow.wire)
    if path is not None:
        sprite = _sprite(theme.current().accent, SIZES - 1, ratio)
        half = sprite.width() / ratio / 2
        at = camera.to_view(path.pointAtPercent(1.0 - way if flow.backward else way))
        painter.drawPixmap(at - QPointF(half, half), sprite)


def paint_change(painter: QPainter, moment: Moment, unit: int, progress: float, bundles: list[Bundle]) -> None:
    """Flash the strongest changes ΔW along their edges, in scene units, and name the largest into one unit."""
    change = moment.change
    bundle = next((b for b in bundles if b.wire.target == moment.stage.block_id), None)
    if change is None or bundle is None or change.shape != bundle.weights.shape:
        return
    size = np.nan_to_num(np.abs(change)).ravel()
    order = np.argsort(size)[-MOST_FLASHES:]
    most = float(size[order[-1]]) if order.size else 0.0
    if most == 0.0:
        return
    light = math.sin(math.pi * min(max(progress, 0.0), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for index in order:
        row, column = divmod(int(index), change.shape[1])
        colour = look.signed(change[row, column])
        colour.setAlphaF(light * (0.15 + 0.85 * size[index] / most))
        painter.setPen(look.pen(colour, 1.0 + 5.0 * size[index] / most))
        painter.drawPath(curve(*bundle.ends(row, column)))
    row = min(unit, len(change) - 1)
    column = int(np.argmax(np.nan_to_num(np.abs(change[row]))))
    paint_edge_label(painter, bundle, row, column, f"Δw = {significant(float(change[row, column]))}")


def paint_edge_label(painter: QPainter, bundle: Bundle, row: int, column: int, text: str) -> None:
    """A small label in the middle of an edge, in scene units."""
    middle = curve(*bundle.ends(row, column)).pointAtPercent(0.5)
    paint_label(painter, middle, text, theme.colour("text"), pixels=11.5)


def paint_label(painter: QPainter, at: QPointF, text: str, colour: QColor, *, pixels: float) -> None:
    """A word on a small plate, in scene units."""
    painter.setFont(look.font(pixels, QFont.Weight.DemiBold))
    width, height = QFontMetricsF(painter.font()).horizontalAdvance(text) + pixels, 1.7 * pixels
    box = QRectF(at.x() - width / 2, at.y() - height / 2, width, height)
    painter.setPen(look.pen(theme.colour("border")))
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(box, 0.5 * pixels, 0.5 * pixels)
    painter.setPen(colour)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_gradients(painter: QPainter, moment: Moment, unit: int, bundles: list[Bundle]) -> None:
    """∂L/∂w on each wire into one unit of the stage's block, in scene units."""
    bundle = next((b for b in bundles if b.wire.target == moment.stage.block_id), None)
    gradient = moment.gradient
    if gradient is None or bundle is None or gradient.shape != bundle.weights.shape or unit >= len(gradient):
        return
    pitch = float(np.min(np.diff(np.sort(bundle.y0)))) if bundle.y0.size > 1 else math.inf
    if abs(bundle.x1 - bundle.x0) < 70.0 or pitch < LEAST_PITCH:
        return
    for column, value in enumerate(gradient[unit].tolist()):
        at = curve(*bundle.ends(unit, column)).pointAtPercent(0.3)
        paint_label(painter, at, significant(value, 2), look.signed_text(value), pixels=10.5)


def paint_numbers(
    painter: QPainter, shape: BlockShape, shown: Shown | None, camera: Camera, *, fresh: bool, below: bool
) -> None:
    """Each neuron's number on a small plate in its tile, in widget pixels: z or a at the top, δ ``below``; None is a
    δ that is still to come."""
    tiles = shape.tiles
    if tiles is None or shape.folded or tiles.size * camera.scale < READABLE:
        return
    pixels = min(max(0.3 * tiles.size * camera.scale, 8.5), 13.0)
    painter.setFont(look.font(pixels, QFont.Weight.DemiBold))
    height = min(pixels + 4.0, 0.5 * tiles.size * camera.scale - 1.0)
    metrics = QFontMetricsF(painter.font())
    plates = QPainterPath()
    texts = []
    values = [None] * tiles.units if shown is None else shown.values[: tiles.units].tolist()
    for unit, value in enumerate(values):
        text = _AWAITED if value is None else in_tile(value)
        tile = camera.rect_to_view(tiles.rect(unit))
        width = max(min(tile.width() - 3, 46.0), metrics.horizontalAdvance(text) + 6)
        top = tile.bottom() - height - 1 if below else tile.top() + 1
        plate = QRectF(tile.center().x() - width / 2, top, width, height)
        plates.addRoundedRect(plate, 3, 3)
        texts.append((plate, text, value))
    painter.setPen(_dashed() if shown is None else Qt.PenStyle.NoPen)
    painter.setBrush(look.faded("surface", 0.93))
    painter.drawPath(plates)
    for plate, text, value in texts:
        painter.setPen(theme.colour("text_muted") if value is None else look.signed_text(value))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
    if fresh:
        _paint_frames(painter, shape, camera)


def _dashed() -> QPen:
    pen = look.pen(theme.colour("text_muted"), 0.8)
    pen.setStyle(Qt.PenStyle.DashLine)
    return pen


def _paint_frames(painter: QPainter, shape: BlockShape, camera: Camera) -> None:
    """A line round the tiles whose numbers have just arrived."""
    assert shape.tiles is not None
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.pen(look.faded("accent", 0.8), 1.4))
    for unit in range(shape.tiles.units):
        painter.drawRoundedRect(camera.rect_to_view(shape.tiles.rect(unit)).adjusted(-1, -1, 1, 1), 5, 5)


def paint_symbol(painter: QPainter, shape: BlockShape, symbol: str, camera: Camera) -> None:
    """What a block's numbers are (``a``, ``a over δ``), under its last tile, in widget pixels."""
    tiles = shape.tiles
    if tiles is None or tiles.compact or tiles.size * camera.scale < READABLE:
        return
    last = camera.rect_to_view(tiles.rect(tiles.units - 1))
    painter.setFont(look.font(11.0, QFont.Weight.DemiBold))
    painter.setPen(theme.colour("text_muted"))
    below = QRectF(last.center().x() - 60, last.bottom() + 3, 120, 17)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, symbol)


def paint_loss(painter: QPainter, shape: BlockShape, moment: Moment) -> None:
    """The loss and the target below the output, in scene units."""
    note = moment.loss
    if note is None:
        return
    target = ", ".join(significant(value) for value in note.target[:4].tolist())
    target += " …" if note.target.size > 4 else ""
    mean = QCoreApplication.translate("Pass", "mean loss {value}")
    loss = QCoreApplication.translate("Pass", "loss {value}") if note.rows == 1 else mean
    lines = [
        loss.format(value="?" if note.loss is None else significant(note.loss)),
        QCoreApplication.translate("Pass", "target {value}").format(value=target),
    ]
    top = shape.body.bottom() + 20
    for line, text in enumerate(lines):
        box = QRectF(shape.body.center().x() - 90, top + 18 * line, 180, 18)
        painter.setFont(look.font(13 if line == 0 else 12, QFont.Weight.Bold if line == 0 else QFont.Weight.Medium))
        painter.setPen(theme.colour("accent" if line == 0 else "text_muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
