"""The gradients workspace, driven by mouse and keyboard."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from unittest.mock import PropertyMock, patch

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kit import look, theme
from app.kit.announce import recorded
from app.kit.background import Background
from app.kit.drawing.marks import Text, text_height, text_of, text_width
from app.kit.drawing.number import NumberMark
from app.kit.drawing.view import DrawingView
from app.kit.formula.boxes import lay_out
from app.kit.numbers import decade, rounded, to_digits
from app.kit.origin.buttons import WRAPPED
from app.kit.widgets.choice import Choice
from app.kit.widgets.drag_number import DragNumber
from app.kit.widgets.say_beside import BesideNote
from app.workspaces.gradients.doctor import GAIN, HEAD, LOSS, DoctorKey
from app.workspaces.gradients.formulas import (
    DEPTH,
    ENDS,
    FACTOR,
    NORM,
    RATIO,
    SLOPE,
    SPREAD,
    arithmetic_lines,
    in_one_line,
    worked_prediction,
)
from app.workspaces.gradients.moment import DELTA, VARIANCE, WEIGHTS, OriginKey
from app.workspaces.gradients.strip import PARTS
from app.workspaces.gradients.trend import TrendPlot
from app.workspaces.gradients.words import SERIES, gained, ratio_text, reason_of, title_of, verdict_sentence
from engine.formats import document_kind
from engine.gradients.doctor import CureKey
from engine.gradients.experiment import NOT_BY_UNIT, Configuration, Experiment
from engine.gradients.figures import figures_of, shared_rows
from engine.gradients.presets import PRESETS, preset
from engine.gradients.scan import Map
from engine.gradients.signal import signal_of
from engine.gradients.training import GradientRun
from engine.gradients.verdict import judgement
from engine.problems import EngineError
from engine.training.verdicts import Trouble
from tests.app.told import everything_told
from tests.app.workspaces.gradients.gradients_rig import (
    SMALL,
    WAIT_MS,
    Bench,
    cures_offered,
    middle_of,
    words_of_doctor,
    words_of_map,
)

pytestmark = [pytest.mark.shares_window, pytest.mark.usefixtures("cures_tried_once")]


def number(bench: Bench, column: int, field: str) -> DragNumber:
    control = bench.column(column).settings.controls[field]
    assert isinstance(control, DragNumber)
    return control


def choose(bench: Bench, column: int, field: str, key: str) -> None:
    control = bench.column(column).settings.controls[field]
    assert isinstance(control, Choice)
    control.setCurrentIndex(control.findData(key))
    control.activated.emit(control.currentIndex())
    bench.settled()


def drag(bench: Bench, control: DragNumber, pixels: int) -> None:
    place = control.rect().center()
    QTest.mousePress(control, Qt.MouseButton.LeftButton, pos=place)
    for step in (4, 5, 5 + pixels):
        QTest.mouseMove(control, place + QPoint(step, 0))
        QApplication.processEvents()
    QTest.mouseRelease(control, Qt.MouseButton.LeftButton, pos=place + QPoint(5 + pixels, 0))


def map_is_complete(bench: Bench) -> bool:
    known = bench.page.bench.mapper.map_of(0, "signal")
    return known is not None and known.complete


# What is shown ---------------------------------------------------------------------------------------------------


def test_bars_ticks_and_numbers_are_the_engines(bench: Bench) -> None:
    for column, figures in zip(bench.page.board.columns, figures_of(SMALL), strict=True):
        shown = column.chart.numbers.shown
        assert shown is not None and figures.prediction is not None and shown.ticks is not None
        np.testing.assert_array_equal(shown.bars, figures.signal.shares)
        np.testing.assert_allclose(shown.ticks, figures.prediction.products)
        rows = {row.key: row.values for row in shown.rows}
        np.testing.assert_array_equal(rows["factor"][:-1], figures.signal.factors)
        np.testing.assert_array_equal(rows["measured"], figures.signal.shares)
        assert verdict_sentence(figures.judgement, 4) in column.verdict.sentence
        ratio = bench.page.top_bar.ratios[column.number].value.text()
        assert ratio == ratio_text(figures.signal.ratio)


def test_only_the_switches_that_differ_are_marked(bench: Bench) -> None:
    cells = bench.column(0).settings.cells
    assert {field for field, cell in cells.items() if cell.differs} == {"activation", "initializer", "scale"}
    assert list(cells) == list(bench.column(1).settings.cells)


def test_the_axis_is_one_for_all_and_its_floor_is_written(bench: Bench) -> None:
    first, second = (column.chart.numbers.decades for column in bench.page.board.columns)
    assert first == second
    texts = {mark.text for mark in bench.column(0).chart.drawing.marks if isinstance(mark, Text)}
    assert decade(first[0]) in texts or decade(first[0] + 1) in texts


def test_fifty_layers_write_the_numbers_that_have_room(bench: Bench) -> None:
    deep = Configuration(depth=50, width=4)
    bench.begin(SMALL.model_copy(update={"configurations": (deep, deep)}))
    texts = [mark for mark in bench.column(0).chart.drawing.marks if isinstance(mark, Text)]
    row = [mark.rect for mark in texts if mark.bold][1:]  # behind its name
    assert 8 <= len(row) < 50
    assert all(a[0] + a[2] <= b[0] + 0.5 for a, b in pairwise(row))


def test_zero_is_on_the_floor_and_said(bench: Bench) -> None:
    silent = Configuration(depth=3, width=4, activation="step")
    bench.begin(SMALL.model_copy(update={"configurations": (silent, silent)}))
    chart = bench.column(0).chart
    assert chart.numbers.shown is not None and (chart.numbers.shown.bars == 0.0).all()
    assert not chart.numbers.shown.relative and bench.column(0).measure.text() == "Error signal ‖δ‖"
    assert "no signal at all" in bench.column(0).verdict.sentence
    assert not chart.grab().isNull()


@pytest.mark.parametrize("measure", [DELTA, WEIGHTS, VARIANCE])
def test_each_measure_has_its_figures_and_the_gradient_its_warning(bench: Bench, measure: str) -> None:
    bench.column(0).measures[measure].trigger()
    shown, figures = bench.column(0).chart.numbers.shown, figures_of(SMALL)[0]
    expected = {
        DELTA: figures.signal.shares,
        WEIGHTS: figures.signal.weight_gradient / figures.signal.weight_gradient[-1],
        VARIANCE: figures.signal.variance,
    }
    assert shown is not None
    np.testing.assert_array_equal(shown.bars, expected[measure])
    bench.page.board.strip.show_part("layers")
    assert ("hides an explosion" in bench.page.board.strip.layers.meaning.text()) is (measure == WEIGHTS)
    assert (shown.ticks is None) is (measure == WEIGHTS)


# Edits -------------------------------------------------------------------------------------------------------------


def test_a_number_is_dragged_where_it_stands_and_that_is_one_undoable_step(bench: Bench) -> None:
    drag(bench, number(bench, 0, "scale"), 40)
    bench.settled()
    scale = bench.value.configurations[0].scale
    assert scale == number(bench, 0, "scale").value > 0.3
    seen = signal_of(bench.value.configurations[0], shared_rows(SMALL), SMALL.seed)
    shown = bench.column(0).chart.numbers.shown
    assert shown is not None
    np.testing.assert_array_equal(shown.bars, seen.shares)
    assert bench.page.sheet.undo_stack.count() == 1
    bench.page.sheet.undo_stack.undo()
    assert bench.value == SMALL and number(bench, 0, "scale").value == pytest.approx(0.1)


def test_arrow_keys_nudge_the_depth(bench: Bench) -> None:
    bench.click(bench.column(1).settings.more)
    control = number(bench, 1, "depth")
    control.setFocus()
    bench.press(control, Qt.Key.Key_Right)
    bench.settled()
    assert bench.value.configurations[1].depth == 5
    shown = bench.column(1).chart.numbers.shown
    assert shown is not None and shown.depth == 5


def test_every_switch_edits_its_field(bench: Bench) -> None:
    for field, key, value in (
        ("activation", "tanh", "tanh"),
        ("normalisation", "layer", "layer"),
        ("skip", "on", True),
        ("clip_norm", "0.1", 0.1),
        ("clip_norm", "none", None),
        ("optimizer", "adam", "adam"),
    ):
        choose(bench, 0, field, key)
        assert getattr(bench.value.configurations[0], field) == value
    assert bench.page.sheet.undo_stack.count() == 6


def test_another_initialiser_brings_its_usual_scale(bench: Bench) -> None:
    choose(bench, 0, "initializer", "he_normal")
    assert bench.value.configurations[0].scale == 1.0
    assert bench.page.sheet.undo_stack.count() == 1


def test_another_initialiser_says_the_scale_that_it_sets_and_gives_back_the_one_that_was_typed(bench: Bench) -> None:
    said: list[str] = []
    bench.page.edits.told.connect(said.append)
    choose(bench, 0, "initializer", "xavier_normal")
    assert said == ["A’s scale is now 1, the default of Xavier normal; it was 0.1."]
    number(bench, 0, "scale").moved.emit(3.0)
    choose(bench, 0, "initializer", "normal")
    assert bench.value.configurations[0].scale == 0.1 and "0.1, as it was with normal" in said[-1]
    choose(bench, 0, "initializer", "xavier_normal")
    assert bench.value.configurations[0].scale == 3.0
    choose(bench, 1, "initializer", "xavier_normal")
    assert bench.value.configurations[1].scale == 1.0 and len(said) == 3  # it had 1 already
    number(bench, 0, "scale").moved.emit(5.0)
    choose(bench, 0, "initializer", "xavier_normal")
    assert bench.value.configurations[0].scale == 5.0 and len(said) == 3  # it is chosen already
    bench.load(SMALL)
    choose(bench, 0, "initializer", "xavier_normal")
    assert bench.value.configurations[0].scale == 1.0


def test_no_network_is_given_the_scale_that_another_had_in_its_place(bench: Bench) -> None:
    scales = (("normal", 0.11), ("he_normal", 1.0), ("normal", 0.33))
    several = tuple(Configuration(initializer=key, scale=scale) for key, scale in scales)
    bench.load(SMALL.model_copy(update={"configurations": several}))
    said: list[str] = []
    bench.page.edits.told.connect(said.append)
    bench.page.edits.remove(1)
    bench.page.edits.of_one(1, {"initializer": "xavier_normal"}, "")
    bench.page.sheet.undo_stack.undo()
    bench.page.sheet.undo_stack.undo()
    bench.page.edits.of_one(1, {"initializer": "normal"}, "")
    assert bench.value.configurations[1].scale == 0.5 and "the default of normal" in said[-1]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"clip_norm": 0.01}, "clipping 0.01"),
        ({"width": 5}, "width 5"),
        ({"rate": 0.02}, "rate 0.02"),
        ({"optimizer": "adam"}, "Adam"),
    ],
)
def test_what_differs_between_the_columns_is_in_the_names(
    qtbot: QtBot, bench: Bench, changes: dict[str, object], told: str
) -> None:
    one = SMALL.configurations[0]
    both = (one, one.model_copy(update=changes))
    bench.begin(SMALL.model_copy(update={"configurations": both}))
    first, second = (one.title.full_text.replace("\N{NO-BREAK SPACE}", " ") for one in bench.page.board.columns)
    assert first != second and second.endswith(f" + {told}")
    bench.page.board.strip.show_part("outline")
    qtbot.waitUntil(lambda: told in everything_told(bench.page.board.strip.outline))
    assert told not in title_of(one)


def test_what_is_the_same_in_all_is_a_line_that_opens_in_place(bench: Bench) -> None:
    shared = bench.page.board.strip.shared
    assert shared.isHidden()
    assert shared.line.full_text == "Same in both: two spirals, 20 points, width 4, SGD, rate 0.1, 8 steps, seed 117"
    bench.click(shared.change)
    assert shared.isVisible() and {"activation", "initializer", "scale"} == set(shared._away)
    shared.controls["optimizer"].picked.emit("adam")  # type: ignore[union-attr]
    assert [c.optimizer for c in bench.value.configurations] == ["adam", "adam"]
    assert bench.page.sheet.undo_stack.count() == 1 and ", Adam," in shared.line.full_text
    bench.page.edits.of_one(1, {"optimizer": "sgd"}, "")
    assert "optimizer" in shared._away and "Adam" not in shared.line.full_text
    assert bench.column(0).settings.cells["optimizer"].isVisible()
    seed = shared.controls["seed"]
    assert isinstance(seed, DragNumber)
    seed.setFocus()
    bench.press(seed, Qt.Key.Key_Right)
    bench.settled()
    assert bench.value.seed == SMALL.seed + 1
    shared.controls["data"].picked.emit("circle")  # type: ignore[union-attr]
    assert bench.value.data == "circle" and "circle" in shared.line.full_text
    bench.click(shared.change)
    assert shared.isHidden()


def test_a_third_network_comes_and_goes(bench: Bench) -> None:
    bench.press(bench.page.widget, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    bench.settled()
    assert len(bench.page.board.columns) == 3 == len(bench.page.top_bar.ratios)
    assert bench.value.configurations[2] == SMALL.configurations[1]
    bench.click(bench.column(0).remove)
    bench.settled()
    assert bench.value.configurations == (SMALL.configurations[1],) * 2
    assert len(bench.page.board.columns) == 2 and not bench.column(0).remove.isVisible()
    bench.page.sheet.undo_stack.undo()
    bench.page.sheet.undo_stack.undo()
    bench.settled()
    assert bench.value == SMALL


@pytest.mark.parametrize("key", [one.key for one in PRESETS])
def test_presets_open_with_a_click_and_undo_brings_back_what_was_open(bench: Bench, key: str) -> None:
    bench.page.top_bar.preset_actions[key].trigger()
    bench.settled()
    assert bench.value == preset(key).experiment
    assert [name for name, one in bench.page.top_bar.preset_actions.items() if one.isChecked()] == [key]
    assert bench.page.board.strip.part == preset(key).part
    bench.page.sheet.undo_stack.undo()
    assert bench.value == SMALL


# Training ----------------------------------------------------------------------------------------------------------


def test_training_fills_the_curves_and_the_moment_is_dragged(bench: Bench) -> None:
    bench.train()
    view = bench.page.board.strip.trend
    assert [len(curve.values) for curve in view.trend.curves] == [9, 9]
    run = bench.page.bench.run_of(1)
    assert run is not None
    plot = TrendPlot(view.trend, view.width(), view.height())
    bench.click(view, QPointF(plot.x(5), view.height() / 2))
    assert bench.page.views.step == 5 and bench.page.top_bar.step.value.text() == "5"
    shown = bench.column(1).chart.numbers.shown
    assert shown is not None and shown.ticks is None and shown.step == 5
    np.testing.assert_array_equal(shown.bars, run.delta[5] / run.delta[5, -1])
    assert "after 5 steps" in bench.column(1).key.full_text
    view.setFocus()
    bench.press(view, Qt.Key.Key_Right)
    assert bench.page.views.step == 6
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPointF(plot.x(2), 60).toPoint())
    QTest.mouseMove(view, QPointF(plot.x(4), 60).toPoint())
    QTest.mouseMove(view, QPointF(plot.x(3), 60).toPoint())
    bench.qtbot.waitUntil(lambda: bench.page.views.step == 3)
    bench.press(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPointF(plot.x(3), 60).toPoint())
    assert bench.page.views.step == 6, "Escape takes the drag back"


def test_enter_on_the_moment_leaves_it_where_it_is_wherever_the_mouse_rests(bench: Bench) -> None:
    bench.train()
    view = bench.page.board.strip.trend
    plot = TrendPlot(view.trend, view.width(), view.height())
    bench.click(view, QPointF(plot.x(5), view.height() / 2))
    bench.press(view, Qt.Key.Key_Left)
    bench.press(view, Qt.Key.Key_Left)
    bench.press(view, Qt.Key.Key_Return)
    assert bench.page.views.step == 3
    bench.click(view, QPointF(plot.x(7), view.height() / 2))
    assert bench.page.views.step == 7


def test_steps_are_walked_by_keys_and_the_start_is_a_key_away(bench: Bench) -> None:
    bench.train()
    assert bench.page.views.step == 8  # it went along with the training
    bench.page.actions["gradients_start"].trigger()
    for key, step in ((Qt.Key.Key_Period, 1), (Qt.Key.Key_Period, 2), (Qt.Key.Key_Comma, 1)):
        bench.press(bench.page.widget, key)
        assert bench.page.views.step == step
    bench.page.actions["gradients_end"].trigger()
    assert bench.page.views.step == 8
    bench.page.actions["gradients_start"].trigger()
    assert bench.page.views.step == 0


def test_the_moment_goes_to_the_end_of_what_is_trained_beside_what_was_trained_before(
    qtbot: QtBot, bench: Bench
) -> None:
    bench.train()
    bench.page.actions["gradients_add"].trigger()
    bench.column(2).settings.edited.emit({"scale": 0.5}, "")
    bench.settled()
    assert bench.page.views.step == 0, "one of them has its start alone"
    bench.train()
    qtbot.waitUntil(lambda: bench.page.views.step == SMALL.steps, timeout=WAIT_MS)
    assert bench.page.top_bar.step.value.text() == str(SMALL.steps)
    for column in range(3):
        shown = bench.column(column).chart.numbers.shown
        assert shown is not None and shown.step == SMALL.steps


def test_what_was_trained_is_played_to_its_end(qtbot: QtBot, bench: Bench) -> None:
    bench.train()
    assert bench.page.actions["gradients_train"].text() == "Play"
    bench.page.actions["gradients_start"].trigger()
    bench.press(bench.page.widget, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bench.page.views.step == 8, timeout=WAIT_MS)


def test_a_curve_goes_with_the_network_that_it_was_of(qtbot: QtBot, bench: Bench) -> None:
    """An edit of one network takes its run out of sight, and undo brings it back; the other's stays."""
    bench.train()
    choose(bench, 0, "activation", "tanh")
    assert [line.label for line in bench.page.board.strip.trend.trend.curves] == ["B"]
    bench.page.sheet.undo_stack.undo()
    bench.settled()
    qtbot.waitUntil(lambda: len(bench.page.board.strip.trend.trend.curves) == 2, timeout=WAIT_MS)


