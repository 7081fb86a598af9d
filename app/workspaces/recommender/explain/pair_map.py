"""All pairs of one cross: each weight as a colour, dashed where no training row has the pair."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QLinearGradient, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.announce import announce
from app.kit.charts.colourmap import diverging_colour
from app.kit.export import Table
from app.kit.look import font
from app.kit.numbers import counted, grouped, percent, short, signed
from app.kit.widgets.painted import KeyFocus, Painted, draw_elided, set_pixels
from app.kit.words import plain_tip
from app.workspaces.recommender.explain.content import PairMap, Place

MOST_CELL = 24.0
NAMES = 0.36
"""Share of the width that the names may take."""
BELOW, KEY = 18.0, 22.0
GAP = 1.0
NAME_HEIGHT = 11.5


class PairMatrix(KeyFocus, Painted):
    """``picked(place)``: a pair was clicked, or chosen with the arrow keys and Enter."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: PairMap | None = None
        self._chosen: tuple[Place, ...] = ()
        self._own: Place | None = None
        self._under: Place | None = None
        self._names = 0.0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(190, 110)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_map(self, shown: PairMap | None) -> None:
        """Show all pairs of a cross."""
        self._map, self._under, self._own, self._chosen = shown, None, None, ()
        if shown is not None:
            strong = QFontMetrics(font(11, QFont.Weight.DemiBold))
            self._names = max((strong.horizontalAdvance(one.text) for one in shown.down), default=0) + 9.0
            self.setAccessibleName(shown.cross.title)
        self.update()

    def show_places(self, chosen: tuple[Place, ...], own: Place | None) -> None:
        """Frame the chosen pairs, and mark the one that the row has itself."""
        self._chosen, self._own = chosen, own
        self.update()

    # Places -------------------------------------------------------------------------------------------------------

    def _box(self) -> QRectF:
        """Where the cells are painted."""
        assert self._map is not None
        left = min(NAMES * self.width(), self._names)
        across, down = max(1, len(self._map.across)), max(1, len(self._map.down))
        wide = min(MOST_CELL * 1.5, (self.width() - left - 4) / across)
        high = min(MOST_CELL, (self.height() - BELOW - KEY) / down)
        return QRectF(left, 0, wide * across, high * down)

    def cell(self, place: Place) -> QRectF:
        """A pair's cell."""
        assert self._map is not None
        box = self._box()
        wide, high = box.width() / len(self._map.across), box.height() / len(self._map.down)
        cell = QRectF(box.left() + place[1] * wide, box.top() + place[0] * high, wide, high)
        return cell.adjusted(GAP, GAP, -GAP, -GAP)

    def place_at(self, x: float, y: float) -> Place | None:
        """The pair under a place in pixels."""
        if self._map is None or not self._map.pairs:
            return None
        box = self._box()
        if not box.contains(x, y):
            return None
        down = int((y - box.top()) / box.height() * len(self._map.down))
        across = int((x - box.left()) / box.width() * len(self._map.across))
        return min(down, len(self._map.down) - 1), min(across, len(self._map.across) - 1)

    # Painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        if self._map is None or not self._map.pairs:
            return
        reach = self._map.reach or 1.0
        for down in range(len(self._map.down)):
            for across in range(len(self._map.across)):
                self._paint_cell(painter, (down, across), reach)
        for place in self._chosen:
            self._paint_frame(painter, place, "text", 2.0)
        if self._own is not None and self._own not in self._chosen:
            self._paint_frame(painter, self._own, "text_muted", 1.2)
        if self._under is not None:
            self._paint_frame(painter, self._under, "accent", 2.0)
        self._paint_names(painter)
        self._paint_key(painter, reach)

    def _paint_cell(self, painter: QPainter, place: Place, reach: float) -> None:
        assert self._map is not None
        cell, weight = self.cell(place), self._map.weights[place[0]][place[1]]
        radius = min(2.5, cell.height() / 4)
        if self._map.counts[place[0]][place[1]] == 0:
            dashed = QPen(theme.colour("text_muted"), 1.0, Qt.PenStyle.CustomDashLine)
            dashed.setDashPattern([2.0, 2.0])
            painter.setPen(dashed)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            cell = cell.adjusted(0.5, 0.5, -0.5, -0.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(diverging_colour(weight / reach) if weight else theme.colour("neutral"))
        painter.drawRoundedRect(cell, radius, radius)

    def _paint_frame(self, painter: QPainter, place: Place, name: str, width: float) -> None:
        painter.setPen(QPen(theme.colour(name), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.cell(place).adjusted(-1, -1, 1, 1), 3, 3)

    def _paint_names(self, painter: QPainter) -> None:
        assert self._map is not None
        box, marked = self._box(), {place[0] for place in self._chosen}
        high = box.height() / len(self._map.down)
        taken: list[int] = []
        own = [] if self._own is None else [self._own[0]]
        for at in dict.fromkeys([*sorted(marked), *own, *range(len(self._map.down))]):
            if any(abs(at - other) * high < NAME_HEIGHT for other in taken):
                continue
            taken.append(at)
            name, strong = self._map.down[at].text, at in marked
            set_pixels(painter, 11, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            painter.setPen(theme.colour("text" if strong else "text_muted"))
            line = QRectF(0, box.top() + at * high - 2, box.left() - 7, high + 4)
            draw_elided(painter, line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
        self._paint_below(painter, box)

    def _paint_below(self, painter: QPainter, box: QRectF) -> None:
        """Names of columns where there is room: the chosen ones first, then the row's own, then the ends."""
        assert self._map is not None
        names, taken = [one.text for one in self._map.across], list[QRectF]()
        wide = box.width() / len(names)
        chosen = [place[1] for place in self._chosen]
        own = [] if self._own is None else [self._own[1]]
        order = dict.fromkeys([*chosen, *own, 0, len(names) - 1, *range(len(names))])
        for at in order:
            strong = at in chosen
            set_pixels(painter, 11, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            width = painter.fontMetrics().horizontalAdvance(names[at]) + 2.0
            middle = box.left() + (at + 0.5) * wide
            left = max(0.0, min(middle - width / 2, self.width() - width))
            room = QRectF(left, box.bottom() + 3, width, BELOW - 4)
            if any(room.adjusted(-8, 0, 8, 0).intersects(other) for other in taken):
                continue
            taken.append(room)
            painter.setPen(theme.colour("text" if strong else "text_muted"))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, names[at])
            painter.drawLine(QPointF(middle, box.bottom() + 1), QPointF(middle, box.bottom() + 4))

    def _paint_key(self, painter: QPainter, reach: float) -> None:
        """What the colours and the dashes mean."""
        assert self._map is not None
        set_pixels(painter, 11)
        painter.setPen(theme.colour("text_muted"))
        metrics, middle = painter.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
        y, x = self.height() - KEY + 4, 0.0
        low, high = short(-reach, 2), self.tr("+{reach} weight").format(reach=short(reach, 2))
        painter.drawText(QRectF(x, y, 80, 16), middle, low)
        x += metrics.horizontalAdvance(low) + 5
        bar = QRectF(x, y + 4, 54, 8)
        ramp = QLinearGradient(bar.topLeft(), bar.topRight())
        for stop in (0.0, 0.25, 0.5, 0.75, 1.0):
            ramp.setColorAt(stop, diverging_colour(2 * stop - 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ramp)
        painter.drawRoundedRect(bar, 4, 4)
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(bar.right() + 5, y, 120, 16), middle, high)
        x = bar.right() + metrics.horizontalAdvance(high) + 20
        dashed = QPen(theme.colour("text_muted"), 1.0, Qt.PenStyle.CustomDashLine)
        dashed.setDashPattern([2.0, 2.0])
        painter.setPen(dashed)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x, y + 3, 10, 10), 2, 2)
        painter.setPen(theme.colour("text_muted"))
        said = self.tr("no training row ({unseen} of {pairs})").format(
            unseen=grouped(self._map.unseen), pairs=grouped(self._map.pairs)
        )
        draw_elided(painter, QRectF(x + 16, y, self.width() - x - 16, 16), middle, said)

    # Reading ------------------------------------------------------------------------------------------------------

    def describe(self, place: Place) -> str:
        """A pair in words."""
        assert self._map is not None
        down, across = place
        count, yes = self._map.counts[down][across], self._map.yes[down][across]
        number, hashed = self._map.weights[down][across], self._map.cross.hashed
        pair, weight = self._map.title(place), signed(number, 3)
        if count:
            rows = counted(count, self.tr("1 training row"), self.tr("{count} training rows"))
            words = self.tr("{pair}: weight {weight}; {rows}, {share} of them {goal}")
            if hashed:
                words = self.tr(
                    "{pair}: weight {weight}, which others may share (hashed); {rows}, {share} of them {goal}"
                )
            return words.format(goal=self._map.goal, pair=pair, weight=weight, rows=rows, share=percent(yes / count))
        if hashed:
            words = self.tr("{pair}: no training row has it; weight {weight}, which others may share (hashed)")
        elif number:
            words = self.tr("{pair}: no training row has it; weight {weight}")
        else:
            words = self.tr("{pair}: no training row has it, its weight has never moved")
        return words.format(pair=pair, weight=weight)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.place_at(event.position().x(), event.position().y()))
        if self._under is not None:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(self.describe(self._under)), self)
        else:
            QToolTip.hideText()

    def _point_at(self, place: Place | None) -> None:
        if place != self._under:
            self._under = place
            self.setCursor(Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().x(), event.position().y())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk over the pairs, each of which is said; Enter or Space picks one."""
        step = {
            Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
        }.get(Qt.Key(event.key()))  # fmt: skip
        if self._map is None or not self._map.pairs:
            super().keyPressEvent(event)
        elif step is not None:
            here = self._under or (self._chosen[0] if self._chosen else (0, 0))
            down = max(0, min(len(self._map.down) - 1, here[0] + step[0]))
            across = max(0, min(len(self._map.across) - 1, here[1] + step[1]))
            self._point_at((down, across))
            announce(self, self.describe((down, across)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._under is not None:
            self.picked.emit(self._under)
        else:
            super().keyPressEvent(event)

    def table(self) -> Table:
        """A line for each pair."""
        if self._map is None:
            return Table((), ())
        shown = self._map
        rows = [
            (across.key, down.key, shown.weights[d][a], shown.counts[d][a], shown.yes[d][a])
            for d, down in enumerate(shown.down)
            for a, across in enumerate(shown.across)
        ]
        return Table((*shown.cross.members, "weight", "training_rows", "yes"), rows)
