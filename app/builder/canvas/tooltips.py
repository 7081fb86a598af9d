"""Tooltips of the canvas: each says what the thing is, what is wrong with it, and what can be done with it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from app.builder.canvas.geometry import BlockShape
from app.builder.canvas.hit import Hit, Part
from app.builder.canvas.numbers import number
from app.builder.canvas.paint.badges import badge_at, explanation
from app.builder.canvas.text import layer_name, unit_name
from app.kit.translation import sentence_of, worded
from engine.graph import Port

if TYPE_CHECKING:
    from app.builder.canvas.view import NetworkCanvas


def tooltip_html(canvas: NetworkCanvas, point: QPointF) -> str:
    """What to say about the thing under a widget pixel; empty over bare ground."""
    badge = badge_at(canvas.badges, canvas.camera.to_scene(point))
    if badge is not None:
        return _rich(badge.text, explanation(badge.verdict))
    hit = canvas.hit(point)
    if hit.edge is not None:
        return _edge(canvas, hit)
    if hit.part is Part.WIRE:
        return _rich("", canvas.tr("A wire without weights. Click it and press Delete to take it away."))
    if hit.block_id is None:
        return ""
    return _block(canvas, canvas.layout_now[hit.block_id], hit)


def _rich(title: str, *paragraphs: str) -> str:
    head = f"<b>{escape(title)}</b>" if title else ""
    body = "".join(f"<p style='margin-top:4px'>{escape(text)}</p>" for text in paragraphs if text)
    return f"<qt>{head}{body}</qt>"


def _edge(canvas: NetworkCanvas, hit: Hit) -> str:
    edge, bundle = hit.edge, canvas.bundle_of(hit.edge)
    if edge is None or bundle is None:
        return ""
    source, target = canvas.layout_now[edge.source].block, canvas.layout_now[edge.target].block
    where = canvas.tr("{from_unit} of {source} → {to_unit} of {target}").format(
        from_unit=unit_name(source, edge.column), source=layer_name(source),
        to_unit=unit_name(target, edge.row), target=layer_name(target),
    )  # fmt: skip
    weight = float(bundle.weights[edge.row, edge.column])
    return _rich(f"w = {number(weight)}", where, canvas.tr("Click to change it."))


def _block(canvas: NetworkCanvas, shape: BlockShape, hit: Hit) -> str:
    port = {Part.IN_PORT: Port.INPUT, Part.OUT_PORT: Port.OUTPUT}.get(hit.part)
    found = canvas.problems.get(shape.id, ())
    wrong = [sentence_of(p.problem) for p in found if port is None or p.port in (port, Port.BLOCK)]
    return _rich(_title(canvas, shape, hit), *wrong, _use(canvas, shape, hit))


def _title(canvas: NetworkCanvas, shape: BlockShape, hit: Hit) -> str:
    if hit.part is Part.NEURON and hit.unit is not None:
        return f"{layer_name(shape.block)} · {unit_name(shape.block, hit.unit)}"
    return shape.caption


def _use(canvas: NetworkCanvas, shape: BlockShape, hit: Hit) -> str:
    uses = {
        Part.IN_PORT: canvas.tr("Input: drag a wire here from another block's output."),
        Part.OUT_PORT: canvas.tr("Output: drag from here to another block's input."),
        Part.RESIZE: canvas.tr("Drag down for more units, up for fewer."),
        Part.FEWER: canvas.tr("One unit fewer; ten with Shift."),
        Part.MORE: canvas.tr("One unit more; ten with Shift."),
    }
    if hit.part in uses:
        return uses[hit.part]
    if hit.part is Part.NEURON and shape.block.declaration.features(shape.block.params) is None:
        return canvas.tr("The map is what this neuron puts out over the plane of the data. Click for its arithmetic.")
    if hit.part is Part.NEURON:
        return canvas.tr("The map is this feature over the plane of the data.")
    return worded(shape.block.declaration.summary)
