"""The tables to choose from, each as a miniature of its plane with a line that does it, or of its cube with a plane.

XOR has none.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.drawing.marks import paint_marks, rect_of
from app.kit.widgets.cards import edge_of
from app.kit.widgets.labels import wrapped
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided, set_pixels
from app.kit.widgets.section import Section
from app.kit.words import plain_tip
from app.workspaces.neuron.miniature import miniature
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.words import table_name
from engine.neuron.parting import answer
from engine.neuron.tables import TABLES, Targets

COLUMNS = 3
FIRST = 6
"""So many tables are at first sight, the others behind a line."""
TILE = QSize(58, 60)
SIDE = 34.0
RADIUS = 3.2


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
            paint_marks(painter, miniature(rect_of(picture), self.targets, answer(self.targets), RADIUS))
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
