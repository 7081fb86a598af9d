"""Whether a run that is watched flickers: its answer turns blue and orange by turns."""

from __future__ import annotations

from collections import deque
from math import inf

import numpy as np

from engine.training.snapshot import Image

SHARE, SECONDS = 0.1, 2.0
"""It does when its answer goes back, over the plane on the average, by more than this share of the distance between the
targets, twice within this time."""


class Flicker:
    """Told of one picture of the output after another, it knows whether they go to and fro."""

    def __init__(self) -> None:
        self._last: Image | None = None
        self._change: Image | None = None
        self._turns = deque([-inf, -inf], maxlen=2)

    def take(self, picture: Image, distance: float, now: float) -> None:
        """The next picture, (outputs, side, side), and the distance between the targets; ``now`` in seconds."""
        if picture is self._last:
            return
        last, before = self._last, self._change
        self._last, self._change = picture, None
        if last is None or last.shape != picture.shape:
            return
        with np.errstate(all="ignore"):  # a network may answer anything
            self._change = change = picture - last
            if before is None:
                return
            back = np.minimum(np.abs(change), np.abs(before))[change * before < 0.0]
            if back.sum() > SHARE * distance * change.size:
                self._turns.append(now)

    def lasts(self, now: float) -> bool:
        """Whether it flickers still."""
        return now - self._turns[0] < SECONDS
