"""The numba backend beyond what the backends share: its kernels' accuracy, its probes, its failures, its cache."""

from __future__ import annotations

import math
import subprocess
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import kernel_cache
from engine.graph.build import feed_forward
from engine.graph.kinds import TargetSpec, playground_kinds
from engine.graph.kinds.base import Array
from engine.graph.kinds.output import OutputParams
from engine.graph.model import Block, NetworkGraph, Wire
from engine.hyperparameters import Hyperparameters
from engine.kernel_cache import KernelCache
from engine.network import warm
from engine.network.contract import NonFinite, Table, TrainJob
from engine.network.kernels import entry, functions, maps, single
from engine.network.numba_backend import NumbaBackend
from engine.network.numpy_backend import NumpyBackend
from engine.network.plan import Plan, compile_graph
from engine.network.spare import Spare
from engine.network.state import NetworkState, initial_state
from engine.optimizers import OPTIMIZERS
from engine.problems import EngineError
from engine.training.orders import batches


def network(hidden: list[int], activation: str = "tanh", output: OutputParams | None = None) -> Plan:
    """A chain with two inputs for two classes."""
    return compile_graph(feed_forward(hidden, activation=activation, output=output), TargetSpec(2))


def job(plan: Plan, rows: int = 23, epochs: int = 2, **settings: object) -> TrainJob:
    """Some epochs on random rows, in batches of 10 unless told otherwise."""
    random = np.random.default_rng(1)
    inputs = {node.id: random.normal(size=(rows, node.width)) for node in plan.inputs}
    table = Table(inputs, np.sign(random.normal(size=(rows, plan.output.width))))
    hyper = Hyperparameters.model_validate({"batch_size": 10, **settings})
    steps = epochs * math.ceil(rows / hyper.batch_size)
    chosen = batches(rows, hyper.batch_size, 0, True, 0, steps)
    return TrainJob(table, chosen.order, chosen.offsets, np.full(steps, hyper.learning_rate), hyper, seed=0)


def start(plan: Plan, work: TrainJob) -> NetworkState:
    """The seeded start for the job's optimiser."""
    return initial_state(plan, 0, work.hyper.optimizer)


@pytest.mark.parametrize(
    ("ours", "exact", "points"),
    [
        (functions.exp, math.exp, -np.geomspace(1e-12, 700.0, 3001)),
        (functions.expm1, math.expm1, -np.geomspace(1e-12, 700.0, 3001)),
        (functions.tanh, math.tanh, np.concatenate([np.geomspace(1e-12, 60.0, 3001), -np.geomspace(1e-9, 60.0, 999)])),
    ],
    ids=["exp", "expm1", "tanh"],
)
def test_the_exponentials_are_right_to_a_few_ulp(ours: object, exact: object, points: Array) -> None:
    assert callable(ours) and callable(exact)
    found = np.array([ours(float(x)) for x in points])
    wanted = np.array([exact(float(x)) for x in points])
    assert np.max(np.abs(found - wanted) / np.spacing(np.abs(wanted))) <= 4.0


def test_the_exponentials_pass_nan_on_and_know_their_limits() -> None:
    for kernel in (functions.exp, functions.expm1, functions.tanh, functions.logistic):
        assert math.isnan(kernel(math.nan))
    assert functions.tanh(math.inf) == 1.0
    assert functions.tanh(-math.inf) == -1.0
    assert functions.logistic(-math.inf) < 1e-300
    assert functions.expm1(-math.inf) == -1.0


