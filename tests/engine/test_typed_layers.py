"""Layers whose activation is an expression: held to PyTorch and finite differences, trained, saved, written as code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.activations import activation
from engine.activations.shares import measured_shares
from engine.activations.typed import expression_at, read, scalar_of_typed, with_numbers
from engine.cli.main import run
from engine.data import DataChoice, load
from engine.formats.loom import NetworkFile, read_network_file, write_network_file
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, set_params, splice
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.choice import BackendName, choose_backend
from engine.network.function_gaps import Lack, function_gap
from engine.network.numba_backend import NumbaBackend
from engine.network.numpy_backend import NumpyBackend
from engine.network.plan import Plan
from engine.problems import EngineError
from engine.training.divergence import problem_of
from engine.training.health import layer_health
from engine.training.lines.code import code_of
from engine.training.lines.origin import origin_of
from engine.training.remedies import Case, remedies_after, remedies_for
from engine.training.scalar_graph import unit_expression
from engine.training.session import Setup, TrainingSession
from engine.training.trial import proven_remedies
from engine.training.verdicts import Trouble
from tests.copied import run_copied
from tests.engine.test_origin import sources, trace_of

TEXTS = ("x*sigmoid(1.7*x)", "max(0, x) - 0.1*relu(-x)", "abs(x)^1.5", "sin(x)*exp(-x^2) + pi*x", "z/(1 + abs(z))", "3")


def typed_network() -> NetworkGraph:
    graph = feed_forward((3, 4), activation="x*sigmoid(1.7*x)")
    graph, bent = add_block(graph, "activation", 0, 0)
    graph = splice(graph, bent, Wire(source="dense-1", target="dense-2"))
    return set_params(graph, bent, activation="tanh(x) + 0.1*x")


def session_of(graph: NetworkGraph, seed: int = 3) -> TrainingSession:
    return TrainingSession(Setup(graph, load(DataChoice(samples=60)), Hyperparameters(learning_rate=0.1, seed=seed)))


def plan_of(graph: NetworkGraph) -> Plan:
    return session_of(graph).plan


@pytest.mark.parametrize("text", TEXTS[:-1])
def test_f_and_its_slope_are_pytorchs_and_its_source_is_the_same(text: str) -> None:
    torch = pytest.importorskip("torch")
    found, z = activation(text), np.random.default_rng(2).normal(0.0, 2.0, (7, 3))
    tensor = torch.tensor(z, requires_grad=True)
    output = found.torch(tensor)
    (gradient,) = torch.autograd.grad(output.sum(), tensor)
    np.testing.assert_allclose(found.value(z), output.detach().numpy(), rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(found.derivative(z), gradient.numpy(), rtol=1e-12, atol=1e-12)
    written = eval(found.torch_source("z"), {"torch": torch, "z": torch.tensor(z)})
    np.testing.assert_allclose(written.numpy(), found.value(z), rtol=1e-13, atol=1e-13)
    both = found.functions.both(z.astype(np.float32), 0.0)
    assert all(array.dtype == np.float32 for array in both)


def test_the_gradient_of_a_network_is_that_of_autograd_and_of_finite_differences() -> None:
    session = session_of(typed_network())
    table, state = session.observer.train, session.state
    found = NumpyBackend().gradients(session.plan, state, table)
    step = 1e-6
    for index in range(0, session.plan.size, 3):
        losses = []
        for sign in (1.0, -1.0):
            moved = state.copy()
            moved.theta[index] += sign * step
            losses.append(NumpyBackend().gradients(session.plan, moved, table).loss)
        assert found.theta[index] == pytest.approx((losses[0] - losses[1]) / (2 * step), rel=1e-5, abs=1e-8)
    pytest.importorskip("torch")
    from engine.network.torch_backend import TorchBackend

    theirs = TorchBackend("cpu").gradients(session.plan, state, table)
    np.testing.assert_allclose(found.theta, theirs.theta, rtol=1e-10, atol=1e-12)


def share_of_the_loss_left(session: TrainingSession, epochs: int) -> float:
    before = session.snapshot().train_loss
    session.run_epochs(epochs)
    return session.snapshot().train_loss / before


def test_it_trains_in_numpy_since_no_kernel_knows_it() -> None:
    session = session_of(typed_network())
    assert session.backend.name == "numpy" and not NumbaBackend().supports(session.plan)
    with pytest.raises(EngineError, match="numba backend can't train"):
        choose_backend(session.plan, "numba")
    left = [share_of_the_loss_left(session_of(typed_network(), seed), epochs=60) for seed in range(5)]
    assert max(left) < 0.75 and np.median(left) < 0.5, "some seeds begin farther from what is to be learnt"
    assert plan_of(feed_forward((3,))).output.kind.key == "output"


def test_it_is_kept_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.loom"
    write_network_file(path, NetworkFile(title="mine", graph=typed_network()))
    assert read_network_file(path).graph == typed_network()


def test_the_code_of_its_numbers_prints_them(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch")
    trace = trace_of(typed_network(), (3,))
    worked = [source for source in sources(trace) if source.block_id in ("dense-1", "activation-1")]
    for source in worked[::5]:
        code = code_of(trace, source)
        origin = origin_of(trace, source)
        if code is None or origin is None:
            continue
        run_copied(code)
        assert float(capsys.readouterr().out.split()[-1]) == pytest.approx(origin.value, rel=1e-9, abs=1e-12)


def test_a_unit_is_written_as_an_expression() -> None:
    assert "z*sigmoid(1.7*z)" in unit_expression(trace_of(typed_network(), (3,)), "dense-1", 0).text
    assert expression_at("x - max(x, 1)", "z") == "z - max(z, 1)"


def test_parameters_are_written_as_numbers() -> None:
    typed = read("a*tanh(b*x)")
    assert with_numbers(typed, {"a": -0.5, "b": 2.0}) == "-0.5*tanh(2*x)"
    assert with_numbers(read("x ^ 2"), {}) == "x ^ 2"


@pytest.mark.parametrize(
    ("key", "words"),
    [("b*x", "“b” has no value"), ("x +", "column"), ("sigmoid", "no activation called"), ("x" * 401, "no activation")],
)
def test_what_no_layer_can_take_is_refused_in_one_sentence(key: str, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        feed_forward((3,), activation=key)


def test_an_output_takes_one_of_the_catalogue() -> None:
    with pytest.raises(EngineError, match="An output takes an activation from the list"):
        OutputParams(activation="x*tanh(x)")


def test_nothing_is_said_of_it_that_is_not_known() -> None:
    found = activation("x*sigmoid(1.7*x)")
    assert found.is_typed and not activation("silu").is_typed
    assert found.saturation_bounds() == (-np.inf, np.inf)
    assert (found.output_set, found.derivative_set) == ("", "")


def test_its_dead_and_saturated_units_are_told_by_the_slopes_at_their_own_z() -> None:
    plan = plan_of(feed_forward((3,), activation="relu(x) + 0*x"))
    z = np.array([[-1.0, 2.0, 0.1], [-2.0, -1.0, 0.2]])
    a = activation("relu(x) + 0*x").value(z)
    health = layer_health(plan.nodes[1], z, a, np.zeros((2, 1)))
    assert (health.dead, health.saturated) == ((0,), (0,))
    tanh = layer_health(
        plan_of(feed_forward((3,), activation="tanh(x) + 0*x")).nodes[1], 30.0 * z, np.tanh(30.0 * z), a
    )
    assert tanh.saturated == (0, 1, 2)  # as tanh of the catalogue: every |z| is beyond its bound
    assert layer_health(plan_of(feed_forward((3,))).nodes[1], 30.0 * z, np.tanh(30.0 * z), a).saturated == (0, 1, 2)


@pytest.mark.parametrize("text", ["x^x", "log(x)", "1/x", "tanh(x) + 0*x", "0*x + 1", "x*x"])
def test_a_layer_and_the_comparison_count_saturation_of_the_same_functions(text: str) -> None:
    z = np.array([[-1.5, 2.0, 0.1], [-2.5, -3.0, 0.2]])
    with np.errstate(all="ignore"):
        a = activation(text).value(z)
    health = layer_health(plan_of(feed_forward((3,), activation=text)).nodes[1], z, a, np.zeros((2, 1)))
    shares = measured_shares(scalar_of_typed(read(text), text, text, {}, -6.0, 6.0), z)
    assert (health.saturated is None) is (shares.saturated is None)
    assert health.undefined.tolist() == np.isnan(a).sum(axis=0).tolist()
    assert int(health.undefined.sum()) == shares.undefined


def failed(text: str, backend: BackendName = "numpy") -> TrainingSession:
    """A run of a network with this function that has broken down at its first step."""
    graph = feed_forward((3, 4), activation=text)
    session = TrainingSession(Setup(graph, load(DataChoice(samples=60)), Hyperparameters(seed=3), backend))
    session.run_steps(5)
    session.diagnose()
    assert session.failure is not None and session.failure.step == 0
    return session


@pytest.mark.parametrize("backend", ["numpy", pytest.param("torch", marks=pytest.mark.torch)])
@pytest.mark.parametrize("text", ["log(x)", "sqrt(x)", "x^x"])
def test_a_function_without_a_value_is_blamed_by_name_and_not_its_weighted_sum(text: str, backend: BackendName) -> None:
    session = failed(text, backend)
    failure = session.failure
    assert failure is not None and failure.gap is not None
    assert (failure.gap.block_id, failure.gap.function, failure.gap.lack) == ("dense-1", text, Lack.VALUE)
    assert failure.gap.z < 0.0 and np.isnan(activation(text).value(np.array([failure.gap.z]))).all()
    sentence = problem_of(failure, session.plan, session.range_faults()).sentence
    assert f"{text} has no value at {failure.gap.z:.3g}, a weighted sum of “Dense 1”" in sentence
    snapshot = session.snapshot()
    assert [(v.block_id, v.trouble) for v in snapshot.verdicts] == [("dense-1", Trouble.NOT_FINITE)]
    assert not snapshot.can_go_back and not snapshot.is_well
    assert snapshot.diagnosis is not None and snapshot.diagnosis.began is None


def test_a_function_without_a_value_is_named_before_the_first_step() -> None:
    snapshot = session_of(feed_forward((3, 4), activation="log(x)")).snapshot()
    (verdict,) = snapshot.verdicts
    assert verdict.trouble is Trouble.NOT_FINITE and verdict.is_alarm and verdict.gap is not None
    assert verdict.value == verdict.gap.z < 0.0


def test_a_rate_that_no_step_was_made_at_is_not_blamed_for_a_function() -> None:
    graph = feed_forward((3,), activation="log(x)")
    session = TrainingSession(Setup(graph, load(DataChoice(samples=60)), Hyperparameters(learning_rate=1e6)))
    assert not session.snapshot().range_faults
    session.run_steps(1)
    assert not session.snapshot().range_faults and not session.range_faults()


def test_a_function_that_overflows_and_one_without_a_slope_are_told_apart() -> None:
    node = plan_of(feed_forward((1,), activation="exp(x^2)")).nodes[1]
    z = np.array([[1.0], [40.0]])
    found = function_gap(node, z, activation("exp(x^2)").value(z))
    assert found is not None and (found.lack, found.z) == (Lack.BOUND, 40.0)
    node = plan_of(feed_forward((1,), activation="sqrt(x)")).nodes[1]
    z = np.array([[1.0], [0.0]])
    found = function_gap(node, z, activation("sqrt(x)").value(z))
    assert found is not None and (found.lack, found.z) == (Lack.SLOPE, 0.0)
    assert function_gap(node, z[:1], z[:1]) is None
    assert function_gap(node, np.full((1, 1), np.nan), np.full((1, 1), np.nan)) is None  # the sums are to blame


def test_another_function_is_offered_where_it_cures() -> None:
    session = failed("log(x)")
    case = Case(session.setup, session.snapshot())
    offered = remedies_after(case)
    assert "relu_instead" in [remedy.key for remedy in offered]
    (proven,) = proven_remedies(case, offered, most=2)
    assert proven.key == "relu_instead" and proven.blocks == ("dense-1", "dense-2")
    (verdict,) = case.snapshot.verdicts
    untrained = Case(session.setup, session_of(session.setup.graph).snapshot())
    assert [one.key for one in proven_remedies(untrained, remedies_for(untrained, (verdict,)), (verdict,), most=2)] == [
        "relu_instead"
    ]


def test_the_command_line_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "log.loom"
    write_network_file(path, NetworkFile(title="log", graph=feed_forward((3,), activation="log(x)")))
    assert run(["train", str(path), "--epochs", "2"]) != 0
    assert "log(x) has no value at -" in capsys.readouterr().err
