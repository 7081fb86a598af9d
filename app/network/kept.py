"""A run that has been put by, to be taken up again: its weights, and how far it had come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.formats.progress import Progress
    from engine.graph.weights import Weights


@dataclass(frozen=True, slots=True)
class Kept:
    """No ``weights``: the seeded start. No ``progress``: epoch 0, whatever the weights."""

    weights: Weights = field(default_factory=dict)
    progress: Progress | None = None

    def differs(self, other: Kept) -> bool:
        """Whether it is of another moment of the same run: steps were done, or weights set by hand."""
        if self.updates != other.updates or self.weights.keys() != other.weights.keys():
            return True
        return any(not np.array_equal(array, other.weights[key]) for key, array in self.weights.items())

    @property
    def updates(self) -> int:
        """Steps done."""
        return self.progress.updates if self.progress is not None else 0


Left = Callable[[Kept], bool]
"""Takes, in the GUI thread, where a run had come to when another one took its place; whether that is news."""
