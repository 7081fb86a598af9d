"""Wide & Deep, candidates and ranking, trained on the device and on the CPU: the same losses, step by step.

What is allowed, and why. The device adds in another order, so a sum is off by its rounding: about 1e-7 of it in
float32. Where a ReLU's input is that near to 0 another side is taken, which moved single losses by 5e-5 when the same
runs were made with torch's operations in place of our kernels on the CPU (96 steps, four networks); a twentyfold of it
is allowed. A fault, such as an optimiser without its square root, is off by parts of a hundred and more. bf16 keeps 8
binary digits, 0.4 % of each number that goes into a product: by the CPU's bf16 single losses were off by 1.6 % and a
run's mean by 0.2 %, and a threefold to sixfold of that is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from checks.device.findings import Finding, at_most, is_so, left_out, more_than
from checks.device.numbers import apart, farthest
from checks.device.place import Place
from checks.device.rows_by_torch import as_there
from checks.device.runs import Learned, learned, settings
from checks.device.worlds import WORLDS, World
from engine.recommenders.running.settings import AdaGrad, Training

EACH = {"fp32": 1e-3, "bf16": 5e-2}
MEAN = {"fp32": 1e-4, "bf16": 1e-2}
WAY = 0.1
"""How far the parameters may be from the CPU's, of the way that they have come; in fp32. Kinks made it 0.03."""
EPOCHS = 3
CALM = AdaGrad(rate=0.01)
"""With the usual rate the first steps leap, and what rounding has parted they drive further apart."""


def check(place: Place) -> Iterator[Finding]:
    """Every world in fp32, then those that the device can in bf16."""
    for make in WORLDS.values():
        world = make(place.size)
        training = settings(place.batch, EPOCHS).model_copy(update={"deep": CALM})
        reference = learned(world, "cpu", training)
        first, last = _quarters(reference)
        yield more_than(f"{world.name}: the loss falls on the CPU", first - last, 0.0, "nats")
        for precision in ("fp32", "bf16"):
            yield from _compared(world, place, training, precision, reference)


def _compared(world: World, place: Place, training: Training, precision: str, reference: Learned) -> Iterator[Finding]:
    what = f"{world.name}, {precision}"
    if precision == "bf16" and (why := no_bf16(place)):
        yield left_out(what, why)
        return
    with as_there(place.device):
        found = learned(world, place.device, training.model_copy(update={"precision": precision}))
    steps = f"{len(reference.losses)} steps of {training.batch_size} rows"
    yield at_most(f"{what}: each loss", farthest(found.losses, reference.losses), EACH[precision], note=steps)
    means = float(found.losses.mean()), float(reference.losses.mean())
    yield at_most(f"{what}: the run's mean", abs(means[0] - means[1]) / means[1], MEAN[precision])
    if precision == "fp32":
        yield at_most(f"{what}: parameters, of their way", _way_apart(world, found, reference), WAY)
    else:
        differs = bool(np.any(found.losses != reference.losses))
        yield is_so(f"{what}: is not fp32 under another name", differs)


def no_bf16(place: Place) -> str:
    """Why bf16 is not to be had there; nothing where it is."""
    import torch

    if place.kind == "mps":
        return "The program trains in bf16 on CUDA alone."
    if place.kind == "cuda" and not torch.cuda.is_bf16_supported(including_emulation=False):
        return "This GPU does not compute in bf16 by itself."
    return ""


def _quarters(run: Learned) -> tuple[float, float]:
    """The mean losses of the run's first and last quarter."""
    quarter = max(1, len(run.losses) // 4)
    return float(run.losses[:quarter].mean()), float(run.losses[-quarter:].mean())


def _way_apart(world: World, found: Learned, reference: Learned) -> float:
    """The largest distance between what two runs have come to, of the way that the reference has come."""
    start = world.trainer("cpu", reference.trainer.training).network
    one, other = found.trainer.network, reference.trainer.network
    pairs = [(one.theta.cpu() - start.theta, other.theta - start.theta)]
    pairs += [(one.tables[key].cpu() - table, other.tables[key] - table) for key, table in start.tables.items()]
    return max(apart(ours, theirs) for ours, theirs in pairs)
