"""The edges between neurons, as bundles, and the picture of all of them, drawn away from the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from app.builder.canvas.geometry import SceneLayout
from app.builder.canvas.selection import EdgeRef, NeuronRef
from app.kit import look
from app.kit.background import Background, Job
from app.kit.drawing.marks import Picture, call, rect_of
from app.kit.scene.curves import curve, height_at
from app.kit.scene.viewport import Camera
from engine.graph import Wire
from engine.network import warm
from engine.network.plan import WeightKey

if TYPE_CHECKING:
    from engine.raster.edges import EdgeStyle


DENSE_FROM, DENSEST = 300, 6000
"""Between these numbers of drawn edges lines go from bold to fine, so that many of them stay readable."""
STROKED_BY_HAND = 240
"""How many of the strongest edges QPainter draws while the kernels are not loaded."""
WIDTH_STEPS = 6
MOST_DOTTED = 128
"""Dotted edges of a bundle: more say nothing more."""
DeadUnits = Mapping[str, Collection[int]]
"""By block id, the units through which nothing passes."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The edges of one wire, in scene units. ``weights`` is the target's ``W``, (out, in).

    ``ribbon``: one of the ends is a grid of tiles, so the edges are shown as one ribbon, and only those of a chosen
    unit one by one. ``pixels``: they come from an image and are shown in the tiles.
    """

    wire: Wire
    x0: float
    y0: NDArray[np.float64]
    x1: float
    y1: NDArray[np.float64]
    weights: NDArray[np.float64]
    ribbon: bool = False
    pixels: bool = False

    def strands(self, block_id: str, unit: int) -> list[tuple[int, int]]:
        """The edges, as (row, column), into or out of one unit of either end; those out of an image are in its tile."""
        rows, columns = self.weights.shape
        if block_id == self.wire.source and unit < columns:
            return [(row, unit) for row in range(rows)]
        if block_id == self.wire.target and unit < rows and not self.pixels:
            return [(unit, column) for column in range(columns)]
        return []

    def ends(self, row: int, column: int) -> tuple[QPointF, QPointF]:
        """Where one edge begins and ends."""
        return QPointF(self.x0, self.y0[column]), QPointF(self.x1, self.y1[row])

    def edge(self, row: int, column: int) -> EdgeRef:
        """The name of one edge."""
        return EdgeRef(self.wire.source, self.wire.target, row, column)


def weighs(layout: SceneLayout, wire: Wire) -> bool:
    """Return whether the wire's target multiplies it by weights of its own."""
    return wire.target in layout and wire.source in layout and layout[wire.target].block.declaration.probed


def bundles_of(layout: SceneLayout, weights: Mapping[WeightKey, NDArray[np.float64]]) -> list[Bundle]:
    """A bundle for every weighing wire whose weights are known and fit what is drawn."""
    found = []
    for wire in layout.graph.wires:
        matrix = weights.get((wire.target, "W"))
        if matrix is None or not weighs(layout, wire):
            continue
        source, target = layout[wire.source], layout[wire.target]
        if matrix.shape == (target.pins.size, source.pins.size):
            grids = [shape.tiles is not None and shape.tiles.compact for shape in (source, target)]
            found.append(
                Bundle(
                    wire, source.body.right(), source.pins, target.body.left(), target.pins, matrix,
                    any(grids), layout.picture_into(wire.target) is not None,
                )
            )  # fmt: skip
    return found