@pytest.mark.parametrize("batch", [1, 10])
def test_whatever_lay_in_the_memory_of_a_report_is_in_none(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    plan = network([5, 3])
    work = job(plan, batch_size=batch)
    wanted = NumbaBackend().train(plan, start(plan, work), work)
    empty = Spare.empty

    def poisoned(self: Spare, count: int, dtype: type[np.generic]) -> Array:
        array = empty(self, count, dtype)
        array.fill(np.nan)
        return array

    monkeypatch.setattr(Spare, "empty", poisoned)
    found = NumbaBackend().train(plan, start(plan, work), work)
    for name in ("losses", "weight_gradients", "bias_gradients", "deltas", "updates"):
        assert_array_equal(getattr(found, name), getattr(wanted, name), name)


def test_every_block_of_the_playground_is_supported() -> None:
    def compiled(*blocks: Block, wires: list[tuple[str, str]]) -> Plan:
        ends = (Block(id="x", kind="input"), *blocks, Block(id="y", kind="output"))
        slots: dict[str, int] = {}
        joined = []
        for source, target in wires:
            joined.append(Wire(source=source, target=target, slot=slots.get(target, 0)))
            slots[target] = slots.get(target, 0) + 1
        return compile_graph(NetworkGraph(blocks=ends, wires=tuple(joined)), TargetSpec(2))

    d, e = Block(id="d", kind="dense"), Block(id="e", kind="dense")
    backend = NumbaBackend()
    assert backend.supports(compiled(wires=[("x", "y")]))
    assert backend.supports(compiled(d, e, wires=[("x", "d"), ("d", "e"), ("e", "y")]))
    assert backend.supports(compiled(Block(id="d", kind="dropout"), wires=[("x", "d"), ("d", "y")]))
    both = Block(id="s", kind="add")
    branched = compiled(d, e, both, wires=[("x", "d"), ("x", "e"), ("d", "s"), ("e", "s"), ("s", "y")])
    assert backend.supports(branched)
    assert all(kind.compiled is not None for kind in playground_kinds())


@pytest.mark.parametrize("hidden", [[], [5, 3], [33, 40]], ids=["no hidden layer", "loops", "BLAS"])
@pytest.mark.parametrize("weighted", [False, True])
def test_the_probes_are_those_of_the_reference(hidden: list[int], weighted: bool) -> None:
    plan = network(hidden)
    work = job(plan, optimizer="adamw", l1=0.01, clip_norm=0.5)
    if weighted:
        weights = np.random.default_rng(2).uniform(0.0, 2.0, work.table.rows)
        weights[:4] = 0.0
        work = replace(work, table=replace(work.table, weights=weights))
    ours, theirs = start(plan, work), start(plan, work)
    found, wanted = NumbaBackend().train(plan, ours, work), NumpyBackend().train(plan, theirs, work)
    for name in ("losses", "weight_gradients", "bias_gradients", "deltas", "updates"):
        assert_allclose(getattr(found, name), getattr(wanted, name), rtol=1e-11, atol=1e-14, err_msg=name)
    assert_allclose(ours.theta, theirs.theta, rtol=1e-11, atol=1e-13)
    assert_allclose(ours.slots, theirs.slots, rtol=1e-11, atol=1e-13)
    assert ours.step == theirs.step == work.steps


def test_without_probes_the_same_is_trained_and_nothing_recorded() -> None:
    plan = network([4, 2])
    work = job(plan)
    watched, bare = start(plan, work), start(plan, work)
    NumbaBackend().train(plan, watched, work)
    report = NumbaBackend().train(plan, bare, replace(work, probe=False))
    assert_array_equal(bare.theta, watched.theta)
    assert report.losses.shape == (work.steps,)
    assert report.updates.shape == (0, 3)


def test_a_job_in_pieces_ends_in_the_same_bits_as_in_one() -> None:
    plan = network([6])
    work = job(plan, optimizer="nesterov")
    whole, pieces = start(plan, work), start(plan, work)
    backend = NumbaBackend()
    backend.train(plan, whole, work)
    for first, last in ((0, 1), (1, 1), (1, 4), (4, work.steps)):
        borders = work.offsets[first : last + 1]
        part = replace(work, offsets=borders - borders[0], order=work.order[borders[0] :], rates=work.rates[first:last])
        assert backend.train(plan, pieces, part).steps == last - first
    assert_array_equal(pieces.theta, whole.theta)
    assert_array_equal(pieces.slots, whole.slots)


def diverging(what: str) -> tuple[Plan, NetworkState, TrainJob]:
    """A job whose numbers stop being finite in a given place."""
    plan = network([3, 2], "identity", OutputParams(activation="identity"))
    work = job(plan, optimizer="momentum", learning_rate=0.01)
    state = start(plan, work)
    w = {slot.key: slot.view(state.theta) for slot in plan.slots()}
    if what == "input":
        work.table.inputs["input-1"][work.order[13], 1] = np.nan
    elif what == "z":
        w["dense-1", "W"][...] = 1e200
        w["dense-2", "W"][...] = 1e200
    elif what == "loss":
        w["dense-1", "W"][...] = 1e160
    elif what == "gradient":
        work.table.inputs["input-1"][...] *= 1e150
        w["dense-1", "W"][...] *= 1e-150
        w["output-1", "W"][...] *= 1e100
    else:
        work.table.targets[...] *= 1e3
        work.rates[2] = 1e308
    return plan, state, work


@pytest.mark.parametrize("what", ["input", "z", "loss", "gradient", "weights"])
def test_the_first_number_that_is_not_finite_is_found_where_the_reference_finds_it(what: str) -> None:
    plan, state, work = diverging(what)
    other = state.copy()
    found = NumbaBackend().train(plan, state, work)
    wanted = NumpyBackend().train(plan, other, work)
    assert isinstance(found.failure, NonFinite)
    assert found.failure == wanted.failure
    assert found.failure.what == ("z" if what == "input" else what)
    assert found.steps == found.failure.step == state.step
    assert found.weight_gradients.shape == (found.steps, 3)
    assert_allclose(state.theta, other.theta, rtol=1e-11)
    assert_allclose(state.slots, other.slots, rtol=1e-11)


def test_weights_that_add_up_to_nothing_are_refused_before_any_step() -> None:
    plan = network([2])
    work = job(plan)
    weights = np.ones(work.table.rows)
    weights[work.order[10:20]] = 0.0
    state = start(plan, work)
    with pytest.raises(EngineError, match="add up to 0"):
        NumbaBackend().train(plan, state, replace(work, table=replace(work.table, weights=weights)))
    assert state.step == 0
    assert_array_equal(state.theta, start(plan, work).theta)


@pytest.mark.parametrize("activation", ["tanh", "relu", "logistic", "elu", "softmax", "gelu"])
@pytest.mark.parametrize("hidden", [[], [1], [7, 6, 5], [64]])
def test_maps_show_what_the_reference_shows(activation: str, hidden: list[int]) -> None:
    plan = network(hidden, activation)
    state = initial_state(plan, 4, "sgd")
    state.theta += np.random.default_rng(5).normal(size=plan.size) * 0.3
    inputs = {"input-1": np.random.default_rng(6).normal(size=(1031, 2)) * 3.0}
    found, wanted = NumbaBackend().maps(plan, state, inputs), NumpyBackend().maps(plan, state, inputs)
    for ours, theirs in zip(found, wanted, strict=True):
        assert ours.dtype == np.float32
        assert ours.flags.c_contiguous
        assert_allclose(ours, theirs, rtol=1e-5, atol=3e-6)
    (output,) = NumbaBackend().maps(plan, state, inputs, output_only=True)
    assert_array_equal(output, found[-1])


def test_maps_show_where_a_network_is_not_finite() -> None:
    plan = network([3])
    state = initial_state(plan, 0, "sgd")
    state.theta[0] = np.nan
    hidden = NumbaBackend().maps(plan, state, {"input-1": np.ones((5, 2))})[1]
    assert np.isnan(hidden[0]).all()
    assert np.isfinite(hidden[1:]).all()


def test_arrays_that_may_not_be_written_to_are_taken_without_compiling_again() -> None:
    plan = network([3])
    work, single_rows = job(plan), job(plan, batch_size=1)
    backend = NumbaBackend()

    def use() -> list[int]:
        for each in (work, single_rows):
            backend.train(plan, start(plan, each), each)
            backend.train(plan, start(plan, each), replace(each, probe=False))
        backend.gradients(plan, start(plan, work), work.table)
        backend.activations(plan, start(plan, work), work.table.inputs)
        backend.maps(plan, start(plan, work), work.table.inputs)
        return [len(kernel.signatures) for kernel in (entry.run, single.run, maps.draw_maps)]

    compiled = use()
    for one in (work, single_rows):
        for array in (*one.table.inputs.values(), one.table.targets, one.order, one.offsets, one.rates):
            array.setflags(write=False)
    assert use() == compiled


@pytest.mark.parametrize(("hidden", "epochs"), [([128, 128, 128], 2), ([4, 2], 5_000)], ids=["wide", "many steps"])
def test_a_further_call_takes_hardly_any_new_memory(hidden: list[int], epochs: int) -> None:
    plan = network(hidden)
    work, backend = job(plan, epochs=epochs), NumbaBackend()
    state = start(plan, work)
    backend.train(plan, state, work)
    tracemalloc.start()
    try:
        backend.train(plan, state, work)
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    workspace, report = 8 * plan.size * 8, 4 * len(plan.probed) * work.steps * 8
    assert taken < (workspace + report) / 4


def test_a_report_stays_as_it_is_when_training_goes_on() -> None:
    plan, backend = network([4, 2]), NumbaBackend()
    work = job(plan)
    state = start(plan, work)
    first = backend.train(plan, state, work)
    deltas = first.deltas.copy()
    second = backend.train(plan, state, work)
    assert_array_equal(first.deltas, deltas)
    assert not np.array_equal(second.deltas, deltas)


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_a_workspace_that_others_have_used_gives_the_same_bits(precision: str) -> None:
    (wide, narrow), backend = (network([24, 24]), network([3])), NumbaBackend()
    broken, fresh = start(wide, job(wide)), start(wide, job(wide))
    broken.theta[:] = np.nan
    assert backend.train(wide, broken, job(wide, precision=precision)).failure is not None
    backend.train(narrow, start(narrow, job(narrow)), job(narrow, rows=200, batch_size=200))
    used, work = fresh.copy(), job(wide, precision=precision)
    report, expected = backend.train(wide, used, work), NumbaBackend().train(wide, fresh, work)
    assert_array_equal(used.theta, fresh.theta)
    assert_array_equal(used.slots, fresh.slots)
    assert_array_equal(report.updates, expected.updates)


def test_the_cache_counts_as_filled_for_one_numba_one_processor_and_one_state_of_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel_cache, "cache_folder", lambda: tmp_path / "kernels")
    monkeypatch.setattr(kernel_cache._Chosen, "cache", None)
    assert not warm.cache_is_filled()
    monkeypatch.setattr(warm, "_loading", lambda every: iter((0.5, 1.0)))  # compiling is the child's, below
    told: list[float] = []
    warm.fill_cache(told.append)
    assert told == [0.5, 1.0] and warm.cache_is_filled()
    monkeypatch.setattr(kernel_cache, "version", lambda name: "0.0")
    assert not warm.cache_is_filled()
    monkeypatch.undo()
    monkeypatch.setattr(kernel_cache, "cache_folder", lambda: tmp_path / "of other sources")
    monkeypatch.setattr(kernel_cache._Chosen, "cache", None)
    assert not warm.cache_is_filled()


