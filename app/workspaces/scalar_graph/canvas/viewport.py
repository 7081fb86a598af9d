"""The part of the canvas that is free for the drawing, and which part of a graph is in sight there."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.kit.scene.viewport import Camera, Viewable, Viewport
from app.workspaces.scalar_graph.canvas.painter import are_numbers_legible
from app.workspaces.scalar_graph.canvas.state import CanvasState
from app.workspaces.scalar_graph.computation import ComputationPhase
from app.workspaces.scalar_graph.layout import Knot

MUCH = 1.2
"""A picture that has shrunk is left where it is until it could be drawn so much larger."""
READING, LEGIBLE = 0.72, 0.55
"""The scale that a graph is read at whose whole is too small for that: it would be drawn smaller than the second."""
KEPT = 90.0
"""Pixels of the graph that stay in view wherever one pans to."""
LEAST, MOST, FIT_MOST, MARGIN = 0.02, 4.0, 1.15, 10.0
"""A graph of two thousand nodes is seen whole; a small one is not blown up."""


EDGE, FOOT = 8.0, 12.0
"""Pixels that stay free at the sides and at the foot."""
BESIDE = 60.0
"""Pixels beside the node that is read: as much of it as has to be in sight."""


PartToRead = tuple[QPointF, float, Sequence[QRectF]]
"""A scene point, at which share of the free width it is to be, and what the left edge is not to cut."""


class GraphOnly(Viewable, Protocol):
    """A picture with something about it, which is nothing without what is ``drawn``."""

    @property
    def drawn(self) -> QRectF: ...


class GraphViewport(Viewport):
    """A viewport whose picture is fitted with some room around it. Where the whole could not be read, it
    shows ``part_to_read`` instead, if there is one; until somebody pans or zooms."""

    def __init__(self, widget: QWidget, picture: GraphOnly) -> None:
        super().__init__(widget, picture, Camera(LEAST, MOST, fit_most=FIT_MOST, margin=MARGIN))
        self._graph = picture
        self._by_itself = True
        self.part_to_read: Callable[[], PartToRead | None] = lambda: None

    @property
    def drawn(self) -> QRectF:
        """The area of the graph alone."""
        return self._graph.drawn

    @property
    def area(self) -> QRectF:
        """The free part of the widget, in its pixels."""
        return super().area.adjusted(EDGE, 0.0, -EDGE, -FOOT)

    def picture_changed(self) -> None:
        """Fit again where not all of it is in view, or where it would have become much larger."""
        if self.shows_all:
            wrong = not self.visible.contains(self.bounds) or self._fitting() > MUCH * self.camera.scale
        else:
            wrong = self._by_itself and self._fitting() >= LEGIBLE
        if wrong:
            self.fit()
        else:
            self._keep_some()

    def fit(self) -> None:
        """The whole where that can be read, else the part that is to be."""
        self._by_itself = True
        part = self.part_to_read() if self._fitting() < LEGIBLE else None
        if part is None:
            super().fit()
        else:
            self.read(*part)

    def resized(self, event: QResizeEvent) -> None:
        """Another size: the whole or the part to be read, unless somebody looks elsewhere."""
        if self._by_itself:
            self.fit()
        else:
            super().resized(event)
            self._keep_some()

    def pan(self, by: QPointF) -> None:
        """Shift the picture by pixels; some of it stays in view."""
        self._by_itself = False
        super().pan(by)
        self._keep_some()

    def zoom(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom about a pixel; some of the picture stays in view."""
        self._by_itself = False
        super().zoom(factor, anchor)
        self._keep_some()

    def _keep_some(self) -> None:
        """Bring back as much of the picture as is always in view."""
        area, shown = self.area, self.camera.rect_to_view(self.drawn)
        if area.isEmpty() or shown.isEmpty():
            return
        across, down = (min(KEPT, size) for size in (shown.width(), shown.height()))
        by = QPointF(
            max(0.0, area.left() + across - shown.right()) - max(0.0, shown.left() - area.right() + across),
            max(0.0, area.top() + down - shown.bottom()) - max(0.0, shown.top() - area.bottom() + down),
        )
        if not by.isNull():
            self.camera.pan(by)
            self.moved.emit()

    def _fitting(self) -> float:
        """The scale that fitting would give."""
        bounds, area = self.bounds, self.area
        if bounds.isEmpty() or area.isEmpty():
            return self.camera.scale
        return min(area.width() / bounds.width(), area.height() / bounds.height(), FIT_MOST)

    @property
    def _reading(self) -> float:
        """The scale of a part that is read: a little smaller where nothing is cut then at the top and at the bottom."""
        high = self.area.height() / max(self.bounds.height(), 1.0)
        return high if LEGIBLE <= high < READING else READING

    def reveal(self, rect: QRectF, ahead: float = 0.0) -> None:
        """Pan by as few whole pixels as bring a scene rectangle into the free part, so that pictures of what is drawn
        still hold; nothing moves where it is there already. ``ahead``: further on by this share of the free part, as
        far as there is something to be seen there, so that not every step pans."""
        area, shown, all_of_it = self.area, self.camera.rect_to_view(rect), self.camera.rect_to_view(self.bounds)
        by = QPointF(
            _ahead(
                _into(shown.left(), shown.right(), area.left(), area.right()),
                ahead * area.width(),
                (shown.left() - area.left(), area.right() - shown.right()),
                (area.left() + MARGIN - all_of_it.left(), all_of_it.right() - area.right() + MARGIN),
            ),
            _ahead(
                _into(shown.top(), shown.bottom(), area.top(), area.bottom()),
                ahead * area.height(),
                (shown.top() - area.top(), area.bottom() - shown.bottom()),
                (area.top() + MARGIN - all_of_it.top(), all_of_it.bottom() - area.bottom() + MARGIN),
            ),
        )
        if not by.isNull():
            self.camera.pan(by)
            self.moved.emit()

    def read(self, point: QPointF, share: float = 0.5, uncut: Sequence[QRectF] = ()) -> None:
        """Leave the whole for a part that can be read: a scene point at this share of the free width. A little smaller
        where the left edge then cuts none of the rectangles ``uncut``."""
        self.shows_all = False
        area = self.area
        self.camera.zoom(self._reading / self.camera.scale, area.center())
        at = QPointF(area.left() + share * area.width(), area.center().y())
        self.camera.pan(at - self.camera.to_view(point))
        begin = area.left() + MARGIN - self.camera.rect_to_view(self.bounds).left()
        if begin > 0.0 and self.camera.to_view(point).x() + begin <= area.right() - BESIDE:
            self.camera.pan(QPointF(begin, 0.0))  # from the inputs on, for the node is in sight either way
        shown = self.camera.rect_to_view(self.bounds)
        self.camera.pan(
            QPointF(
                _filling(shown.left(), shown.right(), area.left(), area.right()),
                _filling(shown.top(), shown.bottom(), area.top(), area.bottom()),
            )
        )
        self._take_in(uncut)
        self.moved.emit()

    def _take_in(self, boxes: Sequence[QRectF]) -> None:
        """Zoom out by as little as leaves none of the boxes cut at the left, while they stay legible."""
        seen = self.camera.rect_to_scene(self.area)
        left = seen.left()
        while cut := [box.left() for box in boxes if box.left() < left < box.right()]:
            left = min(cut)
        factor = seen.width() / (seen.right() - left)
        if factor * self.camera.scale >= LEGIBLE:
            self.camera.zoom(factor, QPointF(self.area.right(), self.area.center().y()))


