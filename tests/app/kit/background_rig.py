"""What the tests of work in the background hold on to: jobs that wait, jobs that fail, and what was delivered."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from engine.problems import EngineError, declare

PATIENCE_S = 60.0
"""How long a job at a gate waits before it gives up, so that no failing test hangs."""

FILE_IS_ODD = declare("test.odd-file", "The file is odd; take another one.")


class OutOfReach(BaseException):
    """An exception that no ``except Exception`` catches."""


INTERNAL_ERRORS = (MemoryError("no room"), RuntimeError("broken"), OutOfReach("odd"))


def odd_file() -> EngineError:
    """A problem of the engine's."""
    return EngineError(FILE_IS_ODD())


class Gate:
    """Stands in a thread's way: ``reached`` once somebody waits there, who goes on when it is opened."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._open = threading.Event()

    def open(self) -> None:
        """Let everybody pass, now and later."""
        self._open.set()

    def pass_through(self) -> None:
        """For the thread: wait until it is open."""
        self.reached.set()
        assert self._open.wait(PATIENCE_S), "the gate was never opened"


class Hook:
    """Stands in for the program's hook for internal errors."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []

    def __call__(self, _kind: object, error: BaseException, _trace: object) -> None:
        self.errors.append(error)


def put_hook(monkeypatch: pytest.MonkeyPatch) -> Hook:
    """Put a hook in force for the rest of the test."""
    made = Hook()
    monkeypatch.setattr(sys, "excepthook", made)
    return made


class Faults:
    """Put in place of a function that is called in a thread: raises or waits as told, then does what it stands for.

    ``calls`` counts how often it was called; ``errors`` are raised by its next calls, one each.
    """

    def __init__(self, real: Callable[..., object]) -> None:
        self.real = real
        self.calls = 0
        self.errors: list[BaseException] = []
        self.gate: Gate | None = None

    def __call__(self, *arguments: object, **named: object) -> object:
        self.calls += 1
        if self.gate is not None:
            self.gate.pass_through()
        if self.errors:
            raise self.errors.pop(0)
        return self.real(*arguments, **named)


@contextmanager
def held(faults: Faults) -> Iterator[Gate]:
    """The next calls wait at a gate, which is open at the latest when the block ends."""
    faults.gate = gate = Gate()
    try:
        yield gate
    finally:
        faults.gate = None
        gate.open()


def no_thread(name: str) -> bool:
    """Whether no thread of this name runs."""
    return all(thread.name != name for thread in threading.enumerate())


def await_end_of(qtbot: QtBot, name: str) -> None:
    """Wait for the thread to end and for what it has sent to be handled."""
    qtbot.waitUntil(lambda: no_thread(name))
    QCoreApplication.processEvents()
