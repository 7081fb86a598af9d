"""The activation of the selected block: choose it, see its curve over the live z, compare it with another."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.builder.canvas.badges import UnitTroubles
from app.builder.inspector.activation_picker import ActivationPicker
from app.builder.inspector.activation_plot import (
    DIFFERENCE_HEIGHT,
    HEIGHT,
    PlottedActivation,
    draw_activation,
    draw_twin_difference,
)
from app.builder.inspector.units_strip import UnitsStrip, draw_units
from app.kit.charts.beyond import beyond_words
from app.kit.copying import CopyButton
from app.kit.drawing.view import Draw, DrawingView
from app.kit.formula.view import MathLabel
from app.kit.listing import set_apart
from app.kit.numbers import percent
from app.kit.translation import sentence_of, worded
from app.kit.verdict_words import not_counted_words, undefined_words
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import Label, wrapped
from app.kit.widgets.say_beside import say_beside
from app.kit.words import wrapped_tip
from engine.activations import ACTIVATIONS, Activation, Saturation, activation
from engine.activations.saturation import SATURATED_BELOW, SATURATED_ROWS
from engine.problems import EngineError
from engine.training.health import LayerHealth
from engine.training.snapshot import LayerStats
from engine.training.verdicts import SATURATED_SHARE, Trouble

FORMULA_PIXELS, SET_PIXELS = 15.0, 14.0


class ActivationPanel(QWidget):
    """``picked(key)``: chosen, or typed. ``previewed(key or None)``: hovered, or no longer.

    ``copier`` copies and saves the plot. ``details`` holds the formulas and facts, for a place further down.
    """

    picked = Signal(str)
    previewed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = "tanh"
        self._alpha: float | None = None
        self._plotted, self._strip = PlottedActivation(), UnitsStrip()
        self.picker = ActivationPicker()
        self.picker.picked.connect(self.picked)
        self.picker.previewed.connect(self._preview)
        self.brought = wrapped()
        self.own = QLineEdit()
        self.own.setToolTip(self.tr("Your own activation, in terms of x. Type another, such as x*sigmoid(1.7*x)"))
        self.own.setAccessibleName(self.tr("Your own activation"))
        self.own.editingFinished.connect(self._take_typed)
        self.plot = _view(draw_activation, self._plotted, HEIGHT, self.tr("The activation and its derivative"))
        name = self.tr("Difference of the two GELUs")
        self.difference = _view(draw_twin_difference, None, DIFFERENCE_HEIGHT, name)
        self.details = ActivationFacts()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(7)
        self.units = _view(draw_units, self._strip, 60, self.tr("Units of the layer"))
        self.units.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.units.hide()
        self.health = wrapped()
        self.health.setToolTip(
            wrapped_tip(
                "",
                self.tr(
                    "A unit is saturated if its slope f′ is below {slope} of its largest on more than {rows} "
                    "of the training points, and dead if its output is 0 on all of them. Saturated units are "
                    "marked here and on the canvas from {share} of a layer on, if the network isn't learning."
                ).format(slope=percent(SATURATED_BELOW), rows=percent(SATURATED_ROWS), share=percent(SATURATED_SHARE)),
            )
        )
        curves = (self.plot, self._foot(), self.health, self.difference, self.units)
        for widget in (self.picker, self.brought, self.own, *curves):
            rows.addWidget(widget)

    def _foot(self) -> QWidget:
        others = [("", self.tr("compare…"))]
        others += [(choice.key, worded(choice.label)) for choice in ACTIVATIONS.values() if choice.elementwise]
        self.compare = Choice(self.tr("Compare with"), others, self.tr("Overlay the curves of a second activation"))
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
        brought = self.tr("{activation}: set by the loss.").format(activation=worded(function.label))
        own = self.tr("Your own, f(x) =")
        self.brought.setText(own if function.is_typed else brought)
        self.brought.setVisible(agreed and (fixed or function.is_typed))
        self.own.setVisible(agreed and function.is_typed)
        if function.is_typed and not (self.own.isModified() and self.own.hasFocus()):
            self._show_own()
        self.details.show_facts(function)
        self._plot(key=key, alpha=alpha)

    def _show_own(self) -> None:
        self.own.setText(self._key)
        self.own.setCursorPosition(0)

    @Slot()
    def _take_typed(self) -> None:
        """Use what was typed. What can't be used stays as long as the keyboard is there to correct it."""
        text = self.own.text().strip()
        if not self.own.isModified() or text == self._key:
            return
        try:
            activation(text)
        except EngineError as error:
            say_beside(self.own, sentence_of(error.problem), urgent=True)
            if not self.own.hasFocus():
                self._show_own()
            return
        self.own.setModified(False)
        self.picked.emit(text)

    def set_stats(self, stats: LayerStats | None, troubles: UnitTroubles | None = None) -> None:
        """Show the layer's live numbers; None where the block is not probed. ``troubles``: as the canvas marks them."""
        health = stats.health if stats is not None else None
        left_out = beyond_words(health.z_beyond, health.z_total, health.z_broken) if health is not None else ""
        histogram = tuple(health.z_histogram.tolist()) if health is not None else None
        self._plot(histogram=histogram, left_out=left_out)
        self._strip = replace(
            units_of_layer(activation(self._key), stats, troubles or {}), selected=self._strip.selected
        )
        self.units.set_data(self._strip)
        self.units.setVisible(bool(self._strip.on))
        self.health.setVisible(stats is not None)
        self.health.clear()
        if health is not None:
            self.health.setText(self._health_text(health))

    def _health_text(self, health: LayerHealth) -> str:
        """How many units are saturated and dead, and why saturated ones are not marked."""
        count, fewest = len(health.saturated or ()), ceil(SATURATED_SHARE * health.units)
        if health.saturated is None:
            text = self.tr("{saturation} · dead {dead} of {units}").replace("{saturation}", not_counted_words())
        elif not count or any(trouble is Trouble.SATURATED for trouble, _tone in self._strip.trouble.values()):
            text = self.tr("units saturated {saturated} of {units} · dead {dead} of {units}")
        elif count < fewest:
            text = self.tr("units saturated {saturated} of {units} (marked from {fewest} on) · dead {dead} of {units}")
        else:
            text = self.tr("units saturated {saturated} of {units} (no alarm) · dead {dead} of {units}")
        text = text.format(saturated=count, dead=len(health.dead), units=health.units, fewest=fewest)
        undefined, total = int(health.undefined.sum()), health.z_total
        return set_apart((text, undefined_words(undefined, total))) if undefined else text

    def select_unit(self, unit: int | None) -> None:
        """Mark the unit that is chosen on the canvas."""
        self._strip = replace(self._strip, selected=unit)
        self.units.set_data(self._strip)

    def _plot(self, **changes: object) -> None:
        self._plotted = replace(self._plotted, **changes)  # type: ignore[arg-type]
        self.plot.set_data(self._plotted)
        self.difference.setVisible(self._plotted.are_twins)

    def _compare(self, key: str) -> None:
        self._plot(other=key or None)

    def _preview(self, key: str | None) -> None:
        """What is tried out is plotted too; the facts stay where they are, so that nothing jumps."""
        self._plot(key=key or self._key, alpha=self._alpha if key in (None, self._key) else None)
        self.previewed.emit(key)


