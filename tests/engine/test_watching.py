"""Conditions of what there is to watch: on snapshots of real runs, and on doctored ones where a number matters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot
from engine.training.watching import (
    FlatMaps,
    LossBelow,
    LossRests,
    ParameterSign,
    ScoreGap,
    ScoreReaches,
    SignalShare,
    TestLossRises,
)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Of a small network after a step."""
    setup = Setup(feed_forward((3, 3)), load(DataChoice(name="circle", samples=40)), Hyperparameters(), "numpy")
    session = TrainingSession(setup)
    session.run_steps(1)
    return session.snapshot()


def at(snapshot: Snapshot, epoch: float, **changes: object) -> Snapshot:
    return replace(snapshot, epoch=epoch, step=round(10 * epoch) + 1, **changes)


def test_a_loss_rests_once_it_has_stayed_within_its_share(snapshot: Snapshot) -> None:
    rests = LossRests(0.1, 20.0)
    losses = [(0, 1.0), (5, 0.5), (10, 0.52), (24, 0.48), (25, 0.5)]
    assert [rests.holds(at(snapshot, epoch, train_loss=loss)) for epoch, loss in losses] == [False] * 4 + [True]


def test_a_loss_that_moved_or_a_run_that_starts_over_begins_a_new_stretch(snapshot: Snapshot) -> None:
    rests = LossRests(0.1, 20.0)
    for epoch, loss in ((0, 0.5), (19, 0.7), (38, 0.7), (2, 0.7), (21, 0.7)):
        assert not rests.holds(at(snapshot, epoch, train_loss=loss))
    assert rests.holds(at(snapshot, 22, train_loss=0.7))


def test_nothing_is_seen_before_the_first_step(snapshot: Snapshot) -> None:
    fresh = replace(snapshot, step=0, train_loss=0.0, accuracy=1.0, train_accuracy=1.0)
    conditions = (LossBelow(1.0), ScoreReaches(0.5), ScoreGap(0.0), SignalShare(0.0, 1e9), LossRests(1.0, 0.0))
    assert not any(condition.holds(fresh) for condition in conditions)


def test_limits_of_loss_and_score(snapshot: Snapshot) -> None:
    seen = replace(snapshot, train_loss=0.2, train_accuracy=0.95, accuracy=0.85)
    assert LossBelow(0.21).holds(seen) and not LossBelow(0.2).holds(seen)
    assert ScoreReaches(0.85).holds(seen) and not ScoreReaches(0.86).holds(seen)
    assert ScoreGap(0.09).holds(seen) and not ScoreGap(0.11).holds(seen)


def test_a_test_loss_rises_only_while_the_training_loss_falls(snapshot: Snapshot) -> None:
    rises = TestLossRises(1.5)
    curve = [(1, 0.5, 0.5), (2, 0.3, 0.2), (3, 0.2, 0.25)]
    assert not any(rises.holds(at(snapshot, e, train_loss=a, test_loss=b)) for e, a, b in curve)
    assert not rises.holds(at(snapshot, 4, train_loss=0.9, test_loss=0.9))  # both rise: no learning by heart
    assert rises.holds(at(snapshot, 5, train_loss=0.1, test_loss=0.31))
    assert not rises.holds(at(snapshot, 0, train_loss=0.1, test_loss=0.31))  # a run that starts over


def test_a_training_loss_that_has_doubled_does_not_go_on_falling(snapshot: Snapshot) -> None:
    rises = TestLossRises(1.33)
    curve = [(8, 0.0534, 0.25), (10, 0.12, 0.204), (13, 0.1019, 0.277)]
    assert not any(rises.holds(at(snapshot, e, train_loss=a, test_loss=b)) for e, a, b in curve)
    assert rises.holds(at(snapshot, 20, train_loss=0.05, test_loss=0.277))


def test_the_signal_s_share_is_of_the_hidden_layers(snapshot: Snapshot) -> None:
    layers = tuple(replace(layer, delta=d) for layer, d in zip(snapshot.layers, (1e-6, 1.0, 5.0), strict=True))
    assert SignalShare(0.0, 1e-4).holds(replace(snapshot, layers=layers))
    assert not SignalShare(1e-5, 1.0).holds(replace(snapshot, layers=layers))
    silent = tuple(replace(layer, delta=0.0) for layer in snapshot.layers)
    assert not SignalShare(0.0, 1e9).holds(replace(snapshot, layers=silent))


def test_maps_are_flat_from_a_layer_on(snapshot: Snapshot) -> None:
    flat = {**snapshot.maps, "dense-2": np.full_like(snapshot.maps["dense-2"], 0.3)}
    assert FlatMaps(2, 0.01).holds(replace(snapshot, maps=flat))
    assert not FlatMaps(1, 0.01).holds(replace(snapshot, maps=flat))
    assert not FlatMaps(2, 0.01).holds(replace(snapshot, maps={}))


def test_a_parameter_s_sign(snapshot: Snapshot) -> None:
    value = float(snapshot.weights["output-1", "b"][0])
    assert ParameterSign("output-1", "b", (0,), 1 if value > 0 else -1).holds(snapshot)
    assert not ParameterSign("output-1", "b", (0,), -1 if value > 0 else 1).holds(snapshot)
    assert not ParameterSign("output-1", "b", (5,), 1).holds(snapshot)
    assert not ParameterSign("gone", "b", (0,), 1).holds(snapshot)


def test_what_holds_from_the_start_is_not_seen_in_a_later_stretch(snapshot: Snapshot) -> None:
    def shares(*epochs: float) -> list[bool]:
        from_start = SignalShare(0.0, 1e9, 20.0, from_start=True)
        return [from_start.holds(at(snapshot, epoch)) for epoch in epochs]

    assert shares(0.1, 10, 20.1) == [False, False, True]
    assert shares(6, 26, 46) == [False] * 3
