"""A bar for every class, as long as the network finds it likely."""

from __future__ import annotations

from dataclasses import dataclass

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rectangle, Text, text_width
from app.kit.drawing.number import Number
from app.kit.numbers import probability

LINE = 21.0
VALUE_WIDTH = 54.0
STRONG = 0.05
"""From this share on a bar's number is written strongly."""


@dataclass(frozen=True, slots=True)
class ClassShares:
    """``shares``: 0 … 1 for each name; empty while there is no answer."""

    names: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()


def draw_class_bars(data: ClassShares, frame: Frame) -> Drawing:
    """Draw names, bars and shares, one line a class; the likeliest stands out."""
    best = max(range(len(data.shares)), key=data.shares.__getitem__, default=-1)
    room = min(max((text_width(name, 12) for name in data.names), default=0.0) + 10.0, 0.35 * frame.width)
    track = max(frame.width - room - VALUE_WIDTH, 0.0)
    marks: list[Mark] = []
    for line, name in enumerate(data.names):
        share, top, is_best = data.shares[line] if data.shares else 0.0, line * LINE, line == best
        bold, ink = is_best or share >= STRONG, "accent" if is_best else "text"
        marks += [
            Text(name, (0, top, room, LINE), 12, ink, "left middle", bold=bold, elide=True),
            Rectangle((room, top + LINE / 2 - 5, track, 10), "track", corner=5),
        ]
        if (width := track * share) >= 0.8:
            bar = (room, top + LINE / 2 - 5, width, 10.0)
            marks.append(Rectangle(bar, "accent" if is_best else "text_muted", corner=min(5.0, width / 2)))
        if data.shares:
            place, ink = (frame.width - VALUE_WIDTH, top, VALUE_WIDTH, LINE), "text" if bold else "text_muted"
            number = Number(probability(share), place, 12, ink, "right middle", bold, value=share, key=line, tip=name)
            marks.append(number)
    return Drawing(tuple(marks), height=LINE * max(len(data.names), 1))
