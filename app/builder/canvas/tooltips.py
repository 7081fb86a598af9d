"""Tooltips of the canvas: each says what the thing is, what is wrong with it, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.builder.canvas.badges import Badge, explanation
from app.builder.canvas.edges import EdgeLayer
from app.builder.canvas.geometry import BlockShape
from app.builder.canvas.hit import CanvasHit, CanvasPart
from app.builder.canvas.scene import Scene
from app.builder.canvas.words import layer_name, unit_name
from app.kit.translation import sentence_of, worded
from app.kit.words import wrapped_tip
from engine.graph import Port


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasTooltips", text)


def show_tooltip(widget: QWidget, event: QHelpEvent, text: str) -> None:
    """Show or hide the tooltip."""
    if text:
        QToolTip.showText(event.globalPos(), text, widget)
    else:
        QToolTip.hideText()
        event.ignore()


def tooltip_of_badge(badge: Badge) -> str:
    """Why the badge is there and what helps."""
    return wrapped_tip(badge.words, explanation(badge.verdict))


def tooltip_of(hit: CanvasHit, scene: Scene, edges: EdgeLayer) -> str:
    """What to say about a part of the canvas; empty over bare ground."""
    if hit.edge is not None:
        return _edge(hit, scene, edges)
    if any(bundle.wire == hit.wire for bundle in edges.bundles):
        return wrapped_tip("", _tr("A ribbon of weights. Open a unit to see its own. Click and press Delete to take "
                                   "the wire away."))  # fmt: skip
    if hit.part is CanvasPart.WIRE:
        return wrapped_tip("", _tr("A wire without weights. Click it and press Delete to take it away."))
    if hit.block_id is None:
        return ""
    return _block(scene.layout[hit.block_id], hit, scene)


def _edge(hit: CanvasHit, scene: Scene, edges: EdgeLayer) -> str:
    edge = hit.edge
    if edge is None or edges.bundle_of(edge) is None:
        return ""
    graph = scene.layout.graph
    source, target = graph.block(edge.source), graph.block(edge.target)
    where = _tr("{from_unit} of {source} → {to_unit} of {target}").format(
        from_unit=unit_name(source, edge.column), source=layer_name(graph, edge.source),
        to_unit=unit_name(target, edge.row), target=layer_name(graph, edge.target),
    )  # fmt: skip
    adds = _tr("It adds w times the left unit’s output to the right unit’s z; the wider the line, the larger |w|.")
    return wrapped_tip(where, adds, _tr("Click to change it."))  # the label on the wire has its number, which runs on


def _block(shape: BlockShape, hit: CanvasHit, scene: Scene) -> str:
    port = {CanvasPart.IN_PORT: Port.INPUT, CanvasPart.OUT_PORT: Port.OUTPUT}.get(hit.part)
    found = scene.problems.get(shape.id, ())
    wrong = [sentence_of(p.problem) for p in found if port is None or p.port in (port, Port.BLOCK)]
    return wrapped_tip(_title(shape, hit), *wrong, _use(shape, hit, scene))


def _title(shape: BlockShape, hit: CanvasHit) -> str:
    if hit.part is CanvasPart.NEURON and hit.unit is not None:
        return f"{shape.name} · {unit_name(shape.block, hit.unit)}"
    return " · ".join(part for part in (shape.name, shape.detail) if part)


def _use(shape: BlockShape, hit: CanvasHit, scene: Scene) -> str:
    uses = {
        CanvasPart.IN_PORT: _tr("Input: drag a wire here from another block's output."),
        CanvasPart.OUT_PORT: _tr("Output: drag from here to another block's input."),
        CanvasPart.RESIZE: _tr("Drag down for more units, up for fewer."),
        CanvasPart.FEWER: _tr("One unit fewer; ten with Shift."),
        CanvasPart.MORE: _tr("One unit more; ten with Shift."),
        CanvasPart.FOLD: _tr("Show each pixel as a tile of its own, or the image again (U)."),
    }
    if hit.part in uses:
        return uses[hit.part]
    if hit.part is CanvasPart.NEURON and scene.pixels is not None:
        return _of_images(shape, scene)
    if hit.part is CanvasPart.NEURON and shape.block.declaration.features(shape.block.params) is None:
        return _tr("The map is what this neuron puts out over the plane of the data. Click for its arithmetic.")
    if hit.part is CanvasPart.NEURON:
        return _tr("The map is this feature over the plane of the data.")
    return worded(shape.block.declaration.summary)


def _of_images(shape: BlockShape, scene: Scene) -> str:
    """What a tile shows where the data are images."""
    if shape.picture is not None:
        return _tr("The ink of this pixel in the image that is looked at.")
    if shape.block.declaration.is_end:
        return _tr("Filled as far as the network finds this class likely for the image that is looked at.")
    if scene.layout.picture_into(shape.id) is not None:
        return _tr(
            "The picture is this neuron's weights: ink on blue pixels excites it, ink on orange ones holds it back. "
            "The bar is its answer to the image that is looked at. Click for its arithmetic."
        )
    return _tr("The colour is what this neuron puts out for the image that is looked at. Click for its arithmetic.")
