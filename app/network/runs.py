"""The runs of a network: those whose place another has taken are kept, to be compared and gone on with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QUndoCommand

from app.network.kept import RunMoment

if TYPE_CHECKING:
    from engine.training.runs import StoredRun

MOST_RUNS = 48
MOST_BYTES = 256 << 20
"""Of all checkpoints together; the oldest runs first keep only their ends, then go."""


class Runs(QObject):
    """Of every network that was opened, in the order of their beginnings. ``changed``: there are others, or one went
    on."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[tuple[int, int], StoredRun] = {}
        """By the numbers of the network and the run."""

    def of(self, opening: int) -> tuple[StoredRun, ...]:
        """Those of the network with this number."""
        return tuple(run for (network, _), run in sorted(self._kept.items()) if network == opening)

    def keep(self, moment: RunMoment) -> None:
        """A run has been left at this moment, maybe to be taken up again soon."""
        left = moment.latest
        if left.checkpoints is None or left.curves is None or not left.checkpoints.has_gone_on:
            return
        from engine.training.runs import StoredRun  # not before the first frame

        self.put(moment.opening, StoredRun(left.checkpoints, left.checkpoints.curves(left.curves)))

    def put(self, opening: int, run: StoredRun) -> None:
        """Keep a run in place of what was kept of it."""
        self._kept[opening, run.number] = run
        self._bound()
        self.changed.emit()

    def take(self, opening: int, number: int) -> None:
        """Forget a run."""
        if self._kept.pop((opening, number), None) is not None:
            self.changed.emit()

    def _bound(self) -> None:
        places = sorted(self._kept, key=lambda place: place[1])
        for place in places[:-MOST_RUNS]:
            del self._kept[place]
        for shorten in (lambda place: self._kept.update({place: self._kept[place].shortened()}), self._kept.pop):
            for place in sorted(self._kept, key=lambda place: place[1])[:-1]:
                if total_bytes(self._kept.values()) <= MOST_BYTES:
                    return
                shorten(place)


def total_bytes(runs: Iterable[StoredRun]) -> int:
    """What they hold together; many share arrays."""
    return sum({id(array): array.nbytes for run in runs for array in run.arrays}.values())


class DeleteRun(QUndoCommand):
    """A run is forgotten; undo has it back."""

    def __init__(self, runs: Runs, opening: int, run: StoredRun) -> None:
        super().__init__(QCoreApplication.translate("Runs", "Delete run"))
        self._runs, self._opening, self._run = runs, opening, run

    def redo(self) -> None:
        """Forget it."""
        self._runs.take(self._opening, self._run.number)

    def undo(self) -> None:
        """Keep it again."""
        self._runs.put(self._opening, self._run)
