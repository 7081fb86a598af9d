"""Points that are drawn: the sheet that becomes the data set, and the bar under the picture meanwhile."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.labels import wrapped
from app.kit.widgets.segments import chip
from app.network.document import Document
from engine.data import DataChoice, DrawnPoint, Task
from engine.data.points import HIGHEST_CLASS, NEEDED_POINTS
from engine.data.toys import COLUMNS

SPACING = 0.3
"""Least distance of two points of one stroke, in the plane's units."""
ERASER = 0.45
MOST_POINTS = 2000
"""A larger data set is not taken over as the start of a drawing."""


class PointSketch(QObject):
    """The points so far, none before :meth:`restart`. One stroke is one undoable step of the document, once they make a
    data set.

    ``changed``: the points are others. ``label``: the class that is drawn.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.points: tuple[DrawnPoint, ...] = ()
        self.label = 0
        self._last: tuple[float, float] | None = None

    def restart(self) -> None:
        """Start from the document's points: drawn ones, or those of a two-dimensional set of classes."""
        data, dataset = self._document.data, self._document.dataset
        if data.source == "points":
            self.points = data.points
        elif dataset.columns == COLUMNS and dataset.task is not Task.REGRESSION and len(dataset.y) <= MOST_POINTS:
            self.points = tuple(
                DrawnPoint(x1=float(x[0]), x2=float(x[1]), label=float(y))
                for x, y in zip(dataset.x, dataset.y, strict=True)
                if y <= HIGHEST_CLASS
            )
        else:
            self.points = ()
        self.changed.emit()

    @property
    def complete(self) -> bool:
        """Return whether the points make a data set: enough of them, of two classes at least."""
        return len(self.points) >= NEEDED_POINTS and len({point.label for point in self.points}) > 1

    @property
    def classes(self) -> int:
        """Number of classes on offer: those in use, one more, at least two."""
        used = max((int(point.label) for point in self.points), default=0) + 1
        return min(max(used, 2) + 1, HIGHEST_CLASS + 1)

    def clear(self) -> None:
        """Wipe the sheet; the document keeps its data set until there is a new one."""
        self.points = ()
        self.changed.emit()

    def stroke(self, x: float, y: float, erase: bool) -> None:
        """One place of a stroke."""
        if erase:
            kept = tuple(p for p in self.points if hypot(p.x1 - x, p.x2 - y) > ERASER)
            if len(kept) < len(self.points):
                self.points = kept
                self.changed.emit()
        elif self._last is None or hypot(self._last[0] - x, self._last[1] - y) >= SPACING:
            self._last = (x, y)
            self.points = (*self.points, DrawnPoint(x1=x, x2=y, label=self.label))
            self.changed.emit()

    def end_stroke(self) -> None:
        """Make the points the data set, in one undoable step, if they are one."""
        self._last = None
        data = self._document.data
        if self.complete and not (data.source == "points" and data.points == self.points):
            choice = DataChoice(source="points", points=self.points, train_share=data.train_share, seed=data.seed)
            self._document.choose_data(choice, self.tr("Draw points"))


class DrawBar(QWidget):
    """``done``: drawing is over."""

    done = Signal()

    def __init__(self, sketch: PointSketch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sketch = sketch
        self._group = QButtonGroup(self)
        self.classes: list[QPushButton] = []
        self.hint = wrapped()
        area = QWidget()
        self._flow = FlowLayout(area, 5)
        self.clear_button = chip(self.tr("Clear"), "", checkable=False)
        self.clear_button.clicked.connect(sketch.clear)
        self.done_button = chip(self.tr("Done"), self.tr("Stop drawing"), checkable=False)
        self.done_button.clicked.connect(self.done)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(5)
        rows.addWidget(area)
        rows.addWidget(self.hint)
        sketch.changed.connect(self.refresh)
        theme.notifier().changed.connect(self._recolour)
        self.refresh()

    def refresh(self) -> None:
        """Offer as many classes as make sense, and say what is still missing."""
        while self._flow.count():
            self._flow.takeAt(0)
        while len(self.classes) < self._sketch.classes:
            self._add_class(len(self.classes))
        for number, button in enumerate(self.classes):
            self._flow.addWidget(button)
            button.setVisible(number < self._sketch.classes)
        self._flow.addWidget(self.clear_button)
        self._flow.addWidget(self.done_button)
        drawn = bool(self._sketch.points)
        self.clear_button.setEnabled(drawn)
        self.clear_button.setToolTip(
            self.tr("Clear the sheet and draw again") if drawn else self.tr("The sheet is empty")
        )
        ready = self.tr("Drag to draw points; drag with the right button to erase them.")
        missing = self.tr("Draw at least four points of two classes to make them the data set.")
        self.hint.setText(ready if self._sketch.complete else missing)

    def _add_class(self, number: int) -> None:
        text = self.tr("class {number}").format(number=number + 1)
        button = chip(str(number + 1), self.tr("Draw points of {name}").format(name=text))
        button.setAccessibleName(text)
        button.setIcon(_dot(theme.class_colour(number)))
        button.setChecked(number == self._sketch.label)
        button.clicked.connect(lambda: setattr(self._sketch, "label", number))
        self._group.addButton(button)
        self.classes.append(button)

    def _recolour(self) -> None:
        for number, button in enumerate(self.classes):
            button.setIcon(_dot(theme.class_colour(number)))


def _dot(colour: QColor) -> QIcon:
    picture = QPixmap(24, 24)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colour)
        painter.setPen(theme.colour("surface"))
        painter.drawEllipse(3, 3, 18, 18)
    finally:
        painter.end()
    return QIcon(picture)
