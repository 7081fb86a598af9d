"""A run's folder: its plan, its lock, its log, how it is with it; and the runs of a folder."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.problems import EngineError, Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running import process_start, run_lock
from engine.recommenders.running.checkpoints import Cursor
from engine.recommenders.running.events import (
    CompanionEpoch,
    Compared,
    Diverged,
    EpochEnded,
    Event,
    Failed,
    Finished,
    ItemsMapped,
    Judged,
    Noticed,
    OutOfTime,
    Resumed,
    Saved,
    Started,
    Stepped,
    Stopped,
    to_json,
)
from engine.recommenders.running.plan import RunPlan, read_plan, write_plan
from engine.recommenders.running.process_start import started
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_lock import Holder, RunLock, holder_of, is_held
from engine.recommenders.running.run_log import Logged, LogReader, RunLog, standing
from engine.recommenders.running.run_session import RunSession
from engine.recommenders.running.run_state import state_of
from engine.recommenders.running.runs import BadRun, delete, folder_name, list_runs, new_run, rename
from engine.recommenders.running.settings import Training
from engine.recommenders.running.tensor_file import write_tensors

PLAN = RunPlan(
    name="Films", model="candidates", data=RecommenderData(source="movielens-small"), training=Training(epochs=3)
)
BEGUN = Started(100, 10, 3, 7, "cpu", 1)


def epoch(number: int, loss: float = 1.0) -> EpochEnded:
    return EpochEnded(number, 10 * (number + 1), loss, 0.5, 200.0, {"auc": 0.5 + number / 10})


def step(updates: int) -> Stepped:
    return Stepped(updates // 10, updates % 10, updates, 2.0, {}, 9.0)


def folder_with(path: Path, events: Sequence[Event], plan: RunPlan = PLAN, pause: float = 1.0) -> RunFolder:
    """A folder with a plan and a log, its events ``pause`` seconds from one another."""
    folder = RunFolder(path)
    folder.begin(plan)
    lines = [to_json(event, at=1000.0 + pause * at) + "\n" for at, event in enumerate(events)]
    folder.log.write_text("".join(lines), encoding="utf-8")
    return folder


def dead_process() -> Holder:
    """One that has ended."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    holder = Holder(process.pid, started(process.pid) or "")
    process.communicate(b"\n")
    assert holder.started
    return holder


def hold(folder: RunFolder, holder: Holder) -> None:
    folder.lock.write_text(json.dumps({"pid": holder.pid, "started": holder.started}), encoding="utf-8")


