"""The curves of training: of which networks they are, and the axes beside them."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.kit.announce import recorded
from app.kit.numbers import NOTHING
from app.kit.origin.facts import Comparison
from app.workspaces.gradients import trend as trends
from app.workspaces.gradients.course import values_of
from app.workspaces.gradients.doctor_panel import GAIN_PLACE, loss_tone
from app.workspaces.gradients.origin_key import OriginKey
from app.workspaces.gradients.trained_origins import TrainedOrigins
from app.workspaces.gradients.trend import Trend
from app.workspaces.gradients.trend_lines import Line
from app.workspaces.gradients.words import gain_text, gained, ratio_text, reason_of
from engine.activations import ACTIVATIONS
from engine.gradients.doctor import CureKey, Trial, Why
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.presets import preset
from engine.gradients.training import Run
from tests.app.told import everything_told
from tests.app.workspaces.gradients.gradients_rig import SMALL, WAIT_MS, Bench
from tools.gather_strings import in_source

pytestmark = pytest.mark.shares_window


def curves_are_of_what_is_shown(bench: Bench) -> bool:
    """Whether there is a curve for every network that was trained as it is now, with its values, and for no other."""
    runs = {"AB"[n]: run for n in range(2) if (run := bench.page.bench.run_of(n)) is not None}
    lines = {one.label: one.values for one in bench.page.board.strip.trend.lines}
    same = all(np.array_equal(lines[name], values_of(run, "ratio")) for name, run in runs.items() if name in lines)
    return set(lines) == set(runs) and same


def test_undo_and_redo_show_the_curves_that_belong_to_what_is_shown(qtbot: QtBot, bench: Bench) -> None:
    trend, stack = bench.page.board.strip.trend, bench.page.sheet.undo_stack
    bench.page.edits.of_one(1, {"depth": 5}, "")
    bench.train()
    bench.page.edits.of_one(0, {"activation": "tanh"}, "")
    assert curves_are_of_what_is_shown(bench) and list(trend.waiting) == ["A"]
    bench.train()
    of_tanh = trend.lines[0].values
    stack.undo()
    bench.settled()
    assert curves_are_of_what_is_shown(bench) and not trend.waiting
    assert not np.array_equal(trend.lines[0].values, of_tanh)
    stack.undo()
    bench.settled()
    assert [one.label for one in trend.lines] == ["A"] and list(trend.waiting) == ["B"]
    stack.redo()
    stack.redo()
    qtbot.waitUntil(lambda: curves_are_of_what_is_shown(bench), timeout=WAIT_MS)
    np.testing.assert_array_equal(trend.lines[0].values, of_tanh)


@pytest.mark.parametrize(("lowest", "floored"), [(1e-9, False), (0.0, True), (1e-30, True)])
def test_there_is_a_floor_for_0_only_where_something_lies_on_it(qtbot: QtBot, lowest: float, floored: bool) -> None:
    trend = Trend()
    qtbot.addWidget(trend)
    trend.resize(420, 180)
    line = Line("A", QColor("blue"), np.array([1.0, 1e-3, lowest]))
    trend.show_lines([line], 2, log=True, band=(0.1, 10.0), hint="")
    heights = [y for y, _ in trend.ticks]
    assert ("0" in [text for _, text in trend.ticks]) is floored
    assert all(abs(a - b) >= 14.0 for a, b in pairwise(sorted(heights)))
    assert not trend.grab().isNull()


def arrows(trend: Trend, colour: QColor) -> int:
    """Pixels of a colour above the axis' upper end."""
    image, top = trend.grab().toImage(), round(trend._plot().top())
    return sum(
        image.pixelColor(x, y) == colour for x in range(trends.LEFT - 5, image.width()) for y in range(top - 3, top)
    )


@pytest.mark.parametrize(("log", "top"), [(True, 1e43), (True, math.inf), (False, 900.0)])
def test_what_goes_on_above_the_axis_is_marked_with_the_largest_value(qtbot: QtBot, log: bool, top: float) -> None:
    trend = Trend()
    qtbot.addWidget(trend)
    trend.resize(420, 180)
    out = Line("A", QColor("#ff0000"), np.array([3e5 if log else 2.0, top, math.nan]), broken=True)
    still = Line("B", QColor("#0000ff"), np.linspace(1.0, 2.0, 60))
    trend.show_lines([out, still], 60, log=log, band=(0.1, 10.0) if log else None, hint="")
    (mark,) = trend.beyond
    assert (mark.step, mark.value, mark.text) == (1, top, f"A {ratio_text(top)}")
    assert arrows(trend, out.colour) > 10 and not arrows(trend, still.colour)
    trend.show_lines([still], 60, log=log, band=None, hint="")
    assert trend.beyond == [] and not arrows(trend, out.colour)


