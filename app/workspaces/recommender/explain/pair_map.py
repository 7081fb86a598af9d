"""All pairs of one cross: each weight as a colour, dashed where no training row has the pair."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt

from app.kit.drawing import inks
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Group, Line, Mark, Rect, Rectangle, Text, call, text_width
from app.kit.export import Table
from app.kit.numbers import counted, grouped, percent, short, signed
from app.workspaces.recommender.explain.content import PairMap, Place

MOST_CELL = 24.0
NAMES = 0.36
"""Share of the width that the names may take."""
BELOW, KEY = 18.0, 22.0
GAP = 1.0
NAME_HEIGHT = 11.5


@dataclass(frozen=True, slots=True)
class PairMatrix:
    """The pairs of a cross. ``chosen``: those with a frame; ``own``: the one that the row has itself."""

    pairs: PairMap | None = None
    chosen: tuple[Place, ...] = ()
    own: Place | None = None


def draw_pairs(data: PairMatrix, frame: Frame) -> Drawing:
    """Draw a cell for each pair. Keys are the places (down, across)."""
    shown = data.pairs
    if shown is None or not shown.pairs:
        return Drawing()
    box = _box(shown, frame)
    frames = [_frame(box, shown, place, "text", 2.0) for place in data.chosen]
    if data.own is not None and data.own not in data.chosen:
        frames.append(_frame(box, shown, data.own, "text_muted", 1.2))
    if isinstance(frame.pointed, tuple):
        frames.append(_frame(box, shown, frame.pointed, "accent", 2.0))
    rows = {place[0] for place in data.chosen}
    return Drawing(
        (
            Group(call(_cells, shown, box)),
            *frames,
            *_names_beside(data, shown, box, rows),
            *_names_below(data, shown, box, frame),
            *_key(shown, frame),
        ),
        description=shown.cross.title,
        numbers=call(_table, shown),
    )


def _box(shown: PairMap, frame: Frame) -> Rect:
    """Return where the cells are."""
    names = max((text_width(value.text, 11, True) for value in shown.down), default=0.0) + 9.0
    left, across, down = min(NAMES * frame.width, names), max(1, len(shown.across)), max(1, len(shown.down))
    wide = min(MOST_CELL * 1.5, (frame.width - left - 4) / across)
    high = min(MOST_CELL, (frame.height - BELOW - KEY) / down)
    return left, 0.0, wide * across, high * down


def _cell(box: Rect, shown: PairMap, place: Place, grow: float = -GAP) -> Rect:
    wide, high = box[2] / len(shown.across), box[3] / len(shown.down)
    left, top = box[0] + place[1] * wide, box[1] + place[0] * high
    return left - grow, top - grow, wide + 2 * grow, high + 2 * grow


def _cells(shown: PairMap, box: Rect) -> Iterable[Mark]:
    reach = shown.reach or 1.0
    for down, weights in enumerate(shown.weights):
        for across, weight in enumerate(weights):
            seen = shown.counts[down][across] > 0
            rect = _cell(box, shown, (down, across), -GAP if seen else -GAP - 0.5)
            yield Rectangle(
                rect,
                "" if not seen else inks.diverging(weight / reach) if weight else "neutral",
                "" if seen else "text_muted",
                corner=min(2.5, rect[3] / 4),
                dashed=not seen,
                key=(down, across),
                tip=call(describe, shown, (down, across)),
                target=_cell(box, shown, (down, across), 0.0),
                cursor=Qt.CursorShape.PointingHandCursor,
            )


def _frame(box: Rect, shown: PairMap, place: Place, ink: str, width: float) -> Mark:
    return Rectangle(_cell(box, shown, place, 0.0), stroke=ink, width=width, corner=3)


def _names_beside(data: PairMatrix, shown: PairMap, box: Rect, strong: Collection[int]) -> list[Mark]:
    """Return names of rows where there is room: the chosen ones first, then the row's own."""
    high, taken, marks = box[3] / len(shown.down), list[int](), list[Mark]()
    own = [] if data.own is None else [data.own[0]]
    for row in dict.fromkeys([*sorted(strong), *own, *range(len(shown.down))]):
        if any(abs(row - other) * high < NAME_HEIGHT for other in taken):
            continue
        taken.append(row)
        line = (0.0, box[1] + row * high - 2, box[0] - 7, high + 4)
        marks.append(_name(shown.down[row].text, line, "right middle", strong=row in strong))
    return marks


