"""A run that has been put by, to be taken up again: its weights, and how far it had come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.formats.progress import Progress
    from engine.graph.kinds.base import Array
    from engine.graph.weights import Weights
    from engine.network.plan import WeightKey


@dataclass(frozen=True, slots=True)
class Kept:
    """No ``weights``: the seeded start. No ``progress``: epoch 0, whatever the weights."""

    weights: Weights = field(default_factory=dict)
    progress: Progress | None = None

    def differs(self, other: Kept) -> bool:
        """Whether it is of another moment of the same run: steps were done, or weights set by hand."""
        return self.updates != other.updates or not same_weights(self.weights, other.weights)

    @property
    def updates(self) -> int:
        """Steps done."""
        return self.progress.updates if self.progress is not None else 0


def same_weights(one: Mapping[WeightKey, Array], other: Mapping[WeightKey, Array]) -> bool:
    """Whether these are the same numbers under the same names."""
    return one.keys() == other.keys() and all(np.array_equal(array, other[key]) for key, array in one.items())


Left = Callable[[Kept], bool]
"""Takes, in the GUI thread, where a run had come to when another one took its place; whether that is news."""
