"""The snapshot whose numbers are written out beside the canvas: one for all, and long enough to be read."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from engine.training.snapshot import Snapshot

READABLE_MS = 250
"""Numbers that change more often than this cannot be read."""


class Legible(QObject):
    """Follows the run, at a pace that can be read while it trains and at once otherwise. Whoever writes numbers out,
    the neuron's card as well as the outline, reads them here, so that no two of them are of different steps."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest: Snapshot | None = None
        self.snapshot: Snapshot | None = None
        self._since = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(READABLE_MS)
        self._later.timeout.connect(self._show)

    def follow(self, snapshot: Snapshot, *, running: bool) -> None:
        """A newer snapshot; ``running``: others will follow soon."""
        self._latest, shown = snapshot, self.snapshot
        same = shown is not None and shown.plan is snapshot.plan  # else what is shown is of another network
        if running and same and self._since.isValid() and self._since.elapsed() < READABLE_MS:
            if not self._later.isActive():
                self._later.start()  # the last one of a run must not be missed
        else:
            self._show()

    def forget(self) -> None:
        """There is no run of this network."""
        self._later.stop()
        self._latest = self.snapshot = None
        self.changed.emit()

    @Slot()
    def _show(self) -> None:
        self._later.stop()
        self._since.start()
        self.snapshot = self._latest
        self.changed.emit()
