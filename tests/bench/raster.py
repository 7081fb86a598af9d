"""The canvas: 8 layers × 64 units joined fully (28,672 edges) at 1400×900, against QPainter with the same
look.

QPainter is timed in three ways, and the fastest of them is the yardstick: a cubic path an edge with its own
pen (the same picture), a straight line an edge with its own pen, and straight lines in 16 buckets of width
(both draw less than the rasteriser does, so the ratios err on QPainter's side).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, pairwise
from statistics import median

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QImage, QPainter, QPainterPath, QPen

from engine.raster.edges import EdgeBundle, EdgeRaster, EdgeStyle, strongest_threshold, thinned, warm
from engine.raster.heatmap import colourise, diverging_palette
from tests.bench.measure import Row, at_least, at_most, interleaved, median_seconds, seconds

WIDTH, HEIGHT = 1400, 900
LAYERS, UNITS = 8, 64
BUCKETS = 16
STYLE = EdgeStyle(positive=0x54A3FF, negative=0xFF9838, reference=0.9)
PREMULTIPLIED = QImage.Format.Format_ARGB32_Premultiplied

Edge = tuple[float, float, float, float, float]
"""x0, y0, x1, y1 and the weight."""
Draw = Callable[[QPainter, list[Edge], EdgeStyle], None]


def network(seed: int, layers: int = LAYERS, units: int = UNITS) -> list[EdgeBundle]:
    """A fully connected network spread over the image, with random weights."""
    random = np.random.default_rng(seed)
    x = np.linspace(40.0, WIDTH - 40.0, layers)
    y = np.linspace(20.0, HEIGHT - 20.0, units)
    return [
        EdgeBundle(left + 10.0, y, right - 10.0, y, random.normal(0.0, 0.3, (units, units)))
        for left, right in pairwise(x)
    ]


def strongest_edges(bundles: list[EdgeBundle], share: float) -> list[Edge]:
    """The edges one by one, as QPainter takes them."""
    threshold = strongest_threshold(bundles, share)
    return [
        (bundle.x0, float(bundle.y0[i]), bundle.x1, float(bundle.y1[j]), float(weight))
        for bundle in bundles
        for (j, i), weight in np.ndenumerate(bundle.weights)
        if abs(weight) >= threshold
    ]


def pen(weight: float, style: EdgeStyle) -> QPen:
    """The pen with which QPainter gives an edge the rasteriser's look."""
    strength = min(abs(weight) / style.reference, 1.0)
    colour = QColor(style.positive if weight >= 0.0 else style.negative)
    colour.setAlphaF(style.faintest + (style.opacity - style.faintest) * strength)
    width = style.min_width + (style.max_width - style.min_width) * strength
    return QPen(QBrush(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)


def draw_paths(painter: QPainter, edges: list[Edge], style: EdgeStyle) -> None:
    """A cubic path an edge, each with its own pen."""
    for x0, y0, x1, y1, weight in edges:
        path = QPainterPath(QPointF(x0, y0))
        middle = 0.5 * (x0 + x1)
        path.cubicTo(middle, y0, middle, y1, x1, y1)
        painter.setPen(pen(weight, style))
        painter.drawPath(path)


def draw_lines(painter: QPainter, edges: list[Edge], style: EdgeStyle) -> None:
    """A straight line an edge, each with its own pen."""
    for *ends, weight in edges:
        painter.setPen(pen(weight, style))
        painter.drawLine(QLineF(*ends))


def draw_buckets(painter: QPainter, edges: list[Edge], style: EdgeStyle) -> None:
    """Straight lines in 16 buckets of width a sign, a pen a bucket."""
    buckets: dict[float, list[QLineF]] = {}
    for *ends, weight in edges:
        step = min(int(abs(weight) / style.reference * BUCKETS), BUCKETS - 1)
        middle = float(np.copysign((step + 0.5) / BUCKETS * style.reference, weight))
        buckets.setdefault(middle, []).append(QLineF(*ends))
    for weight, lines in buckets.items():
        painter.setPen(pen(weight, style))
        painter.drawLines(lines)


def paint(draw: Draw, edges: list[Edge], style: EdgeStyle) -> QImage:
    """One frame by QPainter, antialiased, into a fresh image."""
    image = QImage(WIDTH, HEIGHT, PREMULTIPLIED)
    image.fill(0)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, edges, style)
    finally:
        painter.end()
    return image


def blit(pixels: np.ndarray, target: QImage) -> None:
    """The GUI thread's own share of a frame: wrap the finished array and draw it."""
    image = QImage(pixels.data, WIDTH, HEIGHT, 4 * WIDTH, PREMULTIPLIED)
    painter = QPainter(target)
    try:
        painter.drawImage(0, 0, image)
    finally:
        painter.end()


def compare(share: float, label: str, bar: float, turns: int) -> Iterator[Row]:
    """QPainter against the rasteriser on the same edges, all weights changing from frame to frame."""
    frames = [network(seed) for seed in range(4)]
    style = thinned(STYLE, frames[0], share)
    edges = strongest_edges(frames[0], share)
    raster = EdgeRaster(WIDTH, HEIGHT)
    coming = cycle(frames)

    def rasterise() -> None:
        raster.render(next(coming), style, share=share)

    took = {
        draw: seconds(lambda draw=draw: paint(draw, edges, style)) for draw in (draw_paths, draw_lines, draw_buckets)
    }
    fastest = min(took, key=took.__getitem__)
    ratios = interleaved(lambda: paint(fastest, edges, style), rasterise, turns)
    yield Row(f"edges, {label}: rasteriser", 1e3 * median_seconds(rasterise, 15), "ms")
    for draw, took_seconds in took.items():
        yield Row(f"edges, {label}: QPainter {draw.__name__}", 1e3 * took_seconds, "ms")
    yield at_least(f"edges, {label}: fastest QPainter ÷ rasteriser", median(ratios), "×", bar)


def run() -> list[Row]:
    """Measure the edges, the blit and the heat maps."""
    application = QGuiApplication.instance() or QGuiApplication([])
    warm()
    rows = [*compare(1.0, "all 28,672", 30.0, 3), *compare(0.25, "strongest quarter", 100.0, 5)]
    bundles, raster = network(0), EdgeRaster(WIDTH, HEIGHT)
    pixels = raster.render(bundles, thinned(STYLE, bundles))
    target = QImage(WIDTH, HEIGHT, PREMULTIPLIED)
    target.fill(0)
    rows.append(
        at_most(
            "edges: blit, the GUI thread's share", 1e3 * median_seconds(lambda: blit(pixels, target), 30), "ms", 4.0
        )
    )
    one_gap = median_seconds(lambda: raster.render(bundles, STYLE, gap=3), 15)
    rows.append(Row("edges: one gap refreshed", 1e3 * one_gap, "ms"))
    outputs = np.random.default_rng(0).uniform(-1.0, 1.0, (LAYERS * UNITS, 25, 25)).astype(np.float32)
    palette = diverging_palette(0xFF9838, 0x20262E, 0x54A3FF)
    rows.append(
        Row("heat maps of 512 neurons, 25×25", 1e3 * median_seconds(lambda: colourise(outputs, palette), 15), "ms")
    )
    del application
    return rows
