"""``recommend evaluate``: a checkpoint on the rows kept from training, beside simpler models on the very same rows."""

from __future__ import annotations

from argparse import Namespace

from engine.cli.outcome import Outcome
from engine.cli.recommend.telling import verdict_lines
from engine.network.torch_backend import resolve_device
from engine.recommenders.data.profile.leaks import leaks_among
from engine.recommenders.running.checkpoints import load, read
from engine.recommenders.running.device import ready
from engine.recommenders.tasks.base import verdict
from engine.recommenders.tasks.opening import reopened


def evaluate(arguments: Namespace) -> Outcome:
    """Judge a checkpoint."""
    checkpoint = read(arguments.checkpoint)
    device = resolve_device(arguments.device)
    ready(checkpoint.training, device)
    task = reopened(checkpoint, device=device)
    load(checkpoint, task.network)
    found = verdict(task)
    leaks = [leak.sentence for leak in leaks_among(task.notices)]
    document = {"figures": {who: dict(figures) for who, figures in found.items()}, "leaks": leaks}
    return Outcome(document, [*verdict_lines(found), *leaks])
