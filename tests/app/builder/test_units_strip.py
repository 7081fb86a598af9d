"""The units strip shows the engine's own shares, marks what is in trouble and picks a unit by mouse or key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.builder.inspector.activation_panel import ActivationPanel
from app.builder.inspector.units_strip import UnitsShown, UnitsStrip
from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import LayerStats


@pytest.fixture
def strip(qtbot: QtBot) -> Iterator[UnitsStrip]:
    made = UnitsStrip()
    qtbot.addWidget(made)
    made.resize(314, made.height())
    made.show()
    yield made


def stats_of(activation: str) -> LayerStats:
    data = load(DataChoice(name="circle", samples=60))
    session = TrainingSession(Setup(feed_forward((5,), activation=activation), data, Hyperparameters(), "numpy"))
    session.set_weights({("dense-1", "b"): np.array([0.0, 0.0, -100.0, 0.0, 0.0])})
    return session.snapshot(maps=False).layers[0]


@pytest.mark.parametrize("units", [1, 8, 9, 32, 33, 300])
def test_every_unit_has_its_place_and_none_is_outside(strip: UnitsStrip, units: int) -> None:
    strip.show_units(UnitsShown(tuple(np.linspace(0, 1, units)), {0: "dead"}))
    boxes = [strip._box(unit) for unit in range(units)]
    assert all(strip.rect().toRectF().contains(box) for box in boxes)
    assert not any(a.intersects(b) for a, b in pairwise(boxes))
    assert [strip._unit_at(box.center()) for box in boxes] == list(range(units))
    assert not strip.grab().isNull()


def test_a_click_and_the_arrow_keys_pick_a_unit(strip: UnitsStrip, qtbot: QtBot) -> None:
    strip.show_units(UnitsShown((0.1, 0.5, 0.9)))
    with qtbot.waitSignal(strip.picked) as picked:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._box(1).center().toPoint())
    assert picked.args == [1]
    strip.select(1)
    with qtbot.waitSignal(strip.picked) as picked:
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert picked.args == [2]


@pytest.mark.parametrize(("activation", "trouble"), [("relu", "dead"), ("tanh", "saturated"), ("gelu", "dead")])
def test_the_panel_shows_the_layers_own_units(qtbot: QtBot, activation: str, trouble: str) -> None:
    panel, stats = ActivationPanel(), stats_of(activation)
    qtbot.addWidget(panel)
    panel.set_activation(activation, None, fixed=False)
    panel.set_stats(stats)
    units = panel.units
    assert not units.isHidden()
    assert units._shown.on == tuple(stats.health.on.tolist())
    if activation != "gelu":  # GELU is nearly flat there and never exactly, so its unit is saturated
        assert units.accessibleDescription() == f"3 {trouble}"
    assert "on for 0 %" in units.tip_at(units._box(2).center())
    panel.set_stats(None)
    assert units.isHidden()


def test_units_of_a_straight_line_are_always_on_and_not_shown(qtbot: QtBot) -> None:
    panel = ActivationPanel()
    qtbot.addWidget(panel)
    panel.set_activation("identity", None, fixed=False)
    panel.set_stats(stats_of("identity"))
    assert panel.units.isHidden()
