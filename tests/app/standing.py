"""A window that stands from one test to the next, and is put back after each."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.kit.background import Background
from app.kit.drawing.view import DrawingView
from app.kit.guessing.guesses import Guesses
from app.kit.widgets.drag_number import DragNumber
from app.kit.widgets.drag_number.slider import OriginTrack
from app.kit.widgets.painted import KeyFocus
from app.shell.main_window import MainWindow
from engine.guesses import Score

T = TypeVar("T")
PATIENCE_MS = 60_000
REST_MS = 20_000
SHARES = "shares_window"
"""Modules with this mark have a window that others have had before them."""


class Standing(Generic[T]):
    """``opener`` opens what a test is to have, ``window_of`` says which window that is, ``put_back`` undoes what tests
    do. ``folder``: where the window keeps its settings and what it remembers, for as long as it stands."""

    def __init__(
        self,
        opener: Callable[[], AbstractContextManager[T]],
        window_of: Callable[[T], MainWindow],
        put_back: Callable[[T], None],
        folder: Path,
    ) -> None:
        self._opener, self._window_of, self._put_back, self._folder = opener, window_of, put_back, folder
        self._open: ExitStack | None = None
        self._held: T | None = None
        self._pages: tuple[str, int] | None = None
        self.opened = 0
        """So many windows were opened."""

    def make_ready(self) -> None:
        """Have a window that is as it was when it was opened, and in front."""
        if self._open is not None and QApplication.activeWindow() is not self._window_of(self.held):
            self.close()  # another has been there meanwhile
        if self._open is None:
            self.opened += 1
            with ExitStack() as stack, settings_in(self._folder / str(self.opened)):
                self._held = stack.enter_context(self._opener())
                window = self._window_of(self._held)
                with unpainted(window):
                    with drawn_once():
                        self._put_back(self._held)
                    settle()
                come_to_rest(window)
                self._pages = self._pages_of(window)
                self._open = stack.pop_all()

    @property
    def held(self) -> T:
        """What is open."""
        assert self._held is not None
        return self._held

    def take_back(self) -> None:
        """A test has ended: put the window back for the next, or close it where the test went to another page."""
        window = self._window_of(self.held)
        if self._pages_of(window) != self._pages:
            self.close()
            return
        with unpainted(window):
            with drawn_once():
                self._put_back(self.held)
            settle()
        come_to_rest(window)

    @staticmethod
    def _pages_of(window: MainWindow) -> tuple[str, int]:
        """Which page is shown, and how many have been made."""
        return window.pages.key, len(tuple(window.pages))

    def close(self) -> None:
        """Close it, if one is open."""
        stack, self._open, self._held = self._open, None, None
        if stack is not None:
            stack.close()
            settle()


@contextmanager
def settings_in(folder: Path) -> Iterator[None]:
    """Settings and what is kept lie in a folder, for a window that is opened meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
        for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(form, QSettings.Scope.UserScope, str(folder / "config"))
        yield


class _NotYet(QObject):
    """Keeps a window from being painted, and knows whether it was to be."""

    wanted = False

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            self.wanted = True
            return True
        return False


@contextmanager
def unpainted(window: QWidget) -> Iterator[None]:
    """What changes in a window meanwhile is painted once, afterwards, and not from step to step."""
    keeper = _NotYet()
    window.installEventFilter(keeper)
    try:
        yield
    finally:
        window.removeEventFilter(keeper)
        if keeper.wanted:
            QCoreApplication.postEvent(window, QEvent(QEvent.Type.UpdateRequest))


@contextmanager
def drawn_once() -> Iterator[None]:
    """Drawings whose data change meanwhile are drawn once, at the end."""
    changed: dict[DrawingView, bool] = {}

    def note(view: DrawingView, *, afresh: bool = False) -> None:
        changed[view] = changed.get(view, False) or afresh

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DrawingView, "_refresh", note)
        yield
    for view, afresh in changed.items():
        if isValid(view):
            view._refresh(afresh=afresh)


def let_go(page: QWidget) -> None:
    """Nothing remembers any longer that it was dragged, typed in or reached by a key."""
    for part in page.findChildren(QWidget):
        if isinstance(part, KeyFocus):
            vars(part).pop("_by_key", None)
        if isinstance(part, DragNumber):
            part.let_go()
            part._told = False
            part.updateGeometry()  # which it only does by itself where it needs more room
        elif isinstance(part, OriginTrack):
            part._off = 0.0
        elif isinstance(part, DrawingView):
            part._hovered = part._pointer = part._focused_key = part._pointed_key = None


def forget_guesses(guesses: Guesses) -> None:
    """Nothing was asked or answered."""
    guesses._replies.clear()
    guesses.score = Score()
    guesses._question, guesses._note = None, ""
    guesses._card.show_score(0, 0)


def settle() -> None:
    """What is to be done at once is done, and what is to go has gone."""
    for _ in range(2):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def come_to_rest(window: QWidget) -> None:
    """Wait until nothing is worked out for a window any more. What is known can be seen before it is told: a thread
    sets it, and the window hears of it a moment later.

    What is worked out for longer than :data:`REST_MS` is named, and what comes of it shows in what is compared then.
    """

    def busy() -> list[str]:
        return [work.objectName() for work in window.findChildren(Background) if work.busy]

    for _ in range(2):  # what has come may ask for more in its turn
        wait_for(lambda: not busy(), REST_MS)
        settle()
    if busy():
        warnings.warn(f"still at work: {', '.join(busy())}", stacklevel=2)


def until(condition: Callable[[], bool]) -> None:
    """Wait for something, as long as a busy machine may take."""
    wait_for(condition, PATIENCE_MS)
    assert condition()


def wait_for(condition: Callable[[], bool], milliseconds: int) -> None:
    """Wait for something, or until the time is over."""
    loop, ticks, patience = QEventLoop(), QTimer(), QElapsedTimer()

    def look() -> None:
        if condition() or patience.hasExpired(milliseconds):
            loop.quit()

    ticks.timeout.connect(look)
    patience.start()
    ticks.start(2)
    if not condition():
        loop.exec()
    ticks.stop()


def shares(request: pytest.FixtureRequest) -> bool:
    """Whether a test has a window that others have had."""
    mark = request.node.get_closest_marker(SHARES)
    return mark is not None
