"""Draws the picture of all edges, away from the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.builder.canvas.bundles import Bundle
from app.kit.background import Job

if TYPE_CHECKING:
    from engine.raster.edges import EdgeStyle

DENSE_FROM, DENSEST = 300, 6000
"""Between these numbers of drawn edges lines go from bold to fine, so that many of them stay readable."""


@dataclass(frozen=True, slots=True)
class EdgeOrder:
    """What to draw. ``width``, ``height``: device pixels; ``scale``: device pixels a scene unit; ``origin``: the scene
    point at the top left; ``share``: the strongest share of edges, None for the default of that many edges."""

    bundles: tuple[Bundle, ...]
    width: int
    height: int
    scale: float
    origin: tuple[float, float]
    positive: int
    negative: int
    share: float | None


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
