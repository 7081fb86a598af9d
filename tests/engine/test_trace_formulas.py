"""The lines of a traced pass say what is worked out, and its numbers are those that the lines name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib.mathtext import MathTextParser
from numpy.typing import NDArray

from engine.data import DataChoice, load
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, set_params, splice
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.losses import loss
from engine.network.state import weights_of
from engine.optimizers import OPTIMIZERS
from engine.training.session import Setup, TrainingSession
from engine.training.trace import PassTrace, Phase, Stage

if TYPE_CHECKING:
    import torch

CIRCLE = load(DataChoice(name="circle", samples=40))
ROWS = (3, 1, 20, 8)


def session_of(graph: NetworkGraph, **hyper: object) -> TrainingSession:
    session = TrainingSession(Setup(graph, CIRCLE, Hyperparameters.model_validate(hyper), "numpy"))
    session.run_steps(3)
    return session


def stage(trace: PassTrace, phase: Phase, block_id: str) -> Stage:
    return next(s for s in trace.stages if (s.phase, s.block_id) == (phase, block_id))


def between(kind: str, **params: object) -> tuple[NetworkGraph, str]:
    """2-4-4-1 with one more block between the two dense ones."""
    graph, block_id = add_block(feed_forward((4, 4)), kind, 0, 0)
    graph = splice(graph, block_id, Wire(source="dense-1", target="dense-2"))
    return (set_params(graph, block_id, **params) if params else graph), block_id


@pytest.mark.parametrize("criterion", ["squared_error", "binary_cross_entropy"])
def test_the_outputs_line_is_its_affine_map_and_the_loss_comes_after(criterion: str) -> None:
    trace = session_of(feed_forward((4,), output=OutputParams(loss=criterion))).trace(ROWS)
    for block_id in ("dense-1", "output-1"):
        line = stage(trace, Phase.FORWARD, block_id).formula
        assert line.startswith("z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}")
        assert line.endswith("a^{(l)} = f(z^{(l)})")
    assert stage(trace, Phase.LOSS, "output-1").formula == loss(criterion).formula
    assert stage(trace, Phase.BACKWARD, "output-1").formula == loss(criterion).delta_formula


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_update_is_the_optimisers_rule(optimizer: str) -> None:
    trace = session_of(feed_forward((4,)), optimizer=optimizer).trace(ROWS)
    assert {s.formula for s in trace.stages if s.phase is Phase.UPDATE} == {OPTIMIZERS[optimizer].formula}


def test_delta_comes_from_the_next_layers_only_where_that_is_the_only_one_behind() -> None:
    plain = session_of(feed_forward((4, 4))).trace(ROWS)
    assert r"W^{(l+1)\top} \delta^{(l+1)}" in stage(plain, Phase.BACKWARD, "dense-1").formula
    for kind in ("dropout", "batch_norm", "layer_norm", "activation"):
        trace = session_of(between(kind)[0]).trace(ROWS)
        line = stage(trace, Phase.BACKWARD, "dense-1").formula
        assert "l+1" not in line
        assert line.startswith(r"\delta^{(l)} = E \odot f'(z^{(l)})")
        assert r"W^{(l+1)\top}" in stage(trace, Phase.BACKWARD, "dense-2").formula
    graph, total = between("add")
    trace = session_of(splice_past(graph, total)).trace(ROWS)
    assert "l+1" not in stage(trace, Phase.BACKWARD, "dense-1").formula


def splice_past(graph: NetworkGraph, total: str) -> NetworkGraph:
    """A skip from the input's dense block past the second one."""
    graph, end = add_block(graph, "add", 0, 0)
    return connect(splice(graph, end, Wire(source="dense-2", target="output-1")), total, end)


def test_softmax_is_differentiated_as_a_whole_layer() -> None:
    graph = set_params(feed_forward((4, 4)), "dense-2", activation="softmax")
    trace = session_of(graph).trace(ROWS)
    assert "odot f'" not in stage(trace, Phase.BACKWARD, "dense-2").formula
    values = stage(trace, Phase.BACKWARD, "dense-2").values
    a, e = stage(trace, Phase.FORWARD, "dense-2").values["a"], values["upstream"]
    np.testing.assert_allclose(values["delta"], a * (e - (e * a).sum(axis=1, keepdims=True)), rtol=1e-12)
    ended = session_of(feed_forward((4,), output=OutputParams(activation="softmax"))).trace(ROWS)
    last, o = stage(ended, Phase.BACKWARD, "output-1"), ended.output
    assert "f'" not in last.formula
    e = (o - ended.target) / len(ROWS)
    np.testing.assert_allclose(last.values["delta"], o * (e - (e * o).sum(axis=1, keepdims=True)), rtol=1e-12)


