"""Every edge between neurons in one image: curves coloured by sign, width and strength by |w|."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.raster import kernels
from engine.raster.colours import channels
from engine.raster.curve import column_span, column_table

SHOW_ALL_UP_TO = 5_000
"""Up to this many edges every one is drawn; beyond it, by default, the strongest quarter."""

_FARTHEST = 1e6
"""Pixels: ports farther out than this are held there, so that the kernels' arithmetic stays exact."""

_SMALLEST_REFERENCE = 1e-30
"""A reference of 0 (all weights zero) would divide by zero."""


@dataclass(frozen=True, slots=True)
class EdgeBundle:
    """One wire between two blocks, drawn neuron to neuron.

    ``x0``, ``x1``: where the edges leave and arrive; ``y0`` (m,), ``y1`` (n,): the ports' heights, all in
    scene units; ``weights`` (n, m): (out, in), as ``W``. A weight that is not a number is not drawn.
    """

    x0: float
    y0: NDArray[np.float64]
    x1: float
    y1: NDArray[np.float64]
    weights: NDArray[np.float64]

    def __post_init__(self) -> None:
        """The kernels index without bounds checks, so the shapes are checked here. Raises ValueError."""
        if self.weights.shape != (len(self.y1), len(self.y0)):
            raise ValueError(f"weights {self.weights.shape} do not join {len(self.y0)} to {len(self.y1)} ports")
        if not all(np.isfinite(place).all() for place in (self.x0, self.x1, self.y0, self.y1)):
            raise ValueError("ports must be at finite places")


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """How edges look. Colours are ``0xRRGGBB``, widths scene units, opacities 0 to 1.

    ``reference`` is the |w| that gives ``max_width`` and ``opacity``; below it both fall linearly to
    ``min_width`` and ``faintest``; above it they stay.
    """

    positive: int
    negative: int
    reference: float = 1.0
    min_width: float = 0.8
    max_width: float = 5.0
    opacity: float = 0.85
    faintest: float = 0.35


def thinned(style: EdgeStyle, bundles: Sequence[EdgeBundle], share: float = 1.0) -> EdgeStyle:
    """``style`` made finer where edges would cover each other: a wide layer stays a weave, not a block.

    A bundle's crowding is the ink of its edges at full strength over the height that they share. Up to 1
    nothing changes; beyond it widths and opacities fall until their product makes up for it (widths more than
    opacities).
    """
    crowding = max((_crowding(style, bundle, share) for bundle in bundles), default=0.0)
    if crowding <= 1.0:
        return style
    finer, fainter = crowding**-0.6, crowding**-0.4
    return replace(
        style,
        min_width=style.min_width * finer,
        max_width=style.max_width * finer,
        opacity=style.opacity * fainter,
        faintest=style.faintest / crowding,
    )


def _crowding(style: EdgeStyle, bundle: EdgeBundle, share: float) -> float:
    ink = share * bundle.weights.size * style.max_width * style.opacity
    height = max(float(np.ptp(y)) if len(y) else 0.0 for y in (bundle.y0, bundle.y1))
    return ink / (height + 2.0 * style.max_width)


def edge_count(bundles: Sequence[EdgeBundle]) -> int:
    """How many edges the bundles hold."""
    return sum(bundle.weights.size for bundle in bundles)


def default_share(edges: int) -> float:
    """The share of edges to draw unless the person chooses: all up to 5,000, then a quarter."""
    return 1.0 if edges <= SHOW_ALL_UP_TO else 0.25


def strongest_threshold(bundles: Sequence[EdgeBundle], share: float) -> float:
    """The |w| that the strongest ``share`` (0 to 1) of all edges reach; 0 for a share of 1.

    Edges that tie with it are drawn too. Weights that are not numbers count as the weakest. Returns infinity
    for an empty selection.
    """
    total = edge_count(bundles)
    kept = min(total, round(share * total))
    if kept == total:
        return 0.0
    if kept <= 0:
        return float("inf")
    sizes = np.concatenate([np.abs(bundle.weights, dtype=np.float64).ravel() for bundle in bundles])
    np.copyto(sizes, -1.0, where=np.isnan(sizes))
    return max(0.0, float(np.partition(sizes, total - kept)[total - kept]))


