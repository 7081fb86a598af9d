"""How often a run that trains is shown: smoothly, for a small share of its time, and seldom where it flickers."""

from __future__ import annotations

from collections import deque
from math import inf

import numpy as np

from engine.training.snapshot import Image

PICTURE_SECONDS = 1 / 60
CALM_SECONDS = 0.3
"""From one picture to the next of a run that flickers: as seldom as its numbers are written out, so that all that is in
sight is of one step, and can be looked at."""
SHOWN_SHARE = 0.1
"""Of its time a run may spend on being shown, on the average of some pictures: the maps of a wide network take as long
as many of its steps, and not every picture has new ones."""
MOST_SAVED_SECONDS = 0.005
"""Of what a run has not spent on pictures: what a moment of cheap ones saves pays for one with a new map."""
FLICKER_SHARE, FLICKER_SECONDS = 0.1, 2.0
"""A run flickers when its answer goes back, over the plane on the average, by more than this share of the distance
between the targets, twice within this time: the plane takes the colours of positive and of negative by turns."""


class PictureRate:
    """Told of one picture after another, it knows when the next may be made. All times are in seconds."""

    def __init__(self) -> None:
        self._shown_at = 0.0
        self._spent = 0.0  # on pictures, beyond what the run may spend since the last one
        self._last: Image | None = None
        self._change: Image | None = None
        self._turns = deque([-inf, -inf], maxlen=2)

    def allows(self, now: float) -> bool:
        """Whether the last picture was long enough ago."""
        since = now - self._shown_at
        return since >= (CALM_SECONDS if self.flickers(now) else PICTURE_SECONDS) and self._spent <= since * SHOWN_SHARE

    def note(self, output: Image, distance: float, now: float, cost: float) -> None:
        """A picture was shown: of this output, (outputs, side, side), with this distance between the targets, at
        ``cost`` seconds of the processor."""
        saved = self._spent - (now - self._shown_at) * SHOWN_SHARE
        self._shown_at, self._spent = now, min(max(saved, -MOST_SAVED_SECONDS), 0.0) + cost
        self._note_turn(output, distance, now)

    def flickers(self, now: float) -> bool:
        """Whether the run has turned to and fro lately."""
        return now - self._turns[0] < FLICKER_SECONDS

    def _note_turn(self, output: Image, distance: float, now: float) -> None:
        if output is self._last:
            return
        last, before = self._last, self._change
        self._last, self._change = output, None
        if last is None or last.shape != output.shape:
            return
        with np.errstate(all="ignore"):  # a network may answer anything
            self._change = change = output - last
            if before is None:
                return
            back = np.minimum(np.abs(change), np.abs(before))[change * before < 0.0]
            if back.sum() > FLICKER_SHARE * distance * change.size:
                self._turns.append(now)
