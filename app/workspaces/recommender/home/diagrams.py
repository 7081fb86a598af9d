"""The two ideas as pictures: crosses and a tower that meet in one sigmoid; a catalogue that narrows down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainterPath

from app.kit.drawing.columns import Dots, Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Path, Point, Rectangle, Text, text_width

FOOT, LINE = 24.0, 18.0
CROSSES, ON = 8, (1, 5)
TOWER = (8, 6, 4)
BOX, UNIT = 15.0, 6.5
STAGES = ((0.0, 0.19, 1.0), (0.405, 0.19, 0.55), (0.81, 0.19, 0.28))
"""Of each stage, as shares: its left edge and width, and of the height how much it takes."""
DOTS = ((13, 21, 1.7, 55), (9, 8, 2.6, 80), (6, 3, 4.0, 100))
"""Across, down, the radius in pixels, and the opacity in per cent."""


def draw_wide_deep(_data: None, frame: Frame) -> Drawing:
    """Draw the crosses at the left, of which two are on, and the tower over dense vectors at the right; both end in
    one sigmoid."""
    width, floor = frame.width, frame.height - FOOT - BOX / 2 - 4
    top = (width * 0.5, 28.0)
    crosses = _spread(BOX / 2 + 1, width * 0.40, CROSSES, floor)
    base = frame.height - FOOT + 3
    said = _tr("Crosses of columns on the left and a tower of dense layers on the right meet in one sigmoid")
    return Drawing(
        (
            *_wide(crosses, top),
            *_deep(_tower(width, floor, top[1] + 52), top),
            Disc(*top, 13, "accent"),
            Text("σ", (top[0] - 13, top[1] - 14, 26, 26), 14, "on_accent", bold=True),
            *_bold_then(top[0] - 24, top[1] - 18, _tr("wide"), _tr(" memorises"), 1.0),
            *_bold_then(top[0] + 24, top[1] - 18, _tr("deep"), _tr(" generalises"), 0.0),
            Text(_tr("crosses, such as Masters × Exec-managerial"), (0, base, width, LINE), 12, "text_muted", "left"),
            Text(_tr("every word as a dense vector"), (0, base, width, LINE), 12, "text_muted", "right"),
        ),
        said,
    )


def _tower(width: float, floor: float, top: float) -> list[list[Point]]:
    left, right = width * 0.60, width - UNIT - 1
    inset = (right - left) / 14
    heights = [floor + (top - floor) * level / (len(TOWER) - 1) for level in range(len(TOWER))]
    return [
        _spread(left + level * inset * 1.6, right - level * inset * 1.6, count, y)
        for level, (count, y) in enumerate(zip(TOWER, heights, strict=True))
    ]


def _wide(crosses: Sequence[Point], top: Point) -> list[Mark]:
    ways: list[Mark] = [
        Path(_rising(x, y - BOX / 2, top), "accent" if index in ON else "text_muted 45%", 2.2 if index in ON else 1.0)
        for index, (x, y) in sorted(enumerate(crosses), key=lambda cross: cross[0] in ON)
    ]
    boxes: list[Mark] = []
    for index, (x, y) in enumerate(crosses):
        fill, stroke = ("accent", "accent") if index in ON else ("surface", "text_muted")
        boxes.append(Rectangle((x - BOX / 2, y - BOX / 2, BOX, BOX), fill, stroke, 1.2, 4.0))
    return ways + boxes


def _deep(rows: Sequence[Sequence[Point]], top: Point) -> list[Mark]:
    wires = tuple((*start, *end) for below, above in pairwise(rows) for start in below for end in above)
    ways = [Path(_rising(*place, top), "text_muted 60%") for place in rows[-1]]
    units = tuple(place for row in rows for place in row)
    return [Lines(wires, "text_muted 28%", 0.8), *ways, Dots(units, UNIT, "surface", "text_muted", 1.4)]


def _spread(left: float, right: float, count: int, y: float) -> list[Point]:
    return [(left + (right - left) * place / (count - 1), y) for place in range(count)]


def _rising(x: float, y: float, end: Point) -> QPainterPath:
    """From a box or unit straight up, then over to the σ."""
    path = QPainterPath()
    path.moveTo(x, y)
    path.cubicTo(x, y - 0.62 * (y - end[1]), end[0], end[1] + 8, *end)
    return path


def draw_narrowing(_data: None, frame: Frame) -> Drawing:
    """Draw the catalogue, the candidates and what is shown as ever fewer dots."""
    width, height = frame.width, frame.height - FOOT - 12
    boxes = [(width * left, 4 + height * (1 - tall) / 2, width * wide, height * tall) for left, wide, tall in STAGES]
    marks: list[Mark] = []
    for (left, top, wide, tall), after in pairwise(boxes):
        right, middle = left + wide, (left + wide + after[0]) / 2
        path = QPainterPath()
        path.moveTo(right, top)
        path.cubicTo(middle, top, middle, after[1], after[0], after[1])
        path.lineTo(after[0], after[1] + after[3])
        path.cubicTo(middle, after[1] + after[3], middle, top + tall, right, top + tall)
        marks.append(Path(path, fill="accent_soft"))
    for box, stage in zip(boxes, DOTS, strict=True):
        marks += _stage(box, *stage)
    for (before, after), words in zip(pairwise(boxes), (_tr("nearest to u"), _tr("watch time")), strict=True):
        neck = (before[0] + before[2], 4, after[0] - before[0] - before[2], height)
        marks.append(Text(words, neck, 12, "accent", bold=True))
    base, middle = frame.height - FOOT + 3, boxes[1][0] + boxes[1][2] / 2
    return Drawing(
        (
            *marks,
            *_bold_then(0, base, _tr("millions"), _tr(" in the catalogue"), 0.0),
            *_bold_then(middle, base, _tr("hundreds"), _tr(" of candidates"), 0.5),
            *_bold_then(width, base, _tr("dozens"), _tr(" shown"), 1.0),
        ),
        _tr("Millions of items narrow to hundreds of candidates and to dozens that are shown"),
    )


def _stage(box: tuple[float, float, float, float], across: int, down: int, radius: float, strong: int) -> list[Mark]:
    left, top, width, height = box
    full, faint = list[Point](), list[Point]()
    for row in range(down):
        for column in range(across):
            place = left + width * (column + 0.5) / across, top + height * (row + 0.5) / down
            (faint if (7 * column + 5 * row + column * row) % 4 == 0 else full).append(place)
    return [
        Rectangle(box, "accent_soft", corner=6),
        Dots(tuple(full), radius, f"accent {strong}%"),
        Dots(tuple(faint), radius, f"accent {strong // 2}%"),
    ]


def _bold_then(x: float, top: float, bold: str, rest: str, share: float) -> list[Mark]:
    """Return a strong word and the rest of the line, of which ``share`` stands left of a place."""
    strong, plain = text_width(bold, 12, True), text_width(rest, 12)
    left = x - share * (strong + plain)
    return [
        Text(bold, (left, top, strong + 2, LINE), 12, align="left", bold=True),
        Text(rest, (left + strong, top, plain + 2, LINE), 12, "text_muted", "left"),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Diagrams", text)