def _filling(low: float, high: float, least: float, most: float) -> float:
    """How far to pan so that a stretch leaves nothing empty between two bounds; into their middle where it must."""
    if high - low <= most - least:
        return (least + most - low - high) / 2
    return min(0.0, least + MARGIN - low) + max(0.0, most - MARGIN - high)


def _into(low: float, high: float, least: float, most: float) -> float:
    """How many pixels to pan so that a stretch lies between two bounds; its beginning does where it is too long."""
    if low < least or high - low > most - least:
        return math.ceil(least - low)
    return math.floor(min(0.0, most - high))


def _ahead(by: float, further: float, room: tuple[float, float], hidden: tuple[float, float]) -> float:
    """A way to pan, by whole pixels, and further in its direction: at most to where a stretch that has this ``room``
    before and behind it still lies in sight, and to where nothing more is ``hidden`` before or behind it."""
    if by == 0.0:
        return 0.0
    before = by > 0.0
    most = min(room[1] - by, hidden[0] - by) if before else min(room[0] + by, hidden[1] + by)
    more = math.floor(max(0.0, min(further, most)))
    return by + more if before else by - more


READABLE, END = 400, 0.76
"""Of a graph of up to so many nodes whose whole would be too small, the node at work is read: its end this far to the
right, any other in the middle."""


