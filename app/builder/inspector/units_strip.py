"""The units of a layer beside one another: how often each is on, and which are in trouble."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, Qt

from app.builder.canvas.badges import UnitTroubles
from app.kit.capitals import in_capitals
from app.kit.drawing.columns import Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Group, Mark, Rect, Rectangle, Text, call, text_width
from app.kit.listing import joined
from app.kit.numbers import grouped, percent
from app.kit.verdict_words import trouble_word
from engine.training.verdicts import Trouble

HEAD, LABEL, SHARE, GAP = 18.0, 15.0, 14.0, 5.0
LABELLED, NUMBERED = 8, 32
"""Up to so many units have number and share written beneath them, or the number alone; more are plain bars."""
ROW = 16
TALL, SHORT = 30.0, 22.0
WIDEST = 40.0


@dataclass(frozen=True, slots=True)
class UnitsStrip:
    """``on``: each unit's share, 0 … 1. ``trouble``: by unit, in the canvas's colours. ``between``: on means between
    two thresholds, as for tanh, rather than above one. ``selected``: the unit chosen on the canvas. ``undefined``: each
    unit's share of points at which its function has no value; empty where it has one everywhere."""

    on: tuple[float, ...] = ()
    trouble: UnitTroubles = field(default_factory=dict)
    between: bool = False
    selected: int | None = None
    undefined: tuple[float, ...] = ()


def draw_units(strip: UnitsStrip, frame: Frame) -> Drawing:
    """Draw a bar for each unit, filled as often as it is on; the keys are the units."""
    boxes, line = bar_boxes(len(strip.on), frame.width)
    keys, blank = tuple(range(len(boxes))), ("",) * len(boxes)
    dead = [unit for unit, (trouble, _tone) in strip.trouble.items() if trouble is Trouble.DEAD]
    blanks = tuple(boxes[unit] for unit in dead)
    undefined = tuple(_upper(box, share) for box, share in zip(boxes, strip.undefined, strict=False))
    special = (*strip.trouble, strip.selected, frame.pointed)
    marks: list[Mark] = [
        *_head(strip),
        *(_plain_bars if len(boxes) > NUMBERED else _labelled_bars)(strip, boxes),
        Rectangles(blanks, ("surface",) * len(dead)),
        Rectangles(
            blanks, tuple(f"{strip.trouble[unit][1]} 50%" for unit in dead), pattern=Qt.BrushStyle.BDiagPattern
        ),
        Rectangles(undefined, ("text_muted 70%",) * len(undefined), pattern=Qt.BrushStyle.FDiagPattern),
        *(_rim(strip, unit, box) for unit, box in enumerate(boxes) if unit in special),
        Rectangles(
            tuple((left, top, wide, line) for left, top, wide, _ in boxes), blank, keys=keys, tips=call(_tip, strip),
            cursor=Qt.CursorShape.PointingHandCursor,
        ),
    ]  # fmt: skip
    return Drawing(
        tuple(marks),
        description=joined(
            f"{grouped(unit + 1)} {trouble_word(trouble)}" for unit, (trouble, _tone) in sorted(strip.trouble.items())
        ),
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


def _head(strip: UnitsStrip) -> tuple[Mark, ...]:
    head = in_capitals(_tr("Units"))
    share = _tr("share of points that activate each")
    if strip.between:
        share = _tr("share of points where each one isn't flat")
    elif strip.undefined:
        share = _tr("share of points each is on; hatched: undefined")
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
        ink = _ink(strip, unit, "text")
        number = (left - 3, top + high + 1, wide + 6, LABEL - 1)
        bold = few or unit == strip.selected
        marks += [
            Rectangle(box, "track", corner=_corner(box)),
            Group(call(_full_bar, box), clip=_lower(box, share)),
            Text(grouped(unit + 1), number, 11 if few else 10, ink, bold=bold),
        ]
        if few:
            text = _tr("undef.") if strip.undefined and strip.undefined[unit] == 1.0 else percent(share)
            marks.append(Text(text, (left - 4, top + high + LABEL, wide + 8, SHARE), 11, ink))
    return marks


def _full_bar(box: Rect) -> list[Mark]:
    return [Rectangle(box, "positive 55%", corner=_corner(box))]


def _lower(box: Rect, share: float) -> Rect:
    left, top, wide, high = box
    return left, top + (1 - share) * high, wide, share * high


def _upper(box: Rect, share: float) -> Rect:
    left, top, wide, high = box
    return left, top, wide, share * high


def _ink(strip: UnitsStrip, unit: int, usual: str) -> str:
    return strip.trouble[unit][1] if unit in strip.trouble else usual


def _corner(box: Rect) -> float:
    return min(4.0, box[2] / 4)


def _rim(strip: UnitsStrip, unit: int, box: Rect) -> Mark:
    dashed = unit in strip.trouble and strip.trouble[unit][0] is Trouble.SATURATED
    width = 2.0 if unit == strip.selected else 1.4
    return Rectangle(box, "", _ink(strip, unit, "accent"), width, _corner(box), dashed=dashed)


def _tip(strip: UnitsStrip, unit: int) -> str:
    share = percent(strip.on[unit])
    text = _tr("Unit {unit}: on for {share} of the training points").format(unit=grouped(unit + 1), share=share)
    if strip.undefined and strip.undefined[unit]:
        text = joined((text, _tr("undefined for {share}").format(share=percent(strip.undefined[unit]))))
    return joined((text, trouble_word(strip.trouble[unit][0]))) if unit in strip.trouble else text


def _tr(text: str) -> str:
    return QCoreApplication.translate("UnitsStrip", text)
