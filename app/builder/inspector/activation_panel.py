"""The activation of the selected block: choose it, see its curve over the live z, compare it with another."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.builder.inspector.activation_facts import FactsList
from app.builder.inspector.activation_plot import ActivationPlot
from app.builder.inspector.curve_card import ActivationPicker
from app.builder.inspector.twin_difference import TwinDifference
from app.builder.inspector.units_strip import UnitsShown, UnitsStrip
from app.kit.charts.beyond import beyond_words
from app.kit.copying import CopyButton
from app.kit.translation import worded
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import wrapped
from app.kit.words import wrapped_tip
from engine.activations import ACTIVATIONS, Activation, Saturation, activation
from engine.training.snapshot import LayerStats


class ActivationPanel(QWidget):
    """``picked(key)``: chosen. ``previewed(key or None)``: hovered, or no longer.

    ``copier`` copies and saves the plot. ``details`` holds the formulas and facts, for a place further down.
    """

    picked = Signal(str)
    previewed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = "tanh"
        self._alpha: float | None = None
        self.picker = ActivationPicker()
        self.picker.picked.connect(self.picked)
        self.picker.previewed.connect(self._preview)
        self.brought = wrapped()
        self.plot = ActivationPlot()
        self.difference = TwinDifference()
        self.details = FactsList()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(7)
        self.units = UnitsStrip()
        self.units.hide()
        self.health = wrapped()
        self.health.setToolTip(
            wrapped_tip(
                "",
                self.tr(
                    "A unit is saturated where its slope f′ is below 5 % of its steepest on more than half of the "
                    "training points, and dead where its output is 0 on all of them."
                ),
            )
        )
        for widget in (self.picker, self.brought, self.plot, self._foot(), self.health, self.difference, self.units):
            rows.addWidget(widget)

    def _foot(self) -> QWidget:
        others = [("", self.tr("compare…"))]
        others += [(one.key, worded(one.label)) for one in ACTIVATIONS.values() if one.elementwise]
        self.compare = Choice(self.tr("Compare with"), others, self.tr("Lay a second activation's curves over it"))
        self.compare.picked.connect(self._compare)
        self.copier = CopyButton()
        self.copier.offer(self.plot, self.plot.grab, title=self.plot.accessibleName(), name="activation")
        self.copier.serve(self.plot)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.compare, 1)
        row.addWidget(self.copier)
        return foot

    def set_activation(self, key: str, alpha: float | None, *, fixed: bool, agreed: bool = True) -> None:
        """Show the block's activation; ``fixed`` ones come with the loss and are not chosen.

        ``agreed``: all of the blocks that are edited have this one.
        """
        self._key, self._alpha = key, alpha
        self.picker.setVisible(not fixed)
        self.picker.choose(key if agreed else None)
        function = activation(key)
        brought = self.tr("{activation}: the loss brings it.").format(activation=worded(function.label))
        own = self.tr("Your own: {text}").format(text=key)
        self.brought.setText(own if function.is_typed else brought)
        self.brought.setVisible(agreed and (fixed or function.is_typed))
        self._plot(key, alpha)

    def set_stats(self, stats: LayerStats | None) -> None:
        """The layer's live numbers; None where the block is not probed."""
        health = stats.health if stats is not None else None
        left_out = beyond_words(health.z_beyond, health.z_total, health.z_broken) if health is not None else ""
        self.plot.set_histogram(health.z_histogram if health is not None else None, left_out)
        self.units.show_units(_units(activation(self._key), stats))
        self.health.setVisible(stats is not None)
        self.health.clear()
        if health is not None:
            text = self.tr("units saturated {saturated} of {units} · dead {dead} of {units}")
            counts = {"saturated": len(health.saturated), "dead": len(health.dead), "units": health.units}
            self.health.setText(text.format(**counts))

    def _plot(self, key: str, alpha: float | None) -> None:
        self.plot.set_function(key, alpha)
        self.details.show_facts(activation(key))
        self.difference.setVisible(self.plot.shows_difference)

    def _compare(self, key: str) -> None:
        self.plot.set_other(key or None)
        self.difference.setVisible(self.plot.shows_difference)

    def _preview(self, key: str | None) -> None:
        """What is tried out is plotted too; the facts stay where they are, so that nothing jumps."""
        self.plot.set_function(key or self._key, self._alpha if key in (None, self._key) else None)
        self.previewed.emit(key)


def _units(function: Activation, stats: LayerStats | None) -> UnitsShown:
    """The units of a layer whose function has an off state; none of any other, or where nothing is known."""
    low, high = function.derivative_range
    if stats is None or low == high or not function.elementwise:
        return UnitsShown()
    health = stats.health
    trouble = dict.fromkeys(health.saturated, "saturated")
    trouble |= dict.fromkeys(health.dead, "dead") | dict.fromkeys(health.overgrown, "overgrown")
    between = function.saturates is Saturation.BOTH and not function.exactly_flat
    return UnitsShown(tuple(health.on.tolist()), trouble, between)