def edge_under(
    bundles: list[Bundle], point: QPointF, reach: float, threshold: float, neuron: NeuronRef | None = None
) -> EdgeRef | None:
    """The edge that passes nearest to a scene point, within ``reach``; weights below ``threshold`` do not count, and of
    a ribbon only those of the chosen ``neuron``."""
    best: tuple[float, EdgeRef] | None = None
    for bundle in bundles:
        left, right = min(bundle.x0, bundle.x1), max(bundle.x0, bundle.x1)
        if not left < point.x() < right:
            continue
        heights = height_at(point.x(), bundle.x0, bundle.y0[None, :], bundle.x1, bundle.y1[:, None])
        ahead = height_at(point.x() + 1.0, bundle.x0, bundle.y0[None, :], bundle.x1, bundle.y1[:, None])
        distance = np.abs(heights - point.y()) / np.hypot(1.0, ahead - heights)
        hidden = ~(np.abs(bundle.weights) >= threshold)
        if bundle.ribbon:
            hidden = np.ones(bundle.weights.shape, dtype=bool)
            for strand in bundle.strands(neuron.block_id, neuron.unit) if neuron is not None else ():
                hidden[strand] = False
        distance[hidden] = np.inf
        row, column = np.unravel_index(int(np.argmin(distance)), distance.shape)
        if distance[row, column] <= reach and (best is None or distance[row, column] < best[0]):
            best = float(distance[row, column]), bundle.edge(int(row), int(column))
    return best[1] if best else None


@dataclass(frozen=True, slots=True)
class EdgeOrder:
    """What to draw. ``width``, ``height``: device pixels; ``scale``: device pixels a scene unit; ``origin``: the scene
    point at the top left; ``share``: the strongest share of edges, None for the default of that many edges;
    ``dotted``: the edges of dead units, in scene units."""

    bundles: tuple[Bundle, ...]
    width: int
    height: int
    scale: float
    origin: tuple[float, float]
    positive: int
    negative: int
    share: float | None
    dotted: QPainterPath


@dataclass(frozen=True, slots=True)
class EdgePicture:
    """A finished picture and the order that it answers: the ``share`` of edges drawn and the weakest of them."""

    order: EdgeOrder
    pixels: NDArray[np.uint32]
    share: float
    threshold: float


class EdgeDrawing:
    """One raster with its two buffers, for one job at a time: the next may begin once the picture has been taken."""

    def __init__(self) -> None:
        self._raster: object | None = None
        self._frame: tuple[object, ...] = ()

    def draw(self, order: EdgeOrder, _job: Job) -> EdgePicture:
        """In a background thread: the picture of an order. The image before keeps its pixels, also if this fails."""
        # numba takes its time to load, so it is imported where no window waits for it.
        from engine.raster.edges import EdgeBundle, EdgeRaster, default_share, edge_count, strongest_threshold

        bundles = [EdgeBundle(b.x0, b.y0, b.x1, b.y1, b.weights) for b in order.bundles]
        share = default_share(edge_count(bundles)) if order.share is None else order.share
        threshold = strongest_threshold(bundles, share)
        if self._raster is None:
            self._raster = EdgeRaster()
        raster: EdgeRaster = self._raster  # type: ignore[assignment]
        frame = (order.width, order.height, order.scale, order.origin)
        if frame != self._frame:
            self._frame = ()  # of no order, should this fail half-way
            raster.resize(order.width, order.height, order.scale, order.origin)
            self._frame = frame
        return EdgePicture(order, raster.render(bundles, edge_style(order, share), share=share), share, threshold)


def edge_style(order: EdgeOrder, share: float) -> EdgeStyle:
    """The look of this many edges of these sizes."""
    from engine.raster.edges import EdgeStyle

    drawn = share * sum(bundle.weights.size for bundle in order.bundles)
    crowd = float(np.clip((drawn - DENSE_FROM) / (DENSEST - DENSE_FROM), 0.0, 1.0))
    return EdgeStyle(
        order.positive,
        order.negative,
        reference=reference_weight(order.bundles),
        min_width=0.7,
        max_width=4.2 - 2.4 * crowd,
        opacity=0.85 - 0.25 * crowd,
        faintest=0.34 - 0.24 * crowd,
    )


