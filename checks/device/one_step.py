"""One batch on the device and on the CPU: what comes out, every gradient, traces of rows, where a number is infinite.

What is allowed: float32 is off by about 1e-7 of a sum's terms, and gradients of this depth came out within 2e-6; TF32,
which keeps 11 binary digits, is off by some 1e-3 and would be found out here. bf16 keeps 8: terms of a table's gradient
that all but cancel leave a ninth of it as rounding, on the CPU's own bf16.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from checks.device.findings import Finding, at_most, is_so
from checks.device.numbers import apart, gradients_apart
from checks.device.place import Place
from checks.device.rows_by_torch import as_there
from checks.device.runs import settings
from checks.device.training import no_bf16
from checks.device.worlds import WORLDS, World
from engine.graph.kinds.base import Array
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.divergence import first_non_finite, is_finite
from engine.recommenders.running.row_trace import trace_rows
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.training.trace import Phase

OUTPUTS = 1e-5
GRADIENTS = {"fp32": 5e-5, "bf16": 0.25}
WARM_UP = 5
"""Steps on the CPU before one is compared, so that tables and layers are no longer what chance has made them."""


def check(place: Place) -> Iterator[Finding]:
    """Every world."""
    for make in WORLDS.values():
        world = make(place.size)
        ours, theirs, batch = _twins(world, place)
        yield from _compared(world, place, ours, theirs, batch)


def _twins(world: World, place: Place) -> tuple[RecommenderTrainer, RecommenderTrainer, PreparedRows]:
    """A network on the device and the same on the CPU, a few steps old, and the next batch."""
    training = settings(place.batch)
    theirs = world.trainer("cpu", training)
    with as_there(place.device):
        ours = world.trainer(place.device, training)
    rows = world.take(place.batch * (WARM_UP + 1)).rows(theirs.network)
    for step in range(WARM_UP):
        theirs.train(rows.take(np.arange(step * place.batch, (step + 1) * place.batch)))
    ours.network.theta.copy_(theirs.network.theta)
    for key, table in theirs.network.tables.items():
        ours.network.tables[key].copy_(table)
    ours.step = theirs.step
    return ours, theirs, rows.take(np.arange(WARM_UP * place.batch, rows.rows))


def _compared(
    world: World, place: Place, ours: RecommenderTrainer, theirs: RecommenderTrainer, batch: PreparedRows
) -> Iterator[Finding]:
    last = len(theirs.network.plan.nodes) - 1
    found, expected = (one.network.outputs(batch)[0][last] for one in (ours, theirs))
    yield at_most(f"{world.name}: outputs", apart(found, expected), OUTPUTS)
    reference = theirs.gradients(batch)
    for precision in ("fp32", *(() if no_bf16(place) else ("bf16",))):
        ours.training = theirs.training.model_copy(update={"precision": precision})
        distances = gradients_apart(ours.gradients(batch), reference, theirs)
        worst = max(distances, key=lambda key: distances[key])
        what = f"{world.name}: gradients, {precision}"
        yield at_most(what, distances[worst], GRADIENTS[precision], note=f"the farthest is that of {worst}")
    ours.training = theirs.training
    traces = [_deltas(one, batch.take(np.arange(3))) for one in (ours, theirs)]
    distance = float(np.linalg.norm(traces[0] - traces[1]) / np.linalg.norm(traces[1]))
    yield at_most(f"{world.name}: every δ of three rows, traced", distance, GRADIENTS["fp32"])
    names = [_name_of_bad(one, batch) for one in (ours, theirs)]
    yield is_so(f"{world.name}: an infinite weight is traced to its block", names[0] == names[1] != "", names[0])


def _deltas(trainer: RecommenderTrainer, rows: PreparedRows) -> Array:
    """∂loss/∂z of every block that has a z, (all of them,)."""
    backward = (stage for stage in trace_rows(trainer, rows).stages if stage.phase is Phase.BACKWARD)
    return np.concatenate([stage.values["delta"].ravel() for stage in backward if "delta" in stage.values])


def _name_of_bad(trainer: RecommenderTrainer, batch: PreparedRows) -> str:
    """What the trainer says of a batch when a weight of its first layer is infinite, which this makes it."""
    first = next(slot for slot in trainer.network.plan.slots() if len(slot.spec.shape) == 2)
    trainer.network.view(first.key)[0, 0] = float("inf")
    report = trainer.gradients(batch)
    if is_finite(report):
        return ""
    failure = first_non_finite(trainer, batch, report)
    return f"{failure.what} of {failure.block_id}"
