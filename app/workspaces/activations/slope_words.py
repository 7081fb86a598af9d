"""The slope at the cursor in words: one number, or two where f has a kink and f' is none of both sides."""

from __future__ import annotations

from math import isfinite

from PySide6.QtCore import QCoreApplication

from app.kit.listing import set_apart
from app.kit.numbers import fixed, rounded, to_digits
from app.workspaces.activations.shown import SLOPE_DECIMALS, Shown
from engine.activations.scalar import is_same_place

SIDE_DIGITS, KNOWN_DIGITS, MOST_PLACES = 4, 6, 5


def slope_text(one: Shown, x: float) -> str:
    """f' as it is printed; both slopes, the left one first, at a kink that has two."""
    sides = one.scalar.sides_at(x)
    if sides is None or sides.at_one_side:
        return fixed(one.scalar.at(x)[1], SLOPE_DECIMALS)
    return f"{_printed(sides.left)} | {_printed(sides.right)}"


def slope_spoken(one: Shown, x: float) -> str:
    """The same in words that can be read out."""
    sides = one.scalar.sides_at(x)
    if sides is None or sides.at_one_side:
        return fixed(one.scalar.at(x)[1], SLOPE_DECIMALS)
    text = QCoreApplication.translate("ActivationSlopes", "{left} to the left and {right} to the right")
    return text.format(left=_printed(sides.left), right=_printed(sides.right))


def agreed_text(one: Shown, x: float) -> str:
    """What stands for the slope at a kink that has two; empty elsewhere."""
    sides = one.scalar.sides_at(x)
    if sides is None or sides.at_one_side:
        return ""
    if not isfinite(sides.at):
        return QCoreApplication.translate("ActivationSlopes", "PyTorch: none")
    return QCoreApplication.translate("ActivationSlopes", "PyTorch: {slope}").format(slope=_printed(sides.at))


def kink_sentence(one: Shown, x: float) -> str:
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


def _jump_sentence(one: Shown, x: float) -> str:
    slope = one.scalar.at(x)[1]
    if not isfinite(slope) or not any(is_same_place(jump.x, x) for jump in one.scalar.jumps):
        return ""
    text = QCoreApplication.translate(
        "ActivationSlopes", "f jumps at x = {x}, so there is no derivative; PyTorch uses {at} there by convention."
    )
    return text.format(x=to_digits(x, SIDE_DIGITS), at=_printed(slope))


def kink_places(one: Shown) -> str:
    """Where the kinks are, those nearest to 0 if there are many; empty where none is known."""
    kinks = [jump.x for jump in one.scalar.slope_jumps if one.scalar.sides_at(jump.x) is not None]
    if not kinks:
        return ""
    nearest = sorted(kinks, key=abs)
    places = set_apart(f"x = {to_digits(x, SIDE_DIGITS)}" for x in sorted(nearest[:MOST_PLACES]))
    text = QCoreApplication.translate("ActivationSlopes", "Kinks at {places}")
    if len(nearest) > MOST_PLACES:
        text = QCoreApplication.translate("ActivationSlopes", "Kinks at {places}, and elsewhere")
    return text.format(places=places)


def _printed(slope: float) -> str:
    """As short as it is: a slope to one side is that of a place a billionth beside."""
    return to_digits(rounded(slope, KNOWN_DIGITS), SIDE_DIGITS)
