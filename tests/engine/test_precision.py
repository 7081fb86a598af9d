"""Training in single precision: against torch in float32, what is kept of it, and where it is chosen."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba import njit
from numpy.testing import assert_allclose, assert_array_equal

from engine.cli.main import run as run_command
from engine.data import DataChoice, load
from engine.formats.loom import NetworkFile, read_network_file, write_network_file
from engine.graph.build import feed_forward
from engine.graph.kinds import TargetSpec, playground_kinds
from engine.graph.model import Block, NetworkGraph, Wire
from engine.hyperparameters import Hyperparameters, OptimizerKey, Precision
from engine.network.choice import BackendName, choose_backend
from engine.network.contract import Table, TrainJob
from engine.network.kernels import functions, vectors
from engine.network.plan import Plan, compile_graph
from engine.network.state import NetworkState, initial_state, weights_of
from engine.optimizers import OPTIMIZERS
from engine.training.orders import batches
from engine.training.session import Setup, TrainingSession

BACKENDS: tuple[BackendName, ...] = ("numpy", "numba", "torch")


def is_single(array: np.ndarray) -> bool:
    """Whether float32 holds every number exactly."""
    return np.array_equal(array, array.astype(np.float32).astype(np.float64))


def job(plan: Plan, steps: int = 40, batch: int = 10, **settings: object) -> TrainJob:
    random = np.random.default_rng(3)
    inputs = {node.id: random.normal(size=(60, node.width)) for node in plan.inputs}
    table = Table(inputs, np.sign(random.normal(size=(60, plan.output.width))))
    hyper = Hyperparameters.model_validate({"batch_size": batch, "precision": "float32", **settings})
    chosen = batches(60, batch, 0, True, 0, steps)
    return TrainJob(table, chosen.order, chosen.offsets, np.full(steps, 0.01), hyper, seed=0)


def single_start(plan: Plan, optimizer: str) -> NetworkState:
    state = initial_state(plan, 0, optimizer)
    state.hold_to("float32")
    return state


@cache
def chain_by_torch(hidden: tuple[int, ...], batch: int) -> tuple[list[float], np.ndarray]:
    """What torch comes to, which every backend is held to."""
    plan = compile_graph(feed_forward(hidden, activation="tanh"), TargetSpec(2))
    return by_torch(plan, single_start(plan, "adam"), job(plan, batch=batch))


def by_torch(plan: Plan, state: NetworkState, work: TrainJob) -> tuple[list[float], np.ndarray]:
    """Adam on a chain of tanh layers that end in tanh and half the squared error, in torch's own float32."""
    torch = pytest.importorskip("torch")
    parameters = [
        torch.tensor(slot.view(state.theta), dtype=torch.float32, requires_grad=True) for slot in plan.slots()
    ]
    optimiser = torch.optim.Adam(parameters, lr=0.01, eps=work.hyper.epsilon)
    x, t = (
        torch.tensor(array, dtype=torch.float32) for array in (work.table.inputs[plan.nodes[0].id], work.table.targets)
    )
    losses = []
    for step in range(work.steps):
        rows = torch.tensor(work.order[work.offsets[step] : work.offsets[step + 1]])
        a = x[rows]
        for weight, bias in zip(parameters[::2], parameters[1::2], strict=True):
            a = torch.tanh(a @ weight.T + bias)
        mean = (0.5 * (a - t[rows]) ** 2).sum(1).mean()
        optimiser.zero_grad()
        mean.backward()
        optimiser.step()
        losses.append(float(mean.detach()))
    return losses, np.concatenate([parameter.detach().numpy().ravel() for parameter in parameters])


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("batch", [1, 10])
@pytest.mark.parametrize("hidden", [(4, 2), (33, 40, 64)], ids=["loops", "BLAS"])
def test_steps_are_those_of_torch_in_float32(backend: BackendName, batch: int, hidden: tuple[int, ...]) -> None:
    plan = compile_graph(feed_forward(hidden, activation="tanh"), TargetSpec(2))
    work = job(plan, batch=batch)
    state = single_start(plan, "adam")
    losses, theta = chain_by_torch(hidden, batch)
    report = choose_backend(plan, backend, "cpu").train(plan, state, work)
    assert_allclose(report.losses, losses, rtol=2e-4, atol=2e-6)
    assert_allclose(state.theta, theta, rtol=1e-3, atol=2e-4)
    assert is_single(state.theta) and is_single(state.slots)

    double = single_start(plan, "adam")
    exact = choose_backend(plan, backend, "cpu").train(plan, double, replace(work, hyper=Hyperparameters()))
    assert not np.array_equal(exact.losses, report.losses)  # it is not float64 that is rounded in the end
    assert_allclose(exact.losses, report.losses, rtol=1e-3, atol=1e-5)