def test_a_run_that_breaks_down_says_so(bench: Bench) -> None:
    one = Configuration(depth=10, width=16, activation="identity", scale=1.0)
    both = (one, one.model_copy(update={"clip_norm": 1.0}))
    bench.begin(SMALL.model_copy(update={"configurations": both}))
    bench.train()
    assert [line.broken for line in bench.page.board.strip.trend.trend.curves] == [True, False]
    bench.page.board.strip.trends.buttons["moved"].click()
    moved = bench.page.board.strip.trend.trend.curves[1].values
    assert len(moved) == 8 and (moved <= 0.1 * (1.0 + 1e-9)).all()


def test_training_can_be_stopped(qtbot: QtBot, bench: Bench) -> None:
    long = SMALL.model_copy(update={"steps": 2000, "configurations": (Configuration(depth=30, width=64),) * 2})
    bench.begin(long)
    bench.press(bench.page.widget, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bench.page.bench.busy, timeout=WAIT_MS)
    assert bench.page.actions["gradients_train"].text() == "Stop"
    bench.press(bench.page.widget, Qt.Key.Key_Space)
    assert not bench.page.bench.busy and bench.page.bench.run_of(0) is None
    assert bench.page.actions["gradients_train"].text() == "Train both"


# The doctor, the map, the outline -----------------------------------------------------------------------------------


def test_the_doctor_tries_cures_and_applies_one(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(samples=30, steps=5))
    strip = bench.page.board.strip
    assert not strip.tabs.isTabVisible(PARTS.index("cures")), "he comes when he is asked"
    bench.click(bench.column(0).verdict.doctor)
    assert strip.part == "cures" and strip.tabs.tabRect(0).left() == 0, "no tab is pushed out"
    bench.shows_cures(10)
    assert "That is B" in words_of_doctor(strip.doctor) and CureKey.RELU_HE not in cures_offered(strip.doctor)
    bench.apply(CureKey.SKIP)
    bench.settled()
    assert bench.value.configurations[0].skip
    qtbot.waitUntil(lambda: bench.page.bench.figures[0].judgement.trouble is Trouble.STEADY, timeout=WAIT_MS)
    assert bench.page.sheet.undo_stack.undoText() == "Apply a cure to A"


