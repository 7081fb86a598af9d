"""The left column: what is compared, as tiles that draw their curves, with which parameters, and beside whose z."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.kit import inks, theme
from app.kit.charts.polyline import polyline
from app.kit.numbers import grouped
from app.kit.translation import worded, worded_name
from app.kit.widgets.choice import Choice
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.drag_number.slider import ValueSlider
from app.kit.widgets.labels import wrapped
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided, set_pixels
from app.kit.widgets.section import Section
from app.kit.words import plain_tip
from app.workspaces.activations.functions import ComparedFunction, OwnExpression, own_name, short_name, slot_ink
from app.workspaces.activations.gelu_part import GeluPart
from app.workspaces.activations.layer_watch import LayerView, WatchedLayer
from app.workspaces.activations.own_editor import OwnPart
from engine.activations import ACTIVATIONS, Activation, activation
from engine.activations.comparison import MOST_CHOSEN, PARAMETER_OF, Comparison, OwnActivation

COLUMNS, HEIGHT, GAP = 4, 46, 5
REACH, POINTS = 3.2, 65
BARS = (0.35, 0.75, 1.0, 0.6)
ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}

Curve = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class TileEntry:
    """The function of a tile. ``value``: f, to be drawn; None of a function of many numbers, which is drawn as bars."""

    key: str
    name: str
    full: str
    tip: str
    value: Callable[[NDArray[np.float64]], NDArray[np.float64]] | None

    @property
    def said(self) -> tuple[str, str, str, str]:
        """All of it that is words."""
        return self.key, self.name, self.full, self.tip


class FunctionTile(KeyFocus, PaintedButton):
    """``walked(by)``: an arrow key leads on by so many tiles."""

    walked = Signal(int)

    def __init__(self, entry: TileEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._slot: int | None = None
        self._line: tuple[QSize, QPolygonF] | None = None
        self.setText(entry.name)
        self.setCheckable(True)
        self.setAccessibleName(entry.full)
        self.hide_fact(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(40, HEIGHT)

    def nextCheckState(self) -> None:
        """The document says what is checked."""

    def hide_fact(self, hidden: bool) -> None:
        """Say its name alone, or what there is to know of it as well."""
        tip = "" if hidden else self.entry.tip
        self.setToolTip(plain_tip(f"{self.entry.full}\n{tip}" if tip else self.entry.full))
        self.setAccessibleDescription(tip)

    def set_entry(self, entry: TileEntry) -> None:
        """Stand for the same thing with another curve."""
        if entry.value is not self.entry.value:
            self.entry, self._line = entry, None
            self.update()

    def show_slot(self, slot: int | None) -> None:
        """Show the colour that it is compared in; None: it is not."""
        if slot != self._slot:
            self._slot = slot
            self.setChecked(slot is not None)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows lead to the neighbours, Enter and Space take the tile."""
        key = Qt.Key(event.key())
        if key in ARROWS:
            self.walked.emit(ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> None:
        colour = inks.colour(slot_ink(self._slot)) if self._slot is not None else None
        width = 2.0 if colour is not None else 1.0
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        quiet = theme.colour("text_muted" if self.underMouse() else "border")
        painter.setPen(QPen(theme.colour("accent") if self.focused_by_key else colour or quiet, width))
        painter.setBrush(theme.colour("raised" if self.underMouse() else "surface"))
        painter.drawRoundedRect(box, 7, 7)
        painter.setPen(QPen(colour or theme.colour("text_muted"), 1.8))
        self._paint_picture(painter, QRectF(self.rect()).adjusted(6, 7, -6, -19))
        set_pixels(painter, 10, QFont.Weight.DemiBold if colour is not None else QFont.Weight.Normal)
        painter.setPen(colour or theme.colour("text_muted"))
        words = QRectF(1, self.height() - 17, self.width() - 2, 14)
        draw_elided(painter, words, Qt.AlignmentFlag.AlignCenter, self.text())

    def _paint_picture(self, painter: QPainter, box: QRectF) -> None:
        if self.entry.value is None:
            width = box.width() / (len(BARS) + 2)
            for place, height in enumerate(BARS):
                left = box.left() + (place + 1) * width
                bar = QRectF(left, box.bottom() - height * box.height(), width - 2, height * box.height())
                painter.fillRect(bar, painter.pen().color())
            return
        if self._line is None or self._line[0] != self.size():
            self._line = (self.size(), _curve(self.entry.value, box))
        painter.drawPolyline(self._line[1])


def _curve(value: Callable[[NDArray[np.float64]], NDArray[np.float64]], box: QRectF) -> QPolygonF:
    x = np.linspace(-REACH, REACH, POINTS)
    with np.errstate(all="ignore"):
        y = value(x)
    good = np.isfinite(y)
    if not good.any():
        return QPolygonF()
    y = np.clip(y, -REACH, REACH)
    low, span = float(y[good].min()), float(np.ptp(y[good])) or 1.0
    across = box.left() + (x[good] + REACH) / (2 * REACH) * box.width()
    up = box.bottom() - (y[good] - low) / span * box.height()
    return polyline(across, up)


class TileBoard(QWidget):
    """``toggled(key)``: a tile was clicked."""

    toggled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: dict[str, FunctionTile] = {}
        self._facts_hidden = False
        self.setAccessibleName(self.tr("Activations to compare"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)

    def show_entries(self, entries: Sequence[TileEntry]) -> None:
        """Have a tile for each of these, in this order; those that are the same stay."""
        if [tile.entry.said for tile in self.tiles.values()] == [entry.said for entry in entries]:
            for entry in entries:
                self.tiles[entry.key].set_entry(entry)
            return
        focused = next((key for key, tile in self.tiles.items() if tile.hasFocus()), None)
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = {entry.key: self._made(entry) for entry in entries}
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // COLUMNS, place % COLUMNS)
        if focused in self.tiles:
            self.tiles[focused].setFocus()

    def hide_facts(self, hidden: bool) -> None:
        """Hide what there is to know of the functions, some of which is the formula of a slope, or show it again."""
        self._facts_hidden = hidden
        for tile in self.tiles.values():
            tile.hide_fact(hidden)

    def show_slots(self, slots: Mapping[str, int]) -> None:
        """Mark those that are compared, by key, in their colours."""
        for key, tile in self.tiles.items():
            tile.show_slot(slots.get(key))

    def _made(self, entry: TileEntry) -> FunctionTile:
        tile = FunctionTile(entry)
        tile.hide_fact(self._facts_hidden)
        tile.clicked.connect(lambda _checked=False, key=entry.key: self.toggled.emit(key))
        tile.walked.connect(lambda by, key=entry.key: self._walk(key, by))
        return tile

    def _walk(self, key: str, by: int) -> None:
        order = list(self.tiles)
        place = order.index(key) + by
        if 0 <= place < len(order):
            self.tiles[order[place]].setFocus(Qt.FocusReason.TabFocusReason)


class ParameterPart(QWidget):
    """``moved(field, value)``: by hand, until ``settled``."""

    moved = Signal(str, float)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.sliders: dict[str, ValueSlider] = {}
        for key, field in PARAMETER_OF.items():
            parameter = activation(key).parameter
            assert parameter is not None
            tip = {
                "gamma": self.tr("The slope on the left: with γ above 0 a unit that is off still gets a gradient"),
                "alpha": self.tr("How low it goes on the left; only at α = 1 it has no kink"),
            }[field]
            slider = ValueSlider(
                f"{worded(activation(key).label)} $\\{field}$",
                parameter.default,
                parameter.minimum,
                parameter.maximum,
                0.01,
                tip=tip,
            )
            slider.moved.connect(lambda value, field=field: self.moved.emit(field, value))
            slider.settled.connect(self.settled)
            self.sliders[field] = slider
            column.addWidget(slider)

    def show_comparison(self, value: Comparison) -> bool:
        """Show the numbers of those that are compared; False where none of them has one."""
        chosen = {function.key for function in value.chosen}
        for key, field in PARAMETER_OF.items():
            slider = self.sliders[field]
            slider.setVisible(key in chosen)
            if getattr(value, field) != slider.value:
                slider.set_value(getattr(value, field))
        return not chosen.isdisjoint(PARAMETER_OF)


@cache
def entry_of(function: Activation) -> TileEntry:
    """The tile of an activation of the catalogue."""
    fact = QCoreApplication.translate("Activation", function.fact)
    if function.elementwise:
        return TileEntry(function.key, short_name(function.key), worded(function.label), fact, function.value)
    pair = QCoreApplication.translate("LeftPanel", "Drawn for two units, (x, 0), where it is the logistic function.")
    return TileEntry(function.key, short_name(function.key), worded(function.label), f"{fact}\n{pair}", None)


def _nothing(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """No curve."""
    return np.full_like(x, np.nan)


class LeftPanel(PanelColumn):
    """Tiles, typed functions, parameters, the two GELUs, and the layer to look at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What to compare"))
        self.board = TileBoard()
        self.own, self.parameters, self.gelus = OwnPart(), ParameterPart(), GeluPart()
        self.sections = {
            "compare": Section(self.tr("Compare"), self.board, self.tr("up to {count}").format(count=MOST_CHOSEN)),
            "own": Section(self.tr("Your own"), self.own),  # near its tiles, which push what is beneath out of sight
            "parameters": Section(self.tr("Parameters"), self.parameters),
            "gelu": Section("GELU", self.gelus, is_line=True, is_open=False),
            "histogram": Section(self.tr("Histogram from"), self._layer_part()),
        }
        for section in self.sections.values():
            self.rows.addWidget(section)
        self.rows.addStretch(1)

    def _own_entry(self, typed: OwnActivation, known: OwnExpression | None) -> TileEntry:
        """The tile of an activation of one's own; without a curve until it is known."""
        scalar = known.on_axis(-REACH, REACH) if known is not None else None
        return TileEntry(
            typed.key, own_name(typed.key), typed.text, "", scalar.value if scalar is not None else _nothing
        )

    def _layer_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.layers = Choice(self.tr("Layer"), (), self.tr("The layer whose z are counted under the curves, live"))
        self.counted: QLabel = wrapped()
        column.addWidget(self.layers)
        column.addWidget(self.counted)
        return part

    def show_comparison(
        self, value: Comparison, shown: Sequence[ComparedFunction], own: Mapping[str, OwnExpression | None]
    ) -> None:
        """Mark what is compared."""
        entries = [entry_of(function) for function in ACTIVATIONS.values()]
        entries += [self._own_entry(function, own.get(function.key)) for function in value.own]
        self.board.show_entries(entries)
        self.board.show_slots({function.key: function.slot for function in shown})
        self.sections["parameters"].setVisible(self.parameters.show_comparison(value))
        self.gelus.show_comparison(shown)
        self.sections["gelu"].setVisible(bool(self.gelus.state))
        self.sections["gelu"].set_hint(self.gelus.state)

    def hide_slopes(self, hidden: bool) -> None:
        """Hide the formulas of slopes while they are to be guessed, or show them again."""
        self.board.hide_facts(hidden)
        self.own.hide_derivatives(hidden)

    def show_layers(
        self, layers: Sequence[WatchedLayer], chosen: WatchedLayer | None, view: LayerView | None, why: str
    ) -> None:
        """Offer the layers of the playground's network."""
        entries = [
            (
                layer.block_id,
                self.tr("{layer} ({function})").format(
                    layer=worded_name(layer.name), function=worded(layer.function.label)
                ),
            )
            for layer in layers
        ]
        if [self.layers.itemText(place) for place in range(self.layers.count())] != [text for _, text in entries]:
            self.layers.set_entries(entries)
        self.layers.setEnabled(bool(entries))
        if chosen is not None:
            self.layers.choose(chosen.block_id)
        self.counted.setText(why if view is None else self._count(view))

    def _count(self, view: LayerView) -> str:
        text = self.tr("{rows} training samples × {units} units = {count} z")
        rows, units = grouped(view.rows), grouped(view.units)
        return text.format(rows=rows, units=units, count=grouped(view.rows * view.units))
