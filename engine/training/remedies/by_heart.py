"""Remedies for a network that has learnt its points by heart: what keeps weights small, or units from relying on one
another."""

from __future__ import annotations

from collections.abc import Sequence

from engine.problems import Word
from engine.training.remedies.base import Case, Cure, Edit, Remedy
from engine.training.remedies.structure import only_wire, with_behind
from engine.training.verdicts import Verdict

L2 = 0.01
FEWEST_UNITS = 4
"""A layer of fewer has hardly a unit to spare."""


class SmallWeights(Cure):
    """An L2 penalty, where there is none worth the name yet."""

    key = "l2"
    label = Word("L2 {value}")
    tip = Word("An L2 penalty of {value} on all weights: only what many points ask for is worth a large weight.")

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        hyper = case.setup.hyper
        return Remedy(self.key, value=L2) if hyper.l1 == 0.0 and hyper.l2 < L2 else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(hyper=case.setup.hyper.model_copy(update={"l2": remedy.value}))


class AddDropout(Cure):
    """A dropout behind every hidden layer that has units to spare and none behind it yet."""

    key = "dropout"
    label = Word("Dropout")
    tip = Word("A dropout behind {layers}: units fall silent at random, so that none can rely on another.")

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        blocks = tuple(node.id for node in case.hidden if node.width >= FEWEST_UNITS and _may_drop(case, node.id))
        return Remedy(self.key, blocks) if blocks else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(graph=with_behind(case.graph, remedy.blocks, "dropout"))


def _may_drop(case: Case, block_id: str) -> bool:
    wire = only_wire(case.graph, block_id)
    return wire is not None and not case.graph.block(wire.target).declaration.silences


CURES = (SmallWeights(), AddDropout())
