"""Samples a second on the device and, with the same code, on the CPU; and against the card's memory bandwidth.

A step's bytes are the fewest that it can move through the device's memory: every number that it needs read once and
every number that it makes written once. Their rate is held against that of a large copy within the device, bytes read
and written. How far below it a step stays is what launches, waiting and preparing batches on the CPU cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from statistics import median
from time import monotonic, perf_counter

import numpy as np

from checks.device.absent import away
from checks.device.findings import Finding, left_out, measured
from checks.device.place import Place
from checks.device.rates import copies, products
from checks.device.rows_by_torch import as_there
from checks.device.runs import After, learned, settings
from checks.device.training import no_bf16
from checks.device.worlds import WORLDS, Size, World
from engine.graph.columns import Bags
from engine.graph.kinds.base import Carries
from engine.graph.kinds.dropout import DropoutParams
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.trainer import RecommenderTrainer

LARGE, ROWS_OF_STEP = Size(rows=65_536, items=50_000, dimensions=64, hidden=(512, 256), bag=20), 4_096
SECONDS, EPOCHS = 3.0, 1_000
"""A run is stopped after so many seconds; epochs are more than it comes to."""
SECONDS_OF_WORLD = 45.0
"""How long a world takes: some runs, one of them on the CPU, where a step can take seconds."""


class Over:
    """A wish to stop that comes after some seconds, but not before two steps are done."""

    def __init__(self, seconds: float) -> None:
        self._until, self._steps = monotonic() + seconds, 0

    def is_set(self) -> bool:
        """Asked once after each step."""
        self._steps += 1
        return self._steps >= 2 and monotonic() >= self._until


def check(place: Place) -> Iterator[Finding]:
    """The device's own rates, then every world."""
    rates = list(copies(place))
    yield from rates
    yield from products(place)
    small = place.kind == "cpu"
    for key, make in WORLDS.items():
        if place.seconds_left < (SECONDS_OF_WORLD if not small else 2.0):
            yield left_out(f"{key}: speed", "There was no time left for it.")
            continue
        world = make(place.size if small else LARGE)
        yield from _of_world(world, place, place.batch if small else ROWS_OF_STEP, rates[0].value or 0.0)


def _of_world(world: World, place: Place, rows: int, bandwidth: float) -> Iterator[Finding]:
    plain = "numba" in away()
    with as_there("cpu") if plain else nullcontext():
        on_cpu = _speed(world, "cpu", rows, "fp32", place)
    note = f"{rows} rows a step{', tables by torch, for want of numba' if plain else ''}"
    yield measured(f"{world.name}: the CPU", on_cpu, "samples/s", note)
    with as_there(place.device):
        for size in (rows, LARGE.rows) if place.kind == "cuda" else (rows,):
            for precision in ("fp32", "bf16"):
                if precision == "bf16" and (why := no_bf16(place)):
                    yield left_out(f"{world.name}: {precision}", why)
                else:
                    yield from _there(world, place, size, precision, on_cpu, bandwidth)


def _there(world: World, place: Place, rows: int, precision: str, on_cpu: float, bandwidth: float) -> Iterator[Finding]:
    """The device's own rate, what it has of the CPU's and of a copy's, and what of a step the CPU takes first."""
    what = f"{world.name}: {place.kind.upper()}, {precision}, {rows} rows"
    there = _speed(world, place.device, rows, precision, place)
    yield measured(what, there, "samples/s", f"{there / on_cpu:.3g} × the CPU; {rows / there * 1e3:.3g} ms a step")
    trainer = world.trainer(place.device, settings(rows))
    batches = PreparedBatches(world.rows(trainer.network), trainer.training)
    batch = batches.batch(0, 0)
    moved = least_bytes(trainer, batch)
    at = there / rows * moved / 1e9
    share = f"{at / bandwidth:.1%} of a copy's; {moved / 2**20:.3g} MiB a step"
    yield measured(f"{what}, moves at least", at, "GB/s", share)
    if precision == "fp32":
        before = _seconds(lambda: batches.batch(0, 0)), _seconds(lambda: _draw_masks(trainer, rows))
        percent = [100 * seconds * there / rows for seconds in before]
        note = f"the batch {percent[0]:.1f} %, dropout's masks {percent[1]:.1f} %"
        yield measured(f"{what}, of a step the CPU prepares", sum(percent), "%", note)


def _draw_masks(trainer: RecommenderTrainer, rows: int) -> None:
    """What a step draws for dropout, on the CPU whatever the device."""
    for node in trainer.network.plan.nodes:
        if isinstance(node.params, DropoutParams):
            trainer.masks().keep(node.id, (rows, node.width), node.params.rate)


def _speed(world: World, device: str, rows: int, precision: str, place: Place) -> float:
    """The median over a run's reports, but for the first: caches are filled then."""
    training = settings(rows, EPOCHS, precision)
    learned(world, device, training, stop=After(1))  # kernels are compiled, or loaded
    run = learned(world, device, training, None, stop=Over(SECONDS if place.kind != "cpu" else 0.4))
    speeds = run.speeds[1:] if len(run.speeds) > 1 else run.speeds
    return float(np.median(speeds))


def _seconds(work: Callable[[], object]) -> float:
    """The median of three times."""
    found = []
    for _ in range(3):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return median(found)


def least_bytes(trainer: RecommenderTrainer, batch: PreparedRows) -> float:
    """The fewest bytes that a step moves through the device's memory, with four to a number.

    For each number that is looked up its id (8 ÷ dimensions), itself, and its gradient written and read; for each of a
    distinct row its sum and what the optimiser has of it, read and written; for each dense parameter itself forward and
    back, its gradient, and the optimiser's; for each unit of each row z and ∂/∂z written and read. A softmax over all
    items makes its logits twice, and reads them once forward and twice back.
    """
    network, total = trainer.network, 32.0 * trainer.network.plan.size
    for at, keys in batch.keys.items():
        node = network.plan.nodes[at]
        ids = keys.ids if isinstance(keys, Bags) else keys.reshape(-1)
        slots = len(trainer.optimisers[node.id, "W"].slots)
        width = network.tables[node.id, "W"].shape[1]
        total += len(ids) * (8 + 4 * width) + len(np.unique(ids)) * width * (16 + 8 * slots)
    flows = sum(node.width for node in network.plan.nodes if node.kind.gives is Carries.NUMBERS)
    total += 16.0 * batch.rows * flows
    end = network.plan.output.params
    if isinstance(end, SampledSoftmaxParams):
        others, logits = (end.negatives, 16.0) if end.negatives else (end.items, 20.0)
        total += others * network.plan.output.width * 32.0 + logits * batch.rows * others
    return total