def test_where_all_break_down_it_is_seen_from_where_to_where_they_go(qtbot: QtBot) -> None:
    trend = Trend()
    qtbot.addWidget(trend)
    trend.resize(420, 180)
    lines = [Line(name, QColor("blue"), np.array([3e5, top]), broken=True) for name, top in (("A", 1e43), ("B", 1e34))]
    trend.show_lines(lines, 60, log=True, band=(0.1, 10.0), hint="")
    scale, heights = trend.scale_shown, [y for y, _ in trend.ticks]
    assert scale.bottom <= -1.0 and scale.top >= 43.0 and not trend.beyond
    assert "0" not in [text for _, text in trend.ticks], "nothing is 0"
    assert all(abs(a - b) >= 14.0 for a, b in pairwise(sorted(heights)))
    assert [float(scale.place(one.values)[0]) for one in lines] == pytest.approx([math.log10(3e5)] * 2)


def test_a_network_that_breaks_down_is_marked_with_what_its_ratio_came_to(bench: Bench) -> None:
    exploding = preset("exploding").experiment.model_copy(update={"samples": 20, "steps": 8})
    bench.begin(exploding)
    bench.train()
    run = bench.page.bench.run_of(0)
    assert run is not None and run.failure is not None
    largest = float(np.nanmax(values_of(run, "ratio")))
    (mark,) = bench.page.board.strip.trend.beyond
    assert largest > 1e20 and mark.value == largest and ratio_text(largest) in mark.text


def test_a_trained_number_is_checked_at_the_weights_of_its_moment(qtbot: QtBot, bench: Bench) -> None:
    bench.train()
    bench.page.views.course.go_to(5)
    for row in ("delta", "delta_share", "delta_step"):
        fact = bench.page.views.origins.fact_of(OriginKey(1, row, 2, 5))
        assert fact is not None and fact.check is not None and fact.value is not None
        theirs = fact.check()
        assert theirs is not None and Comparison(fact.key, fact.value, theirs.value).agrees
        assert "the way back from there, not the steps" in fact.sentence
    bench.page.explain(1, "delta_share", 2)
    card = bench.page.side.card
    qtbot.waitUntil(lambda: "agrees" in card.agreement.lower(), timeout=WAIT_MS)


def test_what_would_take_too_long_to_check_says_so(qtbot: QtBot) -> None:
    huge = Configuration(depth=50, width=128)
    long = Experiment(configurations=(huge, huge), samples=1000, steps=2000)
    nothing = np.ones((2001, 50))
    run = Run(nothing, nothing, np.ones(2001), np.ones(2001), np.ones(2000))
    fact = TrainedOrigins(long, (run, run)).fact_of(OriginKey(0, "delta", 3, 1999))
    assert fact is not None and fact.check is None and "not checked" in fact.sentence


def test_the_map_is_walked_by_keys_from_where_the_network_is_and_says_its_cells(qtbot: QtBot, bench: Bench) -> None:
    bench.page.board.strip.show_part("map")
    view = bench.page.board.strip.map

    def known() -> bool:
        found = bench.page.bench.mapper.map_of(0, "signal")
        return found is not None and found.complete and bool(view.table().rows)

    qtbot.waitUntil(known, timeout=WAIT_MS)
    found = bench.page.bench.mapper.map_of(0, "signal")
    assert found is not None
    row, column = found.depths.index(4), found.scales.index(0.1)
    view.setFocus()
    with recorded() as said:
        bench.press(view, Qt.Key.Key_Up)
    ratio = ratio_text(10.0 ** float(found.values[row + 1, column]))
    assert said[-1][0] == f"depth 6, scale 0.1: {ratio}"
    bench.press(view, Qt.Key.Key_Right)
    bench.press(view, Qt.Key.Key_Return)
    chosen = bench.value.configurations[0]
    assert (chosen.depth, chosen.scale) == (6, found.scales[column + 1])


def test_ticks_are_reckoned_from_a_layer_that_is_not_stuck(bench: Bench) -> None:
    stuck = Configuration(depth=50, scale=1.0, skip=True)
    bench.begin(Experiment(configurations=(stuck, Configuration())))
    shown, figures = bench.column(0).chart.numbers.shown, bench.page.bench.figures[0]
    assert shown is not None and shown.ticks is not None and figures.prediction is not None
    last = figures.judgement.last
    assert shown.anchor == last < 50 and 50 in figures.judgement.stuck
    assert shown.ticks[last - 1] == pytest.approx(figures.signal.delta[last - 1])
    np.testing.assert_allclose(shown.ticks[:-1] / shown.ticks[1:], figures.prediction.factors)
    assert f"from layer {last}" in bench.column(0).key.full_text
    plain = bench.column(1).chart.numbers.shown
    assert plain is not None and plain.anchor is None and "from layer" not in bench.column(1).key.full_text


