"""The tables to choose from, each as a miniature of its plane with a line that does it, or of its cube with a plane.

XOR has none.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.widgets.cards import edge_of
from app.kit.widgets.labels import wrapped
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided, set_pixels
from app.kit.widgets.section import Section
from app.kit.words import plain_tip
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.words import table_name
from engine.neuron.boundary import section
from engine.neuron.parting import answer
from engine.neuron.tables import TABLES, Row, Targets, inputs_of, rows
from engine.neuron.unit import Unit

COLUMNS = 3
FIRST = 6
"""So many tables are at first sight, the others behind a line."""
TILE = QSize(58, 60)
SIDE = 34.0
MARGIN = 0.42
"""How far beyond 0 and 1 the miniature reaches."""


def in_miniature(point: tuple[float, ...], box: QRectF) -> QPointF:
    """A point of one, two or three inputs in a small square; the third comes to the right and down: seen so, the
    plane of majority does not stand on its edge."""
    across = point[0]
    up = point[1] if len(point) > 1 else 0.5
    if len(point) > 2:
        across, up = 0.72 * across + 0.34 * point[2] - 0.03, 0.76 * up - 0.28 * point[2] + 0.26
    span = 1 + 2 * MARGIN
    x = box.left() + (across + MARGIN) / span * box.width()
    return QPointF(x, box.bottom() - (up + MARGIN) / span * box.height())


def paint_miniature(painter: QPainter, box: QRectF, targets: Targets, radius: float = 3.2) -> None:
    """The rows of a table as points, blue where it is to fire, and the line or plane of a setting that does it."""
    inputs = inputs_of(targets)
    unit = answer(targets)
    if inputs == 3:
        _paint_cube(painter, box)
        if unit is not None:
            _paint_plane(painter, box, unit)
    elif unit is not None:
        _paint_boundary(painter, box, unit)
    painter.setPen(Qt.PenStyle.NoPen)
    for point, target in zip(rows(inputs), targets, strict=True):
        painter.setBrush(look.signed(1 if target else -1))
        painter.drawEllipse(in_miniature(point, box), radius, radius)


def boundary_in(unit: Unit, box: QRectF) -> tuple[QPointF, QPointF] | None:
    """The line of a unit of one or two inputs in a miniature; None where it is out of sight."""
    ends = [in_miniature(point, box) for point in section(unit, -MARGIN, 1 + MARGIN)]
    if unit.inputs == 1 and ends:
        return QPointF(ends[0].x(), box.top()), QPointF(ends[0].x(), box.bottom())
    return (ends[0], ends[1]) if len(ends) == 2 else None


def _paint_boundary(painter: QPainter, box: QRectF, unit: Unit) -> None:
    ends = boundary_in(unit, box)
    if ends is not None:
        painter.setPen(QPen(theme.colour("text_muted"), 1.3, Qt.PenStyle.DotLine))
        inset = (ends[1] - ends[0]) * 0.06
        painter.drawLine(ends[0] + inset, ends[1] - inset)


def _paint_cube(painter: QPainter, box: QRectF) -> None:
    corners = rows(3)
    painter.setPen(QPen(theme.colour("track"), 1.0))
    for number, one in enumerate(corners):
        for other in corners[number + 1 :]:
            if _apart(one, other) == 1:
                painter.drawLine(in_miniature(one, box), in_miniature(other, box))


def _paint_plane(painter: QPainter, box: QRectF, unit: Unit) -> None:
    """The part of a plane that lies in the cube."""
    painter.setPen(QPen(theme.colour("text_muted"), 1.3, Qt.PenStyle.DotLine))
    painter.setBrush(look.faded("text_muted", 0.16))
    painter.drawPolygon(QPolygonF([in_miniature(point, box) for point in section(unit, 0.0, 1.0)]))


def _apart(one: Row, other: Row) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


class TableTile(KeyFocus, PaintedButton):
    """A table to choose. ``targets``: None for one's own, which has none until it is the one that is open."""

    def __init__(self, key: str | None, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.targets: Targets | None = TABLES[key].targets if key is not None else None
        self.setCheckable(True)
        self.setText(table_name(key) if key is not None else self.tr("Own"))
        self.setAccessibleName(table_name(key))
        self.setAccessibleDescription(tip)
        self.setToolTip(plain_tip(tip))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return TILE

    def nextCheckState(self) -> None:
        """What is chosen is said from outside."""

    def paint(self, painter: QPainter) -> None:
        chosen = self.isChecked()
        width = 2.0 if chosen else 1.0
        line = QPen(theme.colour(edge_of(self, chosen=chosen)), width)
        if self.key is None and not chosen:
            line.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(line)
        painter.setBrush(theme.colour("accent_soft" if self.isDown() else "surface"))
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, 7, 7)
        picture = QRectF(box.center().x() - SIDE / 2, box.top() + 4, SIDE, SIDE)
        if self.targets is not None:
            paint_miniature(painter, picture, self.targets)
        else:
            painter.setPen(look.pen(theme.colour("text_muted"), 1.6))
            middle = picture.center()
            painter.drawLine(middle - QPointF(5, 0), middle + QPointF(5, 0))
            painter.drawLine(middle - QPointF(0, 5), middle + QPointF(0, 5))
        set_pixels(painter, 9, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium)
        painter.setPen(theme.colour("accent" if chosen else "text"))
        words = QRectF(box.left() + 1, box.bottom() - 17, box.width() - 2, 15)
        draw_elided(painter, words, Qt.AlignmentFlag.AlignCenter, self.text())


