"""The functions that are compared, as views show them: under a short name, in a colour that stays theirs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor

from app.kit import theme
from app.kit.translation import worded
from engine.activations import activation
from engine.activations.comparison import PARAMETER_OF, Chosen, Comparison
from engine.activations.scalar import ScalarFunction, scalar_of

SHORT = {"gelu": "GELU", "gelu_tanh": "GELU≈"}
"""The catalogue tells them apart in words, which no curve's end has room for."""


@dataclass(frozen=True)
class Shown:
    """One function that is compared."""

    key: str
    name: str
    slot: int
    scalar: ScalarFunction
    alpha: float | None = None

    @property
    def colour(self) -> QColor:
        """Its colour in the present theme, in tile, curve, table and bar."""
        return slot_colour(self.slot)


def slot_colour(slot: int) -> QColor:
    """The colour of a place among those that are compared."""
    return QColor(theme.current().series[slot])


def short_name(key: str) -> str:
    """What an activation of the catalogue is called where there is little room."""
    return SHORT.get(key) or worded(activation(key).label)


def alpha_of(value: Comparison, key: str) -> float | None:
    """The number of an activation that has one, as it is set in the comparison."""
    name = PARAMETER_OF.get(key)
    return getattr(value, name) if name is not None else None


def shown_in(value: Comparison) -> tuple[Shown, ...]:
    """What is compared, in the order of the tiles' colours."""
    found = [_catalogued(value, one) for one in value.chosen]
    return tuple(sorted(found, key=lambda one: one.slot))


def _catalogued(value: Comparison, one: Chosen) -> Shown:
    alpha = alpha_of(value, one.key)
    return Shown(one.key, short_name(one.key), one.colour, _scalar(one.key, alpha), alpha)


@lru_cache(maxsize=64)
def _scalar(key: str, alpha: float | None) -> ScalarFunction:
    return scalar_of(activation(key), alpha)
