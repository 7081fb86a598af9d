"""A run is taken back to an earlier step and on again: what it does from there is what it did, to the bit."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, set_params, splice
from engine.graph.model import NetworkGraph
from engine.hyperparameters import Hyperparameters
from engine.network.choice import BackendName
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.training import checkpoints
from engine.training.checkpoints import Checkpoints
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import LayerStats

CIRCLE = load(DataChoice(name="circle", samples=60))
NETWORKS = 20
PLACES = 10
"""Of each network: 200 in all."""


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "MOST_SHARE", 1e9)


def random_graph(draw: np.random.Generator) -> NetworkGraph:
    """Dense layers with any block between them."""
    hidden = tuple(int(units) for units in draw.integers(1, 6, draw.integers(1, 4)))
    graph = feed_forward(hidden)
    for kind in draw.choice(["dropout", "batch_norm", "layer_norm", "activation"], draw.integers(0, 3)):
        graph, block_id = add_block(graph, str(kind), 0.0, 0.0)
        graph = splice(graph, block_id, graph.wires[int(draw.integers(1, len(graph.wires)))])
    return graph


def random_hyper(draw: np.random.Generator) -> Hyperparameters:
    chosen = {
        "optimizer": draw.choice(list(OPTIMIZERS)),
        "learning_rate": draw.choice([0.001, 0.02]),
        "batch_size": draw.choice([1, 4, 7, 30]),
        "l1": draw.choice([0.0, 0.05]),
        "l1_at_zero": draw.choice(["crosses", "sticks"]),
        "l2": draw.choice([0.0, 0.01]),
        "clip_norm": draw.choice([0.5, 5.0]),
        "schedule": {"kind": draw.choice(list(SCHEDULES))},
        "leftover": draw.choice(["batch", "carry"]),
        "precision": draw.choice(["float64", "float32"]),
        "seed": draw.integers(0, 1000),
    }
    plain = {name: value.item() if hasattr(value, "item") else value for name, value in chosen.items()}
    return Hyperparameters.model_validate(plain | {"schedule": {"kind": str(chosen["schedule"]["kind"])}})


def session_of(setup: Setup) -> TrainingSession:
    return TrainingSession(setup, checkpoints=Checkpoints())


def taken(session: TrainingSession, step: int) -> TrainingSession:
    """A session that goes on from where this one was at a step, and knows where that has come to."""
    found = session.earlier(step)
    assert found is not None and session.checkpoints is not None
    setup, past = found
    return TrainingSession(setup, past.weights, 1, past.progress, checkpoints=session.checkpoints.copy())


def ends_as(one: TrainingSession, other: TrainingSession) -> bool:
    """Whether two stand at the same step with the same numbers, to the bit."""
    pairs = ((getattr(one.state, name), getattr(other.state, name)) for name in ("theta", "buffers", "slots", "stuck"))
    same = all(np.array_equal(first, second, equal_nan=True) for first, second in pairs)
    return same and one.state.step == other.state.step and (one.cursor, one.updates) == (other.cursor, other.updates)


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@pytest.mark.parametrize("number", range(NETWORKS // 2))
def test_what_is_done_again_comes_to_the_same(number: int, backend: str) -> None:
    draw = np.random.default_rng((number, len(backend), 1))
    graph, hyper = random_graph(draw), random_hyper(draw)
    run = session_of(Setup(graph, CIRCLE, hyper, cast(BackendName, backend)))
    for steps in draw.integers(1, 9, 30):
        run.run_steps(int(steps))
    steps = run.snapshot().timeline.steps
    assert len(steps) > PLACES
    now = run
    for step in draw.choice(steps, PLACES):  # back and on again, each time from where it has just been taken
        now = taken(now, int(step)) if now.updates != step else now
        assert now.updates == step
        again = now
        while again.updates < run.updates:  # in other bites than before
            again.run_steps(min(int(draw.integers(1, 20)), run.updates - again.updates))
        assert ends_as(again, run)
        now = again


def norms_of(layer: LayerStats) -> tuple[float, ...]:
    return layer.weight_gradient, layer.bias_gradient, layer.delta, layer.judged_delta, layer.update_ratio


def trained(steps: int, **hyper: object) -> TrainingSession:
    settings = Hyperparameters.model_validate({"seed": 3, **hyper})
    session = session_of(Setup(feed_forward((4, 3)), CIRCLE, settings, "numpy"))
    for _ in range(steps):
        session.run_steps(1)
    return session


def test_what_is_shown_is_of_then() -> None:
    run = trained(12)
    then = run.snapshot()
    for _ in range(20):
        run.run_steps(1)
    back = taken(run, 12).snapshot()
    assert (back.step, back.epoch, back.train_loss, back.test_loss) == (12, then.epoch, then.train_loss, then.test_loss)
    assert [norms_of(layer) for layer in back.layers] == [norms_of(layer) for layer in then.layers]
    assert (back.learning, back.verdicts) == (then.learning, then.verdicts)
    np.testing.assert_array_equal(back.history.batch_loss.mean, then.history.batch_loss.mean)


def test_the_curves_beyond_are_there_until_they_are_reached() -> None:
    run = trained(30)
    furthest = run.snapshot().history.batch_loss
    back = taken(taken(run, 20), 8)
    later = back.snapshot().timeline.later
    assert later is not None
    np.testing.assert_array_equal(later.batch_loss.mean, furthest.mean)
    back.run_steps(22)
    assert back.snapshot().timeline.later is None
    for _ in range(5):
        back.run_steps(1)
    assert back.updates == 35
    assert back.snapshot().timeline.steps[-1] > 30, "and on from there"


def test_settings_come_back_with_their_step() -> None:
    run = trained(10, learning_rate=0.01)
    run.change(replace(run.setup, hyper=run.setup.hyper.model_copy(update={"learning_rate": 0.5})))
    for _ in range(10):
        run.run_steps(1)
    assert taken(run, 4).setup.hyper.learning_rate == 0.01
    assert taken(run, 10).setup.hyper.learning_rate == 0.5, "at the step of the change it has been made"
    assert taken(run, 15).setup.hyper.learning_rate == 0.5


def test_another_network_comes_back_with_its_weights() -> None:
    run = trained(10)
    narrow = run.state.copy()
    run.change(replace(run.setup, graph=set_params(run.setup.graph, "dense-1", units=7)))
    run.run_steps(9)
    back = taken(run, 9)
    back.run_steps(1)
    np.testing.assert_array_equal(back.state.theta, narrow.theta)


@pytest.mark.parametrize("change", ["rate", "weight"])
def test_a_change_goes_another_way(change: str) -> None:
    run = taken(trained(30), 12)
    if change == "rate":
        run.change(replace(run.setup, hyper=run.setup.hyper.model_copy(update={"learning_rate": 0.5})))
    else:
        run.set_weight("dense-1", "W", (0, 0), 2.0)
    timeline = run.snapshot().timeline
    assert timeline.later is None
    assert max(timeline.steps) < 12


def test_where_it_stands_is_nowhere_to_go() -> None:
    run = trained(5)
    assert run.earlier(5) is None
    assert TrainingSession(run.setup).earlier(0) is None, "without checkpoints there is nowhere at all"


def test_a_run_that_broke_down_goes_back_to_before() -> None:
    run = trained(6)
    run.change(replace(run.setup, hyper=run.setup.hyper.model_copy(update={"learning_rate": 1e300})))
    run.run_steps(3)
    assert run.failure is not None
    back = taken(run, 3)
    assert (back.failure, back.updates) == (None, 3)


def test_they_thin_out_within_their_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "MOST", 16)
    run = trained(200)
    steps = run.snapshot().timeline.steps
    assert 8 <= len(steps) <= 16
    assert steps[0] == 0
    gaps = np.diff(steps)
    assert gaps[:-1].max() <= 2 * gaps[:-1].min(), "evenly"


def test_a_large_network_has_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    few = trained(1)
    assert few.checkpoints is not None
    monkeypatch.setattr(checkpoints, "MOST_BYTES", few.checkpoints.nbytes + 8 * checkpoints.OVERHEAD)
    run = trained(100)
    assert run.checkpoints is not None
    assert len(run.snapshot().timeline.steps) <= 9
    assert run.checkpoints.nbytes <= checkpoints.MOST_BYTES


def test_copying_takes_little_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "MOST_SHARE", 1e-9)
    assert len(trained(50).snapshot().timeline.steps) == 1
