"""Sentences on a function: where it is flat, its slopes at a kink, and whether it suits a hidden layer."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose, isfinite, isnan

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed, set_apart
from app.kit.numbers import fixed, grouped, percent, plain, rounded, to_digits
from app.kit.translation import worded
from app.kit.verdict_words import trouble_words
from app.workspaces.activations.functions import SLOPE_DECIMALS, ComparedFunction, value_text
from engine.activations import Activation
from engine.activations.jumps import POINTS
from engine.activations.profile import Profile, Tail
from engine.activations.saturation import SATURATED_BELOW, saturation_limit
from engine.activations.scalar import ScalarFunction, is_same_place
from engine.problems import filled_in


def bounds_words(profile: Profile) -> str:
    """``|z| > 2.18``, ``z < −2.28``; empty where nothing saturates."""
    low, high = profile.bounds
    if isfinite(low) and isfinite(high):
        if isclose(-low, high, rel_tol=1e-6):
            return f"|z| > {fixed(high)}"
        return _tr("z < {low} or z > {high}").format(low=fixed(low), high=fixed(high))
    if isfinite(low):
        return f"z < {fixed(low)}"
    return f"z > {fixed(high)}" if isfinite(high) else ""


def flat_words(profile: Profile) -> str:
    """``z ≤ 0``: where f' is exactly 0; empty where it is nowhere."""
    low, high = profile.flat_below, profile.flat_above
    if profile.flat_everywhere:
        return _tr("every z")
    parts = [f"z ≤ {fixed(low, 2 if low else 0)}"] if isfinite(low) else []
    parts += [f"z ≥ {fixed(high, 2 if high else 0)}"] if isfinite(high) else []
    return _tr(" or ").join(parts)


def limit_words(profile: Profile) -> str:
    """``|f′| < 0.054``: by which a z counts as saturated under a typed function; empty where none does."""
    limit = saturation_limit(profile.slope)
    return "" if limit is None else f"|f′| < {to_digits(limit, 2)}"


def axis_words(profile: Profile) -> str:
    """``−6 … 6``: where a typed function was measured; empty of one whose facts are declared."""
    return " … ".join(map(plain, profile.measured)) if profile.measured is not None else ""


def zone_words(function: Activation, profile: Profile) -> tuple[str, ...]:
    """The whole rule of a layer's present function, the fullest first."""
    name = worded(function.label)
    if function.is_typed:
        return (_tr("{function} is typed: its slope is taken at every z").format(function=name),)
    smooth, flat = bounds_words(profile), flat_words(profile)
    if smooth:
        whole = _tr("saturated for {function}: {where}, where the slope stays below {slope} of its largest")
        return tuple(
            text.format(function=name, where=smooth, slope=percent(SATURATED_BELOW))
            for text in (whole, _tr("saturated for {function}: {where}"))
        )
    if flat:
        off = _tr("off for {function}: {where}, where the slope is exactly 0")
        no_slope = _tr("slope 0 for {function}: {where}")
        texts = (off, _tr("off for {function}: {where}")) if profile.silent else (no_slope,)
        return tuple(text.format(function=name, where=flat) for text in texts)
    return (_tr("{function} is flat nowhere").format(function=name),)


SIDE_DIGITS, KNOWN_DIGITS, MOST_PLACES = 4, 6, 5


def slope_text(function: ComparedFunction, x: float) -> str:
    """f' as it is printed; both slopes, the left one first, at a kink that has two."""
    sides = function.scalar.sides_at(x)
    if sides is None or sides.at_one_side:
        return value_text(function.scalar.at(x)[1], SLOPE_DECIMALS)
    return f"{_printed(sides.left)} | {_printed(sides.right)}"


def slope_spoken(function: ComparedFunction, x: float) -> str:
    """The same in words that can be read out."""
    sides = function.scalar.sides_at(x)
    if sides is None or sides.at_one_side:
        return value_text(function.scalar.at(x)[1], SLOPE_DECIMALS)
    text = _tr("{left} to the left and {right} to the right")
    return text.format(left=_printed(sides.left), right=_printed(sides.right))


def agreed_text(function: ComparedFunction, x: float) -> str:
    """Return what stands for the slope at a kink that has two; empty elsewhere."""
    sides = function.scalar.sides_at(x)
    if sides is None or sides.at_one_side:
        return ""
    if not isfinite(sides.at):
        return _tr("PyTorch: none")
    return _tr("PyTorch: {slope}").format(slope=_printed(sides.at))


def kink_sentence(function: ComparedFunction, x: float) -> str:
    """Return what f' is at a kink or a jump: no derivative, but what has been agreed on; empty elsewhere."""
    sides = function.scalar.sides_at(x)
    if sides is None:
        return _jump_sentence(function, x)
    text = _tr(
        "f has a kink at x = {x}: slope {left} to the left, {right} to the right, so there is no derivative;"
        " PyTorch uses {at} there by convention.",
    )
    if not isfinite(sides.at):
        text = _tr(
            "f has a kink at x = {x}: slope {left} to the left, {right} to the right, so there is no "
            "derivative; PyTorch gives no number there.",
        )
    left, right, here = (_printed(side) for side in (sides.left, sides.right, sides.at))
    return text.format(x=to_digits(x, SIDE_DIGITS), left=left, right=right, at=here)


