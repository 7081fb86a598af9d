"""The bar under the decision view while points are drawn: which class, and what to do with the sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.labels import wrapped
from app.kit.widgets.segments import chip
from app.workspaces.playground.panels.sketch import PointSketch


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
            self.tr("Wipe the sheet and draw anew") if drawn else self.tr("There is nothing on the sheet to wipe away")
        )
        ready = self.tr("Drag to draw points, with the right button to erase them.")
        missing = self.tr("Draw at least four points, of two classes; then they are the data set.")
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
