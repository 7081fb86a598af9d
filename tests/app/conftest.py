"""What holds for every test of the window: settings of its own, and nothing left behind."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QThread, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import assets

THREAD_GRACE_S = 60.0
"""How long a thread that is already ending may take to end."""

PATIENCE_MS = 60_000
"""How long a test waits for what is to come, where it does not say so itself: as long as a busy machine may take."""

_PASSING_WIDGETS = {"QTipLabel", "QWhatsThat"}
"""Windows that Qt itself shows and takes away again."""


@pytest.fixture
def standing_window() -> None:
    """Where tests share a window, it is opened here, before anything that a test has for itself."""


@pytest.fixture(autouse=True)
def own_settings(standing_window: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, documents and recovery files lie in this test's own folder."""
    config = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for settings_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(settings_format, QSettings.Scope.UserScope, str(config))


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication, own_settings: None) -> Iterator[None]:
    """Fail when the test leaves a running thread, a ticking timer, a window, or something for all that come: another
    font, what hangs on the application, or what is told of searches for garbage."""
    font, threads = qapp.font(), set(threading.enumerate())
    hanging, told = _hanging(qapp), _told()
    windows = set(_windows())
    gc.freeze()  # what lives already is not this test's; it also makes the search below quick
    yield
    _flush_deferred_deletes()
    gc.collect()
    _flush_deferred_deletes()
    left = _running_threads(threads) + _running_qobjects() + _close_windows(windows)
    gc.unfreeze()
    left += [f"{child!r} of the application" for child in _hanging(qapp) if child not in hanging]
    left += [f"{callback!r} of searches for garbage" for callback in _told() if callback not in told]
    if qapp.font() != font:
        left.append(f"the font {qapp.font().toString()}")
        qapp.setFont(font)
    if left:
        pytest.fail("the test left behind: " + ", ".join(left), pytrace=False)


@pytest.fixture
def qtbot(qtbot: QtBot, nothing_left_behind: None) -> Iterator[QtBot]:
    """Waits as long as a busy machine may take, not the plugin's five seconds, and keeps the widgets it is to close
    until they are closed. The plugin's own only knows them weakly, and shows them once more when the test's function
    and its variables are gone: a search for garbage that begins in the middle of that painting would take away the
    window that is being painted, and the process with it."""
    held: list[QWidget] = []
    add = qtbot.addWidget

    def add_widget(widget: QWidget, *, before_close_func: Callable[[QWidget], None] | None = None) -> None:
        held.append(widget)
        add(widget, before_close_func=before_close_func)

    qtbot.addWidget = add_widget  # type: ignore[method-assign]
    for name in ("waitUntil", "waitSignal", "waitSignals"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE_MS))
    yield qtbot
    held.clear()


def _hanging(qapp: QApplication) -> list[QObject]:
    """What of ours lives as long as the application; Qt has some of its own, made when first needed."""
    return [child for child in qapp.children() if type(child).__module__.startswith("app.")]


def _told() -> list[Callable[..., object]]:
    """What of ours is told of searches for garbage; Hypothesis has something of its own there."""
    return [callback for callback in gc.callbacks if callback.__module__.startswith("app.")]


def _flush_deferred_deletes() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def _running_threads(before: set[threading.Thread]) -> list[str]:
    left = []
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread):
            continue  # a QThread that Python once looked at; those are searched for below
        thread._started.wait(THREAD_GRACE_S)  # type: ignore[attr-defined]  # one that is just starting can't be joined
        thread.join(THREAD_GRACE_S)
        if thread.is_alive():
            left.append(f"running {thread!r}")
    return left


def _running_qobjects() -> list[str]:
    """Timers and threads of Qt that run; each is stopped, so that the next test does not pay for it."""
    left = []
    for found in gc.get_objects():
        runs = _what_runs(type(found))
        if runs is None or not isValid(found):
            continue
        if runs is QTimer and found.isActive():
            left.append(f"ticking {found!r} of {found.parent()!r}")
            found.stop()
        elif runs is QThread and found.isRunning():
            left.append(f"running {found!r}")
            found.quit()
            found.wait(int(THREAD_GRACE_S * 1000))
    return left


@cache
def _what_runs(kind: type) -> type | None:
    """Which of the two a class is, if any: asked for every object that there is, of classes that are few."""
    return next((one for one in (QTimer, QThread) if issubclass(kind, one)), None)


def _close_windows(before: set[QWidget]) -> list[str]:
    left = [window for window in _windows() if window not in before]
    names = [f"window {window!r}" for window in left]
    for window in left:
        window.close()
        window.deleteLater()
    _flush_deferred_deletes()
    return names


def _windows() -> list[QWidget]:
    return [
        widget for widget in QApplication.topLevelWidgets() if widget.metaObject().className() not in _PASSING_WIDGETS
    ]


@pytest.fixture
def in_chinese(qapp: QApplication) -> Iterator[None]:
    """What is said is said in Chinese."""
    translator = QTranslator()
    assert translator.load("neuroloom_zh_CN", str(assets.path("networks").with_name("translations")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def unopened_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    """The picture that hostile names speak of lies where they would find it, and nobody has opened it by the end."""
    from tests.app.plain_text import made_picture, openings_of

    monkeypatch.chdir(tmp_path)
    with openings_of(made_picture(tmp_path)) as counted:
        yield
    assert counted == [0]
