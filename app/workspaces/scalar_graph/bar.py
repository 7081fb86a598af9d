"""The workspace's part of the top bar: the result and its slope."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit import theme
from app.kit.numbers import NOTHING
from app.kit.widgets.readout import Readout
from app.kit.widgets.tone import restyle
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.names import name_text, short_name, short_slope_markup
from app.workspaces.scalar_graph.sight import GradientOf, ValueOf, marked_gradient, value_text


class GraphBar(QWidget):
    """Two read-outs. ``asked(key)``: the result or the slope was clicked."""

    asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        tr = self.tr
        double = tr("What the expression comes to, as a double: 53 binary digits")
        self.result = Readout(tr("OUTPUT"), double, "−0.888888", accent=True)
        self.slope = Readout(
            "", tr("How fast the result moves with the chosen input: its gradient"), "−0.88888", accent=True, maths=True
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for readout in (self.result, self.slope):
            row.addWidget(readout)
        for readout in (self.result, self.slope):
            readout.setCursor(Qt.CursorShape.PointingHandCursor)
            readout.installEventFilter(self)
        row.addStretch(1)
        for signal in (desk.sight_changed, desk.chosen_changed):
            signal.connect(self.follow)
        desk.refused.connect(self.follow)
        theme.notifier().changed.connect(self.follow)
        self.follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on a number asks where it comes from."""
        worked, leaf = self._desk.worked, self._desk.leaf
        if event.type() == QEvent.Type.MouseButtonPress and worked is not None and not self._desk.stale:
            if watched is self.result:
                self.asked.emit(ValueOf(worked.graph.nodes[worked.graph.output].key))
            elif leaf is not None:
                self.asked.emit(GradientOf(leaf))
        return super().eventFilter(watched, event)

    @Slot()
    def follow(self) -> None:
        """Say how things stand; nothing where what is typed cannot be read."""
        worked, sight = self._desk.worked, self._desk.sight
        if worked is None or self._desk.stale:
            for readout in (self.result, self.slope):
                self._say(readout, NOTHING, "")
            return
        graph = worked.graph
        value = sight.values[graph.output]
        name = graph.labels[graph.output]
        caption = self.tr("OUTPUT {name}").format(name=name_text(short_name(name)))
        self.result.set_caption(caption, self.result.toolTip())
        fault = worked.faults.get(graph.output, "") if value is not None else ""
        self._say(self.result, not_yet() if value is None else value_text(value), fault)
        leaf = self._desk.leaf
        self.slope.setVisible(leaf is not None)
        if leaf is not None:
            gradient = sight.gradients[graph.index[leaf]]
            self.slope.set_caption(short_slope_markup(name, leaf), self.slope.toolTip())
            why = sight.hollow.get(graph.index[leaf], "")
            text = not_yet() if gradient is None else marked_gradient(gradient, hollow=bool(why))
            self._say(self.slope, text, why)

    @staticmethod
    def _say(readout: Readout, text: str, fault: str) -> None:
        """A number; one that means nothing has the colour of a fault."""
        readout.say(text)
        restyle(readout.value, f"color: {theme.current().danger};" if fault else "")
        if fault or readout.value.toolTip():
            readout.value.setToolTip(plain_tip(fault))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Read-outs take the room that the style in force needs."""
        super().showEvent(event)
        for readout in (self.result, self.slope):
            readout.fit()
