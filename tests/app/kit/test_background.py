"""Work in the background: the latest result, every error said once, and nothing after the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from app.kit.background import ABANDONED, Background, Job, Work
from app.kit.errors import INTERNAL_ERROR, NO_MEMORY
from engine.problems import Problem
from tests.app.kit.background_rig import INTERNAL_ERRORS, Gate, Hook, await_end_of, no_thread, odd_file, put_hook

NAME = "tested"


class Bench:
    """A Background, what it has delivered, and gates for its jobs."""

    def __init__(self, qtbot: QtBot, **options: object) -> None:
        self.qtbot = qtbot
        self.owner = QObject()
        self.background = Background(NAME, parent=self.owner, **{"latest_only": False, **options})
        self.done: list[object] = []
        self.failed: list[Problem] = []
        self.shares: list[float] = []
        self.gates: list[Gate] = []
        self.background.done.connect(self.done.append)
        self.background.failed.connect(self.failed.append)
        self.background.progressed.connect(self.shares.append)

    def held(self, result: object, error: BaseException | None = None) -> tuple[Work, Gate]:
        """A job that waits at a gate, and the gate."""
        gate = Gate()
        self.gates.append(gate)

        def work(_job: Job) -> object:
            gate.pass_through()
            if error is not None:
                raise error
            return result

        return work, gate

    def begin_held(self, result: object, error: BaseException | None = None) -> Gate:
        """Request such a job; it has begun when this returns."""
        work, gate = self.held(result, error)
        self.background.request(work)
        self.qtbot.waitUntil(gate.reached.is_set)
        return gate

    def settle(self) -> None:
        """Wait until nothing runs or waits and everything is delivered."""
        self.qtbot.waitUntil(lambda: not self.background.busy)
        await_end_of(self.qtbot, NAME)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    """One that delivers every job that has begun."""
    with _bench(qtbot) as made:
        yield made


@pytest.fixture
def latest(qtbot: QtBot) -> Iterator[Bench]:
    """One that delivers the latest result only."""
    with _bench(qtbot, latest_only=True) as made:
        yield made


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Hook:
    return put_hook(monkeypatch)


@contextmanager
def _bench(qtbot: QtBot, **options: object) -> Iterator[Bench]:
    made = Bench(qtbot, **options)
    yield made
    for gate in made.gates:
        gate.open()


def test_a_result_arrives_in_the_gui_thread_from_another(bench: Bench) -> None:
    arrived: list[threading.Thread] = []
    bench.background.done.connect(lambda _result: arrived.append(threading.current_thread()))
    bench.background.request(lambda _job: threading.current_thread())
    assert bench.background.busy
    bench.settle()
    (worked_in,) = bench.done
    assert isinstance(worked_in, threading.Thread) and worked_in.name == NAME and worked_in.daemon
    assert worked_in is not threading.current_thread() and arrived == [threading.current_thread()]


def test_of_the_requests_that_wait_only_the_newest_is_served(bench: Bench) -> None:
    gate = bench.begin_held("first")
    for late in ("second", "third", "fourth"):
        bench.background.request(lambda _job, late=late: late)
    gate.open()
    bench.settle()
    assert bench.done == ["first", "fourth"]


def test_the_next_job_begins_once_the_result_is_taken(bench: Bench) -> None:
    gate = bench.begin_held("first")
    bench.background.request(lambda _job: len(bench.done))
    (thread,) = bench.background._threads.values()
    gate.open()
    thread.join()
    assert no_thread(NAME), "the second has begun while the first one's result still lies in the queue"
    bench.settle()
    assert bench.done == ["first", 1]


def test_a_request_made_while_a_result_is_taken_is_served(bench: Bench) -> None:
    def ask_again(result: object) -> None:
        if result == "first":
            bench.background.request(lambda _job: "second")

    bench.background.done.connect(ask_again)
    bench.background.request(lambda _job: "first")
    bench.settle()
    assert bench.done == ["first", "second"]


def test_it_is_not_busy_when_the_last_result_is_taken(bench: Bench) -> None:
    seen: list[bool] = []
    bench.background.done.connect(lambda _result: seen.append(bench.background.busy))
    bench.background.request(lambda _job: "only")
    bench.settle()
    assert seen == [False]


def test_a_newer_request_drops_the_running_job_where_only_the_latest_counts(latest: Bench) -> None:
    seen: list[bool] = []
    gate = Gate()
    latest.gates.append(gate)

    def work(job: Job) -> str:
        seen.append(job.cancelled())
        gate.pass_through()
        job.progress(0.5)
        seen.append(job.cancelled())
        return "first"

    latest.background.request(work)
    latest.qtbot.waitUntil(gate.reached.is_set)
    latest.background.request(lambda _job: "second")
    gate.open()
    latest.settle()
    assert latest.done == ["second"] and seen == [False, True] and latest.shares == []


def test_the_latest_does_not_wait_for_a_dropped_job_that_never_looks(latest: Bench) -> None:
    gate = latest.begin_held("first")
    latest.background.request(lambda _job: "second")
    latest.qtbot.waitUntil(lambda: latest.done == ["second"])
    assert not no_thread(NAME), "the first still waits at its gate"
    latest.background.request(lambda _job: "third")
    latest.qtbot.waitUntil(lambda: latest.done == ["second", "third"])
    gate.open()
    latest.settle()
    assert latest.done == ["second", "third"]


def test_a_job_waits_where_many_dropped_ones_still_run(latest: Bench) -> None:
    gates = [latest.begin_held(at) for at in range(ABANDONED + 1)]
    for late in ("skipped", "last"):
        latest.background.request(lambda _job, late=late: late)
    assert latest.background.busy and len(latest.background._threads) == ABANDONED + 1
    gates[0].open()
    latest.qtbot.waitUntil(lambda: latest.done == ["last"])
    for gate in gates:
        gate.open()
    latest.settle()
    assert latest.done == ["last"]


def test_a_request_made_while_the_latest_result_is_taken_begins_after_it(latest: Bench) -> None:
    begun: list[bool] = []

    def ask_again(result: object) -> None:
        if result == "first":
            latest.background.request(lambda _job: "second")
            begun.append(bool(latest.background._threads))

    latest.background.done.connect(ask_again)
    latest.background.request(lambda _job: "first")
    latest.settle()
    assert begun == [False] and latest.done == ["first", "second"]


def test_cancelling_waits_for_dropped_jobs_too(latest: Bench) -> None:
    gates = [latest.begin_held("first"), latest.begin_held("second")]
    for gate in gates:
        gate.open()
    latest.background.cancel(wait=True)
    assert no_thread(NAME)
    latest.settle()
    assert latest.done == []


def test_progress_is_told_in_its_order(bench: Bench) -> None:
    def work(job: Job) -> None:
        for share in (0.25, 0.5, 1.0):
            job.progress(share)

    bench.background.request(work)
    bench.settle()
    assert bench.shares == [0.25, 0.5, 1.0] and bench.done == [None]


def test_a_problem_of_the_engine_is_said_and_is_no_internal_error(bench: Bench, hook: Hook) -> None:
    bench.begin_held(None, odd_file()).open()
    bench.settle()
    assert [problem.code for problem in bench.failed] == ["test.odd-file"] and hook.errors == [] and bench.done == []


@pytest.mark.parametrize("error", INTERNAL_ERRORS, ids=lambda error: type(error).__name__)
def test_any_other_error_is_reported_once_and_the_next_request_served(
    bench: Bench, hook: Hook, error: BaseException
) -> None:
    gate = bench.begin_held(None, error)
    bench.background.request(lambda _job: "next")
    gate.open()
    bench.settle()
    expected = NO_MEMORY if isinstance(error, MemoryError) else INTERNAL_ERROR
    assert [problem.code for problem in bench.failed] == [expected.code]
    assert hook.errors == [error] and hook.errors[0].__traceback__ is not None
    assert bench.done == ["next"] and not bench.background.busy


def test_jobs_that_all_fail_in_the_same_way_go_to_the_hook_once_until_one_ends_well(bench: Bench, hook: Hook) -> None:
    for error in (RuntimeError("a"), RuntimeError("a"), RuntimeError("b"), None, RuntimeError("b")):
        bench.begin_held("well", error).open()
        bench.settle()
    assert [str(error) for error in hook.errors] == ["a", "b", "b"]
    assert len(bench.failed) == 4 and bench.done == ["well"]


@pytest.mark.parametrize("error", [*INTERNAL_ERRORS, odd_file()], ids=lambda error: type(error).__name__)
def test_of_a_dropped_job_only_internal_errors_are_heard(latest: Bench, hook: Hook, error: BaseException) -> None:
    gate = latest.begin_held(None, error)
    latest.background.request(lambda _job: "next")
    gate.open()
    latest.settle()
    assert latest.failed == [] and latest.done == ["next"]
    assert hook.errors == ([error] if error in INTERNAL_ERRORS else [])


def test_a_hook_that_fails_itself_leaves_it_ready(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[BaseException] = []

    def fail(_kind: object, error: BaseException, _trace: object) -> None:
        calls.append(error)
        if len(calls) == 1:
            raise RuntimeError("the hook")

    monkeypatch.setattr("sys.excepthook", fail)
    bench.begin_held(None, MemoryError()).open()
    bench.background.request(lambda _job: "next")
    bench.settle()
    assert bench.done == ["next"]


def test_where_no_thread_can_be_started_that_is_said(bench: Bench, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        bench.background.request(lambda _job: "never")
        bench.background.cancel(wait=True)  # there is nothing to wait for
        bench.settle()
        bench.background.request(lambda _job: "never")
        bench.settle()
    assert [problem.code for problem in bench.failed] == ["app.internal-error"] and len(hook.errors) == 1
    bench.background.request(lambda _job: "next")
    bench.settle()
    assert bench.done == ["next"]


def test_cancelling_forgets_what_runs_and_what_waits(bench: Bench) -> None:
    gate = bench.begin_held("first")
    bench.background.request(lambda _job: "second")
    bench.background.cancel()
    assert not bench.background.busy
    gate.open()
    bench.settle()
    assert bench.done == []
    bench.background.request(lambda _job: "third")
    bench.settle()
    assert bench.done == ["third"]


def test_cancelling_can_wait_for_the_thread(bench: Bench) -> None:
    bench.background.cancel(wait=True)  # nothing runs
    begun = bench.begin_held("first")
    begun.open()
    bench.background.cancel(wait=True)
    assert no_thread(NAME)
    bench.settle()
    assert bench.done == []


@pytest.mark.parametrize("error", [None, MemoryError()], ids=["result", "error"])
def test_after_closing_nothing_is_delivered(bench: Bench, hook: Hook, error: BaseException | None) -> None:
    gate = bench.begin_held("late", error)
    bench.background.close()
    bench.background.request(lambda _job: "later still")
    gate.open()
    await_end_of(bench.qtbot, NAME)
    assert (bench.done, bench.failed, hook.errors) == ([], [], [])


@pytest.mark.parametrize("error", [None, ZeroDivisionError("odd")])
def test_after_closing_its_thread_emits_no_signal(bench: Bench, error: BaseException | None) -> None:
    """The program may be leaving by then, and signals be gone."""
    gate, told = Gate(), []

    def work(job: Job) -> object:
        gate.pass_through()
        job.progress(0.5)
        if error is not None:
            raise error
        return 1

    bench.gates.append(gate)
    bench.background.request(work)
    bench.qtbot.waitUntil(gate.reached.is_set)
    relay = bench.background._relay
    for signal in (relay.advanced, relay.ended):
        signal.connect(lambda *_: told.append(1), Qt.ConnectionType.DirectConnection)
    bench.background.close()
    gate.open()
    await_end_of(bench.qtbot, NAME)
    assert told == []


def test_a_result_that_is_on_its_way_is_not_delivered_after_closing(bench: Bench) -> None:
    bench.begin_held("late").open()
    bench.background.close(wait=True)  # the result lies in the queue now
    await_end_of(bench.qtbot, NAME)
    assert no_thread(NAME) and bench.done == []


@pytest.mark.parametrize("end", [Background.close, Background.cancel, shiboken6.delete])
def test_a_job_sees_that_it_is_not_wanted_any_more(bench: Bench, end: Callable[[Background], None]) -> None:
    saw = threading.Event()

    def work(job: Job) -> None:
        while not job.cancelled():
            threading.Event().wait(0.001)
        saw.set()

    bench.background.request(work)
    end(bench.background)
    bench.qtbot.waitUntil(saw.is_set)
    await_end_of(bench.qtbot, NAME)
    assert bench.done == []


def test_its_owner_may_be_deleted_while_a_job_runs(bench: Bench, hook: Hook) -> None:
    seen: list[bool] = []
    gate = Gate()
    bench.gates.append(gate)

    def work(job: Job) -> str:
        gate.pass_through()
        job.progress(0.5)
        seen.append(job.cancelled())
        return "late"

    bench.background.request(work)
    bench.qtbot.waitUntil(gate.reached.is_set)
    shiboken6.delete(bench.owner)
    assert not shiboken6.isValid(bench.background)
    gate.open()
    await_end_of(bench.qtbot, NAME)
    assert seen == [True] and (bench.done, bench.shares, hook.errors) == ([], [], [])


def test_nobody_holds_it_but_its_owner(qtbot: QtBot) -> None:
    gate, gone = Gate(), threading.Event()
    background = Background(NAME, latest_only=True)
    background.destroyed.connect(gone.set)
    background.request(lambda _job: gate.pass_through())
    qtbot.waitUntil(gate.reached.is_set)
    del background
    assert gone.is_set()
    gate.open()
    await_end_of(qtbot, NAME)


def test_it_rests_between_two_jobs(qtbot: QtBot) -> None:
    with _bench(qtbot, pause_ms=20) as rested:
        rested.begin_held("first").open()
        qtbot.waitUntil(lambda: rested.done == ["first"])
        assert rested.background._rest.isActive()
        rested.background.request(lambda _job: "second")
        assert no_thread(NAME)
        rested.settle()
        assert rested.done == ["first", "second"]


def test_a_rest_ends_with_it(qtbot: QtBot) -> None:
    with _bench(qtbot, pause_ms=3_600_000) as rested:
        rested.background.done.connect(lambda _result: rested.background.close())
        rested.begin_held("only").open()
        qtbot.waitUntil(lambda: rested.done == ["only"])
        assert not rested.background._rest.isActive()


def test_closing_ends_a_rest(qtbot: QtBot) -> None:
    with _bench(qtbot, pause_ms=3_600_000) as rested:
        rested.begin_held("only").open()
        qtbot.waitUntil(rested.background._rest.isActive)
        rested.background.request(lambda _job: "never")
        rested.background.close()
        assert not rested.background._rest.isActive()
        assert no_thread(NAME)