def test_the_keyboard_stays_with_the_doctor_after_a_cure(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(samples=30, steps=5))
    bench.click(bench.column(0).verdict.doctor)
    doctor = bench.page.board.strip.doctor
    bench.shows_cures(10)
    doctor.view.setFocus(Qt.FocusReason.TabFocusReason)
    bench.apply(CureKey.TANH_XAVIER)
    assert bench.value.configurations[0].activation == "tanh"
    qtbot.waitUntil(lambda: not doctor.shown.trials, timeout=WAIT_MS)  # those of the network before are gone
    assert doctor.view.hasFocus()
    qtbot.waitUntil(lambda: bool(cures_offered(doctor)), timeout=WAIT_MS)
    assert doctor.view.hasFocus()


def test_how_much_nearer_to_1_is_no_quotient_of_ratios_and_says_so(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(samples=30, steps=5))
    bench.click(bench.column(0).verdict.doctor)
    doctor = bench.page.board.strip.doctor
    bench.shows_cures(10)
    before = bench.page.bench.figures[0].judgement.judged
    beyond = next(one for one in bench.page.bench.trials_of(0) if one.ratio > 1.0)
    assert beyond.gain == pytest.approx((1.0 / before) / beyond.ratio)  # above 1 it is as far off as it is large
    head, gain = (doctor.view.drawing.part(key) for key in ((HEAD, GAIN), DoctorKey(0, GAIN, beyond.key)))
    assert head is not None and "0.01 and 100 are both off by 100" in text_of(head.tip)
    assert gain is not None and f"× {ratio_text(beyond.gain)}" in words_of_doctor(doctor)
    told = text_of(gain.tip)
    assert ratio_text(1.0 / before) in told and ratio_text(beyond.ratio) in told


