"""What the running network's weights are now: whoever trains it puts them here, whoever saves or edits reads them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from app.network.kept import Kept

if TYPE_CHECKING:
    from engine.formats.progress import Progress
    from engine.graph.weights import Weights


def _nowhere() -> None:
    """The progress of what has not been trained."""


class LiveWeights:
    """Holds the latest weights, arrays that nobody writes to by (block id, name), and how far their run has come."""

    def __init__(self) -> None:
        self._now: Weights = {}
        self._progress: Callable[[], Progress | None] = _nowhere
        self._kept: Kept | None = None
        self._moment: Hashable = None

    @property
    def now(self) -> Weights:
        """The latest."""
        return self._now

    @property
    def kept(self) -> Kept:
        """The latest with the progress of their run, both of the same moment."""
        if self._kept is None:
            self._kept = Kept(self._now, self._progress())
        return self._kept

    @property
    def moment(self) -> Hashable:
        """Run and step that the latest are of; None for those that no training has shown yet."""
        return self._moment

    def put(
        self,
        weights: Weights,
        progress: Callable[[], Progress | None] = _nowhere,
        moment: Hashable = None,
    ) -> None:
        """These are the latest; ``progress`` is asked only when somebody keeps them."""
        self._now, self._progress, self._moment, self._kept = weights, progress, moment, None