AHEAD = 0.25
"""Where the pass leads out of sight, so much of what is in sight makes room for what it comes to next: a step that pans
paints all of the canvas."""


class PassFollower:
    """Moves a viewport; whoever asks for the whole is not led away from it until another expression is opened."""

    def __init__(self, viewport: GraphViewport, shown: CanvasState) -> None:
        self._viewport, self._shown = viewport, shown
        self._follows, self._opening = True, False
        viewport.part_to_read = self._part

    def open(self) -> None:
        """Another graph: the whole, or the node at work; where the pass is over, the end that it is opened at."""
        self._follows = self._opening = True
        self._viewport.fit()
        self._opening = False

    def _part(self) -> PartToRead | None:
        """Return the part to read where the whole is too small to be read."""
        drawing, state = self._shown.drawing, self._shown.state
        current = None if self._opening and state.complete else state.current
        if not self._follows or not 0 < len(drawing.knots) <= READABLE:
            return None
        at = current if current is not None and current < len(drawing.knots) else drawing.output
        share = self._end_share() if at == drawing.output else 0.5
        return drawing.knots[at].centre, share, [_across(knot) for knot in drawing.knots]

    def _end_share(self) -> float:
        """How far to the right the output is read: with its box in sight."""
        drawing, width = self._shown.drawing, self._viewport.area.width()
        beside = READING * (drawing.exit.right() - drawing.knots[drawing.output].centre.x()) + MARGIN
        return max(0.5, min(END, 1.0 - beside / max(width, 1.0)))

    def follow(self) -> None:
        """The pass has come to another node: it comes into sight, large enough to be read. Before the first step that
        is the leftmost one."""
        drawing, state = self._shown.drawing, self._shown.state
        if not drawing.knots or (state.current is not None and state.current >= len(drawing.knots)):
            return
        leftmost = min(drawing.knots, key=lambda knot: knot.centre.x())
        knot = leftmost if state.current is None else drawing.knots[state.current]
        if self._viewport.shows_all:
            if not self._follows or are_numbers_legible(self._viewport.camera.scale) or state.complete:
                return
            self._viewport.read(knot.centre)
        self._viewport.reveal(self._at_work(knot), AHEAD)

    def _at_work(self, knot: Knot) -> QRectF:
        """The node at work; on the way back, with as many as there is room for of those that it hands its gradient to,
        or the nearest of these alone where there is room for one."""
        drawing, box = self._shown.drawing, _with_numbers(knot)
        if self._shown.state.phase is not ComputationPhase.BACKWARD:
            return box
        links = (drawing.links[index] for index in drawing.into.get(knot.index, ()))
        receiving = [drawing.knots[link.source] for link in links if not link.idle]
        receiving.sort(key=lambda receiver: (receiver.centre - knot.centre).manhattanLength())
        room, wanted = self._viewport.area.size() / self._viewport.camera.scale, box
        for receiver in receiving:
            whole = wanted.united(_with_numbers(receiver))
            if whole.width() <= room.width() and whole.height() <= room.height():
                wanted = whole
        return wanted if wanted != box or not receiving else _with_numbers(receiving[0])

    def show_all(self) -> None:
        """The whole, and leave it so while it plays."""
        self._follows = False
        self._viewport.fit()


NUMBER = 84.0
"""Pixels of the widest number beneath a node."""


def _across(knot: Knot) -> QRectF:
    """A node, as wide as its number."""
    more = max(0.0, (NUMBER - knot.box.width()) / 2)
    return knot.box.adjusted(-more, 0, more, 0)


def _with_numbers(knot: Knot) -> QRectF:
    """A node with what is written round it."""
    return knot.box.adjusted(-40, -30, 40, 60)
