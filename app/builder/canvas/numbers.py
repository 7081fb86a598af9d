"""Numbers as the canvas writes them: few digits, a true minus sign."""

from __future__ import annotations

import math

MINUS = "−"


def number(value: float, digits: int = 3) -> str:
    """A number in at most ``digits`` significant digits: ``0.442``, ``−1.2``, ``3.1e−5``."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else f"{MINUS}∞")
    if value == 0.0:
        return "0"
    size = abs(value)
    text = f"{value:.{digits - 1}e}" if size < 1e-3 or size >= 1e5 else f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def short(value: float) -> str:
    """A number for a tile: two decimals at most, so that it keeps its width while it changes."""
    size = abs(value)
    if not math.isfinite(value) or size >= 1000 or 0 < size < 0.005:
        return number(value, 1)
    return f"{value:.{2 if size < 10 else 1 if size < 100 else 0}f}".replace("-", MINUS)
