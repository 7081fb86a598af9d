"""What a number becomes while it is dragged or nudged: no widget, so that numbers on a drawing can be dragged too."""

from __future__ import annotations

import math
from decimal import Decimal

from PySide6.QtCore import Qt

from app.kit.numbers import rounded

CLICK_PIXELS = 3.0
"""Less of a way is a click and no drag."""
FINER, COARSER = 0.1, 10.0
"""What Shift and Ctrl make of a step."""
PAGE = 10.0
"""How many steps Page Up and Page Down are."""
PER_DECADE = 100.0
"""On a scale of ratios: how many pixels make ten times as much."""
LOG_NUDGE = 5.0
"""On a scale of ratios: how many pixels one key press stands for."""
GREATEST = 1e300
"""No number is dragged beyond this, so that none ever becomes infinite."""


def pace(modifiers: Qt.KeyboardModifier) -> float:
    """How much faster than usual a number is to move: Shift finer, Ctrl coarser."""
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return FINER
    return COARSER if modifiers & Qt.KeyboardModifier.ControlModifier else 1.0


class NumberDrag:
    """A pixel to the right is one ``step`` more; with Shift a tenth of one, with Ctrl ten. Values are whole multiples
    of a step (with Shift of a tenth), so that they stay short. ``ratios``: a pixel is a ratio instead, a hundred of
    them ten times as much; the least value must then be above 0. ``whole``: all values are whole numbers.

    Raises ValueError for bounds or a step that cannot be.
    """

    def __init__(
        self,
        minimum: float = -math.inf,
        maximum: float = math.inf,
        step: float = 0.01,
        *,
        ratios: bool = False,
        whole: bool = False,
    ) -> None:
        if not minimum < maximum or not 0.0 < step < math.inf or (ratios and minimum <= 0.0):
            raise ValueError(f"no number can be dragged from {minimum} to {maximum} by {step}")
        self.minimum, self.maximum, self.step, self.ratios, self.whole = minimum, maximum, step, ratios, whole
        self._position, self._x = 0.0, 0.0
        self._value = self.bounded(0.0)

    def bounded(self, value: float) -> float:
        """The nearest number that is allowed; for what is no number, the one nearest to 0."""
        if math.isnan(value):
            value = 0.0
        low, high = max(self.minimum, -GREATEST), min(self.maximum, GREATEST)
        if self.whole:
            value, low, high = math.floor(value + 0.5), math.ceil(low), math.floor(high)
        return float(min(max(value, low), high))

    def within(self, minimum: float, maximum: float, step: float) -> NumberDrag:
        """The same under other bounds, with what is under way. Raises ValueError for what cannot be."""
        made = NumberDrag(minimum, maximum, step, ratios=self.ratios, whole=self.whole)
        made.begin(self._value, self._x)
        return made

    def begin(self, value: float, x: float) -> None:
        """The pointer has taken hold of a number at ``x`` pixels."""
        self._value = self.bounded(value)
        self._position, self._x = self._position_of(self._value), x

    def value_at(self, x: float, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> float:
        """The number when the pointer has come to ``x``. Pressing or letting go of a key makes it leap nowhere."""
        self._position += (x - self._x) * pace(modifiers)
        self._x = x
        self._hold()
        self._value = self._at(self._position, pace(modifiers))
        return self._value

    def nudged(
        self, value: float, steps: float, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> float:
        """The number so many steps on."""
        start = self.bounded(value)
        by = steps * pace(modifiers) * (LOG_NUDGE if self.ratios else 1.0)
        return self._at(self._position_of(start) + by, pace(modifiers))

    def _hold(self) -> None:
        """Beyond an end nothing is saved up: the way back begins at once."""
        for end, sign in ((self.minimum, 1.0), (self.maximum, -1.0)):
            if math.isfinite(end):
                limit = self._position_of(end)
                self._position = sign * max(sign * self._position, sign * limit)

    def _position_of(self, value: float) -> float:
        """Where a value is, in pixels from a fixed point."""
        return math.log10(value) * PER_DECADE if self.ratios else value / self.step

    def _at(self, position: float, pace: float) -> float:
        if self.ratios:
            return self.bounded(rounded(10.0 ** min(300.0, position / PER_DECADE), 3 if pace >= 1.0 else 4))
        unit = self.step if pace >= 1.0 else self.step * FINER
        return self.bounded(to_multiple(position * self.step, unit))


def to_multiple(value: float, unit: float) -> float:
    """The whole multiple of a unit that is nearest to a value, written as short as it can be.

    >>> to_multiple(0.30000000000000004, 0.1), to_multiple(0.1337, 0.025)
    (0.3, 0.125)
    """
    count = value / unit
    if not abs(count) < 2.0**53:
        return value
    exponent = Decimal(repr(rounded(unit, 12))).as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return round(round(count) * unit, places) + 0.0  # no −0
