"""``recommend evaluate``: a checkpoint on the rows kept from training, beside simpler models on the very same rows."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from engine.cli.outcome import Outcome, number, table
from engine.network.torch_backend import resolve_device
from engine.recommenders.running.checkpoints import load, read
from engine.recommenders.running.device import ready
from engine.recommenders.tasks.opening import reopened

ERROR = ".error"


def evaluate(arguments: Namespace) -> Outcome:
    """Judge a checkpoint."""
    checkpoint = read(arguments.checkpoint)
    device = resolve_device(arguments.device)
    ready(checkpoint.training, device)
    task = reopened(checkpoint, device=device)
    load(checkpoint, task.network)
    found = task.verdict()
    names = [name for name in next(iter(found.values())) if not name.endswith(ERROR)]
    rows = [(who, *(_with_error(figures, name) for name in names)) for who, figures in found.items()]
    return Outcome({"figures": {who: dict(figures) for who, figures in found.items()}}, table(("", *names), rows))


def _with_error(figures: Mapping[str, float], name: str) -> str:
    error = figures.get(name + ERROR)
    return number(figures[name]) if error is None else f"{figures[name]:.4f} ± {error:.4f}"
