"""What the paper has for towers of several widths (Covington et al. 2016, table 1), in per cent of the watch time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Hidden = tuple[int, ...]

PAPER_LOSS: Final[Mapping[Hidden, float]] = {
    (): 41.6,
    (256,): 36.9,
    (512,): 36.7,
    (1024,): 35.8,
    (512, 256): 35.2,
    (1024, 512): 34.7,
    (1024, 512, 256): 34.6,
}
"""Weighted per-user loss by the units of the hidden layers, in the paper's order."""
PAPER_WITHOUT_POWERS, PAPER_UNWEIGHTED = 0.2, 4.1
"""By how much the last of these is worse without the powers of its numbers, and with clicks that all weigh the same."""


def tower_name(hidden: Hidden) -> str:
    """``512-256``; empty for no hidden layer."""
    return "-".join(map(str, hidden))
