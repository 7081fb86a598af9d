"""Where a function is flat, in words: the rule by which z are counted as off or saturated."""

from __future__ import annotations

from math import isclose, isfinite

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import fixed, plain, to_digits
from app.kit.translation import worded
from engine.activations import Activation
from engine.activations.profile import Profile
from engine.activations.saturation import least_slope


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
            "ZoneWords", "saturated for {function}: {where}, beyond which the slope stays below 5 % of its steepest"
        )
        return text.format(function=name, where=smooth)
    if flat:
        off = QCoreApplication.translate("ZoneWords", "off for {function}: {where}, where the slope is exactly 0")
        no_slope = QCoreApplication.translate("ZoneWords", "slope 0 for {function}: {where}")
        text = off if profile.silent else no_slope
        return text.format(function=name, where=flat)
    return QCoreApplication.translate("ZoneWords", "{function} is flat nowhere").format(function=name)
