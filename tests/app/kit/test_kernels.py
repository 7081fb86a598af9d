"""Views are told that the kernels are loaded, whichever thread asked for the notifier first."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.kit.kernels import KernelNotifier, notifier


def started(task: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=task)
    thread.start()
    return thread


def test_the_notifier_of_a_thread_that_has_ended_still_tells(qtbot: QtBot) -> None:
    made: list[KernelNotifier] = []
    started(lambda: made.append(notifier.__wrapped__())).join()
    tellers: list[threading.Thread] = []
    made[0].loaded.connect(lambda: tellers.append(threading.current_thread()))
    go_on = threading.Event()
    blocker = started(go_on.wait)  # takes the ended thread's identifier, by which Qt would take the next for it
    try:
        started(made[0].loaded.emit).join()
        qtbot.waitUntil(lambda: bool(tellers))
    finally:
        go_on.set()
        blocker.join()
    assert tellers == [threading.main_thread()]
