"""Searches for garbage look at what is new: with every page built, one through all 340,000 objects stops the window for
228 ms, one through the new ones for 19.

Reference counts free nearly all of it; what a search finds among old objects are a few dozen in a minute. So what has
lived through a search is set apart from the next ones (``gc.freeze``), and all of it is gone through now and then, when
the window is left for another one.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

THRESHOLDS = (700, 10, 4)
"""Python's own, but for the last: after so many searches of the middle generation the oldest may be gone through, which
then has 28,000 new objects, or a quarter of what the search before has left where that is more."""
REST_S = 300.0
"""From one look through everything to the next, at least."""


def _set_apart(phase: str, info: dict[str, int]) -> None:
    if phase == "stop" and info["generation"] == 2:
        gc.freeze()


class Collecting(QObject):
    """From now on searches are short, for the whole process."""

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        self._looked = monotonic()
        gc.set_threshold(*THRESHOLDS)
        if _set_apart not in gc.callbacks:
            gc.callbacks.append(_set_apart)
        application.applicationStateChanged.connect(self._follow)

    @Slot(Qt.ApplicationState)
    def _follow(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive and monotonic() - self._looked >= REST_S:
            self.look_everywhere()

    def look_everywhere(self) -> None:
        """Go through what was set apart as well."""
        gc.unfreeze()
        gc.collect()
        self._looked = monotonic()