def reference_weight(bundles: tuple[Bundle, ...]) -> float:
    """The \\|w\\| that is drawn at full strength: a large one of the weights at hand, and never less than 1."""
    sizes = np.concatenate([np.abs(bundle.weights).ravel() for bundle in bundles]) if bundles else np.zeros(1)
    sizes = sizes[np.isfinite(sizes)]
    if sizes.size == 0:
        return 1.0
    rank = max(0, int(0.985 * sizes.size) - 1)
    return max(1.0, float(np.partition(sizes, rank)[rank]))


def kernels_ready() -> bool:
    """Return whether the compiled rasteriser may be used without stalling the window."""
    return warm.ready()


class EdgeLayer(QObject):
    """Holds the latest picture. ``refreshed`` when a new one has arrived, ``given_up(problem)`` when it could not be
    drawn; ``share``: None lets the number decide."""

    refreshed = Signal()
    given_up = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.share: float | None = None
        self.threshold = 0.0
        self.drawn_share = 1.0
        self.bundles: list[Bundle] = []
        self._drawn: list[Bundle] = []
        self._drawing = EdgeDrawing()
        self._background = Background("edges", latest_only=False, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self.given_up)
        self._picture: EdgePicture | None = None
        self._image: QImage | None = None
        self._ordered: EdgeOrder | None = None

    @property
    def edges(self) -> int:
        """How many edges are drawn one by one: those of ribbons are not."""
        return sum(bundle.weights.size for bundle in self._drawn)

    @property
    def current(self) -> bool:
        """Return whether the picture shown answers the latest order."""
        return self._ordered is None or (self._picture is not None and self._picture.order is self._ordered)

    def bundle_of(self, edge: EdgeRef | None) -> Bundle | None:
        """The edges among which this one is drawn; None when it is no longer there."""
        if edge is None:
            return None
        for bundle in self.bundles:
            ends, (rows, columns) = (bundle.wire.source, bundle.wire.target), bundle.weights.shape
            if ends == (edge.source, edge.target) and edge.row < rows and edge.column < columns:
                return bundle
        return None

    def refresh(
        self, bundles: list[Bundle], camera: Camera, size: QSize, ratio: float, dead: DeadUnits | None = None
    ) -> None:
        """Order a picture of these edges for a widget of this size. Those of ``dead`` units are dotted."""
        self.bundles = bundles
        single = [bundle for bundle in bundles if not bundle.ribbon]
        self._drawn = [without(bundle, dead or {}) for bundle in single]
        dotted = dead_edges(single, dead or {})
        if not kernels_ready():
            self._ordered, self._image = None, self._stroke_strongest(camera, size, ratio, dotted)
            self._picture, self.drawn_share = None, min(1.0, STROKED_BY_HAND / max(1, self.edges))
            self.refreshed.emit()
            return
        origin = camera.to_scene(QPointF(0.0, 0.0))
        self._ordered = EdgeOrder(
            tuple(self._drawn),
            round(size.width() * ratio),
            round(size.height() * ratio),
            camera.scale * ratio,
            (origin.x(), origin.y()),
            look.rgb("positive"),
            look.rgb("negative"),
            self.share,
            dotted,
        )
        self._background.request(partial(self._drawing.draw, self._ordered))

    def clear(self) -> None:
        """Show none until the next picture: these are of another network."""
        self._image = self._picture = self._ordered = None

    @Slot(object)
    def _take(self, picture: EdgePicture) -> None:
        self._picture, self.threshold, self.drawn_share = picture, picture.threshold, picture.share
        height, width = picture.pixels.shape
        # The image only looks at the array; the picture that is kept beside it owns the pixels.
        self._image = QImage(picture.pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        self._frame = picture.order.scale, QPointF(*picture.order.origin)
        if not picture.order.dotted.isEmpty():
            self._paint_into(self._image, partial(stroke_dotted, path=picture.order.dotted))
        self.refreshed.emit()

    def picture(self, camera: Camera, ratio: float) -> Picture | None:
        """Draw the picture, in widget pixels. While a pan or zoom is ahead of it, it is shifted or stretched along."""
        if self._image is None:
            return None
        scale, origin = self._frame
        stretch = camera.scale / scale
        place = QRectF(camera.to_view(origin), self._image.size().toSizeF() * stretch)
        if abs(stretch * ratio - 1.0) < 1e-6:
            corner = place.topLeft() * ratio
            place.moveTopLeft(QPointF(round(corner.x()), round(corner.y())) / ratio)
        smooth = abs(stretch * ratio - 1.0) > 1e-6
        return Picture(rect_of(place), call(QImage, self._image), smooth)

    def _stroke_strongest(self, camera: Camera, size: QSize, ratio: float, dotted: QPainterPath) -> QImage:
        image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        self._frame = camera.scale * ratio, camera.to_scene(QPointF(0.0, 0.0))
        self._paint_into(image, self._stroke_drawn)
        self._paint_into(image, partial(stroke_dotted, path=dotted))
        return image

    def _stroke_drawn(self, painter: QPainter) -> None:
        self.threshold = stroke(painter, self._drawn, STROKED_BY_HAND)

    def _paint_into(self, image: QImage, paint: Callable[[QPainter], None]) -> None:
        """Paint in scene units."""
        scale, origin = self._frame
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(scale, scale)
            painter.translate(-origin)
            paint(painter)
        finally:
            painter.end()


def without(bundle: Bundle, dead: DeadUnits) -> Bundle:
    """The edges without those that lead into or out of dead units."""
    rows, columns = dead.get(bundle.wire.target, ()), dead.get(bundle.wire.source, ())
    if not rows and not columns:
        return bundle
    weights = bundle.weights.copy()
    weights[[row for row in rows if row < weights.shape[0]], :] = 0.0
    weights[:, [column for column in columns if column < weights.shape[1]]] = 0.0
    return replace(bundle, weights=weights)


def dead_edges(bundles: list[Bundle], dead: DeadUnits) -> QPainterPath:
    """Return the edges of dead units: no signal goes through them and no gradient comes back."""
    path = QPainterPath()
    for bundle in bundles:
        rows, columns = bundle.weights.shape
        into = [(row, column) for row in dead.get(bundle.wire.target, ()) if row < rows for column in range(columns)]
        out = [(row, column) for column in dead.get(bundle.wire.source, ()) if column < columns for row in range(rows)]
        for row, column in (into + out)[:MOST_DOTTED]:
            curve(*bundle.ends(row, column), path)
    return path


def stroke_dotted(painter: QPainter, path: QPainterPath) -> None:
    """Draw the edges of dead units."""
    line = look.pen(look.faded("text_muted", 0.6), 1.1)
    line.setDashPattern([0.1, 4.0])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(line)
    painter.drawPath(path)


def stroke(painter: QPainter, bundles: list[Bundle], most: int) -> float:
    """Draw the ``most`` strongest edges with QPainter in a few strengths; returns the weakest \\|w\\| drawn."""
    if not bundles:
        return 0.0
    sizes = np.nan_to_num(np.concatenate([np.abs(bundle.weights).ravel() for bundle in bundles]))
    threshold = float(np.partition(sizes, -most)[-most]) if sizes.size > most else 0.0
    reference = reference_weight(tuple(bundles))
    paths = {(sign, step): QPainterPath() for sign in (-1, 1) for step in range(WIDTH_STEPS)}
    for bundle in bundles:
        for row, column in np.argwhere(np.abs(bundle.weights) >= threshold):
            weight = float(bundle.weights[row, column])
            step = min(WIDTH_STEPS - 1, int(abs(weight) / reference * WIDTH_STEPS))
            curve(*bundle.ends(row, column), paths[1 if weight >= 0 else -1, step])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for (sign, step), path in paths.items():
        strength = (step + 0.5) / WIDTH_STEPS
        colour = QColor(look.signed(sign))
        colour.setAlphaF(0.34 + 0.5 * strength)
        painter.setPen(look.pen(colour, 0.7 + 3.9 * strength))
        painter.drawPath(path)
    return threshold
