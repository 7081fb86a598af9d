"""Where a number comes from: its parents and paths give it back, and PyTorch comes to the same one."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, set_params, splice
from engine.graph.kinds.output import OutputParams
from engine.guesses import Mistake
from engine.hyperparameters import DEFAULT_RATE, Hyperparameters, OptimizerKey
from engine.optimizers import OPTIMIZERS
from engine.schedules import Schedule
from engine.training.lines.by_torch import value_by_torch
from engine.training.lines.expression import Source, evaluate, numbers_of
from engine.training.lines.origin import origin_of
from engine.training.lines.working import work_out
from engine.training.quality_check import quality_by_torch
from engine.training.session import Setup, TrainingSession
from engine.training.trace import PassTrace, Phase

CIRCLE = load(DataChoice(name="circle", samples=40))


def trace_of(graph: NetworkGraph, rows: tuple[int, ...], optimizer: OptimizerKey = "adam") -> PassTrace:
    session = TrainingSession(Setup(graph, CIRCLE, Hyperparameters(seed=2, optimizer=optimizer), "numpy"))
    session.run_steps(4)
    return session.trace(rows)


def mixed() -> NetworkGraph:
    """Dropout, both norms and a skip connection, so that every kind of path is there."""
    graph = set_params(
        feed_forward((4, 4), output=OutputParams(loss="binary_cross_entropy")), "dense-2", activation="elu"
    )
    graph, drop = add_block(graph, "dropout", 0, 0)
    graph = splice(graph, drop, Wire(source="dense-1", target="dense-2"))
    graph, norm = add_block(graph, "batch_norm", 0, 0)
    graph = splice(graph, norm, Wire(source="dense-2", target="output-1"))
    graph, total = add_block(graph, "add", 0, 0)
    return connect(splice(graph, total, Wire(source=norm, target="output-1")), "dense-1", total)


def sources(trace: PassTrace) -> Iterator[Source]:
    """Every number with a source that the player can show of two units."""
    found: dict[Source, None] = {}
    for stage in trace.stages:
        for unit in (0, 1) if stage.block_id != "output-1" else (0,):
            working = work_out(trace, stage, unit)
            for line in (*working.lines, *working.gradients):
                for step in line.steps:
                    found |= {number.source: None for number in numbers_of(step) if number.source is not None}
                if line.result.source is not None:
                    found[line.result.source] = None
    return iter(found)


@pytest.mark.torch
@pytest.mark.parametrize("graph", [feed_forward((3, 2)), mixed()], ids=["plain", "mixed"])
@pytest.mark.parametrize("rows", [(5,), (1, 2, 3, 4)], ids=["one", "batch"])
def test_torch_comes_to_every_number(graph: NetworkGraph, rows: tuple[int, ...]) -> None:
    trace = trace_of(graph, rows)
    checked = set()
    for source in sources(trace):
        origin = origin_of(trace, source)
        theirs = value_by_torch(trace, source)
        if theirs is not None:
            assert origin.value == pytest.approx(theirs, rel=1e-9, abs=1e-14), source
            checked.add(source.symbol)
    assert {"z", "a", "delta", "dW", "db", "loss", "slope", "step.W", "new0.W", "new1.W"} <= checked


OPTIMISERS = [
    *(Hyperparameters(optimizer=key, l2=0.02, seed=2) for key in OPTIMIZERS),
    Hyperparameters(clip_norm=0.01, l1=0.01, schedule=Schedule(kind="cosine", epochs=9.0), seed=2),
    Hyperparameters(optimizer="adamw", l1=0.01, l1_at_zero="sticks", seed=2),
]


@pytest.mark.torch
@pytest.mark.parametrize("hyper", OPTIMISERS, ids=lambda hyper: f"{hyper.optimizer}-{hyper.l1}-{hyper.clip_norm}")
def test_every_number_of_an_update_says_where_it_comes_from(hyper: Hyperparameters) -> None:
    """Those of Adam's lines answered nothing."""
    session = TrainingSession(Setup(feed_forward((3, 2)), CIRCLE, hyper, "numpy"))
    session.run_steps(4)
    trace = session.trace((1, 2, 3))
    stage = next(one for one in trace.stages if one.phase is Phase.UPDATE and one.block_id == "dense-2")
    lines = work_out(trace, stage, 1).lines
    assert [line.name for line in lines if line.name.startswith(r"\Delta")]
    for line in lines:
        for number in (line.result, *(number for step in line.steps for number in numbers_of(step))):
            if number.exact:  # a setting
                continue
            assert number.source is not None, line
            origin = origin_of(trace, number.source)
            assert origin is not None and origin.value == number.value and origin.name
        origin = origin_of(trace, line.result.source)
        assert origin.line is not None and evaluate(origin.line.steps[0]) == pytest.approx(origin.value, rel=1e-9)
        theirs = value_by_torch(trace, line.result.source)
        role = line.result.source.symbol.partition(".")[0]
        if role in ("step", "new0", "new1") and OPTIMIZERS[hyper.optimizer].twin is not None:
            assert theirs == pytest.approx(line.result.value, rel=1e-9, abs=1e-14), line
            assert all(origin_of(trace, parent.source) is not None for parent in origin.parents)


