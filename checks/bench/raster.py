"""The canvas: 8 layers × 64 units joined fully (28,672 edges) at 1400×900, against QPainter with the same
look.

The yardstick is the faster of the two ways in which QPainter makes the same picture: a cubic path an edge,
each with its own pen, or the paths sorted into 16 buckets of width that share a pen. Straight lines, which
are another picture, are timed as well, without a bar.

Since Qt 6 QPainter shares every long span out to a pool of threads, which for thousands of thin curves costs
more than it saves. That is what a program gets, so the bars compare with it; the rows "one thread" show,
without a bar, what QPainter can do where ``QT_NO_GUI_THREADPOOL=1`` forbids it.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, pairwise
from statistics import median

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QImage, QPainter, QPainterPath, QPen

from checks.bench.measure import Row, at_least, at_most, interleaved, median_seconds, seconds
from engine.raster.edges import EdgeBundle, EdgeRaster, EdgeStyle, strongest_threshold, thinned, warm
from engine.raster.heatmap import colourise, diverging_palette

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


def curve(x0: float, y0: float, x1: float, y1: float) -> QPainterPath:
    """The rasteriser's curve as a path."""
    path = QPainterPath(QPointF(x0, y0))
    middle = 0.5 * (x0 + x1)
    path.cubicTo(middle, y0, middle, y1, x1, y1)
    return path


def draw_paths(painter: QPainter, edges: list[Edge], style: EdgeStyle) -> None:
    """A cubic path an edge, each with its own pen."""
    for *ends, weight in edges:
        painter.setPen(pen(weight, style))
        painter.drawPath(curve(*ends))


def draw_lines(painter: QPainter, edges: list[Edge], style: EdgeStyle) -> None:
    """A straight line an edge, in buckets that share a pen: another, simpler picture."""
    for weight, bucket in in_buckets(edges, style).items():
        painter.setPen(pen(weight, style))
        painter.drawLines([QLineF(*ends) for *ends, _ in bucket])


def draw_bucketed_paths(painter: QPainter, edges: list[Edge], style: EdgeStyle) -> None:
    """A cubic path an edge, in buckets that share a pen."""
    for weight, bucket in in_buckets(edges, style).items():
        painter.setPen(pen(weight, style))
        for *ends, _ in bucket:
            painter.drawPath(curve(*ends))


def in_buckets(edges: list[Edge], style: EdgeStyle) -> dict[float, list[Edge]]:
    """The edges by the middle weight of their bucket, 16 a sign."""
    buckets: dict[float, list[Edge]] = {}
    for edge in edges:
        step = min(int(abs(edge[4]) / style.reference * BUCKETS), BUCKETS - 1)
        middle = (step + 0.5) / BUCKETS * style.reference
        buckets.setdefault(math.copysign(middle, edge[4]), []).append(edge)
    return buckets


SAME_LOOK: dict[str, Draw] = {"curves": draw_paths, "curves in buckets": draw_bucketed_paths}
WAYS: dict[str, Draw] = {**SAME_LOOK, "straight lines in buckets": draw_lines}


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


def time_painter(share: float) -> dict[str, float]:
    """Seconds that QPainter takes for one frame, by way of drawing."""
    bundles = network(0)
    style, edges = thinned(STYLE, bundles, share), strongest_edges(bundles, share)
    return {way: seconds(lambda draw=draw: paint(draw, edges, style)) for way, draw in WAYS.items()}


def time_single_threaded_painter(share: float) -> dict[str, float]:
    """The same in a process whose QPainter keeps to one thread."""
    script = f"import json; from checks.bench.raster import time_painter; print(json.dumps(time_painter({share})))"
    environment = {**os.environ, "QT_NO_GUI_THREADPOOL": "1"}
    answer = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return {way: float(took) for way, took in json.loads(answer.stdout).items()}


def compare(share: float, label: str, bar: float, turns: int) -> Iterator[Row]:
    """QPainter against the rasteriser on the same edges, all weights changing from frame to frame."""
    frames = [network(seed) for seed in range(4)]
    style = thinned(STYLE, frames[0], share)
    edges = strongest_edges(frames[0], share)
    raster = EdgeRaster(WIDTH, HEIGHT)
    coming = cycle(frames)

    def rasterise() -> None:
        raster.render(next(coming), style, share=share)

    usual, single = time_painter(share), time_single_threaded_painter(share)
    fastest = min(SAME_LOOK, key=usual.__getitem__)
    ratios = interleaved(lambda: paint(WAYS[fastest], edges, style), rasterise, turns)
    rasterised = median_seconds(rasterise, 15)
    yield Row(f"{label}: rasteriser", 1e3 * rasterised, "ms")
    for way in WAYS:
        yield Row(f"{label}: QPainter, {way}", 1e3 * usual[way], "ms")
        yield Row(f"{label}: QPainter, {way}, one thread", 1e3 * single[way], "ms")
    yield at_least(f"{label}: QPainter, {fastest} ÷ rasteriser", median(ratios), "×", bar)
    yield Row(f"{label}: the same, one thread", min(single[way] for way in SAME_LOOK) / rasterised, "×")


def run() -> list[Row]:
    """Measure the edges, the blit and the heat maps."""
    application = QGuiApplication.instance() or QGuiApplication([])
    warm()
    rows = [*compare(1.0, "all 28,672 edges", 30.0, 3), *compare(0.25, "strongest quarter", 100.0, 5)]
    bundles, raster = network(0), EdgeRaster(WIDTH, HEIGHT)
    pixels = raster.render(bundles, thinned(STYLE, bundles))
    target = QImage(WIDTH, HEIGHT, PREMULTIPLIED)
    target.fill(0)
    rows.append(
        at_most(
            "all edges: blit, the GUI thread's share", 1e3 * median_seconds(lambda: blit(pixels, target), 30), "ms", 4.0
        )
    )
    one_gap = median_seconds(lambda: raster.render(bundles, STYLE, gap=3), 15)
    rows.append(Row("all edges: one gap refreshed", 1e3 * one_gap, "ms"))
    outputs = np.random.default_rng(0).uniform(-1.0, 1.0, (LAYERS * UNITS, 25, 25)).astype(np.float32)
    palette = diverging_palette(0xFF9838, 0x20262E, 0x54A3FF)
    rows.append(
        Row("heat maps of 512 neurons, 25×25", 1e3 * median_seconds(lambda: colourise(outputs, palette), 15), "ms")
    )
    del application
    return rows
