"""Which units are on, dead, saturated or overgrown over the training set: counted by torch, and by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.activations.saturation import SATURATED_BELOW, SATURATED_ROWS
from engine.data import DataChoice, load
from engine.data.dataset import Task
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.probes import histogram
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Trouble, Verdict

CIRCLE = load(DataChoice(name="circle", samples=80))


def session_of(
    hidden: tuple[int, ...], activation: str, output: OutputParams | None = None, seed: int = 3
) -> TrainingSession:
    graph = feed_forward(hidden, activation=activation, output=output)
    return TrainingSession(Setup(graph, CIRCLE, Hyperparameters(seed=seed), "numpy"))


def z_of(session: TrainingSession) -> torch.Tensor:
    """z of the first layer on the training rows, by torch."""
    weights = session.snapshot(maps=False).weights
    x = torch.tensor(CIRCLE.x[CIRCLE.train])
    return torch.nn.functional.linear(x, torch.tensor(weights["dense-1", "W"]), torch.tensor(weights["dense-1", "b"]))


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "elu", "gelu", "silu", "softplus"])
def test_a_unit_is_on_where_its_sum_is_positive(activation: str) -> None:
    session = session_of((6,), activation)
    expected = (z_of(session) > 0).double().mean(dim=0).numpy()
    np.testing.assert_array_equal(session.snapshot(maps=False).layers[0].health.on, expected)


@pytest.mark.parametrize(("activation", "slope"), [("tanh", torch.tanh), ("logistic", torch.sigmoid)])
def test_a_unit_that_flattens_on_both_sides_is_on_between_them(activation: str, slope: object) -> None:
    session = session_of((6,), activation)
    session.set_weights({("dense-1", "W"): 2.0 * session.snapshot(maps=False).weights["dense-1", "W"]})
    z = z_of(session).requires_grad_()
    slope(z).sum().backward()  # type: ignore[operator]
    steepest = 1.0 if activation == "tanh" else 0.25
    expected = (z.grad.abs() >= SATURATED_BELOW * steepest).double().mean(dim=0).numpy()  # type: ignore[union-attr]
    health = session.snapshot(maps=False).layers[0].health
    np.testing.assert_array_equal(health.on, expected)
    assert health.saturated == tuple(np.flatnonzero(expected < 1.0 - SATURATED_ROWS).tolist())


def found(snapshot: Snapshot, trouble: Trouble) -> list[Verdict]:
    return [verdict for verdict in snapshot.verdicts if verdict.trouble is trouble]


def test_every_dead_unit_is_named_be_it_one_of_many() -> None:
    session = session_of((16,), "relu")
    bias = np.zeros(16)
    bias[[4, 6]] = -100.0
    session.set_weights({("dense-1", "b"): bias})
    snapshot = session.snapshot(maps=False)
    assert found(snapshot, Trouble.DEAD) == [Verdict("dense-1", Trouble.DEAD, 2 / 16, (4, 6))]
    assert snapshot.layers[0].health.on[[4, 6]].tolist() == [0.0, 0.0]
    session.set_weights({("dense-1", "b"): np.where(np.arange(16) == 4, -100.0, 0.0)})
    assert found(session.snapshot(maps=False), Trouble.DEAD) == [Verdict("dense-1", Trouble.DEAD, 1 / 16, (4,))]


def test_an_overgrown_unit_is_named_with_what_it_gives() -> None:
    session = session_of((4,), "relu")
    session.set_weights({("dense-1", "b"): np.array([0.0, 0.0, 5e5, 0.0])})
    (verdict,) = found(session.snapshot(maps=False), Trouble.OVERGROWN)
    assert verdict.units == (2,)
    assert verdict.value == pytest.approx(float(torch.relu(z_of(session)).max()))


@pytest.mark.parametrize("is_target", [False, True])
def test_units_that_give_what_the_data_gives_are_not_overgrown(is_target: bool) -> None:
    """An income goes up to a million; so does what a unit gives for it, or an output that predicts it."""
    x, y = CIRCLE.x.copy(), CIRCLE.x[:, 0] * CIRCLE.x[:, 1]
    (y if is_target else x)[:] *= 1e6
    dataset = replace(CIRCLE, task=Task.REGRESSION, classes=(), x=x, y=y)
    output = OutputParams(activation="identity", scale=1.0)
    graph = feed_forward((4,), activation="relu", output=output)
    session = TrainingSession(Setup(graph, dataset, Hyperparameters(seed=3), "numpy"))
    largest = float(np.abs(y if is_target else x)[dataset.train].max())
    assert dataset.largest == largest and not found(session.snapshot(maps=False), Trouble.OVERGROWN)
    session.set_weights({("output-1", "b"): np.array([0.9e4 * largest])})
    assert not found(session.snapshot(maps=False), Trouble.OVERGROWN)
    session.set_weights({("output-1", "b"): np.array([1.1e4 * largest])})
    assert [verdict.block_id for verdict in found(session.snapshot(maps=False), Trouble.OVERGROWN)] == ["output-1"]


def test_learnt_is_what_is_right_and_sure() -> None:
    for seed in range(5):
        session = session_of((8,), "tanh", OutputParams(), seed)
        assert not session.snapshot(maps=False).mastered
        session.run_epochs(200)
        snapshot = session.snapshot(maps=False)
        assert snapshot.train_accuracy == 1.0 and snapshot.mastered, seed


def test_the_histogram_of_z_is_of_all_rows_at_this_moment() -> None:
    dataset = load(DataChoice(name="circle"))
    session = TrainingSession(Setup(feed_forward((4,)), dataset, Hyperparameters(), backend="numpy"))
    session.run_epochs(2)
    session.set_weights({("dense-1", "W"): np.zeros((4, 2)), ("dense-1", "b"): np.array([0.1, 0.1, 0.1, 9.0])})
    stats = session.snapshot(maps=False).layers[0]
    counts, rows = stats.z_histogram, len(dataset.train)
    assert counts.sum() == counts[16] == 3 * rows, "nothing is counted where it is not"
    assert (stats.health.z_beyond, stats.health.z_broken, stats.health.z_total) == (rows, 0, 4 * rows)


def test_the_histogram_of_z_holds_its_ends_and_counts_what_it_leaves_out() -> None:
    z = np.array([-6.0, 6.0, 5.99, np.nextafter(6.0, 7.0), -1e300, np.inf, np.nan])
    counts, beyond, broken = histogram(z)
    expected, _ = np.histogram(z[:3], bins=32, range=(-6.0, 6.0))
    assert np.array_equal(counts, expected) and (beyond, broken) == (2, 2)
