"""Round numbers along a linear axis."""

from __future__ import annotations

from math import ceil, floor, log10

from app.kit.numbers import plain

FACTORS = (1.0, 2.0, 2.5, 5.0, 10.0)


def round_ticks(low: float, high: float, pixels: float, apart: float) -> list[tuple[float, str]]:
    """Places between ``low`` and ``high``, and the numbers that stand there, ``apart`` pixels from one another or more.

    >>> [text for _, text in round_ticks(-6.0, 6.0, 600.0, 90.0)]
    ['−6', '−4', '−2', '0', '2', '4', '6']
    """
    rough = (high - low) * apart / max(pixels, 1.0)
    if not rough > 0.0:
        return []
    size = 10.0 ** floor(log10(rough))
    step = next(size * factor for factor in FACTORS if size * factor >= rough * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    places = [round(step * k, 12) + 0.0 for k in range(first, last + 1)]
    return [(place, plain(place)) for place in places]
