"""Internal errors under the real crash guard: each logged once, the work kept once, and one sentence said."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.kit import errors
from app.kit.background import Background, Job
from app.kit.errors import INTERNAL_ERROR, NO_MEMORY, announce, problem_of, record
from app.kit.translation import sentence_of
from app.network import loading
from app.network.file_look import FileLooker
from app.network.loading import DatasetLoader
from app.shell.crash import CrashGuard, log_file
from engine.data import DataChoice
from engine.training.session import TrainingSession
from tests.app.kit.background_rig import Gate, await_end_of, odd_file, put_hook
from tests.app.window_rig import opened_window

SENTENCES = {MemoryError: sentence_of(NO_MEMORY()), RuntimeError: sentence_of(INTERNAL_ERROR())}


class Guarded:
    """The installed guard, what it and others have said, and how often it has kept the work."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.said: list[str] = []
        self.kept = 0
        self.guard = CrashGuard(self._keep)
        self.guard.caught.connect(self.said.append)
        self.guard.install()

    def _keep(self) -> None:
        self.kept += 1

    def say(self, problem: object) -> None:
        """Somebody else says a problem."""
        self.said.append(sentence_of(problem))

    @property
    def logged(self) -> list[str]:
        """The errors in the log, each the last line of a traceback."""
        if not log_file().exists():
            return []
        lines = log_file().read_text("utf-8").splitlines()
        starts = [at for at, line in enumerate(lines) if line.startswith("Traceback")]
        return [next(line for line in lines[at + 1 :] if line and not line.startswith(" ")) for at in starts]

    def await_kept(self) -> None:
        """Wait until the work has been kept and nothing is left to be said."""
        self.qtbot.waitUntil(lambda: self.kept > 0)
        QCoreApplication.processEvents()


@pytest.fixture
def guarded(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guarded]:
    """The hooks and the log are as before when the test ends."""
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (errors, "_recorder")):
        monkeypatch.setattr(module, name, getattr(module, name))
    log = logging.getLogger("neuroloom")
    before = list(log.handlers)
    yield Guarded(qtbot)
    for handler in set(log.handlers) - set(before):
        log.removeHandler(handler)
        handler.close()


def fail(error: BaseException, _job: Job | None = None, **_rest: object) -> None:
    raise error


def load_broken(guarded: Guarded, patch: pytest.MonkeyPatch, _folder: Path, error: BaseException) -> DatasetLoader:
    patch.setattr(loading, "load", partial(fail, error))
    loader = DatasetLoader()
    loader.failed.connect(guarded.say)
    loader.start(DataChoice(samples=5_001), "", None)
    return loader


def look_broken(guarded: Guarded, patch: pytest.MonkeyPatch, folder: Path, error: BaseException) -> FileLooker:
    patch.setattr("app.network.file_look.inspect", partial(fail, error))
    looker = FileLooker()
    looker.failed.connect(guarded.say)
    looker.start(DataChoice(source="file", path=str(folder / "a.csv")))
    return looker


@pytest.mark.parametrize("error", [MemoryError("no room"), RuntimeError("broken")], ids=lambda error: str(error))
@pytest.mark.parametrize("begin", [load_broken, look_broken])
def test_where_somebody_says_the_problem_the_guard_says_nothing(
    guarded: Guarded,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    begin: Callable[[Guarded, pytest.MonkeyPatch, Path, BaseException], object],
    error: BaseException,
) -> None:
    user = begin(guarded, monkeypatch, tmp_path, error)
    guarded.await_kept()
    assert guarded.said == [SENTENCES[type(error)]] and user is not None
    assert guarded.logged == [f"{type(error).__name__}: {error}"] and guarded.kept == 1


def test_where_nobody_does_the_guard_says_it(guarded: Guarded) -> None:
    background = Background("tested", latest_only=False)
    background.request(partial(fail, RuntimeError("broken")))
    guarded.await_kept()
    assert guarded.said == guarded.logged == ["RuntimeError: broken"] and guarded.kept == 1
    await_end_of(guarded.qtbot, "tested")


def test_of_a_dropped_job_nobody_else_speaks(guarded: Guarded) -> None:
    gate, background = Gate(), Background("tested", latest_only=True, tells=True)
    background.failed.connect(guarded.say)

    def work(_job: Job) -> None:
        gate.pass_through()
        raise RuntimeError("broken")

    background.request(work)
    guarded.qtbot.waitUntil(gate.reached.is_set)
    background.cancel()
    gate.open()
    guarded.await_kept()
    assert guarded.said == guarded.logged == ["RuntimeError: broken"] and guarded.kept == 1


def test_what_goes_wrong_while_the_work_is_kept_does_not_call_the_guard_again(guarded: Guarded) -> None:
    def keep() -> None:
        guarded.kept += 1
        raise OSError("the disk is full")

    guarded.guard._keep_work = keep
    try:
        fail(RuntimeError("broken"))
    except RuntimeError as error:
        record(error)
    guarded.await_kept()
    assert guarded.said == [] and guarded.kept == 1
    assert guarded.logged == ["RuntimeError: broken", "OSError: the disk is full"]


def test_a_problem_of_the_engine_is_no_internal_error(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    for tell in (record, announce):
        tell(odd_file())
    QCoreApplication.processEvents()
    assert (guarded.said, guarded.logged, guarded.kept) == ([], [], 0)
    assert problem_of(odd_file()).code == "test.odd-file"


def test_before_there_is_a_guard_the_hook_hears_of_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    hook, error = put_hook(monkeypatch), RuntimeError("early")
    monkeypatch.setattr(errors, "_recorder", announce)
    record(error)
    announce(error)
    assert hook.errors == [error, error]


def test_the_message_bar_keeps_the_advice(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened_window(panes=False) as window:
        guarded.guard.caught.connect(window.window.bindings.say_internal_error)
        guarded.qtbot.waitUntil(lambda: window.page.trainer.snapshot is not None)
        traced, error = TrainingSession.trace, MemoryError()  # the card of the ringed sample asks for its own pass
        monkeypatch.setattr(
            TrainingSession, "trace", lambda of, rows: fail(error) if rows == (0,) else traced(of, rows)
        )
        window.page.trainer.request_pass(lambda session: session.trace((0,)), None)
        guarded.await_kept()
        assert window.window.messages.text == SENTENCES[MemoryError]
        window.window.messages.dismiss()
        monkeypatch.setattr(loading, "load", lambda *_, **__: fail(MemoryError()))
        window.page.network.choose_data(DataChoice(samples=5_001))
        guarded.qtbot.waitUntil(lambda: guarded.kept == 2)
        QCoreApplication.processEvents()
        assert window.window.messages.text == SENTENCES[MemoryError]
        assert guarded.said == [] and guarded.logged == ["MemoryError", "MemoryError"]
