"""The lines of arithmetic of an impression, with as many digits as let each be checked by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.kit.numbers import as_written, grouped, rounded, to_digits
from app.workspaces.recommender.rank.answers import Impression, NumberRead

SECONDS = 3
"""Significant digits of a result in seconds."""
MOST = 9


@dataclass(frozen=True, slots=True)
class WrittenSum:
    """Σ of the positive products + Σ of the negative ones + bias = z, all rounded to ``decimals``; ``unit`` with so
    many ``digits``; ``seconds`` as it is written. What is written gives ``seconds`` when it is worked out."""

    plus: float
    minus: float
    bias: float
    z: float
    decimals: int
    unit: float
    digits: int
    seconds: str


def seconds_text(seconds: float) -> str:
    """A number of seconds: three significant digits, four from a thousand on."""
    return (
        grouped(rounded(seconds, SECONDS + 1)) if seconds >= 999.5 else to_digits(as_written(seconds, SECONDS), SECONDS)
    )


def written_sum(shown: Impression) -> WrittenSum:
    """The fewest digits with which the sum checks. What rounding leaves of z is taken up by the negative products, or
    by the positive ones where there are none of these: at most two of the last digit."""
    up = sum(part for part in shown.products if part > 0)
    seconds = seconds_text(shown.predicted)
    for decimals in range(2, MOST):
        plus, bias, z = (round(value, decimals) for value in (up, shown.bias, shown.z))
        minus = round(z - plus - bias, decimals)
        digits = decimals + 1
        unit = as_written(shown.unit, digits)
        if seconds_text(unit * math.exp(z)) == seconds:
            break
    return WrittenSum(plus, minus, bias, z, decimals, unit, digits, seconds)


def written_truth(shown: Impression) -> tuple[str, str, str]:
    """Click rate in per cent, seconds if clicked, and their product, which checks by hand."""
    seconds = seconds_text(shown.true)
    for digits in range(3, MOST):
        rate, clicked = as_written(100.0 * shown.click_rate, digits), as_written(shown.seconds_if_clicked, digits)
        if seconds_text(rate / 100.0 * clicked) == seconds:
            break
    return to_digits(rate, digits), to_digits(clicked, digits), seconds


def written_powers(number: NumberRead) -> tuple[str, str, str]:
    """x, x² and √x, each empty where the network does not read it; x with the digits that the others check with."""
    x, square, root = (number.powers.get(name) for name in ("x", "x^2", "sqrt(x)"))
    texts = ["" if value is None else grouped(value, 3) for value in (square, root)]
    if x is None:
        return "", texts[0], texts[1]
    for decimals in range(3, MOST):
        rounded = round(x, decimals)
        powers = (None if square is None else rounded**2, None if root is None else max(rounded, 0.0) ** 0.5)
        if ["" if value is None else grouped(value, 3) for value in powers] == texts:
            break
    return grouped(x, decimals), texts[0], texts[1]