def _names_below(data: PairMatrix, shown: PairMap, box: Rect, frame: Frame) -> list[Mark]:
    """Return names of columns where there is room: the chosen ones first, then the row's own, then the ends."""
    names, taken, marks = [value.text for value in shown.across], list[tuple[float, float]](), list[Mark]()
    chosen = [place[1] for place in data.chosen]
    own = [] if data.own is None else [data.own[1]]
    wide, bottom = box[2] / len(names), box[1] + box[3]
    for column in dict.fromkeys([*chosen, *own, 0, len(names) - 1, *range(len(names))]):
        width, middle = text_width(names[column], 11, column in chosen) + 2.0, box[0] + (column + 0.5) * wide
        left = max(0.0, min(middle - width / 2, frame.width - width))
        if any(left < right + 8 and start - 8 < left + width for start, right in taken):
            continue
        taken.append((left, left + width))
        marks.append(_name(names[column], (left, bottom + 3, width, BELOW - 4), "centre", strong=column in chosen))
        marks.append(Line((middle, bottom + 1), (middle, bottom + 4), "text_muted"))
    return marks


def _name(text: str, rect: Rect, align: str, *, strong: bool) -> Mark:
    return Text(text, rect, 11, "text" if strong else "text_muted", align, bold=strong, elide=align != "centre")


def _key(shown: PairMap, frame: Frame) -> list[Mark]:
    """Return what the colours and the dashes mean."""
    reach, y = shown.reach or 1.0, frame.height - KEY + 4
    low, high = short(-reach, 2), _tr("+{reach} weight").format(reach=short(reach, 2))
    left = text_width(low, 11) + 5
    ramp = [Rectangle((left + 3 * step, y + 4, 3, 8), inks.diverging(step / 8.5 - 1), crisp=True) for step in range(18)]
    after = left + 54 + text_width(high, 11) + 20
    said = _tr("unseen: {unseen} of {pairs}").format(unseen=grouped(shown.unseen), pairs=grouped(shown.pairs))
    return [
        Text(low, (0, y, left, 16), 11, "text_muted", "left middle"),
        *ramp,
        Text(high, (left + 59, y, 120, 16), 11, "text_muted", "left middle"),
        Rectangle((after, y + 3, 10, 10), stroke="text_muted", corner=2, dashed=True),
        Text(said, (after + 16, y, frame.width - after - 16, 16), 11, "text_muted", "left middle", elide=True),
    ]


def describe(shown: PairMap, place: Place) -> str:
    """Return a pair in words."""
    down, across = place
    count, yes = shown.counts[down][across], shown.yes[down][across]
    number, hashed = shown.weights[down][across], shown.cross.hashed
    pair, weight = shown.title(place), signed(number, 3)
    if count:
        rows = counted(count, _tr("1 training row"), _tr("{count} training rows"))
        words = _tr("{pair}: weight {weight}; {rows}, {share} of them {goal}")
        if hashed:
            words = _tr("{pair}: weight {weight}, which others may share (hashed); {rows}, {share} of them {goal}")
        return words.format(goal=shown.goal, pair=pair, weight=weight, rows=rows, share=percent(yes / count))
    if hashed:
        words = _tr("{pair}: no training row has it; weight {weight}, which others may share (hashed)")
    elif number:
        words = _tr("{pair}: no training row has it; weight {weight}")
    else:
        words = _tr("{pair}: no training row has it, its weight has never moved")
    return words.format(pair=pair, weight=weight)


def _table(shown: PairMap) -> Table:
    rows = [
        (across.key, down.key, shown.weights[d][a], shown.counts[d][a], shown.yes[d][a])
        for d, down in enumerate(shown.down)
        for a, across in enumerate(shown.across)
    ]
    return Table((*shown.cross.members, "weight", "training_rows", "yes"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PairMatrix", text)
