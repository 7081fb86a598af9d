"""A comparison of activations as it is kept: which ones, at which parameters, over which stretch of x."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from engine.activations.kinds import ACTIVATIONS
from engine.problems import Misfit, declare

MOST_CHOSEN = 5
"""More curves than that are not told apart."""
MOST_OWN = 3
OWN = re.compile(r"^own-[1-9]$")
REACH = 1000.0
LEAST_SPAN = 1e-3
PIXELS = 1000.0
NO_ACTIVATION = declare(
    "activation.none-such", "chosen names the activation “{key}”, which isn't known. Remove it or correct its name."
)
TWICE = declare("activation.twice", "{field} has the same value twice; give each its own.")
NO_SPAN = declare(
    "activation.no-span", "high is {high} and low is {low}; high must be greater than low by {least} or more."
)
LONGEST_EXPRESSION = 400

Place = Annotated[FiniteFloat, Field(ge=-REACH, le=REACH)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Chosen(_Frozen):
    """A function that is compared; ``colour`` is its place among the series, and stays while it is compared."""

    key: str
    colour: Annotated[int, Field(ge=0, lt=MOST_CHOSEN)]


class OwnActivation(_Frozen):
    """An expression in x that a person has typed, with the values of the other names in it."""

    key: Annotated[str, Field(pattern=OWN.pattern)]
    text: Annotated[str, Field(max_length=LONGEST_EXPRESSION, pattern=r"^[^\r\n]*$")]
    parameters: dict[Annotated[str, Field(max_length=40)], Place] = Field(default_factory=dict, max_length=8)


class Comparison(_Frozen):
    """``gamma``, ``alpha``: of Leaky ReLU and ELU. ``low``, ``high``: the ends of the x axis, the cursor within."""

    chosen: Annotated[tuple[Chosen, ...], Field(max_length=MOST_CHOSEN)] = ()
    gamma: Annotated[FiniteFloat, Field(ge=0.0, le=1.0)] = 0.01
    alpha: Annotated[FiniteFloat, Field(ge=0.0, le=3.0)] = 1.0
    own: Annotated[tuple[OwnActivation, ...], Field(max_length=MOST_OWN)] = ()
    cursor: Place = 1.2
    low: Place = -6.0
    high: Place = 6.0

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        known = {*ACTIVATIONS, *(one.key for one in self.own)}
        keys = [one.key for one in self.chosen]
        if unknown := [key for key in keys if key not in known]:
            raise Misfit(NO_ACTIVATION(key=unknown[0]))
        colours = [one.colour for one in self.chosen]
        lists: dict[str, Sequence[object]] = {
            "chosen.key": keys,
            "chosen.colour": colours,
            "own.key": [one.key for one in self.own],
        }
        for field, values in lists.items():
            if len(set(values)) < len(values):
                raise Misfit(TWICE(field=field))
        if self.high - self.low < LEAST_SPAN:
            raise Misfit(NO_SPAN(low=self.low, high=self.high, least=LEAST_SPAN))
        return self


FIRST = Comparison(
    chosen=tuple(Chosen(key=key, colour=at) for at, key in enumerate(("logistic", "tanh", "relu", "gelu")))
)
"""What a new comparison begins with: the two that saturate, the one that dies, the smooth one."""


def with_toggled(now: Comparison, key: str) -> Comparison:
    """With a function taken in or left out. A new one takes the first colour that is free; where all are taken it takes
    the place, and the colour, of the one that was chosen first."""
    left = tuple(one for one in now.chosen if one.key != key)
    if len(left) < len(now.chosen):
        return now.model_copy(update={"chosen": left})
    if len(left) == MOST_CHOSEN:
        left = left[1:]
    free = next(colour for colour in range(MOST_CHOSEN) if colour not in {one.colour for one in left})
    return now.model_copy(update={"chosen": (*left, Chosen(key=key, colour=free))})


def with_chosen(now: Comparison, wanted: Mapping[str, bool]) -> Comparison:
    """With some functions taken in and others left out, whichever they are not yet."""
    for key, on in sorted(wanted.items(), key=lambda one: one[1]):
        if on is not any(one.key == key for one in now.chosen):
            now = with_toggled(now, key)
    return now


PARAMETER_OF = {
    key: one.parameter.name
    for key, one in ACTIVATIONS.items()
    if one.parameter is not None and one.parameter.name in Comparison.model_fields
}
"""The field of a comparison that holds the parameter of an activation."""


def with_parameter(now: Comparison, field: str, number: float) -> Comparison:
    """With another γ or α, held within its bounds; its activation is taken in where there is room, so that it is seen
    what the number does."""
    key = next(key for key, name in PARAMETER_OF.items() if name == field)
    parameter = ACTIVATIONS[key].parameter
    assert parameter is not None  # such an activation has one
    number = min(max(number, parameter.minimum), parameter.maximum)
    if len(now.chosen) < MOST_CHOSEN:
        now = with_chosen(now, {key: True})
    return now.model_copy(update={field: number})


def free_key(now: Comparison) -> str | None:
    """The key of the next activation of one's own; None where there are as many as there may be."""
    taken = {one.key for one in now.own}
    return next((key for number in range(1, MOST_OWN + 1) if (key := f"own-{number}") not in taken), None)


