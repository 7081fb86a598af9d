"""A previewed activation: every number that it shows is of the network with that activation."""

from __future__ import annotations

from dataclasses import replace

from app.network.preview import previewed
from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.graph.edit import set_params
from engine.hyperparameters import Hyperparameters
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot

MEASURED = ("train_loss", "test_loss", "train_accuracy", "accuracy", "by_heart", "solved", "mastered", "learning")


def test_all_that_is_measured_is_what_the_changed_network_gives() -> None:
    data = load(DataChoice(name="circle", samples=200))
    session = TrainingSession(Setup(feed_forward((8, 8), activation="relu"), data, Hyperparameters(learning_rate=0.02)))
    for _ in range(40):
        session.run_epochs()
    before = session.snapshot()
    assert before.train_accuracy > 0.95
    shown = previewed(before, session.setup, ("dense-1", "identity"), (0, 1))
    session.change(replace(session.setup, graph=set_params(session.setup.graph, "dense-1", activation="identity")))
    after = session.snapshot()
    assert after.train_accuracy < before.train_accuracy
    assert _measured(shown) == _measured(after)
    assert [layer.health.saturated for layer in shown.layers] == [layer.health.saturated for layer in after.layers]
    of_the_run = ("run", "step", "epoch", "plan", "history", "measured_step", "optimizer", "optimizer_step", "backend")
    assert [getattr(shown, name) for name in of_the_run] == [getattr(before, name) for name in of_the_run]
    assert shown.memory is before.memory and shown.signal is before.signal


def _measured(snapshot: Snapshot) -> list[object]:
    return [getattr(snapshot, name) for name in MEASURED]
