"""Find what lies under the pointer, and say in a tooltip what it is, what is wrong with it and what it is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QPainterPath, QPainterPathStroker
from PySide6.QtWidgets import QToolTip, QWidget

from app.builder.canvas.badges import Badge
from app.builder.canvas.blocks import caption_area, caption_size
from app.builder.canvas.edges import Bundle, EdgeLayer, edge_under
from app.builder.canvas.geometry import BlockShape, SceneLayout
from app.builder.canvas.scene import Scene
from app.builder.canvas.selection import EdgeRef, NeuronRef, Selection
from app.builder.canvas.wires import drawn_curves, ribbon_band
from app.builder.canvas.words import layer_name, unit_name
from app.kit.scene.viewport import Camera
from app.kit.theme import colour_names
from app.kit.translation import sentence_of, worded
from app.kit.verdict_words import explanation
from app.kit.words import wrapped_tip
from engine.graph import Port, Wire

PORT_RADIUS = 10.0
EDGE_REACH = 8.0


class CanvasPart(Enum):
    """The parts of the canvas that answer to the pointer."""

    NOTHING = auto()
    BODY = auto()
    NEURON = auto()
    IN_PORT = auto()
    OUT_PORT = auto()
    RESIZE = auto()
    FEWER = auto()
    MORE = auto()
    FOLD = auto()
    EDGE = auto()
    WIRE = auto()
    BADGE = auto()


@dataclass(frozen=True, slots=True)
class CanvasHit:
    """One part and whose it is."""

    part: CanvasPart = CanvasPart.NOTHING
    block_id: str | None = None
    unit: int | None = None
    edge: EdgeRef | None = None
    wire: Wire | None = None


NOTHING = CanvasHit()


def hit_test(
    layout: SceneLayout,
    bundles: list[Bundle],
    point: QPointF,
    zoom: float,
    threshold: float,
    neuron: NeuronRef | None = None,
) -> CanvasHit:
    """Find what lies under a scene point, topmost first. Ports and edges keep their reach in pixels at any zoom.
    ``neuron``: the open one, whose edges are shown out of ribbons too."""
    slack = 1.0 / max(zoom, 0.5)
    for shape in reversed(layout.shapes.values()):
        found = _part_of(shape, point, PORT_RADIUS * slack, grips_of(layout, shape, zoom))
        if found is not None:
            return found
    return _drawn_wire(layout, bundles, point, EDGE_REACH * slack, threshold, neuron)


def _drawn_wire(
    layout: SceneLayout, bundles: list[Bundle], point: QPointF, reach: float, threshold: float, neuron: NeuronRef | None
) -> CanvasHit:
    """The wire whose drawing passes within ``reach``: an edge of it, a ribbon of edges, or a wire without weights."""
    edge = edge_under(bundles, point, reach, threshold, neuron)
    if edge is not None:
        wire = next(b.wire for b in bundles if (b.wire.source, b.wire.target) == (edge.source, edge.target))
        return CanvasHit(CanvasPart.EDGE, edge=edge, wire=wire)
    plain = _plain_wire_under(layout, bundles, point, reach)
    if plain is not None:
        return CanvasHit(CanvasPart.WIRE, wire=plain)
    ribbon = next((b.wire for b in bundles if b.ribbon and ribbon_band(b).contains(point)), None)
    return CanvasHit(CanvasPart.WIRE, wire=ribbon) if ribbon is not None else NOTHING


def _part_of(shape: BlockShape, point: QPointF, reach: float, grips: Sequence[QRectF]) -> CanvasHit | None:
    for part, port in ((CanvasPart.IN_PORT, shape.in_port), (CanvasPart.OUT_PORT, shape.out_port)):
        if port is not None and _near(port, point, reach):
            return CanvasHit(part, shape.id)
    for part, handle in (
        (CanvasPart.RESIZE, shape.resize_handle),
        (CanvasPart.FEWER, shape.fewer_handle),
        (CanvasPart.MORE, shape.more_handle),
        (CanvasPart.FOLD, shape.fold_handle),
    ):
        if handle is not None and handle.adjusted(-2, -3, 2, 3).contains(point):
            return CanvasHit(part, shape.id)
    unit = shape.tiles.unit_at(point) if shape.tiles is not None else None
    if unit is not None:
        return CanvasHit(CanvasPart.NEURON, shape.id, unit)
    if any(grip.contains(point) for grip in grips):
        return CanvasHit(CanvasPart.BODY, shape.id)
    return None


def grips_of(layout: SceneLayout, shape: BlockShape, zoom: float) -> tuple[QRectF, ...]:
    """Return where a block can be taken hold of at a zoom: its body, and its caption, which leaves the wires free."""
    body = shape.body.adjusted(-4, -4, 4, 4)
    if shape.tiles is None:
        return (body,)
    body.setTop(shape.caption_rect.bottom())
    return body, caption_area(shape, layout.caption_rooms[shape.id], caption_size(zoom))


def _near(centre: QPointF, point: QPointF, reach: float) -> bool:
    away = centre - point
    return away.x() ** 2 + away.y() ** 2 <= reach**2


def wire_under(layout: SceneLayout, bundles: list[Bundle], point: QPointF) -> Wire | None:
    """The wire that a block dropped at the point would be spliced into: a plain wire, or any bundle of edges."""
    for bundle in bundles:
        left, right = sorted((bundle.x0, bundle.x1))
        top = min(bundle.y0.min(), bundle.y1.min()) - 12.0
        bottom = max(bundle.y0.max(), bundle.y1.max()) + 12.0
        if left < point.x() < right and top < point.y() < bottom:
            return bundle.wire
    return _plain_wire_under(layout, bundles, point, 24.0)


def _plain_wire_under(layout: SceneLayout, bundles: list[Bundle], point: QPointF, reach: float) -> Wire | None:
    """The wire without weights that passes within ``reach`` of the point. A wire that is quite straight bounds a
    rectangle without height, which meets nothing, so all are taken a pixel larger."""
    box = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
    weighed = {bundle.wire for bundle in bundles}
    for wire in layout.graph.wires:
        if wire in weighed or wire.source not in layout or wire.target not in layout:
            continue
        path = drawn_curves(layout, wire)
        if (
            path is not None
            and path.boundingRect().adjusted(-1, -1, 1, 1).intersects(box)
            and _stroked(path, reach).contains(point)
        ):
            return wire
    return None


def _stroked(path: QPainterPath, reach: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * reach)
    stroke = stroker.createStroke(path)
    stroke.setFillRule(Qt.FillRule.WindingFill)  # where strokes cross there is no hole
    return stroke


class CanvasFinder:
    """Goes by what is drawn now: the blocks as they lie, and the edges strong enough to be seen."""

    def __init__(
        self,
        scene: Scene,
        edges: EdgeLayer,
        camera: Camera,
        selection: Selection,
        badge_at: Callable[[QPointF], Badge | None],
    ) -> None:
        self._scene, self._edges, self._camera, self._selection = scene, edges, camera, selection
        self._badge_at = badge_at

    def hit(self, point: QPointF) -> CanvasHit:
        """Find what lies under a widget pixel. A badge without a number is ground."""
        edges, camera = self._edges, self._camera
        at, chosen = camera.to_scene(point), self._selection.neuron
        badge = self._badge_at(at)
        if badge is not None and badge.verdict.delta is not None:
            return CanvasHit(CanvasPart.BADGE, badge.verdict.block_id)
        return hit_test(self._scene.layout, edges.bundles, at, camera.scale, edges.threshold, chosen)

    def wire_under(self, point: QPointF) -> Wire | None:
        """The wire that a block dropped at a scene point would be spliced into."""
        return wire_under(self._scene.layout, self._edges.bundles, point)


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
    """Say why the badge is there, what helps, and what a click shows."""
    asks = "" if badge.verdict.delta is None else _tr("Click to see where the number comes from.")
    return wrapped_tip(badge.words, explanation(badge.verdict), asks)


def tooltip_of(hit: CanvasHit, scene: Scene, edges: EdgeLayer) -> str:
    """Describe a part of the canvas; empty over bare ground."""
    if hit.edge is not None:
        return _edge(hit, scene, edges)
    if any(bundle.wire == hit.wire for bundle in edges.bundles):
        return wrapped_tip("", _tr("A ribbon of weights. Open a unit to see its own. Click and press Delete to "
                                   "remove the wire."))  # fmt: skip
    if hit.part is CanvasPart.WIRE:
        return wrapped_tip("", _tr("A wire without weights. Click it and press Delete to remove it."))
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
        CanvasPart.FOLD: _tr("Show each pixel as its own tile, or the image again (U)."),
    }
    if hit.part in uses:
        return uses[hit.part]
    if hit.part is CanvasPart.NEURON and scene.pixels is not None:
        return _of_images(shape, scene)
    if hit.part is CanvasPart.NEURON and shape.block.declaration.features(shape.block.params) is None:
        return _tr("The map shows this neuron's output over the plane of the data. Click to see the arithmetic.")
    if hit.part is CanvasPart.NEURON:
        return _tr("The map shows this feature over the plane of the data.")
    return worded(shape.block.declaration.summary)


def _of_images(shape: BlockShape, scene: Scene) -> str:
    """Say what a tile shows where the data are images."""
    if shape.picture is not None:
        return _tr("The ink of this pixel in the current image.")
    if shape.block.declaration.is_end:
        return _tr("Filled in proportion to the probability of this class for the current image.")
    if scene.layout.picture_into(shape.id) is not None:
        return _tr(
            "This neuron's weights: ink on {positive} pixels excites it, ink on {negative} ones inhibits it. "
            "The bar is its output for the current image. Click to see the arithmetic."
        ).format(**colour_names())
    return _tr("The colour is this neuron's output for the current image. Click to see the arithmetic.")
