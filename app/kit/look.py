"""Fonts, pens and colours of what is painted."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPen

from app.kit import theme


@lru_cache(maxsize=64)
def _font(pixels: float, weight: QFont.Weight, family: str) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # text scales with the zoom
    return font


def font(pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The application's font at a size in scene units."""
    return _font(pixels, weight, QGuiApplication.font().family())


@lru_cache(maxsize=128)
def _tabular(font: QFont) -> QFont:
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def tabular(font: QFont) -> QFont:
    """The font with digits of one width."""
    return QFont(_tabular(QFont(font)))  # copies, for fonts can be changed in place


@lru_cache(maxsize=128)
def _figures(pixels: float, weight: QFont.Weight, family: str) -> QFont:
    return tabular(_font(pixels, weight, family))


def figures(pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The application's font with digits of one width. It is kept, for a frame asks for it again and again: whoever
    takes it leaves it as it is."""
    return _figures(pixels, weight, QGuiApplication.font().family())


def faded(name: str, opacity: float) -> QColor:
    """A theme colour with an opacity of 0 to 1."""
    colour = theme.colour(name)
    colour.setAlphaF(opacity)
    return colour


@lru_cache(maxsize=64)
def _mixed(above: str, opacity: float, below: str) -> QColor:
    first, second = QColor(above), QColor(below)
    parts = zip((first.red(), first.green(), first.blue()), (second.red(), second.green(), second.blue()), strict=True)
    return QColor(*(round(opacity * one + (1.0 - opacity) * other) for one, other in parts))


def mixed(name: str, opacity: float, below: str) -> QColor:
    """What :func:`faded` looks like on a theme colour; it hides what lies under it, and is filled in half the time."""
    themed = theme.current()
    return QColor(_mixed(getattr(themed, name), opacity, getattr(themed, below)))


def pen(colour: QColor, width: float = 1.0) -> QPen:
    """A pen with round ends."""
    made = QPen(colour, width)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


def signed(value: float) -> QColor:
    """The colour of a number's sign; what is not finite has the colour of a fault."""
    if not math.isfinite(value):
        return theme.colour("danger")
    return theme.colour("positive" if value >= 0 else "negative")


def signed_text(value: float) -> QColor:
    """The colour of a number's sign as small print needs it: dark enough to be read on a light ground."""
    colour = signed(value)
    return colour.darker(140) if value < 0 and math.isfinite(value) and not theme.current().dark else colour


def rgb(name: str) -> int:
    """A theme colour as ``0xRRGGBB``, the way the rasterisers take it."""
    return int(getattr(theme.current(), name).lstrip("#"), 16)
