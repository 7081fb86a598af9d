"""Numbers as people read them: few digits, a real minus sign, powers of ten where they help."""

from __future__ import annotations

import math

MINUS = "−"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def short(value: float, digits: int = 3) -> str:
    """Three significant digits: ``0.442``, ``1.2e−5``, ``41,300``."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("∞" if value > 0 else f"{MINUS}∞")
    size = abs(value)
    if value == 0:
        return "0"
    if size >= 1e6 or size < 1e-3:
        mantissa, exponent = f"{value:.{max(digits - 2, 0)}e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", MINUS)
    if size >= 1000:
        return f"{value:,.0f}".replace("-", MINUS)
    decimals = max(0, digits - 1 - math.floor(math.log10(size)))
    return f"{value:.{min(decimals, 3)}f}".replace("-", MINUS)


def fixed(value: float, decimals: int = 2) -> str:
    """A weight or an activation inside a formula; very small and very large ones in scientific notation."""
    if value != 0 and math.isfinite(value) and not 10**-decimals / 2 <= abs(value) < 1e4:
        return short(value)
    if not math.isfinite(value):
        return short(value)
    return f"{value:.{decimals}f}".replace("-", MINUS)


def decade(exponent: int) -> str:
    """A tick of a logarithmic axis: ``1e−3`` (superscripts are hard to read so small)."""
    return f"1e{exponent}".replace("-", MINUS)


def plain(value: float) -> str:
    """A tick of a linear axis, without zeros at its end."""
    return f"{value:.4g}".replace("-", MINUS)


def scientific(value: float) -> str:
    """``1.2e−3``, whatever the size."""
    if value == 0 or not math.isfinite(value):
        return short(value)
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)


def power_of_ten(exponent: int) -> str:
    """``10⁻³``."""
    return "10" + str(exponent).translate(_SUPERSCRIPTS)


def count(value: float) -> str:
    """A number of steps on an axis: ``900``, ``12k``, ``1.5M``."""
    for size, unit in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.4g}{unit}"
    return f"{value:.0f}"


def percent(share: float) -> str:
    """A share as whole per cent; something that is there is never shown as 0 %."""
    if 0 < share < 0.005:
        return "<1 %"
    return f"{100 * share:.0f} %"
