"""The map as a drawing: points, names, the watched and the shown, the visitor's way, and what is pointed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from app.kit.drawing.columns import Dots
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import (
    Disc,
    Group,
    Line,
    Mark,
    Picture,
    Point,
    Polyline,
    Rect,
    Rectangle,
    Text,
    call,
    text_width,
)
from app.workspaces.recommender.map.content import Coloured, MapContent
from engine.network import warm

TEXT, LINE = 11, 15.0
SQUARE, DOT, ANCHOR, RING, VISITOR, STOP = 3.6, 4.2, 3.4, 7.5, 10.0, 7.0
"""Half sides and radii of the marks, in pixels."""
MOST_NAME, WIDEST_CARD = 190.0, 300.0
GAP = 4.0
"""Pixels between a mark and its name."""
COMPASS = 26.0
MOST_DOTS = 1500
"""So many points are drawn while the kernels are not loaded."""
_SIDES = np.array([(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0)])
_ALIGNMENTS = ("left middle", "right middle", "centre", "centre")


# Names ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NameWish:
    """A name to be placed. ``reach``: how far its mark extends from ``point``, in pixels; ``width``: of the text.
    ``urgent``: it is placed over marks where no side is free, since somebody has asked for this one."""

    row: int
    point: Point
    reach: float
    width: float
    strong: bool
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name in its place; ``side``: which of the four sides of its mark."""

    row: int
    box: QRectF
    strong: bool
    side: int


def place_names(
    wishes: Sequence[NameWish], room: QRectF, taken: NDArray[np.floating], before: dict[int, PlacedName]
) -> dict[int, PlacedName]:
    """Return as many of the names as find a free place, the first ones first; ``taken`` (n, 4): left, top, right and
    bottom of what they must not cover.

    Each stays on the side on which it was ``before``, where that is still free.
    """
    if not wishes:
        return {}
    offered = _boxes(wishes)
    low, high = np.array([room.left(), room.top()]), np.array([room.right(), room.bottom()])
    inside = np.all((offered[..., :2] >= low) & (offered[..., 2:] <= high), axis=2)
    possible = inside & _apart(offered.reshape(-1, 4), taken).reshape(inside.shape)
    pressed = np.array([wish.urgent for wish in wishes]) & ~possible.any(axis=1)
    possible[pressed] = inside[pressed]
    boxes = np.empty((len(wishes), 4))
    placed: dict[int, PlacedName] = {}
    for number in np.flatnonzero(possible.any(axis=1)).tolist():
        wish, free = wishes[number], possible[number] & _apart(offered[number], boxes[: len(placed)])
        kept = before.get(wish.row)
        side = kept.side if kept is not None and free[kept.side] else int(free.argmax())
        if free[side]:
            left, top, right, bottom = offered[number, side].tolist()
            boxes[len(placed)] = offered[number, side]
            placed[wish.row] = PlacedName(wish.row, QRectF(left, top, right - left, bottom - top), wish.strong, side)
    return placed


def _boxes(wishes: Sequence[NameWish]) -> NDArray[np.float64]:
    """Return the places on the four sides of each, (wishes, 4, 4): left, top, right and bottom."""
    told = np.array([(*wish.point, wish.reach, wish.width) for wish in wishes])[:, None]
    size = np.concatenate([told[..., 3:], np.full_like(told[..., 3:], LINE)], axis=2)
    corners = told[..., :2] + _SIDES * (told[..., 2:3] + GAP) + (_SIDES - 1.0) / 2.0 * size
    return np.concatenate([corners, corners + size], axis=2)


