"""The keys of what can be pointed at, one of these kinds with the function's key; and a number that can be asked of."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication, Qt

from app.kit.drawing.marks import Line, Mark, Rect, Rectangle, text_width
from app.kit.drawing.number import NumberMark

Y, X, SLOPE = "y", "x", "slope"
"""The value at the cursor, the cursor itself, and the slope there."""
CURSOR = (X, "")
"""The cursor where it belongs to no function's formula."""
GIVEN = "given"
"""A parameter of an activation of one's own: (GIVEN, function, name)."""
MEAN, DEVIATION, SHARE = "mean", "deviation", "share"
"""Of a layer's z: (MEAN,), (DEVIATION,), (SHARE, function), (SHARE, OFF, SATURATED or UNDEFINED, function)."""
NOW = "now"
"""In place of a function: the one that the layer has."""
OFF, SATURATED, UNDEFINED = "off", "saturated", "undefined"
GAP = "gap"
"""(GAP,): how far the two GELUs are apart at most."""
RANGE = "range"
"""(RANGE, OUTPUT_SET or SLOPE_SET, function): between which values f or f' lies."""
OUTPUT_SET, SLOPE_SET = "output", "slope"
LOW = "low"
"""Behind these: the lower end."""


def asked_number(
    text: str, value: float, key: Hashable, name: str, place: Rect, size: float, *, pointed: Hashable,
    align: str = "left", is_lit: bool = False, is_hidden: bool = False,
) -> list[Mark]:  # fmt: skip
    """Draw a number, at one side of a place, that says where it comes from when it is clicked."""
    left, top, wide, high = place
    width = text_width(text, size, bold=True)
    start = left if align == "left" else left + wide - width
    marks: list[Mark] = []
    if is_lit:
        marks.append(Rectangle((start - 4.0, top + 1.0, width + 7.0, high - 2.0), "accent_soft", corner=4.0))
    if not is_hidden:
        y = round(top + high / 2 + 8.5)
        marks.append(Line((start, y), (start + width, y), "accent" if pointed == key else "border", cap="flat"))
    origin = QCoreApplication.translate("CursorTable", "Where does this number come from?")
    number = NumberMark(
        text, place, size, "accent" if pointed == key else "text", f"{align} middle", bold=True, value=value, key=key,
        tip=f"{name}\n{origin}", hidden=is_hidden, cursor=Qt.CursorShape.PointingHandCursor,
    )  # fmt: skip
    return [*marks, number]
