"""The last expression that was finished, to be shown while what is typed cannot be read or ends in half a name.

A long text is worked out in another thread, and every letter makes that begin anew: what has been worked out may be
far behind what has been typed. So the texts since then are kept, and worked out when they are needed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background
from app.workspaces.scalar_graph.worked import Worked
from app.workspaces.scalar_graph.working import newest_readable
from engine.autodiff.document import ExpressionSheet

MOST_KEPT = 64
"""So many letters without a pause: beyond, nobody remembers what stood there."""


class LastReadable(QObject):
    """``worked``: the last finished one. ``sought``: the search for a newer one is over; ``worked`` may be that."""

    sought = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worked: Worked | None = None
        self._waiting: deque[ExpressionSheet] = deque(maxlen=MOST_KEPT)
        self._background = Background("graph-before", latest_only=True, parent=self)
        self._background.done.connect(self._find)

    def take(self, worked: Worked) -> None:
        """This one is finished."""
        self.worked = worked
        self.forget()

    def expect(self, sheet: ExpressionSheet) -> None:
        """This one is finished if it can be read, which is not known yet."""
        self._background.cancel()
        self._waiting.append(sheet)

    def drop(self, sheet: ExpressionSheet) -> None:
        """This one cannot be read."""
        if self._waiting and self._waiting[-1] == sheet:
            self._waiting.pop()

    def forget(self) -> None:
        """Nothing that was expected counts any more."""
        self._background.cancel()
        self._waiting.clear()

    def seek(self, former: Worked | None, chosen: frozenset[Hashable], by: float) -> bool:
        """Look for the newest of the expected that can be read; whether there is any to look at."""
        if self._waiting and not self._background.busy:
            self._background.request(partial(newest_readable, tuple(self._waiting), former, chosen, by))
        return bool(self._waiting)

    @Slot(object)
    def _find(self, worked: Worked | None) -> None:
        self._waiting.clear()
        self.worked = worked or self.worked
        self.sought.emit()

    def close(self) -> None:
        """Look for nothing more."""
        self._background.close(wait=True)
