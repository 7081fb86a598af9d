"""Which of the compared functions a hidden layer had better take, and why: the check list drawn together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.workspaces.activations.shown import Shown
from engine.activations.profile import Profile, Tail


def advice_on(shown: Sequence[Shown]) -> str:
    """A few sentences; empty where nothing is compared."""
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
    return " ".join(said)


def _why_not(one: Shown) -> str:
    """Why a hidden layer had better not take it, with room for names; empty where it may."""
    profile = one.scalar.profile
    if not one.by_itself:
        return QCoreApplication.translate("Advice", "{names}: for an output, whose shares add up to 1.")
    if profile.flat_everywhere:
        return QCoreApplication.translate("Advice", "{names}: no slope anywhere, nothing is learnt.")
    if not profile.continuous:
        return QCoreApplication.translate("Advice", "{names}: jumps, or has no value, somewhere.")
    if profile.endless_slope:
        return QCoreApplication.translate("Advice", "{names}: slope without bound, gradients can explode.")
    if profile.slope[0] == profile.slope[1]:
        return QCoreApplication.translate("Advice", "{names}: a straight line; many such layers are no more than one.")
    if _vanishes(profile):
        return QCoreApplication.translate("Advice", "{names}: no slope left at either end, gradients vanish.")
    return ""


def _vanishes(profile: Profile) -> bool:
    """Whether the slope tends to 0, or is 0, on both sides."""
    return Tail.STEEP not in (profile.left, profile.right)
