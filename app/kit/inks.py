"""Colours by name, so that a mark is the same data in every theme.

An ink is a field of the theme (``accent``), with an opacity (``accent 38%``) or blended on another colour
(``positive 20% on surface``). ``series 2 of 5`` and ``class 3`` are the colours of layers and classes, ``#1766d1`` is
a colour as it is; all three may have an opacity too (``class 3 75%``). ``diverging -35%`` is that of a signed share
(:func:`diverging`), ``sequential 35%`` that of a share. ``positive_text`` and ``negative_text`` are dark enough for
small print, ``readable positive`` is the ink for text on another ink. An empty name is no ink.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

from app.kit import look, theme
from app.kit.colourmap import diverging_colour, readable_on, sequential_colour


def colour(ink: str) -> QColor:
    """Return the colour of an ink in the current theme. It is shared: do not change it."""
    return _colour(ink, theme.current().name)


@lru_cache(maxsize=512)
def _colour(ink: str, _theme: str) -> QColor:
    name, *words = ink.split()
    if words and words[-1].endswith("%") and (name in ("series", "class") or name.startswith("#")):
        solid = QColor(_colour(" ".join((name, *words[:-1])), _theme))
        solid.setAlphaF(float(words[-1].rstrip("%")) / 100)
        return solid
    if name.startswith("#"):
        return QColor(name)
    if name == "series":
        return theme.series_colour(int(words[0]), int(words[2]))
    if name == "diverging":
        return diverging_colour(float(words[0].rstrip("%")) / 100)
    if name == "sequential":
        return sequential_colour(float(words[0].rstrip("%")) / 100)
    if name == "class":
        return theme.class_colour(int(words[0]))
    if name == "readable":
        return readable_on(_colour(" ".join(words), _theme))
    if name in ("positive_text", "negative_text"):
        return look.signed_text(1.0 if name == "positive_text" else -1.0)
    if not words:
        return theme.colour(name)
    opacity = float(words[0].rstrip("%")) / 100
    return look.mixed(name, opacity, words[2]) if len(words) == 3 else look.faded(name, opacity)


def diverging(share: float) -> str:
    """Return the ink of −1…1 on the diverging map: negative, neutral, positive."""
    return f"diverging {round(100 * share)}%"


def sign_ink(value: float) -> str:
    """Return the ink of a number's sign, danger for one that is not finite."""
    return "danger" if value - value != 0 else "positive" if value >= 0 else "negative"


def sign_text_ink(value: float) -> str:
    """Return the ink of a signed number in small print."""
    ink = sign_ink(value)
    return ink if ink == "danger" else f"{ink}_text"


def number_ink(value: float | None, otherwise: str = "text") -> str:
    """Return the ink of a signed number within words; ``otherwise``: for 0 and for what is not known."""
    return otherwise if value is None or value == 0.0 else sign_text_ink(value)
