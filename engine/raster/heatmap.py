"""Heat maps: arrays of outputs to opaque 32-bit images, by look-up in a table of 256 colours.

Whatever is not a number is drawn as a grey hatch, so that a diverged neuron is seen as such and stops
nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.raster.colours import channels, pack

LEVELS = 256
HATCH = (0xFF8A8F98, 0xFF6B7079)
"""The two greys of the hatch that marks "not a number"."""

_HATCH_PERIOD = 4


def diverging_palette(negative_rgb: int, neutral_rgb: int, positive_rgb: int) -> NDArray[np.uint32]:
    """256 opaque colours from ``negative_rgb`` (at −1) through ``neutral_rgb`` (at 0) to ``positive_rgb`` (at
    +1).

    Entry k stands for the value (k − 127.5)/127.5, so that a value and its opposite lie equally far from
    neutral. Colours are ``0xRRGGBB``.
    """
    value = np.linspace(-1.0, 1.0, LEVELS)
    ends = np.where(value[:, None] < 0.0, channels(negative_rgb), channels(positive_rgb))
    return pack(_blend(channels(neutral_rgb), ends, np.abs(value)))


def colourise(values: NDArray[np.floating], palette: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Images of ``values`` (…, h, w): −1 takes the palette's first colour, +1 its last, beyond is held, NaN
    is hatched.

    ``palette`` is (256,). Returns uint32 of the shape of ``values``.
    """
    missing = np.isnan(values) if values.size and np.isnan(values.min()) else None
    return _look_up(_levels(values), missing, palette)


def _levels(values: NDArray[np.floating]) -> NDArray[np.intp]:
    """The nearest of 256 levels between −1 and +1; beyond is held, NaN becomes 0."""
    step = (LEVELS - 1) / 2
    with np.errstate(all="ignore"):
        scaled = np.multiply(values, np.float32(step), dtype=np.float32)
    scaled += np.float32(0.5 + step)
    np.fmax(scaled, np.float32(0.0), out=scaled)
    np.fmin(scaled, np.float32(LEVELS - 1), out=scaled)
    levels: NDArray[np.intp] = scaled.astype(np.intp)
    return levels


def _look_up(
    index: NDArray[np.intp], missing: NDArray[np.bool_] | None, table: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    image = table.take(index)
    if missing is not None and missing.any():
        rows, columns = index.shape[-2:]
        stripe = (np.arange(rows)[:, None] + np.arange(columns)) % _HATCH_PERIOD < _HATCH_PERIOD // 2
        hatch = np.where(stripe, np.uint32(HATCH[0]), np.uint32(HATCH[1]))
        np.copyto(image, hatch, where=missing)
    return image


def _blend(start: NDArray[np.float64], end: NDArray[np.float64], amount: NDArray[np.float64]) -> NDArray[np.float64]:
    """From ``start`` (3,) to ``end`` (k or 1, 3) by ``amount`` (k,); (k, 3)."""
    return start + (end - start) * amount[:, None]