# The plan ---------------------------------------------------------------------------------------------------------


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    plan = PLAN.model_copy(update={"spec": {"hidden": [8]}, "time_limit": 60.0, "companions": True})
    write_plan(tmp_path / "plan.json", plan)
    assert read_plan(tmp_path / "plan.json") == plan
    assert plan.created.tzinfo is not None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "isn't the plan of a run"),
        (b"[]", "isn't the plan of a run"),
        (b'{"name": "x"}', "model is missing"),
        (PLAN.model_dump_json().replace('"Films"', '""').encode(), "name is ''"),
        (PLAN.model_dump_json()[:-1].encode() + b', "more": 1}', "more isn't known here"),
        (PLAN.model_dump_json().replace('"time_limit":null', '"time_limit":0').encode(), "time_limit is 0"),
    ],
)
def test_a_damaged_plan_is_one_sentence(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(content)
    with pytest.raises(EngineError, match=r"“plan.json”") as found:
        read_plan(tmp_path / "plan.json")
    assert said in found.value.problem.sentence


def test_a_folder_holds_one_run(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "deep" / "one")
    with pytest.raises(EngineError, match="doesn't hold a run"):
        folder.read_plan()
    folder.begin(PLAN)
    folder.begin(PLAN)  # which somebody has planned there, and somebody else begins
    with pytest.raises(EngineError, match="already holds a run"):
        folder.begin(PLAN.model_copy(update={"name": "Other"}))
    folder.log.touch()
    with pytest.raises(EngineError, match="already holds a run"):
        folder.begin(PLAN)


def test_a_run_that_failed_before_it_began_gives_way(tmp_path: Path) -> None:
    folder, other = RunFolder(tmp_path / "run"), PLAN.model_copy(update={"name": "Other"})
    folder.begin(PLAN)
    with pytest.raises(EngineError, match="wrong"), RunSession(folder, PLAN, lambda problem: None):
        raise EngineError(Problem("wrong", "It is wrong."))
    hold(folder, Holder.this())
    with pytest.raises(EngineError, match="already holds a run"):
        folder.begin(other)
    folder.lock.unlink()
    folder.begin(other)
    assert folder.read_plan() == other and not folder.log.exists()
    with pytest.raises(EngineError, match="wrong"), RunSession(folder, other, lambda problem: None) as session:
        session(BEGUN)
        raise EngineError(Problem("wrong", "It is wrong."))
    with pytest.raises(EngineError, match="already holds a run"):
        folder.begin(other)


def test_what_an_earlier_run_has_left_is_told_as_what_it_is(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    hold(folder, dead_process())
    with pytest.raises(EngineError, match=r"A new run would write to “.*run.lock”"):
        folder.begin(PLAN)
    folder.lock.unlink()
    folder.maps.mkdir()
    with pytest.raises(EngineError, match=r"A new run would write to “.*maps”"):
        folder.begin(PLAN)


@pytest.mark.parametrize("name", ["notes.txt", "photos/a.jpg", "plan.json"])
def test_a_folder_of_others_gets_no_run(tmp_path: Path, name: str) -> None:
    other = tmp_path / name
    other.parent.mkdir(exist_ok=True)
    other.write_text("{}")
    with pytest.raises(EngineError, match=f"{name.partition('/')[0]}.*hoose an"):
        RunFolder(tmp_path).begin(PLAN)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [other] and other.read_text() == "{}"


def test_what_systems_hide_in_a_folder_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"1")
    RunFolder(tmp_path).begin(PLAN)


# The lock ---------------------------------------------------------------------------------------------------------


def test_a_process_is_told_from_another_of_its_number() -> None:
    mine = started(os.getpid())
    assert mine and mine == started(os.getpid())
    assert Holder(os.getpid(), mine).lives and not Holder(os.getpid(), "earlier").lives
    assert not dead_process().lives


@pytest.mark.skipif(shutil.which("ps") is None, reason="there is no ps")
def test_ps_tells_processes_apart_too(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = process_start._by_ps(os.getpid())
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert mine and mine == process_start._by_ps(os.getpid())
    assert process_start._by_ps(dead_process().pid) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no ended process for its parent")
def test_a_process_that_waits_for_its_parent_to_notice_has_ended() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.DEVNULL)
    try:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert started(process.pid) is None
    finally:
        process.wait()


def test_one_process_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    assert not is_held(path)
    with RunLock(path):
        assert is_held(path) and holder_of(path) == Holder.this()
        with pytest.raises(EngineError, match=f"Process {os.getpid()} is working on the run"), RunLock(path):
            pass
        assert is_held(path)
    assert not path.exists()


def test_what_a_killed_process_has_left_is_taken_over(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    for holder in (dead_process(), Holder(os.getpid(), "earlier")):
        hold(folder, holder)
        assert not is_held(folder.lock)
        with RunLock(folder.lock):
            assert holder_of(folder.lock) == Holder.this()
    assert not list(tmp_path.iterdir())


def test_a_lock_that_is_being_written_is_held(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    path.write_bytes(b"")
    assert is_held(path)
    with pytest.raises(EngineError, match=r"Process \? is working"), RunLock(path):
        pass
    os.utime(path, (time.time() - 60, time.time() - 60))
    with RunLock(path):
        assert is_held(path)


def test_a_pipe_in_the_place_of_a_lock_holds_nothing(tmp_path: Path) -> None:
    """A finished run was told as running."""
    os.mkfifo(tmp_path / "run.lock")
    assert not is_held(tmp_path / "run.lock")


def test_a_lock_that_another_process_has_taken_over_meanwhile_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = RunFolder(tmp_path)
    hold(folder, dead_process())
    rename_ = os.rename

    def rename_after_the_other(source: Path, target: Path) -> None:
        hold(folder, Holder.this())
        rename_(source, target)

    monkeypatch.setattr(run_lock.os, "rename", rename_after_the_other)
    with pytest.raises(EngineError, match="is working on the run"), RunLock(folder.lock):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["run.lock"] and is_held(folder.lock)


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be written"), RunLock(tmp_path / "none" / "run.lock"):
        pass


# The log ----------------------------------------------------------------------------------------------------------

SOME: tuple[Event, ...] = (
    BEGUN, step(3), epoch(0), Compared({"popular": {"HR@50": 0.1, "HR@50.error": None}}),
    CompanionEpoch("wide", 0, 0.5, {"auc": 0.7}), ItemsMapped(0, 10, "maps/0.safetensors"), Saved("x", 10),
    OutOfTime(1, 3, 13, 0.4, {"auc": None}), Noticed("a.b", "c"), Judged({"this network": {"auc": 0.8}}),
    Resumed(1, 0, 10), Failed("a.b", "c"), Finished(3, 30, 1.5),
)  # fmt: skip


def test_every_event_is_read_back_with_its_time(tmp_path: Path) -> None:
    begin = time.time()
    with RunLog.at(tmp_path / "log") as log:
        for event in SOME:
            log(event)
    found = LogReader(tmp_path / "log").news()
    assert tuple(one.event for one in found) == SOME
    assert all(one.at is not None and begin - 1 <= one.at <= time.time() + 1 for one in found)


def test_a_reader_gets_what_is_new_and_no_torn_line(tmp_path: Path) -> None:
    path = tmp_path / "log"
    reader = LogReader(path)
    assert reader.news() == ()
    line = to_json(step(1)) + "\n"
    path.write_text(line + line[:9], encoding="utf-8")
    assert [one.event for one in reader.news()] == [step(1)] and reader.news() == ()
    path.write_text(line + line, encoding="utf-8")
    assert [one.event for one in reader.news()] == [step(1)]
    path.write_text(line + line + "nothing\n", encoding="utf-8")
    with pytest.raises(EngineError, match="Line 3 of “log” isn't an event"):
        reader.news()


def test_a_reader_in_a_hurry_leaves_steps_out(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, [BEGUN, step(1), step(2), epoch(0), step(11), step(12)])
    found = [one.event for one in LogReader(folder.log, steps=False).news()]
    assert found == [BEGUN, step(2), epoch(0), step(12)]


@pytest.mark.parametrize("torn", [b'{"event": "st', b"x" * 200_000])
def test_a_log_goes_on_behind_its_last_whole_line(torn: bytes, tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(to_json(step(1)).encode() + b"\n" + torn)
    with RunLog.at(path) as log:
        log(step(2))
    assert [one.event for one in LogReader(path).news()] == [step(1), step(2)]
    path.write_bytes(torn)
    with RunLog.at(path) as log:
        log(step(3))
    assert [one.event for one in LogReader(path).news()] == [step(3)]


class FullDisk:
    """A file on a disk with so many bytes of room, which takes what fits and then says that there is no more."""

    def __init__(self, path: Path, room: int) -> None:
        self.room, self._file = room, path.open("ab", buffering=0)

    def write(self, content: bytes, /) -> int:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = self._file.write(content[: self.room])
        self.room -= written
        return written

    def truncate(self, size: int, /) -> int:
        self.room += self._file.seek(0, os.SEEK_END) - size
        return self._file.truncate(size)

    def close(self) -> None:
        self._file.close()


def test_a_full_disk_is_told_once_and_nothing_but_steps_is_lost(tmp_path: Path) -> None:
    path, told = tmp_path / "log", list[Problem]()
    disk = FullDisk(path, 250)
    with RunLog(disk, path, 0, told.append) as log:
        log(step(1))
        for event in (step(2), epoch(0), step(11), epoch(1)):
            log(event)
        assert [problem.code for problem in told] == ["recommender.log-waits"]
        assert "No space left on device" in told[0].sentence
        assert [one.event for one in LogReader(path).news()] == [step(1)]
        disk.room = 100_000
        log(step(21))
        assert [one.event for one in LogReader(path).news()] == [step(1), epoch(0), epoch(1), step(21)]
        disk.room = 0
        log(epoch(2))
        assert len(told) == 2
        disk.room = 100_000
    assert LogReader(path).news()[-1].event == epoch(2)


def test_a_log_that_could_not_be_written_to_the_end_is_said(tmp_path: Path) -> None:
    log = RunLog(FullDisk(tmp_path / "log", 0), tmp_path / "log", 0, lambda problem: None)
    with pytest.raises(EngineError, match=r"“log” cannot be written \(No space left"), log:
        log(epoch(0))
    with pytest.raises(KeyError), RunLog(FullDisk(tmp_path / "log", 0), tmp_path / "log", 0, lambda problem: None):
        raise KeyError  # what went wrong first is what is told


def test_what_is_done_again_does_not_hold(tmp_path: Path) -> None:
    events: list[Event] = [
        BEGUN, step(8), epoch(0), Compared({"a": {}}), Saved("x", 10), ItemsMapped(0, 10, "m"), step(14), epoch(1),
        OutOfTime(2, 1, 21, 0.1), Noticed("a.b", "c"), Judged({"a": {}}), Stopped(2, 1, 21), Resumed(1, 0, 10),
    ]  # fmt: skip
    found = [one.event for one in standing(Logged(None, event) for event in events)]
    assert [event for event in events if event not in found] == [*events[6:9], events[10]]


# How it is --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], "planned"),
        ([BEGUN, epoch(0)], "killed"),
        ([BEGUN, Stopped(0, 3, 3)], "stopped"),
        ([BEGUN, Finished(3, 30, 1.0)], "finished"),
        ([BEGUN, Diverged(3, "dense-1", "loss", "It diverged.")], "diverged"),
        ([Failed("a.b", "There is no file.")], "failed"),
        ([BEGUN, Stopped(0, 3, 3), Resumed(0, 3, 3), BEGUN], "killed"),
        ([BEGUN, Stopped(0, 3, 3), Resumed(0, 3, 3), BEGUN, Finished(3, 30, 1.0)], "finished"),
    ],
)
def test_a_run_is_what_its_files_say(events: list[Event], status: str, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, events)
    assert state_of(folder).status == status
    hold(folder, dead_process())
    assert state_of(folder).status == ("killed" if status == "planned" else status)
    hold(folder, Holder.this())
    assert state_of(folder).status == "running"


def test_a_state_has_the_latest_of_everything(tmp_path: Path) -> None:
    events: list[Event] = [
        BEGUN, step(4), epoch(0, loss=3.0), Compared({"popular": {"auc": 0.6}}),
        CompanionEpoch("wide", 0, 0.5, {"a": 1}), Stopped(1, 4, 14),
        Resumed(1, 4, 14), BEGUN, epoch(1, loss=2.0),
        CompanionEpoch("wide", 1, 0.4, {"a": 2}), Noticed("a.b", "The disk is full."), step(23),
    ]  # fmt: skip
    state = state_of(folder_with(tmp_path, events))
    assert (state.epochs, state.planned, state.loss) == (2, 3, 2.0)
    assert state.figures == {"auc": 0.6} and state.compared == {"popular": {"auc": 0.6}}
    assert state.companions == {"wide": {"a": 2}} and state.judged == {}
    assert state.problem == "The disk is full."
    assert state.seconds == len(events) - 2  # from one event to the next a second, but for the pause
    fresh = state_of(folder_with(tmp_path / "fresh", []))
    assert (fresh.epochs, fresh.planned, fresh.loss, fresh.seconds, fresh.problem) == (0, 3, None, 0.0, "")


def test_a_run_out_of_time_has_its_last_figures(tmp_path: Path) -> None:
    events: list[Event] = [BEGUN, epoch(0), OutOfTime(1, 4, 14, 0.25, {"auc": 0.9}), Judged({"this network": {}})]
    state = state_of(folder_with(tmp_path, [*events, Finished(1, 14, 2.0)]))
    assert (state.status, state.epochs, state.loss, state.figures) == ("finished", 1, 0.25, {"auc": 0.9})
    assert state.ended_early
    assert state.judged == {"this network": {}}


# A process at work ------------------------------------------------------------------------------------------------


def test_a_session_takes_an_old_wish_back_and_says_how_it_failed(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.begin(PLAN)
    folder.stop.touch()
    longer = PLAN.model_copy(update={"training": Training(epochs=9)})
    with pytest.raises(EngineError), RunSession(folder, longer, lambda problem: None) as session:
        assert not folder.stop.exists() and folder.read_plan() == longer
        assert state_of(folder).status == "running"
        session.goes_on(Cursor())
        session(BEGUN)
        read_plan(tmp_path / "none")
    state = state_of(folder)
    assert state.status == "failed" and "“none” cannot be read" in state.problem
    with pytest.raises(ZeroDivisionError), RunSession(folder, longer, lambda problem: None) as session:
        session.goes_on(Cursor(0, 1, 1))
        session(1 // 0)  # type: ignore[arg-type]
    assert "ZeroDivisionError" in state_of(folder).problem
    kinds = [one.event.kind for one in LogReader(folder.log).news()]
    assert kinds == ["started", "failed", "resumed", "failed"]
    with pytest.raises(KeyboardInterrupt), RunSession(folder, longer, lambda problem: None) as session:
        session(BEGUN)
        raise KeyboardInterrupt
    assert state_of(folder).status == "killed" and not folder.lock.exists()


# All of a folder --------------------------------------------------------------------------------------------------


def test_runs_are_listed_and_bad_ones_with_their_sentence(tmp_path: Path) -> None:
    assert list_runs(tmp_path / "none") == ()
    folder_with(tmp_path / "a", [BEGUN])
    folder_with(tmp_path / "b", []).plan.write_text("{", encoding="utf-8")
    folder_with(tmp_path / "c", []).log.write_text("nothing\n", encoding="utf-8")
    folder_with(tmp_path / "d", []).plan.unlink()
    (tmp_path / "not a run").mkdir()
    (tmp_path / "file").touch()
    found = list_runs(tmp_path)
    assert [one.folder.path.name for one in found] == ["a", "b", "c", "d"]
    said = [one.problem.sentence if isinstance(one, BadRun) else one.status for one in found]
    assert (
        said[0] == "killed"
        and "isn't the plan" in said[1]
        and "isn't an event" in said[2]
        and "doesn't hold a run" in said[3]
    )
    with pytest.raises(EngineError, match="cannot be read"):
        list_runs(tmp_path / "file")


def test_new_runs_have_folders_of_their_own(tmp_path: Path) -> None:
    found = [new_run(tmp_path / "runs", PLAN) for _ in range(3)]
    assert [folder.path.name for folder in found] == ["Films", "Films 2", "Films 3"]
    assert all(state_of(folder).status == "planned" for folder in found)
    (tmp_path / "file").touch()
    with pytest.raises(EngineError, match="cannot be written"):
        new_run(tmp_path / "file", PLAN)


@pytest.mark.parametrize(
    ("name", "folder"),
    [("Wide & Deep: Größe/1", "Wide & Deep- Größe-1"), ("..", "run"), ("con", "con-"), ("COM1.x", "COM1.x-"),
     ("a. ", "a"), ("x" * 99, "x" * 60), ("\x00?", "-")],
)  # fmt: skip
def test_names_become_folders_that_every_system_takes(name: str, folder: str) -> None:
    assert folder_name(name) == folder


def test_a_run_is_renamed_and_keeps_its_folder(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "a", [BEGUN])
    assert rename(folder, "Better").name == "Better"
    assert state_of(folder).plan == PLAN.model_copy(update={"name": "Better"})
    with pytest.raises(EngineError, match="1 to 200 characters"):
        rename(folder, "")


def test_a_run_is_deleted_unless_it_is_running(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "a", [BEGUN])
    folder.maps.mkdir()
    for path in (folder.checkpoint, folder.maps / "0.safetensors", tmp_path / "a" / ".checkpoint.safetensors.1.part"):
        path.touch()
    hold(folder, Holder.this())
    with pytest.raises(EngineError, match="is working on the run"):
        delete(folder)
    assert state_of(folder).status == "running"
    hold(folder, dead_process())
    assert delete(folder) is None
    assert not folder.path.exists()
    with pytest.raises(EngineError, match="doesn't hold a run"):
        delete(folder)


def test_what_others_have_put_into_a_folder_stays(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "a", [BEGUN])
    (tmp_path / "a" / "notes.txt").touch()
    stays = delete(folder)
    assert stays is not None and stays.sentence.endswith("it also contains what no run has written: notes.txt.")
    assert [path.name for path in folder.path.iterdir()] == ["notes.txt"]
    with pytest.raises(EngineError, match="doesn't hold a run"):
        delete(folder)


@pytest.mark.parametrize("at", [4e9, 1e17, 1e300, -5e9, float("nan"), float("inf")])
def test_a_clock_in_the_far_future_tells_no_time(at: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_with(tmp_path / "run", [BEGUN, epoch(0)])
    wrong = json.dumps({**json.loads(to_json(Finished(3, 30, 1.0))), "at": at})
    with folder.log.open("a", encoding="utf-8") as log:
        log.write(wrong + "\n")
    state = state_of(folder)
    assert (state.status, state.seconds) == ("finished", 1.0)
    assert main(["recommend", "runs", str(tmp_path)]) == 0
    assert "finished" in capsys.readouterr().out


@pytest.mark.parametrize("created", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"])
def test_a_plan_from_the_end_of_the_calendar_is_one_sentence(created: str, tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.begin(PLAN)
    folder.plan.write_text(json.dumps({**PLAN.model_dump(mode="json"), "created": created}))
    with pytest.raises(EngineError, match="created"):
        folder.read_plan()


def test_an_empty_lock_from_the_future_is_nobodys(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    lock.touch()
    os.utime(lock, (4e9, 4e9))
    assert not is_held(lock)
    with RunLock(lock):
        assert holder_of(lock) == Holder.this()


def test_a_folder_in_the_place_of_the_wish_to_stop_is_one_sentence(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "run", [BEGUN])
    folder.stop.mkdir()
    with pytest.raises(EngineError, match="stop” wasn't put there by a run"):
        RunSession(folder, PLAN, print).__enter__()
    assert not folder.lock.exists()


def test_a_run_that_a_backup_shares_files_with_can_be_stopped(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "run", [BEGUN])
    os.link(folder.log, tmp_path / "backup.jsonl")
    folder.ask_to_stop()
    assert folder.stop.is_file()


def test_no_wish_to_stop_is_written_through_a_link(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "run", [BEGUN])
    folder.stop.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EngineError, match="stop” wasn't put there by a run"):
        folder.ask_to_stop()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_run_is_its_owners_alone(tmp_path: Path) -> None:
    RunFolder(tmp_path / "one").begin(PLAN)
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o700
    assert new_run(tmp_path, PLAN).path.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_files_of_a_run_in_an_open_folder_are_its_owners_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    folder = RunFolder(tmp_path)
    folder.begin(PLAN)
    with RunLog.at(folder.log):
        write_tensors(folder.checkpoint, {}, {}, b"{}")
    folder.ask_to_stop()
    with RunLock(folder.lock):
        made = (folder.plan, folder.log, folder.checkpoint, folder.stop, folder.lock)
        assert [file.stat().st_mode & 0o077 for file in made] == [0] * 5
    folder.checkpoint.chmod(0o640)
    write_tensors(folder.checkpoint, {}, {}, b"{}")
    assert folder.checkpoint.stat().st_mode & 0o777 == 0o640, "whom its owner lets read it may go on"


# What is not ours -------------------------------------------------------------------------------------------------

MINE = "somebody's own, without an end of line"
NAMES = ("checkpoint.safetensors", "events.jsonl", "stop", "errors.txt", "draft.json", "run.lock", "plan.json")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.txt"
    path.write_text(MINE)
    return path


@pytest.mark.parametrize("name", [*NAMES, "maps", "companions"])
@pytest.mark.parametrize("kind", ["file", "link", "dangling", "folder"])
def test_no_run_begins_over_what_others_have_there(name: str, kind: str, mine: Path, tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.path.mkdir()
    place = folder.path / name
    if kind == "file":
        place.write_text(MINE)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(mine if kind == "link" else tmp_path / "nowhere")
    with pytest.raises(EngineError, match=r"choose another folder|start a new run|already holds a run"):
        folder.begin(PLAN)
    assert mine.read_text() == MINE and not (tmp_path / "nowhere").exists()
    assert [path.name for path in folder.path.iterdir()] == [name]
    assert kind != "file" or place.read_text() == MINE


@pytest.mark.parametrize("name", [*NAMES, "maps", "companions", "maps/0.safetensors", "companions/wide.safetensors"])
def test_through_a_link_in_a_run_nothing_is_written_and_nothing_deleted(name: str, mine: Path, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "run", [BEGUN])
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "0.safetensors").write_text(MINE)
    place = folder.path / name
    place.parent.mkdir(exist_ok=True)
    kept = folder.plan.read_bytes()
    if name == "plan.json":
        mine.write_bytes(kept)
        place.unlink()
    elif name == "events.jsonl":
        place.unlink()
    before = mine.read_bytes()
    place.symlink_to(theirs if name in ("maps", "companions") else mine)
    for act in (RunSession(folder, PLAN, print).__enter__, partial(delete, folder), partial(rename, folder, "B")):
        with pytest.raises(EngineError, match="Move it away"):
            act()
    if name in ("plan.json", "draft.json"):
        with pytest.raises(EngineError, match="it is a link"):
            write_plan(place, PLAN)
    assert place.is_symlink() and mine.read_bytes() == before
    assert (theirs / "0.safetensors").read_text() == MINE
    assert not folder.lock.exists() or name == "run.lock"


def test_a_log_that_has_another_name_is_not_written(mine: Path, tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.begin(PLAN)
    os.link(mine, folder.log)
    with pytest.raises(EngineError, match=r"events\.jsonl”.* Move it away"):
        RunSession(folder, PLAN, print).__enter__()
    assert mine.read_text() == MINE
