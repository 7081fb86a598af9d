"""How far apart the ratios of a configuration lie over draws of its weights: a prediction is a mean over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.gradients.experiment import Configuration
from engine.gradients.rows import Rows
from engine.gradients.signal import signal_of

DRAWS = 20


@dataclass(frozen=True, slots=True)
class OtherDraws:
    """‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖ at the start with ``count`` other draws of the weights, on the same rows: the least and the
    largest. Of ratios that are no finite number none is counted."""

    count: int
    low: float
    high: float


def other_draws(
    configuration: Configuration,
    rows: Rows,
    seed: int,
    *,
    count: int = DRAWS,
    cancelled: Callable[[], bool] = lambda: False,
) -> OtherDraws | None:
    """The ratio with the weights of each of the ``count`` seeds after this one; None where it is called off, or where
    no ratio is a number."""
    ratios = []
    for number in range(1, count + 1):
        if cancelled():
            return None
        ratios.append(signal_of(configuration, rows, seed + number, kept=False).ratio)
    known = np.array([one for one in ratios if np.isfinite(one)])
    return OtherDraws(len(known), float(known.min()), float(known.max())) if len(known) else None
