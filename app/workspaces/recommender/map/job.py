"""Where items lie in a view and the picture of their points: worked out from plain data, in any thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.kit.background import Job
from engine.recommenders.serving.tour import Frame

RADIUS = 480.0
"""Half of the map's height, in scene units."""


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """From coordinates seen through a frame to the scene: ``middle`` (k,) lies in the scene's; ``by``: scene units a
    unit; ``wide``: how much wider than high things are drawn."""

    middle: NDArray[np.float64]
    by: float
    wide: float = 1.0

    def places(self, coordinates: NDArray[np.floating], frame: Frame) -> NDArray[np.float32]:
        """(n, k) to (n, 2) in scene units; up is up."""
        through = frame * (self.by * np.array([self.wide, -1.0]))
        # einsum: a matrix product this thin only wakes the threads of the linear algebra, and waits for them.
        at = np.einsum("nk,kd->nd", coordinates, through.astype(np.float32))
        return np.asarray(at - (self.middle @ through).astype(np.float32), np.float32)


def extents(coordinates: NDArray[np.float32]) -> NDArray[np.float64]:
    """The least and the greatest along each direction, (2, k); zeros where nothing is finite."""
    finite = np.isfinite(coordinates).all(axis=1)
    rows = coordinates if finite.all() else coordinates[finite]
    if not len(rows):
        return np.zeros((2, coordinates.shape[1]))
    return np.stack([rows.min(axis=0), rows.max(axis=0)]).astype(np.float64)


def scaling_of(ends: NDArray[np.float64], wide: float) -> Scaling:
    """The scaling in which what lies between ``ends`` (2, k) is :data:`RADIUS` high along the second direction."""
    height = float(ends[1, 1] - ends[0, 1]) / 2
    return Scaling(ends.mean(axis=0), RADIUS / height if height > 0 else 1.0, wide)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What is looked at: a map through a frame."""

    coordinates: NDArray[np.float32]
    frame: Frame
    scaling: Scaling


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """What to draw. ``width``, ``height``: device pixels, ``ratio`` of them a pixel; ``scale``: device pixels a scene
    unit; ``origin``: the scene point at the top left. ``places``: of this very view, where they are known."""

    view: View
    places: NDArray[np.float32] | None
    codes: NDArray[np.uint8]
    palette: NDArray[np.uint32]
    order: NDArray[np.int32]
    width: int
    height: int
    ratio: float
    scale: float
    origin: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A finished order: ``places`` (n, 2) in scene units, and ``pixels`` (height, width), None where the kernels are
    not loaded yet."""

    order: Order
    places: NDArray[np.float32]
    pixels: NDArray[np.uint32] | None


def placed(view: View) -> NDArray[np.float32]:
    """Where the items lie, (n, 2) in scene units."""
    return view.scaling.places(view.coordinates, view.frame)


def draw(order: Order, _job: Job | None = None) -> Picture:
    """The picture of an order."""
    # numba takes its time to load, so it is imported where no window waits for it.
    from engine.raster.points import PointFrame, PointLook, draw_points

    places = placed(order.view) if order.places is None else order.places
    look = PointLook(order.palette, ratio=order.ratio)
    frame = PointFrame(order.width, order.height, order.scale, order.origin)
    return Picture(order, places, draw_points(places, order.codes, order.order, look, frame))
