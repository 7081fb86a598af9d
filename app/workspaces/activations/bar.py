"""The actions of the page, and its part of the top bar: the network, the cursor, and the layer that is looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.kit.actions import ActionSet, ActionSpec
from app.kit.capitals import in_capitals
from app.kit.numbers import NOTHING, percent
from app.kit.translation import QT_TRANSLATE_NOOP, worded, worded_name
from app.kit.widgets.action_button import action_button
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.widgets.readout import Readout
from app.network.open_network import OpenNetwork
from app.workspaces.activations.keys import CURSOR, NOW, OFF, SATURATED, SHARE
from app.workspaces.activations.layer_watch import LayerView, WatchedLayer
from engine.activations.saturation import SATURATED_BELOW, SATURATED_ROWS

MENUS = {"compare": QT_TRANSLATE_NOOP("Actions", "&Compare")}

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("activations_use", "compare", 0, QT_TRANSLATE_NOOP("Actions", "Use in the layer"),
               QT_TRANSLATE_NOOP("Actions", "Put the selected activation into the playground's layer; you can undo "
                                            "it in either place"),
               ("Ctrl+Return",), "activation"),
    ActionSpec("activations_show", "compare", 0, QT_TRANSLATE_NOOP("Actions", "Show the network"),
               QT_TRANSLATE_NOOP("Actions", "Go to the playground with the layer shown here"), ("Ctrl+J",),
               "playground"),
    ActionSpec("activations_predict", "compare", 1, QT_TRANSLATE_NOOP("Actions", "Predict first"),
               QT_TRANSLATE_NOOP("Actions", "Hide every slope and guess it before it's shown. Switching it off "
                                            "forgets your answers"), ("Ctrl+P",),
               checkable=True),
    ActionSpec("activations_outline", "view", 0, QT_TRANSLATE_NOOP("Actions", "Outline"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the page as a tree, with every number"), ("F4",),
               checkable=True),
    ActionSpec("activations_reset_axis", "view", 0, QT_TRANSLATE_NOOP("Actions", "Reset axis"),
               QT_TRANSLATE_NOOP("Actions", "Show x from −6 to 6 again (also by a double click)"), ("Ctrl+0",), "fit"),
)  # fmt: skip


LEAST_CHIP = 84
"""Pixels under which a chip with a name says nothing."""


class ActivationsBar(QWidget):
    """Shows; the actions do. ``asked(key)``: where does this number come from?"""

    asked = Signal(object)

    def __init__(self, actions: ActionSet) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(8)
        self.pills = tuple(
            action_button(actions[name], "pill") for name in ("activations_show", "activations_reset_axis")
        )
        for pill in self.pills:
            pill.setAccessibleName(pill.defaultAction().iconText())
            row.addWidget(pill)
        row.addSpacing(8)
        self._kind = SATURATED
        self.cursor_x = Readout(
            self.tr("CURSOR x"), self.tr("Where f and f′ are read"), "−88.88", accent=True, asks=True
        )
        self.function = Readout(self.tr("LAYER NOW"), self.tr("The layer's activation"), "Leaky ReLU")
        self.saturated = Readout(
            self.tr("z SATURATED NOW"),
            self._rule(off=False),
            "88 %",
            asks=True,
        )
        self.cursor_x.asked.connect(lambda: self.asked.emit(CURSOR))
        self.saturated.asked.connect(lambda: self.asked.emit((SHARE, self._kind, NOW)))
        for readout in (self.cursor_x, self.function, self.saturated):
            row.addWidget(readout)
            readout.outgrown.connect(self._make_room)
        row.addSpacing(6)
        self.predict = action_button(actions["activations_predict"], "chip")
        row.addWidget(self.predict)
        row.addStretch(1)
        self.network, self.epoch = ElidedLabel(), Label()
        for chip in (self.network, self.epoch):
            chip.setProperty("role", "chip")
            row.addWidget(chip)
        self.network.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row, self._known = row, False

    def minimumSizeHint(self) -> QSize:
        """Narrower than everything together: words become icons, and what says least goes."""
        return QSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Read-outs take the width that the style in force needs."""
        super().showEvent(event)
        for readout in (self.cursor_x, self.function, self.saturated):
            readout.fit()
        self._fit_chip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        """Whole words where there is room for them; no word is ever cut."""
        chips = (self.epoch, self.network)
        self.epoch.setVisible(self._known and bool(self.epoch.text()))
        self.network.setVisible(self._known)
        self._dress(Qt.ToolButtonStyle.ToolButtonTextOnly)
        for chip in chips:
            if self._crowded():
                chip.hide()
        if self._crowded():
            self._dress(Qt.ToolButtonStyle.ToolButtonIconOnly)
        if self._crowded():
            self.function.hide()
        self._row.activate()  # what has come into sight stands in its place at once

    def _dress(self, style: Qt.ToolButtonStyle) -> None:
        self.function.setVisible(True)
        for pill in self.pills:
            pill.setToolButtonStyle(style)

    def _crowded(self) -> bool:
        self._row.invalidate()
        return self._row.minimumSize().width() > self.width()

    def show_cursor(self, x: str, *, can_reset: bool) -> None:
        """Another x. ``can_reset``: the axis is not the usual one."""
        self.cursor_x.say(x)
        if self.pills[1].isHidden() is can_reset:
            self.pills[1].setVisible(can_reset)
            self._make_room()

    def show_layer(self, network: OpenNetwork | None, layer: WatchedLayer | None, view: LayerView | None) -> None:
        """The layer that is looked at, of which network."""
        before = (self._known, bool(self.epoch.text()))
        self._known = network is not None
        if network is not None:
            if network.title != self.network.full_text:
                self.network.set_full_text(network.title)
                self._fit_chip()
            self.epoch.setText(network.progress)
        name = worded_name(layer.name) if layer is not None else self.tr("Layer")
        self.function.set_caption(
            self.tr("{layer} NOW").format(layer=in_capitals(name)), self.tr("The layer's activation")
        )
        self.function.say(worded(layer.function.label) if layer is not None else NOTHING)
        off = view is not None and view.now.off is not None
        self._kind = OFF if off else SATURATED
        flat = self.tr("z OFF NOW") if layer is not None and layer.profile.silent else self.tr("z OF SLOPE 0 NOW")
        caption = flat if off else self.tr("z SATURATED NOW")
        self.saturated.set_caption(caption, self._rule(off))
        share = None if view is None else view.now.off if off else view.now.saturated
        self.saturated.say(NOTHING if share is None else percent(share))
        if before != (self._known, bool(self.epoch.text())):
            self._make_room()

    def _fit_chip(self) -> None:
        """As wide as the network's name, and where there is less room no narrower than a few letters of it."""
        self.network.ensurePolished()
        self.network.setMinimumWidth(0)  # which the style would count into what it wants
        self.network.setText(self.network.full_text)
        whole = self.network.sizeHint().width()
        self.network.setMinimumWidth(min(LEAST_CHIP, whole))
        self.network.setMaximumWidth(whole)
        self._make_room()

    def _rule(self, off: bool) -> str:
        if off:
            return self.tr("Share of all its units' z, over all points, where the slope is exactly 0")
        return self.tr(
            "Share of all its units' z, over all points, where the slope is below {slope} of its largest. A "
            "unit with more than {rows} of its z there is saturated"
        ).format(slope=percent(SATURATED_BELOW), rows=percent(SATURATED_ROWS))
