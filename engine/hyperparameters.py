"""Hyper-parameters: everything about training that is neither the network nor the data.

They are part of the document (saved, undone), so they are immutable and validated. A learning rate of 1e9 is
accepted on purpose: a learner may see what it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.optimizers import OPTIMIZERS, UpdateNumbers
from engine.problems import EngineError
from engine.schedules import Schedule
from engine.validation import sentence_of

__all__ = ["Hyperparameters", "L1AtZero", "Leftover", "OptimizerKey", "Precision", "Schedule", "parse_hyperparameters"]

if TYPE_CHECKING:
    OptimizerKey = str
else:
    OptimizerKey = Literal[tuple(OPTIMIZERS)]
DEFAULT_RATE = 0.02
"""The learning rate of a new network, which cures set again where a rate is out of range."""

Leftover = Literal["batch", "carry"]
L1AtZero = Literal["crosses", "sticks"]
Precision = Literal["float64", "float32"]


def _of(setting: str, meaning: str) -> str:
    """What a setting is, after the optimisers that read it."""
    return f"{', '.join(spec.label for spec in OPTIMIZERS.values() if setting in spec.settings)}: {meaning}"


class Hyperparameters(BaseModel):
    """How to train. Each optimiser reads the settings its :class:`engine.optimizers.OptimizerSpec` lists.

    A ``batch_size`` of at least the number of training rows means one batch an epoch (full-batch descent).

    ``leftover``: what becomes of the rows at an epoch's end that fill no batch. ``batch``: they are a smaller batch (a
    single one joins the batch before it). ``carry``: they wait, and the next epoch's first batch takes them in.

    ``l1_at_zero``: what L1 does to a weight near 0. ``crosses``: its gradient, l1·sign(w), is part of the one that the
    optimiser takes, so that the weight goes on to and fro across 0. ``sticks``: the optimiser's update comes first,
    then each weight is pulled by η·l1 towards 0; one that this pull takes across 0 is 0 from then on, for good.

    ``precision``: what training steps are reckoned in, and so what weights and the optimiser's memory are. ``float32``
    has 7 digits where float64 has 16, takes half the room and about half the time in wide layers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    optimizer: OptimizerKey = "adam"
    learning_rate: float = Field(default=DEFAULT_RATE, gt=0.0)
    batch_size: int = Field(default=10, ge=1, le=10**9)
    l1: float = Field(default=0.0, ge=0.0, description="L1 penalty on weights, never on biases")
    l1_at_zero: L1AtZero = "crosses"
    l2: float = Field(default=0.0, ge=0.0, description="L2 penalty on weights, never on biases")
    clip_norm: float | None = Field(default=None, gt=0.0, description="largest gradient norm; None: no clipping")
    momentum: float = Field(default=0.9, ge=0.0, lt=1.0)
    beta1: float = Field(default=0.9, ge=0.0, lt=1.0, description=_of("beta1", "decay of the mean gradient"))
    beta2: float = Field(default=0.999, ge=0.0, lt=1.0, description=_of("beta2", "decay of the mean squared gradient"))
    rho: float = Field(default=0.99, ge=0.0, lt=1.0, description=_of("rho", "decay of the mean squared gradient"))
    epsilon: float = Field(default=1e-8, gt=0.0, le=1.0)
    weight_decay: float = Field(default=0.01, ge=0.0, description=_of("weight_decay", "decoupled decay of weights"))
    schedule: Schedule = Field(default_factory=Schedule)
    shuffle: bool = True
    leftover: Leftover = "batch"
    stop_after_epochs: int | None = Field(default=None, ge=1, le=10**9)
    seed: int = Field(default=0, ge=0, lt=2**63)
    precision: Precision = "float64"

    @property
    def l1_of_gradient(self) -> float:
        """The part of L1 that the optimiser is given with the gradient."""
        return self.l1 if self.l1_at_zero == "crosses" else 0.0

    @property
    def l1_of_pull(self) -> float | None:
        """The L1 that pulls after the optimiser's step; None where it does not stick."""
        return self.l1 if self.l1_at_zero == "sticks" else None

    def update_numbers(self, eta: float, number: int) -> UpdateNumbers:
        """What an optimiser's rule reads at the update of this number, from 1."""
        return UpdateNumbers(
            eta, self.momentum, self.beta1, self.beta2, self.rho, self.epsilon, self.weight_decay,
            self.beta1**number, self.beta2**number,
        )  # fmt: skip


def parse_hyperparameters(values: object) -> Hyperparameters:
    """Hyper-parameters from plain data (a mapping, as JSON gives it).

    Raises EngineError with one sentence about the first field that is wrong (:mod:`engine.validation`).
    """
    try:
        return Hyperparameters.model_validate(values)
    except ValidationError as error:
        raise EngineError(sentence_of(error)) from error
