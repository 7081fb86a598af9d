"""Works the cards' pictures out, one after another, away from the GUI thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.examples import Example
from app.kit.background import Background, Job
from engine.problems import Problem
from engine.training.portrait import Portrait, portrait


class Looks(QObject):
    """``looked(Example, Portrait)`` for each that is asked for, in turn."""

    looked = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Example] = deque()
        self._current: Example | None = None
        self._background = Background("gallery-portraits", latest_only=False, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self._fail)

    def request(self, wanted: Iterable[Example]) -> None:
        """Work these out."""
        self._waiting.extend(wanted)
        if self._current is None:
            self._next()

    def close(self) -> None:
        """Work nothing more out."""
        self._waiting.clear()
        self._background.close()

    def _next(self) -> None:
        self._current = self._waiting.popleft() if self._waiting else None
        if self._current is not None:
            self._background.request(partial(_look, self._current))

    @Slot(object)
    def _take(self, found: Portrait) -> None:
        if self._current is not None:
            self.looked.emit(self._current, found)
        self._next()

    @Slot(object)
    def _fail(self, _problem: Problem) -> None:
        self._next()


def _look(example: Example, _job: Job) -> Portrait:
    """In the background thread."""
    return portrait(example.content)