def _apart(boxes: NDArray[np.float64], taken: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return which of the boxes cover none of those that are taken."""
    mine = boxes[:, None]
    apart = (taken[:, :2] >= mine[..., 2:]) | (taken[:, 2:] <= mine[..., :2])
    return np.asarray(np.all(np.any(apart, axis=2), axis=1))


# The drawing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class MapLook:
    """What is seen of a map. ``places`` (n, 2): of all items, in pixels; ``order``: the most important first. ``names``
    have their place; ``watched``, ``shown`` and ``special`` are rows in sight. ``way``: where the visitor was and is.
    ``pointed``: the row that has a card. ``turned``: the frame, where it is not that of the first two directions.
    ``focused``: it has the keyboard. ``ratio``: device pixels a pixel."""

    content: MapContent
    colours: Coloured
    places: NDArray[np.float32]
    order: NDArray[np.int32]
    names: tuple[PlacedName, ...]
    watched: Sequence[int]
    shown: Sequence[int]
    special: Sequence[int]
    way: Sequence[Point]
    pointed: int | None
    turned: NDArray[np.floating] | None
    focused: bool
    ratio: float

    def at(self, row: int) -> Point:
        """Return where an item is."""
        x, y = self.places[row].tolist()
        return x, y


def draw_map(look: MapLook | None, frame: Frame) -> Drawing:
    """Draw the map; nothing of it is keyed: a place means the item that is nearest to it."""
    if look is None:
        return Drawing()
    marked = {*look.content.watched, *look.content.shown}
    boxes = [(name.box.left(), name.box.top(), name.box.width(), name.box.height()) for name in look.names]
    marks: list[Mark] = [*_points(look, frame)]
    marks += [Rectangle((x - 1, y + 1, wide + 2, high - 2), "surface 88%") for x, y, wide, high in boxes]
    marks += [_own_point(look, name.row) for name in look.names if name.row not in marked]
    marks += [
        Rectangle((x - SQUARE, y - SQUARE, 2 * SQUARE, 2 * SQUARE), "surface", "text", 1.6, 1.5)
        for x, y in map(look.at, look.watched)
    ]
    marks += [Disc(*look.at(row), DOT, "accent", "surface", 1.2) for row in look.shown]
    marks += _names(look, boxes)
    for row in look.special:
        if row not in marked:
            marks.append(_own_point(look, row))
        marks.append(Disc(*look.at(row), RING, "", "text", 1.5))
    marks += _way(look)
    if look.turned is not None:
        marks += _compass(look.turned, (46.0, frame.height - 46.0))
    if look.focused:
        marks += _focus(frame)
    if look.pointed is not None:
        marks += _card(look, look.pointed, frame)
    return Drawing(tuple(marks))


def _points(look: MapLook, frame: Frame) -> Iterator[Mark]:
    """Yield a picture of all points; the most important ones as dots until the kernels are loaded that draw it."""
    if warm.ready():
        image = call(_image_of_points, look.places, look.colours, look.order, frame.width, frame.height, look.ratio)
        yield Picture((0, 0, frame.width, frame.height), image)
    else:
        yield Group(call(_dots, look.places, look.colours, look.order), True, (0, 0, frame.width, frame.height))


def _dots(places: NDArray[np.float32], colours: Coloured, order: NDArray[np.int32]) -> Iterator[Mark]:
    """Yield the points of the most important items."""
    rows = order[:MOST_DOTS]
    placed = rows[np.isfinite(places[rows]).all(axis=1)]
    for code, colour in enumerate(colours.palette.tolist()):
        points = places[placed[colours.codes[placed] == code]].tolist()
        if points:
            yield Dots(tuple(map(tuple, points)), 2.0, QColor.fromRgb(colour).name())


def _image_of_points(
    places: NDArray[np.float32], colours: Coloured, order: NDArray[np.int32], width: int, height: int, ratio: float
) -> QImage:
    # numba takes its time to load, so it is imported where no window waits for it.
    from engine.raster.points import PointFrame, PointLook, draw_points

    frame = PointFrame(round(width * ratio), round(height * ratio), ratio, (0.0, 0.0))
    pixels = draw_points(places, colours.codes, order, PointLook(colours.palette, ratio=ratio), frame)
    high, wide = pixels.shape
    kind = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, wide, high, 4 * wide, kind).copy()  # which owns its pixels


def _own_point(look: MapLook, row: int) -> Mark:
    """Return an item's own point once more, so that it is seen in a crowd."""
    return Disc(*look.at(row), ANCHOR + 0.6, look.colours.colour(row).name(), "surface", 1.2)


def _names(look: MapLook, boxes: Sequence[Rect]) -> list[Mark]:
    return [
        Text(
            look.content.title(name.row), box, TEXT, "text" if name.strong else "text_muted", _ALIGNMENTS[name.side],
            name.strong, elide=True,
        )
        for name, box in sorted(zip(look.names, boxes, strict=True), key=lambda placed: placed[0].strong)
    ]  # fmt: skip


def _way(look: MapLook) -> Iterator[Mark]:
    """Yield the trail from its first stop on, and the visitor at its end."""
    if not look.way:
        return
    yield Polyline(points=tuple(look.way), stroke="text", width=1.2)
    stops = look.way if look.content.user is None else look.way[:-1]
    for number, (x, y) in enumerate(stops, 1):
        yield Disc(x, y, STOP, "surface", "text", 1.4)
        yield Text(str(number), _round(x, y, STOP), 9, bold=True)
    if look.content.user is not None:
        x, y = look.way[-1]
        yield Disc(x, y, VISITOR, "text", "surface", 1.4)
        yield Text("u", _round(x, y, VISITOR), 12, "surface", bold=True)


def _compass(turned: NDArray[np.floating], middle: Point) -> Iterator[Mark]:
    """Yield how the principal directions lie in the view: a spoke each, as long as it is turned to the eye."""
    x, y = middle
    yield Disc(x, y, COMPASS + 11, "surface 85%", "border")
    for number, (across, up) in enumerate(turned.tolist(), 1):
        length = hypot(across, up)
        ink = f"text {round(25 + 75 * min(length, 1.0))}%"
        yield Line(middle, (x + across * COMPASS, y - up * COMPASS), ink, 1.5)
        if length > 0.3:
            beyond = COMPASS + 6 / length
            yield Text(str(number), _round(x + across * beyond, y - up * beyond, 7), 10, ink, bold=True)


def _focus(frame: Frame) -> list[Mark]:
    """Return a frame, and a cross on what Enter picks."""
    x, y = frame.width / 2, frame.height / 2
    ways = ((1, 0), (-1, 0), (0, 1), (0, -1))
    cross = [Line((x + 4 * a, y + 4 * b), (x + 11 * a, y + 11 * b), "accent", 1.5) for a, b in ways]
    return [Rectangle((1, 1, frame.width - 2, frame.height - 2), "", "accent", 1.5, 6), *cross]


def _card(look: MapLook, row: int, frame: Frame) -> list[Mark]:
    title, about = look.content.title(row), look.content.described(row)
    width = min(WIDEST_CARD, max(text_width(title, 12, True), text_width(about, 12, True)) + 20)
    height = 44.0 if about else 26.0
    x, y = look.at(row)
    left = x + 14 if x + 14 + width <= frame.width - 4 else x - 14 - width
    top = y + 14 if y + 14 + height <= frame.height - 4 else y - 14 - height
    words = (left + 10, top + 4, width - 20, height - 8)
    return [
        Rectangle((left, top, width, height), "raised 96%", "border", 1.0, 7),
        Text(title, words, 12, align="left top", bold=True, elide=True),
        Text(about, words, 11, "text_muted", "left bottom", elide=True),
    ]


def _round(x: float, y: float, reach: float) -> Rect:
    return x - reach, y - reach, 2 * reach, 2 * reach
