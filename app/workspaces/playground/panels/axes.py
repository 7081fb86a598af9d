"""Which two features span the plane that is shown, and what a slice through more of them leaves out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import Label, wrapped
from app.kit.words import plain_tip
from app.network.document import Document
from app.workspaces.playground.panels.readings import slice_words
from engine.data import available_features
from engine.training.plane import Plane, telling_columns

NAMED = 3
"""Features that a slice leaves out and that are named; the others are counted."""


class Axes(QWidget):
    """``picked``: other columns were chosen by hand. For data of more than two columns."""

    picked = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.setColumnStretch(1, 1)
        self.choices: list[Choice] = []
        tips = (self.tr("The feature across"), self.tr("The feature upwards"))
        held = self.tr("The other features are held at their mean.")
        for line, (arrow, tip) in enumerate(zip("→↑", tips, strict=True)):
            choice = Choice(tip, [], f"{tip}. {held}")
            choice.picked.connect(lambda _key: self.picked.emit())
            label = Label(arrow)
            label.setProperty("role", "muted")
            grid.addWidget(label, line, 0)
            grid.addWidget(choice, line, 1)
            self.choices.append(choice)
        self.slice = wrapped()
        grid.addWidget(self.slice, 2, 0, 1, 2)

    @property
    def columns(self) -> tuple[int, int]:
        """The chosen columns: across, upwards."""
        first, second = (int(choice.key) for choice in self.choices)
        return first, second

    def offer(self) -> None:
        """Offer the data set's columns, the two that tell most being chosen."""
        dataset = self._document.dataset
        features = available_features(dataset)[: len(dataset.columns)]
        entries = [(str(at), feature.label) for at, feature in enumerate(features)]
        for choice, column in zip(self.choices, telling_columns(dataset), strict=True):
            choice.set_entries(entries)
            choice.choose(str(column))

    def tell(self, plane: Plane) -> str:
        """Say what the plane leaves out; the words, empty where it shows all."""
        dataset = self._document.dataset
        words = slice_words(dataset, plane, NAMED)
        self.slice.setText(words)
        self.slice.setToolTip(plain_tip(slice_words(dataset, plane, len(dataset.columns))))
        return words
