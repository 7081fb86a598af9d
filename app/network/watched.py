"""What the builder asks of whoever trains the network that it shows."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from engine.training.snapshot import Snapshot


class Watched(Protocol):
    """The state of a run as it is drawn: of the training thread, or of a network that nobody trains here."""

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

    def preview(self, block_id: str, activation: str | None) -> None:
        """Without weights another activation shows nothing."""
