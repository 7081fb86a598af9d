"""The playground's torch backend on the device, against the reference backend in numpy: every kind, every optimiser.

Both compute in double precision, where ten steps are the same to a billionth but for the order of sums; on Apple's MPS,
which has no float64, to some parts of ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.device.findings import Finding, at_most, is_so, left_out
from checks.device.place import Place
from engine.activations import ACTIVATIONS
from engine.graph.build import feed_forward
from engine.graph.kinds import TargetSpec
from engine.graph.model import Block, NetworkGraph, Wire
from engine.hyperparameters import Hyperparameters
from engine.network.contract import Table, TrainJob
from engine.network.numpy_backend import NumpyBackend
from engine.network.plan import Plan, compile_graph
from engine.network.state import NetworkState, initial_state
from engine.network.torch_backend import TorchBackend, device_label
from engine.optimizers import OPTIMIZERS
from engine.training.orders import batches

ROWS, BATCH, STEPS, SEED = 40, 8, 10, 3
ALLOWED = {"mps": 1e-3}
IN_DOUBLE = 1e-9


def check(place: Place) -> Iterator[Finding]:
    """All optimisers on a graph of every kind, then all activations."""
    allowed = ALLOWED.get(place.kind, IN_DOUBLE)
    backend = TorchBackend(place.device)
    yield is_so(
        "computes where it was told to", backend.device_label == device_label(place.device), backend.device_label
    )
    plan = compile_graph(every_kind(), TargetSpec(3))
    for key in OPTIMIZERS:
        settings = {"optimizer": key, "epsilon": 1e-5, "l1": 0.01, "l2": 0.03, "clip_norm": 0.5}
        sticks = {"l1_at_zero": "sticks"} if key == "sgd" else {}
        hyper = Hyperparameters.model_validate({**settings, **sticks})
        yield at_most(f"every kind of block, {key}", _apart(backend, plan, hyper), allowed)
    yield from _activations(backend, allowed)
    maps = [
        one.maps(plan, _start(plan, "sgd"), _job(plan, hyper).table.inputs)[-1] for one in (backend, NumpyBackend())
    ]
    yield at_most("maps for the screen, in float32", _part_apart(*maps), max(allowed, 1e-5))


def _activations(backend: TorchBackend, allowed: float) -> Iterator[Finding]:
    """A chain with each, by plain descent."""
    found: list[float] = []
    for name in ACTIVATIONS:
        chain = compile_graph(feed_forward((4, 3), activation=name), TargetSpec(3))
        try:
            found.append(_apart(backend, chain, Hyperparameters(optimizer="sgd")))
        except ModuleNotFoundError as error:
            yield left_out(f"activation {name}", f"The reference needs {error.name}, which is not installed.")
    yield at_most(f"{len(found)} activations", max(found), allowed)


def every_kind() -> NetworkGraph:
    """Two inputs, and between them and the output one block at least of every kind of the playground."""
    blocks = [
        ("input-1", "input", {"features": ("x1", "x2")}), ("input-2", "input", {"features": ("x1", "x2", "x3")}),
        ("dense-1", "dense", {"units": 5, "activation": "tanh"}), ("batch-1", "batch_norm", {}),
        ("activation-1", "activation", {"activation": "silu"}), ("dropout-1", "dropout", {"rate": 0.3}),
        ("dense-2", "dense", {"units": 5, "activation": "softplus"}), ("add-1", "add", {}),
        ("layer-1", "layer_norm", {}), ("concatenate-1", "concatenate", {}),
        ("output-1", "output", {"loss": "softmax_cross_entropy"}),
    ]  # fmt: skip
    wires = [
        ("input-1", "dense-1", 0), ("dense-1", "batch-1", 0), ("batch-1", "activation-1", 0),
        ("activation-1", "dropout-1", 0), ("dropout-1", "dense-2", 0), ("dense-2", "add-1", 0), ("dense-1", "add-1", 1),
        ("add-1", "layer-1", 0), ("layer-1", "concatenate-1", 0), ("input-2", "concatenate-1", 1),
        ("concatenate-1", "output-1", 0),
    ]  # fmt: skip
    return NetworkGraph(
        blocks=tuple(Block.model_validate({"id": name, "kind": kind, "params": of}) for name, kind, of in blocks),
        wires=tuple(Wire(source=source, target=target, slot=slot) for source, target, slot in wires),
    )


def _apart(backend: TorchBackend, plan: Plan, hyper: Hyperparameters) -> float:
    """The largest difference of ten steps' losses, of what is learned, and of one look's gradient and answers."""
    start, job = _start(plan, hyper.optimizer), _job(plan, hyper)
    ours, theirs = start.copy(), start.copy()
    found, expected = backend.train(plan, ours, job), NumpyBackend().train(plan, theirs, job)
    looks = [one.gradients(plan, start, job.table) for one in (backend, NumpyBackend())]
    pairs = [
        (found.losses, expected.losses), (ours.theta, theirs.theta), (ours.buffers, theirs.buffers),
        (looks[0].theta, looks[1].theta), (looks[0].a[-1], looks[1].a[-1]),
    ]  # fmt: skip
    return max(_part_apart(a, b) for a, b in pairs if b.size)


def _part_apart(found: NDArray[Any], expected: NDArray[Any]) -> float:
    """The largest difference, in parts of the largest number that is expected."""
    return float(np.max(np.abs(found - expected)) / np.max(np.abs(expected)))


def _start(plan: Plan, optimizer: str) -> NetworkState:
    """Random weights, none of them zero."""
    draw, state = np.random.default_rng(SEED), initial_state(plan, SEED, optimizer)
    for slot in plan.slots():
        slot.view(state.theta)[...] = draw.normal(size=slot.spec.shape) * 0.7
    return state


def _job(plan: Plan, hyper: Hyperparameters) -> TrainJob:
    draw = np.random.default_rng(SEED)
    inputs = {node.id: draw.normal(size=(ROWS, node.width)) for node in plan.inputs}
    width = plan.output.width
    targets = np.eye(width)[draw.integers(0, width, ROWS)]
    chosen = batches(ROWS, BATCH, SEED, True, 0, STEPS)
    table = Table(inputs, targets, draw.uniform(0.2, 2.0, ROWS))
    return TrainJob(table, chosen.order, chosen.offsets, np.full(STEPS, hyper.learning_rate), hyper, seed=SEED)
