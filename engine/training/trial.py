"""Remedies tried on copies: what a network is worth some epochs after each, beside what it is worth without any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.training.progress import progress_of
from engine.training.remedies import Case, Edit, Remedy, edit_of
from engine.training.session import TrainingSession
from engine.training.snapshot import Snapshot

EPOCHS = 80
CHUNK = 5
"""Epochs between two looks at whether anybody still wants to know."""
WORTH_IT = 0.02
"""A remedy helps that lifts accuracy or R² by so much …"""
MUCH_LOWER = 0.5
"""… or brings the loss down to this share."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A copy after its epochs. ``remedy``, ``edit``: None and empty of the network as it is. ``signal``:
    ‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖ of its first and last hidden layer, 1 with fewer than two. ``score``: accuracy or R² on the test set,
    ``loss``: on the training set. ``broken``: it ran into NaN or infinity. ``helps``: beside the network as it is."""

    remedy: Remedy | None
    edit: Edit
    signal: float
    score: float
    loss: float
    broken: bool = False
    helps: bool = False


def try_remedies(
    case: Case,
    remedies: Sequence[Remedy],
    *,
    epochs: int = EPOCHS,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> tuple[Outcome, ...]:
    """The network as it is first, then the remedies, those that help before the rest and the best first.

    All go on from the case's weights, over the same batches, for the same number of epochs. Fewer come back where it
    has been cancelled.
    """
    edits = [(None, Edit()), *((remedy, edit_of(case, remedy)) for remedy in remedies)]
    found: list[Outcome] = []
    for number, (remedy, edit) in enumerate(edits):
        session = _copy(case, edit)
        chunk = CHUNK * session.steps_per_epoch
        steps = epochs * session.steps_per_epoch - session.cursor % session.steps_per_epoch
        for done in range(0, steps, chunk):
            if cancelled():
                return _ranked(found)
            session.run_steps(min(chunk, steps - done), probe=False)
            progress((number + min(1.0, (done + chunk) / steps)) / len(edits))
            if session.failure is not None:
                break
        found.append(_outcome(remedy, edit, session))
    return _ranked(found)


def _copy(case: Case, edit: Edit) -> TrainingSession:
    """A session of its own where the case's stands, its optimiser's memory and place in the epoch included, and then
    the edit, as the running one would take it."""
    endless = {"stop_after_epochs": None}
    setup = replace(case.setup, hyper=case.setup.hyper.model_copy(update=endless))
    session = TrainingSession(setup, case.snapshot.weights, progress=progress_of(case.snapshot))
    hyper = (edit.hyper or setup.hyper).model_copy(update=endless)
    session.change(replace(setup, graph=edit.graph or setup.graph, hyper=hyper))
    if edit.weights is not None:
        session.set_weights(edit.weights)
    session.set_rows(edit.rows)
    return session


def _outcome(remedy: Remedy | None, edit: Edit, session: TrainingSession) -> Outcome:
    snapshot = session.snapshot(maps=False)
    broken = session.failure is not None
    return Outcome(remedy, edit, _signal(snapshot), snapshot.accuracy, snapshot.train_loss, broken)


def _signal(snapshot: Snapshot) -> float:
    deltas = [layer.delta for layer in snapshot.layers[:-1]]
    if len(deltas) < 2:
        return 1.0
    return deltas[0] / deltas[-1] if deltas[-1] > 0.0 else 0.0


def _ranked(found: Sequence[Outcome]) -> tuple[Outcome, ...]:
    if not found:
        return ()
    base, *rest = found
    judged = [replace(one, helps=_helps(one, base)) for one in rest]
    # Scores are rounded: of two that are as good the one with the smaller loss comes first.
    judged.sort(key=lambda one: (not one.helps, -round(np.nan_to_num(one.score, nan=-np.inf), 3), one.loss))
    return base, *judged


def _helps(one: Outcome, base: Outcome) -> bool:
    if one.broken or not np.isfinite(one.loss):
        return False
    if base.broken:
        return True
    better = one.score >= base.score + WORTH_IT
    return better or (one.score >= base.score and one.loss <= MUCH_LOWER * base.loss)
