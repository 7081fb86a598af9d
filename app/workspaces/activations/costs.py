"""What the compared functions cost, measured once each in the background."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background, Job
from engine.activations import ACTIVATIONS
from engine.activations.cost import nanoseconds_of
from engine.activations.jumps import Function

REST_MS = 120
"""Between two measurements: what trains or is dragged meanwhile gets its turn."""


class Costs(QObject):
    """``changed``: one more is known. ``known``: nanoseconds an element, by key."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.known: dict[str, float] = {}
        self._waiting: dict[str, Function] = {}
        self._background = Background("activation-costs", latest_only=False, pause_ms=REST_MS, parent=self)
        self._background.done.connect(self._take)

    def want(self, functions: Mapping[str, Function]) -> None:
        """Measure these, those that are known already excepted; ReLU first, for all are compared with it."""
        relu = {"relu": ACTIVATIONS["relu"].value}
        wanted = {**relu, **functions}
        self._waiting = {key: function for key, function in wanted.items() if key not in self.known}
        if not self._background.busy:
            self._next()

    def close(self) -> None:
        """Measure nothing more."""
        self._background.close()

    def _next(self) -> None:
        if self._waiting:
            key = next(iter(self._waiting))
            self._background.request(partial(_measure, key, self._waiting.pop(key)))

    @Slot(object)
    def _take(self, found: tuple[str, float]) -> None:
        key, nanoseconds = found
        self.known[key] = nanoseconds
        self.changed.emit()
        self._next()


def _measure(key: str, function: Function, job: Job) -> tuple[str, float]:
    """In the background thread."""
    return key, nanoseconds_of(function, job.cancelled)
