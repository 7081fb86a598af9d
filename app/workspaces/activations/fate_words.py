"""What becomes of a layer's z under a function, in words and as one share."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.listing import set_apart
from app.kit.numbers import NOTHING, grouped, percent
from app.workspaces.activations.shown import Shown
from app.workspaces.activations.zone_words import bounds_words, flat_words
from engine.activations.shares import Shares


def fate_words(shown: Shown, shares: Shares | None) -> str:
    """The rule, and what of z and of units it says."""
    profile = shown.scalar.profile
    if not shown.by_itself:
        return QCoreApplication.translate("FateWords", "depends on all z at once: not counted")
    if profile.flat_everywhere:
        return QCoreApplication.translate("FateWords", "no slope at any z: nothing is learnt through it")
    parts = without_number(shares)
    if flat := flat_words(profile):
        off = QCoreApplication.translate("FateWords", "off, {where}")
        no_slope = QCoreApplication.translate("FateWords", "slope 0, {where}")
        parts.append((off if profile.silent else no_slope).format(where=flat))
        if shares is not None:
            dead = QCoreApplication.translate("FateWords", "dead units: {dead} of {units}")
            parts.append(dead.format(dead=grouped(shares.dead), units=grouped(shares.units)))
    if smooth := bounds_words(profile):
        parts.append(QCoreApplication.translate("FateWords", "saturated, {where}").format(where=smooth))
    if profile.unruled:
        parts.append(QCoreApplication.translate("FateWords", "saturation not counted: f′ has no largest value"))
    return set_apart(parts) or QCoreApplication.translate("FateWords", "neither off nor saturated anywhere")


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
    if shares.lost is None and (shown.scalar.profile.unruled or shares.overflown):
        return None
    return shares.lost or 0.0


def share_words(shown: Shown, shares: Shares | None) -> str:
    """That share as it is printed."""
    if shown.by_itself and shares is None:
        return QCoreApplication.translate("FateWords", "not yet")
    value = lost_share(shown, shares)
    return NOTHING if value is None else percent(value)
