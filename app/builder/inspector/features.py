"""The features that an input block feeds into the network."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.builder.canvas.layout import with_room_for_inputs
from app.kit.numbers import grouped
from app.kit.widgets.checklist import CheckList
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.labels import wrapped
from app.kit.widgets.search import let_clear
from app.kit.widgets.segments import chip
from app.kit.words import letters
from app.network.document import Document
from engine.data import Feature, available_features
from engine.graph.edit import set_params
from engine.graph.model import Block

MOST_CHIPS = 16
MOST_NAMED = 4
LIST_HEIGHT = 180
MOST_PIXELS = 120
"""A longer name is elided on its chip."""


class FeaturesPanel(QWidget):
    """Chips for a few features, a searchable list for many; each toggle is one undoable step."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._selected: str | None = None
        self._shown: tuple[Feature, ...] = ()
        self.chips: dict[str, QPushButton] = {}
        self._chip_area = QWidget()
        self._flow = FlowLayout(self._chip_area, 6)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search features…"))
        self.search.setAccessibleName(self.tr("Search features"))
        self.search.setToolTip(self.tr("Show only features whose name contains this text"))
        let_clear(self.search)
        self.search.textChanged.connect(self._search)
        self.ticks = CheckList(self.tr("Features"), self.tr("Ticked features are fed into the network"))
        self.ticks.setFixedHeight(LIST_HEIGHT)
        self.ticks.toggled.connect(self._toggled)
        self._nothing = wrapped(self.tr("There is no input block; add one from the palette."))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for widget in (self._chip_area, self.search, self.ticks, self._nothing):
            rows.addWidget(widget)
        document.graph_changed.connect(self.refresh)
        document.dataset_loaded.connect(self.refresh)
        self.refresh()

    def set_selection(self, ids: tuple[str, ...]) -> None:
        """Follow the canvas: the first selected input block is the one whose features are shown."""
        graph = self._document.graph
        chosen = next((key for key in ids if key in graph and _takes_features(graph.block(key))), None)
        if chosen is not None:
            self._selected = chosen
            self.refresh()

    @property
    def block(self) -> Block | None:
        """The input block whose features are shown."""
        inputs = [block for block in self._document.graph.blocks if _takes_features(block)]
        return next((block for block in inputs if block.id == self._selected), inputs[0] if inputs else None)

    @property
    def state(self) -> str:
        """The features in a few words: their names, or their number."""
        taken = set(_features(self.block))
        labels = [feature.label for feature in available_features(self._document.dataset) if feature.token in taken]
        if len(labels) <= MOST_NAMED:
            return " ".join(labels) if labels else self.tr("none")
        return self.tr("{count} features").format(count=grouped(len(labels)))

    def refresh(self) -> None:
        """Show what the document has."""
        features = available_features(self._document.dataset)
        if features != self._shown:
            self._shown = features
            self._rebuild()
        block = self.block
        taken = set(_features(block))
        few = len(features) <= MOST_CHIPS
        self._chip_area.setVisible(block is not None and few)
        for widget in (self.search, self.ticks):
            widget.setVisible(block is not None and not few)
        self._nothing.setVisible(block is None)
        for token, button in self.chips.items():
            button.setChecked(token in taken)
        self.ticks.set_ticked(taken)

    def _rebuild(self) -> None:
        self._flow.clear()
        self.chips.clear()
        self.ticks.clear()
        self.search.clear()
        few = len(self._shown) <= MOST_CHIPS
        for feature in self._shown:
            if few:
                self._add_chip(feature)
            else:
                self.ticks.add(feature.token, feature.label, feature.label)

    def _add_chip(self, feature: Feature) -> None:
        tip = self.tr("Feed {feature} into the network, or leave it out").format(feature=feature.label)
        button = chip(feature.label, tip)
        shown = button.fontMetrics().elidedText(feature.label, Qt.TextElideMode.ElideRight, MOST_PIXELS)
        button.setText(letters(shown))
        button.setAccessibleName(feature.label)
        button.clicked.connect(lambda _checked=False, token=feature.token: self.toggle(token))
        self.chips[feature.token] = button
        self._flow.addWidget(button)

    def _toggled(self, token: str, _on: bool) -> None:
        self.toggle(token)

    def _search(self, text: str) -> None:
        self.ticks.show_only(text)

    def toggle(self, token: str) -> None:
        """Take a feature in or leave it out; features keep the data set's order."""
        block = self.block
        if block is None:
            return
        taken = {*_features(block)} ^ {token}
        features = tuple(feature.token for feature in self._shown if feature.token in taken)
        label = self.tr("Change features")
        graph = set_params(self._document.graph, block.id, features=features)
        graph = with_room_for_inputs(graph, self._document.widths, self._document.dataset)
        self._document.edit(label, graph=graph)
        self.refresh()


def _takes_features(block: Block) -> bool:
    return block.declaration.features(block.params) is not None


def _features(block: Block | None) -> tuple[str, ...]:
    return (block.declaration.features(block.params) or ()) if block is not None else ()
