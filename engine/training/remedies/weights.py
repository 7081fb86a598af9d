"""Remedies that draw weights anew: of dead units, of a layer, or of all layers under a better initialiser."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.graph.kinds.base import Array
from engine.initializers import seeded_rows
from engine.network.numpy_passes import forward_pass
from engine.network.plan import Node
from engine.network.state import state_of
from engine.problems import Word
from engine.training.remedies.base import (
    HE,
    XAVIER,
    Case,
    Cure,
    Edit,
    Remedy,
    drawn,
    good_start,
    ids_of,
    is_just_drawn,
    large_starts,
    restarted,
    starts_well,
)
from engine.training.snapshot import Snapshot
from engine.training.tables import network_inputs
from engine.training.verdicts import Trouble, Verdict

ENOUGH_ROWS = 4096
"""Rows of the training set that say well enough where a unit is on."""
OPEN = 0.1
"""The bias of a unit on which nothing comes in but zeros: on, everywhere."""
FEWEST_ON = 0.1


class Revive(Cure):
    """Draws the incoming weights of dead units anew, with a bias that has each on for half of the points. What they
    feed keeps its weights, and all other units theirs."""

    key = "revive"
    label = Word("Revive {units}")
    tip = Word("Draw the incoming weights of {units} of {layer} anew, on for half of the training points.")
    ranks = ((Trouble.DEAD, 10),)

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        (verdict,) = trouble
        node = case.node(verdict.block_id)
        if not node.kind.probed or (len(verdict.units) > 1 and len(verdict.units) == node.width):
            return None
        return Remedy(self.key, (verdict.block_id,), verdict.units)

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        block_id = remedy.blocks[0]
        node = case.node(block_id)
        incoming = _incoming(case, node)
        weights, biased = _draw(case, node), (block_id, "b") in case.snapshot.weights
        rows: dict[tuple[str, str], dict[int, Array]] = {(block_id, "W"): {}}
        for unit in remedy.units:
            row, bias = _awake(incoming, weights[unit], biased=biased)
            rows[block_id, "W"][unit] = row
            if biased:
                rows.setdefault((block_id, "b"), {})[unit] = np.array(bias)
        return Edit(rows=rows)


def _draw(case: Case, node: Node) -> Array:
    """Rows for a layer, (units, in), by its own initialiser, or He's where that draws no two units apart."""
    params, shape = node.params, (node.width, node.in_widths[0])
    own = params.initializer not in ("zeros", "constant")
    return seeded_rows(params.initializer if own else HE, shape, case.seed, node.id, params.scale if own else None)


def _incoming(case: Case, node: Node) -> Array:
    """What the layer is fed over the training set, (rows, in)."""
    dataset = case.setup.dataset
    inputs = network_inputs(case.plan, dataset.columns, dataset.x[dataset.train[:ENOUGH_ROWS]])
    with np.errstate(all="ignore"):
        return forward_pass(case.plan, state_of(case.plan, case.snapshot.weights), inputs)[node.sources[0]].a


def _awake(incoming: Array, row: Array, *, biased: bool) -> tuple[Array, float]:
    """Weights (in,) and bias of a unit that is on for half of the rows, as far as a bias can see to it."""
    z = incoming @ row
    if biased:
        middle = float(np.median(z))
        return row, -middle if float(np.mean(z > middle)) >= FEWEST_ON else OPEN - middle
    return (row if float(np.mean(z > 0.0)) >= FEWEST_ON else -row), 0.0


class Reinitialise(Cure):
    """Draws the weights of all layers with the same trouble anew by their own initialiser: one that stays as it is
    would keep the others from learning."""

    key = "reinitialise"
    label = Word("Re-initialise")
    tip = Word("Draw the weights of {layers} anew; the other layers keep what they have learnt.")
    ranks = (
        (Trouble.NOT_FINITE, 30),
        (Trouble.OVERGROWN, 10),
        (Trouble.ALIKE, 20),
        (Trouble.EXPLODING, 30),
        (Trouble.VANISHING, 80),
        (Trouble.DEAD, 30),
        (Trouble.SATURATED, 30),
    )

    def label_of(self, remedy: Remedy, snapshot: Snapshot) -> Word:
        return Word("Re-initialise {layer}") if len(remedy.blocks) == 1 else self.label

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        verdict = trouble[0]
        if not _is_mostly_ill(case, verdict):
            return None
        alike = [other for other in case.snapshot.verdicts if other.is_alarm is verdict.is_alarm]
        ill = [other for other in alike if other.trouble is verdict.trouble or _is_silent_output(case, other)]
        ill = [other for other in ill if _is_mostly_ill(case, other)]
        blocks = [block_id for block_id in dict.fromkeys(ids_of(ill)) if _can_be_drawn(case, block_id)]
        return None if all(is_just_drawn(case, block_id) for block_id in blocks) else Remedy(self.key, tuple(blocks))

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(rows=drawn(case, case.graph, remedy.blocks))


def _is_mostly_ill(case: Case, verdict: Verdict) -> bool:
    """Whether the layer has learnt too little to be kept; one in which few units are dead has learnt something."""
    return verdict.trouble is not Trouble.DEAD or 2 * len(verdict.units) > case.node(verdict.block_id).width


def _is_silent_output(case: Case, verdict: Verdict) -> bool:
    """Whether nothing comes back from the output: no layer learns while it stays as it is."""
    return verdict.trouble is Trouble.VANISHING and verdict.block_id == case.plan.output.id


def _can_be_drawn(case: Case, block_id: str) -> bool:
    node = case.node(block_id)
    return node.kind.probed and node.params.initializer not in ("zeros", "constant")


class Initialise(Cure):
    """Gives layers the initialiser that is made for their activation, He's or Xavier's, and draws them by it. A change
    of the initialiser by itself would act at the next start only. An output whose weights are all 0 lets no gradient
    through to them, so it is drawn as well, as is one that began far too large; so are all layers where steps have
    thrown some out of all bounds."""

    key = "initialise"
    label = Word("Fitting start weights")
    tip = Word(
        "Give {layers} the initialiser made for their activation, He's or Xavier's, and draw their weights by it."
    )
    ranks = (
        (Trouble.NOT_FINITE, 20),
        (Trouble.OVERGROWN, 20),
        (Trouble.ALIKE, 10),
        (Trouble.EXPLODING, 10),
        (Trouble.VANISHING, 50),
        (Trouble.SATURATED, 10),
    )

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        blocks = [node.id for node in case.hidden if not starts_well(node)]
        output = case.plan.output.id
        if not case.snapshot.weights[output, "W"].any() or output in large_starts(case.snapshot):
            blocks.append(output)
        if blocks and any(verdict.trouble is Trouble.OVERGROWN for verdict in case.snapshot.verdicts):
            blocks = [case.plan.nodes[index].id for index in case.plan.probed]
        return Remedy(self.key, tuple(blocks)) if blocks else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        made_for = {}
        for block_id in remedy.blocks:
            if not starts_well(case.node(block_id)):
                function = case.function(block_id)
                made_for[block_id] = XAVIER if function is None else good_start(function)
        graph = restarted(case.graph, made_for, made_for)
        return Edit(graph=graph, rows=drawn(case, graph, remedy.blocks))


CURES = (Revive(), Reinitialise(), Initialise())
