"""The panes round the canvas work together."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.builder.canvas.selection import NeuronRef
from app.builder.timeline.panel import PassTimeline
from app.workspaces.playground import WORKSPACE as PLAYGROUND
from app.workspaces.playground.panels.left_column import LeftColumn
from app.workspaces.playground.panels.right_column import RightColumn
from engine.training.lines.expression import Source
from tests.app.window_rig import Opened, opened_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window([PLAYGROUND]) as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        yield opened


def test_a_panel_is_hidden_and_stays_hidden_next_time(window: Opened, qtbot: QtBot) -> None:
    window.actions["bottom_panel"].trigger()
    assert window.page.widget.panels["bottom"].isHidden()
    with opened_window([PLAYGROUND]) as second:
        assert second.page.widget.panels["bottom"].isHidden()
        assert not second.actions["bottom_panel"].isChecked()


def test_picking_a_sample_plays_its_pass_on_the_canvas(window: Opened, qtbot: QtBot) -> None:
    window.window.findChild(RightColumn).sample_picked.emit(3)
    assert window.page.panes.plots.front is window.page.panes.timeline
    qtbot.waitUntil(lambda: window.page.canvas.trace is not None)
    assert window.page.canvas.trace.rows == (3,)
    window.window.findChild(PassTimeline).put_away()
    assert window.page.canvas.trace is None


@pytest.mark.slow
def test_a_number_of_the_neuron_s_card_opens_its_origin_and_goes_with_the_pass(window: Opened, qtbot: QtBot) -> None:
    page, panes = window.page, window.page.panes
    window.window.findChild(RightColumn).sample_picked.emit(3)
    qtbot.waitUntil(lambda: page.canvas.trace is not None)
    panes.timeline.to_end()
    page.canvas.selection.choose_neuron(NeuronRef("dense-2", 1))
    card = page.canvas.overlays.neuron_card
    card._result.linkActivated.emit(re.findall(r"<a href='([^']*)'", card._result.text())[-1])
    origin = panes.timeline.origin
    qtbot.waitUntil(origin.isVisible)
    assert origin.source == Source("delta", "dense-2", (1,))
    qtbot.waitUntil(lambda: origin.badge.state == "agrees")
    panes.timeline.put_away()
    assert origin.isHidden()
    panes.timeline.explain(Source("delta", "dense-2", (1,)))
    assert origin.isHidden(), "no pass is at hand"


def test_what_is_still_to_be_guessed_is_not_explained_from_elsewhere(window: Opened, qtbot: QtBot) -> None:
    timeline = window.page.panes.timeline
    timeline.set_predicting(True)
    window.window.findChild(RightColumn).sample_picked.emit(3)
    qtbot.waitUntil(lambda: window.page.canvas.trace is not None)
    timeline.go_to_stage(1)
    timeline.explain(Source("z", "dense-2", (1,)))
    assert timeline.origin.isHidden()
    timeline.set_predicting(False)
    timeline.explain(Source("z", "dense-2", (1,)))
    assert timeline.origin.source == Source("z", "dense-2", (1,))
    timeline.put_away()


def test_drawing_points_is_switched_at_both_ends(window: Opened) -> None:
    left, right = window.window.findChild(LeftColumn), window.window.findChild(RightColumn)
    left.data.draw.trigger()
    assert right.output.draw_bar.isVisibleTo(right)
    right.set_drawing(False)
    assert not left.data.draw.isChecked()


def test_the_line_of_the_optimiser_writes_the_rate_as_its_field_does(window: Opened) -> None:
    network, left = window.page.network, window.page.panes.left
    for rate in (1e300, 1e-7, 0.03, 12345.0):
        network.edit("x", hyper=network.hyper.model_copy(update={"learning_rate": rate}))
        assert left.sections["optimiser"].heading.hint.split(" · ")[1] == left.optimiser.rate.field.text()
