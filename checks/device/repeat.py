"""The same run twice on the device, and one that is interrupted and goes on from its checkpoint.

A GPU adds what several rows give to one place of a table in no fixed order, so the same run may come out a rounding
apart; ``torch.set_deterministic_debug_mode`` fixes the order, for a price. On the CPU all of it is the same to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from checks.device.absent import away
from checks.device.findings import Finding, at_most, is_so, left_out
from checks.device.numbers import apart, farthest
from checks.device.place import Place
from checks.device.rows_by_torch import as_there
from checks.device.runs import After, Learned, learned, settings
from checks.device.training import CALM, EACH
from checks.device.worlds import WORLDS, World
from engine.recommenders.running.settings import Training


def check(place: Place) -> Iterator[Finding]:
    """Wide & Deep, whose tables, dropout and crosses all take part."""
    world, training = WORLDS["wide-deep"](place.size), settings(place.batch).model_copy(update={"deep": CALM})
    with as_there(place.device):
        first, second = (learned(world, place.device, training) for _ in range(2))
        same = "to the bit" if np.array_equal(first.losses, second.losses) else "not to the bit"
        yield at_most("the same run twice: each loss", farthest(second.losses, first.losses), EACH["fp32"], note=same)
        yield _in_fixed_order(world, place, training)
        yield from _interrupted(world, place, training, first)


def _in_fixed_order(world: World, place: Place, training: Training) -> Finding:
    """Whether two runs are the same to the bit when torch is told to add in a fixed order."""
    import torch

    what = "the same to the bit with deterministic algorithms"
    before = torch.get_deterministic_debug_mode()
    torch.set_deterministic_debug_mode("error")  # not use_deterministic_algorithms: it imports torch's compiler first
    try:
        runs = [learned(world, place.device, training) for _ in range(2)]
    except RuntimeError as error:
        return left_out(what, f"torch has none for what the program asks of it: {str(error).splitlines()[0]}")
    finally:
        torch.set_deterministic_debug_mode(before)
    return is_so(what, np.array_equal(runs[0].losses, runs[1].losses))


def _interrupted(world: World, place: Place, training: Training, whole: Learned) -> Iterator[Finding]:
    lacking = [name for name in ("pydantic", "safetensors") if name in away()]
    if lacking:
        yield left_out("a run that is interrupted", f"Reading a checkpoint needs {' and '.join(lacking)}.")
        return
    half = len(whole.losses) // 2
    with TemporaryDirectory(prefix="neuroloom-device-") as folder:
        path = Path(folder, "run.safetensors")
        begun = learned(world, place.device, training, stop=After(half), checkpoint=path)
        gone_on = learned(world, place.device, training, resume=path)
        elsewhere = learned(world, "cpu", training, stop=After(1), resume=path)
    yield is_so("interrupted half-way: stops where it is told to", len(begun.losses) == half and begun.how == "stopped")
    joined = np.concatenate([begun.losses, gone_on.losses])
    yield at_most("interrupted, gone on: each loss", farthest(joined, whole.losses), EACH["fp32"])
    distance = apart(gone_on.trainer.network.theta, whole.trainer.network.theta)
    yield at_most("interrupted, gone on: θ", distance, EACH["fp32"])
    yield at_most("gone on with on the CPU: the next loss", abs(elsewhere.losses[0] / gone_on.losses[0] - 1), 1e-5)
