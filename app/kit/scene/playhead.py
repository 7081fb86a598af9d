"""Where something that goes stage by stage is at, and the one clock that moves it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

TICK_MS = 16
STAGE_SECONDS = 1.4
"""How long one stage takes at speed 1."""


class Playhead(QObject):
    """A position among ``count`` stages: the stage's index and how far it has come, 0…1."""

    moved = Signal(int, float)
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = self._index = 0
        self._progress = 0.0
        self.speed = 1.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def count(self) -> int:
        """Number of stages."""
        return self._count

    @property
    def index(self) -> int:
        """The present stage."""
        return self._index

    @property
    def progress(self) -> float:
        """How far the present stage has come, 0…1."""
        return self._progress

    @property
    def position(self) -> float:
        """Stages done, with the part of the present one: 0…count."""
        return self._index + self._progress

    @property
    def playing(self) -> bool:
        """Whether the clock runs."""
        return self._timer.isActive()

    @property
    def at_end(self) -> bool:
        """Whether every stage is done."""
        return self._count > 0 and self.position >= self._count

    def load(self, count: int, index: int = 0, progress: float = 0.0) -> None:
        """Take on so many stages."""
        self._count = count
        if count == 0:
            self.pause()
        self._go(index, progress)

    def play(self) -> None:
        """Run; from the beginning again if everything is done."""
        if self._count == 0 or self.playing:
            return
        if self.at_end:
            self._go(0, 0.0)
        self._clock.start()
        self._timer.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stand still."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def step(self) -> None:
        """Finish the stage under way, or the next one if that is done."""
        self.pause()
        self._go(self._index if self._progress < 1.0 else self._index + 1, 1.0)

    def back(self) -> None:
        """Undo the stage under way, or the one before if that has not begun."""
        self.pause()
        if self._progress > 0.0:
            self._go(self._index, 0.0)
        else:
            self._go(self._index - 1, 0.0)

    def seek(self, position: float) -> None:
        """Go to a position, 0…count; whether it plays stays as it is."""
        index = min(int(position), max(0, self._count - 1))
        self._go(index, position - index)

    def advance(self, seconds: float) -> None:
        """Let so much time pass at the present speed."""
        position = self.position + seconds * self.speed / STAGE_SECONDS
        if position >= self._count:
            self._go(self._count - 1, 1.0)
            self.pause()
        else:
            self.seek(position)

    def _tick(self) -> None:
        self.advance(min(0.1, self._clock.restart() / 1000))  # a stalled window does not make it leap

    def _go(self, index: int, progress: float) -> None:
        if self._count == 0:
            self._index, self._progress = 0, 0.0
            return
        if index < 0:
            index, progress = 0, 0.0
        if index >= self._count:
            index, progress = self._count - 1, 1.0
        self._index, self._progress = index, min(1.0, max(0.0, progress))
        self.moved.emit(self._index, self._progress)
