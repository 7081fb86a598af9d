"""The page: a comparison as a document, its picture between two columns, and the layer that is looked at."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit.actions import ActionSet
from app.kit.origin.facts import Fact
from app.kit.sheet import Sheet
from app.kit.widgets.frame import Panel
from app.workspaces.activations.actions import ACTIONS, MENUS
from app.workspaces.activations.bar import ActivationsBar
from app.workspaces.activations.costs import Costs
from app.workspaces.activations.form import FORM
from app.workspaces.activations.left_panel import LeftPanel
from app.workspaces.activations.origins import fact_of
from app.workspaces.activations.picture import Picture
from app.workspaces.activations.right_panel import RightPanel
from app.workspaces.activations.shown import Shown, shown_in
from app.workspaces.activations.using import refusal_of, use
from app.workspaces.activations.watch import LayerWatch
from app.workspaces.workspace import Host, Page
from engine.activations.comparison import (
    FIRST,
    Comparison,
    with_chosen,
    with_cursor,
    with_parameter,
    with_range,
    with_toggled,
)
from engine.problems import Problem

LEFT_WIDTH, RIGHT_WIDTH = 216, 346


class ActivationsPage(Page):
    """Views show the document's value; every edit is a step on its stack."""

    menus = MENUS
    document: Sheet[Comparison]
    bar: ActivationsBar

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.document = Sheet(FORM, FIRST, self.tr("Comparison"), self)
        self.left, self.picture, self.right = LeftPanel(), Picture(), RightPanel(self._fact_of)
        self.widget = self._frame()
        self.ground = self.picture
        self.actions = ActionSet(self.widget, ACTIONS)
        self.bar = ActivationsBar(self.actions)
        self.watch, self.costs = LayerWatch(host, self), Costs(self)
        self.shown: tuple[Shown, ...] = ()
        self._candidate: str | None = None
        self._connect()
        self._show()
        self._show_layer()

    def _frame(self) -> QWidget:
        frame = QWidget()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        for part, width in ((self.left, LEFT_WIDTH), (self.picture, 0), (self.right, RIGHT_WIDTH)):
            panel = Panel()
            panel.column.addWidget(part)
            if width:
                panel.setFixedWidth(width)
            row.addWidget(panel, 0 if width else 1)
        frame.installEventFilter(self)
        return frame

    def _connect(self) -> None:
        self.document.value_changed.connect(self._show)
        self.left.toggled.connect(self._toggle)
        self.left.layer_chosen.connect(self.watch.choose)
        self.left.parameter_moved.connect(self._move_parameter)
        self.left.gelu_wanted.connect(self._choose_gelus)
        self.left.settled.connect(self.document.settle)
        difference = self.left.gelus.plot
        for signal, slot in (
            (difference.cursor_moved, self._move_cursor),
            (difference.axis_moved, self._move_axis),
            (difference.settled, self._settle),
            (difference.reset_wanted, self._reset_axis),
        ):
            signal.connect(slot)
        self.costs.changed.connect(self._show_costs)
        self.right.numbers.asked.connect(self._explain)
        self.picture.asked.connect(self._explain)
        self.picture.nudged.connect(self.right.numbers.show_nudge)
        self.picture.cursor_moved.connect(self._move_cursor)
        self.picture.axis_moved.connect(self._move_axis)
        self.picture.settled.connect(self._settle)
        self.picture.reset_wanted.connect(self._reset_axis)
        self.picture.pointed.connect(self._light)
        self.right.numbers.pointed.connect(self._light)
        self.right.use_wanted.connect(self._use)
        self.right.candidate_chosen.connect(self._choose_candidate)
        self.watch.changed.connect(self._show_layer)
        self.picture.copier.failed.connect(self.host.messages.say_problem)
        self.actions.bind(
            {
                "activations_use": self._use,
                "activations_show": self._show_network,
                "activations_reset_axis": self._reset_axis,
            }
        )

    # Looking ------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A layer is looked at while the page is in sight."""
        if event.type() == QEvent.Type.Show:
            self.watch.watch()
        elif event.type() == QEvent.Type.Hide:
            self.watch.rest()
        return False

    def close(self) -> None:
        """Look at nothing any more."""
        self.watch.close()
        self.costs.close()
        self.right.origin.put_away()

    @Slot()
    def _show(self) -> None:
        value = self.document.value
        self.shown = shown_in(value)
        self.picture.show_comparison(value, self.shown)
        self.left.show_comparison(value, self.shown)
        self.right.show_functions(self.shown, value.cursor, self.costs.known)
        self.right.origin.refresh()
        self.costs.want({one.key: one.scalar.cost for one in self.shown})
        self.bar.show_cursor(value.cursor)
        self.watch.compare(self.shown, value.low, value.high)
        self._show_layer()

    @property
    def candidate(self) -> Shown | None:
        """The function that would be put into the layer: the marked one, else the last that was taken in."""
        by_key = {one.key: one for one in self.shown}
        if self._candidate in by_key:
            return by_key[self._candidate]
        chosen = self.document.value.chosen
        return by_key.get(chosen[-1].key) if chosen else None

    @Slot()
    def _show_layer(self) -> None:
        watch, view, layer = self.watch, self.watch.view, self.watch.layer
        why = self._why()
        colour = next((one.colour for one in self.shown if layer and one.key == layer.function.key), None)
        self.picture.show_layer(view, why, colour)
        self.left.show_layers(watch.layers, layer, view, why)
        self.right.show_layer(layer, view, self.shown, self.candidate, refusal_of(self.candidate, layer))
        self.bar.show_layer(watch.network, layer, view)

    def _why(self) -> str:
        """Why there is nothing to be seen of a layer."""
        if self.watch.network is None:
            return self.tr("No network is open; open one in the playground, and its z are counted here.")
        if self.watch.network.trainer.snapshot is None:
            return self.tr("The playground's network has no numbers now; mend what it says there, and its z come.")
        if self.watch.layer is None:
            return self.tr("The network has no layer with an activation; add one in the playground.")
        return self.tr("not yet: being counted")

    # Edits --------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _toggle(self, key: str) -> None:
        self.document.edit(self.tr("Compare other activations"), with_toggled(self.document.value, key))

    @Slot(str, float)
    def _move_parameter(self, field: str, number: float) -> None:
        self.document.edit(self.tr("Set a parameter"), with_parameter(self.document.value, field, number), merge=field)

    @Slot(bool, bool)
    def _choose_gelus(self, exact: bool, approximate: bool) -> None:
        value = with_chosen(self.document.value, {"gelu": exact, "gelu_tanh": approximate})
        self.document.edit(self.tr("Compare other activations"), value)

    @Slot(float)
    def _move_cursor(self, x: float) -> None:
        self.document.edit(self.tr("Move the cursor"), with_cursor(self.document.value, x), merge="cursor")

    @Slot(float, float)
    def _move_axis(self, low: float, high: float) -> None:
        self.document.edit(self.tr("Move the axis"), with_range(self.document.value, low, high), merge="axis")

    @Slot()
    def _reset_axis(self) -> None:
        self.document.edit(self.tr("Usual axis"), with_range(self.document.value, FIRST.low, FIRST.high))

    @Slot()
    def _settle(self) -> None:
        self.document.settle()
        self.picture.announce_cursor()

    def _fact_of(self, key: Hashable) -> Fact | None:
        return fact_of(self.shown, self.document.value.cursor, key)

    @Slot(object)
    def _explain(self, key: Hashable) -> None:
        self.right.explain(key)

    @Slot()
    def _show_costs(self) -> None:
        self.right.checks.show_functions(self.shown, self.costs.known)

    @Slot(object)
    def _light(self, key: object) -> None:
        keys = frozenset({key}) if key is not None else frozenset()
        self.picture.light(keys)
        self.right.numbers.light(keys)

    @Slot(str)
    def _choose_candidate(self, key: str) -> None:
        self._candidate = key
        self._show_layer()

    @Slot()
    def _use(self) -> None:
        network, layer, candidate = self.watch.network, self.watch.layer, self.candidate
        if network is None or layer is None or candidate is None or refusal_of(candidate, layer):
            return
        said = use(network, layer, candidate, self.document.value)
        self.host.messages.say(said, "success", ((self.tr("Show"), self._show_network),), passing=True)

    @Slot()
    def _show_network(self) -> None:
        if self.watch.network is not None:
            self.host.show(self.watch.network)

    def open_file(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        """Open a comparison."""
        return self.document.open(path, copy=copy)
