"""``0xRRGGBB`` numbers to channels and back to opaque pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OPAQUE = np.uint32(0xFF000000)


def channels(rgb: int) -> NDArray[np.float64]:
    """Red, green and blue of ``0xRRGGBB``, 0…255, as (3,)."""
    return np.array([rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF], np.float64)


def pack(values: NDArray[np.float64]) -> NDArray[np.uint32]:
    """Channels (k, 3) in 0…255 to opaque pixels ``0xFFRRGGBB`` (k,)."""
    red, green, blue = np.rint(values).astype(np.uint32).T
    pixels: NDArray[np.uint32] = OPAQUE | red << np.uint32(16) | green << np.uint32(8) | blue
    return pixels
