"""What a run has gone through, read from its log as it grows; and who is better than whom."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from engine.cli.main import run
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.judging.standing import rival_of, standing_of
from engine.recommenders.running.events import (
    CompanionEpoch,
    EpochEnded,
    Event,
    Finished,
    Judged,
    Kept,
    Noticed,
    OutOfTime,
    Resumed,
    Saved,
    Started,
    Stepped,
    Stopped,
    to_json,
)
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_history import RunHistory, RunReader
from engine.recommenders.running.run_lock import RunLock
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.base import NETWORK


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    made = RunFolder(tmp_path / "run")
    made.begin(RunPlan(name="a run", model="wide-deep", data=RecommenderData(source="adult"), training=Training()))
    return made


def write(folder: RunFolder, *events: Event) -> None:
    with folder.log.open("a", encoding="utf-8") as log:
        log.writelines(to_json(event, 10.0) + "\n" for event in events)


def step(updates: int, loss: float) -> Stepped:
    return Stepped(updates // 10, updates % 10, updates, loss, {"dense-1": loss / 10}, 50.0)


def read(reader: RunReader) -> RunHistory:
    history = reader.news()
    assert history is not None
    return history


def test_a_run_is_read_as_it_grows(folder: RunFolder) -> None:
    reader = RunReader(folder)
    first = read(reader)
    assert first.state.status == "planned" and first.share == 0.0 and not len(first.losses)
    assert reader.news() is None
    write(folder, Started(100, 10, 5, 42, "cpu", 1), step(5, 0.6))
    grown = read(reader)
    assert list(grown.losses.epochs) == [0.5] and not grown.gradients
    assert (grown.done, grown.share) == (0.5, 0.1)
    write(folder, EpochEnded(0, 10, 0.5, 1.0, 1.0, {"auc": 0.8, "odd": None}), Saved("x", 10), Noticed("a.b", "Well."))
    later = read(reader)
    assert later.saved == 1.0 and [one.sentence for one in later.notices] == ["Well."]
    assert later.state.began == later.state.dated == 10.0
    assert list(later.figures["auc"].values) == [0.8] and math.isnan(later.figures["odd"].values[0])


def test_what_is_done_again_is_not_counted_twice(folder: RunFolder) -> None:
    reader = RunReader(folder)
    write(folder, Started(100, 10, 5, 42, "cpu", 1), step(5, 0.6), step(10, 0.5), step(15, 0.4))
    assert len(read(reader).losses) == 3
    write(folder, Resumed(1, 0, 10), step(15, 0.3))
    assert list(read(reader).losses.values) == [0.6, 0.5, 0.3]


def test_the_curve_of_the_loss_ends_with_the_loss_that_is_told(folder: RunFolder) -> None:
    """A step may be the mean of a single batch, far from its epoch's."""
    write(folder, Started(100, 10, 50, 42, "cpu", 1, auto=True), step(1, 0.7), step(5, 0.6))
    reader = RunReader(folder)
    assert list(read(reader).losses.values) == [0.7, 0.6]
    write(folder, EpochEnded(0, 10, 0.6173, 1.0, 1.0, {}))
    history = read(reader)
    np.testing.assert_allclose(history.losses.values, [0.7, (0.7 + 4 * 0.6) / 5, 0.6173])
    assert history.state.loss == history.losses.values[-1]
    write(folder, step(20, 0.576), EpochEnded(1, 20, 0.5803, 1.0, 1.0, {}), step(21, 0.605))
    history = read(reader)
    assert list(history.losses.epochs) == [1.0, 2.0] and history.done == 2.1
    write(folder, EpochEnded(2, 30, 0.5713, 1.0, 1.0, {}), Finished(3, 30, 3.0))
    history = read(reader)
    assert list(history.losses.epochs) == [1.0, 2.0, 3.0]
    assert list(history.losses.values) == [0.6173, 0.5803, 0.5713] and history.state.loss == 0.5713


def test_the_epoch_in_progress_has_a_point_for_each_step(folder: RunFolder) -> None:
    with RunLock(folder.lock):
        write(folder, Started(100, 10, 5, 42, "cpu", 1), EpochEnded(0, 10, 0.6, 1.0, 1.0, {}))
        write(folder, EpochEnded(1, 20, 0.5, 1.0, 1.0, {}), step(22, 0.55))
        history = read(RunReader(folder))
    assert list(history.losses.values) == [0.6, 0.5, 0.55] and history.state.loss == 0.55


def test_a_companion_has_curves_of_its_own_and_the_later_of_two_counts(folder: RunFolder) -> None:
    write(folder, CompanionEpoch("wide", 0, 0.6, {"auc": 0.7}), CompanionEpoch("wide", 0, 0.6, {"auc": 0.75}))
    assert list(read(RunReader(folder)).companions["wide"]["auc"].values) == [0.75]


