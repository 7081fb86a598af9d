"""The workspace's part of the top bar: where the playback is, the result, its slope, and what the check makes of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit import theme
from app.kit.listing import listed
from app.kit.numbers import NOTHING, scientific
from app.kit.origin.oracles import oracle_name, oracle_title
from app.kit.widgets.giving_way import give_way
from app.kit.widgets.labels import Label
from app.kit.widgets.readout import Readout
from app.kit.widgets.tone import restyle
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.checks import Checked, Checks, Compared
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.number_keys import GradientOf, ValueOf
from app.workspaces.scalar_graph.sight import endless_in, marked_gradient, value_text
from app.workspaces.scalar_graph.signs import name_text, short_name, short_slope_markup
from engine.autodiff.check import GraphCheck
from engine.extras import has_torch


class GraphBar(QWidget):
    """Read-outs and pills, as many as there is room for. ``asked(key)``: the result or the slope was clicked."""

    asked = Signal(object)

    def __init__(self, desk: Desk, checks: Checks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._checks = desk, checks
        tr = self.tr
        self.step = Readout(tr("STEP"), tr("How many nodes have been gone through, forward and back"), "88 of 88")
        self.result = Readout(tr("OUTPUT"), tr("What the expression comes to"), "−0.888888", accent=True)
        self.slope = Readout(
            "", tr("How fast the result moves with the chosen input: its gradient"), "−0.88888", accent=True, maths=True
        )
        self.precision = Label("float64")
        self.precision.setToolTip(plain_tip(tr("Every number is a double: 53 binary digits")))
        self.badge = Label()
        self._said = ("", "")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        for readout in (self.step, self.result, self.slope):
            self._row.addWidget(readout)
            readout.outgrown.connect(self._make_room)
        for readout in (self.result, self.slope):
            readout.setCursor(Qt.CursorShape.PointingHandCursor)
            readout.installEventFilter(self)
        self._row.addStretch(1)
        for pill in (self.precision, self.badge):
            pill.setProperty("role", "chip")
            self._row.addWidget(pill)
        for signal in (desk.sight_changed, desk.chosen_changed, checks.changed):
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
            for readout in (self.step, self.result, self.slope):
                self._say(readout, NOTHING, "")
            self._hide_badge()
            return
        self.step.say(self.tr("{step} of {steps}").format(step=sight.step, steps=sight.steps))
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
        self._show_badge()

    @staticmethod
    def _say(readout: Readout, text: str, fault: str) -> None:
        """A number; one that means nothing has the colour of a fault."""
        readout.say(text)
        restyle(readout.value, f"color: {theme.current().danger};" if fault else "")
        if fault or readout.value.toolTip():
            readout.value.setToolTip(plain_tip(fault))

    def _show_badge(self) -> None:
        """The honest state of the check: not yet, so far apart, or that nobody could be asked."""
        checked = self._checks.of(self._desk.worked)
        if checked is None:
            waiting = self.tr("PyTorch: not yet checked") if has_torch() else self.tr("Not yet checked")
            self._say_badge(waiting, "text_muted")
            return
        others = checked.others
        if others is None:
            failed = self.tr("PyTorch could not be asked") if has_torch() else self.tr("Not checked")
            self._say_badge(failed, "warning")
            return
        found = checked.compared(self._desk.sight)
        self._say_badge(*self._compared(checked, found, others), self._what(found, others))

    def _compared(self, checked: Checked, found: Compared, others: GraphCheck) -> tuple[str, str]:
        """What the badge says of what is in sight, and in which colour."""
        sight, checker = self._desk.sight, oracle_title(others.gradients_by)
        if found.wrong is not None:
            gap = scientific(checked.gap_at(found.wrong))
            return self.tr("{checker}: off by {gap}").format(checker=checker, gap=gap), "danger"
        if not found.values and not found.gradients:
            return self.tr("{checker}: {state}").format(checker=checker, state=not_yet()), "text_muted"
        endless = endless_in(sight) if not checked.worked.finite else ()
        if endless:
            return self.tr("{checker}: {numbers} too").format(checker=checker, numbers=listed(endless)), "danger"
        if not found.gradients:
            return self.tr("{checker}: values agree").format(checker=oracle_title(others.values_by)), "good"
        gap = "0" if found.apart == 0.0 else scientific(found.apart)
        words = self.tr("{checker}: max diff {gap}").format(checker=checker, gap=gap)
        return words, "danger" if sight.hollow else "good"

    def _what(self, found: Compared, others: GraphCheck) -> str:
        """What was compared with whose numbers, for the tooltip."""
        gap = "0" if found.apart == 0.0 else scientific(found.apart)
        return self.tr(
            "Compared so far: {values} values with {values_by}, {gradients} gradients with {gradients_by}; greatest"
            " difference {gap}"
        ).format(
            values=found.values,
            values_by=oracle_name(others.values_by),
            gradients=found.gradients,
            gradients_by=oracle_name(others.gradients_by),
            gap=gap,
        )

    def _say_badge(self, text: str, colour: str, tip: str = "") -> None:
        self.badge.setToolTip(plain_tip(tip or self.tr("The greatest difference of any number here from its check")))
        said = text, getattr(theme.current(), colour)
        if said == self._said:
            return
        self._said = said
        self.badge.setText(text)
        restyle(self.badge, f"color: {said[1]};")
        self._make_room()

    def _hide_badge(self) -> None:
        self._said = ("", "")
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Read-outs take the room that the style in force needs."""
        super().showEvent(event)
        for readout in (self.step, self.result, self.slope):
            readout.fit()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        """Pills give way first."""
        give_way(self._row, self.width(), ((self.precision, True), (self.badge, self._said != ("", ""))))
