"""Remedies that make the steps smaller."""

from __future__ import annotations

from collections.abc import Sequence

from engine.problems import Word
from engine.training.remedies.base import GENTLER, Case, Cure, Edit, Remedy, drawn, start_size
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Trouble, Verdict

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


class LowerRate(Cure):
    """Half the learning rate, to three digits."""

    key = "lower_rate"
    sets_rate = True
    label = Word("Rate {value}")
    tip = Word("Lower the learning rate to {value}.")
    ranks = ((Trouble.OVERGROWN, 30), (Trouble.EXPLODING, 50), (Trouble.DEAD, 40), (Trouble.SATURATED, 50))

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        return self._at(case.setup.hyper.learning_rate / 2)

    def gentler(self, remedy: Remedy) -> Remedy | None:
        assert remedy.value is not None  # it was offered with one
        return self._at(remedy.value / GENTLER)

    def _at(self, rate: float) -> Remedy | None:
        return Remedy(self.key, value=float(f"{rate:.3g}")) if rate >= SLOWEST / 2 else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(hyper=case.setup.hyper.model_copy(update={"learning_rate": remedy.value}))


class StartSlower(Cure):
    """All weights drawn anew, at a rate whose first steps would have been fair. Once steps as large as the weights
    themselves have driven units to where they are flat, neither a smaller rate nor new weights help alone."""

    key = "start_slower"
    sets_rate = True
    label = Word("Anew, rate {value}")
    tip = Word(
        "Draw all weights anew and learn at the rate {value}: single steps were as large as the weights themselves."
    )

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        step = too_large_step(case.snapshot)
        if step is None:
            return None
        blocks = tuple(case.plan.nodes[index].id for index in case.plan.probed)
        return self._at(case.setup.hyper.learning_rate * FAIR / step[1], blocks)

    def gentler(self, remedy: Remedy) -> Remedy | None:
        assert remedy.value is not None  # it was offered with one
        return self._at(remedy.value / GENTLER, remedy.blocks)

    def _at(self, rate: float, blocks: tuple[str, ...]) -> Remedy | None:
        rate = float(f"{rate:.0e}")
        return Remedy(self.key, blocks, value=rate) if rate >= SLOWEST else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        hyper = case.setup.hyper.model_copy(update={"learning_rate": remedy.value})
        return Edit(hyper=hyper, rows=drawn(case, case.graph, remedy.blocks))


def too_large_step(snapshot: Snapshot) -> tuple[str, float] | None:
    """The block and ‖Δw‖/‖w‖ of a step that was too large for a network that hasn't learnt since; None without one.
    With weights that begin tiny, the first steps say nothing of the rate."""
    block_id, peak = snapshot.history.largest_update
    losses = snapshot.history.losses_since_change
    has_learnt = len(losses) > 0 and snapshot.train_loss < FLAT * float(losses[0])
    begins_tiny = any(start_size(snapshot.plan.nodes[index]) < TINY for index in snapshot.plan.probed)
    return None if peak < TOO_LARGE or has_learnt or begins_tiny else (block_id, peak)


class Clip(Cure):
    """The gradient cut to a largest norm, where there is none yet."""

    key = "clip"
    label = Word("Clip at {value}")
    tip = Word("Cut every gradient to the norm {value} at most, so that no single step is too large.")
    ranks = ((Trouble.OVERGROWN, 40), (Trouble.EXPLODING, 40))

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        return Remedy(self.key, value=CLIP) if case.setup.hyper.clip_norm is None else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(hyper=case.setup.hyper.model_copy(update={"clip_norm": remedy.value}))


CURES = (
    LowerRate(),
    StartSlower(),
    Clip(),
)
