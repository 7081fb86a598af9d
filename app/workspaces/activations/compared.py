"""The functions that are compared, as views show them: under a short name, in a colour that stays theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from app.kit import inks
from app.kit.translation import worded
from app.workspaces.activations.own_functions import Known
from engine.activations import ACTIVATIONS, activation
from engine.activations.comparison import PARAMETER_OF, Chosen, Comparison
from engine.activations.printed import decimals_for
from engine.activations.scalar import ScalarFunction, scalar_of
from engine.activations.typed import with_numbers

VALUE_DECIMALS, SLOPE_DECIMALS = 5, 4
"""Of f and f' at the cursor."""


@dataclass(frozen=True)
class ComparedFunction:
    """One function that is compared."""

    key: str
    name: str
    slot: int
    scalar: ScalarFunction
    alpha: float | None = None

    known: Known | None = None
    """Of one's own: what it was read as."""
    stale: bool = False
    """Whether its field has another text by now, which cannot be read: it is shown paler, as that of before."""

    @property
    def look(self) -> tuple[str, str, int, bool]:
        """All by which it is told from the others."""
        return self.key, self.name, self.slot, self.stale

    @property
    def in_layer(self) -> str:
        """What a layer's activation is called that is this function: an expression has its numbers in."""
        if self.known is None or self.known.typed is None:
            return self.key
        return with_numbers(self.known.typed, self.known.parameters)

    @property
    def by_itself(self) -> bool:
        """Whether a unit's value depends on its own z alone; softmax' does not."""
        return self.known is not None or activation(self.key).elementwise

    @property
    def ink(self) -> str:
        """Its colour by name, in tile, curve, table and bar."""
        return f"{slot_ink(self.slot)} 50%" if self.stale else slot_ink(self.slot)

    @property
    def colour(self) -> QColor:
        """Its colour in the present theme."""
        return inks.colour(self.ink)


def value_decimals(one: ComparedFunction, x: float) -> int:
    """With so many decimals a function's value is printed at an x: enough for its slope to be worked out from it."""
    y, slope = one.scalar.at(x)
    rule = one.scalar.by_value
    if rule is None or not (isfinite(y) and isfinite(slope)):
        return VALUE_DECIMALS
    return decimals_for(lambda printed: rule(x, printed), y, slope, VALUE_DECIMALS, SLOPE_DECIMALS)


def slot_ink(slot: int) -> str:
    """Return the colour, by name, of a place among those that are compared."""
    return f"series {slot} of 9"


def short_name(key: str) -> str:
    """What an activation of the catalogue is called where there is little room."""
    function = activation(key)
    return function.short_label or worded(function.label)


def alpha_of(value: Comparison, key: str) -> float | None:
    """The number of an activation that has one, as it is set in the comparison."""
    name = PARAMETER_OF.get(key)
    return getattr(value, name) if name is not None else None


def own_name(key: str) -> str:
    """What an activation of one's own is called."""
    return QCoreApplication.translate("Shown", "own {number}").format(number=key.removeprefix("own-"))


def name_of(key: str) -> str:
    """What a function is called, whether of the catalogue or one's own."""
    return short_name(key) if key in ACTIVATIONS else own_name(key)


def shown_in(
    value: Comparison, own: Mapping[str, Known | None], unread: Collection[str] = ()
) -> tuple[ComparedFunction, ...]:
    """What is compared, in the order of the colours. ``own``: those of one's own that are known, by key; ``unread``:
    those whose field has a text that cannot be read."""
    found = [_catalogued(value, one) for one in value.chosen if one.key in ACTIVATIONS]
    for one in value.chosen:
        known = own.get(one.key)
        scalar = known.on_axis(value.low, value.high) if known is not None else None
        if scalar is not None:
            stale = one.key in unread
            found.append(ComparedFunction(one.key, own_name(one.key), one.colour, scalar, known=known, stale=stale))
    return tuple(sorted(found, key=lambda one: one.slot))


def still_words(shown: Sequence[ComparedFunction]) -> str:
    """Of which text those are whose field has another one by now; empty where there are none."""
    text = QCoreApplication.translate("Shown", "{name} is still {text}: what is typed now cannot be read.")
    return " ".join(text.format(name=one.name, text=one.known.text) for one in shown if one.stale and one.known)


def _catalogued(value: Comparison, one: Chosen) -> ComparedFunction:
    alpha = alpha_of(value, one.key)
    return ComparedFunction(one.key, short_name(one.key), one.colour, _scalar(one.key, alpha), alpha)


@lru_cache(maxsize=64)
def _scalar(key: str, alpha: float | None) -> ScalarFunction:
    return scalar_of(activation(key), alpha)