def test_why_a_cure_is_not_enough_is_read_whole(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(samples=30, steps=5))
    bench.window.resize(1280, 800)
    bench.page.views.strip.ask_doctor(1)
    doctor = bench.page.board.strip.doctor

    def all_said() -> bool:
        trials = bench.page.bench.trials_of(1)
        reasons = {reason_of(one) for one in trials if not one.works}
        return len(trials) >= 5 and bool(reasons) and reasons <= words_of_doctor(doctor)

    qtbot.waitUntil(all_said, timeout=WAIT_MS)
    notes = [one for one in doctor.view.drawing.marks if isinstance(one, Text) and one.wrap]
    assert all(one.rect[3] >= text_height(one.size) * text_width(one.text, one.size) // one.rect[2] for one in notes)


def test_the_map_grows_and_a_cell_is_a_click(qtbot: QtBot, bench: Bench) -> None:
    bench.page.board.strip.show_part("map")
    view = bench.page.board.strip.map
    qtbot.waitUntil(lambda: map_is_complete(bench), timeout=WAIT_MS)
    known = bench.page.bench.mapper.map_of(0, "signal")
    assert known is not None
    bench.click(view, middle_of(view, (known.depths[3], known.scales[20])))
    bench.settled()
    chosen = bench.value.configurations[0]
    assert (chosen.depth, chosen.scale) == (known.depths[3], known.scales[20])
    ratio = signal_of(chosen, shared_rows(SMALL), SMALL.seed).ratio
    assert known.values[3, 20] == pytest.approx(np.log10(ratio))
    view.setFocus()
    with recorded() as said:
        bench.press(view, Qt.Key.Key_Up)
        bench.press(view, Qt.Key.Key_Return)
    assert "depth" in said[0][0]
    assert bench.page.sheet.undo_stack.count() == 2


def test_the_map_is_shown_once_when_it_comes_into_sight(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.page.board.strip.show_part("map")
    bench.qtbot.waitUntil(lambda: map_is_complete(bench), timeout=WAIT_MS)
    bench.page.board.strip.show_part("layers")
    shown: list[object] = []
    monkeypatch.setattr(bench.page.board.strip.map, "set_data", shown.append)
    bench.page.board.strip.show_part("map")
    assert len(shown) == 1


def test_the_map_shows_where_training_lives_too(qtbot: QtBot, bench: Bench) -> None:
    bench.page.board.strip.show_part("map")
    bench.page.board.strip.map_kinds.buttons["loss"].click()

    def grown() -> bool:
        told = [one for row in bench.page.board.strip.map.table().rows for one in row[1:]]
        return bool(np.isfinite(np.array(told, dtype=float)).any())

    qtbot.waitUntil(grown, timeout=WAIT_MS)
    view, known = bench.page.board.strip.map, bench.page.bench.mapper.map_of(0, "loss")
    assert known is not None
    row, column = np.argwhere(np.isfinite(known.values))[0]
    part = view.drawing.part((known.depths[row], known.scales[column]))
    assert part is not None and "loss" in part.spoken and view.grab().width() == view.width()


def test_the_key_of_a_map_has_what_is_on_it_and_no_more() -> None:
    values, edge = np.array([[0.1, math.inf]]), np.array([math.nan])
    whole = Map("loss", (2,), (0.1, 1.0), values, edge, 1.0, 50)
    words = words_of_map(whole)
    assert "broke down" in words and not {"not yet", "predicted edge"} & set(words)
    assert "predicted edge" in words_of_map(replace(whole, edge=np.array([0.3])))


def test_the_outline_says_the_same_and_its_numbers_are_typed_over(bench: Bench) -> None:
    bench.page.board.strip.show_part("outline")
    outline = bench.page.board.strip.outline
    rows = outline.outline
    assert rows.rowCount() == 2
    index = rows.index_of((1, "scale"))
    assert rows.setData(index, "0.5")
    bench.settled()
    assert bench.value.configurations[1].scale == 0.5
    outline.show_chosen((0, "layer", 2))
    outline.chosen.emit((0, "layer", 2))
    note = rows.data(rows.index_of((0, "layer", 2)), Qt.ItemDataRole.AccessibleTextRole)
    assert ratio_text(float(figures_of(SMALL)[0].signal.shares[1])) in note


def test_the_outline_says_the_verdict_of_the_moment_that_is_shown(bench: Bench) -> None:
    learns = Configuration(depth=6, width=6, initializer="normal", scale=0.3, rate=2.0, optimizer="adam")
    bench.begin(SMALL.model_copy(update={"configurations": (learns, learns)}))
    bench.page.board.strip.show_part("outline")
    bench.train()
    run, rows = bench.page.bench.run_of(0), bench.page.board.strip.outline.outline
    assert run is not None
    sentences = []
    for step in (0, run.steps):
        bench.page.views.course.go_to(step)
        sentences.append(verdict_sentence(judgement(run.delta[step], course=run.course(step)), learns.depth))
        note = rows.data(rows.index_of((0, "verdict")), Qt.ItemDataRole.AccessibleTextRole)
        assert sentences[-1] in note
        assert ("at the start: predicted" in note) is (step > 0)
    assert sentences[0] != sentences[1]


def test_figures_of_other_data_are_not_taken_for_those_of_the_experiment(bench: Bench) -> None:
    before = bench.page.bench.figures
    bench.page.edits.of_all({"data": "moons"}, "")
    assert bench.page.bench.figures is before and not bench.page.bench.current
    bench.settled()
    assert float(bench.page.bench.figures[0].signal.delta[0]) != float(before[0].signal.delta[0])


def test_a_column_asks_for_a_guess_only_once_it_is_measured(bench: Bench) -> None:
    bench.page.actions["gradients_guess"].setChecked(True)
    column = bench.page.board.columns[0]
    bench.page.edits.of_all({"data": "moons"}, "")
    bench.settled()
    assert "First guess" in column.verdict.sentence
    bench.page.edits.of_all({"data": "checkerboard"}, "")
    bench.page.views.show_figures()
    assert not bench.page.bench.current
    assert column.verdict.sentence == "measuring …"
    assert column.chart.drawing.description == "measuring …"
    bench.settled()
    assert "First guess" in column.verdict.sentence
    assert "hidden until you guess" in column.chart.drawing.description


def test_a_run_that_could_not_be_finished_is_no_run_and_cures_are_tried_again(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, found: Callable[[GradientRun], None], **_more: object) -> GradientRun:
        nothing = np.ones((1, 4))
        found(GradientRun(nothing, nothing, np.ones(1), np.ones(1), np.ones(0)))
        raise EngineError(NOT_BY_UNIT(key="x", known="y"))

    def without_cures(*_args: object, **_more: object) -> None:
        raise EngineError(NOT_BY_UNIT(key="x", known="y"))

    # No real cures: beside them, on a busy machine, training would take longer than anybody waits for it here.
    monkeypatch.setattr("app.workspaces.gradients.bench.try_cures", lambda *_args, **_more: None)
    work = bench.page.bench
    with monkeypatch.context() as patched:
        patched.setattr("app.workspaces.gradients.bench.train", broken)
        with qtbot.waitSignal(work.failed, timeout=WAIT_MS):
            work.train()
        assert work.run_of(0) is None and not work.complete and not work.busy
        patched.setattr("app.workspaces.gradients.bench.try_cures", without_cures)
        with qtbot.waitSignal(work.failed, timeout=WAIT_MS):
            work.treat(1)  # of which the page has not asked by itself
        assert not work.treating(1)
    work.treat(1)
    assert work.treating(1)
    bench.train()


def test_a_number_of_the_outline_is_kept_within_its_bounds(bench: Bench) -> None:
    bench.page.board.strip.outline.number_edited.emit((0, "depth"), 5000.0)
    bench.page.board.strip.outline.number_edited.emit((0, "scale"), -3.0)
    assert (bench.value.configurations[0].depth, bench.value.configurations[0].scale) == (50, 0.0)


# Origins -----------------------------------------------------------------------------------------------------------


@pytest.mark.torch
def test_a_number_says_where_it_comes_from_and_its_parents_are_a_click_further(qtbot: QtBot, bench: Bench) -> None:
    chart = bench.column(0).chart
    bench.click(chart, middle_of(chart, 2))
    card = bench.page.side.card
    assert card.isVisible() and card.key == OriginKey(0, "measured", 2)
    qtbot.waitUntil(lambda: "PyTorch" in card.badge.text and "asking" not in card.badge.text)
    assert "agrees" in card.badge.text.lower() or "difference" in card.badge.text.lower()
    assert OriginKey(0, "delta", 2) in card.parents and OriginKey(0, "delta", 4) in card.parents
    card.go_on_to(OriginKey(0, "delta", 2))
    assert OriginKey(0, "factor", 2) in card.parents
    card.go_back()
    assert card.key == OriginKey(0, "measured", 2)
    card.put_away()
    assert not bench.page.side.explaining


def test_the_card_of_a_number_follows_the_moment(bench: Bench) -> None:
    chart, card, course = bench.column(1).chart, bench.page.side.card, bench.page.views.course
    bench.click(chart, middle_of(chart, 1))
    bench.train()
    course.go_to(8)
    card.go_on_to(OriginKey(1, "delta", 1, 8))
    for step in (8, 0, 2):
        course.go_to(step)
        assert chart.numbers.shown is not None and card._fact is not None
        run = bench.page.bench.run_of(1)
        assert run is not None and card._fact.value == pytest.approx(float(run.delta[step, 0]))
        assert ("at the start" if step == 0 else f"after {step} steps") in card._fact.place
    card.go_back()  # to what was read at another moment
    for step, row in ((2, "delta_share"), (0, "measured")):
        course.go_to(step)
        shown, fact = chart.numbers.shown, card._fact
        assert shown is not None and fact is not None and fact.key == OriginKey(1, row, 1, step)
        assert fact.value == pytest.approx(float(shown.rows[-1].values[0]))
    bench.page.explain(1, "factor", 1)
    course.go_to(5)
    fact = card._fact
    assert fact is not None and fact.key == OriginKey(1, "factor", 1)
    assert "at the start" in fact.place  # there is no other


def test_a_number_to_the_next_layer_follows_to_the_start(qtbot: QtBot, bench: Bench) -> None:
    bench.train()
    bench.page.views.course.go_to(3)
    bench.page.explain(0, "delta_step", 2)
    bench.page.views.course.go_to(0)
    card, delta = bench.page.side.card, bench.page.bench.figures[0].signal.delta
    assert card._fact is not None and card._fact.value == pytest.approx(delta[1] / delta[2])
    qtbot.waitUntil(lambda: "agrees" in card.badge.text.lower() or "difference" in card.badge.text.lower())


def test_the_card_of_a_number_that_goes_says_why_it_closes(qtbot: QtBot, bench: Bench) -> None:
    bench.train()
    bench.page.views.course.go_to(8)
    bench.page.explain(0, "delta_share", 2)
    bench.page.edits.of_one(0, {"depth": 3}, "")
    bench.settled()
    assert bench.page.side.explaining and bench.page.side.card.key == OriginKey(0, "measured", 2)
    bench.page.edits.of_one(0, {"depth": 1}, "")
    qtbot.waitUntil(lambda: not bench.page.side.explaining, timeout=WAIT_MS)
    assert "no longer exists" in bench.window.messages.text


@pytest.mark.parametrize("measure", [DELTA, WEIGHTS, VARIANCE])
@pytest.mark.parametrize("step", [0, 3])
def test_every_number_there_is_has_an_origin_with_its_own_value(bench: Bench, measure: str, step: int) -> None:
    bench.train()
    bench.column(0).measures[measure].trigger()
    bench.page.views.course.go_to(step)
    shown = bench.column(1).chart.numbers.shown
    assert shown is not None
    for row in shown.rows:
        for layer in range(1, shown.depth + 1):
            value = float(row.values[layer - 1])
            if value == value:
                fact = bench.page.views.origins.fact_of(OriginKey(1, row.key, layer, shown.step))
                assert fact is not None and fact.value == pytest.approx(value, rel=1e-12), row.key
    for layer in range(1, shown.depth + 1):
        fact = bench.page.views.origins.fact_of(OriginKey(1, shown.main.key, layer, shown.step))
        assert fact is not None and fact.value == pytest.approx(float(shown.bars[layer - 1]))


def test_a_layer_lights_the_arithmetic_that_it_is_part_of_and_the_other_way_round(bench: Bench) -> None:
    column = bench.column(0)
    QTest.mouseMove(column.chart, middle_of(column.chart, 2).toPoint())
    assert column.verdict.formula.lit == {SLOPE, SPREAD}
    column.verdict.formula.hovered.emit(RATIO)
    assert column.chart.numbers.lit == {1}
    column.verdict.formula.hovered.emit(SLOPE)
    assert column.chart.numbers.lit == {1, 2, 3}


def test_numbers_are_walked_by_keys_and_said(bench: Bench) -> None:
    chart, table = bench.column(0).chart, bench.table(0)
    with recorded() as said:
        chart.setFocus(Qt.FocusReason.TabFocusReason)
        bench.press(chart, Qt.Key.Key_Right)
        bench.press(chart, Qt.Key.Key_Return)
        assert bench.page.side.card.key == OriginKey(0, "measured", 2)
        table.setFocus(Qt.FocusReason.TabFocusReason)
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
            bench.press(table, key)
        bench.press(table, Qt.Key.Key_Return)
    assert said[0][0].startswith("Layer 2, ‖δ‖") and any(text.startswith("Layer 2, product") for text, _ in said)
    assert bench.page.side.card.key == OriginKey(0, "product", 2)
    bench.page.side.card.put_away()


def test_every_ratio_says_its_own_step_where_that_is_not_the_one_shown(bench: Bench) -> None:
    bench.train()
    bar = bench.page.top_bar
    bench.page.actions["gradients_end"].trigger()
    assert not any("STEP" in one.accessibleName() for one in bar.ratios)
    choose(bench, 0, "skip", "on")  # it has not been trained, and the other one has
    bench.settled()
    bench.page.actions["gradients_end"].trigger()
    assert bar.step.value.text() == str(SMALL.steps)
    assert bar.ratios[0].accessibleName().endswith("A · STEP 0") and "STEP" not in bar.ratios[1].accessibleName()
    assert bench.column(0).verdict.accessibleName().split(".")[0].endswith("at the start")
    assert bar.ratios[0].width() >= bar.ratios[0].caption.sizeHint().width()
    bench.page.actions["gradients_start"].trigger()
    assert not any("STEP" in one.accessibleName() for one in bar.ratios)


def test_a_depth_that_is_no_whole_number_says_so_wherever_it_is_typed(bench: Bench) -> None:
    bench.click(bench.column(0).settings.more)
    depth = bench.column(0).settings.controls["depth"]
    assert isinstance(depth, DragNumber)
    depth.edit("2.5")
    assert depth.editor is not None
    depth.editor.take()
    assert bench.value.configurations[0].depth == 3
    (note,) = bench.window.findChildren(BesideNote)
    assert "Whole numbers from 1 to 50" in note.text()
    bench.page.board.strip.outline.number_edited.emit((1, "depth"), 5.4)
    assert bench.value.configurations[1].depth == 5
    assert "Whole numbers from 1 to 50" in bench.window.messages.text


def test_what_a_product_comes_from_is_whole_in_its_row(qtbot: QtBot, bench: Bench) -> None:
    deep = SMALL.configurations[0].model_copy(update={"depth": 20})
    bench.begin(SMALL.model_copy(update={"configurations": (deep, deep)}))
    bench.window.resize(1280, 800)
    bench.page.explain(0, "product", 16)
    card = bench.page.side.card
    for row in card._rows:
        qtbot.waitUntil(lambda row=row: row.height() >= row.heightForWidth(row.width()))
        formula, words = row._formula, row._words_box(row.width())
        assert row.height() >= formula.height, "the limits above and below its sign are whole"
        metrics = QFontMetricsF(look.font(12))
        wrapped = metrics.boundingRect(words, WRAPPED, row.shown.place)
        assert wrapped.height() <= words.height() and words.bottom() <= row.height()


# Predicting ---------------------------------------------------------------------------------------------------------


def test_what_comes_of_an_edit_is_hidden_until_it_is_guessed(qtbot: QtBot, bench: Bench) -> None:
    bench.page.actions["gradients_guess"].trigger()
    assert bench.page.side.guess.isVisible()
    choose(bench, 0, "skip", "on")
    qtbot.waitUntil(lambda: bench.column(0).chart.numbers.shown is None, timeout=WAIT_MS)
    assert bench.page.top_bar.ratios[0].value.text() == "?"
    assert bench.column(1).chart.numbers.shown is not None
    assert bench.page.views.origins.fact_of(OriginKey(0, "delta", 1)) is None
    bench.page.side.guess.choose("larger")
    assert bench.column(0).chart.numbers.shown is not None
    assert bench.page.views.predictions.guesses.score.right == 1
    bench.page.actions["gradients_guess"].trigger()
    assert not bench.page.side.guess.isVisible()


@pytest.mark.parametrize("answer", ["larger", "smaller"])
def test_the_card_says_what_came_out_and_by_how_much_until_something_changes(
    qtbot: QtBot, bench: Bench, answer: str
) -> None:
    before = bench.page.bench.figures[0].signal.ratio
    card = bench.page.side.guess
    bench.page.actions["gradients_guess"].trigger()
    choose(bench, 0, "skip", "on")
    qtbot.waitUntil(lambda: bench.column(0).chart.numbers.shown is None, timeout=WAIT_MS)
    card.choose(answer)
    now = bench.page.bench.figures[0].signal.ratio
    assert now > before
    assert card._verdict.text().startswith("Right, larger" if answer == "larger" else "Not quite, it is larger")
    assert ratio_text(now) in card._verdict.text() and ratio_text(now / before) in card._verdict.text()
    told = card._verdict.text()
    bench.train()
    assert card._verdict.text() == told, "training is no change"
    choose(bench, 0, "skip", "off")
    bench.settled()
    assert "Change something" in card.text and not card._verdict.text()


def test_of_several_hidden_networks_the_next_is_asked_about_when_one_goes_on(bench: Bench) -> None:
    card = bench.page.side.guess
    bench.page.actions["gradients_guess"].trigger()
    bench.page.edits.of_all({"data": "moons"}, "")
    bench.settled()
    assert bench.column(0).chart.numbers.shown is None and bench.column(1).chart.numbers.shown is None
    assert "Network A" in card.text
    card.choose("larger")
    assert card._verdict.text() and "Network A" in card.text
    assert bench.column(0).chart.numbers.shown is not None and bench.column(1).chart.numbers.shown is None
    bench.press(card, Qt.Key.Key_Return)
    assert not card._verdict.text() and "Network B" in card.text
    card.choose("larger")
    if bench.page.views.predictions.guesses.open:
        card.choose("smaller")
    assert card._verdict.text() and bench.column(1).chart.numbers.shown is not None


def test_what_is_to_be_guessed_stands_nowhere_else(qtbot: QtBot, bench: Bench) -> None:
    board = bench.page.board
    board.strip.show_part("outline")
    before = bench.page.bench.figures[0]
    bench.page.actions["gradients_guess"].trigger()
    bench.page.edits.of_one(0, {"depth": 6}, "")
    qtbot.waitUntil(lambda: bench.column(0).chart.numbers.shown is None, timeout=WAIT_MS)
    bench.page.actions["gradients_train"].trigger()
    qtbot.waitUntil(lambda: bench.page.bench.complete, timeout=WAIT_MS)
    network = board.strip.outline.outline.index(0, 0)
    assert "6" in network.data() and "4" not in network.data(), "the outline tells of the network as it is set now"
    told = everything_told(bench.window)
    now = bench.page.bench.figures[0]
    for one in (now, before):  # neither what is asked nor, as if it were that, what was
        assert verdict_sentence(one.judgement, one.configuration.depth) not in told
    assert ratio_text(now.judgement.ratio) not in told
    assert [line.label for line in board.strip.trend.trend.curves] == ["B"]
    bench.page.side.guess.revealed.emit()
    assert ratio_text(now.judgement.ratio) in everything_told(bench.window)
    assert [line.label for line in board.strip.trend.trend.curves] == ["A", "B"]


def test_what_a_cure_would_come_to_is_to_be_guessed_too(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(samples=30, steps=5))
    bench.click(bench.column(0).verdict.doctor)
    bench.shows_cures(10)
    panel, strip = bench.page.board.strip.doctor, bench.page.views.strip
    trial = next(trial for trial in panel.shown.trials if trial.key is CureKey.SKIP)
    told = words_of_doctor(panel)
    assert {ratio_text(trial.ratio), ratio_text(trial.loss)} <= told
    bench.page.actions["gradients_guess"].trigger()
    numbers = [mark for mark in panel.view.drawing.marks if isinstance(mark, NumberMark)]
    covered = [one.printed for one in numbers if isinstance(one.key, DoctorKey) and one.key.cure is not None]
    assert set(covered) == {"?"}
    tips = " ".join(part.tip for part in panel.view.drawing.keyed)
    for one in panel.shown.trials:
        assert reason_of(one) not in tips and gained(panel.shown.before, one) not in tips
    assert list(cures_offered(panel)) == [key for key in CureKey if key in cures_offered(panel)], "in no order of merit"
    assert strip.doctor_fact(DoctorKey(0, GAIN, CureKey.SKIP)) is None
    bench.apply(CureKey.SKIP)
    bench.settled()
    assert bench.page.views.predictions.guesses.open and bench.column(0).chart.numbers.shown is None
    bench.page.side.guess.revealed.emit()
    assert ratio_text(trial.ratio) in everything_told(bench.window)
    bench.page.actions["gradients_guess"].trigger()


def test_the_map_is_covered_while_what_comes_of_an_edit_is_guessed(qtbot: QtBot, bench: Bench) -> None:
    """Its colours gave away what another depth or scale comes to."""
    view = bench.page.board.strip.map
    bench.page.board.strip.show_part("map")
    qtbot.waitUntil(lambda: view.data.known is not None and view.data.known.known > 0, timeout=WAIT_MS)
    bench.page.actions["gradients_guess"].trigger()
    assert view.data.known is None and "hidden while you predict" in view.drawing.description
    bench.page.actions["gradients_guess"].trigger()
    assert view.data.known is not None


def test_ratios_that_are_printed_alike_are_not_compared(bench: Bench) -> None:
    bench.page.actions["gradients_guess"].trigger()
    before = bench.page.bench.figures[0].judgement.ratio
    bench.page.edits.of_one(0, {"scale": bench.value.configurations[0].scale * (1.0 + 1e-6)}, "")
    bench.settled()
    now = bench.page.bench.figures[0].judgement.ratio
    assert now != before and ratio_text(now) == ratio_text(before)
    assert not bench.page.views.predictions.guesses.open and bench.column(0).chart.numbers.shown is not None


def test_a_guess_is_held_to_the_data_that_there_are_now(bench: Bench) -> None:
    bench.page.actions["gradients_guess"].trigger()
    bench.page.edits.of_one(0, {"scale": 0.5}, "")
    bench.settled()
    guesses = bench.page.views.predictions.guesses
    assert guesses.open and guesses.question is not None
    assert guesses.question.truth == bench.page.bench.figures[0].signal.ratio
    bench.page.edits.of_all({"data": "moons"}, "")
    bench.settled()
    assert guesses.open and guesses.question.truth == bench.page.bench.figures[0].signal.ratio


def test_revealing_counts_nothing(qtbot: QtBot, bench: Bench) -> None:
    bench.page.actions["gradients_guess"].trigger()
    choose(bench, 1, "initializer", "normal")
    qtbot.waitUntil(lambda: bench.column(1).chart.numbers.shown is None, timeout=WAIT_MS)
    bench.page.side.guess.revealed.emit()
    assert bench.column(1).chart.numbers.shown is not None
    assert bench.page.views.predictions.guesses.score.asked == 0


# Files and pictures -------------------------------------------------------------------------------------------------


def test_an_experiment_is_saved_and_opened(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "mine.loom"
    bench.page.sheet.save(path)
    assert document_kind(path) == "neuroloom-experiment"
    choose(bench, 0, "activation", "tanh")
    bench.page.open_file(path)
    bench.settled()
    assert bench.value == SMALL and bench.page.sheet.path == path


def test_a_presets_title_goes_with_its_experiment(bench: Bench, tmp_path: Path) -> None:
    sheet = bench.page.sheet
    bench.page.choose_preset("vanishing")
    assert sheet.title == "Vanishing"
    bench.page.edits.of_one(0, {"activation": "relu"}, "")
    assert sheet.title == "Experiment"
    sheet.undo_stack.undo()
    assert sheet.title == "Vanishing"
    bench.page.edits.of_one(0, {"skip": True}, "")
    sheet.save(path := tmp_path / "with skip.loom")
    bench.page.open_file(path)
    assert sheet.title == "with skip"
    sheet.load("My own", SMALL)
    bench.page.edits.of_one(0, {"skip": True}, "")
    assert sheet.title == "My own"  # a title of one's own names the work, and not what it began with


@pytest.mark.parametrize("measure", [WEIGHTS, VARIANCE])
def test_a_verdict_names_what_it_goes_by_beside_other_numbers(bench: Bench, measure: str) -> None:
    bench.begin(Experiment(samples=30, steps=5))
    bench.column(0).measures[measure].trigger()
    for column in bench.page.board.columns:
        assert "‖δ‖" in column.verdict.sentence
        assert column.verdict.accessibleName().split(". ")[-1].startswith("‖δ‖ predicted")
    bench.column(0).measures[DELTA].trigger()
    assert "‖δ‖ predicted" not in bench.column(0).verdict.accessibleName()


def test_pictures_and_numbers_can_be_copied(bench: Bench, tmp_path: Path) -> None:
    copier = bench.column(0).copier
    copier.copy_numbers()
    text = QGuiApplication.clipboard().text().splitlines()
    assert text[0].startswith("layer,factor,predicted,product,measured,tick") and len(text) == 5
    copier.save_picture(str(tmp_path / "a.png"))
    copier.save_drawing(str(tmp_path / "a.svg"))
    assert (tmp_path / "a.png").stat().st_size > 0 and "<svg" in (tmp_path / "a.svg").read_text()
    bench.train()
    assert len(bench.page.board.strip.trend.table().rows) == 9


def test_verdicts_are_said_once_an_edit_stands_still(qtbot: QtBot, bench: Bench) -> None:
    qtbot.waitUntil(lambda: bool(bench.page.views._said), timeout=WAIT_MS)
    with recorded() as said:
        choose(bench, 0, "activation", "step")
        qtbot.waitUntil(lambda: any("no signal at all" in text for text, _ in said), timeout=WAIT_MS)
    assert all(text.startswith("A:") for text, _ in said if "Layer" in text)


# What is said holds -------------------------------------------------------------------------------------------------


def test_a_measured_norm_is_not_passed_off_as_a_product(qtbot: QtBot, bench: Bench) -> None:
    width = bench.page.side.width()
    bench.page.explain(1, "delta", 2)
    card, fact = bench.page.side.card, bench.page.side.card._fact
    assert fact is not None and fact.value is not None
    behind, gain = (one.value for one in fact.parents)
    assert behind is not None and gain is not None and behind * gain != pytest.approx(fact.value, rel=1e-3)
    assert fact.parents[1].place == "average gain of layer 2 of network B, at the start"
    told = f"{to_digits(behind, 4)} × {to_digits(gain, 4)} = {to_digits(behind * gain, 4)} only comes near"
    assert told in card._sentence.text()
    assert bench.page.side.width() == width, "columns stay under the pointer"
    assert card.mapTo(bench.page.side, card.rect().bottomRight()).x() < width, "and none of the card is cut"
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    bench.press(bench.column(1).chart, Qt.Key.Key_Escape)
    assert card.key is None and not bench.page.side.explaining


@pytest.mark.parametrize("normalisation", ["none", "layer"])
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("depth", [10, 50])
def test_the_printed_arithmetic_comes_to_the_printed_ratio(normalisation: str, skip: bool, depth: int) -> None:
    """Worked out by hand, from what is printed and nothing else."""
    c = Configuration.model_validate({"depth": depth, "skip": skip, "normalisation": normalisation, "scale": 0.3})
    figures = figures_of(Experiment(configurations=(c,)))[0]
    line, box = figures.line, in_one_line(arithmetic_lines(figures))
    assert line is not None
    plain = lay_out(box, 15.0).plain
    numbers = [float(one) for one in re.findall(r"(?<![√·\d.])\d+\.\d+(?= \()", plain)]
    factor = float(re.findall(r"= (\d*\.?\d+) a layer", plain)[0])
    slope, norm = numbers[0], numbers[1] if normalisation == "layer" else 1.0
    inner = slope * 0.3 * 4.0 * norm
    digits = len(f"{factor}".replace(".", "").lstrip("0"))
    assert rounded(math.sqrt(1.0 + inner**2) if skip else inner, digits) == pytest.approx(factor, rel=1e-9)
    ends = numbers[-1] if skip or line.jump is not None else 1.0
    shown = 3 if 1e-2 <= line.ratio < 1e3 else 2
    assert rounded(factor**line.steps * ends, shown) == pytest.approx(rounded(line.ratio, shown), rel=1e-9)


@pytest.mark.parametrize(
    ("scale", "depth", "told"),
    [
        (2.0, 10, "2^9 = 512"),
        (2.0, 20, "2^19 = 524288"),
        (1.0, 30, "1^29 = 1"),
        (2.0, 2, "2^1 = 2"),
        (1.9, 10, "1.9^9 ≈ 323"),
        (2.0, 31, "2^30 ≈ 1.1 · 10^9"),
    ],
)
def test_a_power_is_printed_as_what_it_is(scale: float, depth: int, told: str) -> None:
    """He's start keeps ReLU's signal, so that the scale is a layer's whole factor."""
    c = Configuration(depth=depth, activation="relu", initializer="he_normal", scale=scale)
    figures = figures_of(Experiment(configurations=(c,)))[0]
    plain = lay_out(in_one_line(arithmetic_lines(figures)), 15.0).plain.translate(str.maketrans("⁰¹²³⁹", "01239"))
    assert plain.replace("^", "").endswith(told.replace("^", ""))


@pytest.mark.parametrize(("scale", "told"), [(1e-4, " 0.00019 ≈ 1.0 · 10−36"), (1e-40, "(1 · 10−40)9 ≈ 0")])
def test_a_power_of_a_power_of_ten_stands_in_brackets(scale: float, told: str) -> None:
    c = Configuration(depth=10, activation="relu", initializer="he_normal", scale=scale)
    plain = lay_out(in_one_line(arithmetic_lines(figures_of(Experiment(configurations=(c,)))[0])), 15.0).plain
    plain = plain.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−"))
    assert plain.replace("^", "").endswith(told)


@pytest.mark.parametrize("normalisation", ["none", "layer"])
@pytest.mark.parametrize("skip", [False, True])
def test_a_prediction_says_all_that_it_is_made_of(normalisation: str, skip: bool) -> None:
    c = Configuration.model_validate({"skip": skip, "normalisation": normalisation, "activation": "tanh", "scale": 0.4})
    figures = figures_of(Experiment(configurations=(c,)))[0]
    assert figures.prediction is not None
    for at in range(9):
        formula, worked = worked_prediction(figures.prediction, at, normed=normalisation == "layer")
        assert (
            "ldots" not in worked
            and ("1 +" in formula) is skip
            and formula.count("nu") == formula.count("E[") * (normalisation == "layer")
        )
        python = worked.replace(r"\sqrt{", "math.sqrt(").replace(r"\cdot", "*").replace("^2}", "**2)")
        python = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)", python)
        found = eval(python, {"math": math})  # our own line of numbers, as it is printed
        assert rounded(found, 4) == rounded(float(figures.prediction.factors[at]), 4)


def test_an_edit_after_training_shows_all_networks_at_one_moment(qtbot: QtBot, bench: Bench) -> None:
    bench.train()
    assert bench.page.views.step == 8
    choose(bench, 0, "skip", "on")
    assert bench.page.views.step == 0 and bench.page.top_bar.step.value.text() == "0"
    assert all(
        column.chart.numbers.shown is not None and column.chart.numbers.shown.step == 0
        for column in bench.page.board.columns
    )
    bench.page.sheet.undo_stack.undo()
    bench.settled()
    qtbot.waitUntil(lambda: len(bench.page.board.strip.trend.trend.curves) == 2, timeout=WAIT_MS)
    assert bench.page.actions["gradients_train"].text() == "Play"


def test_dead_units_and_stuck_layers_are_said_in_the_verdict(bench: Bench) -> None:
    dead = Configuration(activation="relu", initializer="he_normal", scale=1.0)
    stuck = Configuration(depth=50, scale=1.0, skip=True)
    bench.begin(Experiment(configurations=(dead, stuck)))
    count = sum(map(len, figures_of(bench.value)[0].signal.dead))
    assert f"{count} units in" in bench.column(0).verdict.sentence and count > 0
    assert bench.column(1).verdict.sentence.startswith("Saturated at the start. The slopes of")
    assert "layer 49’s" in bench.column(1).verdict.sentence


def test_undo_brings_back_what_was_seen_and_asks_nothing(qtbot: QtBot, bench: Bench) -> None:
    bench.page.board.strip.show_part("map")
    qtbot.waitUntil(lambda: map_is_complete(bench), timeout=WAIT_MS)
    bench.page.actions["gradients_guess"].trigger()
    bench.page.edits.of_one(0, {"scale": 0.7}, "")
    qtbot.waitUntil(lambda: bench.column(0).chart.numbers.shown is None, timeout=WAIT_MS)
    assert not bench.page.board.strip.map.table().rows
    bench.page.sheet.undo_stack.undo()
    qtbot.waitUntil(lambda: bench.column(0).chart.numbers.shown is not None, timeout=WAIT_MS)
    assert not bench.page.board.strip.map.table().rows  # it has the answers of the next edits
    assert bench.page.views.predictions.guesses.score.asked == 0
    bench.page.actions["gradients_guess"].trigger()
    assert bench.page.board.strip.map.table().rows


def test_every_number_says_the_moment_that_it_is_of(qtbot: QtBot, bench: Bench) -> None:
    """After training the verdict is of the end; prediction, other draws and the doctor's ratios are of the start."""
    deep = preset("depth").experiment.configurations[0].model_copy(update={"depth": 12})
    bench.begin(Experiment(configurations=(deep, deep), samples=40, steps=8))
    card = bench.column(0).verdict
    assert " at the start." in card.sentence and " after " not in card.sentence
    assert not card.formula.plain.startswith("predicted")
    bench.click(card.doctor) if card.doctor.isVisible() else bench.page.views.strip.ask_doctor(0)
    bench.shows_cures(2)
    bench.train()
    qtbot.waitUntil(lambda: bench.page.views.step == 8, timeout=WAIT_MS)
    assert " after 8 steps." in card.sentence and "at the start" not in card.sentence
    qtbot.waitUntil(lambda: card.formula.plain.startswith("predicted for the start:"), timeout=WAIT_MS)
    assert card.accessibleName().split(". ")[-1].startswith("at the start: predicted")
    labels = words_of_doctor(bench.page.board.strip.doctor)
    assert "AT THE\nSTART" in labels and "LOSS AFTER\n20 STEPS" in labels and "AFTER" not in labels
    assert ratio_text(bench.page.bench.figures[0].judgement.judged) in labels


def test_the_reason_is_true_of_what_is_shown(qtbot: QtBot, bench: Bench) -> None:
    """Worked out by hand: under a layer norm one layer makes the ratio, which is no power of one mean."""
    normed, edge = Configuration(normalisation="layer"), Configuration(scale=2.37)
    bench.begin(Experiment(configurations=(normed, edge)))
    bench.table(0)
    first, second = (bench.page.board.strip.layers.reasons[number] for number in range(2))
    qtbot.waitUntil(lambda: all("20 others" in one.text() for one in (first, second)), timeout=WAIT_MS)
    delta = figures_of(bench.value)[0].signal.delta
    others = (delta[1] / delta[-1]) ** (1 / 8)
    told = "one jump: ×\xa0{} from layer 2 to layer 1; the others are about ×\xa0{}"
    assert told.format(ratio_text(delta[0] / delta[1]), ratio_text(others)) in first.text()
    assert "layer 1 alone" in bench.column(0).verdict.formula.plain and "one jump" not in second.text()
    steps = figures_of(bench.value)[1].signal.steps
    told = f"from ×\xa0{ratio_text(steps.min())} at layer {steps.argmin() + 1} to ×\xa0{ratio_text(steps.max())}"
    assert told in second.text() and "random direction" in second.text()
    ratios = [signal_of(edge, shared_rows(bench.value), 117 + number).ratio for number in range(1, 21)]
    told = f"20 others start at {ratio_text(min(ratios))} to {ratio_text(max(ratios))}"
    assert told in second.text() and "mean over all" in second.text()


def test_draws_wait_while_something_is_edited_and_are_known_again_after_undo(qtbot: QtBot, bench: Bench) -> None:
    spread = bench.page.bench.spread
    qtbot.waitUntil(lambda: spread.is_known(0) and spread.is_known(1), timeout=WAIT_MS)
    bench.page.edits.of_one(0, {"scale": 0.3}, "")
    bench.settled()
    assert not spread.is_known(0) and spread.is_known(1)
    qtbot.waitUntil(lambda: spread.is_known(0), timeout=WAIT_MS)
    bench.page.sheet.undo_stack.undo()
    assert spread.is_known(0)
    assert not bench.page.views._moment(0).drawn, "what is shown is still of the other scale"
    bench.settled()
    assert bench.page.views._moment(0).drawn


def test_the_doctor_says_what_each_cure_is_compared_with(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(samples=30, steps=5))
    bench.click(bench.column(0).verdict.doctor)
    bench.shows_cures(10)
    labels = words_of_doctor(bench.page.board.strip.doctor)
    trial = bench.page.bench.trials_of(0)[0]
    assert "As it is" in labels and "LOSS AFTER\n20 STEPS" in labels and ratio_text(trial.untreated) in labels
    before = bench.page.bench.figures[0].judgement.ratio
    assert ratio_text(trial.gain) in gained(before, trial) and ratio_text(1.0 / before) in gained(before, trial)
    skip = next(one for one in bench.page.bench.trials_of(0) if one.key is CureKey.SKIP)
    assert "after 20 steps" in reason_of(skip) if skip.loss > skip.untreated else skip.works


def test_the_place_on_the_map_is_dragged_and_that_is_one_step(qtbot: QtBot, bench: Bench) -> None:
    bench.page.board.strip.show_part("map")
    qtbot.waitUntil(lambda: map_is_complete(bench), timeout=WAIT_MS)
    view = bench.page.board.strip.map
    known = bench.page.bench.mapper.map_of(0, "signal")
    assert known is not None
    cells = [(known.depths[row], known.scales[12 + row]) for row in range(4)]
    places = [middle_of(view, cell).toPoint() for cell in cells]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(view, place)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=places[-1])
    chosen = bench.value.configurations[0]
    assert (chosen.depth, chosen.scale) == cells[-1]
    assert bench.page.sheet.undo_stack.count() == 1
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=places[-1])
    QTest.mouseMove(view, places[0])
    bench.press(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=places[0])
    assert bench.value.configurations[0] == chosen, "Escape takes the drag back"


