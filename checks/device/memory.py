"""A GPU short of memory: out-of-memory is caught, the batch is worked through in parts, and its gradients are the same.

The process is allowed less than the batch was seen to take, by ``torch.cuda.set_per_process_memory_fraction``: the
allocator then raises as it does where a card is full. Elsewhere nothing can be withheld, and the parts are asked for.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import numpy as np

from checks.device.findings import Finding, at_most, is_so, left_out, measured, more_than
from checks.device.numbers import gradients_apart
from checks.device.place import Place
from checks.device.rows_by_torch import as_there
from checks.device.runs import settings
from checks.device.worlds import WORLDS, Size, World
from engine.problems import Problem
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.micro_batches import IN_PARTS, MicroBatching, gradients_in_parts
from engine.recommenders.running.trainer import RecommenderTrainer, StepReport

LARGE = Size(rows=32_768, items=2_000, dimensions=32, hidden=(1_024, 512), bag=12)
"""A batch whose pass takes most of a gigabyte, so that the allocator's own roundings do not matter."""
SHARE = 0.4
"""Of what the whole batch takes beyond the network itself, how much is allowed."""
ALLOWED = 1e-4
"""Parts are added up in another order: on the CPU the worst table was off by 2e-7."""
KEYS = ("wide-deep", "ranking")


def check(place: Place) -> Iterator[Finding]:
    """Wide & Deep, with dropout, and ranking, with weighted rows."""
    size = LARGE if place.kind == "cuda" else place.size
    for key in KEYS:
        world = WORLDS[key](size)
        with as_there(place.device):
            trainer = world.trainer(place.device, settings(size.rows))
        batch = world.rows(trainer.network)
        yield from (_short(world, trainer, batch) if place.kind == "cuda" else _in_parts(world, trainer, batch))
    if place.kind != "cuda":
        yield left_out("out-of-memory itself", f"torch can withhold memory on CUDA alone, not on {place.kind.upper()}.")


def _in_parts(world: World, trainer: RecommenderTrainer, batch: PreparedRows) -> Iterator[Finding]:
    whole, parts = trainer.gradients(batch), gradients_in_parts(trainer, batch, 4)
    yield from _same(f"{world.name}: 4 parts asked for", whole, parts, trainer)


def _short(world: World, trainer: RecommenderTrainer, batch: PreparedRows) -> Iterator[Finding]:
    """The gradients of a batch before and after most of the memory is withheld."""
    import torch

    whole = trainer.gradients(batch)
    held, taken = _memory_of(trainer, batch)
    yield measured(f"{world.name}: a batch of {batch.rows} rows takes", taken / 2**20, "MiB")
    notices: list[Problem] = []
    batching = MicroBatching(trainer, notices.append)
    total = torch.cuda.get_device_properties(torch.cuda.current_device()).total_memory
    torch.cuda.set_per_process_memory_fraction((held + SHARE * taken) / total)
    try:
        found = batching.gradients(batch)
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
        torch.cuda.empty_cache()
    yield more_than(f"{world.name}: parts with {SHARE:.0%} of that", batching.parts, 1)
    said = [notice.code for notice in notices]
    yield is_so(f"{world.name}: it is said, once", said == [IN_PARTS.code], ", ".join(said))
    yield from _same(f"{world.name}: in {batching.parts} parts", whole, found, trainer)


def _memory_of(trainer: RecommenderTrainer, batch: PreparedRows) -> tuple[int, int]:
    """Bytes that the process holds between two batches, and what a batch takes besides at its height."""
    import torch

    gc.collect()
    torch.cuda.empty_cache()
    held = torch.cuda.memory_reserved()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    trainer.gradients(batch)
    taken = torch.cuda.max_memory_allocated() - before
    torch.cuda.empty_cache()
    return held, taken


def _same(what: str, whole: StepReport, parts: StepReport, trainer: RecommenderTrainer) -> Iterator[Finding]:
    distances = gradients_apart(parts, whole, trainer)
    worst = max(distances, key=lambda key: distances[key])
    yield at_most(f"{what}: gradients", distances[worst], ALLOWED, note=f"the farthest is that of {worst}")
    yield at_most(f"{what}: loss", float(np.abs(parts.loss - whole.loss) / whole.loss), 1e-5)
