"""A figure and its standard error, in digits that end at the same place."""

from __future__ import annotations

from math import floor, log10

FINEST = 9
"""Decimals at most; an error that needs more is one of rounding."""


def digits_with_error(value: float, error: float, decimals: int) -> tuple[str, str, int]:
    """Return a finite figure, its error, and the power of ten that both are to be multiplied with.

    Both have so many decimals, more where the error would read 0; small and large ones one, beside a power of ten.

    >>> digits_with_error(0.5902, 0.0304, 4), digits_with_error(0.0001, 0.00003, 4)
    (('0.5902', '0.0304', 0), ('0.00010', '0.00003', 0))
    >>> digits_with_error(0.25, 1.9e-7, 4), digits_with_error(-3.2e-7, 1.899e-7, 4), digits_with_error(0.0, 0.0, 1)
    (('0.2500000', '0.0000002', 0), ('-3.2', '1.9', -7), ('0.0', '0.0', 0))
    """
    size = max(abs(value), error)
    exponent = floor(log10(size)) if 0 < size < 10**-decimals or size >= 1e6 else 0
    if exponent:
        return _fixed(value / 10.0**exponent, 1), _fixed(error / 10.0**exponent, 1), exponent
    decimals = next((places for places in range(decimals, FINEST + 1) if round(error, places)), decimals)
    return _fixed(value, decimals), _fixed(error, decimals), 0


def _fixed(value: float, decimals: int) -> str:
    """So many decimals, and no minus before a zero."""
    return f"{round(value, decimals) + 0.0:.{decimals}f}"
