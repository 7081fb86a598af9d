"""The panel on the right: the plane of inputs over the truth table."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.capitals import in_capitals
from app.kit.copying import CopyButton
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.widgets.frame import QWIDGETSIZE_MAX, Panel
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.widgets.tone import restyle
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.parts import ALL, Part
from app.workspaces.neuron.plane.view import InputsView
from app.workspaces.neuron.truth_table import Column, TruthTable

WIDE, NARROW, ROOMY = 332, 264, 1080
"""Pixels: of the panel, in pages of at least so many pixels and in narrower ones."""
BESIDE_SQUARE = 30
"""So much higher than the plane in it is the panel wide."""


class Whole(QWidget):
    """All of the page: ``resized(pixels)`` is told how wide it is."""

    def __init__(self, resized: Callable[[int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._resized = resized

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized(self.width())


class InputsPanel(Panel):
    """``asked(key, row)``: where does a number come from? ``failed(problem)``: a picture could not be written."""

    asked = Signal(object)
    failed = Signal(object)

    def __init__(self, model: NeuronModel, origins: Callable[[Hashable], Fact | None]) -> None:
        super().__init__()
        self._model, self._origins = model, origins
        self.setFixedWidth(WIDE)
        self.pictures = QStackedWidget()
        self.column.setContentsMargins(14, 10, 14, 8)
        self.column.setSpacing(6)

    def make_room(self, page: int) -> None:
        """Leave the drawing as much of a page of so many pixels as it needs."""
        width = WIDE if page >= ROOMY else NARROW
        self.setFixedWidth(width)
        self._limit_picture()

    def _limit_picture(self) -> None:
        """A plane that is not square shows w askew to its line; a card has all the room."""
        explaining = self.pictures.count() > 0 and self.origin.key is not None
        self.pictures.setMaximumHeight(QWIDGETSIZE_MAX if explaining else self.width() - BESIDE_SQUARE)

    def parts(self) -> tuple[Callable[[], None], ...]:
        """What it holds, built one by one."""
        return self._add_pictures, self._add_table, self._connect

    def _add_pictures(self) -> None:
        self.plane = InputsView(self._model)
        self.origin = OriginCard(self._origins)
        self.pictures.addWidget(self.plane)
        self._origin_place = self._scrolled(self.origin)
        self.pictures.addWidget(self._origin_place)
        self._title, self._hint = Label(), ElidedLabel("", "muted")
        self._title.setProperty("role", "heading")
        self.copy = CopyButton()
        self.copy.failed.connect(self.failed)
        self.column.addLayout(self._head())
        self.column.addWidget(self.pictures, 100)

    def _add_table(self) -> None:
        self.table = TruthTable(self._model)
        self.badge = Label()
        self.column.addLayout(self._table_head())
        self.column.addWidget(self.table)
        self.column.addStretch(1)

    def _connect(self) -> None:
        model = self._model
        for view in (self.plane, self.table):
            view.flipped.connect(model.flip_target)
        self.table.asked.connect(self._ask)
        self.origin.closed.connect(self._follow)
        model.changed.connect(self._follow)
        theme.follow(self._follow)

    @staticmethod
    def _scrolled(card: QWidget) -> QScrollArea:
        """The card in a place of its own, which scrolls where it is too low."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        return scroll

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from, in the place of the plane until that is closed."""
        self.origin.show(key)
        self._follow()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._title)
        row.addWidget(self._hint, 1)
        row.addWidget(self.copy)
        return row

    def _table_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        title = Label(in_capitals(self.tr("Truth table")))
        title.setProperty("role", "heading")
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.badge)
        return row

    @Slot(int, int)
    def _ask(self, _row: int, column: int) -> None:
        self.asked.emit((Part.SUM if column == Column.Z else Part.OUTPUT, ALL))

    @Slot()
    def _follow(self) -> None:
        inputs = len(self._model.content.weights)
        if self.origin.key is not None:
            self.origin.refresh()
        explaining = self.origin.key is not None
        self._limit_picture()
        self.pictures.setCurrentWidget(self._origin_place if explaining else self.plane)
        for part in (self._title, self._hint, self.copy):
            part.setVisible(not explaining)
        titles = {1: self.tr("The line of inputs"), 2: self.tr("The plane of inputs"), 3: self.tr("The cube of inputs")}
        hints = {
            1: self.tr("drag the boundary"),
            2: self.tr("drag the line or its arrow"),
            3: self.tr("turn it, drag the plane"),
        }
        self._title.setText(in_capitals(titles[inputs]))
        self._hint.set_full_text(self.tr("hidden while you guess") if self._model.secret else hints[inputs])
        self.copy.offer(self.plane, self.copy.drawn_picture, title=titles[inputs], name="neuron-inputs")
        self.copy.offer_drawing(self.plane)
        right, known = self._model.known_right
        total = len(self._model.content.targets)
        whole = right == total
        if known == total:
            self.badge.setText(self.tr("{right} of {total} right").format(right=right, total=total))
        else:
            self.badge.setText(self.tr("{known} of {total} known").format(known=known, total=total))
        colours = theme.current()
        tone = colours.text_muted if known < total else colours.good if whole else colours.danger
        restyle(
            self.badge,
            f"background: {colours.raised}; border: 1px solid {tone}; color: {tone}; border-radius: 10px;"
            " padding: 2px 9px; font-size: 11px; font-weight: 600;",
        )
