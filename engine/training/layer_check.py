"""Figures of a layer's z by PyTorch, to be held beside ours. Torch is imported here: call it in the background."""

from __future__ import annotations

from engine.graph.kinds.base import Array


def mean_by_torch(z: Array) -> float:
    """The mean of the finite values."""
    import torch

    values = torch.from_numpy(z.ravel())
    return float(values[torch.isfinite(values)].mean())


def deviation_by_torch(z: Array) -> float:
    """Their deviation about the mean, divided by their number and not by one less."""
    import torch

    values = torch.from_numpy(z.ravel())
    return float(values[torch.isfinite(values)].std(correction=0))


def share_by_torch(z: Array, below: float, above: float, *, closed: bool) -> float:
    """The share of all values under ``below`` or over ``above``; ``closed``: or just there."""
    import torch

    values = torch.from_numpy(z.ravel())
    out = (values <= below) | (values >= above) if closed else (values < below) | (values > above)
    return float(out.double().mean())
