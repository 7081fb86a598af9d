"""Which rows of a table are trained on, chosen by and measured on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class RandomSplit:
    """Row numbers of a random split: 80 % to train on, 10 % to choose by, 10 % to be measured on."""

    train: NDArray[np.int64]
    valid: NDArray[np.int64]
    test: NDArray[np.int64]


def split_at_random(rows: int, seed: int) -> RandomSplit:
    """The parts of so many rows, for this seed."""
    order = np.random.default_rng(seed).permutation(rows)
    first, second, _ = split_sizes(rows)
    return RandomSplit(order[:first], order[first : first + second], order[first + second :])


def split_sizes(rows: int) -> tuple[int, int, int]:
    """How many rows are trained on, chosen by and measured on."""
    first, second = int(0.8 * rows), int(0.9 * rows)
    return first, second - first, rows - second