def test_paths_add_up_to_the_number_and_parents_can_be_followed() -> None:
    trace = trace_of(feed_forward((3, 2)), (5,))
    delta = origin_of(trace, Source("delta", "dense-1", (1,)))
    assert math.fsum(path.value for path in delta.paths) == pytest.approx(delta.value, rel=1e-12)
    assert [path.through.symbol for path in delta.paths] == ["delta", "delta"]
    assert [p.source.symbol for p in delta.parents] == ["W", "delta", "W", "delta", "a"]
    assert all(origin_of(trace, parent.source).value == parent.value for parent in delta.parents)
    z = origin_of(trace, Source("z", "dense-2", (0,)))
    assert math.fsum(path.value for path in z.paths) == pytest.approx(z.value, rel=1e-12)
    assert evaluate(z.line.steps[0]) == pytest.approx(z.value, rel=1e-12)


def test_weights_and_data_are_where_it_begins() -> None:
    trace = trace_of(feed_forward((3, 2)), (5,))
    weight = origin_of(trace, Source("W", "dense-1", (0, 1)))
    assert (weight.line, weight.parents, weight.name) == (None, (), "w_{12}^{(1)}")
    assert origin_of(trace, Source("a", "input-1", (0,))).value == CIRCLE.x[5, 0]
    assert value_by_torch(trace, weight.source) is None


def test_what_is_no_longer_there_has_no_origin() -> None:
    trace = trace_of(feed_forward((3, 2)), (5,))
    for gone in (Source("z", "dense-9", (0,)), Source("z", "dense-1", (7,)), Source("W", "dense-1", (0, 9))):
        assert origin_of(trace, gone) is None
    assert np.isfinite(trace.loss)


@pytest.mark.parametrize("rows", [(3,), (3, 5)])
def test_wrong_values_are_those_that_a_learner_comes_to(rows: tuple[int, ...]) -> None:
    trace = trace_of(feed_forward((3,)), rows, "sgd")
    stages = {(stage.phase, stage.block_id): stage for stage in trace.stages}

    def line_of(phase: Phase, block_id: str) -> tuple[float, dict[Mistake, float]]:
        line = work_out(trace, stages[phase, block_id], 1 if block_id == "dense-1" else 0).lines[0]
        return line.result.value, dict(line.mistakes)

    z, wrong = line_of(Phase.FORWARD, "dense-1")
    assert wrong == {Mistake.BIAS: pytest.approx(z - trace.weights["dense-1", "b"][1])}
    forward, backward = stages[Phase.FORWARD, "dense-1"].values, stages[Phase.BACKWARD, "dense-1"].values
    gap = float(trace.output[0, 0] - stages[Phase.LOSS, "output-1"].values["target"][0, 0])
    loss, wrong = line_of(Phase.LOSS, "output-1")
    assert loss == pytest.approx(gap**2 / 2) and wrong[Mistake.HALF] == pytest.approx(gap**2)
    assert abs(wrong[Mistake.SQUARE]) == pytest.approx(abs(gap) / 2)
    delta, wrong = line_of(Phase.BACKWARD, "output-1")
    assert wrong[Mistake.SLOPE] == pytest.approx(gap / len(rows))
    assert delta == pytest.approx(gap * (1 - float(trace.output[0, 0]) ** 2) / len(rows))
    delta, wrong = line_of(Phase.BACKWARD, "dense-1")
    a, upstream = float(forward["a"][0, 1]), float(backward["upstream"][0, 1])
    assert delta == pytest.approx(upstream * (1 - a**2))
    assert wrong == {Mistake.FUNCTION: pytest.approx(upstream * a), Mistake.SLOPE: pytest.approx(upstream)}
    changes = [line for line in work_out(trace, stages[Phase.UPDATE, "dense-1"], 0).lines if line.mistakes]
    assert [line.result.value / dict(line.mistakes)[Mistake.RATE] for line in changes] == [pytest.approx(DEFAULT_RATE)]


@pytest.mark.torch
@pytest.mark.parametrize("name", ["circle", "plane", "iris"])
def test_torch_comes_to_the_loss_and_the_score_of_a_run(name: str) -> None:
    dataset = load(DataChoice(name=name, samples=80))
    params = OutputParams(loss="softmax_cross_entropy") if name == "iris" else OutputParams()
    graph = mixed() if name == "circle" else feed_forward((4,), features=dataset.columns, output=params)
    session = TrainingSession(Setup(graph, dataset, Hyperparameters(seed=2), "numpy"))
    session.run_steps(30)
    found = session.snapshot()
    for rows, mean, score in (
        (dataset.train, found.train_loss, found.train_accuracy),
        (dataset.test, found.test_loss, found.accuracy),
    ):
        theirs = quality_by_torch(found.plan, found.weights, dataset, rows)
        assert (theirs.loss, theirs.score) == (pytest.approx(mean, rel=1e-9), pytest.approx(score, rel=1e-9))