def test_a_broken_run_leaves_the_others_an_axis(bench: Bench) -> None:
    one = Configuration(depth=10, width=16, activation="identity", scale=1.0)
    both = (one, one.model_copy(update={"scale": 0.25}))
    bench.begin(SMALL.model_copy(update={"configurations": both}))
    bench.train()
    assert bench.page.board.strip.trend.trend.scale.top <= 6.0


def test_a_saved_drawing_has_its_heading_and_the_button_stays(bench: Bench, tmp_path: Path) -> None:
    copier = bench.column(0).copier
    copier.save_drawing(str(tmp_path / "a.svg"))
    text = (tmp_path / "a.svg").read_text()
    assert copier.isVisible() and f"A · {bench.column(0).title.full_text}" in text


def test_columns_stand_at_one_height(bench: Bench) -> None:
    bench.begin(Experiment())
    for key in (None, "1"):
        if key is not None:
            bench.click(bench.column(0).chart, middle_of(bench.column(0).chart, 2))
            bench.page.views.shown_anew.emit()
        heights = {column.verdict.minimumHeight() for column in bench.page.board.columns}
        assert len(heights) == 1


def test_three_networks_are_seen_whole(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment())
    bench.window.resize(1280, 800)
    bench.page.edits.add()
    bench.settled()
    board = bench.page.board

    def whole() -> bool:
        room = board.split.sizes()[0]
        return len(board.columns) == 3 and all(one.minimumSizeHint().height() <= room for one in board.columns)

    qtbot.waitUntil(whole, timeout=WAIT_MS)
    assert sum(one.width() for one in board.columns) <= board.width()


