"""The kernel of steps of a single row: to the last bit what the kernel for any batch and any graph does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine.activations import ACTIVATIONS
from engine.graph.kinds import TargetSpec
from engine.graph.model import Block, NetworkGraph, Wire
from engine.hyperparameters import Hyperparameters, OptimizerKey, Precision
from engine.network.contract import Table, TrainJob, TrainReport
from engine.network.kernels import single
from engine.network.kernels.layout import ACTIVATION_CODES, lay_out
from engine.network.numba_backend import NumbaBackend
from engine.network.numpy_backend import NumpyBackend
from engine.network.plan import Plan, compile_graph
from engine.network.state import NetworkState, initial_state
from engine.optimizers import OPTIMIZERS
from engine.training.orders import batches

ROWS = 7
REPORTED = ("losses", "weight_gradients", "bias_gradients", "deltas", "updates")
WIDTHS = [[], [1], [4], [4, 2], [8, 16], [9, 17, 3], [40, 33]]


def network(
    hidden: Sequence[int], inside: str = "tanh", biases: tuple[bool, bool] = (True, True), classes: int = 2,
    **output: object,
) -> Plan:  # fmt: skip
    """A chain for so many classes; ``inside``: the hidden layers' activation; ``biases``: theirs, the output's."""
    dense = {"activation": inside, "bias": biases[0]}
    layers = [Block(id=f"d{k}", kind="dense", params={"units": units, **dense}) for k, units in enumerate(hidden)]
    blocks = [Block(id="x", kind="input"), *layers, Block(id="y", kind="output", params={"bias": biases[1], **output})]
    wires = [Wire(source=a.id, target=b.id) for a, b in pairwise(blocks)]
    return compile_graph(NetworkGraph(blocks=tuple(blocks), wires=tuple(wires)), TargetSpec(classes))


def job(plan: Plan, steps: int = 20, **settings: object) -> TrainJob:
    """Steps of a single row each, on random rows."""
    random = np.random.default_rng(1)
    inputs = {node.id: random.normal(size=(ROWS, node.width)) for node in plan.inputs}
    targets = np.eye(plan.output.width)[random.integers(0, plan.output.width, ROWS)]
    if plan.output.width == 1:
        targets = random.integers(0, 2, (ROWS, 1)).astype(np.float64)
    hyper = Hyperparameters.model_validate({"batch_size": 1, **settings})
    chosen = batches(ROWS, 1, 0, True, 0, steps)
    table = Table(inputs, targets)
    return TrainJob(table, chosen.order, chosen.offsets, np.full(steps, hyper.learning_rate), hyper, seed=0)


def start(plan: Plan, work: TrainJob) -> NetworkState:
    """A start whose numbers are all different, in the job's precision."""
    state = initial_state(plan, 0, work.hyper.optimizer)
    state.theta[:] = np.random.default_rng(2).normal(size=plan.size) * 0.6
    state.hold_to(work.hyper.precision)
    return state


