"""The units strip shows the engine's own shares, marks what is in trouble and picks a unit by mouse or key."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot

from app.builder.canvas.badges import troubles_of
from app.builder.inspector.activation_panel import ActivationPanel
from app.builder.inspector.activation_plot import PlottedActivation, draw_activation
from app.builder.inspector.units_strip import UnitsStrip, bar_boxes, draw_units
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Group, Polyline, Rectangle, Text
from app.kit.numbers import percent
from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import LayerStats, Snapshot
from engine.training.verdicts import Trouble


def boxes_of(drawing: Drawing) -> list[QRectF]:
    return [QRectF(*part.rect) for part in drawing.keyed]


def stats_of(activation: str, off: int = 1) -> LayerStats:
    return snapshot_of(activation, off).layers[0]


def snapshot_of(activation: str, off: int) -> Snapshot:
    """A network of five units, of which so many, from the third on, are off for all points."""
    data = load(DataChoice(name="circle", samples=60))
    session = TrainingSession(Setup(feed_forward((5,), activation=activation), data, Hyperparameters(), "numpy"))
    session.set_weights({("dense-1", "b"): np.where(np.isin(np.arange(5), range(2, 2 + off)), -100.0, 0.0)})
    return session.snapshot(maps=False)


@pytest.mark.parametrize("units", [1, 8, 9, 32, 33, 300])
def test_every_unit_has_its_place_and_none_is_outside(units: int) -> None:
    drawing = draw_units(UnitsStrip(tuple(np.linspace(0, 1, units)), {0: (Trouble.DEAD, "danger")}), Frame(314, 0))
    boxes = [QRectF(*box) for box in bar_boxes(units, 314)[0]]
    assert drawing.height is not None
    assert len(boxes) == units and all(QRectF(0, 0, 314, drawing.height).contains(box) for box in boxes)
    assert not any(a.intersects(b) for a, b in pairwise(boxes))
    hits = [drawing.hit(box.center().x(), box.bottom() + 3) for box in boxes]  # its number is meant too
    assert [hit.key for hit in hits if hit is not None] == list(range(units))


def test_a_click_and_the_arrow_keys_pick_a_unit(qtbot: QtBot) -> None:
    panel = ActivationPanel()
    qtbot.addWidget(panel)
    panel.set_activation("relu", None, fixed=False)
    panel.set_stats(stats_of("relu"))
    panel.show()
    units = panel.units
    with qtbot.waitSignal(units.chosen) as picked:
        qtbot.mouseClick(units, Qt.MouseButton.LeftButton, pos=boxes_of(units.drawing)[1].center().toPoint())
    assert picked.args == [1]
    panel.select_unit(1)
    with qtbot.waitSignal(units.chosen) as picked:
        qtbot.keyClick(units, Qt.Key.Key_Right)
    assert picked.args == [2]


@pytest.mark.parametrize(("activation", "off", "marked"), [
    ("relu", 1, "3 dead"), ("tanh", 1, ""), ("tanh", 3, "3 saturated, 4 saturated, 5 saturated"), ("gelu", 1, ""),
])  # fmt: skip
def test_the_panel_shows_the_layers_own_units_and_marks_what_the_canvas_marks(
    qtbot: QtBot, activation: str, off: int, marked: str
) -> None:
    panel, snapshot = ActivationPanel(), snapshot_of(activation, off)
    qtbot.addWidget(panel)
    panel.set_activation(activation, None, fixed=False)
    stats, troubles = snapshot.layers[0], troubles_of(snapshot).get("dense-1", {})
    panel.set_stats(stats, troubles)
    units = panel.units
    assert not units.isHidden()
    assert panel._strip.on == tuple(stats.health.on.tolist())
    assert units.accessibleDescription() == marked
    assert list(troubles) == list(panel._strip.trouble)
    assert ("(marked from 3 on)" in panel.health.text()) is (not marked)
    part = units.drawing.part(2)
    assert part is not None and "on for 0 %" in part.full_tip
    panel.set_stats(None)
    assert units.isHidden()


def test_units_of_a_straight_line_are_always_on_and_not_shown(qtbot: QtBot) -> None:
    panel = ActivationPanel()
    qtbot.addWidget(panel)
    panel.set_activation("identity", None, fixed=False)
    panel.set_stats(stats_of("identity"))
    assert panel.units.isHidden()


def test_a_typed_function_is_drawn_and_its_undefined_units_are_said_to_be(qtbot: QtBot) -> None:
    panel, snapshot = ActivationPanel(), snapshot_of("x^x", 1)
    qtbot.addWidget(panel)
    panel.resize(314, 600)
    panel.set_activation("x^x", None, fixed=False)
    stats = snapshot.layers[0]
    panel.set_stats(stats, troubles_of(snapshot).get("dense-1", {}))
    undefined, total = int(stats.health.undefined.sum()), stats.health.z_total
    assert panel.health.text() == (
        f"saturation not counted: f′ has no largest value · dead 0 of 5; undefined for {undefined} of {total} z"
    )
    assert any(isinstance(part, Text) and part.text == "undef." for part in panel.units.drawing.marks)
    off, on = panel.units.drawing.part(2), panel.units.drawing.part(0)
    assert off is not None and on is not None
    assert off.full_tip.endswith("undefined for 100 %")
    assert f"undefined for {percent(stats.health.undefined[0] / (total / 5))}" in on.full_tip


def test_the_curve_of_a_function_that_ends_somewhere_is_drawn_where_it_is_defined() -> None:
    drawing = draw_activation(PlottedActivation("x^x"), Frame(314, 118))
    curves = [part for group in drawing.marks if isinstance(group, Group) for part in group.marks]
    f = next(part for part in curves if isinstance(part, Polyline) and part.stroke == "positive")
    lines = [f.path.elementAt(index) for index in range(f.path.elementCount()) if f.path.elementAt(index).isLineTo()]
    zero, end = 22 + (314 - 9 - 22) / 2, 314 - 9
    assert len(lines) >= 239 and all(zero < place.x <= end + 0.01 for place in lines)  # z > 0 alone has values


def test_a_dead_unit_has_the_colour_that_it_has_on_the_canvas(qtbot: QtBot) -> None:
    snapshot = snapshot_of("relu", 1)
    calm = replace(
        snapshot, verdicts=tuple(replace(verdict, is_alarm=False) for verdict in snapshot.verdicts if verdict.units)
    )
    for shown, tone in ((snapshot, "danger"), (calm, "text_muted")):
        troubles = troubles_of(shown)["dense-1"]
        assert troubles[2] == (Trouble.DEAD, tone)
        panel = ActivationPanel()
        qtbot.addWidget(panel)
        panel.set_activation("relu", None, fixed=False)
        panel.set_stats(shown.layers[0], troubles)
        number = next(part for part in panel.units.drawing.marks if isinstance(part, Text) and part.text == "3")
        rims = [part for part in panel.units.drawing.marks if isinstance(part, Rectangle) and part.stroke == tone]
        assert number.ink == tone and len(rims) == 1
