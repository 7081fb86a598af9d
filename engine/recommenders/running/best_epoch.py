"""``epochs auto``: which epoch to keep, found on rows that the network does not learn from.

Nobody knows beforehand how long data can be learned from: a few thousand watches are learned by heart within two
epochs, a hundred thousand may take ten. After the best epoch so far a copy of network and optimisers is kept, and the
run goes back to it in the end.

Where what a network has counted before it learns is a choice too, an epoch has to be better than that by more than its
standard error (the rule of one standard error: Breiman et al., Classification and Regression Trees, 1984, §3.4.3): the
best of many looks at few users is better by luck alone. For the same reason it is waited twice as long for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from engine.recommenders.running.checkpoints import Best, Cursor, learned_tensors_of
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import RecommenderTrainer


class BestEpoch:
    """Watches the ``figure`` that an epoch is chosen by, the higher the better; ``trainer.best`` is the copy."""

    def __init__(self, trainer: RecommenderTrainer, training: Training, figure: str) -> None:
        self.figure = figure
        self._trainer, self._training = trainer, training

    def begin(self, cursor: Cursor, figures: Mapping[str, float | None]) -> Cursor:
        """From a cursor on. ``figures``: what was found of the network as it is, empty where how it began is no choice.

        A checkpoint written right after the best epoch holds it once: it is copied here.
        """
        if figures.get(self.figure) is not None:
            return self.after(cursor, figures)
        if cursor.best is not None and not self._trainer.best:
            self._copy()
        return cursor

    def after(self, cursor: Cursor, figures: Mapping[str, float | None]) -> Cursor:
        """After an epoch, ``figures`` being what was found then: the cursor, which knows the best one so far."""
        value, best = figures.get(self.figure), cursor.best
        margin = figures.get(f"{self.figure}.error") or 0.0 if _is_start(best) else 0.0
        if best is not None and (value is None or value <= (-math.inf if best.value is None else best.value + margin)):
            return cursor
        self._copy()
        return replace(cursor, best=Best(cursor.epoch, cursor.updates, value))

    def over(self, cursor: Cursor) -> bool:
        """Whether no more epochs are tried: the best one has not been beaten for long enough, or there were most."""
        waited = 0 if cursor.best is None else cursor.epoch - cursor.best.epochs
        patience = self._training.patience * (2 if _is_start(cursor.best) else 1)
        return waited >= patience or cursor.epoch >= self._training.limit

    def back(self, cursor: Cursor) -> Cursor:
        """Make network and optimisers what they were after the best epoch; the cursor of that moment."""
        assert cursor.best is not None
        for name, tensor in learned_tensors_of(self._trainer).items():
            tensor.copy_(self._trainer.best[name])
        self._trainer.step = cursor.best.updates
        return Cursor(cursor.best.epochs, 0, cursor.best.updates, best=cursor.best, stage="closing")

    def _copy(self) -> None:
        self._trainer.best = {name: tensor.clone() for name, tensor in learned_tensors_of(self._trainer).items()}


def _is_start(best: Best | None) -> bool:
    """Whether it is what the network was before it learned."""
    return best is not None and best.updates == 0