def test_a_run_that_went_back_to_its_best_epoch_stands_by_that_one(folder: RunFolder) -> None:
    write(folder, Started(100, 10, 50, 42, "cpu", 1, auto=True))
    for epoch, auc in enumerate((0.8, 0.9, 0.85)):
        write(folder, EpochEnded(epoch, 10 * epoch + 10, 0.5, 1.0, 1.0, {"auc": auc}))
    write(folder, Kept(2, 3, "auc", 0.9, 20))
    reader = RunReader(folder)
    assert read(reader).state.figures == {"auc": 0.9}, "also before the run is over"
    write(folder, step(21, 0.1), Finished(3, 21, 3.0))
    history = read(reader)
    assert history.state.figures == {"auc": 0.9} and history.share == 1.0
    assert list(history.losses.epochs) == [1.0, 2.0, 3.0], (
        "what it was chosen by is learned from at last, which is no part of the curve"
    )


def test_the_best_moment_may_lie_within_an_epoch(folder: RunFolder) -> None:
    write(folder, Started(100, 10, 50, 42, "cpu", 1, auto=True), EpochEnded(0, 10, 0.5, 1.0, 1.0, {"auc": 0.8}))
    write(folder, OutOfTime(1, 4, 14, 0.4, {"auc": 0.9}), Kept(1, 1, "auc", 0.9, 14), Finished(1, 14, 3.0))
    assert read(RunReader(folder)).state.figures == {"auc": 0.9}


def test_a_network_that_stays_as_it_began_is_worth_what_it_was_chosen_by(folder: RunFolder) -> None:
    write(folder, Started(100, 10, 50, 42, "cpu", 1, auto=True), EpochEnded(0, 10, 0.5, 1.0, 1.0, {"auc": 0.6}))
    write(folder, Kept(0, 1, "auc", 0.7, 0), Finished(0, 0, 3.0))
    assert read(RunReader(folder)).state.figures == {"auc": 0.7}


def test_the_loss_and_the_figures_of_a_run_at_rest_are_of_one_epoch(folder: RunFolder) -> None:
    write(folder, Started(100, 10, 50, 42, "cpu", 1, auto=True))
    for epoch, auc in enumerate((0.8, 0.9, 0.85)):
        write(folder, EpochEnded(epoch, 10 * epoch + 10, 0.5 - 0.1 * epoch, 1.0, 1.0, {"auc": auc}))
    write(folder, step(31, 0.1), Stopped(3, 1, 31))
    state = read(RunReader(folder)).state
    assert (state.epochs, state.loss, state.figures) == (3, 0.3, {"auc": 0.85})
    write(folder, Resumed(3, 1, 31), Kept(2, 3, "auc", 0.9, 20), step(22, 0.05), Finished(2, 21, 3.0))
    state = read(RunReader(folder)).state
    assert (state.loss, state.figures) == (0.4, {"auc": 0.9})
    assert state.best_tried is not None and state.best_tried.epoch == 1


def test_a_pause_while_the_withheld_rows_are_learned_forgets_no_epoch(folder: RunFolder) -> None:
    write(folder, Started(100, 10, 50, 42, "cpu", 1, auto=True))
    for epoch, auc in enumerate((0.8, 0.9, 0.85)):
        write(folder, EpochEnded(epoch, 10 * epoch + 10, 0.5, 1.0, 1.0, {"auc": auc}))
    write(folder, Kept(2, 3, "auc", 0.9, 20), step(22, 0.1), Stopped(2, 0, 20), Resumed(2, 0, 20))
    write(folder, Started(100, 10, 50, 42, "cpu", 1, 2, auto=True), step(21, 0.1), Finished(2, 21, 3.0))
    history = read(RunReader(folder))
    assert list(history.figures["auc"].values) == [0.8, 0.9, 0.85] and history.state.epochs == 3
    assert history.state.figures == {"auc": 0.9} and list(history.losses.epochs) == [1.0, 2.0, 3.0]


def test_a_log_of_before_is_read_too(folder: RunFolder) -> None:
    write(folder, Started(100, 10, 50, 42, "cpu", 1, auto=True), EpochEnded(0, 10, 0.5, 1.0, 1.0, {"auc": 0.8}))
    write(folder, EpochEnded(1, 20, 0.5, 1.0, 1.0, {"auc": 0.7}))
    with folder.log.open("a", encoding="utf-8") as log:
        log.write('{"event": "kept", "at": 10.0, "epochs": 1, "tried": 2, "figure": "auc", "value": 0.8}\n')
    assert read(RunReader(folder)).state.figures == {"auc": 0.8}


def test_a_run_that_learns_on_stands_by_what_it_learns_then(folder: RunFolder) -> None:
    write(folder, Started(100, 10, 50, 42, "cpu", 1, auto=True), EpochEnded(0, 10, 0.5, 1.0, 1.0, {"auc": 0.8}))
    write(folder, Kept(1, 1, "auc", 0.8, 10), Finished(1, 10, 3.0), Resumed(1, 0, 10))
    write(folder, Started(100, 10, 3, 42, "cpu", 1, 1), step(15, 0.3))
    reader = RunReader(folder)
    history = read(reader)
    assert history.state.kept is None and list(history.losses.values) == [0.5]  # 0.3 is no whole epoch's
    write(folder, EpochEnded(1, 20, 0.3, 1.0, 1.0, {"auc": 0.85}))
    assert read(reader).state.figures == {"auc": 0.85}


