"""The decision grid as a picture, the diverging map or class colours, and what its colours mean."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QImage

from app.kit import theme
from app.kit.colourmap import LEVELS, ramp
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Picture, Text, call, text_width
from app.kit.listing import listed
from app.kit.numbers import grouped
from app.workspaces.playground.panels.readings import Reading

PALENESS = 0.28
"""How far the picture steps back behind the points."""


def decision_image(outputs: NDArray[np.floating], reading: Reading, discrete: bool) -> QImage:
    """A grid of outputs in the theme's colours; ``discrete`` shows only what is decided, not how surely."""
    if reading.signed:
        shares = reading.shares(outputs)
        if discrete:
            shares = np.where(shares >= 0.0, 1.0, -1.0)
        levels = ((shares + 1.0) / 2.0 * (LEVELS - 1)).round().astype(np.intp)
        return _image(_ramp(theme.current().name)[levels])
    return _image(_class_pixels(np.nan_to_num(outputs), discrete=discrete))


def _class_pixels(outputs: NDArray[np.floating], *, discrete: bool) -> NDArray[np.float64]:
    """(classes, h, w) to (h, w, 3): the winner's colour, stronger the further it is ahead of the second."""
    winner = outputs.argmax(axis=0)
    ranked = np.partition(outputs, -2, axis=0)
    lead = np.ones(winner.shape) if discrete else np.clip(ranked[-1] - ranked[-2], 0.0, 1.0)
    colours = np.array([_rgb(_paled(theme.class_colour(index))) for index in range(len(outputs))])
    neutral = np.array(_rgb(theme.colour("neutral")))
    pixels: NDArray[np.float64] = neutral + lead[..., None] * (colours[winner] - neutral)
    return pixels


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


HEIGHT = 18.0
LINES, LINE = 3, 17.0
"""So many classes stand below one another, so that their names can be read; more of them take further columns."""
MOST_COLUMNS = 2


def draw_legend(reading: Reading | None, frame: Frame) -> Drawing:
    """Draw a line for a scale, a few lines for classes."""
    if reading is None:
        return Drawing(height=HEIGHT)
    if reading.signed:
        tip = _tr("Orange is the lower end of the output, blue the upper; pale is undecided")
        return Drawing(tuple(_scale(reading, frame.width)), tip=tip, height=HEIGHT)
    classes = reading.dataset.classes
    tip = _tr("The colour is the class, its strength how far it is ahead of the second") + "\n" + listed(classes)
    return Drawing(tuple(_classes(classes, frame.width)), tip=tip, height=LINE * min(len(classes), LINES))


def _scale(reading: Reading, width: float) -> list[Mark]:
    low, _, high = reading.ends
    left, right = text_width(low, 11) + 6, text_width(high, 11) + 6
    bar = (left, HEIGHT / 2 - 3, max(width - left - right, 10.0), 6.0)
    return [
        Text(low, (0, 0, left, HEIGHT), 11, "text_muted", "left middle"),
        Text(high, (width - right, 0, right, HEIGHT), 11, "text_muted", "right middle"),
        Picture(bar, call(scale_image), smooth=True),
    ]


def _classes(classes: tuple[str, ...], width: float) -> list[Mark]:
    """Below one another, in as many columns as they need; what does not fit is in the tooltip."""
    columns = min(-(-len(classes) // LINES), MOST_COLUMNS)
    marks: list[Mark] = []
    for index, name in enumerate(classes[: columns * LINES]):
        column, line = divmod(index, LINES)
        left, room = column * width / columns, width / columns
        has_more = index == columns * LINES - 1 and len(classes) > columns * LINES
        if not has_more:
            marks.append(Disc(left + 4, (line + 0.5) * LINE, 4, f"class {index}"))
        text = f"+ {grouped(len(classes) - index)}" if has_more else name
        marks.append(Text(text, (left + 12, line * LINE, room - 14, LINE), 11, "text_muted", "left middle", elide=True))
    return marks


def _tr(text: str) -> str:
    return QCoreApplication.translate("Legend", text)
