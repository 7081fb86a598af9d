"""Where items lie in a view and the picture of their points: worked out from plain data, in any thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.kit.background import Job
from engine.recommenders.serving.tour import Frame, between

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
        stretch = self.by * np.array([self.wide, -1.0])
        at = (coordinates - self.middle.astype(np.float32)) @ (frame * stretch).astype(np.float32)
        return np.ascontiguousarray(at, np.float32)


def scaling_of(coordinates: NDArray[np.float32], frame: Frame, wide: float = 1.0) -> Scaling:
    """The scaling in which what the frame shows is :data:`RADIUS` high."""
    finite = coordinates[np.isfinite(coordinates).all(axis=1)].astype(np.float64)
    if not len(finite):
        return Scaling(np.zeros(coordinates.shape[1]), 1.0, wide)
    middle = (finite.min(axis=0) + finite.max(axis=0)) / 2
    height = float(np.abs((finite - middle) @ frame[:, 1]).max())
    return Scaling(middle, RADIUS / height if height > 0 else 1.0, wide)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What is looked at: the map between two epochs, through a frame."""

    first: NDArray[np.float32]
    second: NDArray[np.float32] | None
    share: float
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
    return view.scaling.places(between(view.first, view.second, view.share), view.frame)


def draw(order: Order, _job: Job | None = None) -> Picture:
    """The picture of an order."""
    # numba takes its time to load, so it is imported where no window waits for it.
    from engine.raster.points import PointFrame, PointLook, draw_points

    places = placed(order.view) if order.places is None else order.places
    look = PointLook(order.palette, ratio=order.ratio)
    frame = PointFrame(order.width, order.height, order.scale, order.origin)
    return Picture(order, places, draw_points(places, order.codes, order.order, look, frame))