def both_ways(plan: Plan, work: TrainJob, state: NetworkState | None = None) -> tuple[TrainReport, TrainReport]:
    """The reports of the kernel for single rows and of the one for all, which leave the same state to the last bit."""
    ours = start(plan, work) if state is None else state
    theirs = ours.copy()
    assert single.suits(plan, lay_out(plan, 1))
    found = NumbaBackend().train(plan, ours, work)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(single, "suits", lambda *args: False)
        wanted = NumbaBackend().train(plan, theirs, work)
    assert_array_equal(ours.theta, theirs.theta)
    assert_array_equal(ours.slots, theirs.slots)
    assert_array_equal(ours.stuck, theirs.stuck)
    assert ours.step == theirs.step
    assert found.failure == wanted.failure
    assert_array_equal(found.losses, wanted.losses)
    for name in REPORTED:  # whose sums may be taken in another order
        assert_allclose(getattr(found, name), getattr(wanted, name), rtol=1e-12, err_msg=name)
    return found, wanted


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every call of the kernel for single rows."""
    calls: list[int] = []
    kernel = single.run

    def run(*args: Any) -> None:
        calls.append(1)
        kernel(*args)

    monkeypatch.setattr(single, "run", run)
    return calls


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("hidden", WIDTHS, ids=str)
def test_every_width_trains_to_the_same_bits(hidden: list[int], precision: Precision, counted: list[int]) -> None:
    plan = network(hidden)
    found, _ = both_ways(plan, job(plan, precision=precision))
    assert found.steps == 20
    assert len(counted) == 1


@pytest.mark.parametrize("biases", [(False, True), (True, False), (False, False)])
@pytest.mark.parametrize("hidden", WIDTHS, ids=str)
def test_layers_without_biases_do_too(hidden: list[int], biases: tuple[bool, bool]) -> None:
    plan = network(hidden, biases=biases)
    both_ways(plan, job(plan))


@pytest.mark.parametrize("activation", [key for key in ACTIVATIONS if ACTIVATION_CODES[key] in single.KNOWN])
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_activations_are_the_same_in_hidden_layers_and_in_the_output(activation: str, precision: Precision) -> None:
    plan = network([5, 3], activation, activation=activation)
    both_ways(plan, job(plan, precision=precision))


@pytest.mark.parametrize("activation", [key for key in ACTIVATIONS if ACTIVATION_CODES[key] not in single.KNOWN])
def test_other_activations_are_left_to_the_kernel_for_all(activation: str, counted: list[int]) -> None:
    plan = network([5, 3], activation)
    assert NumbaBackend().train(plan, start(plan, job(plan)), job(plan)).steps == 20
    assert not counted


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"l1": 0.01, "l2": 0.03},
        {"clip_norm": 0.05},
        {"l1": 3.0, "l1_at_zero": "sticks", "weight_decay": 0.1},
    ],
    ids=["plain", "penalties", "clipped", "sticks"],
)
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_every_rule_and_penalty_does_the_same(
    optimizer: OptimizerKey, settings: dict[str, object], precision: Precision
) -> None:
    plan = network([4, 2])
    both_ways(plan, job(plan, optimizer=optimizer, precision=precision, **settings))


@pytest.mark.parametrize(
    "output",
    [
        {"loss": "squared_error", "activation": "identity", "classes": 3},
        {"loss": "binary_cross_entropy", "activation": "logistic"},
        {"loss": "binary_cross_entropy", "activation": "identity", "classes": 3},
    ],
    ids=lambda output: f"{output['loss']} {output['activation']}",
)
def test_every_loss_does_the_same(output: dict[str, Any]) -> None:
    plan = network([6], **output)
    both_ways(plan, job(plan))
    both_ways(plan, job(plan, clip_norm=0.05))  # of the network's gradient, not of what fills up its area


def test_what_a_single_row_weighs_does_not_matter() -> None:
    plan = network([4, 2])
    work = job(plan)
    weights = np.random.default_rng(3).uniform(0.1, 5.0, ROWS)
    found, _ = both_ways(plan, replace(work, table=replace(work.table, weights=weights)))
    unweighted = NumbaBackend().train(plan, start(plan, work), work)
    for name in REPORTED:
        assert_array_equal(getattr(found, name), getattr(unweighted, name))


def test_with_and_without_probes_the_same_is_trained() -> None:
    plan = network([4, 2])
    work = job(plan)
    watched, bare = start(plan, work), start(plan, work)
    NumbaBackend().train(plan, watched, work)
    report, _ = both_ways(plan, replace(work, probe=False), bare)
    assert_array_equal(bare.theta, watched.theta)
    assert report.updates.shape == (0, 3)


def test_a_run_in_pieces_ends_in_the_same_bits() -> None:
    plan = network([4, 2])
    work = job(plan, steps=150)  # beyond where the powers of Adam's β are reckoned afresh
    whole, pieces = start(plan, work), start(plan, work)
    NumbaBackend().train(plan, whole, work)
    for first, last in ((0, 1), (1, 1), (1, 63), (63, 64), (64, 131), (131, 150)):
        part = replace(work, offsets=work.offsets[first : last + 1], rates=work.rates[first:last])
        assert NumbaBackend().train(plan, pieces, part).steps == last - first
    assert_array_equal(pieces.theta, whole.theta)
    assert_array_equal(pieces.slots, whole.slots)


def test_a_last_batch_of_one_row_belongs_to_a_run_of_larger_ones(counted: list[int]) -> None:
    plan = network([4, 2])
    work = replace(job(plan, batch_size=3), order=np.arange(ROWS), offsets=np.array([0, 3, 6, 7]), rates=np.ones(3))
    last = replace(work, offsets=work.offsets[2:], rates=work.rates[2:])
    for part in (work, last):
        NumbaBackend().train(plan, start(plan, part), part)
    assert not counted


def diverging(what: str) -> tuple[Plan, NetworkState, TrainJob]:
    """A job whose numbers stop being finite, or small enough, in a given place."""
    plan = network([3, 2], "identity", activation="identity")
    work = job(plan, optimizer="momentum", learning_rate=0.01)
    state = start(plan, work)
    w = {slot.key: slot.view(state.theta) for slot in plan.slots()}
    x = work.table.inputs["x"]
    if what == "input":
        x[work.order[4], 1] = np.nan
    elif what == "first z":
        x[...] = 1e200
        w["d0", "W"][...] = 1e200
    elif what == "last z":
        w["d0", "W"][...] = w["d1", "W"][...] = w["y", "W"][...] = 1e120
    elif what == "loss":
        w["d0", "W"][...] = 1e160
    elif what == "gradient":
        x *= 1e150
        w["d0", "W"][...] *= 1e-150
        w["y", "W"][...] *= 1e100
        w["d1", "W"][...] *= 1e60
        w["y", "W"][...] *= 1e-60
    elif what == "weights":
        work.table.targets[...] = 1e3
        work.rates[2] = 1e308
    elif what == "growth":
        work.table.targets[...] = 1e3
        work.rates[2] = 1e10
    return plan, state, work


@pytest.mark.parametrize("what", ["input", "first z", "last z", "loss", "gradient", "weights", "growth"])
def test_what_goes_wrong_is_found_in_the_same_place(what: str) -> None:
    plan, state, work = diverging(what)
    other = state.copy()
    found, _ = both_ways(plan, work, state)
    wanted = NumpyBackend().train(plan, other, work)
    assert found.failure is not None
    assert found.failure == wanted.failure
    assert found.failure.what == what.replace("input", "z").split()[-1]
    assert_allclose(state.theta, other.theta, rtol=1e-11)


def test_a_graph_that_is_no_chain_and_a_layer_for_blas_are_left_to_the_kernel_for_all(counted: list[int]) -> None:
    blocks = (
        Block(id="x", kind="input"),
        Block(id="d", kind="dense", params={"units": 2}),
        Block(id="s", kind="add"),
        Block(id="y", kind="output"),
    )
    wires = [Wire(source=a, target=b) for a, b in (("x", "d"), ("d", "s"), ("s", "y"))]
    skip = Wire(source="x", target="s", slot=1)
    branched = compile_graph(NetworkGraph(blocks=blocks, wires=(*wires, skip)), TargetSpec(2))
    for plan in (branched, network([64, 64])):
        assert not single.suits(plan, lay_out(plan, 1))
        NumbaBackend().train(plan, start(plan, job(plan)), job(plan))
    assert not counted
