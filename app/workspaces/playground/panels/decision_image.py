"""The decision grid as a picture: the diverging map for one value, class colours for several."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from app.kit import theme
from app.kit.charts.colourmap import LEVELS, ramp
from app.workspaces.playground.panels.readings import Reading
from engine.training.snapshot import DecisionGrid

PALENESS = 0.28
"""How far the picture steps back behind the points."""


def decision_image(grid: DecisionGrid, reading: Reading, *, discrete: bool) -> QImage:
    """The grid in the theme's colours; ``discrete`` shows only what is decided, not how surely."""
    if reading.signed:
        shares = reading.shares(grid.outputs)
        if discrete:
            shares = np.where(shares >= 0.0, 1.0, -1.0)
        levels = ((shares + 1.0) / 2.0 * (LEVELS - 1)).round().astype(np.intp)
        return _image(_ramp(theme.current().name)[levels])
    return _image(_class_pixels(np.nan_to_num(grid.outputs), discrete=discrete))


def _class_pixels(outputs: NDArray[np.floating], *, discrete: bool) -> NDArray[np.float64]:
    """(classes, h, w) to (h, w, 3): the winner's colour, stronger the further it is ahead of the second."""
    winner = outputs.argmax(axis=0)
    ranked = np.partition(outputs, -2, axis=0)
    lead = np.ones(winner.shape) if discrete else np.clip(ranked[-1] - ranked[-2], 0.0, 1.0)
    colours = np.array([_rgb(_paled(theme.class_colour(index))) for index in range(len(outputs))])
    neutral = np.array(_rgb(theme.colour("neutral")))
    pixels: NDArray[np.float64] = neutral + lead[..., None] * (colours[winner] - neutral)
    return pixels


def map_colour(share: float) -> QColor:
    """The diverging map as the picture shows it, at −1 … 1."""
    red, green, blue = _ramp(theme.current().name)[round((share + 1) / 2 * (LEVELS - 1))]
    return QColor(round(red), round(green), round(blue))


def scale_image() -> QImage:
    """The whole of that map in one row, from −1 to 1."""
    return _image(_ramp(theme.current().name)[None])


@lru_cache(maxsize=4)
def _ramp(_theme: str) -> NDArray[np.float64]:
    return ramp([_paled(theme.colour("negative")), theme.colour("neutral"), _paled(theme.colour("positive"))])


def _paled(colour: QColor) -> QColor:
    ground = theme.colour("surface")
    mixed = ((1 - PALENESS) * np.array(_rgb(colour)) + PALENESS * np.array(_rgb(ground))).round().astype(int)
    return QColor(*(int(channel) for channel in mixed))


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.red(), colour.green(), colour.blue()


def _image(pixels: NDArray[np.float64]) -> QImage:
    height, width = pixels.shape[:2]
    packed = np.full((height, width, 4), 255, dtype=np.uint8)
    packed[..., :3] = pixels.round()[..., ::-1]  # blue, green, red in memory
    return QImage(packed.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
