"""What is asked for of the next run beside its graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.recommenders.running.settings import Training


@dataclass(frozen=True, slots=True)
class Wish:
    """``spec``: of the model's task kind, as JSON has it; the graph overrules what it says of it. ``time_limit``:
    seconds; None for none."""

    spec: Mapping[str, Any]
    training: Training
    time_limit: float | None

    def with_spec(self, values: Mapping[str, object]) -> Wish:
        """Other values of the spec."""
        return replace(self, spec={**self.spec, **values})

    def with_training(self, **values: object) -> Wish:
        """Other settings of the training."""
        return replace(self, training=self.training.model_copy(update=values))

    def with_limit(self, seconds: float | None) -> Wish:
        """Another time limit."""
        return replace(self, time_limit=seconds)
