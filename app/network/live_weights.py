"""What the running network's weights are now: whoever trains it puts them here, whoever saves or edits reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.graph.weights import Weights


class LiveWeights:
    """Holds the latest weights, arrays that nobody writes to by (block id, name)."""

    def __init__(self) -> None:
        self._now: Weights = {}

    @property
    def now(self) -> Weights:
        """The latest."""
        return self._now

    def put(self, weights: Weights) -> None:
        """These are the latest."""
        self._now = weights