@pytest.mark.process
def test_the_child_process_fills_the_cache_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(warm.fill_command(), cwd=tmp_path, capture_output=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    assert warm.cache_is_filled()


def test_a_broken_marker_counts_as_an_empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "filled.json").write_text("{", encoding="utf-8")
    assert not KernelCache(tmp_path).is_filled()


def test_kernels_move_to_another_folder_when_a_source_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "kernel.py"
    source.write_text("a = 1", encoding="utf-8")
    monkeypatch.setattr(kernel_cache, "sources", lambda: (source,))
    folders = set()
    for text in ("a = 1", "a = 2", "a = 1"):
        source.write_text(text, encoding="utf-8")
        kernel_cache.source_digest.cache_clear()
        folders.add(kernel_cache.cache_folder())
    kernel_cache.source_digest.cache_clear()
    assert len(folders) == 2


def test_an_optimiser_that_the_kernels_were_compiled_without_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = network([3])
    work = job(plan, optimizer="adam")
    added = replace(OPTIMIZERS["adam"], key="added")
    monkeypatch.setattr("engine.network.numba_backend.OPTIMIZERS", {**OPTIMIZERS, "added": added})
    unknown = replace(work, hyper=work.hyper.model_copy(update={"optimizer": "added"}))
    with pytest.raises(KeyError, match="added"):
        NumbaBackend().train(plan, start(plan, work), unknown)
