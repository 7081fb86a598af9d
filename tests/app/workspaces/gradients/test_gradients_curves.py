"""The curves of training: of which networks they are, and the axes beside them."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.kit.announce import recorded
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Group, Mark, Polyline, Text, text_width
from app.kit.drawing.marks import Path as CurvePath
from app.kit.drawing.number import NumberMark
from app.kit.numbers import NOTHING
from app.kit.origin.facts import OracleComparison
from app.workspaces.gradients import trend as trends
from app.workspaces.gradients.doctor import GAIN, DoctorKey, loss_tone
from app.workspaces.gradients.moment import OriginKey
from app.workspaces.gradients.origins import TrainedOrigins
from app.workspaces.gradients.trend import Trend, TrendCurve, TrendData, TrendPlot, draw_trend, values_of
from app.workspaces.gradients.words import gain_text, gained, ratio_text, reason_of
from engine.activations import ACTIVATIONS
from engine.gradients.doctor import CureKey, Trial, Why
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.presets import preset
from engine.gradients.training import GradientRun
from tests.app.told import everything_told
from tests.app.workspaces.gradients.gradients_rig import SMALL, WAIT_MS, Bench
from tools.gather_strings import in_source

pytestmark = pytest.mark.shares_window


def curves_are_of_what_is_shown(bench: Bench) -> bool:
    """Whether there is a curve for every network that was trained as it is now, with its values, and for no other."""
    runs = {"AB"[n]: run for n in range(2) if (run := bench.page.bench.run_of(n)) is not None}
    lines = {curve.label: curve.values for curve in bench.page.board.strip.trend.trend.curves}
    same = all(np.array_equal(lines[name], values_of(run, "ratio")) for name, run in runs.items() if name in lines)
    return set(lines) == set(runs) and same


def test_undo_and_redo_show_the_curves_that_belong_to_what_is_shown(qtbot: QtBot, bench: Bench) -> None:
    view, stack = bench.page.board.strip.trend, bench.page.sheet.undo_stack
    bench.page.edits.of_one(1, {"depth": 5}, "")
    bench.train()
    bench.page.edits.of_one(0, {"activation": "tanh"}, "")
    assert curves_are_of_what_is_shown(bench) and view.trend.waiting == ("A",)
    bench.train()
    of_tanh = view.trend.curves[0].values
    stack.undo()
    bench.settled()
    assert curves_are_of_what_is_shown(bench) and not view.trend.waiting
    assert not np.array_equal(view.trend.curves[0].values, of_tanh)
    stack.undo()
    bench.settled()
    assert [curve.label for curve in view.trend.curves] == ["A"] and view.trend.waiting == ("B",)
    stack.redo()
    stack.redo()
    qtbot.waitUntil(lambda: curves_are_of_what_is_shown(bench), timeout=WAIT_MS)
    np.testing.assert_array_equal(view.trend.curves[0].values, of_tanh)


def texts(trend: Trend) -> list[str]:
    return [mark.text for mark in marks_of(trend) if isinstance(mark, Text)]


def marks_of(trend: Trend) -> tuple[Mark, ...]:
    still = draw_trend(TrendData(trend), Frame(420, 180)).marks[0]
    assert isinstance(still, Group)
    return still.marks


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("lowest", "floored"), [(1e-9, False), (0.0, True), (1e-30, True)])
def test_there_is_a_floor_for_0_only_where_something_lies_on_it(lowest: float, floored: bool) -> None:
    trend = Trend((TrendCurve("A", "accent", np.array([1.0, 1e-3, lowest])),), 2, band=(0.1, 10.0))
    ticks = TrendPlot(trend, 420, 180).ticks
    assert ("0" in [text for _, text in ticks]) is floored
    assert all(abs(a - b) >= 14.0 for a, b in pairwise(sorted(y for y, _ in ticks)))


def arrows(trend: Trend, ink: str) -> list[Polyline]:
    """The arrows of an ink above the axis' upper end."""
    return [mark for mark in marks_of(trend) if isinstance(mark, Polyline) and mark.fill == ink]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("log", "top"), [(True, 1e43), (True, math.inf), (False, 900.0)])
def test_what_goes_on_above_the_axis_is_marked_with_the_largest_value(log: bool, top: float) -> None:
    out = TrendCurve("A", "danger", np.array([3e5 if log else 2.0, top, math.nan]), broken=True)
    still = TrendCurve("B", "accent", np.linspace(1.0, 2.0, 60))
    trend = Trend((out, still), 60, log)
    assert f"A {ratio_text(top)}" in texts(trend) and not arrows(trend, "accent")
    (arrow,) = arrows(trend, "danger")
    plot = TrendPlot(trend, 420, 180)
    assert arrow.points[0] == (plot.x(1), plot.box[1] - 5)
    assert not arrows(Trend((still,), 60, log), "accent")


@pytest.mark.usefixtures("qapp")
def test_where_all_break_down_it_is_seen_from_where_to_where_they_go() -> None:
    curves = tuple(
        TrendCurve(name, "accent", np.array([3e5, top]), broken=True) for name, top in (("A", 1e43), ("B", 1e34))
    )
    trend = Trend(curves, 60, band=(0.1, 10.0))
    scale, ticks = trend.scale, TrendPlot(trend, 420, 180).ticks
    assert scale.bottom <= -1.0 and scale.top >= 43.0 and not arrows(trend, "accent")
    assert "0" not in [text for _, text in ticks], "nothing is 0"
    assert all(abs(a - b) >= 14.0 for a, b in pairwise(sorted(y for y, _ in ticks)))
    assert [float(scale.place(curve.values)[0]) for curve in curves] == pytest.approx([math.log10(3e5)] * 2)