class EdgeRaster:
    """Draws bundles of edges into its own image, premultiplied ARGB32 (height, width).

    There are two buffers, so a worker thread may render while the window blits the image before: an image
    that ``render`` has returned keeps its pixels until the call after the next.
    """

    def __init__(self, width: int = 1, height: int = 1) -> None:
        self._table = np.empty(0, np.float32)
        self.resize(width, height)

    def resize(self, width: int, height: int, scale: float = 1.0, origin: tuple[float, float] = (0.0, 0.0)) -> None:
        """Take an image of ``width`` × ``height`` device pixels and forget what was drawn.

        ``scale``: device pixels a scene unit (device pixel ratio × zoom); ``origin``: the scene point at the
        top left.
        """
        shape = (max(1, height), max(1, width))
        self._front = np.zeros(shape, np.uint32)
        self._back = np.zeros(shape, np.uint32)
        self._scale = scale
        self._origin = origin

    @property
    def image(self) -> NDArray[np.uint32]:
        """The image that was finished last; all transparent before the first ``render``."""
        return self._front

    def render(
        self, bundles: Sequence[EdgeBundle], style: EdgeStyle, *, share: float = 1.0, gap: int | None = None
    ) -> NDArray[np.uint32]:
        """Draw the strongest ``share`` of the edges and return the finished image.

        With ``gap`` only the columns that ``bundles[gap]`` covers are drawn anew (every bundle within them);
        the others are kept from the last image.
        """
        placed = [self._place(bundle) for bundle in bundles]
        wires, columns = _columns(placed, self._back.shape[1])
        first, last = 0, self._back.shape[1]
        if gap is not None:
            first, last = int(wires[gap, 0]), int(wires[gap, 1])
            np.copyto(self._back, self._front)
        self._back[:, first:last] = 0
        self._collect(placed, wires, style, strongest_threshold(bundles, share))
        kernels.draw_columns(first, last, wires, columns, self._table, _colours(style), style.opacity, self._back)
        self._front, self._back = self._back, self._front
        return self._front

    def _place(self, bundle: EdgeBundle) -> EdgeBundle:
        """The bundle in device pixels."""
        x0, x1 = ((x - self._origin[0]) * self._scale for x in (bundle.x0, bundle.x1))
        if abs(x1 - x0) < 1.0:
            x1 = x0 + 1.0  # blocks right above each other: a wire one pixel wide
        y0, y1 = (
            np.clip((np.asarray(y, np.float64) - self._origin[1]) * self._scale, -_FARTHEST, _FARTHEST)
            for y in (bundle.y0, bundle.y1)
        )
        return EdgeBundle(x0, y0, x1, y1, np.ascontiguousarray(bundle.weights, np.float64))

    def _collect(
        self, bundles: Sequence[EdgeBundle], wires: NDArray[np.int64], style: EdgeStyle, threshold: float
    ) -> None:
        """Fill the edge table; enter each wire's base in it and number of edges in ``wires``."""
        chunks = [-(-bundle.weights.size // kernels.CHUNK) for bundle in bundles]
        if sum(chunks) * kernels.CHUNK_SIZE > self._table.size:
            self._table = np.empty(sum(chunks) * kernels.CHUNK_SIZE, np.float32)
        widths = (style.min_width * self._scale, style.max_width * self._scale)
        look = np.array([max(style.reference, _SMALLEST_REFERENCE), *widths, style.faintest, style.opacity])
        rows, base = self._back.shape[0] + 2, 0
        for wire, bundle in enumerate(bundles):
            count = kernels.collect_edges(
                bundle.weights, bundle.y0, bundle.y1, threshold, look, rows, self._table, base
            )
            wires[wire, 3:] = base, count
            base += chunks[wire] * kernels.CHUNK_SIZE


def _columns(bundles: Sequence[EdgeBundle], width: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The first three entries of each row of ``kernels.draw_columns``' wires, and its columns."""
    wires = np.zeros((len(bundles), 5), np.int64)
    tables = [np.empty((0, 3))]
    start = 0
    for wire, bundle in enumerate(bundles):
        first, last = column_span(bundle.x0, bundle.x1, width)
        wires[wire, :3] = first, last, start
        tables.append(column_table(bundle.x0, bundle.x1, first, last))
        start += last - first
    return wires, np.concatenate(tables)


def _colours(style: EdgeStyle) -> NDArray[np.float32]:
    """The two colours as (2, 3) red, green, blue."""
    return np.stack([channels(style.positive), channels(style.negative)]).astype(np.float32)


def warm() -> None:
    """Compile the kernels (seconds, the first time) or load them from the cache (0.2 s), for weights that may be
    written and for those of a snapshot, which may not."""
    for writable in (True, False):
        weights = np.ones((1, 1))
        weights.flags.writeable = writable
        wire = EdgeBundle(0.0, np.zeros(1), 4.0, np.ones(1), weights)
        EdgeRaster(4, 4).render([wire], EdgeStyle(0x0000FF, 0xFF8000))
