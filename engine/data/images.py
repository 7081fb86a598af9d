"""Data whose rows are images: which columns are pixels, and how a drawing becomes the image that a network sees.

A drawing is treated the way scikit-learn's digits were made (Alpaydin and Kaynak 1998, after the preprocessing of
NIST's form-based handprint recognition system, NISTIR 5469): the ink is brought to one size, upright in the middle of
a bitmap, with strokes as wide as give the usual amount of ink; the bitmap is cut into square blocks; a pixel is the
number of inked dots of its block. In those images, all 1,797 of them, the ink fills the whole height and about 20 of
32 dots across, and covers some 30 % of the bitmap whichever the digit, the thin 1 included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Stroke = Sequence[tuple[float, float]]
"""Places of the pen, x to the right and y downwards, in any unit."""

UPRIGHT = 0.75
"""The share of a drawing's slant that is taken away."""
INK_ACROSS = 18 / 32
"""The width that the ink is brought to, as a share of the bitmap's …"""
MOST_STRETCH = 1.3
"""… but at most so many times as much as its height is, either way: a bare 1 stays narrow."""
LEAST_STEP = 0.6
"""Places of the pen nearer to each other than this many dots are one."""
INK_SHARE = 0.3
"""The share of the bitmap's dots that strokes are widened or thinned to cover …"""
PEN = (3 / 32, 4.4 / 32, 9 / 32)
"""… within the first and the last of these widths, as shares of the bitmap's height; the middle one is usual."""


@dataclass(frozen=True, slots=True)
class ImageShape:
    """The pixels of every row: ``columns`` of the data set from the top left, line by line, each the number of inked
    dots (0 … ``full``) of a square of ``block`` · ``block`` dots."""

    height: int
    width: int
    columns: tuple[int, ...]
    block: int = 4

    @property
    def full(self) -> float:
        """The value of a pixel that is all ink; 0 is none."""
        return float(self.block**2)


def image_of(shape: ImageShape, strokes: Sequence[Stroke]) -> Floats:
    """What is seen of a drawing: (height, width) of 0 … ``shape.full``, whole numbers. Nothing drawn is all 0."""
    bitmap = bitmap_of(shape, strokes)
    return count_blocks(bitmap, shape.block)


def count_blocks(bitmap: NDArray[np.bool_], block: int) -> Floats:
    """The number of inked dots in every ``block`` · ``block`` square of a bitmap whose sides are multiples of it."""
    high, wide = bitmap.shape[0] // block, bitmap.shape[1] // block
    counts: Floats = bitmap.reshape(high, block, wide, block).sum(axis=(1, 3)).astype(np.float64)
    return counts


def bitmap_of(shape: ImageShape, strokes: Sequence[Stroke]) -> NDArray[np.bool_]:
    """The drawing on a bitmap of (height · block, width · block) dots, at its normal size, place and stroke width."""
    high, wide = shape.height * shape.block, shape.width * shape.block
    pieces = [np.asarray(stroke, dtype=np.float64).reshape(-1, 2) for stroke in strokes if len(stroke)]
    if not pieces:
        return np.zeros((high, wide), dtype=bool)
    thin, usual, thick = (width * high / 2 for width in PEN)
    pieces = _upright(pieces)
    scale, shift = _fit(np.concatenate(pieces), high, wide, usual)
    down, across = np.mgrid[0:high, 0:wide] + 0.5
    away = np.full((high, wide), np.inf)
    for piece in pieces:
        path = _thinned(piece * scale + shift)
        ends = path[1:] if len(path) > 1 else path
        for start, end in zip(path, ends, strict=False):
            np.minimum(away, _distance(across, down, start, end), out=away)
    reach = float(np.clip(np.quantile(away, INK_SHARE), thin, thick))
    return away <= reach


def _thinned(path: Floats) -> Floats:
    """The path without the places that lie within :data:`LEAST_STEP` of the one before; its end stays."""
    kept = [path[0]]
    kept.extend(place for place in path[1:] if np.abs(place - kept[-1]).max() >= LEAST_STEP)
    kept.append(path[-1])
    return np.stack(kept)


def _upright(pieces: list[Floats]) -> list[Floats]:
    """The drawing sheared by a share of its slant: how far its line moves across for each step down."""
    starts = np.concatenate([piece[:-1] for piece in pieces])
    ends = np.concatenate([piece[1:] for piece in pieces])
    ways = ends - starts
    lengths = np.hypot(*ways.T)
    if not lengths.sum() > 0:
        return pieces
    middles = (starts + ends) / 2
    centre = np.average(middles, axis=0, weights=lengths)
    across, down = (middles - centre).T
    spread = float(lengths @ (down**2 + ways[:, 1] ** 2 / 12))  # a line's own spread round its middle is way²/12
    slant = UPRIGHT * float(lengths @ (across * down + ways[:, 0] * ways[:, 1] / 12)) / spread if spread > 0 else 0.0
    slant = float(np.clip(slant, -1.0, 1.0))
    return [np.stack([piece[:, 0] - slant * (piece[:, 1] - centre[1]), piece[:, 1]], axis=1) for piece in pieces]


def _fit(points: Floats, high: int, wide: int, radius: float) -> tuple[Floats, Floats]:
    """Scale and shift of x and y that give the pen's path its normal size, in the middle of the bitmap."""
    low, top = points.min(axis=0), points.max(axis=0)
    extent = top - low
    room = np.array([INK_ACROSS * wide - 2 * radius, high - 2 * radius])
    if not extent.any():  # a dot has no size to bring to another
        scale = np.zeros(2)
    elif extent[0] > 2 * extent[1]:  # a line that lies: its length counts
        scale = np.full(2, (wide - 2 * radius) / extent[0])
    else:
        upwards = room[1] / extent[1]
        across = room[0] / extent[0] if extent[0] > 0 else upwards
        across = float(np.clip(across, upwards / MOST_STRETCH, upwards * MOST_STRETCH))
        scale = np.array([across, upwards])
    return scale, np.array([wide, high]) / 2 - (low + top) / 2 * scale


def _distance(across: Floats, down: Floats, start: Floats, end: Floats) -> Floats:
    """Of every dot from the line between two places."""
    way = end - start
    length = float(way @ way)
    share = ((across - start[0]) * way[0] + (down - start[1]) * way[1]) / length if length > 0 else np.zeros_like(down)
    share = np.clip(share, 0.0, 1.0)
    return np.asarray(np.hypot(across - start[0] - share * way[0], down - start[1] - share * way[1]))