@pytest.mark.torch
@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_every_rule_is_that_of_torch_and_of_numpy(optimizer: OptimizerKey) -> None:
    plan = compile_graph(feed_forward([5, 3], activation="gelu"), TargetSpec(2))
    work = job(plan, steps=12, optimizer=optimizer, l1=0.001, clip_norm=0.5)
    states = {}
    for backend in BACKENDS:
        states[backend] = single_start(plan, optimizer)
        choose_backend(plan, backend, "cpu").train(plan, states[backend], work)
    for backend in ("numpy", "numba"):
        assert_allclose(states[backend].theta, states["torch"].theta, rtol=1e-3, atol=2e-5)
        assert is_single(states[backend].theta)


@pytest.mark.torch
@pytest.mark.parametrize("kind", sorted({kind.key for kind in playground_kinds()} - {"input", "output", "dense"}))
def test_every_block_trains_in_single_precision(kind: str) -> None:
    blocks = (
        Block(id="x", kind="input"),
        Block(id="d", kind="dense", params={"units": 4}),
        Block(id="b", kind=kind),
        Block(id="y", kind="output"),
    )
    wires = [Wire(source=a, target=b) for a, b in (("x", "d"), ("d", "b"), ("b", "y"))]
    if kind in ("add", "concatenate"):
        blocks = (*blocks, Block(id="e", kind="dense", params={"units": 4}))
        wires += [Wire(source="x", target="e"), Wire(source="e", target="b", slot=1)]
    plan = compile_graph(NetworkGraph(blocks=blocks, wires=tuple(wires)), TargetSpec(2))
    work = job(plan, steps=12)
    found = {}
    for backend in BACKENDS:
        state = single_start(plan, "adam")
        report = choose_backend(plan, backend, "cpu").train(plan, state, work)
        assert report.failure is None and is_single(state.theta) and is_single(state.buffers)
        found[backend] = report
    for backend in ("numpy", "numba"):
        assert_allclose(found[backend].losses, found["torch"].losses, rtol=1e-3, atol=1e-5)
        assert_allclose(found[backend].weight_gradients, found["torch"].weight_gradients, rtol=1e-2, atol=1e-5)


def test_a_job_in_pieces_ends_in_the_same_bits() -> None:
    plan = compile_graph(feed_forward([6, 40]), TargetSpec(2))
    work = job(plan, optimizer="adam")
    whole, pieces = single_start(plan, "adam"), single_start(plan, "adam")
    backend = choose_backend(plan, "numba")
    backend.train(plan, whole, work)
    for first, last in ((0, 1), (1, 9), (9, work.steps)):
        borders = work.offsets[first : last + 1]
        part = replace(work, offsets=borders - borders[0], order=work.order[borders[0] :], rates=work.rates[first:last])
        backend.train(plan, pieces, part)
    assert_array_equal(pieces.theta, whole.theta)
    assert_array_equal(pieces.slots, whole.slots)


