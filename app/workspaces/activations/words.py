"""What is said of a function: where it is flat, its slopes at a kink, and whether it suits a hidden layer."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose, isfinite

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed, set_apart
from app.kit.numbers import fixed, grouped, percent, plain, rounded, to_digits
from app.kit.translation import worded
from app.workspaces.activations.compared import SLOPE_DECIMALS, ComparedFunction
from engine.activations import Activation
from engine.activations.jumps import POINTS
from engine.activations.profile import Profile, Tail
from engine.activations.saturation import SATURATED_BELOW, least_slope
from engine.activations.scalar import is_same_place


def bounds_words(profile: Profile) -> str:
    """``|z| > 2.18``, ``z < −2.28``; empty where nothing saturates."""
    low, high = profile.bounds
    if isfinite(low) and isfinite(high):
        if isclose(-low, high, rel_tol=1e-6):
            return f"|z| > {fixed(high)}"
        return QCoreApplication.translate("ZoneWords", "z < {low} or z > {high}").format(
            low=fixed(low), high=fixed(high)
        )
    if isfinite(low):
        return f"z < {fixed(low)}"
    return f"z > {fixed(high)}" if isfinite(high) else ""


def flat_words(profile: Profile) -> str:
    """``z ≤ 0``: where f' is exactly 0; empty where it is nowhere."""
    low, high = profile.flat_below, profile.flat_above
    if profile.flat_everywhere:
        return QCoreApplication.translate("ZoneWords", "every z")
    parts = [f"z ≤ {fixed(low, 2 if low else 0)}"] if isfinite(low) else []
    parts += [f"z ≥ {fixed(high, 2 if high else 0)}"] if isfinite(high) else []
    return QCoreApplication.translate("ZoneWords", " or ").join(parts)


def limit_words(profile: Profile) -> str:
    """``|f′| < 0.054``: by which a z counts as saturated under a typed function."""
    return f"|f′| < {to_digits(least_slope(profile.slope), 2)}"


def axis_words(profile: Profile) -> str:
    """``−6 … 6``: where a typed function was measured; empty of one whose facts are declared."""
    return " … ".join(map(plain, profile.measured)) if profile.measured is not None else ""


def zone_words(function: Activation, profile: Profile) -> str:
    """The whole rule of a layer's present function; empty where it is flat nowhere."""
    name = worded(function.label)
    if function.is_typed:
        return QCoreApplication.translate("ZoneWords", "{function} is typed: its slope is taken at every z").format(
            function=name
        )
    smooth, flat = bounds_words(profile), flat_words(profile)
    if smooth:
        text = QCoreApplication.translate(
            "ZoneWords", "saturated for {function}: {where}, beyond which the slope stays below {slope} of its steepest"
        )
        return text.format(function=name, where=smooth, slope=percent(SATURATED_BELOW))
    if flat:
        off = QCoreApplication.translate("ZoneWords", "off for {function}: {where}, where the slope is exactly 0")
        no_slope = QCoreApplication.translate("ZoneWords", "slope 0 for {function}: {where}")
        text = off if profile.silent else no_slope
        return text.format(function=name, where=flat)
    return QCoreApplication.translate("ZoneWords", "{function} is flat nowhere").format(function=name)


SIDE_DIGITS, KNOWN_DIGITS, MOST_PLACES = 4, 6, 5


def slope_text(one: ComparedFunction, x: float) -> str:
    """f' as it is printed; both slopes, the left one first, at a kink that has two."""
    sides = one.scalar.sides_at(x)
    if sides is None or sides.at_one_side:
        return fixed(one.scalar.at(x)[1], SLOPE_DECIMALS)
    return f"{_printed(sides.left)} | {_printed(sides.right)}"


def slope_spoken(one: ComparedFunction, x: float) -> str:
    """The same in words that can be read out."""
    sides = one.scalar.sides_at(x)
    if sides is None or sides.at_one_side:
        return fixed(one.scalar.at(x)[1], SLOPE_DECIMALS)
    text = QCoreApplication.translate("ActivationSlopes", "{left} to the left and {right} to the right")
    return text.format(left=_printed(sides.left), right=_printed(sides.right))


def agreed_text(one: ComparedFunction, x: float) -> str:
    """What stands for the slope at a kink that has two; empty elsewhere."""
    sides = one.scalar.sides_at(x)
    if sides is None or sides.at_one_side:
        return ""
    if not isfinite(sides.at):
        return QCoreApplication.translate("ActivationSlopes", "PyTorch: none")
    return QCoreApplication.translate("ActivationSlopes", "PyTorch: {slope}").format(slope=_printed(sides.at))


def kink_sentence(one: ComparedFunction, x: float) -> str:
    """What f' is at a kink or a jump: no derivative, but what has been agreed on; empty elsewhere."""
    sides = one.scalar.sides_at(x)
    if sides is None:
        return _jump_sentence(one, x)
    text = QCoreApplication.translate(
        "ActivationSlopes",
        "f has a kink at x = {x}: slope {left} to the left, {right} to the right, so there is no derivative;"
        " PyTorch uses {at} there by convention.",
    )
    if not isfinite(sides.at):
        text = QCoreApplication.translate(
            "ActivationSlopes",
            "f has a kink at x = {x}: slope {left} to the left, {right} to the right, so there is no derivative;"
            " PyTorch has no number there.",
        )
    left, right, at = (_printed(side) for side in (sides.left, sides.right, sides.at))
    return text.format(x=to_digits(x, SIDE_DIGITS), left=left, right=right, at=at)


