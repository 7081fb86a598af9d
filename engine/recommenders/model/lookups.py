"""Rows of tables: which ones a batch has looked up, and where a table's numbers lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class Lookups:
    """The rows of one table that a batch has looked up: ``keys`` (n,) int64.

    Key i belongs to vector ``i // each`` of what was looked up or, where ``each`` is 0, to the bag of ``offsets`` that
    it lies in, whose vector is the sum of its keys' or, with ``means``, their mean.
    """

    keys: Tensor
    each: int = 1
    offsets: Tensor | None = None
    means: bool = False


def zeros(shape: Sequence[int], device: torch.device | str) -> Tensor:
    """float32 zeros for a table. On the CPU by numpy, which asks the system for large pages: rows are read here and
    there, and with small pages finding them would take longer than reading them."""
    import torch

    return torch.from_numpy(np.zeros(tuple(shape), np.float32)).to(device)