def test_what_is_learned_after_going_back_leads_no_curve_back(folder: RunFolder) -> None:
    write(folder, Started(100, 10, 50, 42, "cpu", 1, auto=True), step(10, 0.5), step(30, 0.3))
    write(folder, Kept(1, 3, "auc", 0.9, 10), step(12, 0.45), Finished(1, 12, 3.0))
    history = read(RunReader(folder))
    assert list(history.losses.epochs) == [1.0, 3.0]


def test_norms_of_gradients_are_those_of_each_epochs_last_batch(folder: RunFolder) -> None:
    """Of other steps the clock chooses which are told of: two runs alike showed different norms."""
    write(folder, Started(100, 10, 5, 42, "cpu", 1), step(7, 0.9), step(10, 0.6), EpochEnded(0, 10, 0.6, 1.0, 1.0, {}))
    write(folder, step(18, 0.4), EpochEnded(1, 20, 0.4, 1.0, 1.0, {}, {"dense-1": 0.03}), step(23, 0.2))
    norms = read(RunReader(folder)).gradients["dense-1"]
    assert list(norms.epochs) == [1.0, 2.0] and list(norms.values) == [0.06, 0.03]


def test_a_damaged_log_is_told_in_a_sentence(folder: RunFolder) -> None:
    folder.log.write_text("nonsense\n", "utf-8")
    with pytest.raises(EngineError, match="Line 1"):
        RunReader(folder).news()


@pytest.mark.parametrize(("value", "standing"), [(0.30, "better"), (0.22, "level"), (0.10, "worse")])
def test_better_is_what_two_standard_errors_tell_apart(value: float, standing: str) -> None:
    others = {"popular": {"HR": 0.1, "HR.error": 0.01}, "EASE": {"HR": 0.2, "HR.error": 0.01}}
    rival = rival_of({"HR": value, "HR.error": 0.01}, others, "HR", higher=True)
    assert rival is not None and (rival.name, rival.standing) == ("EASE", standing)
    assert rival.error == pytest.approx(0.01 * 2**0.5) and rival.gain == pytest.approx((value - 0.2) / 0.2)


@pytest.mark.parametrize(("value", "standing"), [(0.22, "better"), (0.21, "level"), (0.2, "level"), (0.18, "worse")])
def test_an_error_measured_in_pairs_goes_before_those_of_different_rows(value: float, standing: str) -> None:
    others = {"EASE": {"HR": 0.2, "HR.error": 0.01, "HR.apart": 0.006}}
    rival = rival_of({"HR": value, "HR.error": 0.01}, others, "HR", higher=True)
    assert rival is not None and (rival.error, rival.paired, rival.standing) == (0.006, True, standing)


def test_a_difference_of_nothing_without_any_error_is_level() -> None:
    assert standing_of(0.0, 0.0) == "level" and standing_of(0.1, 0.0) == "better"


def test_lower_is_better_where_a_figure_is_a_loss_and_without_errors_nothing_is_claimed() -> None:
    rival = rival_of({"loss": 0.3}, {"base": {"loss": 0.4}, "worse": {"loss": 0.5}}, "loss", higher=False)
    assert rival is not None and rival.name == "base" and rival.gain == pytest.approx(0.25)
    assert rival.error is None and rival.standing is None
    assert rival_of({"loss": 0.3}, {}, "loss", higher=False) is None
    assert rival_of({"loss": None}, {"base": {"loss": 0.4}}, "loss", higher=False) is None


def test_a_notice_is_no_figure_of_a_run_stopped_at_once(folder: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, Noticed("recommender.notice-x", "Something of the data."), Stopped(0, 1, 1))
    assert run(["recommend", "runs", str(folder.path.parent)]) == 0
    told = capsys.readouterr().out
    assert "stopped" in told and "Something of the data" not in told


def test_the_list_of_runs_says_which_rows_its_figures_are_of(
    folder: RunFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    """It told the validation rows' figures without a word, and the window the test rows'."""
    write(folder, EpochEnded(0, 10, 0.5, 1.0, 1.0, {"auc": 0.8, "log_loss": 0.5}))
    assert run(["recommend", "runs", str(folder.path.parent)]) == 0
    assert "log_loss 0.5 · auc 0.8 (validation rows)" in capsys.readouterr().out
    write(folder, Judged({NETWORK: {"auc": 0.7, "log_loss": 0.6}}))
    assert run(["recommend", "runs", str(folder.path.parent)]) == 0
    assert "log_loss 0.6 · auc 0.7 (test rows)" in capsys.readouterr().out
