"""Many points as one picture, in which dense places stay made of points.

In order of importance each point asks how many more important ones share its cell of a grid: the first few are drawn
in full, those after them smaller and fainter, so that the ink of a cell grows far more slowly than its crowd. The grid
lies in the scene, and its cells halve as the picture is enlarged: panning changes nothing, zooming in brings out more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.kernel_cache import compiled

Array = Any
"""A numpy array; numba specialises on its dtype and layout at the call."""

CELL = 12.0
"""The least side of a cell, in pixels of a plain screen; the greatest is twice that."""
FULL = 3.0
"""So many points of the smallest cell are drawn in full; larger ones hold as many for each of their area."""
LAST = 0.05
"""Of a crowd as many are drawn as this makes of those in full: more would add nothing that can be seen."""
FADE = 0.7
"""How fast a crowd fades: the opacity of its k-th goes by k to the minus this."""
SMALLEST = 0.55
"""The share of the radius that is left to the last of a crowd."""
ROOM = 0.14
"""The share of the picture that the points in sight would cover, drawn in full, if their radius were free."""


@dataclass(frozen=True, slots=True)
class PointLook:
    """How points look. ``palette`` (m,): ``0xRRGGBB``; ``least``, ``most``: radii on a plain screen, in pixels, between
    which the number of points in sight decides; ``opacity`` 0 to 1; ``ratio``: device pixels a pixel."""

    palette: NDArray[np.uint32]
    least: float = 1.5
    most: float = 3.2
    opacity: float = 0.85
    ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class PointFrame:
    """What is in sight: ``width`` × ``height`` device pixels, ``scale`` of them a scene unit, from ``origin`` on."""

    width: int
    height: int
    scale: float
    origin: tuple[float, float]


def draw_points(
    places: NDArray[np.float32],
    colours: NDArray[np.uint8],
    order: NDArray[np.int32],
    look: PointLook,
    frame: PointFrame,
) -> NDArray[np.uint32]:
    """A picture, premultiplied ARGB32 (height, width), of points on nothing.

    ``places`` (n, 2) in scene units, one that is not finite is left out; ``colours`` (n,): rows of the palette;
    ``order`` (n,): the most important first. Raises ValueError where these do not fit one another.
    """
    _check(places, colours, order, look)
    image = np.zeros((max(1, frame.height), max(1, frame.width)), np.uint32)
    ranks = np.empty(len(places), np.int32)
    level = 2.0 ** np.floor(np.log2(frame.scale / look.ratio))  # of enlargement, in whole steps
    cell = CELL / level
    left, top = frame.origin
    columns = int(frame.width / frame.scale / cell) + 3
    rows = int(frame.height / frame.scale / cell) + 3
    counts = np.zeros((rows, columns), np.int32)
    room = np.array([left, top, frame.width / frame.scale, frame.height / frame.scale, cell])
    seen = _rank(places, order, room, counts, ranks)
    if seen:
        free = np.sqrt(ROOM * image.size / (np.pi * seen))
        radius = float(np.clip(free, look.least * look.ratio, look.most * look.ratio))
        full = FULL * (frame.scale / look.ratio / level) ** 2
        pen = np.array([left, top, frame.scale, radius, full, look.opacity])
        _draw(places, order, ranks, colours, look.palette.astype(np.int64), pen, image)
    return image


def _check(places: Array, colours: Array, order: Array, look: PointLook) -> None:
    """The kernels index without bounds checks."""
    count = len(places)
    if places.shape != (count, 2) or colours.shape != (count,) or order.shape != (count,):
        raise ValueError(f"places {places.shape}, colours {colours.shape} and order {order.shape} do not fit")
    if count and (int(colours.max()) >= len(look.palette) or int(order.min()) < 0 or int(order.max()) >= count):
        raise ValueError("a colour or a place in the order does not exist")


@compiled(nogil=True, error_model="numpy")
def _rank(places: Array, order: Array, room: Array, counts: Array, ranks: Array) -> int:
    """Enter how many more important points share each point's cell, −1 for those out of sight; how many are in sight.

    ``room``: left, top, width, height and the cells' side, in scene units.
    """
    left, top, width, height, cell = room[0], room[1], room[2], room[3], room[4]
    margin = 0.5 * cell
    first_column, first_row = np.floor((left - margin) / cell), np.floor((top - margin) / cell)
    seen = 0
    for k in range(order.shape[0]):
        i = order[k]
        x, y = places[i, 0], places[i, 1]
        ranks[i] = -1
        if not (left - margin <= x < left + width + margin and top - margin <= y < top + height + margin):
            continue  # also what is not a number
        column, row = int(np.floor(x / cell) - first_column), int(np.floor(y / cell) - first_row)
        if 0 <= row < counts.shape[0] and 0 <= column < counts.shape[1]:
            ranks[i] = counts[row, column]
            counts[row, column] += 1
            seen += 1
    return seen


@compiled(nogil=True, error_model="numpy")
def _draw(places: Array, order: Array, ranks: Array, colours: Array, palette: Array, pen: Array, image: Array) -> None:
    """Draw the least important first. ``pen``: left, top, scale, radius, how many of a cell are full, opacity."""
    left, top, scale, radius, full, opacity = pen[0], pen[1], pen[2], pen[3], pen[4], pen[5]
    for k in range(order.shape[0] - 1, -1, -1):
        i = order[k]
        if ranks[i] < 0:
            continue
        part = min(1.0, full / (ranks[i] + 1.0))
        if part < LAST:
            continue
        size = radius * max(SMALLEST, np.sqrt(part))
        x, y = (places[i, 0] - left) * scale, (places[i, 1] - top) * scale
        _stamp(image, x, y, size, 256.0 * opacity * part**FADE, palette[colours[i]])


@compiled(nogil=True, error_model="numpy")
def _stamp(image: Array, x: float, y: float, radius: float, strength: float, colour: int) -> None:
    """Lay one antialiased disc over the picture; ``strength``: its opacity, 0 to 256."""
    height, width = image.shape
    reach = radius + 0.5
    first, last = max(0, int(np.floor(x - reach))), min(width, int(np.ceil(x + reach)))
    above, below = max(0, int(np.floor(y - reach))), min(height, int(np.ceil(y + reach)))
    red_blue, alpha_green = np.uint32(colour & 0xFF00FF), np.uint32(0xFF0000 | (colour >> 8 & 0xFF))
    mask, eight, whole = np.uint32(0xFF00FF), np.uint32(8), np.float32(1.0)
    edge, most = np.float32(reach), np.float32(strength)
    for row in range(above, below):
        down = np.float32(row + 0.5 - y)
        for column in range(first, last):
            across = np.float32(column + 0.5 - x)
            cover = min(whole, max(np.float32(0.0), edge - np.sqrt(across * across + down * down)))
            mine = np.uint32(most * cover)
            under, theirs = image[row, column], np.uint32(256) - mine
            odd = ((under & mask) * theirs + red_blue * mine) >> eight & mask
            even = (((under >> eight) & mask) * theirs + alpha_green * mine) & ~mask
            image[row, column] = even | odd


def warm() -> None:
    """Compile the kernels (seconds, the first time) or load them from the cache (a moment)."""
    one = np.zeros((1, 2), np.float32)
    look = PointLook(np.zeros(1, np.uint32))
    draw_points(one, np.zeros(1, np.uint8), np.zeros(1, np.int32), look, PointFrame(2, 2, 1.0, (-1.0, -1.0)))
