"""What the decision view's colours mean: a scale for one value, named dots for classes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Picture, Text, call, text_width
from app.kit.listing import listed
from app.kit.numbers import grouped
from app.workspaces.playground.panels.decision_image import scale_image
from app.workspaces.playground.panels.readings import Reading

HEIGHT = 18.0
LINES, LINE = 3, 17.0
"""So many classes stand below one another, so that their names can be read; more of them take further columns."""
MOST_COLUMNS = 2


def draw_legend(reading: Reading | None, frame: Frame) -> Drawing:
    """Draw a line for a scale, a few lines for classes."""
    if reading is None:
        return Drawing(height=HEIGHT)
    if reading.signed:
        tip = _tr("Orange is the lower end of the output, blue the upper; pale is undecided")
        return Drawing(tuple(_scale(reading, frame.width)), tip=tip, height=HEIGHT)
    classes = reading.dataset.classes
    tip = _tr("The colour is the class, its strength how far it is ahead of the second") + "\n" + listed(classes)
    return Drawing(tuple(_classes(classes, frame.width)), tip=tip, height=LINE * min(len(classes), LINES))


def _scale(reading: Reading, width: float) -> list[Mark]:
    low, _, high = reading.ends
    left, right = text_width(low, 11) + 6, text_width(high, 11) + 6
    bar = (left, HEIGHT / 2 - 3, max(width - left - right, 10.0), 6.0)
    return [
        Text(low, (0, 0, left, HEIGHT), 11, "text_muted", "left middle"),
        Text(high, (width - right, 0, right, HEIGHT), 11, "text_muted", "right middle"),
        Picture(bar, call(scale_image), smooth=True),
    ]


def _classes(classes: tuple[str, ...], width: float) -> list[Mark]:
    """Below one another, in as many columns as they need; what does not fit is in the tooltip."""
    columns = min(-(-len(classes) // LINES), MOST_COLUMNS)
    marks: list[Mark] = []
    for index, name in enumerate(classes[: columns * LINES]):
        column, line = divmod(index, LINES)
        left, room = column * width / columns, width / columns
        has_more = index == columns * LINES - 1 and len(classes) > columns * LINES
        if not has_more:
            marks.append(Disc(left + 4, (line + 0.5) * LINE, 4, f"class {index}"))
        text = f"+ {grouped(len(classes) - index)}" if has_more else name
        marks.append(Text(text, (left + 12, line * LINE, room - 14, LINE), 11, "text_muted", "left middle", elide=True))
    return marks


def _tr(text: str) -> str:
    return QCoreApplication.translate("Legend", text)