@pytest.mark.slow
def test_every_line_can_be_typeset() -> None:
    graphs = [between(kind)[0] for kind in ("dropout", "batch_norm", "activation", "add")]
    graphs.append(set_params(feed_forward((4, 4)), "dense-2", activation="softmax"))
    graphs.append(feed_forward((4,), output=OutputParams(activation="softmax")))
    for graph in graphs:
        for one in session_of(graph).trace(ROWS).stages:
            MathTextParser("path").parse(f"${one.formula}$")


def test_upstream_is_that_of_the_mean_loss_and_the_output_has_none() -> None:
    torch = pytest.importorskip("torch")
    graph, act = between("activation", activation="logistic")
    session = session_of(set_params(graph, "dense-1", activation="identity"))
    trace = session.trace(ROWS)
    w = {key: torch.tensor(a) for key, a in weights_of(session.plan, session.state).items()}
    z1 = torch.tensor(CIRCLE.x[list(ROWS)]) @ w["dense-1", "W"].T + w["dense-1", "b"]
    z1.requires_grad_()
    a1 = torch.sigmoid(z1)
    a2 = torch.tanh(a1 @ w["dense-2", "W"].T + w["dense-2", "b"])
    z3 = a2 @ w["output-1", "W"].T + w["output-1", "b"]
    for tensor in (a1, a2, z3):
        tensor.retain_grad()
    (0.5 * (torch.tanh(z3) - torch.tensor(trace.target)) ** 2).sum(dim=1).mean().backward()
    shown = {one.block_id: one.values for one in trace.stages if one.phase is Phase.BACKWARD}
    wanted: dict[tuple[str, str], torch.Tensor | None] = {
        (act, "upstream"): a1.grad,
        (act, "delta"): z1.grad,
        ("dense-2", "upstream"): a2.grad,
        ("output-1", "delta"): z3.grad,
    }
    for (block_id, name), gradient in wanted.items():
        assert gradient is not None
        np.testing.assert_allclose(shown[block_id][name], gradient.numpy(), rtol=1e-9, atol=1e-15)
    assert "upstream" not in shown["output-1"]
    alone = stage(trace, Phase.LOSS, "output-1").values["delta"]
    np.testing.assert_allclose(shown["output-1"]["delta"], alone / len(ROWS), rtol=1e-12)


def regularised() -> NetworkGraph:
    graph, drop = add_block(feed_forward((6, 4)), "dropout", 0, 0)
    graph = splice(set_params(graph, drop, rate=0.5), drop, Wire(source="dense-1", target="dense-2"))
    graph, norm = add_block(graph, "batch_norm", 0, 0)
    return splice(graph, norm, Wire(source="dense-2", target="output-1"))


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_mini_batchs_update_is_the_steps_with_dropout_and_batch_norm_too(optimizer: str) -> None:
    session = session_of(regularised(), optimizer=optimizer, batch_size=10**6, shuffle=False, l2=0.01)
    trace = session.trace(tuple(int(row) for row in CIRCLE.train))
    before: dict[tuple[str, str], NDArray[np.float64]] = weights_of(session.plan, session.state)
    report = session.run_steps(1)
    after = weights_of(session.plan, session.state)
    for one in trace.stages:
        if one.phase is Phase.UPDATE:
            for name, change in one.values.items():
                key = one.block_id, name
                np.testing.assert_allclose(change, after[key] - before[key], rtol=1e-9, atol=1e-15)
    assert trace.loss == pytest.approx(float(report.losses[0]), rel=1e-12)


def test_tracing_a_mini_batch_leaves_the_running_statistics_alone() -> None:
    session = session_of(regularised())
    before = session.state.buffers.copy()
    session.trace(ROWS)
    np.testing.assert_array_equal(session.state.buffers, before)
