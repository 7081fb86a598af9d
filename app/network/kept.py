"""A run that has been put by, to be taken up again: its weights, and how far it had come."""

from __future__ import annotations

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
