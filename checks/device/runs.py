"""A run of training on a device, as the program makes it, and what it has learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checks.device.worlds import SEED, World
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.checkpoints import read, restore
from engine.recommenders.running.events import Event, Stepped
from engine.recommenders.running.run import Run, StopFlag
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import RecommenderTrainer, StepReport

Gradients = Callable[[RecommenderTrainer, PreparedRows], StepReport]


@dataclass(frozen=True, slots=True)
class Learned:
    """``losses`` (reports,): of each batch before its update, or means over the batches of a report. ``speeds``
    (reports,): in samples/s. ``how``: the run has ended."""

    trainer: RecommenderTrainer
    losses: NDArray[np.float64]
    speeds: NDArray[np.float64]
    how: str


def settings(batch: int, epochs: int = 1, precision: str = "fp32") -> Training:
    """A run of so many epochs."""
    return Training.model_validate({"epochs": epochs, "batch_size": batch, "seed": SEED, "precision": precision})


def learned(
    world: World, device: str, training: Training, report: int | None = 1, gradients: Gradients | None = None,
    stop: StopFlag | None = None, checkpoint: Path | None = None, resume: Path | None = None,
) -> Learned:  # fmt: skip
    """Train a new network, or one from a checkpoint; ``report``: steps from one loss to the next, None for five losses
    a second at most, as the program has it.

    Raises ArithmeticError for a run that diverges.
    """
    trainer = world.trainer(device, training)
    cursor = None if resume is None else restore(read(resume), trainer)
    events: list[Event] = []
    batches = PreparedBatches(world.rows(trainer.network), training)
    run = Run(
        trainer, batches, training, {}, emit=events.append, report=report, stop=stop, checkpoint=checkpoint,
        gradients=None if gradients is None else partial(gradients, trainer),
    )  # fmt: skip
    ending = run.go(cursor)
    if ending.how == "diverged":
        raise ArithmeticError(f"The run of {world.name} on {device} diverged: {ending.failure}.")
    steps = [event for event in events if isinstance(event, Stepped)]
    losses, speeds = (np.array([getattr(step, name) for step in steps]) for name in ("loss", "samples_per_second"))
    return Learned(trainer, losses, speeds, ending.how)


class After:
    """A wish to stop that comes after so many steps."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def is_set(self) -> bool:
        """Asked once after each step."""
        self._left -= 1
        return self._left <= 0
