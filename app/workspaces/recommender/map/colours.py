"""The colours of items: hues for kinds, a ramp for numbers. Blue and orange mean sign, so neither is among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from app.kit import theme
from app.kit.colourmap import LEVELS, ramp
from app.workspaces.recommender.map.content import Colouring

STEPS = 64
"""Colours of a ramp."""
HUES = (2, 3, 7, 1, 4, 6, 5)
"""Which of the theme's series: no two neighbours alike, and neither the first, blue, nor the last, orange."""


@dataclass(frozen=True, slots=True)
class Coloured:
    """``codes`` (n,): rows of ``palette`` (m,), ``0xRRGGBB``; the last colour is that of what is not known.

    ``entries``: what the hues mean, the most frequent first; or, for a ramp, ``ends``: its least and greatest number.
    """

    codes: NDArray[np.uint8]
    palette: NDArray[np.uint32]
    entries: tuple[tuple[QColor, str], ...] = ()
    ends: tuple[str, str] | None = None

    def colour(self, row: int) -> QColor:
        """An item's colour."""
        return QColor.fromRgb(int(self.palette[self.codes[row]]))


def coloured(colouring: Colouring | None, count: int, other: str) -> Coloured:
    """The items in the theme's colours; ``other``: what kinds are called that share the last colour."""
    if colouring is None:
        return Coloured(np.zeros(count, np.uint8), _packed([unknown()]))
    return _kinds(colouring, other) if colouring.names else _numbers(colouring)


def unknown() -> QColor:
    """The colour of what has no kind and no number."""
    ground, ink = theme.colour("surface"), theme.colour("text_muted")
    return _mixed(ground, ink, 0.6)


def ramp_colours() -> list[QColor]:
    """From little to much."""
    low = _mixed(theme.colour("surface"), theme.colour("text_muted"), 0.5)
    middle, high = (QColor(theme.current().series[index]) for index in (1, 2))
    strong = high.lighter(115) if theme.current().dark else high.darker(135)
    steps = ramp([low, middle, strong])[np.linspace(0, LEVELS - 1, STEPS).astype(int)]
    return [QColor(*(round(channel) for channel in step)) for step in steps]


def _kinds(colouring: Colouring, other: str) -> Coloured:
    """The most frequent kinds have hues, the others share a grey."""
    values = np.asarray(colouring.values, np.int64)
    known = values[(values >= 0) & (values < len(colouring.names))]
    counts = np.bincount(known, minlength=len(colouring.names))
    frequent = [int(kind) for kind in np.argsort(-counts, kind="stable")[: len(HUES)] if counts[kind]]
    codes = np.full(len(values), len(frequent), np.uint8)
    for code, kind in enumerate(frequent):
        codes[values == kind] = code
    hues = [QColor(theme.current().series[HUES[code]]) for code in range(len(frequent))]
    entries = [(hue, colouring.names[kind]) for hue, kind in zip(hues, frequent, strict=True)]
    if (codes == len(frequent)).any():
        entries.append((unknown(), other))
    return Coloured(codes, _packed([*hues, unknown()]), tuple(entries))


def _numbers(colouring: Colouring) -> Coloured:
    values = np.asarray(colouring.values, np.float64)
    known = values[np.isfinite(values)]
    if not len(known):
        return Coloured(np.zeros(len(values), np.uint8), _packed([unknown()]))
    low, high = float(known.min()), float(known.max())
    scaled = _log(values, low) if colouring.by_ratio else values
    least, most = (float(end) for end in (_log(np.array([low, high]), low) if colouring.by_ratio else (low, high)))
    shares = (scaled - least) / (most - least) if most > least else np.ones(len(values))
    codes = np.where(np.isfinite(values), np.nan_to_num(shares) * (STEPS - 1), STEPS).round().astype(np.uint8)
    return Coloured(
        codes, _packed([*ramp_colours(), unknown()]), ends=(colouring.written(low), colouring.written(high))
    )


def _log(values: NDArray[np.float64], low: float) -> NDArray[np.float64]:
    """Ratios as differences; from 0 on where the least is 0 or less."""
    return np.log(np.maximum(values, low)) if low > 0 else np.log1p(values - low)


def _mixed(first: QColor, second: QColor, share: float) -> QColor:
    def mixed(a: int, b: int) -> int:
        return round(a + share * (b - a))

    return QColor(
        mixed(first.red(), second.red()), mixed(first.green(), second.green()), mixed(first.blue(), second.blue())
    )


def _packed(colours: list[QColor]) -> NDArray[np.uint32]:
    return np.array([colour.rgb() & 0xFFFFFF for colour in colours], np.uint32)
