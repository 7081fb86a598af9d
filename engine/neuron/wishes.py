"""What a table asks of a unit, an inequality a row, and between which sums its threshold has to lie."""

from __future__ import annotations

from dataclasses import dataclass

from engine.neuron.tables import Row, RowVerdict


@dataclass(frozen=True, slots=True)
class Wish:
    """``Σ wᵢ over active + b ≥ 0`` where the row is to fire, ``< 0`` where not. ``active``: the inputs that are 1."""

    row: int
    x: Row
    fires: bool
    active: tuple[int, ...]
    z: float
    kept: bool


def wishes(verdicts: tuple[RowVerdict, ...]) -> tuple[Wish, ...]:
    """The wishes of a table, with how the present setting keeps them."""
    return tuple(
        Wish(row, one.x, one.target, tuple(i for i, bit in enumerate(one.x) if bit), one.z, one.right)
        for row, one in enumerate(verdicts)
    )


@dataclass(frozen=True, slots=True)
class Room:
    """Where the threshold may lie for the present weights: ``above < θ ≤ up_to``. ``above`` is the largest sum w·x of
    the rows that are to be silent, ``up_to`` the least of those that are to fire; None where there are no such rows."""

    above: float | None
    up_to: float | None

    @property
    def open(self) -> bool:
        """Whether any threshold does it with these weights."""
        return self.above is None or self.up_to is None or self.above < self.up_to


def room_for_threshold(verdicts: tuple[RowVerdict, ...]) -> Room:
    """The thresholds that do the table with the present weights."""
    silent = [one.weighted for one in verdicts if not one.target]
    fires = [one.weighted for one in verdicts if one.target]
    return Room(max(silent, default=None), min(fires, default=None))


@dataclass(frozen=True, slots=True)
class SharedSum:
    """A weighted sum that ``fires`` rows that are to fire share with ``silent`` ones that are not."""

    weighted: float
    fires: int
    silent: int


def places(rows: tuple[RowVerdict, ...]) -> tuple[SharedSum, ...]:
    """The weighted sums that there are, rising, and how many rows lie on each."""
    found: dict[float, list[int]] = {}
    for row in rows:
        found.setdefault(row.weighted, [0, 0])[row.target] += 1
    return tuple(SharedSum(weighted, fires, silent) for weighted, (silent, fires) in sorted(found.items()))
