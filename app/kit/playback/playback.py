"""Where one is among steps that follow one another: step, step back, scrub, play, from the one clock."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.scene.playhead import STAGE_SECONDS, Playhead

SPEEDS = (0.5, 1.0, 2.0, 5.0, 20.0, 100.0)
"""Steps a second to choose from."""


class Playback(QObject):
    """``at`` steps of ``length`` are done, 0 being nothing yet; ``progress`` is how far the next one has come.

    ``moved``: any of that has changed, once a frame while it plays. ``stepped(at)``: another number of steps is done.
    """

    moved = Signal()
    stepped = Signal(int)
    playing_changed = Signal(bool)
    length_changed = Signal(int)
    speed_changed = Signal(float)

    def __init__(self, parent: QObject | None = None, *, speed: float = 1.0) -> None:
        super().__init__(parent)
        self._head = Playhead(self)
        self._at, self._speed = 0, speed
        self._head.speed = speed * STAGE_SECONDS
        self._head.moved.connect(self._follow)
        self._head.playing_changed.connect(self.playing_changed)

    @property
    def at(self) -> int:
        """How many steps are done, 0…length."""
        return self._at

    @property
    def progress(self) -> float:
        """How far the step after those has come, 0…1."""
        return max(0.0, self.position - self._at)

    @property
    def position(self) -> float:
        """Steps done and the part of the one under way."""
        return self._head.position

    @property
    def length(self) -> int:
        """How many steps there are."""
        return self._head.count

    @property
    def playing(self) -> bool:
        """Whether the clock runs."""
        return self._head.playing

    @property
    def at_end(self) -> bool:
        """Whether every step is done."""
        return self._at == self.length

    @property
    def speed(self) -> float:
        """Steps a second."""
        return self._speed

    def set_speed(self, steps_a_second: float) -> None:
        """Play so many steps a second. Raises ValueError for a speed that is not above 0."""
        if not 0.0 < steps_a_second < float("inf"):
            raise ValueError(f"{steps_a_second} steps a second cannot be played")
        if steps_a_second != self._speed:
            self._speed = steps_a_second
            self._head.speed = steps_a_second * STAGE_SECONDS
            self.speed_changed.emit(steps_a_second)

    def set_length(self, length: int, at: int | None = None) -> None:
        """There are so many steps now; where one is stays (or becomes ``at``), as far as there are as many."""
        if length == self.length and at is None:
            return
        done = min(max(0, self._at if at is None else at), length)
        different = length != self.length
        self._head.load(length, *_place(done, length))
        if not length:
            self._follow()  # of no stages, the playhead tells nothing
        if different:
            self.length_changed.emit(length)

    def go(self, at: int) -> None:
        """Have so many steps done; whether it plays stays as it is, but for the end, where it stops."""
        self._head.seek(float(min(max(0, at), self.length)))
        if at >= self.length:
            self._head.pause()

    @Slot()
    def step(self) -> None:
        """One step more, and stand still."""
        self._head.pause()
        self.go(self._at + 1)

    @Slot()
    def back(self) -> None:
        """Take back the step under way, or the last one, and stand still."""
        self._head.pause()
        self.go(self._at if self.progress > 0.0 else self._at - 1)

    @Slot()
    def play(self) -> None:
        """Run; from the beginning again where every step is done."""
        if self.at_end and self.length:
            self.go(0)
        self._head.play()

    @Slot()
    def pause(self) -> None:
        """Stand still, in the middle of a step where one is under way; Play goes on from there."""
        self._head.pause()

    @Slot()
    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def advance(self, seconds: float) -> None:
        """Let so much time pass at the present speed."""
        self._head.advance(seconds)

    def _follow(self) -> None:
        at = int(self._head.position)
        different, self._at = at != self._at, at
        self.moved.emit()
        if different:
            self.stepped.emit(at)


def _place(done: int, length: int) -> tuple[int, float]:
    """The playhead's stage and how far it has come, where so many are done."""
    return (length - 1, 1.0) if length and done == length else (done, 0.0)
