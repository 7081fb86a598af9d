"""How the ends of a range were found: declared by the formula, or measured on the shown axis."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import grouped, plain
from app.kit.origin.facts import Fact, Parent
from app.workspaces.activations.keys import OUTPUT_SET, RANGE
from app.workspaces.activations.shown import Shown
from app.workspaces.activations.zone_words import axis_words
from engine.activations.jumps import POINTS

LOW = "low"


def tight(markup: str) -> str:
    r"""A set whose first number keeps its sign to itself, which behind a brace would be spaced as a difference.

    >>> tight(r"\{-1, 1\}")
    '\\{{-}1, 1\\}'
    """
    return markup.replace(r"\{-", r"\{{-}")


def range_fact(shown: Sequence[Shown], key: Hashable) -> Fact | None:
    """(RANGE, OUTPUT_SET or SLOPE_SET, function): its upper end, from which one comes to the lower, the same with LOW
    behind; None where that function is compared no more."""
    if not isinstance(key, tuple) or key[0] != RANGE:
        return None
    one = next((one for one in shown if one.key == key[2]), None)
    if one is None:
        return None
    profile, of_f = one.scalar.profile, key[1] == OUTPUT_SET
    (low, high), markup = (profile.output, profile.output_set) if of_f else (profile.slope, profile.slope_set)
    symbol, place = ("f" if of_f else "f'"), QCoreApplication.translate("RangeOrigins", "{function}, over all x")
    if profile.measured is not None:
        place = QCoreApplication.translate("RangeOrigins", "{function}, on {axis}")
    place = place.format(function=one.name, axis=axis_words(profile))
    lower = key[-1] == LOW and len(key) > 3
    other = (*key[:3],) if lower else (*key[:3], LOW)
    names = rf"\sup\, {symbol}", rf"\inf\, {symbol}"
    return Fact(
        key,
        names[lower],
        place,
        low if lower else high,
        rf"{symbol}(x) \in {tight(markup)}",
        parents=(Parent(names[not lower], place, high if lower else low, other),),
        sentence=_found(one),
    )


def _found(one: Shown) -> str:
    profile = one.scalar.profile
    if profile.measured is None:
        return QCoreApplication.translate(
            "RangeOrigins", "It follows from the formula: it is declared with {function}, and a test holds it to that."
        ).format(function=one.name)
    text = QCoreApplication.translate(
        "RangeOrigins",
        "Measured at {count} even points from {low} to {high}, and closer about the largest and the smallest. Move or"
        " zoom the axis to measure elsewhere.",
    )
    low, high = (plain(end) for end in profile.measured)
    return text.format(count=grouped(POINTS), low=low, high=high)