def test_a_ratio_has_the_colour_of_its_verdict(bench: Bench) -> None:
    far = Configuration(skip=True, normalisation="layer")
    bench.begin(Experiment(configurations=(Configuration(), far)))
    tones = [one.value.styleSheet() for one in bench.page.top_bar.ratios]
    assert theme.colour("danger").name() in tones[0] and theme.colour("warning").name() in tones[1]
    assert bench.column(1).verdict.sentence.startswith("Growing at the start.")
    dead = Configuration(activation="relu", initializer="he_normal", scale=1.0)
    bench.begin(Experiment(configurations=(Configuration(), dead)))
    assert any(figures_of(bench.value)[1].signal.dead) and bench.column(1).verdict.sentence.startswith("Steady")
    assert theme.colour("good").name() in bench.page.top_bar.ratios[1].value.styleSheet()


def test_the_code_of_a_number_can_be_copied(bench: Bench) -> None:
    bench.page.explain(0, "measured", 2)
    bench.page.side.card.copy_code()
    assert "print(delta[1] / delta[-1])" in QGuiApplication.clipboard().text()


def test_every_number_of_the_predicted_line_says_where_it_comes_from(bench: Bench) -> None:
    """0.24728 and 0.1·√16 answered nothing."""
    deep = Configuration(depth=6, width=4)
    odd = Configuration(depth=6, width=4, activation="leaky_relu", skip=True, normalisation="layer", scale=0.7)
    bench.begin(Experiment(configurations=(deep, odd)))
    card = bench.page.side.card
    for number, keys in (
        (0, {SLOPE, SPREAD, FACTOR, DEPTH, RATIO}),
        (1, {SLOPE, SPREAD, NORM, FACTOR, ENDS, DEPTH, RATIO}),
    ):
        column, line = bench.column(number), figures_of(bench.value)[number].line
        assert line is not None
        values = {SLOPE: line.slope, SPREAD: line.weights, NORM: line.norm, FACTOR: line.factor, DEPTH: line.steps,
                  ENDS: line.ends, RATIO: line.ratio}  # fmt: skip
        view = column.verdict.formula.views[0]
        whole = lay_out(in_one_line(arithmetic_lines(figures_of(bench.value)[number])), 15.0)
        assert keys == {part.key for part in whole.keyed}
        for key in keys:
            view.chosen.emit(key)
            assert card.key == OriginKey(number, key, 0)
            assert card._fact is not None and card._fact.value == values[key]
            assert card._fact.sentence
            for parent in card.parents:
                card.go_on_to(parent)
                assert card.key == parent
                card.go_back()