def _view(draw: Draw, data: object, height: float, name: str) -> DrawingView:
    view = DrawingView(draw, data, hint=QSize(200, round(height)), least=QSize(60, 20), name=name)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return view


def units_of_layer(function: Activation, stats: LayerStats | None, troubles: UnitTroubles) -> UnitsStrip:
    """Return the units of a layer whose function has an off state; none of any other, or where nothing is known."""
    low, high = function.derivative_range
    if stats is None or low == high or not function.elementwise:
        return UnitsStrip()
    health = stats.health
    between = function.saturates is Saturation.BOTH and not function.exactly_flat
    undefined = (health.undefined * health.units / max(health.z_total, 1)).tolist() if health.undefined.any() else ()
    return UnitsStrip(tuple(health.on.tolist()), troubles, between, undefined=tuple(undefined))


class ActivationFacts(QWidget):
    """Names left, facts right, the sentence beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 9)
        self._grid.setColumnStretch(1, 10)
        self.formula = self._maths("f(z)", FORMULA_PIXELS)
        self.slope = self._maths("f′(z)", FORMULA_PIXELS)
        self.output = self._maths(self.tr("Output range"))
        self.derivative = self._maths(self.tr("Range of f′"))
        self.continuous = self._words(self.tr("Continuous"))
        self.differentiable = self._words(self.tr("Differentiable everywhere"))
        self.zero_centred = self._words(self.tr("Zero-centred"))
        self.saturates = self._words(self.tr("Saturates"))
        self.sentence = wrapped("", None)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(7)
        rows.addWidget(self._table)
        rows.addWidget(self.sentence)

    def show_facts(self, function: Activation) -> None:
        """Show this activation's; of a typed one there is the expression alone."""
        fact = QCoreApplication.translate("Activation", function.fact)
        self._table.setVisible(not function.is_typed)
        if function.is_typed:
            self.sentence.setText(f"f(x) = {function.key}. {fact}")
            return
        self.formula.set_text(_displayed(function.formula))
        self.slope.set_text(_displayed(function.derivative_formula))
        self.output.set_text(function.output_set)
        self.derivative.set_text(function.derivative_set)
        yes, no = self.tr("yes"), self.tr("no")
        self.continuous.setText(yes if function.continuous else no)
        self.differentiable.setText(yes if function.differentiable else no)
        self.zero_centred.setText(yes if function.zero_centred else no)
        self.saturates.setText(self._side(function.saturates))
        self.sentence.setText(fact)

    def _side(self, side: Saturation) -> str:
        return {
            Saturation.NONE: self.tr("nowhere"),
            Saturation.LEFT: self.tr("on the left"),
            Saturation.RIGHT: self.tr("on the right"),
            Saturation.BOTH: self.tr("on both sides"),
        }[side]

    def _maths(self, name: str, pixels: float = SET_PIXELS) -> MathLabel:
        label = MathLabel("", pixels)
        self._add(name, label)
        return label

    def _words(self, name: str) -> QLabel:
        label = Label()
        label.setWordWrap(True)
        self._add(name, label)
        return label

    def _add(self, name: str, widget: QWidget) -> None:
        row = self._grid.rowCount()
        title = Label(name)
        title.setProperty("role", "muted")
        title.setWordWrap(True)
        self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(widget, row, 1)


def _displayed(formula: str) -> str:
    """The right side of a definition such as σ(z) = …, its fractions at full size. A side condition stays."""
    head, sign, tail = formula.partition(" = ")
    right = tail if sign and "," not in head else formula
    return right.replace(r"\frac", r"\dfrac")
