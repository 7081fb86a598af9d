"""The inks of numbers within formulas, by their sign."""

from __future__ import annotations

from app.kit.drawing.inks import sign_text_ink

POSITIVE, NEGATIVE = "positive_text", "negative_text"


def sign_ink(value: float | None, otherwise: str = "text") -> str:
    """The name of a number's colour: blue, orange, a fault's where it is not finite, and ``otherwise`` for 0 and for
    what is not known."""
    return otherwise if value is None or value == 0.0 else sign_text_ink(value)