def test_the_arithmetic_of_the_line_checks_by_hand(bench: Bench) -> None:
    bench.begin(Experiment(configurations=(Configuration(depth=6, width=16), Configuration(depth=6))))
    card = bench.page.side.card
    for key in (SLOPE, SPREAD, FACTOR, RATIO):
        bench.page.explain(0, key, 0)
        fact = card._fact
        assert fact is not None and isinstance(fact.worked, str)
        text = re.sub(r"\\sqrt\{(\d+)\}", r"(\1**0.5)", fact.worked).replace(r"\cdot", "*").replace("^", "**")
        text = re.sub(r"(\d) ?\* ?\{?10\*\*\{?(-?\d+)\}?", r"\1e\2", text.replace("{-}", "-").replace("{*}", "*"))
        text = text.replace("{", "(").replace("}", ")")
        assert eval(text) == pytest.approx(fact.value, rel=6e-4), text


def test_the_doctors_numbers_say_where_they_come_from(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(configurations=(Configuration(), Configuration(depth=4))))
    bench.click(bench.column(0).verdict.doctor)
    doctor, card = bench.page.board.strip.doctor, bench.page.side.card
    bench.shows_cures(10)
    trials = {one.key: one for one in bench.page.bench.trials_of(0)}
    keys = [part.key for part in doctor.view.drawing.keyed if isinstance(part.key, DoctorKey)]
    assert {key.cure for key in keys} == {None, *trials}
    for key in keys:
        doctor.view.chosen.emit(key)
        assert card.key == key and card._fact is not None
        assert card._fact.place.endswith("after 20 steps" if key.quantity == LOSS else "at the start")
        trial = trials.get(key.cure) if key.cure is not None else None
        if trial is not None:
            value = {RATIO: trial.ratio, GAIN: trial.gain, LOSS: trial.loss}[key.quantity]
            assert card._fact.value == pytest.approx(value, rel=1e-9, nan_ok=True)
        for parent in card.parents:
            card.go_on_to(parent)
            assert card.key == parent
    place = middle_of(doctor.view, DoctorKey(0, RATIO, bench.page.bench.trials_of(0)[0].key)).toPoint()
    qtbot.mouseClick(doctor.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    fact = card._fact
    assert fact is not None and fact.check is not None
    assert fact.check().value == pytest.approx(fact.value, rel=1e-9)
    assert "delta[0] / delta[9]" in fact.lines_of_code
    bench.click(bench.page.top_bar.ratios[0].value)
    assert card.key == OriginKey(0, "measured", 1)


def written(view: DrawingView) -> set[str]:
    """What stands in a drawing beside what stays."""
    return {mark.text for mark in view.drawing.marks if isinstance(mark, Text)}


def test_the_moment_shows_what_each_curve_is_there(bench: Bench) -> None:
    bench.train()
    trend = bench.page.board.strip.trend
    before = trend.grab().toImage()
    bench.page.views.course.go_to(4)
    assert {f"{curve.label} {ratio_text(float(curve.values[4]))}" for curve in trend.trend.curves} <= written(trend)
    assert trend.grab().toImage() != before
    bench.page.views.course.go_to(8)
    assert written(trend) == {"step 8"}  # the names at the curves' ends say the rest


def test_the_axis_of_the_others_does_not_give_the_answer_away(qtbot: QtBot, bench: Bench) -> None:
    bench.page.actions["gradients_guess"].trigger()
    bench.page.edits.of_one(0, {"depth": 40}, "")
    qtbot.waitUntil(lambda: bench.column(0).chart.numbers.shown is None, timeout=WAIT_MS)
    assert bench.column(1).chart.numbers.decades[0] >= -3
    bench.page.side.guess.revealed.emit()
    assert bench.column(1).chart.numbers.decades[0] < -20


# What was met in reading -------------------------------------------------------------------------------------------


def test_two_networks_that_break_down_at_once_have_no_size_of_a_step(bench: Bench) -> None:
    broken = Configuration(activation="identity", depth=50, width=8, scale=10.0, rate=1e6)
    bench.begin(Experiment(configurations=(broken, broken), samples=20, steps=5))
    bench.page.views.course.choose_trend("moved")
    bench.train()
    runs = [bench.page.bench.run_of(number) for number in range(2)]
    assert all(run is not None and run.steps == 0 and run.failure is not None for run in runs)
    assert list(bench.page.board.strip.trend.trend.curves) == []
    bench.page.views.course.choose_trend("loss")
    assert [line.values.size for line in bench.page.board.strip.trend.trend.curves] == [1, 1]
    bench.page.board.strip.trend.grab()


def test_a_number_asked_for_while_another_network_has_just_gone_is_not_known_yet(bench: Bench) -> None:
    bench.page.edits.add()
    bench.settled()
    bench.page.edits.remove(2)
    assert not bench.page.bench.current
    assert bench.page._fact_of(OriginKey(0, "delta", 1)) is None
    bench.settled()


def test_curves_take_on_the_colours_of_another_theme(bench: Bench) -> None:
    bench.train()
    view = bench.page.board.strip.trend
    try:
        for name in ("dark", "light"):
            theme.set_theme(name)
            image = view.grab().toImage()
            seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
            assert {theme.series_colour(number, SERIES).name() for number in range(2)} <= seen
    finally:
        theme.set_theme("light")


def test_a_saved_experiment_opens_with_its_tab_and_asks_as_it_did(bench: Bench, tmp_path: Path) -> None:
    page, path = bench.page, tmp_path / "exercise.loom"
    page.board.strip.show_part("outline")
    page.actions["gradients_guess"].trigger()
    page.sheet.save(path)
    page.actions["gradients_guess"].trigger()
    page.board.strip.show_part("cures")
    assert not page.sheet.unsaved
    page.sheet.new()
    page.sheet.open(path)
    assert page.board.strip.part == "outline" and page.actions["gradients_guess"].isChecked()
    page.actions["gradients_guess"].trigger()


def test_an_exercise_reopens_with_its_own_question_at_its_step(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    page, path = bench.page, tmp_path / "exercise.loom"
    guess, guesses = page.actions["gradients_guess"], page.views.predictions.guesses
    bench.begin(SMALL.model_copy(update={"seed": 3}))
    guess.trigger()
    choose(bench, 0, "skip", "on")
    bench.settled()
    bench.train()
    assert guesses.open and page.views.step == SMALL.steps
    question = page.side.guess.text
    page.sheet.save(path)
    page.sheet.new()
    guess.trigger()
    bench.settled()
    page.bench._runs = {}
    page.sheet.open(path)
    bench.settled()
    assert guesses.open and page.side.guess.text == question and bench.column(0).chart.numbers.shown is None
    qtbot.waitUntil(lambda: page.bench.complete, timeout=WAIT_MS)
    assert page.views.step == SMALL.steps and guesses.open


def test_an_exercise_reopens_with_its_score_and_hides_no_network_that_was_open(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, path = bench.page, tmp_path / "exercise.loom"
    guesses, card = page.views.predictions.guesses, page.side.guess
    bench.begin(SMALL.model_copy(update={"seed": 3}))
    page.actions["gradients_guess"].trigger()
    for number in (0, 1):
        bench.page.edits.of_one(number, {"depth": 5}, "")
        bench.settled()
    assert guesses.question is not None and page.views.strip.hidden == {0, 1}
    card.choose("smaller" if guesses.question.asked.answer == "larger" else "larger")
    bench.settled()
    assert card._hint.isVisible(), "a hint helps most after a wrong answer"
    card.went_on.emit()
    score, asked = card.score_text, card.text
    assert score == "first tries: 0 of 1 right" and page.views.strip.hidden == {1}
    for number, opens in ((1, False), (0, True)):
        opened: list[Path] = []
        monkeypatch.setattr(page.host, "open_copy", opened.append)
        page.open_network(number)
        assert bool(opened) == opens, "the playground would show what is asked"
    page.sheet.save(path)
    guesses.give_up()
    page.sheet.new()
    bench.settled()
    page.sheet.open(path)
    bench.settled()
    assert guesses.open and page.views.strip.hidden == {1} and bench.column(0).chart.numbers.shown is not None
    assert (card.score_text, card.text) == (score, asked)


@pytest.mark.parametrize("both", [False, True])
def test_an_exercise_reopens_with_its_answer(bench: Bench, tmp_path: Path, *, both: bool) -> None:
    page, path = bench.page, tmp_path / "exercise.loom"
    guesses, card = page.views.predictions.guesses, page.side.guess
    bench.begin(SMALL.model_copy(update={"seed": 3}))
    page.actions["gradients_guess"].trigger()
    for number in range(1 + both):
        page.edits.of_one(number, {"depth": 5}, "")
        bench.settled()
    assert guesses.question is not None
    card.choose(str(guesses.question.asked.answer))
    hidden = page.views.strip.hidden
    assert len(hidden) == both and not guesses.open
    score, asked, told = card.score_text, card.text, card._verdict.text()
    for anew in (True, False):
        page.sheet.save(path)
        if anew:
            page.sheet.new()
            bench.settled()
        page.sheet.open(path)
        bench.settled()
        assert page.views.strip.hidden == hidden and not guesses.open
        assert (card.score_text, card.text, card._verdict.text()) == (score, asked, told)
    if both:
        card.went_on.emit()
        assert guesses.open and guesses.question.key[1] == 1


def test_an_opened_experiment_is_not_compared_with_what_was_open_before(bench: Bench) -> None:
    guess = bench.page.actions["gradients_guess"]
    guess.trigger()
    bench.load(SMALL.model_copy(update={"seed": 5}))
    assert not bench.page.views.predictions.guesses.open and bench.column(0).chart.numbers.shown is not None


def test_one_step_from_the_start_is_one_step(qtbot: QtBot, bench: Bench) -> None:
    bench.page.actions["gradients_step"].trigger()
    qtbot.waitUntil(lambda: bench.page.bench.complete, timeout=WAIT_MS)
    assert bench.page.views.step == 1
    bench.page.actions["gradients_step"].trigger()
    assert bench.page.views.step == 2


def test_a_step_trains_a_network_that_was_edited_since_the_other_was_trained(qtbot: QtBot, bench: Bench) -> None:
    page = bench.page
    page.actions["gradients_train"].trigger()
    qtbot.waitUntil(lambda: page.bench.complete, timeout=WAIT_MS)
    page.actions["gradients_start"].trigger()
    page.edits.of_one(0, {"scale": 0.35}, "")
    bench.settled()
    page.actions["gradients_step"].trigger()
    qtbot.waitUntil(lambda: page.bench.complete, timeout=WAIT_MS)
    assert page.views.step == 1
    assert [page.views.run_and_step(number)[1] for number in range(2)] == [1, 1]


def test_what_takes_long_to_train_says_at_which_step_it_was_saved(bench: Bench) -> None:
    course = bench.page.views.course
    with patch("app.workspaces.gradients.views.checkable", return_value=False):
        assert not course.return_to(5)
    assert not bench.page.bench.busy and bench.page.views.step == 0


def test_the_doctor_says_that_its_trials_are_hidden_and_the_hint_fits_any_change(qtbot: QtBot, bench: Bench) -> None:
    page = bench.page
    page.actions["gradients_guess"].trigger()
    bench.page.edits.of_one(0, {"depth": 6}, "")
    bench.settled()
    question = page.views.predictions.guesses.question
    assert page.views.predictions.guesses.open and question is not None and "number changed" in question.hint
    page.views.strip.ask_doctor(0)
    assert page.board.strip.doctor._foot.text() == "Hidden until you guess."


def test_the_curves_of_a_trained_experiment_are_in_its_file(bench: Bench, tmp_path: Path) -> None:
    page, path = bench.page, tmp_path / "trained.loom"
    bench.begin(SMALL.model_copy(update={"seed": 4}))
    bench.train()
    page.views.course.go_to(5)
    lines = [line.values for line in page.board.strip.trend.trend.curves]
    page.sheet.save(path)
    page.sheet.new()
    bench.settled()
    page.bench._runs = {}
    with patch.object(page.bench, "train", side_effect=AssertionError("they are known")):
        page.sheet.open(path)
        bench.settled()
        assert page.bench.complete and page.views.step == 5
    for line, before in zip(page.board.strip.trend.trend.curves, lines, strict=True):
        np.testing.assert_array_equal(line.values, before)
    assert page.actions["gradients_train"].text() == "Play"


def test_what_is_saved_while_training_goes_on_has_the_curves_that_are_finished(bench: Bench, tmp_path: Path) -> None:
    page, path = bench.page, tmp_path / "training.loom"
    bench.begin(SMALL.model_copy(update={"seed": 5}))
    bench.train()
    first = page.bench.run_of(0)
    assert first is not None
    half = GradientRun(first.delta[:4], first.weight_gradient[:4], first.loss[:4], first.gradient[:4], first.moved[:3])
    page.bench._runs[page.bench.key_of(1)] = half
    with patch.object(Background, "busy", new_callable=PropertyMock, return_value=True):
        assert page.bench.busy
        page.sheet.save(path)
    page.sheet.new()
    bench.settled()
    page.bench._runs = {}
    with patch.object(page.bench, "train"):
        page.sheet.open(path)
        bench.settled()
    known = page.bench.run_of(0)
    assert known is not None and page.bench.run_of(1) is None, "what is half done is done anew"
    np.testing.assert_array_equal(known.loss, first.loss)


def test_verdicts_say_the_bounds_that_they_go_by(monkeypatch: pytest.MonkeyPatch) -> None:
    vanishing = judgement(np.array([0.5, 1e-4, 1e-3, 1.0]))
    assert vanishing.trouble is Trouble.VANISHING
    assert "less than 0.001 of layer 4’s ‖δ‖ arrives" in verdict_sentence(vanishing, 4)
    exploding = judgement(np.array([2.0, 5e3, 5.0, 1.0]))
    assert exploding.trouble is Trouble.EXPLODING
    assert "more than 1,000 times layer 4’s" in verdict_sentence(exploding, 4)
    monkeypatch.setattr("app.kit.verdict_words.EXPLODING_RATIO", 500.0)
    assert "more than 500 times layer 4’s" in verdict_sentence(exploding, 4)