@pytest.mark.usefixtures("qapp")
def test_a_curve_is_broken_where_it_is_no_number() -> None:
    values = np.array([1.0, 2.0, math.nan, 3.0, 4.0, math.nan])
    trend = Trend((TrendCurve("A", "accent", values),), 6)
    (path,) = [mark.path for mark in marks_of(trend) if isinstance(mark, CurvePath) and not isinstance(mark, Polyline)]
    assert [part.size() for part in path.toSubpathPolygons()] == [2, 2]


def test_a_network_that_breaks_down_is_marked_with_what_its_ratio_came_to(bench: Bench) -> None:
    exploding = preset("exploding").experiment.model_copy(update={"samples": 20, "steps": 8})
    bench.begin(exploding)
    bench.train()
    run = bench.page.bench.run_of(0)
    assert run is not None and run.failure is not None
    largest = float(np.nanmax(values_of(run, "ratio")))
    assert largest > 1e20 and f"A {ratio_text(largest)}" in texts(bench.page.board.strip.trend.trend)


def test_a_trained_number_is_checked_at_the_weights_of_its_moment(qtbot: QtBot, bench: Bench) -> None:
    bench.train()
    bench.page.views.course.go_to(5)
    for row in ("delta", "delta_share", "delta_step"):
        fact = bench.page.views.origins.fact_of(OriginKey(1, row, 2, 5))
        assert fact is not None and fact.check is not None and fact.value is not None
        theirs = fact.check()
        assert theirs is not None and OracleComparison(fact.key, fact.value, theirs.value).agrees
        assert "the backward pass from the resulting weights" in fact.sentence
    bench.page.explain(1, "delta_share", 2)
    card = bench.page.side.card
    qtbot.waitUntil(lambda: "agrees" in card.badge.text.lower(), timeout=WAIT_MS)


def test_what_would_take_too_long_to_check_says_so(qtbot: QtBot) -> None:
    huge = Configuration(depth=50, width=128)
    long = Experiment(configurations=(huge, huge), samples=1000, steps=2000)
    nothing = np.ones((2001, 50))
    run = GradientRun(nothing, nothing, np.ones(2001), np.ones(2001), np.ones(2000))
    fact = TrainedOrigins(long, (run, run)).fact_of(OriginKey(0, "delta", 3, 1999))
    assert fact is not None and fact.check is None and "Not checked" in fact.sentence


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
    qtbot.waitUntil(lambda: len(bench.page.board.strip.doctor.shown.trials) >= 3, timeout=WAIT_MS)
    trial = bench.page.bench.trials_of(0)[0]
    assert all("Hardly any" not in reason_of(one) for one in bench.page.bench.trials_of(0) if not one.ratio > 0.0)
    assert "no factor" in gained(0.0, trial) and gained(0.01, trial) != ""
    marks = [mark for mark in bench.page.board.strip.doctor.view.drawing.marks if isinstance(mark, NumberMark)]
    shown = {mark.text for mark in marks if isinstance(mark.key, DoctorKey) and mark.key.quantity == GAIN}
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
    plot = TrendPlot(page.board.strip.trend.trend, 420, 180)
    assert math.isnan(plot.trend.curves[0].values[-1]) and (plot.ends[0].text, plot.ends[0].x) == ("A –", None)
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
    first, second = bench.page.board.strip.trend.trend.curves
    last, other = float(first.values[-1]), float(second.values[-1])
    assert 0.01 < abs(last - other) / max(last, other) < 0.2  # apart on the loss's own axis
    assert not second.dashed
    bench.load(experiment.model_copy(update={"configurations": (SMALL.configurations[0],) * 2}))
    bench.train()
    assert [curve.dashed for curve in bench.page.board.strip.trend.trend.curves] == [False, True]


def test_before_training_every_curve_s_beginning_is_seen_and_nothing_that_is_to_be_guessed(bench: Bench) -> None:
    view, figures = bench.page.board.strip.trend, bench.page.bench.figures
    starts = TrendPlot(view.trend, 420, 180).starts
    assert not view.trend.curves
    names = [f"{letter} {ratio_text(one.judgement.ratio)}" for letter, one in zip("AB", figures, strict=True)]
    assert [start.text for start in starts] == names
    heights = [start.y for start in starts]
    assert heights[0] > heights[1], "A has vanished"
    frame = Frame(350, 110)  # as at 150 % in a window of 1280×800
    (still,) = draw_trend(TrendData(view.trend), frame).marks
    invitation, *others = [mark for mark in reversed(still.marks) if isinstance(mark, Text)]
    named = [mark for mark in others if mark.text in names]
    assert len(named) == 2 and invitation.text.startswith("Train them")
    assert all(invitation.rect[0] > mark.rect[0] + text_width(mark.text, mark.size, True) for mark in named)
    bench.page.actions["gradients_guess"].trigger()
    bench.page.edits.of_one(0, {"skip": True}, "")
    bench.settled()
    assert bench.page.views.strip.hidden == {0} and [start.label for start in view.trend.starts] == ["B"]
    bench.page.actions["gradients_guess"].trigger()
    bench.train()
    assert view.trend.curves and not view.trend.starts