@pytest.mark.parametrize("number", [np.float64, np.float32])
@pytest.mark.parametrize(
    ("ours", "exact", "both"),
    [
        (functions.exp, np.exp, False),
        (functions.expm1, np.expm1, False),
        (functions.tanh, np.tanh, True),
        (functions.logistic, lambda x: 1.0 / (1.0 + np.exp(-x)), True),
    ],
    ids=["exp", "expm1", "tanh", "logistic"],
)
def test_the_exponentials_of_vectors_are_right_to_a_few_ulp(
    ours: Any, exact: Any, both: bool, number: type[np.floating[Any]]
) -> None:
    @njit
    def over(space: Any) -> None:
        for k in range(np.uint64(0), np.uint64(space.size), vectors.lanes(space)):
            vectors.store(space, k, ours(vectors.load(space, k)))

    sizes = np.concatenate([np.geomspace(1e-12, 80.0, 1600), np.linspace(0.0, 3.0, 1600)])
    points = (np.concatenate([-sizes, sizes]) if both else -sizes).astype(number)
    found = points.copy()
    over(found)
    wanted = exact(points.astype(np.longdouble))
    assert np.max(np.abs(found - wanted) / np.spacing(np.abs(wanted).astype(number))) <= 4.0
    nothing = np.full(16, np.nan, number)
    over(nothing)
    assert np.isnan(nothing).all()


@pytest.mark.parametrize("number", [np.float64, np.float32])
def test_a_part_of_a_vector_is_stored_and_nothing_beside_it(number: type[np.floating[Any]]) -> None:
    @njit
    def copy_first(space: Any, target: Any, count: Any) -> None:
        vectors.store_first(target, np.uint64(3), vectors.load(space, np.uint64(0)), count)

    numbers = np.arange(1.0, 17.0).astype(number)
    for count in range(64 // numbers.itemsize + 1):
        target = np.zeros(40, number)
        copy_first(numbers, target, np.uint64(count))
        assert_array_equal(target, np.pad(numbers[:count], (3, 37 - count)))


def session(precision: Precision) -> TrainingSession:
    hyper = Hyperparameters(precision=precision)
    return TrainingSession(Setup(feed_forward((4, 2)), load(DataChoice()), hyper, "numba", "cpu"))


def test_the_weights_that_are_shown_are_those_that_are_trained() -> None:
    one = session("float32")
    assert is_single(one.state.theta)  # from the first look on
    block = one.plan.slots()[0].block_id
    one.set_weight(block, "W", (0, 0), 0.1)
    assert weights_of(one.plan, one.state)[block, "W"][0, 0] == float(np.float32(0.1))
    one.run_steps(30)
    assert is_single(one.state.theta) and is_single(one.state.slots)
    one.change(replace(one.setup, hyper=Hyperparameters(precision="float64")))
    one.run_steps(1)
    assert not is_single(one.state.theta)
    assert one.snapshot().history.events[-1].parameters["what"] == "precision"
    one.change(replace(one.setup, hyper=Hyperparameters(precision="float32")))
    assert is_single(one.state.theta)


def test_a_file_keeps_it_and_one_without_it_means_float64(tmp_path: Path) -> None:
    for precision in ("float32", "float64"):
        path = tmp_path / f"{precision}.loom"
        hyper = Hyperparameters.model_validate({"precision": precision})
        write_network_file(path, NetworkFile(feed_forward((4, 2)), hyper))
        assert read_network_file(path).hyper.precision == precision
        said = json.loads(path.read_text(encoding="utf-8"))["training"]
        assert said.get("precision") == (None if precision == "float64" else "float32")


def test_the_command_line_has_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found = {}
    for precision in ("float64", "float32"):
        out = tmp_path / f"{precision}.loom"
        arguments = ["train", "--hidden", "4,2", "--epochs", "5", "--precision", precision, "--out", str(out), "--json"]
        assert run_command(arguments) == 0
        capsys.readouterr()
        content = read_network_file(out)
        assert content.hyper.precision == precision
        found[precision] = np.concatenate([array.ravel() for array in content.weights.values()])
    assert is_single(found["float32"]) and not is_single(found["float64"])
    assert_allclose(found["float32"], found["float64"], rtol=1e-2, atol=1e-3)
