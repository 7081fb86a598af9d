"""Numbers to pictures: one sequential map for magnitudes, one diverging map for signed values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from app.kit import theme

LEVELS = 256


def sequential_image(shares: NDArray[np.float64]) -> QImage:
    """(rows, columns) of 0…1 as a picture, from the track's colour to the positive one; NaN is left blank."""
    colours = theme.current()
    image = _image(
        np.where(np.isnan(shares), 0.0, np.fmax(shares, 1 / (LEVELS - 1))), (colours.track, colours.positive)
    )
    image.setColor(0, 0)  # transparent: the lowest level is left to what was not measured
    return image


def diverging_image(shares: NDArray[np.float64]) -> QImage:
    """(rows, columns) of −1…1 as a picture: negative, neutral, positive; NaN is neutral."""
    colours = theme.current()
    return _image((np.nan_to_num(shares, nan=0.0) + 1) / 2, (colours.negative, colours.neutral, colours.positive))


def ink_image(pixels: NDArray[np.float64]) -> QImage:
    """(rows, columns) of 0…1 as a picture in ink on paper: the theme's text colour on its surface."""
    colours = theme.current()
    return _image(pixels, (colours.surface, colours.text))


def class_image(winners: NDArray[np.int64], leads: NDArray[np.float64]) -> QImage:
    """(rows, columns) of class indices as a picture in the classes' colours, paler where the lead (0…1) is small."""
    neutral = QColor(theme.current().neutral)
    steps = 32
    table = [
        blended(neutral, theme.class_colour(index), step / (steps - 1)).rgb()
        for index in range(int(winners.max()) + 1)
        for step in range(steps)
    ]
    levels = winners * steps + (np.clip(leads, 0.0, 1.0) * (steps - 1)).round().astype(np.int64)
    pixels = np.asarray(table, dtype=np.uint32)[levels]
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def blended(first: QColor, second: QColor, share: float) -> QColor:
    """The colour at a share of the way from the first to the second."""
    ways = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)  # type: ignore[arg-type, index]
    return QColor(*(round(start + share * (end - start)) for start, end in ways))


def diverging_colour(share: float) -> QColor:
    """The diverging map's colour at −1…1."""
    colours = theme.current()
    table = _colour_table((colours.negative, colours.neutral, colours.positive))
    share = min(1.0, max(-1.0, share)) if share == share else 0.0  # NaN is neutral
    return QColor.fromRgb(table[round((share + 1) / 2 * (LEVELS - 1))])


def readable_on(colour: QColor) -> QColor:
    """The theme's light or dark ink, whichever stands out more from a colour."""
    colours = theme.current()
    return QColor(_ink_on(colour.rgba(), colours.text, colours.on_accent if colours.dark else colours.surface))


@lru_cache(maxsize=1024)
def _ink_on(rgba: int, *inks: str) -> str:
    ground = _lightness(QColor.fromRgba(rgba))
    return max(inks, key=lambda ink: abs(_lightness(QColor(ink)) - ground))


def _lightness(colour: QColor) -> float:
    """Perceived lightness 0…1: CIE L* of Rec. 709 relative luminance."""
    red, green, blue = (channel**2.2 for channel in (colour.redF(), colour.greenF(), colour.blueF()))
    return float((0.2126 * red + 0.7152 * green + 0.0722 * blue) ** (1 / 3))


def sequential_colour(share: float) -> QColor:
    """The map's colour at 0…1."""
    colours = theme.current()
    return QColor.fromRgb(_colour_table((colours.track, colours.positive))[round(share * (LEVELS - 1))])


def _image(shares: NDArray[np.float64], stops: tuple[str, ...]) -> QImage:
    levels = (np.clip(shares, 0.0, 1.0) * (LEVELS - 1)).round().astype(np.uint8)
    rows, columns = levels.shape
    padded = np.zeros((rows, -(-columns // 4) * 4), dtype=np.uint8)  # QImage's lines start at multiples of 4 bytes
    padded[:, :columns] = levels
    image = QImage(padded.data, columns, rows, padded.shape[1], QImage.Format.Format_Indexed8)
    image.setColorTable(list(_colour_table(stops)))
    return image.copy()  # its own memory: the array goes out of scope


@lru_cache(maxsize=16)
def _colour_table(stops: tuple[str, ...]) -> tuple[int, ...]:
    """The ramp as a picture's table of colours."""
    return tuple(QColor(*(round(v) for v in row)).rgb() for row in ramp([QColor(stop) for stop in stops]))


def ramp(stops: Sequence[QColor]) -> NDArray[np.float64]:
    """(256, 3) of red, green and blue, 0…255, interpolated linearly between the stops."""
    points = np.array([[c.red(), c.green(), c.blue()] for c in stops], dtype=np.float64)
    at = np.linspace(0, len(stops) - 1, LEVELS)
    return np.stack([np.interp(at, np.arange(len(stops)), points[:, channel]) for channel in range(3)], axis=1)