def test_cures_of_a_network_without_any_signal_are_shown(qtbot: QtBot, bench: Bench) -> None:
    """Its ratio is 0, of which no gain can be worked out."""
    silent = Configuration(depth=3, width=4, activation="step")
    bench.begin(Experiment(configurations=(silent, silent), samples=20))
    bench.click(bench.column(0).verdict.doctor)
    qtbot.waitUntil(lambda: len(bench.page.board.strip.doctor.buttons) >= 3, timeout=WAIT_MS)
    trial = bench.page.bench.trials_of(0)[0]
    assert all("Hardly any" not in reason_of(one) for one in bench.page.bench.trials_of(0) if not one.ratio > 0.0)
    assert "no number of times" in gained(0.0, trial) and gained(0.01, trial) != ""
    shown = {row.figures[GAIN_PLACE].text() for row in bench.page.board.strip.doctor._rows}
    assert shown and not any("e" in text for text in shown)


def test_where_there_is_no_ratio_every_place_says_so_alike(bench: Bench) -> None:
    """Of a network whose last layer has no signal either, 0/0 is no number: no 0, no NaN, no dot on the curve."""
    silent = Configuration(depth=3, width=4, activation="step")
    usual = Configuration(depth=3, width=4)
    bench.begin(Experiment(configurations=(silent, usual), samples=20, steps=3))
    page, column = bench.page, bench.column(0)
    assert page.top_bar.ratios[0].value.text() == NOTHING
    shown = column.chart.numbers.shown
    assert shown is not None and shown.main.key == "delta" and shown.bars.tolist() == [0.0] * 3
    assert f"measured {NOTHING}" in column.verdict.accessibleName()
    assert "There is no ratio" in column.verdict.sentence
    page.explain(0, "measured", 1)
    assert not any("NaN" in label.text() for label in page.side.card.findChildren(QLabel))
    bench.train()
    trend = page.board.strip.trend
    assert math.isnan(trend.lines[0].values[-1]) and (trend.endings[0].text, trend.endings[0].x) == ("A –", None)
    assert "NaN" not in everything_told(bench.window)


def test_a_gain_says_what_it_is_from() -> None:
    one = Configuration()
    trial = Trial(CureKey.SKIP, one, 0.5, 0.5, 0.1, 1, math.inf, Why.WORKS)
    assert gain_text(0.0, trial) == "from 0" and gain_text(math.inf, trial) == "from ∞"
    assert gain_text(math.nan, trial) == NOTHING
    assert gain_text(0.01, replace(trial, gain=50.0)) == "× 50.0"
    assert gain_text(1e-320, trial) == "over × 10³⁰⁸"
    assert gain_text(0.01, replace(trial, ratio=0.0, gain=0.0)) == "to 0"
    assert gain_text(0.0, replace(trial, ratio=0.0, gain=1.0)) == NOTHING


@pytest.mark.parametrize(
    ("loss", "tone"), [(0.6543, "text_muted"), (0.653, "text_muted"), (0.656, "danger"), (math.nan, "danger")]
)
def test_a_loss_is_red_only_where_it_reads_worse(loss: float, tone: str) -> None:
    trial = Trial(CureKey.SKIP, Configuration(), 0.5, 0.5, loss, 20, math.inf, Why.WORKS, untreated=0.6541)
    assert loss_tone(trial) == tone


def test_the_axis_of_steps_has_no_word_that_is_a_function_as_well() -> None:
    source = Path(trends.__file__).read_text("utf-8")
    words = {one.text for one in in_source(source) if one.context == "Trend"}
    assert "steps" in words and not words & {one.label for one in ACTIVATIONS.values()}


def test_a_curve_is_dashed_only_where_it_lies_on_another(bench: Bench) -> None:
    experiment = SMALL.model_copy(update={"steps": 12})
    bench.begin(experiment)
    bench.train()
    bench.page.views.course.choose_trend("loss")
    first, second = bench.page.board.strip.trend.lines
    last, other = float(first.values[-1]), float(second.values[-1])
    assert 0.01 < abs(last - other) / max(last, other) < 0.2  # apart on the loss's own axis
    assert not second.dashed
    bench.load(experiment.model_copy(update={"configurations": (SMALL.configurations[0],) * 2}))
    bench.train()
    assert [one.dashed for one in bench.page.board.strip.trend.lines] == [False, True]


def test_before_training_every_curve_s_beginning_is_seen_and_nothing_that_is_to_be_guessed(bench: Bench) -> None:
    trend, figures = bench.page.board.strip.trend, bench.page.bench.figures
    assert not trend.lines
    texts = [f"{letter} {ratio_text(one.judgement.ratio)}" for letter, one in zip("AB", figures, strict=True)]
    assert [one.text for one in trend.beginnings] == texts
    heights = [one.y for one in trend.beginnings]
    assert heights[0] > heights[1], "A has vanished"
    bench.page.actions["gradients_guess"].trigger()
    bench.page.edits.of_one(0, {"skip": True}, "")
    bench.settled()
    assert bench.page.views.aside.hidden == {0} and [one.label for one in trend.starts] == ["B"]
    bench.page.actions["gradients_guess"].trigger()
    bench.train()
    assert trend.lines and not trend.starts
