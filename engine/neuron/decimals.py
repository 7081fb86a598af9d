"""With how many decimals a sum is written, so that the printed terms add up to the printed sum."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.neuron.tables import RowVerdict

FEWEST, MOST = 2, 6
"""Decimals of the terms of a sum."""
OF_SUM = 3
"""Decimals of a sum whose terms would need more."""


def decimals_of(weights: Sequence[float], bias: float, rows: Sequence[RowVerdict]) -> tuple[int, int]:
    """Decimals of the terms and of z in every row."""
    exact = _decimals((*weights, bias))
    if exact <= OF_SUM:
        return exact, exact
    for places in range(OF_SUM, MOST):
        if all(_adds_up(weights, bias, row, places) for row in rows):
            return places, OF_SUM
    return MOST, OF_SUM


def _decimals(values: Sequence[float]) -> int:
    """The fewest decimals, two or more, that write all values whole."""
    return next((d for d in range(FEWEST, MOST) if all(round(value, d) == value for value in values)), MOST)


def _adds_up(weights: Sequence[float], bias: float, row: RowVerdict, places: int) -> bool:
    terms = [round(weight, places) for weight, bit in zip(weights, row.x, strict=True) if bit]
    total = math.fsum([*terms, round(bias, places)])
    return round(total, OF_SUM) == round(row.z, OF_SUM)
