"""The colours and pens of the canvas, looked up once for a theme: a frame asks for them hundreds of times."""

from __future__ import annotations

import math
from collections.abc import Hashable
from enum import IntEnum
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from app.kit import look, theme


class Tone(IntEnum):
    """What a number is, as far as its colour goes; a fault is a value that is not finite, or that rests on one.
    ``ZERO``: a gradient that is 0, which is known, but moves nothing."""

    UNKNOWN = 0
    POSITIVE = 1
    NEGATIVE = 2
    FAULT = 3
    ZERO = 4


def tone_of(value: float | None, *, broken: bool = False) -> Tone:
    """The tone of a number; ``broken``: it rests on one that means nothing."""
    if value is None:
        return Tone.UNKNOWN
    if broken or not math.isfinite(value):
        return Tone.FAULT
    return Tone.POSITIVE if value >= 0 else Tone.NEGATIVE


def gradient_tone(gradient: float | None, *, broken: bool = False) -> Tone:
    """The same of a gradient."""
    return Tone.ZERO if gradient == 0.0 and not broken else tone_of(gradient, broken=broken)


class Inks:
    """The colours of one theme. They and the pens are kept: whoever takes one leaves it as it is."""

    def __init__(self) -> None:
        self.words = theme.colour("text_muted")
        self.ground = look.faded("window", 0.9)
        self.lanes = {
            Tone.UNKNOWN: look.faded("text_muted", 0.55),
            Tone.POSITIVE: look.signed(1.0),
            Tone.NEGATIVE: look.signed(-1.0),
            Tone.FAULT: theme.colour("danger"),
            Tone.ZERO: look.faded("text_muted", 0.8),
        }
        self.numbers = {
            Tone.UNKNOWN: theme.colour("text_muted"),
            Tone.POSITIVE: look.signed_text(1.0),
            Tone.NEGATIVE: look.signed_text(-1.0),
            Tone.FAULT: theme.colour("danger"),
            Tone.ZERO: theme.colour("text_muted"),
        }
        self._pens: dict[Hashable, QPen] = {}

    def pen(self, tone: Tone, width: float) -> QPen:
        """The pen of a lane that something is known to go along."""
        key = tone, round(4.0 * width)
        if key not in self._pens:
            pen = QPen(self.lanes[tone], round(4.0 * width) / 4.0)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            self._pens[key] = pen
        return self._pens[key]

    def colour(self, tone: Tone) -> QColor:
        """The colour of a lane's arrow."""
        return self.lanes[tone]


@lru_cache(maxsize=4)
def _inks(_theme: str) -> Inks:
    return Inks()


def inks() -> Inks:
    """Those of the theme in force."""
    return _inks(theme.current().name)
