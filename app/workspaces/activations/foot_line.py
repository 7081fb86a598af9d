"""The line beneath the histogram: mean and deviation, which say where they come from, and the bar at the cursor."""

from __future__ import annotations

from math import isfinite

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit.numbers import fixed, grouped
from app.kit.widgets.labels import Label
from app.workspaces.activations.keys import DEVIATION, MEAN
from app.workspaces.activations.number_link import NumberLink
from engine.training.layer_z import Histogram


class FootLine(QWidget):
    """``asked(key)``: where a number comes from."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tip = self.tr("Where does this number come from?")
        self.mean = NumberLink(self.tr("mean"), tip, pixels=12)
        self.deviation = NumberLink(self.tr("deviation"), tip, pixels=12)
        self._bar = Label()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for name, link, key in ((self.tr("mean"), self.mean, MEAN), (self.tr("deviation"), self.deviation, DEVIATION)):
            label = Label(name)
            label.setProperty("role", "muted")
            row.addWidget(label)
            row.addWidget(link)
            link.clicked.connect(lambda _on=False, key=key: self.asked.emit((key,)))
        self._bar.setProperty("role", "muted")
        row.addSpacing(8)
        row.addWidget(self._bar)
        row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The count at the cursor whole or not at all: half a number says another one."""
        self._bar.setVisible(True)
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        self._bar.setVisible(layout.sizeHint().width() <= self.width())

    def show_histogram(self, found: Histogram | None, cursor: float) -> None:
        """What is counted, and how much of it in the bar at the cursor; nothing where there is nothing."""
        self.setVisible(found is not None and isfinite(found.mean))
        if found is None:
            return
        self.mean.say(fixed(found.mean))
        self.deviation.say(fixed(found.deviation))
        count = found.count_at(cursor)
        text = self.tr("at the cursor {count} of {total} in one bar")
        said = text.format(count=grouped(count), total=grouped(found.total))
        if said != self._bar.text():
            self._bar.setText(said)
            self._make_room()
