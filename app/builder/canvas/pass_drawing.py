"""The pass animation: pulses along the wires, numbers in the neurons, the loss, and the flash of an update."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap, QRadialGradient

from app.builder.canvas.blocks import label_marks
from app.builder.canvas.edges import Bundle
from app.builder.canvas.geometry import BlockShape, SceneLayout
from app.builder.canvas.passes import ARRIVE, Flow, PassMoment, UnitNumbers
from app.builder.canvas.wires import wire_path
from app.kit import inks, theme
from app.kit.drawing.marks import Mark, Path, Text, text_width
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
_AWAITED, _WIDEST = "δ ?", "−0.000"


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


def stamp_pulses(
    painter: QPainter, moment: PassMoment, progress: float, layout: SceneLayout, bundles: list[Bundle], camera: Camera,
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


def change_marks(moment: PassMoment, unit: int, progress: float, bundles: list[Bundle]) -> list[Mark]:
    """Draw a flash of the strongest changes ΔW along their edges, in scene units; name the largest into one unit."""
    change, bundle = moment.change, _bundle_into(moment, bundles)
    if change is None or bundle is None or change.shape != bundle.weights.shape:
        return []
    size = np.nan_to_num(np.abs(change)).ravel()
    order = np.argsort(size)[-MOST_FLASHES:]
    most = float(size[order[-1]]) if order.size else 0.0
    if most == 0.0:
        return []
    light = 100 * math.sin(math.pi * min(max(progress, 0.0), 1.0))
    marks: list[Mark] = []
    for index in order.tolist():
        (row, column), share = divmod(index, change.shape[1]), float(size[index]) / most
        ink = f"{inks.sign_ink(float(change[row, column]))} {round(light * (0.15 + 0.85 * share))}%"
        marks.append(Path(curve(*bundle.ends(row, column)), ink, 1.0 + 5.0 * share))
    row = min(unit, len(change) - 1)
    column = int(np.argmax(np.nan_to_num(np.abs(change[row]))))
    return [*marks, *edge_label_marks(bundle, row, column, f"Δw = {significant(float(change[row, column]))}")]


def _bundle_into(moment: PassMoment, bundles: list[Bundle]) -> Bundle | None:
    return next((bundle for bundle in bundles if bundle.wire.target == moment.stage.block_id), None)


def edge_label_marks(bundle: Bundle, row: int, column: int, text: str) -> list[Mark]:
    """Draw a small label in the middle of an edge, in scene units."""
    return label_marks(curve(*bundle.ends(row, column)).pointAtPercent(0.5), text, "text", 11.5)


def gradient_marks(moment: PassMoment, unit: int, bundles: list[Bundle]) -> list[Mark]:
    """Draw ∂L/∂w on each wire into one unit of the stage's block, in scene units."""
    gradient, bundle = moment.gradient, _bundle_into(moment, bundles)
    if gradient is None or bundle is None or gradient.shape != bundle.weights.shape or unit >= len(gradient):
        return []
    pitch = float(np.min(np.diff(np.sort(bundle.y0)))) if bundle.y0.size > 1 else math.inf
    if abs(bundle.x1 - bundle.x0) < 70.0 or pitch < LEAST_PITCH:
        return []
    marks: list[Mark] = []
    for column, value in enumerate(gradient[unit].tolist()):
        place = curve(*bundle.ends(unit, column)).pointAtPercent(0.3)
        marks += label_marks(place, significant(value, 2), inks.sign_text_ink(value), 10.5)
    return marks


def _number_size(side: float) -> float:
    """The size of letters in a tile so many pixels wide."""
    return min(max(0.3 * side, 8.5), 13.0)


def _plate_width(side: float) -> float:
    """The width of a number's plate: within the tile, or beyond its edges where it is too narrow for the digits."""
    widest = text_width(_WIDEST, _number_size(side), bold=True) + 6
    return min(side - 3, max(46.0, widest)) if widest <= side - 3 else max(widest, side + 4)


def number_room(tile: QRectF) -> QRectF:
    """The place of a tile and of its numbers' plates together, in widget pixels."""
    side = tile.width()
    more = max(0.0, _plate_width(side) - side) / 2 if side >= READABLE else 0.0
    return tile.adjusted(-more, 0.0, more, 0.0)


def number_marks(
    shape: BlockShape, shown: UnitNumbers | None, camera: Camera, *, fresh: bool, below: bool
) -> list[Mark]:
    """Draw each neuron's number on a small plate in its tile, in widget pixels: z or a at the top, δ ``below``.

    None is a δ that is still to come.
    """
    tiles = shape.tiles
    if tiles is None or shape.folded or tiles.size * camera.scale < READABLE:
        return []
    side = tiles.size * camera.scale
    size, height = _number_size(side), min(_number_size(side) + 4.0, 0.5 * side - 1.0)
    plates, frames, texts = QPainterPath(), QPainterPath(), list[Mark]()
    values = [None] * tiles.units if shown is None else shown.values.tolist()
    for rect, value in zip(tiles.rects(), values, strict=False):
        tile = camera.rect_to_view(rect)
        text = _AWAITED if value is None else in_tile(value)
        width = max(_plate_width(side), text_width(text, size, bold=True) + 6)
        plate = tile.center().x() - width / 2, tile.bottom() - height - 1 if below else tile.top() + 1, width, height
        plates.addRoundedRect(QRectF(*plate), 3, 3)
        frames.addRoundedRect(number_room(tile).adjusted(-1, -1, 1, 1), 5, 5)
        texts.append(Text(text, plate, size, "text_muted" if value is None else inks.sign_text_ink(value), bold=True))
    fill = "surface 93%" if _plate_width(side) < side else "surface"  # the tile's edge would run through the digits
    marks = [Path(plates, "text_muted" if shown is None else "", 0.8, fill=fill), *texts]
    return [*marks, Path(frames, "accent 80%", 1.4)] if fresh else marks


def symbol_marks(shape: BlockShape, symbol: str, camera: Camera) -> list[Mark]:
    """Draw what a block's numbers are (``a``, ``a over δ``), under its last tile, in widget pixels."""
    tiles = shape.tiles
    if tiles is None or tiles.compact or tiles.size * camera.scale < READABLE:
        return []
    last = camera.rect_to_view(tiles.rect(tiles.units - 1))
    box = last.center().x() - 60, last.bottom() + 3, 120.0, 17.0
    return [Text(symbol, box, 11.0, "text_muted", bold=True)]


def loss_marks(shape: BlockShape, moment: PassMoment) -> list[Mark]:
    """Draw the loss and the target below the output, in scene units."""
    note = moment.loss
    if note is None:
        return []
    target = ", ".join(significant(value) for value in note.target[:4].tolist())
    target += " …" if note.target.size > 4 else ""
    mean = QCoreApplication.translate("Pass", "mean loss {value}")
    loss = QCoreApplication.translate("Pass", "loss {value}") if note.rows == 1 else mean
    left, top = shape.body.center().x() - 90, shape.body.bottom() + 20
    said = loss.format(value="?" if note.loss is None else significant(note.loss))
    aim = QCoreApplication.translate("Pass", "target {value}").format(value=target)
    return [
        Text(said, (left, top, 180.0, 18.0), 13.0, "accent", bold=True),
        Text(aim, (left, top + 18, 180.0, 18.0), 12.0, "text_muted"),
    ]
