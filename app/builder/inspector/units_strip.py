"""The units of a layer beside one another: how often each is on, and which are in trouble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, Qt

from app.kit.capitals import in_capitals
from app.kit.drawing.columns import Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Group, Mark, Rect, Rectangle, Text, call, text_width
from app.kit.listing import joined
from app.kit.numbers import grouped, percent

HEAD, LABEL, SHARE, GAP = 18.0, 15.0, 14.0, 5.0
LABELLED, NUMBERED = 8, 32
"""Up to so many units have number and share written beneath them, or the number alone; more are plain bars."""
ROW = 16
TALL, SHORT = 30.0, 22.0
WIDEST = 40.0
INKS = {"dead": "danger", "saturated": "warning", "overgrown": "danger"}


@dataclass(frozen=True, slots=True)
class UnitsStrip:
    """``on``: each unit's share, 0 … 1. ``trouble``: by unit, ``dead``, ``saturated`` or ``overgrown``. ``between``: on
    means between two thresholds, as for tanh, rather than above one. ``selected``: the unit chosen on the canvas."""

    on: tuple[float, ...] = ()
    trouble: Mapping[int, str] = field(default_factory=dict)
    between: bool = False
    selected: int | None = None


def draw_units(strip: UnitsStrip, frame: Frame) -> Drawing:
    """Draw a bar for each unit, filled as often as it is on; the keys are the units."""
    boxes, line = bar_boxes(len(strip.on), frame.width)
    keys, blank = tuple(range(len(boxes))), ("",) * len(boxes)
    dead = tuple(boxes[unit] for unit, trouble in strip.trouble.items() if trouble == "dead")
    special = (*strip.trouble, strip.selected, frame.pointed)
    marks: list[Mark] = [
        *_head(strip.between),
        *(_plain_bars if len(boxes) > NUMBERED else _labelled_bars)(strip, boxes),
        Rectangles(dead, ("surface",) * len(dead)),
        Rectangles(dead, ("danger 50%",) * len(dead), pattern=Qt.BrushStyle.BDiagPattern),
        *(_rim(strip, unit, box) for unit, box in enumerate(boxes) if unit in special),
        Rectangles(
            tuple((left, top, wide, line) for left, top, wide, _ in boxes), blank, keys=keys, tips=call(_tip, strip),
            cursor=Qt.CursorShape.PointingHandCursor,
        ),
    ]  # fmt: skip
    return Drawing(
        tuple(marks),
        description=joined(f"{grouped(unit + 1)} {_word(trouble)}" for unit, trouble in sorted(strip.trouble.items())),
        order=keys,
        current=strip.selected,
        arrows_choose=True,
        height=max((top + line for _, top, _, _ in boxes), default=HEAD),
    )


def bar_boxes(count: int, width: float) -> tuple[tuple[Rect, ...], float]:
    """Return the bars of so many units, and the height of a row of them with what is written beneath."""
    few, numbered = count <= LABELLED, count <= NUMBERED
    columns = min(count, ROW) if numbered and not few else max(count, 1)
    line = TALL + LABEL + SHARE if few else SHORT + LABEL if numbered else TALL + GAP
    pitch = min(width / columns, WIDEST if few else width)
    gap = GAP if few else 3.0 if numbered else min(1.0, 0.2 * pitch)
    places = (divmod(unit, columns) for unit in range(count))
    wide, high = max(pitch - gap, 1.0), SHORT if numbered and not few else TALL
    return tuple((column * pitch, HEAD + row * line, wide, high) for row, column in places), line


def _head(between: bool) -> tuple[Mark, ...]:
    head = in_capitals(_tr("Units"))
    share = _tr("share of points at which each is not flat") if between else _tr("share of points that switch each on")
    left = text_width(head, 11, bold=True) + 5
    return (
        Text(head, (0, 0, left, HEAD - 4), 11, "text_muted", "left middle", bold=True),
        Text(f"· {share}", (left, 0, 400, HEAD - 4), 11, "text_muted", "left middle"),
    )


def _plain_bars(strip: UnitsStrip, boxes: tuple[Rect, ...]) -> list[Mark]:
    fills = tuple(_lower(box, share) for box, share in zip(boxes, strip.on, strict=True))
    return [Rectangles(boxes, ("track",) * len(boxes)), Rectangles(fills, ("positive 55%",) * len(fills))]


def _labelled_bars(strip: UnitsStrip, boxes: tuple[Rect, ...]) -> list[Mark]:
    """Draw bars with round corners, their number beneath, and for a few their share."""
    few = len(boxes) <= LABELLED
    marks: list[Mark] = []
    for unit, (box, share) in enumerate(zip(boxes, strip.on, strict=True)):
        left, top, wide, high = box
        ink = INKS.get(strip.trouble.get(unit, ""), "text")
        number = (left - 3, top + high + 1, wide + 6, LABEL - 1)
        bold = few or unit == strip.selected
        marks += [
            Rectangle(box, "track", corner=_corner(box)),
            Group(call(_full_bar, box), clip=_lower(box, share)),
            Text(grouped(unit + 1), number, 11 if few else 10, ink, bold=bold),
        ]
        if few:
            marks.append(Text(percent(share), (left - 4, top + high + LABEL, wide + 8, SHARE), 11, ink))
    return marks


def _full_bar(box: Rect) -> list[Mark]:
    return [Rectangle(box, "positive 55%", corner=_corner(box))]


def _lower(box: Rect, share: float) -> Rect:
    left, top, wide, high = box
    return left, top + (1 - share) * high, wide, share * high


def _corner(box: Rect) -> float:
    return min(4.0, box[2] / 4)


def _rim(strip: UnitsStrip, unit: int, box: Rect) -> Mark:
    trouble = strip.trouble.get(unit)
    ink, width = INKS.get(trouble or "", "accent"), 2.0 if unit == strip.selected else 1.4
    return Rectangle(box, "", ink, width, _corner(box), dashed=trouble == "saturated")


def _tip(strip: UnitsStrip, unit: int) -> str:
    trouble, share = strip.trouble.get(unit), percent(strip.on[unit])
    text = _tr("Unit {unit}: on for {share} of the training points").format(unit=grouped(unit + 1), share=share)
    return text if trouble is None else joined((text, _word(trouble)))


def _word(trouble: str) -> str:
    return {"dead": _tr("dead"), "saturated": _tr("saturated"), "overgrown": _tr("overgrown")}[trouble]


def _tr(text: str) -> str:
    return QCoreApplication.translate("UnitsStrip", text)
