"""PassTrace: one sample or mini-batch through forward, loss, backward and update, stage by stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array
from engine.hyperparameters import Hyperparameters
from engine.network.plan import Plan, WeightKey


class Phase(StrEnum):
    """The four parts of a training step, in the order that they happen."""

    FORWARD = "forward"
    LOSS = "loss"
    BACKWARD = "backward"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is left to say of a stage whose numbers are not to be known yet: the ``names`` of its values, how many
    ``units`` they are of, and the ``strongest`` of these, for which it is worked out."""

    names: frozenset[str]
    units: int
    strongest: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One block's moment in a pass.

    ``formula``: mathtext of the line being worked out. ``values`` by phase, every array (rows, …) or as the parameter,
    with Lᵢ the loss of row i and L = (1/n) Σ Lᵢ the mean over the n rows:

    - forward: ``z``, ``a``;
    - loss: ``z``, ``a``, ``target``, ``loss`` (rows,) = Lᵢ, ``delta`` = ∂Lᵢ/∂z, of each row by itself;
    - backward: ``upstream`` = ∂L/∂a, ``delta`` = ∂L/∂z where the block has a pre-activation, and ``W``, ``b`` … =
      ∂L/∂ of each parameter; all of the mean, so that the output's ``delta`` is the loss stage's over n. The output
      has no ``upstream``: its loss and activation are differentiated in one;
    - update: ``W``, ``b`` …: the change that the optimiser makes.

    ``kept`` is what only the arithmetic needs: forward what the block keeps for the way back (a dropout's ``mask``, a
    norm's ``normal`` and ``inverse``), backward ``handed`` = ∂L/∂ of what came in, where that is by a single wire.

    ``withheld``: there are values, but they are left out here (:func:`engine.training.withheld.so_far`).
    """

    phase: Phase
    block_id: str
    formula: str
    values: Mapping[str, Array]
    kept: Mapping[str, Array] = field(default_factory=dict)
    withheld: Withheld | None = None

    def works_out(self, name: str) -> bool:
        """Whether it has a value of this name, known or withheld."""
        return name in self.values or (self.withheld is not None and name in self.withheld.names)


@dataclass(frozen=True, slots=True)
class UpdateTrace:
    """What the update was worked out from; every vector is (P,) in the order of θ, ``slots`` are (s, P).

    ``gradient`` is ∂L/∂θ of the data's loss, ``penalised`` has the penalty's part too, and ``clipped`` is what the
    optimiser takes; ``norm`` is the penalised gradient's length. ``number``: which step it is, from 1. ``stepped`` is θ
    after the optimiser's step alone, before an L1 that sticks pulled at it; ``stuck`` (P,) is what that holds at 0.
    """

    hyper: Hyperparameters
    rate: float
    number: int
    gradient: Array
    penalised: Array
    clipped: Array
    norm: float
    before: Array
    after: Array
    slots_before: Array
    slots_after: Array
    stepped: Array
    stuck: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PassTrace:
    """All stages in order. ``rows``: indices into the data set; ``loss``: the mean loss over them.

    ``inputs``: (rows, features) per input block id. ``weights``: every array by (block id, name), as the pass found
    them. ``learning_rate``: the η the updates were worked out with. ``plan``: the network as it was then, and
    ``update``: how its parameters came to move; a recommender's pass has neither. ``epoch``: after so many of a run,
    None outside one. ``is_next``: whether the rows are the batch that the run's next step takes.
    """

    rows: tuple[int, ...]
    inputs: Mapping[str, Array]
    target: Array
    output: Array
    loss: float
    weights: Mapping[WeightKey, Array]
    learning_rate: float
    stages: tuple[Stage, ...]
    plan: Plan | None = None
    update: UpdateTrace | None = None
    epoch: float | None = None
    is_next: bool = False


def unit_in_sight(stage: Stage, chosen: tuple[str, int] | None) -> int:
    """The unit that a stage is worked out for: the chosen one (block id, unit) where it is of the stage's block, else
    the strongest of the first row."""
    units, strongest = units_of(stage)
    if chosen is not None and chosen[0] == stage.block_id and chosen[1] < units:
        return chosen[1]
    return strongest


def units_of(stage: Stage) -> tuple[int, int]:
    """How many units a stage has numbers of, and which of them is the strongest in the first row."""
    if stage.withheld is not None:
        return stage.withheld.units, stage.withheld.strongest
    values = stage.values
    names = ("a",) if stage.phase is Phase.FORWARD else ("delta", "a", "upstream", "W", "gamma")
    shown = next((values[name] for name in names if name in values), None)
    if shown is None or shown.size == 0:
        return 0, 0
    units = shown.shape[0] if stage.phase is Phase.UPDATE else shown.shape[1]
    strength = np.abs(shown).reshape(units, -1).max(axis=1) if stage.phase is Phase.UPDATE else np.abs(shown[0])
    return units, int(np.argmax(np.nan_to_num(strength)))
