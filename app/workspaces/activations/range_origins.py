"""How the ends of a range were found: declared by the formula, or estimated from numbers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import grouped, power_of_ten
from app.kit.origin.facts import Fact, Parent
from app.workspaces.activations.keys import OUTPUT_SET, RANGE
from app.workspaces.activations.shown import Shown
from engine.activations.estimate import POINTS, REACH
from engine.activations.ranges import WITHIN
from engine.activations.supremum import FAR

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
    place = place.format(function=one.name)
    lower = key[-1] == LOW and len(key) > 3
    other = (*key[:3],) if lower else (*key[:3], LOW)
    names = rf"\sup\, {symbol}", rf"\inf\, {symbol}"
    return Fact(
        key,
        names[lower],
        place,
        low if lower else high,
        rf"{symbol}(x) \in {tight(markup.removeprefix(WITHIN))}",
        parents=(Parent(names[not lower], place, high if lower else low, other),),
        sentence=" ".join(filter(None, (_left_out(one, markup, of_f=of_f), _found(one)))),
    )


def _left_out(one: Shown, markup: str, *, of_f: bool) -> str:
    """What of the interval is not taken: values between its ends, and those that f' is only said to have."""
    said = []
    if markup.startswith(WITHIN):
        said.append(QCoreApplication.translate("RangeOrigins", "Not every value between the two ends is taken."))
    if not of_f and one.scalar.slope_jumps:
        text = QCoreApplication.translate(
            "RangeOrigins", "At a kink f has no slope: what is used there by agreement does not count."
        )
        said.append(text)
    return " ".join(said)


def _found(one: Shown) -> str:
    if not one.scalar.profile.estimated:
        return QCoreApplication.translate(
            "RangeOrigins", "It follows from the formula: it is declared with {function}, and a test holds it to that."
        ).format(function=one.name)
    text = QCoreApplication.translate(
        "RangeOrigins",
        "Estimated, not proved: worked out at {count} even places from {low} to {high}, closer where it changes"
        " fast and about the largest and the smallest, and further and further out, up to {far}, on both sides.",
    )
    far = power_of_ten(len(str(int(FAR[-1]))) - 1)
    return text.format(count=grouped(POINTS), low=grouped(-REACH), high=grouped(REACH), far=far)
