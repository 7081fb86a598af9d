"""What the device does at best: copies within it and to it, and matrix products in each precision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from checks.device.findings import Finding, measured
from checks.device.place import Place

if TYPE_CHECKING:
    from torch import Tensor

COPIED = {"cuda": 2**30, "mps": 2**28, "cpu": 2**24}
"""Bytes: far more than a device's caches hold, but on the CPU, where the figure is but a trial of this module."""
SENT = 2**26
SIDE = {"cuda": 8_192, "mps": 2_048, "cpu": 256}
TIMES = 7


def copies(place: Place) -> Iterator[Finding]:
    """Bytes a second: first, read and written, by a copy within the device; then to it from the CPU's memory."""
    import torch

    size = COPIED[place.kind]
    here = torch.randn(size // 4, device=place.device)
    there = torch.empty_like(here)
    seconds = timed(place, lambda: there.copy_(here))
    yield measured("a copy within the device, read and written", 2 * size / seconds / 1e9, "GB/s", f"{size >> 20} MiB")
    if place.kind != "cuda":
        return
    sent = torch.randn(SENT // 4)
    landed = torch.empty(SENT // 4, device=place.device)
    pinned = sent.pin_memory()
    for name, source in (("as the program sends batches", sent), ("from pinned memory", pinned)):
        rate = SENT / timed(place, partial(landed.copy_, source, non_blocking=True)) / 1e9
        yield measured(f"to the device, {name}", rate, "GB/s", f"{SENT >> 20} MiB")


def products(place: Place) -> Iterator[Finding]:
    """Matrix products in float32, without and with TF32, and in bf16: rate, and how far from double precision."""
    import torch

    before = torch.get_float32_matmul_precision()
    side = SIDE[place.kind]
    a, b = (torch.randn(side, side, device=place.device) for _ in range(2))
    kinds: list[tuple[str, str, torch.dtype]] = [("fp32, as the program computes", before, torch.float32)]
    if place.kind == "cuda":
        kinds.append(("fp32 by TF32, which the program leaves off", "high", torch.float32))
    if place.kind != "mps":
        kinds.append(("bf16", before, torch.bfloat16))
    for name, precision, dtype in kinds:
        torch.set_float32_matmul_precision(precision)
        try:
            left, right = a.to(dtype), b.to(dtype)
            seconds = timed(place, partial(torch.matmul, left, right))
            error = _error(left, right, a, b)
        finally:
            torch.set_float32_matmul_precision(before)
        yield measured(f"product, {name}", 2 * side**3 / seconds / 1e12, "TFLOP/s", f"off by {error:.1e}; side {side}")


def _error(left: Tensor, right: Tensor, a: Tensor, b: Tensor) -> float:
    """‖ours − exact‖ ÷ ‖exact‖ over some rows, the exact one in double precision on the CPU."""
    exact = a[:16].cpu().double() @ b.cpu().double()
    found = (left @ right)[:16].cpu().double()
    return float((found - exact).norm() / exact.norm())


def timed(place: Place, work: Callable[[], object]) -> float:
    """The median seconds of some repetitions, after two to warm up."""
    found = []
    for turn in range(TIMES + 2):
        place.settle()
        start = perf_counter()
        work()
        place.settle()
        if turn > 1:
            found.append(perf_counter() - start)
    return median(found)
