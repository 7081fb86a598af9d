"""At most one value a frame: what a pointer that moves asks for, the latest of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

FRAME_MS = 16


class PerFrame(QObject):
    """``taken(value)``: the first value that is offered at once, of those that follow within a frame the latest."""

    taken = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[object] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.flush)

    def offer(self, value: object) -> None:
        """Have a value taken now or with the next frame, in place of one that is waiting."""
        self._waiting = [value]
        if not self._timer.isActive():
            self.flush()

    @Slot()
    def flush(self) -> None:
        """Have what is waiting taken now."""
        if self._waiting:
            (value,) = self._waiting
            self._waiting = []
            self._timer.start()
            self.taken.emit(value)
        else:
            self._timer.stop()

    def drop(self) -> None:
        """Forget what is waiting."""
        self._waiting = []
        self._timer.stop()