def _jump_sentence(function: ComparedFunction, x: float) -> str:
    slope = function.scalar.at(x)[1]
    jump = next((jump for jump in function.scalar.jumps if is_same_place(jump.x, x)), None)
    if jump is None or not isfinite(slope):
        return ""
    text = _tr("f jumps at x = {x}, so there is no derivative; PyTorch uses {at} there by convention.")
    if jump.is_end:
        text = _tr("f ends at x = {x}, so there is no derivative; PyTorch uses {at} there by convention.")
    return text.format(x=to_digits(x, SIDE_DIGITS), at=_printed(slope))


def kink_places(function: ComparedFunction) -> str:
    """Return where the kinks are, those nearest to 0 if there are many; empty where none is known."""
    kinks = [jump.x for jump in function.scalar.slope_jumps if function.scalar.sides_at(jump.x) is not None]
    if not kinks:
        return ""
    text = _tr("Kinks at {places}")
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
    """A few sentences; empty where nothing is compared. ``hidden``: slopes are yet to be guessed: then nothing is said
    of declared functions, since that is about slopes."""
    declared = [function for function in shown if function.known is None and not hidden]
    measured = [measured_words(function, hidden=hidden) for function in shown if function.known is not None]
    return " ".join([*_advice_on_declared(declared), *measured])


def measured_words(function: ComparedFunction, *, hidden: bool) -> str:
    """Return what 2,000 points of the shown axis say about a typed function."""
    profile = function.scalar.profile
    if isnan(profile.output[0]):
        text = _tr("{name} on {axis}: no value at any of {count} points.")
        return text.format(name=function.name, axis=axis_words(profile), count=grouped(POINTS))
    (low, high), (least, steepest) = (
        [to_digits(end, DIGITS) for end in ends] for ends in (profile.output, profile.slope)
    )
    constant, ranging = _tr("{value} everywhere"), _tr("from {low} to {high}")
    sentences = [(constant if low == high else ranging).format(value=low, low=low, high=high)]
    if not hidden:
        constant, ranging = _tr("slope {slope} everywhere"), _tr("slope {low} to {high}")
        if not profile.differentiable:
            constant = _tr("slope {slope} wherever it has one")
        sentences.append((constant if least == steepest else ranging).format(slope=least, low=least, high=steepest))
    text, whole = _tr("{name} on {axis}: {facts}; {whole}."), set_apart(_whole_words(function.scalar))
    return text.format(name=function.name, axis=axis_words(profile), facts=listed(sentences), whole=whole)


def _whole_words(function: ScalarFunction) -> list[str]:
    """Whether a typed function is continuous, and where it jumps or ends."""
    if function.profile.continuous:
        return [_tr("continuous as far as {count} points show").format(count=grouped(POINTS))]
    parts = []
    if jumps := [jump.x for jump in function.jumps if not jump.is_end]:
        parts.append(_tr("it jumps at {places}").format(places=_places_words(jumps)))
    if ends := [jump.x for jump in function.jumps if jump.is_end]:
        text = _tr("it ends at {places} and has no value beyond")
        if function.profile.has_single_values:
            text = _tr("it ends at {places}; beyond, it has values only at isolated points")
        parts.append(text.format(places=_places_words(ends)))
    return parts or [_tr("it has no value somewhere")]


def _advice_on_declared(shown: Sequence[ComparedFunction]) -> list[str]:
    groups: dict[str, list[str]] = {}
    for function in shown:
        groups.setdefault(_why_not(function), []).append(function.name)
    dying = [
        function.name
        for function in shown
        if not _why_not(function) and Tail.FLAT in (function.scalar.profile.left, function.scalar.profile.right)
    ]
    sentences = []
    if fitting := groups.pop("", []):
        text = _tr("For a hidden layer: {names}, sloped on at least one side.")
        sentences.append(text.format(names=listed(fitting)))
    elif shown:
        sentences.append(_tr("For a hidden layer: none of these; try ReLU or GELU."))
    if dying:
        text = _tr("{names} can die where {count:it's|they're} flat.")
        sentences.append(filled_in(text, {"names": listed(dying), "count": len(dying)}))
    sentences += [why.format(names=listed(names), **trouble_words()) for why, names in groups.items()]
    return sentences


def _why_not(function: ComparedFunction) -> str:
    """Why a hidden layer had better not take it, with room for names; empty where it may."""
    profile = function.scalar.profile
    if not function.by_itself:
        return _tr("{names}: for an output whose values add up to 1.")
    if profile.flat_everywhere:
        return _tr("{names}: no slope anywhere, so nothing is learnt.")
    if not profile.continuous:
        return _tr("{names}: jumps, or has no value, somewhere.")
    if profile.slope[0] == profile.slope[1]:
        return _tr("{names}: a straight line; many such layers do no more than one.")
    if _vanishes(profile):
        return _tr("{names}: no slope at either end, so the gradient is soon {vanishing_word}.")
    return ""


def _vanishes(profile: Profile) -> bool:
    """Return whether the slope tends to 0, or is 0, on both sides."""
    return Tail.STEEP not in (profile.left, profile.right)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivationWords", text)
