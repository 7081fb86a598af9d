"""What the builder asks of whoever trains the network that it shows, and the pace at which numbers can be read."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, SignalInstance, Slot

from engine.training.snapshot import Snapshot

READABLE_MS = 250
"""Numbers that change more often than this cannot be read."""
PATIENCE_MS = 1000
"""So long they wait for a snapshot all of whose figures are of one step."""


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
        self._later.timeout.connect(self.catch_up)

    def follow(self, snapshot: Snapshot, *, running: bool) -> None:
        """A newer snapshot; ``running``: others will follow soon."""
        self._latest, shown = snapshot, self.snapshot
        same = shown is not None and shown.plan is snapshot.plan  # else what is shown is of another network
        pause = READABLE_MS if snapshot.is_of_one_step else PATIENCE_MS
        rest = pause - self._since.elapsed() if running and same and self._since.isValid() else 0
        if rest > 0:
            self._later.start(rest)  # the last one of a run must not be missed
        else:
            self.catch_up()

    def forget(self) -> None:
        """There is no run of this network."""
        self._later.stop()
        self._latest = self.snapshot = None
        self.changed.emit()

    def close(self) -> None:
        """Follow no more."""
        self._later.stop()

    @Slot()
    def catch_up(self) -> None:
        """Show the latest one now."""
        self._later.stop()
        self._since.start()
        self.snapshot = self._latest
        self.changed.emit()


class Watched(Protocol):
    """The state of a run as it is drawn: of the training thread, or of a network that nobody trains here."""

    legible: Legible
    """The state whose numbers are written out."""

    @property
    def snapshot(self) -> Snapshot | None:
        """The latest state; None while there is none."""

    @property
    def running(self) -> bool:
        """Whether it trains."""

    @property
    def snapshot_published(self) -> SignalInstance:
        """Emitted with a newer snapshot."""

    @property
    def snapshot_withdrawn(self) -> SignalInstance:
        """What was published last no longer holds, and nothing has taken its place."""

    @property
    def weights_heard(self) -> SignalInstance:
        """While that is so, the document has newer weights."""

    def preview(self, block_id: str, activation: str | None) -> None:
        """Show what another activation would make of the present weights; None ends it."""


class Untrained(QObject):
    """Of a network that is only drawn and edited: there are no weights to be shown."""

    snapshot_published = Signal(object)
    snapshot_withdrawn = Signal()
    weights_heard = Signal()
    snapshot: Snapshot | None = None
    running = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.legible = Legible(self)

    def preview(self, block_id: str, activation: str | None) -> None:
        """Without weights another activation shows nothing."""
