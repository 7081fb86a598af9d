"""Turning the frame through which the map is seen: by itself, by hand, and back."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from app.workspaces.recommender.map.scene import MapScene
from engine.recommenders.serving.tour import Geodesic, first_two, random_frame, turned

TICK_MS = 16
SPEED = 0.22
"""Radians a second while it turns by itself: slow enough to follow one item."""
BACK_SECONDS = 0.8
LONGEST_TICK = 0.1
"""Seconds: after a pause of the program it goes on from where it was."""
RADIANS_A_PIXEL = 0.006
_SEED = 7


class Turning(QObject):
    """``playing_changed(bool)``: whether it turns by itself. ``stood_still``: it has come to rest."""

    playing_changed = Signal(bool)
    stood_still = Signal()

    def __init__(self, scene: MapScene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._random = np.random.default_rng(_SEED)
        self._way: Geodesic | None = None
        self._share = 0.0
        self._returning = False
        self._hidden = np.zeros(2)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        scene.loaded.connect(self.rest)

    @property
    def possible(self) -> bool:
        """Whether there is more to see than one view shows."""
        content = self._scene.content
        return content is not None and content.directions > 2

    @property
    def playing(self) -> bool:
        """Whether it turns by itself."""
        return self._timer.isActive() and not self._returning

    @property
    def upright(self) -> bool:
        """Whether the first two directions are in view."""
        return bool(np.allclose(self._scene.frame, first_two(len(self._scene.frame)), atol=1e-6))

    def play(self) -> None:
        """Begin to turn, from view to view."""
        if not self.possible or self.playing:
            return
        self._returning = False
        self._set_out()
        self._run()
        self.playing_changed.emit(True)

    @Slot()
    def rest(self) -> None:
        """Stand still."""
        was, moved = self.playing, self._timer.isActive()
        self._timer.stop()
        self._returning = False
        if was:
            self.playing_changed.emit(False)
        if moved:
            self.stood_still.emit()

    def toggle(self) -> None:
        """Play or stand still."""
        if self.playing:
            self.rest()
        else:
            self.play()

    def back(self) -> None:
        """Turn back to the first two directions."""
        self.rest()
        if self.upright:
            return
        start = self._scene.frame
        self._way = Geodesic(start, first_two(len(start)), upright=True)
        self._share, self._returning = 0.0, True
        self._run()

    def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        if self._way is None:
            return
        pace = BACK_SECONDS if self._returning else self._way.length / SPEED
        self._share = min(1.0, self._share + seconds / max(pace, 1e-3))
        self._scene.set_frame(self._way.at(self._share))
        if self._share == 1.0:
            if self._returning:
                self._scene.set_frame(first_two(len(self._scene.frame)))
                self.rest()
            else:
                self._set_out()

    # By hand --------------------------------------------------------------------------------------------------------

    def grip(self) -> None:
        """Begin a turn by hand, towards the direction along which the most is hidden."""
        self.rest()
        self._hidden = self._scene.spread.hidden(self._scene.frame)

    def turn(self, across: float, down: float) -> None:
        """Turn on by so many pixels."""
        if self.possible:
            angles = (across * RADIANS_A_PIXEL, -down * RADIANS_A_PIXEL)
            frame, self._hidden = turned(self._scene.frame, self._hidden, *angles)
            self._scene.set_frame(frame)

    def _set_out(self) -> None:
        start = self._scene.frame
        self._way = Geodesic(start, random_frame(len(start), self._random))
        self._share = 0.0

    def _run(self) -> None:
        self._clock.start()
        self._timer.start()

    @Slot()
    def _tick(self) -> None:
        self.advance(min(self._clock.restart() / 1000.0, LONGEST_TICK))
