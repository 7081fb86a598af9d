"""Where the torch backend once parted from the reference: δ of activation blocks, clipping of huge gradients."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.data import DataChoice, load
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, set_params, splice
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.choice import BackendName
from engine.network.numpy_backend import NumpyBackend
from engine.network.torch_backend import TorchBackend, device_label
from engine.training.session import Setup, TrainingSession

CIRCLE = load(DataChoice(name="circle", samples=40))


def branching() -> NetworkGraph:
    """Dense 1 feeds an activation block and, past it, an addition: its a is in two branches."""
    graph, act = add_block(feed_forward((4,), activation="identity"), "activation", 0, 0)
    graph = splice(set_params(graph, act, activation="tanh"), act, Wire(source="dense-1", target="output-1"))
    graph, total = add_block(graph, "add", 0, 0)
    graph = splice(graph, total, Wire(source=act, target="output-1"))
    return connect(graph, "dense-1", total)


@pytest.mark.parametrize("activation", ["tanh", "relu", "softmax", "silu"])
def test_activation_blocks_have_the_references_delta(activation: str) -> None:
    graph = set_params(branching(), "activation-1", activation=activation)
    session = TrainingSession(Setup(graph, CIRCLE, Hyperparameters(), "numpy"))
    table = session.observer.train
    wanted = NumpyBackend().gradients(session.plan, session.state, table)
    found = TorchBackend("cpu").gradients(session.plan, session.state, table)
    for node, ours, theirs in zip(session.plan.nodes, wanted.deltas, found.deltas, strict=True):
        assert (ours is not None) == (theirs is not None) == node.kind.has_delta
        if ours is not None and theirs is not None:
            np.testing.assert_allclose(theirs, ours, rtol=1e-9, atol=1e-14)
    assert wanted.deltas[session.plan.index_of("activation-1")] is not None


@pytest.mark.parametrize("size", [1e3, 1e100, 1e200])
def test_a_gradient_too_large_to_square_is_clipped_to_the_norm_asked_for(size: float) -> None:
    graph = feed_forward((), output=OutputParams(activation="identity"))
    hyper = Hyperparameters(optimizer="sgd", learning_rate=1.0, clip_norm=1.0, batch_size=20)
    session = TrainingSession(Setup(graph, CIRCLE, hyper, "numpy"))
    session.state.theta[:] = 0.0
    job = session._job(1, probe=False)
    inputs = {key: x * size for key, x in job.table.inputs.items()}
    job = replace(job, table=replace(job.table, inputs=inputs))
    ours, theirs = session.state.copy(), session.state.copy()
    NumpyBackend().train(session.plan, ours, job)
    TorchBackend("cpu").train(session.plan, theirs, job)
    np.testing.assert_allclose(theirs.theta, ours.theta, rtol=1e-9, atol=1e-15)
    assert np.linalg.norm(theirs.theta) == pytest.approx(1.0, rel=1e-5)


@pytest.mark.parametrize(
    ("device", "label"), [("cpu", "CPU"), ("mps", "MPS"), ("cuda", "CUDA:2"), ("cuda:1", "CUDA:1")]
)
def test_a_device_is_shown_in_capitals_and_cudas_with_its_number(
    device: str, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 2)
    assert device_label(device) == label


@pytest.mark.parametrize("backend", ["numpy", "numba", "torch"])
def test_a_snapshot_says_what_computes_and_where(backend: BackendName) -> None:
    setup = Setup(feed_forward((2,)), load(DataChoice(samples=30)), Hyperparameters(), backend, "cpu")
    snapshot = TrainingSession(setup).snapshot(maps=False)
    assert (snapshot.backend, snapshot.device) == (backend, "CPU")
