"""What lies above the points: names, the watched and the shown, the visitor's way, and what is pointed at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from app.kit import look, theme
from app.kit.scene.viewport import Viewport
from app.kit.widgets.painted import draw_elided, set_pixels
from app.workspaces.recommender.map.labels import Label, Wish, place
from app.workspaces.recommender.map.scene import MapScene

TEXT, LINE = 11, 15.0
SQUARE, DOT, ANCHOR, RING, VISITOR, STOP = 3.6, 4.2, 3.4, 7.5, 10.0, 7.0
"""Half sides and radii of the marks, in pixels."""
STAMP = 12
"""Pixels of a mark's picture."""
ANCHORS, APART = 12, 110.0
"""So many popular items are named before all others, no two nearer than so many pixels: to find one's way by."""
FILL = 40
"""So many more popular items in view are named where there is room."""
MOST_NAMED = 300
"""So many of the watched items are named where there is room."""
MOST_NAME = 190.0
EDGE = 4.0
_COMPASS = 26.0


class Marks:
    """Paints over the points. ``pointed``: the row under the pointer; ``labels``: the names of the last painting."""

    def __init__(self, scene: MapScene, viewport: Viewport) -> None:
        self._scene, self._viewport = scene, viewport
        self.pointed: int | None = None
        self.labels: dict[int, Label] = {}
        self._shown: list[int] = []
        self._watched: list[int] = []
        self._widths: dict[tuple[int, bool], float] = {}
        scene.loaded.connect(self._widths.clear)

    # Places -------------------------------------------------------------------------------------------------------

    def at(self, row: int) -> QPointF:
        """Where an item is, in pixels."""
        x, y = self._scene.places[row].tolist()
        return self._viewport.camera.to_view(QPointF(x, y))

    def way(self) -> list[QPointF]:
        """Where the visitor was and is, in pixels."""
        return [self._viewport.camera.to_view(QPointF(x, y)) for x, y in self._scene.way().tolist()]

    def _rows(self, rows: Sequence[int]) -> list[int]:
        """Those that have a place in the room."""
        room, places = self._viewport.visible, self._scene.places
        all_rows = np.asarray(rows, np.int64)
        x, y = places[all_rows].T
        inside = (room.left() < x) & (x < room.right()) & (room.top() < y) & (y < room.bottom())  # none but finite ones
        found: list[int] = all_rows[inside].tolist()
        return found

    def _pixels(self, rows: Sequence[int]) -> NDArray[np.float64]:
        """Where some items are, in pixels, (rows, 2)."""
        return self._to_view(self._scene.places[np.asarray(rows, np.int64)])

    def _to_view(self, places: NDArray[np.floating]) -> NDArray[np.float64]:
        camera = self._viewport.camera
        return places.astype(np.float64) * camera.scale + (camera.offset.x(), camera.offset.y())

    def _special(self) -> list[int]:
        """What was found or picked, and what is pointed at."""
        return [row for row in (self._scene.found, self.pointed) if row is not None]

    def lay_out(self, font: QFont) -> None:
        """Find a place for the names."""
        content = self._scene.content
        if content is None:
            self.labels = {}
            return
        room = self._viewport.area.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        self._shown, self._watched = shown, watched = self._rows(content.shown), self._rows(content.watched)
        special = self._rows(self._special())
        popular = self._scene.within(self._viewport.visible, FILL)
        anchors = self._anchors(popular)
        named = watched[-MOST_NAMED:]  # the latest
        rows = dict.fromkeys([*special, *anchors, *shown, *named, *self._kept(popular), *popular])
        strong = {*special, *shown, *named}
        marked = {**dict.fromkeys(watched, SQUARE), **dict.fromkeys(shown, DOT), **dict.fromkeys(special, RING)}
        wishes = [
            Wish(
                row,
                self.at(row),
                marked.get(row, ANCHOR),
                self._width(row, row in strong, font),
                row in strong,
                urgent=row == self._scene.found,
            )
            for row in rows
        ]
        taken = np.concatenate([self._pixels([*marked]), self._to_view(self._scene.way())])
        reach = np.array([*marked.values(), *(VISITOR + 1.0,) * (len(taken) - len(marked))])[:, None]
        covered = np.concatenate([taken - reach, taken + reach], axis=1)
        self.labels = {label.row: label for label in place(wishes, room, covered, LINE, self.labels)}

    def _anchors(self, popular: list[int]) -> list[int]:
        """The most popular ones in view that keep their distance from one another."""
        chosen: list[int] = []
        for row in popular:
            point = self.at(row)
            if all((point - self.at(other)).manhattanLength() >= APART for other in chosen):
                chosen.append(row)
            if len(chosen) == ANCHORS:
                break
        return chosen

    def _kept(self, popular: list[int]) -> list[int]:
        """Those that had a name before: names do not come and go while the map moves."""
        return [row for row in popular if row in self.labels]

    def _width(self, row: int, strong: bool, font: QFont) -> float:
        key = (row, strong)
        if key not in self._widths:
            sized = QFont(font)
            sized.setPixelSize(TEXT)
            sized.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            content = self._scene.content
            assert content is not None
            self._widths[key] = min(QFontMetricsF(sized).horizontalAdvance(content.title(row)) + 4.0, MOST_NAME)
        return self._widths[key]

    # Painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Everything above the points but the read-out."""
        content = self._scene.content
        if content is None:
            return
        self.lay_out(painter.font())
        self._paint_anchors(painter)
        paint_squares(painter, self._pixels(self._watched))
        for row in self._shown:
            paint_dot(painter, self.at(row))
        self._paint_names(painter)
        for row in self._rows(self._special()):
            if row not in self._shown and row not in self._watched:
                self._paint_own(painter, row)
            painter.setPen(QPen(theme.colour("text"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.at(row), RING, RING)
        self._paint_way(painter)

    def _paint_anchors(self, painter: QPainter) -> None:
        content = self._scene.content
        assert content is not None
        marked = {*content.watched, *content.shown}
        for row in self.labels:
            if row not in marked:
                self._paint_own(painter, row)

    def _paint_own(self, painter: QPainter, row: int) -> None:
        """An item's own point once more, so that it is seen in a crowd."""
        painter.setPen(QPen(theme.colour("surface"), 1.2))
        painter.setBrush(self._scene.colours.colour(row))
        painter.drawEllipse(self.at(row), ANCHOR + 0.6, ANCHOR + 0.6)

    def _paint_names(self, painter: QPainter) -> None:
        content = self._scene.content
        assert content is not None
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.faded("surface", 0.72))
        for label in self.labels.values():
            painter.drawRect(label.box.adjusted(-1, 1, 1, -1))
        for strong in (False, True):
            set_pixels(painter, TEXT, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            painter.setPen(theme.colour("text" if strong else "text_muted"))
            for label in self.labels.values():
                if label.strong is strong:
                    side = sides[min(label.side, 2)] | Qt.AlignmentFlag.AlignVCenter
                    draw_elided(painter, label.box, side, content.title(label.row))

    def _paint_way(self, painter: QPainter) -> None:
        """The trail from its first stop on, and the visitor at its end."""
        content, points = self._scene.content, self.way()
        if content is None or not points:
            return
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.setPen(QPen(theme.colour("text"), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        stops = points if content.user is None else points[:-1]
        for number, point in enumerate(stops, 1):
            _paint_disc(painter, point, STOP, str(number), filled=False)
        if content.user is not None:
            paint_visitor(painter, points[-1])

    def paint_compass(self, painter: QPainter, middle: QPointF) -> None:
        """How the principal directions lie in the view: a spoke each, as long as it is turned to the eye."""
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.setBrush(look.faded("surface", 0.85))
        painter.drawEllipse(middle, _COMPASS + 11, _COMPASS + 11)
        set_pixels(painter, 10, QFont.Weight.DemiBold)
        for number, (across, up) in enumerate(self._scene.frame.tolist(), 1):
            tip = middle + QPointF(across, -up) * _COMPASS
            length = float(np.hypot(across, up))
            painter.setPen(look.pen(look.faded("text", 0.25 + 0.75 * length), 1.5))
            painter.drawLine(middle, tip)
            if length > 0.3:
                beyond = middle + QPointF(across, -up) / length * (_COMPASS * length + 6)
                painter.drawText(_round(beyond, 7), Qt.AlignmentFlag.AlignCenter, str(number))


def paint_square(painter: QPainter, at: QPointF) -> None:
    """The mark of what was watched."""
    painter.setPen(QPen(theme.colour("text"), 1.6))
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(_round(at, SQUARE), 1.5, 1.5)


def paint_squares(painter: QPainter, places: NDArray[np.float64]) -> None:
    """Many of them, from one picture: drawing each takes longer than a frame where somebody has watched thousands."""
    ratio = painter.device().devicePixelRatio()
    stamp = QPixmap(QSize(STAMP, STAMP) * ratio)
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    stamper = QPainter(stamp)
    stamper.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_square(stamper, QPointF(STAMP / 2, STAMP / 2))
    stamper.end()
    for x, y in (places - STAMP / 2).tolist():
        painter.drawPixmap(QPointF(x, y), stamp)


def paint_dot(painter: QPainter, at: QPointF) -> None:
    """The mark of what is shown to the visitor."""
    painter.setPen(QPen(theme.colour("surface"), 1.2))
    painter.setBrush(theme.colour("accent"))
    painter.drawEllipse(at, DOT, DOT)


def paint_visitor(painter: QPainter, at: QPointF, radius: float = VISITOR) -> None:
    """The one dark disc."""
    _paint_disc(painter, at, radius, "u", filled=True)


def _round(point: QPointF, reach: float) -> QRectF:
    return QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)


def _paint_disc(painter: QPainter, at: QPointF, radius: float, text: str, *, filled: bool) -> None:
    ink, paper = theme.colour("text"), theme.colour("surface")
    painter.setPen(QPen(paper if filled else ink, 1.4))
    painter.setBrush(ink if filled else paper)
    painter.drawEllipse(at, radius, radius)
    set_pixels(painter, 12 if filled else 9, QFont.Weight.Bold)
    font = painter.font()
    font.setItalic(filled)
    painter.setFont(font)
    painter.setPen(paper if filled else ink)
    painter.drawText(_round(at, radius), Qt.AlignmentFlag.AlignCenter, text)
    font.setItalic(False)
    painter.setFont(font)
