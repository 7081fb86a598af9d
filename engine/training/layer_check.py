"""Figures of a layer's z by PyTorch, or by plain sums without it, to be held beside ours. Torch is imported here: call
it in the background."""

from __future__ import annotations

import math

from engine.extras import has_torch
from engine.graph.kinds.base import Array
from engine.value_check import CheckedValue, Oracle


def check_mean(z: Array) -> CheckedValue[float]:
    """The mean of the finite values."""
    if has_torch():
        return CheckedValue(mean_by_torch(z), Oracle.TORCH)
    return CheckedValue(_mean(_finite(z)), Oracle.ARITHMETIC)


def check_deviation(z: Array) -> CheckedValue[float]:
    """Their deviation about the mean, divided by their number and not by one less."""
    if has_torch():
        return CheckedValue(deviation_by_torch(z), Oracle.TORCH)
    values = _finite(z)
    mean = _mean(values)
    return CheckedValue(math.sqrt(_mean([(value - mean) ** 2 for value in values])), Oracle.ARITHMETIC)


def check_share(z: Array, below: float, above: float, *, closed: bool) -> CheckedValue[float]:
    """The share of all values under ``below`` or over ``above``; ``closed``: or just there."""
    if has_torch():
        return CheckedValue(share_by_torch(z, below, above, closed=closed), Oracle.TORCH)
    values: list[float] = z.ravel().tolist()
    if closed:
        out = sum(value <= below or value >= above for value in values)
    else:
        out = sum(value < below or value > above for value in values)
    return CheckedValue(out / len(values) if values else math.nan, Oracle.ARITHMETIC)


def _finite(z: Array) -> list[float]:
    return [value for value in z.ravel().tolist() if math.isfinite(value)]


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values) if values else math.nan


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
