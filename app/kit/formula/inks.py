"""The colours of a formula, by name: those of the theme, and those of a number's sign as text needs them."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtGui import QColor

from app.kit import look, theme

POSITIVE, NEGATIVE = "positive_text", "negative_text"


def ink(name: str) -> QColor:
    """The colour of a name in the theme in force: a field of the theme's, ``positive_text`` or ``negative_text``. It is
    kept, for a frame asks for it hundreds of times: whoever takes it leaves it as it is."""
    return _ink(name, theme.current().name)


@lru_cache(maxsize=64)
def _ink(name: str, _theme: str) -> QColor:
    if name == POSITIVE:
        return look.signed_text(1.0)
    return look.signed_text(-1.0) if name == NEGATIVE else theme.colour(name)


def sign_ink(value: float | None, otherwise: str = "text") -> str:
    """The name of a number's colour: blue, orange, a fault's where it is not finite, and ``otherwise`` for 0 and for
    what is not known."""
    if value is None or value == 0.0:
        return otherwise
    if not math.isfinite(value):
        return "danger"
    return POSITIVE if value > 0.0 else NEGATIVE
