"""A run that has been put by, to be taken up again: its weights, and how far it had come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.formats.progress import Progress
    from engine.graph.weights import Weights


@dataclass(frozen=True, slots=True)
class Kept:
    """No ``weights``: the seeded start. No ``progress``: epoch 0, whatever the weights."""

    weights: Weights = field(default_factory=dict)
    progress: Progress | None = None

    def beyond(self, other: Kept) -> bool:
        """Whether it has done steps that the other one, of the same run, had not."""
        return self.progress is not None and (other.progress is None or self.progress.updates > other.progress.updates)


Left = Callable[[Kept], bool]
"""Takes, in the GUI thread, where a run had come to when another one took its place; whether that is news."""
