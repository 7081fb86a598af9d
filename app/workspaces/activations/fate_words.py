"""What becomes of a layer's z under a function, in words and as one share."""

from __future__ import annotations

from math import isfinite

from PySide6.QtCore import QCoreApplication

from app.kit.listing import set_apart
from app.kit.numbers import NOTHING, grouped, percent
from app.workspaces.activations.shown import Shown
from app.workspaces.activations.zone_words import bounds_words, flat_words, limit_words
from engine.activations.profile import Profile
from engine.activations.saturation import least_slope
from engine.activations.shares import Shares


def fate_words(shown: Shown, shares: Shares | None) -> str:
    """The rule, and what of z and of units it says."""
    profile = shown.scalar.profile
    if not shown.by_itself:
        return QCoreApplication.translate("FateWords", "depends on all z at once: not counted")
    if profile.flat_everywhere:
        return QCoreApplication.translate("FateWords", "no slope at any z: nothing is learnt through it")
    if profile.measured is not None:
        return _measured_words(profile, shares)
    parts: list[str] = []
    if flat := flat_words(profile):
        off = QCoreApplication.translate("FateWords", "off, {where}")
        no_slope = QCoreApplication.translate("FateWords", "slope 0, {where}")
        parts.append((off if profile.silent else no_slope).format(where=flat))
        if shares is not None:
            parts.append(_dead_words(shares))
    if smooth := bounds_words(profile):
        parts.append(QCoreApplication.translate("FateWords", "saturated, {where}").format(where=smooth))
    return set_apart(parts) or QCoreApplication.translate("FateWords", "neither off nor saturated anywhere")


def _measured_words(profile: Profile, shares: Shares | None) -> str:
    """What each z was found to be under a typed function."""
    parts = without_number(shares)
    if shares is not None and shares.off is not None:
        parts += [QCoreApplication.translate("FateWords", "slope 0"), _dead_words(shares)]
    if isfinite(least_slope(profile.slope)):
        saturated = QCoreApplication.translate("FateWords", "saturated, {where}")
        parts.append(saturated.format(where=limit_words(profile)))
    else:
        parts.append(QCoreApplication.translate("FateWords", "saturation not counted: f′ has no largest value"))
    return set_apart(parts)


def _dead_words(shares: Shares) -> str:
    dead = QCoreApplication.translate("FateWords", "dead units: {dead} of {units}")
    return dead.format(dead=grouped(shares.dead), units=grouped(shares.units))


def without_number(shares: Shares | None) -> list[str]:
    """For how many z there is no value, or none that can be written."""
    parts: list[str] = []
    if shares is not None and shares.undefined:
        text = QCoreApplication.translate("FateWords", "undefined for {count} of {all} z")
        parts.append(text.format(count=grouped(shares.undefined), all=grouped(shares.count)))
    if shares is not None and shares.overflown:
        text = QCoreApplication.translate("FateWords", "too large for a number for {count} of {all} z")
        parts.append(text.format(count=grouped(shares.overflown), all=grouped(shares.count)))
    return parts


def lost_share(shown: Shown, shares: Shares | None) -> float | None:
    """The share through which nothing, or hardly anything, comes; None where it is not known, or cannot be said."""
    if shares is None or not shown.by_itself:
        return None
    if shares.lost is None and (shown.scalar.profile.measured is not None or shares.overflown):
        return None
    return shares.lost or 0.0


def share_words(shown: Shown, shares: Shares | None) -> str:
    """That share as it is printed."""
    if shown.by_itself and shares is None:
        return QCoreApplication.translate("FateWords", "not yet")
    value = lost_share(shown, shares)
    return NOTHING if value is None else percent(value)
