"""A drawing: marks in reading order and what to say about them; and what differs between two drawings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from math import floor
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QRegion

from app.kit.drawing.cursor import CursorMark
from app.kit.drawing.marks import Call, Group, Key, Mark, MarkPart, computed, equal_data, hit, text_of
from app.kit.export import ExportTable
from app.kit.widgets.frame import TALLEST_ROW

MOST_RECTS, WASTE = 60, 1.3
"""More changed boxes than this are replaced by the box round them; so are fewer if that adds few pixels."""
SIDEWAYS = 2.0
"""How much more a pixel off an arrow key's way counts than one along it."""
ROW_SLACK = 4
"""So many pixels of the boxes of rows may lie over one another, for no letter fills its box."""

T = TypeVar("T")


def remembered(most: int = 4) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Keep the latest results of a function. Arguments are compared, not hashed: a thousand points that are the same
    object cost nothing. Results hold no text, which changes with the language."""

    def remember(make: Callable[..., T]) -> Callable[..., T]:
        results: list[tuple[tuple[object, ...], T]] = []

        @wraps(make)
        def made(*arguments: object) -> T:
            for known, result in results:
                if len(known) == len(arguments) and all(map(equal_data, known, arguments)):
                    return result
            results.insert(0, (arguments, make(*arguments)))
            del results[most:]
            return results[0][1]

        return made

    return remember


@dataclass(frozen=True, slots=True)
class Frame:
    """What a drawing has to fit: its size in pixels, and the key that is pointed at, by the pointer or the keyboard."""

    width: float
    height: float
    pointed: Key | None = None


@dataclass(frozen=True)
class Drawing:
    """Marks from the back to the front.

    ``description`` is spoken; ``tip`` is shown where no mark is. ``order``: the keys in the order of the arrow keys,
    else these go to the nearest mark in their direction. ``current``: the key that they step from, where the data knows
    it; ``arrows_choose``: they choose what they come to. ``actions``: what other keys ask for; arrows among them step
    from mark to mark while the keyboard is at one that is not dragged. ``numbers()`` makes the table to copy, else it
    lists the marks that are numbers. ``height``: the pixels that it needs, where it needs so many and no more;
    ``least``: where more are welcome.
    """

    marks: tuple[Mark, ...] = ()
    description: str = ""
    tip: str = ""
    order: tuple[Key, ...] | None = None
    current: Key | None = None
    arrows_choose: bool = False
    actions: Mapping[Qt.Key, object] = field(default_factory=dict)
    numbers: Call | None = None
    height: float | None = None
    least: float | None = None

    def hit(self, x: float, y: float) -> MarkPart | None:
        """Return what is meant by a place."""
        return hit(self.marks, x, y)

    def cut_row(self, y: int) -> int:
        """Return where the topmost row begins that a line at ``y`` would cut; ``y`` where it cuts none."""
        return floor(_cut_row(self.marks, y))

    @computed
    def keyed(self) -> list[MarkPart]:
        """Return everything that the keyboard and a screen reader can reach, in reading order. Where several parts have
        one key, the first stands for all."""
        parts: dict[Key, MarkPart] = {}
        for mark in self.marks:
            for part in mark.keyed():
                parts.setdefault(part.key, part)
        return list(parts.values())

    @computed
    def cursor(self) -> tuple[MarkPart, CursorMark] | None:
        """Return the cursor, if there is one, as a part and as a mark."""
        cursors = (mark for mark in self.marks if isinstance(mark, CursorMark))
        return next(((part, mark) for mark in cursors for part in mark.keyed()), None)

    def keep_from(self, before: Drawing) -> None:
        """Take over what was computed of the same marks: a list of thousands of parts costs a millisecond."""
        if "keyed" in before.__dict__:
            self.__dict__["keyed"] = before.__dict__["keyed"]

    def part(self, key: Key | None) -> MarkPart | None:
        """Return what has a key."""
        if key is None:
            return None
        listed = next((part for part in self.keyed if part.key == key), None)
        return listed or next((part for mark in self.marks if (part := mark.find(key)) is not None), None)

    def step(self, start: Key | None, across: int, down: int) -> Key | None:
        """Return the key that an arrow key leads to from ``start``; None where there is none in that direction."""
        if self.order is not None:
            here = start if start in self.order else self.current
            return self._step_in_order(self.order, here, across + down)
        parts = self.keyed
        origin = next((part for part in parts if part.key == start), None)
        if origin is None:
            return parts[0].key if parts else None
        x, y = _middle(origin)
        ways = [
            (along + SIDEWAYS * abs(aside), part.key)
            for part in parts
            if not (part.mark.drag and Qt.Key.Key_Up in self.actions)  # it would keep the arrow keys to itself
            for along, aside in [_way(_middle(part), x, y, across, down)]
            if along > 0.5 and part is not origin
        ]
        return min(ways, key=lambda way: way[0])[1] if ways else None

    @computed
    def ends(self) -> tuple[Key, Key] | None:
        """Return the first and the last key, where there are any."""
        keys = self.order if self.order is not None else [part.key for part in self.keyed]
        return (keys[0], keys[-1]) if keys else None

    @staticmethod
    def _step_in_order(order: tuple[Key, ...], start: Key | None, by: int) -> Key | None:
        if not order:
            return None
        place = order.index(start) + by if start in order else 0 if by > 0 else len(order) - 1
        return order[min(max(place, 0), len(order) - 1)]

    def table(self) -> ExportTable:
        """Return the numbers shown."""
        if self.numbers is not None:
            table: ExportTable = self.numbers()
            return table
        rows = [(text_of(part.tip), part.value) for part in self.keyed if part.value is not None]
        header = QCoreApplication.translate("Drawing", "number"), QCoreApplication.translate("Drawing", "value")
        return ExportTable(header, rows)


def _cut_row(marks: tuple[Mark, ...], y: float) -> float:
    top = y
    for mark in marks:
        box = mark.bounds
        if not box.top() + ROW_SLACK < y < box.bottom() - ROW_SLACK:
            continue
        if box.height() <= min(TALLEST_ROW, box.width()):  # a bar of a chart is none
            top = min(top, box.top())
        elif isinstance(mark, Group):
            (_, down), scale = mark.shift, mark.scale
            top = min(top, down + scale * _cut_row(mark.marks, (y - down) / scale))
    return top


def _middle(part: MarkPart) -> tuple[float, float]:
    left, top, width, height = part.rect
    return left + width / 2, top + height / 2


def _way(to: tuple[float, float], x: float, y: float, across: int, down: int) -> tuple[float, float]:
    """Return how far a place lies along an arrow's direction, and how far off it."""
    dx, dy = to[0] - x, to[1] - y
    return (dx * across, dy) if across else (dy * down, dx)


