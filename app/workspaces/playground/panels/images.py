"""The data set's images, to be looked through by class."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.numbers import grouped
from app.kit.widgets.choice import Choice
from app.kit.widgets.image_grid import ImageGrid, ImageItem
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.segments import Segments
from app.network.document import Document

SIDE, GAP, LINES, ACROSS = 33, 5, 6, 5
MOST_CHIPS = 12
"""More classes than this are chosen from a list."""
ALL = "all"


class ImagesPanel(QWidget):
    """``picked(row)``: look at this image."""

    picked = Signal(int)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._filter: Segments | Choice | None = None
        self._classes: tuple[str, ...] | None = None
        self._page = 0
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.part = Segments(
            [
                ("train", self.tr("Training"), self.tr("Images the network is trained on")),
                ("test", self.tr("Test"), self.tr("Images it is tested on and never learns from")),
            ]
        )
        self.part.chosen.connect(lambda _key: self._turn_to(0))
        self.grid = ImageGrid(SIDE, lines=LINES, captions=False, gap=GAP)
        self.grid.setAccessibleName(self.tr("Images of the data set"))
        self.grid.picked.connect(self.picked)
        self.count = ElidedLabel("", "muted")
        self.more = QPushButton(self.tr("more ›"))
        self.more.setProperty("role", "flat")
        self.more.setToolTip(self.tr("The next images"))
        self.more.setAccessibleName(self.tr("The next images"))
        self.more.clicked.connect(lambda: self._turn_to(self._page + 1))
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.more)
        self._rows.addWidget(self.part)
        self._rows.addWidget(self.grid)
        self._rows.addLayout(foot)

    @property
    def filter(self) -> Segments | Choice:
        """All classes, or one."""
        assert self._filter is not None
        return self._filter

    def refresh(self) -> None:
        """Show the document's data set; only for one of images."""
        classes = self._document.dataset.classes
        if classes != self._classes:
            self._classes = classes
            self._offer(classes)
        self._turn_to(0)

    def _offer(self, classes: tuple[str, ...]) -> None:
        if self._filter is not None:
            self._rows.removeWidget(self._filter)
            self._filter.deleteLater()
        entries = [(ALL, self.tr("all")), *((str(index), name) for index, name in enumerate(classes))]
        tip = self.tr("Only images of “{name}”")
        if len(classes) <= MOST_CHIPS:
            chips = [(key, name, "" if key == ALL else tip.format(name=name)) for key, name in entries]
            self._filter = Segments(chips)
            self._filter.chosen.connect(lambda _key: self._turn_to(0))
        else:
            self._filter = Choice(self.tr("Class"), entries, self.tr("Only images of one class"))
            self._filter.picked.connect(lambda _key: self._turn_to(0))
        self._filter.setStyleSheet('QPushButton[role="chip"] { padding: 1px 6px; min-height: 18px; }')
        self._rows.insertWidget(1, self._filter)

    def _turn_to(self, page: int) -> None:
        dataset = self._document.dataset
        training = self.part.key == "train"
        rows = dataset.train if training else dataset.test
        if self.filter.key != ALL:
            rows = rows[dataset.y[rows] == int(self.filter.key)]
        fit = ACROSS * LINES
        self._page = page if page * fit < len(rows) else 0
        shown = rows[self._page * fit : (self._page + 1) * fit]
        words = self.tr("Image {row}: {name}. Click to see what the network predicts.")
        self.grid.set_items(
            [
                ImageItem(int(row), pixels, words=words.format(row=row, name=dataset.classes[int(dataset.y[row])]))
                for row, pixels in zip(shown, dataset.pictures(np.asarray(shown)), strict=True)
            ]
        )
        text = self.tr("{shown} of {count} images")
        self.count.set_full_text(text.format(shown=grouped(len(shown)), count=grouped(len(rows))))
        self.more.setVisible(len(rows) > fit)