def _jump_sentence(one: ComparedFunction, x: float) -> str:
    slope = one.scalar.at(x)[1]
    if not isfinite(slope) or not any(is_same_place(jump.x, x) for jump in one.scalar.jumps):
        return ""
    text = QCoreApplication.translate(
        "ActivationSlopes", "f jumps at x = {x}, so there is no derivative; PyTorch uses {at} there by convention."
    )
    return text.format(x=to_digits(x, SIDE_DIGITS), at=_printed(slope))


def kink_places(one: ComparedFunction) -> str:
    """Where the kinks are, those nearest to 0 if there are many; empty where none is known."""
    kinks = [jump.x for jump in one.scalar.slope_jumps if one.scalar.sides_at(jump.x) is not None]
    if not kinks:
        return ""
    text = QCoreApplication.translate("ActivationSlopes", "Kinks at {places}")
    return text.format(places=_places_words(kinks))


def _places_words(places: Sequence[float]) -> str:
    """A few places, those nearest to 0 if there are many."""
    nearest = sorted(sorted(places, key=abs)[:MOST_PLACES])
    more = ["…"] if len(places) > MOST_PLACES else []
    return set_apart([*(f"x = {to_digits(x, SIDE_DIGITS)}" for x in nearest), *more])


def _printed(slope: float) -> str:
    """As short as it is: a slope to one side is that of a place a billionth beside."""
    return to_digits(rounded(slope, KNOWN_DIGITS), SIDE_DIGITS)


DIGITS = 3


def advice_on(shown: Sequence[ComparedFunction], *, hidden: bool) -> str:
    """A few sentences; empty where nothing is compared. ``hidden``: slopes are yet to be guessed."""
    declared = [one for one in shown if one.known is None]
    measured = [measured_words(one, hidden=hidden) for one in shown if one.known is not None]
    return " ".join([*_advice_on_declared(declared), *measured])


def measured_words(one: ComparedFunction, *, hidden: bool) -> str:
    """What 2,000 points of the shown axis say about a typed function."""
    profile = one.scalar.profile
    (low, high), (least, steepest) = (
        [to_digits(end, DIGITS) for end in ends] for ends in (profile.output, profile.slope)
    )
    said = [QCoreApplication.translate("Advice", "from {low} to {high}").format(low=low, high=high)]
    if not hidden:
        slopes = QCoreApplication.translate("Advice", "slope {low} to {high}")
        said.append(slopes.format(low=least, high=steepest))
    if profile.continuous:
        whole = QCoreApplication.translate("Advice", "continuous as far as {count} points show")
    elif one.scalar.jumps:
        whole = QCoreApplication.translate("Advice", "it jumps or ends at {places}")
    else:
        whole = QCoreApplication.translate("Advice", "it has no value somewhere")
    text = QCoreApplication.translate("Advice", "{name} on {axis}: {facts}; {whole}.")
    whole = whole.format(count=grouped(POINTS), places=_places_words([jump.x for jump in one.scalar.jumps]))
    return text.format(name=one.name, axis=axis_words(profile), facts=listed(said), whole=whole)


def _advice_on_declared(shown: Sequence[ComparedFunction]) -> list[str]:
    groups: dict[str, list[str]] = {}
    for one in shown:
        groups.setdefault(_why_not(one), []).append(one.name)
    dying = [
        one.name
        for one in shown
        if not _why_not(one) and Tail.FLAT in (one.scalar.profile.left, one.scalar.profile.right)
    ]
    said = []
    if fitting := groups.pop("", []):
        text = QCoreApplication.translate("Advice", "For a hidden layer: {names}, whose slope lasts on a side.")
        said.append(text.format(names=listed(fitting)))
    elif shown:
        said.append(QCoreApplication.translate("Advice", "For a hidden layer: none of these; try ReLU or GELU."))
    if dying:
        text = QCoreApplication.translate("Advice", "{names} can die where it is flat.")
        said.append(text.format(names=listed(dying)))
    said += [why.format(names=listed(names)) for why, names in groups.items()]
    return said


def _why_not(one: ComparedFunction) -> str:
    """Why a hidden layer had better not take it, with room for names; empty where it may."""
    profile = one.scalar.profile
    if not one.by_itself:
        return QCoreApplication.translate("Advice", "{names}: for an output, whose shares add up to 1.")
    if profile.flat_everywhere:
        return QCoreApplication.translate("Advice", "{names}: no slope anywhere, nothing is learnt.")
    if not profile.continuous:
        return QCoreApplication.translate("Advice", "{names}: jumps, or has no value, somewhere.")
    if profile.slope[0] == profile.slope[1]:
        return QCoreApplication.translate("Advice", "{names}: a straight line; many such layers are no more than one.")
    if _vanishes(profile):
        return QCoreApplication.translate("Advice", "{names}: no slope left at either end, gradients vanish.")
    return ""


def _vanishes(profile: Profile) -> bool:
    """Whether the slope tends to 0, or is 0, on both sides."""
    return Tail.STEEP not in (profile.left, profile.right)
