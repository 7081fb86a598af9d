"""The left column: what is compared, with which parameters, and beside whose z."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.kit.numbers import grouped
from app.kit.translation import worded, worded_name
from app.kit.widgets.choice import Choice
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.drag_number.slider import ValueSlider
from app.kit.widgets.labels import wrapped
from app.kit.widgets.section import Section
from app.workspaces.activations.gelu_part import GeluPart
from app.workspaces.activations.layer_view import Layer, LayerView
from app.workspaces.activations.own_functions import Known
from app.workspaces.activations.own_part import OwnPart
from app.workspaces.activations.shown import Shown, own_name, short_name
from app.workspaces.activations.tiles import REACH, Entry, TileBoard
from engine.activations import ACTIVATIONS, Activation, activation
from engine.activations.comparison import MOST_CHOSEN, PARAMETER_OF, Comparison, OwnActivation


class ParameterPart(QWidget):
    """``moved(field, value)``: by hand, until ``settled``."""

    moved = Signal(str, float)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.sliders: dict[str, ValueSlider] = {}
        for key, field in PARAMETER_OF.items():
            parameter = activation(key).parameter
            assert parameter is not None
            tip = {
                "gamma": self.tr("The slope on the left: with γ above 0 a unit that is off still gets a gradient"),
                "alpha": self.tr("How far down it settles on the left; only at α = 1 it has no kink"),
            }[field]
            slider = ValueSlider(
                f"{worded(activation(key).label)} $\\{field}$",
                parameter.default,
                parameter.minimum,
                parameter.maximum,
                0.01,
                tip=tip,
            )
            slider.moved.connect(lambda value, field=field: self.moved.emit(field, value))
            slider.settled.connect(self.settled)
            self.sliders[field] = slider
            column.addWidget(slider)

    def show_comparison(self, value: Comparison) -> bool:
        """Show the numbers of those that are compared; False where none of them has one."""
        chosen = {one.key for one in value.chosen}
        for key, field in PARAMETER_OF.items():
            slider = self.sliders[field]
            slider.setVisible(key in chosen)
            if getattr(value, field) != slider.value:
                slider.set_value(getattr(value, field))
        return not chosen.isdisjoint(PARAMETER_OF)


@cache
def entry_of(function: Activation) -> Entry:
    """The tile of an activation of the catalogue."""
    fact = QCoreApplication.translate("Activation", function.fact)
    if function.elementwise:
        return Entry(function.key, short_name(function.key), worded(function.label), fact, function.value)
    pair = QCoreApplication.translate("LeftPanel", "Drawn for two units, (x, 0), where it is the logistic function.")
    return Entry(function.key, short_name(function.key), worded(function.label), f"{fact}\n{pair}", None)


def _nothing(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """No curve."""
    return np.full_like(x, np.nan)


class LeftPanel(PanelColumn):
    """``toggled(key)``: taken in or left out. ``layer_chosen(block id)``."""

    toggled = Signal(str)
    parameter_moved = Signal(str, float)
    gelu_wanted = Signal(bool, bool)
    settled = Signal()
    layer_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What is compared"))
        self._add_tiles()
        self._add_parameters()
        self._add_gelus()
        self._add_layers()

    def _add_tiles(self) -> None:
        self.board = TileBoard()
        self.board.toggled.connect(self.toggled)
        hint = self.tr("up to {count}").format(count=MOST_CHOSEN)
        self.rows.addWidget(Section(self.tr("Compare"), self.board, hint))
        self.own = OwnPart()  # near its tiles, which push what is beneath them out of sight
        self.rows.addWidget(Section(self.tr("Your own"), self.own))

    def _add_parameters(self) -> None:
        self.parameters = ParameterPart()
        self.parameters.moved.connect(self.parameter_moved)
        self.parameters.settled.connect(self.settled)
        self._parameter_section = Section(self.tr("Parameters"), self.parameters)
        self.rows.addWidget(self._parameter_section)

    def _add_gelus(self) -> None:
        self.gelus = GeluPart()
        self.gelus.wanted.connect(self.gelu_wanted)
        self.gelu_section = Section("GELU", self.gelus, is_line=True, is_open=False)
        self.rows.addWidget(self.gelu_section)

    def _add_layers(self) -> None:
        self.rows.addWidget(Section(self.tr("Histogram from"), self._layer_part()))
        self.rows.addStretch(1)

    def _own_entry(self, one: OwnActivation, known: Known | None) -> Entry:
        """The tile of an activation of one's own; without a curve until it is known."""
        scalar = known.on_axis(-REACH, REACH) if known is not None else None
        return Entry(one.key, own_name(one.key), one.text, "", scalar.value if scalar is not None else _nothing)

    def _layer_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.layers = Choice(self.tr("Layer"), (), self.tr("Whose z lie under the curves, counted live"))
        self.layers.picked.connect(self.layer_chosen)
        self.counted: QLabel = wrapped()
        column.addWidget(self.layers)
        column.addWidget(self.counted)
        return part

    def show_comparison(self, value: Comparison, shown: Sequence[Shown], own: Mapping[str, Known | None]) -> None:
        """Mark what is compared."""
        entries = [entry_of(one) for one in ACTIVATIONS.values()]
        entries += [self._own_entry(one, own.get(one.key)) for one in value.own]
        self.board.show_entries(entries)
        self.board.show_slots({one.key: one.slot for one in shown})
        self._parameter_section.setVisible(self.parameters.show_comparison(value))
        self.gelus.show_comparison(shown)
        self.gelu_section.setVisible(bool(self.gelus.state))
        self.gelu_section.set_hint(self.gelus.state)

    def hide_slopes(self, hidden: bool) -> None:
        """Hide the formulas of slopes while they are to be guessed, or show them again."""
        self.board.hide_facts(hidden)
        self.own.hide_derivatives(hidden)

    def show_layers(self, layers: Sequence[Layer], chosen: Layer | None, view: LayerView | None, why: str) -> None:
        """Offer the layers of the playground's network."""
        entries = [
            (
                one.block_id,
                self.tr("{layer} ({function})").format(
                    layer=worded_name(one.name), function=worded(one.function.label)
                ),
            )
            for one in layers
        ]
        if [self.layers.itemText(at) for at in range(self.layers.count())] != [text for _, text in entries]:
            self.layers.set_entries(entries)
        self.layers.setEnabled(bool(entries))
        if chosen is not None:
            self.layers.choose(chosen.block_id)
        self.counted.setText(why if view is None else self._count(view))

    def _count(self, view: LayerView) -> str:
        text = self.tr("{rows} training samples × {units} units = {count} z")
        rows, units = grouped(view.rows), grouped(view.units)
        return text.format(rows=rows, units=units, count=grouped(view.rows * view.units))