def with_own(now: Comparison, own: OwnActivation) -> Comparison:
    """With an activation of one's own in place of the one of its key; a new one is compared at once."""
    known = {one.key: one for one in now.own}
    new = own.key not in known
    known[own.key] = own
    after = now.model_copy(update={"own": tuple(known[key] for key in sorted(known))})
    return with_chosen(after, {own.key: True}) if new else after


def with_own_parameter(now: Comparison, key: str, name: str, number: float) -> Comparison:
    """With another value of a parameter of an activation of one's own, held within bounds."""
    number = min(max(number, -REACH), REACH)
    own = next(one for one in now.own if one.key == key)
    return with_own(now, own.model_copy(update={"parameters": {**own.parameters, name: number}}))


def without_own(now: Comparison, key: str) -> Comparison:
    """Without an activation of one's own, which is compared no more either."""
    left = with_chosen(now, {key: False})
    return left.model_copy(update={"own": tuple(one for one in now.own if one.key != key)})


def with_own_of(now: Comparison, key: str, before: Comparison) -> Comparison:
    """With an activation of one's own as it was before, or without it where there was none; then what had to make room
    for it is compared again."""
    own = next((one for one in before.own if one.key == key), None)
    if own is not None:
        return with_own(now, own)
    left = without_own(now, key)
    return left.model_copy(update={"chosen": before.chosen}) if len(left.chosen) < len(before.chosen) else left


def with_range(now: Comparison, low: float, high: float) -> Comparison:
    """Over another stretch of x, held within bounds; the cursor stays in sight."""
    span = min(max(high - low, LEAST_SPAN), 2 * REACH)
    low = min(max(low, -REACH), REACH - span)
    return now.model_copy(update={"low": low, "high": low + span, "cursor": _held(now.cursor, low, low + span)})


def _held(x: float, low: float, high: float) -> float:
    """x where it is on the axis, else the nearest number there that is as short as a pixel allows.

    >>> _held(1.2, 1.22538891, 1.331), _held(9.0, -6.003, 6.003)
    (1.2254, 6.0)
    """
    if low <= x <= high:
        return x
    unit = 10.0 ** decimals_of(low, high)
    short = ceil(low * unit) / unit if x < low else floor(high * unit) / unit
    return min(max(short, low), high)


def decimals_of(low: float, high: float) -> int:
    """So many decimals of x tell one pixel of a plot from the next.

    >>> decimals_of(-6.0, 6.0), decimals_of(0.0, 0.5), decimals_of(-500.0, 500.0)
    (2, 4, 0)
    """
    return max(0, ceil(-log10((high - low) / PIXELS)))


def with_cursor(now: Comparison, x: float) -> Comparison:
    """Return it with the cursor at x, held within the axis."""
    return now.model_copy(update={"cursor": _held(x, now.low, now.high)})


def with_cursor_of(now: Comparison, other: Comparison) -> Comparison:
    """The other with this one's cursor: the same as this one where that alone has moved."""
    return other.model_copy(update={"cursor": now.cursor})
