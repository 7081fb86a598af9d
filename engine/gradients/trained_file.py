"""A configuration as it is after some steps, in a file that the playground goes on from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.formats import NetworkFile
from engine.gradients.building import network_file, setup_of
from engine.gradients.experiment import Experiment
from engine.gradients.figures import shared_dataset
from engine.training.progress import progress_of
from engine.training.session import TrainingSession

AT_ONCE = 20
"""So many steps are done between two looks at whether they are still wanted."""


def trained_file(
    experiment: Experiment,
    number: int,
    title: str,
    steps: int,
    *,
    compiled: bool = True,
    cancelled: Callable[[], bool] = lambda: False,
) -> NetworkFile | None:
    """The configuration ``number`` (from 0) with the weights that so many steps lead to, its optimiser's memory and its
    curves; None where it is cancelled. The playground's own session does the steps once more, as
    :func:`engine.gradients.training.train` has done them; fewer where training breaks down. ``compiled``: as in
    :class:`engine.training.setup.Setup`."""
    setup = setup_of(experiment.configurations[number], shared_dataset(experiment), experiment.seed)
    session = TrainingSession(replace(setup, device="cpu", compiled=compiled))
    while session.updates < steps and session.failure is None:
        if cancelled():
            return None
        session.run_steps(min(AT_ONCE, steps - session.updates))
    snapshot = session.snapshot(maps=False)
    untrained = network_file(experiment, number, title)
    # What the last step measured is of the weights before it. Without it the playground looks at these weights anew, so
    # that it says of them what is said of this moment here.
    progress = progress_of(snapshot)
    progress = None if progress is None else replace(progress, norms={}, signal=None)
    return replace(untrained, weights=snapshot.weights, progress=progress)
