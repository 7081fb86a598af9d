"""A traced pass: its numbers are torch autograd's, in the order that they happen, and its update is the real one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, set_params, splice
from engine.graph.kinds.base import Array
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.state import weights_of
from engine.training.session import Setup, TrainingSession
from engine.training.trace import PassTrace, Phase, Stage

CIRCLE = load(DataChoice(name="circle", samples=40))
ROWS = (3, 1, 20)


def session_of(graph: NetworkGraph, **hyper: object) -> TrainingSession:
    session = TrainingSession(Setup(graph, CIRCLE, Hyperparameters.model_validate(hyper), "numpy"))
    session.run_steps(3)  # so that biases and optimiser are no longer zero
    return session


def stage(trace: PassTrace, phase: Phase, block_id: str) -> Mapping[str, Array]:
    return next(s.values for s in trace.stages if (s.phase, s.block_id) == (phase, block_id))


def of_phase(trace: PassTrace, phase: Phase) -> list[Stage]:
    return [s for s in trace.stages if s.phase == phase]


def skip_network() -> NetworkGraph:
    """2-4-4-1 with an addition round the second dense block and a layer norm behind it."""
    graph, total = add_block(feed_forward((4, 4)), "add", 0, 0)
    graph = connect(connect(connect(graph, "dense-1", total), "dense-2", total), total, "output-1")
    graph, norm = add_block(graph, "layer_norm", 0, 0)
    return splice(graph, norm, Wire(source=total, target="output-1"))


def test_numbers_are_those_of_autograd() -> None:
    torch = pytest.importorskip("torch")
    session = session_of(feed_forward((5, 3), activation="logistic"))
    trace = session.trace(ROWS)
    w = {key: torch.tensor(a, requires_grad=True) for key, a in weights_of(session.plan, session.state).items()}
    rows = list(ROWS)
    z1 = torch.tensor(CIRCLE.x[rows]) @ w["dense-1", "W"].T + w["dense-1", "b"]
    a1 = torch.sigmoid(z1)
    z2 = a1 @ w["dense-2", "W"].T + w["dense-2", "b"]
    a2 = torch.sigmoid(z2)
    z3 = a2 @ w["output-1", "W"].T + w["output-1", "b"]
    a3 = torch.tanh(z3)
    targets = torch.tensor(2.0 * CIRCLE.y[rows] - 1.0)[:, None]
    per_row = (0.5 * (a3 - targets) ** 2).sum(dim=1)
    for tensor in (z1, a1, z2, a2, z3, a3):
        tensor.retain_grad()
    per_row.mean().backward()
    blocks = {"dense-1": (z1, a1), "dense-2": (z2, a2), "output-1": (z3, a3)}
    for block_id, (z, a) in blocks.items():
        forward, backward = stage(trace, Phase.FORWARD, block_id), stage(trace, Phase.BACKWARD, block_id)
        np.testing.assert_allclose(forward["z"], z.detach(), rtol=1e-9)
        np.testing.assert_allclose(forward["a"], a.detach(), rtol=1e-9)
        np.testing.assert_allclose(backward["delta"], z.grad, rtol=1e-9)
        for name in ("W", "b"):
            np.testing.assert_allclose(backward[name], w[block_id, name].grad, rtol=1e-9)
        if block_id != "output-1":
            np.testing.assert_allclose(backward["upstream"], a.grad, rtol=1e-9)
    lost = stage(trace, Phase.LOSS, "output-1")
    np.testing.assert_allclose(lost["loss"], per_row.detach(), rtol=1e-9)
    np.testing.assert_allclose(lost["delta"], z3.grad * len(rows), rtol=1e-9)  # of each sample's own loss
    np.testing.assert_array_equal(lost["target"], targets)
    assert trace.loss == pytest.approx(per_row.mean().item(), rel=1e-12)
    np.testing.assert_allclose(trace.output, a3.detach(), rtol=1e-9)


def test_stages_come_in_the_order_that_they_happen() -> None:
    trace = session_of(skip_network()).trace(ROWS)
    phases = [s.phase for s in trace.stages]
    assert phases == sorted(phases, key=list(Phase).index)
    forward = [s.block_id for s in of_phase(trace, Phase.FORWARD)]
    assert forward == ["input-1", "dense-1", "dense-2", "add-1", "layer_norm-1", "output-1"]
    assert [s.block_id for s in of_phase(trace, Phase.LOSS)] == ["output-1"]
    assert [s.block_id for s in of_phase(trace, Phase.BACKWARD)] == forward[:0:-1]
    assert [s.block_id for s in of_phase(trace, Phase.UPDATE)] == ["dense-1", "dense-2", "layer_norm-1", "output-1"]
    assert all(s.formula for s in trace.stages)


@pytest.mark.parametrize("optimizer", ["sgd", "nesterov", "rmsprop", "adam", "adamw"])
@pytest.mark.parametrize("graph", [feed_forward((4, 3)), skip_network()], ids=["chain", "skip"])
def test_the_update_is_the_one_that_the_next_step_makes(optimizer: str, graph: NetworkGraph) -> None:
    settings = {"batch_size": 10**6, "shuffle": False, "l2": 0.01, "clip_norm": 0.1}
    session = session_of(graph, optimizer=optimizer, **settings)
    trace = session.trace(tuple(int(row) for row in CIRCLE.train))
    before = weights_of(session.plan, session.state)
    session.run_steps(1)
    after = weights_of(session.plan, session.state)
    shown = {(s.block_id, name): a for s in of_phase(trace, Phase.UPDATE) for name, a in s.values.items()}
    assert shown.keys() == before.keys()
    for key, change in shown.items():
        np.testing.assert_allclose(change, after[key] - before[key], rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("leftover", ["batch", "carry"])
@pytest.mark.parametrize("shuffle", [True, False])
def test_the_next_pass_is_the_next_step_to_the_bit(leftover: str, *, shuffle: bool) -> None:
    """Over two epochs of batches that do not come out even."""
    session = session_of(skip_network(), batch_size=7, leftover=leftover, shuffle=shuffle)
    seen = []
    for _ in range(2 * session.steps_per_epoch):
        trace = session.trace_next()
        assert trace.is_next and trace.update is not None
        seen.append(trace.rows)
        session.run_steps(1)
        np.testing.assert_array_equal(session.state.theta, trace.update.after)
    assert len(set(seen)) > session.steps_per_epoch - 1 and {row for rows in seen for row in rows} == set(
        CIRCLE.train.tolist()
    )


def test_a_trace_leaves_the_session_alone() -> None:
    session = session_of(skip_network())
    before = session.state.copy()
    session.trace(ROWS)
    session.trace_at((0.5, -0.5), (1.0,))
    np.testing.assert_array_equal(session.state.theta, before.theta)
    np.testing.assert_array_equal(session.state.slots, before.slots)
    assert session.state.step == before.step


def test_a_typed_input_is_traced_like_the_row_that_it_equals() -> None:
    session = session_of(feed_forward((4,), features=("x1", "x2^2", "sin(x1)")))
    row = 7
    typed = session.trace_at(tuple(CIRCLE.x[row]), (2.0 * CIRCLE.y[row] - 1.0,))
    known = session.trace((row,))
    assert typed.loss == known.loss
    assert known.rows == (row,)
    for first, second in zip(typed.stages, known.stages, strict=True):
        for name, array in first.values.items():
            np.testing.assert_array_equal(array, second.values[name])


def test_dropout_is_off_and_batch_norm_shows_its_running_statistics() -> None:
    graph, drop = add_block(feed_forward((4,)), "dropout", 0, 0)
    graph = splice(set_params(graph, drop, rate=0.9), drop, Wire(source="dense-1", target="output-1"))
    graph, norm = add_block(graph, "batch_norm", 0, 0)
    session = session_of(splice(graph, norm, Wire(source=drop, target="output-1")))
    trace = session.trace((0,))
    dropped, normed = stage(trace, Phase.FORWARD, drop), stage(trace, Phase.FORWARD, norm)
    np.testing.assert_array_equal(dropped["a"], dropped["z"])
    w = weights_of(session.plan, session.state)
    normal = (normed["z"] - w[norm, "mean"]) / np.sqrt(w[norm, "variance"] + 1e-5)
    np.testing.assert_allclose(normed["a"], w[norm, "gamma"] * normal + w[norm, "beta"], rtol=1e-9)


def test_softmax_cross_entropy_starts_backward_with_p_minus_t() -> None:
    torch = pytest.importorskip("torch")
    iris = load(DataChoice(name="iris"))
    graph = feed_forward((4,), features=iris.columns, output=OutputParams(loss="softmax_cross_entropy"))
    trace = TrainingSession(Setup(graph, iris, Hyperparameters(), "numpy")).trace((0,))
    lost = stage(trace, Phase.LOSS, "output-1")
    p = torch.softmax(torch.tensor(lost["z"]), dim=1).numpy()
    np.testing.assert_allclose(lost["delta"], p - lost["target"], atol=1e-12)
    assert trace.loss == pytest.approx(
        torch.nn.functional.cross_entropy(torch.tensor(lost["z"]), torch.tensor(lost["target"])).item()
    )
