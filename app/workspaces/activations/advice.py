"""Which of the compared functions suit a hidden layer, and why; of typed ones, what was measured."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.kit.numbers import grouped, to_digits
from app.workspaces.activations.shown import Shown
from app.workspaces.activations.zone_words import axis_words
from engine.activations.jumps import POINTS
from engine.activations.profile import Profile, Tail

DIGITS = 3


def advice_on(shown: Sequence[Shown], *, hidden: bool) -> str:
    """A few sentences; empty where nothing is compared. ``hidden``: slopes are yet to be guessed."""
    declared = [one for one in shown if one.known is None]
    measured = [measured_words(one, hidden=hidden) for one in shown if one.known is not None]
    return " ".join([*_advice_on_declared(declared), *measured])


def measured_words(one: Shown, *, hidden: bool) -> str:
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
    else:
        whole = QCoreApplication.translate("Advice", "it jumps or has no value somewhere")
    text = QCoreApplication.translate("Advice", "{name} on {axis}: {facts}; {whole}.")
    whole = whole.format(count=grouped(POINTS))
    return text.format(name=one.name, axis=axis_words(profile), facts=listed(said), whole=whole)


def _advice_on_declared(shown: Sequence[Shown]) -> list[str]:
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


def _why_not(one: Shown) -> str:
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
