"""A network's runs in its file: each is taken up where it ended, and a damaged one is left out without the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.formats import loom
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file, write_network_file
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.problems import EngineError
from engine.training import checkpoints, saved_runs
from engine.training.checkpoints import Checkpoints
from engine.training.progress import progress_of
from engine.training.runs import StoredRun
from engine.training.saved_runs import RestoredRuns, restored_runs
from engine.training.session import Setup, TrainingSession

CHOICE = DataChoice(name="circle", samples=60)
CIRCLE = load(CHOICE)
SETUP = Setup(feed_forward((3, 2)), CIRCLE, Hyperparameters(learning_rate=0.02, optimizer="adam"), "numpy", data=CHOICE)
FASTER = replace(SETUP, hyper=SETUP.hyper.model_copy(update={"learning_rate": 0.05}))


@pytest.fixture(autouse=True)
def _as_often_as_one_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "MOST_SHARE", 1e9)


def trained(setup: Setup = SETUP, steps: int = 20) -> TrainingSession:
    session = TrainingSession(setup, checkpoints=Checkpoints())
    for _ in range(steps):
        session.run_steps(1)
    return session


def put_by(session: TrainingSession) -> StoredRun:
    session.keep_end()
    assert session.checkpoints is not None
    return StoredRun(session.checkpoints.copy(), session.checkpoints.curves(session.curves_put_by()))


def taken_up(run: StoredRun, step: int) -> TrainingSession:
    setup, past, kept = run.taken_to(step)
    return TrainingSession(setup, past.weights, 1, past.progress, checkpoints=kept)


def branched() -> tuple[StoredRun, TrainingSession]:
    """Twenty steps, then from the tenth another rate for five."""
    first = put_by(trained())
    second = taken_up(first, 10)
    second.change(FASTER)
    second.run_steps(5)
    return first, second


def file_of(session: TrainingSession, *left: StoredRun) -> NetworkFile:
    snapshot, setup = session.snapshot(), session.setup
    runs = saved_runs.saved_runs(left, snapshot.timeline)
    progress = progress_of(snapshot)
    return NetworkFile(setup.graph, setup.hyper, CHOICE, dict(snapshot.weights), progress=progress, runs=runs)


def opened(path: Path) -> tuple[NetworkFile, RestoredRuns]:
    file = read_network_file(path)
    return file, restored_runs(file, CIRCLE, load)


def goes_on_as(again: TrainingSession, session: TrainingSession) -> bool:
    """Whether both come to the same after seven steps more."""
    for one in (again, session):
        one.run_steps(7)
    return again.updates == session.updates and np.array_equal(again.state.theta, session.state.theta)


@pytest.mark.parametrize("limit", [loom.INLINE_LIMIT, 0])
def test_runs_are_taken_up_from_a_file_to_the_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(loom, "INLINE_LIMIT", limit)
    first, session = branched()
    write_network_file(tmp_path / "a.loom", file_of(session, first))
    file, found = opened(tmp_path / "a.loom")
    assert file.notices == () and found.lost == 0 and found.present is not None
    (again,) = found.stored
    assert again.number < found.present.number and again.branch is None
    assert found.present.branch == replace(session.checkpoints.branch, number=again.number)
    assert goes_on_as(taken_up(again, again.end.updates), taken_up(first, first.end.updates))
    assert again.history.test_loss.steps[-1] == 20
    assert again.history.test_loss.mean[-1] == taken_up(first, 20).snapshot().test_loss


def test_a_run_that_was_taken_back_can_be_taken_on_again_after_opening(tmp_path: Path) -> None:
    first = put_by(trained())
    back = taken_up(first, 10)
    write_network_file(tmp_path / "a.loom", file_of(back, first))
    file, found = opened(tmp_path / "a.loom")
    assert file.progress is not None and file.progress.updates == 10
    again = TrainingSession(SETUP, file.weights, 2, file.progress, checkpoints=found.present)
    timeline = again.snapshot().timeline
    assert timeline.steps == (20,) and timeline.later is not None and timeline.branch is None
    taken = again.earlier(20)
    assert taken is not None and np.array_equal(taken[1].weights["dense-1", "W"], weights_at_end(first)["dense-1", "W"])
    assert goes_on_as(again, back), "from where it was saved it goes on as it did"


def weights_at_end(run: StoredRun) -> Any:
    return run.taken_to(run.end.updates)[1].weights


def test_one_run_alone_is_written_as_before(tmp_path: Path) -> None:
    session = trained()
    assert file_of(session).runs == ()
    assert file_of(session, put_by(session)).runs == (), "it was left once and is the present one again"
    write_network_file(tmp_path / "a.loom", file_of(session))
    assert json.loads((tmp_path / "a.loom").read_text(encoding="utf-8"))["version"] == 2


def _no_weights(run: dict[str, Any]) -> None:
    run["end"]["weights"]["dense-1"]["W"] = [[1.0], [2.0, 3.0]]


def _other_shape(run: dict[str, Any]) -> None:
    run["end"]["progress"]["memory"]["dense-1"]["W"] = [[1.0]]


def _no_end(run: dict[str, Any]) -> None:
    del run["end"]


def _unknown(run: dict[str, Any]) -> None:
    run["end"]["graph"] = {}


def _twice(run: dict[str, Any]) -> None:
    run["number"] = 10**6


@pytest.mark.parametrize("damage", [_no_weights, _other_shape, _no_end, _unknown, _twice])
def test_a_damaged_run_is_left_out_without_the_others(tmp_path: Path, damage: Callable[[dict[str, Any]], None]) -> None:
    path, others = tmp_path / "a.loom", [put_by(trained(steps=steps)) for steps in (5, 6)]
    write_network_file(path, file_of(trained(), *others))
    document = json.loads(path.read_text(encoding="utf-8"))
    for run in document["runs"][: 2 if damage is _twice else 1]:
        damage(run)
    path.write_text(json.dumps(document), encoding="utf-8")
    file, found = opened(path)
    assert [notice.sentence for notice in file.notices] == [
        "Some runs in “a.loom” are damaged and left out (1). The rest opens as it was saved."
    ]
    assert [run.end.updates for run in found.stored] == ([5] if damage is _twice else [6]) and found.lost == 0
    assert found.present is not None and file.progress is not None and file.progress.updates == 20


@pytest.mark.parametrize("runs", [None, {}, 7, "runs", [None], [[]], [{"number": -1}], [{"number": 1e999}]])
def test_whatever_stands_for_the_runs_the_network_opens(tmp_path: Path, runs: object) -> None:
    path = tmp_path / "a.loom"
    write_network_file(path, file_of(trained(), put_by(trained())))
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(document | {"runs": runs}), encoding="utf-8")
    file, found = opened(path)
    assert file.runs == () and found.stored == () and file.progress is not None and file.progress.updates == 20


def test_a_run_whose_data_are_gone_is_lost_without_the_others(tmp_path: Path) -> None:
    noisy = CHOICE.model_copy(update={"noise": 0.2})
    elsewhere = put_by(trained(replace(SETUP, dataset=load(noisy), data=noisy), 5))
    write_network_file(tmp_path / "a.loom", file_of(trained(), elsewhere, put_by(trained(steps=6))))
    file = read_network_file(tmp_path / "a.loom")
    asked = []

    def missing(choice: DataChoice) -> Any:
        asked.append(choice)
        raise EngineError(loom.NOT_JSON(path="circle", line=1))

    found = restored_runs(file, CIRCLE, missing)
    assert asked == [noisy] and found.lost == 1 and [run.end.updates for run in found.stored] == [6]
    assert [run.end.updates for run in restored_runs(file, CIRCLE, load).stored] == [5, 6]


def test_a_file_of_many_curves_keeps_those_of_the_losses(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [put_by(trained(steps=steps)) for steps in (5, 6)]
    monkeypatch.setattr(saved_runs, "MOST_CURVES", 20)
    former, latest, _ = file_of(trained(), *runs).runs
    assert former.end is not None and former.end.progress is not None
    assert latest.end is not None and latest.end.progress is not None
    assert former.end.progress.curves.keys() == {"train_loss", "test_loss", "accuracy", "batch_loss"}
    assert "delta/dense-1" in latest.end.progress.curves
    assert np.array_equal(former.end.weights["dense-1", "W"], weights_at_end(runs[0])["dense-1", "W"])
