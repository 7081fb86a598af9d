"""Remedies that make the steps smaller."""

from __future__ import annotations

from collections.abc import Sequence

from engine.training.remedies.base import Case, Cure, Edit, Remedy
from engine.training.verdicts import Verdict

SLOWEST = 1e-4
"""A learning rate below this is not what is wrong."""
CLIP = 1.0


class HalveRate(Cure):
    """Half the learning rate."""

    key = "halve_rate"

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        rate = case.setup.hyper.learning_rate
        return Remedy(self.key, value=rate / 2) if rate >= SLOWEST else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(hyper=case.setup.hyper.model_copy(update={"learning_rate": remedy.value}))


class Clip(Cure):
    """The gradient cut to a largest norm, where there is none yet."""

    key = "clip"

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        return Remedy(self.key, value=CLIP) if case.setup.hyper.clip_norm is None else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(hyper=case.setup.hyper.model_copy(update={"clip_norm": remedy.value}))


CURES = (HalveRate(), Clip())
