"""Remedies that make the steps smaller."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.training.remedies.base import Case, Cure, Edit, Remedy, drawn
from engine.training.verdicts import Verdict

SLOWEST = 1e-4
"""A learning rate below this is not what is wrong."""
CLIP = 1.0
TOO_LARGE = 0.7
"""A step's change of a layer's weights, as a share of them. Most runs that learn stay below it, all that were driven to
where their units are flat or dead have passed it: measured with SGD and Adam on three data sets. Some pass it and learn
all the same, so that alone it says nothing."""
FLAT = 0.7
"""A loss that is still above this share of what it began with has not come down."""
TINY = 0.05
"""With weights that begin so small, any step is large beside them."""
FAIR = 0.1
"""What the largest such change of runs that learn well comes to, about."""


class HalveRate(Cure):
    """Half the learning rate, to three digits."""

    key = "halve_rate"

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        rate = case.setup.hyper.learning_rate
        return Remedy(self.key, value=float(f"{rate / 2:.3g}")) if rate >= SLOWEST else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(hyper=case.setup.hyper.model_copy(update={"learning_rate": remedy.value}))


class StartSlower(Cure):
    """All weights drawn anew, at a rate whose first steps would have been fair. Once steps as large as the weights
    themselves have driven units to where they are flat, neither a smaller rate nor new weights help alone."""

    key = "start_slower"

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        peak = largest_update(case)
        if peak < TOO_LARGE or _has_learnt(case) or _begins_tiny(case):
            return None
        rate = float(f"{case.setup.hyper.learning_rate * FAIR / peak:.0e}")
        if rate < SLOWEST:
            return None
        return Remedy(self.key, tuple(case.plan.nodes[index].id for index in case.plan.probed), value=rate)

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        hyper = case.setup.hyper.model_copy(update={"learning_rate": remedy.value})
        return Edit(hyper=hyper, rows=drawn(case, case.graph, remedy.blocks))


def largest_update(case: Case) -> float:
    """The largest ‖Δw‖/‖w‖ of a layer's step since the network was last changed, 0 where none was measured."""
    history = case.snapshot.history
    curves = history.layers["update_ratio"].values()
    seen = [curve.high[(curve.count > 0) & (curve.steps >= history.last_change)] for curve in curves]
    return float(max((high[np.isfinite(high)].max(initial=0.0) for high in seen), default=0.0))


def _has_learnt(case: Case) -> bool:
    """Whether the loss has come down since the network was last changed."""
    losses = case.snapshot.history.losses_since_change
    return bool(len(losses)) and case.snapshot.train_loss < FLAT * float(losses[0])


def _begins_tiny(case: Case) -> bool:
    """Whether some layer's weights are drawn so small that its first steps say nothing of the rate."""
    rows = drawn(case, case.graph, (case.plan.nodes[index].id for index in case.plan.probed))
    weights = [np.concatenate([np.ravel(row) for row in of.values()]) for (_, name), of in rows.items() if name == "W"]
    return any(float(np.sqrt(np.mean(array**2))) < TINY for array in weights if array.size)


class Clip(Cure):
    """The gradient cut to a largest norm, where there is none yet."""

    key = "clip"

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        return Remedy(self.key, value=CLIP) if case.setup.hyper.clip_norm is None else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(hyper=case.setup.hyper.model_copy(update={"clip_norm": remedy.value}))


CURES = (HalveRate(), StartSlower(), Clip())
