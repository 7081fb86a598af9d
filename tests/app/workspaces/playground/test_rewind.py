"""The slider under the plots: where the run stands, where it can be taken, and what it asks for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.workspaces.playground.plots.rewind import RewindBar
from app.workspaces.playground.plots.tabs import loss_series
from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training import checkpoints
from engine.training.checkpoints import Checkpoints
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot, Timeline

EPOCHS = 20


@cache
def snapshots() -> tuple[Snapshot, Snapshot]:
    """At the end of a run, and taken back to its middle."""
    before, checkpoints.MOST_SHARE = checkpoints.MOST_SHARE, 1e9
    setup = Setup(feed_forward((3,)), load(DataChoice(name="circle", samples=60)), Hyperparameters(), "numpy")
    session = TrainingSession(setup, checkpoints=Checkpoints())
    for _ in range(EPOCHS):
        session.run_epochs(1)
        session.snapshot(maps=False)  # so that every epoch is measured
    end = session.snapshot()
    found = session.earlier(end.step // 2)
    checkpoints.MOST_SHARE = before
    assert found is not None and session.checkpoints is not None
    back = TrainingSession(setup, found[1].weights, 1, found[1].progress, checkpoints=session.checkpoints.copy())
    return end, back.snapshot()


@pytest.fixture
def bar(qtbot: QtBot) -> RewindBar:
    bar = RewindBar()
    qtbot.addWidget(bar)
    return bar


def test_at_the_end_it_says_so(bar: RewindBar) -> None:
    bar.follow(snapshots()[0])
    assert bar.label.text() == "Epoch 20 of 20"
    assert bar.slider.value() == bar.slider.maximum() == EPOCHS
    assert bar.to_end.isHidden()


def test_taken_back_it_says_how_far_it_was(bar: RewindBar, qtbot: QtBot) -> None:
    end, back = snapshots()
    bar.follow(back)
    assert bar.label.text() == "Epoch 10 of 20"
    assert (bar.slider.value(), bar.slider.maximum()) == (10, EPOCHS)
    with qtbot.waitSignal(bar.step_wanted) as wanted:
        qtbot.mouseClick(bar.to_end, Qt.MouseButton.LeftButton)
    assert wanted.args == [end.step]


def test_a_move_asks_for_its_step_and_says_its_epoch(bar: RewindBar, qtbot: QtBot) -> None:
    end = snapshots()[0]
    bar.follow(end)
    with qtbot.waitSignal(bar.step_wanted) as wanted:
        qtbot.keyClick(bar.slider, Qt.Key.Key_Left)
    assert wanted.args == [end.timeline.steps[-1]]
    assert bar.label.text() == "Epoch 19 of 20"


def test_following_asks_for_nothing(bar: RewindBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.step_wanted):
        for snapshot in (*snapshots(), snapshots()[0]):
            bar.follow(snapshot)


def test_the_curve_goes_on_faintly_to_where_it_was() -> None:
    end, back = snapshots()
    train, test = loss_series(back)
    assert train.beyond is not None and test.beyond is not None
    assert train.beyond.steps[0] == back.step
    assert train.beyond.mean[-1] == end.train_loss
    assert test.beyond.mean[-1] == end.test_loss
    assert all(series.beyond is None for series in loss_series(end))


@pytest.mark.parametrize(("step", "way", "beside"), [(50, -1, 48), (50, 1, 52), (51, -1, 49), (99, 1, 99), (0, -1, 0)])
def test_by_the_keyboard_it_goes_a_fiftieth(step: int, way: int, beside: int) -> None:
    steps = tuple(range(100))
    assert Timeline(steps, tuple(map(float, steps))).beside(step, way) == beside


def test_before_any_there_is_nowhere_to_go() -> None:
    assert replace(snapshots()[0].timeline, steps=()).beside(7, -1) == 7