class Presets(QWidget):
    """Every named table, and one's own of one to three inputs."""

    chosen = Signal(str)
    own_wanted = Signal(int)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        first, more = (QGridLayout() for _ in range(2))
        for grid in (first, more):
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setSpacing(5)
            for column in range(COLUMNS):
                grid.setColumnStretch(column, 1)
        others = QWidget()
        others.setLayout(more)
        self.more = Section(self.tr("More"), others, is_line=True, is_open=False)
        self.more.set_hint(self.tr("three inputs, your own"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(first)
        rows.addWidget(wrapped(self.tr("blue fires, orange is silent")))
        rows.addWidget(self.more)
        tips = {
            "and": self.tr("Fires only where both inputs are 1"),
            "or": self.tr("Fires where at least one input is 1"),
            "not": self.tr("One input: fires where it is 0"),
            "nand": self.tr("Fires unless both inputs are 1: every table can be built of it"),
            "nor": self.tr("Fires where no input is 1"),
            "xor": self.tr("Fires where exactly one input is 1: no line does it"),
            "majority": self.tr("Three inputs: fires where at least two of them are 1"),
        }
        self.tiles: dict[str | None, TableTile] = {}
        own = self.tr("A table of your own: choose how many inputs, then click the targets")
        for number, key in enumerate((*TABLES, None)):
            tile = TableTile(key, tips[key] if key is not None else own)
            tile.clicked.connect(lambda _on=False, key=key: self._choose(key))
            self.tiles[key] = tile
            grid, place = (first, number) if number < FIRST else (more, number - FIRST)
            grid.addWidget(tile, *divmod(place, COLUMNS))
        self._menu = QMenu(self)
        for inputs, text in ((1, self.tr("One input")), (2, self.tr("Two inputs")), (3, self.tr("Three inputs"))):
            self._menu.addAction(text).triggered.connect(partial(self._choose_own, inputs))
        model.changed.connect(self._follow)
        self._follow()

    def _choose(self, key: str | None) -> None:
        if key is not None:
            self.chosen.emit(key)
        else:
            tile = self.tiles[None]
            self._menu.popup(tile.mapToGlobal(tile.rect().bottomLeft()))

    def _choose_own(self, inputs: int, _checked: bool = False) -> None:
        self.own_wanted.emit(inputs)

    @Slot()
    def _follow(self) -> None:
        here = self._model.reading.table_key
        if here not in tuple(TABLES)[:FIRST]:
            self.more.set_open(True)
        for key, tile in self.tiles.items():
            tile.setChecked(key == here)
        own = self.tiles[None]
        targets = self._model.content.targets if here is None else None
        if targets != own.targets:
            own.targets = targets
            own.update()