def reconcile(old: tuple[Mark, ...], new: tuple[Mark, ...]) -> tuple[tuple[Mark, ...], QRegion]:
    """Return the new marks, with the old objects where these are equal, and the region that looks different."""
    rects: list[QRect] = []
    return _reconcile(old, new, rects), _region(rects)


def _region(rects: list[QRect]) -> QRegion:
    """Return the area of these boxes; their common box where it is hardly larger than the largest."""
    whole = QRect()
    for rect in rects:
        whole |= rect
    largest = max((rect.width() * rect.height() for rect in rects), default=0)
    if whole.width() * whole.height() <= WASTE * largest or len(rects) > MOST_RECTS:
        return QRegion(whole)
    region = QRegion()
    for rect in rects:
        region += rect
    return region


def _reconcile(old: tuple[Mark, ...], new: tuple[Mark, ...], rects: list[QRect]) -> tuple[Mark, ...]:
    if len(old) == len(new):  # as a rule: then each pair is compared once
        return tuple(_pair(was, now, rects) for was, now in zip(old, new, strict=True))
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if not _same(old[at], new[at])), shorter)
    tail = next((at for at in range(shorter - head) if not _same(old[-1 - at], new[-1 - at])), shorter - head)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    return (*old[:head], *_match(before, after, rects), *old[len(old) - tail :])


def _match(old: tuple[Mark, ...], new: tuple[Mark, ...], rects: list[QRect]) -> list[Mark]:
    """Pair marks by their keys, and those without one in their order; what has no partner has come or gone."""
    by_key = {mark.key: (place, mark) for place, mark in enumerate(old) if mark.key is not None}
    without = iter([(place, mark) for place, mark in enumerate(old) if mark.key is None])
    found, used, furthest = [], set(), -1
    for now in new:
        place, was = next(without, (-1, None)) if now.key is None else by_key.pop(now.key, (-1, None))
        if was is None:
            rects.append(now.area)
            found.append(now)
            continue
        used.add(place)
        if place < furthest:  # it lies above something else now
            rects.append(was.area)
        furthest = max(place, furthest)
        found.append(_pair(was, now, rects))
    rects += [mark.area for place, mark in enumerate(old) if place not in used]
    return found


def _pair(was: Mark, now: Mark, rects: list[QRect]) -> Mark:
    """Return the mark to keep of two at the same place, and note what looks different."""
    if _same(was, now):
        return was
    if isinstance(was, Group) and isinstance(now, Group):
        return _pair_groups(was, now, rects)
    rects += [now.area] if was.area == now.area else [was.area, now.area]
    return now


def _pair_groups(was: Group, now: Group, rects: list[QRect]) -> Group:
    alike = was.clip == now.clip and was.draw.function is now.draw.function
    stays = was.shift == now.shift and was.scale == now.scale
    if alike and was.draw == now.draw:
        now.keep_from(was)
        rects += [was.area, now.area]
    elif alike and stays:
        inner: list[QRect] = []
        now.__dict__["marks"] = _reconcile(was.marks, now.marks, inner)
        moved = [now.transform.mapRect(rect).adjusted(-1, -1, 1, 1) for rect in inner]
        rects += moved if now.clip is None else [rect.intersected(was.area.united(now.area)) for rect in moved]
    else:
        rects += [was.area, now.area]
    return now


def _same(was: Mark, now: Mark) -> bool:
    return was is now or was == now
