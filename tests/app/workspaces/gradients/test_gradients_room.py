"""Three and four networks side by side: what each column shows in its room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.kit.drawing.marks import Rectangle
from app.kit.formula.view import MARGIN
from app.kit.widgets.drag_number import DragNumber
from app.workspaces.gradients.bar import GradientsBar
from app.workspaces.gradients.board import LOW_CHART
from app.workspaces.gradients.doctor import BARS, HEAD
from app.workspaces.gradients.strip import LEAST_STRIP
from app.workspaces.gradients.verdict import LEGIBLE
from app.workspaces.gradients.words import ratio_text
from engine.gradients.experiment import Experiment
from engine.gradients.presets import preset
from tests.app.workspaces.gradients.gradients_rig import SEVERAL, WAIT_MS, Bench, cures_offered, words_of_doctor

pytestmark = pytest.mark.shares_window


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_ratio_that_grows_on_its_way_has_the_others_make_room(qtbot: QtBot, count: int) -> None:
    """It has its own step in its caption while it is behind."""
    bar = GradientsBar(*(QAction(name) for name in ("Train", "Step", "Reset", "Add", "Predict")))
    qtbot.addWidget(bar)
    bar.resize(2000, 40)
    bar.show()
    behind = [2000] + [9] * (count - 1)
    bar.show_figures(2000, [1.0] * count, ["text"] * count, behind)
    row = bar.layout()
    assert row is not None
    for _ in range(3):  # in less room words are left out, which leaves more
        QApplication.processEvents()
        bar.resize(row.minimumSize().width(), 40)
    assert bar.step.isVisible()
    bar.show_figures(2000, [1.0] * count, ["text"] * count, [2000] + [1999] * (count - 1))
    assert bar.step.isHidden() and bar.ratios[0].isVisible() and row.minimumSize().width() <= bar.width()
    bar.resize(2000, 40)
    assert bar.step.isVisible()


@pytest.mark.parametrize("count", [2, 3, 4])
def test_arithmetic_is_legible_or_in_words(qtbot: QtBot, bench: Bench, count: int) -> None:
    bench.begin(Experiment(configurations=SEVERAL[:count]))
    bench.window.resize(1280, 800)
    qtbot.waitUntil(lambda: all(one.verdict.formula.plain for one in bench.page.board.columns), timeout=WAIT_MS)
    QApplication.processEvents()
    for column in bench.page.board.columns:
        formula = column.verdict.formula
        for view in formula.views:
            if view.isVisible():
                assert (view.width() - 2 * MARGIN) / view.laid_out.width >= LEGIBLE - 0.01
        assert formula.words.isVisible() is not formula.views[0].isVisible()
        assert not formula.words.isVisible() or formula.words.text() == formula.plain


def test_all_settings_are_a_click_away_in_every_column_at_once(qtbot: QtBot, bench: Bench) -> None:
    both = (SEVERAL[0], SEVERAL[1])
    bench.begin(Experiment(configurations=both))
    settings = [column.settings for column in bench.page.board.columns]
    differing = {"activation", "initializer", "scale"}
    assert all(set(one.cells) - set(one._away) == differing for one in settings)
    assert not settings[0].cells["optimizer"].isVisible() and settings[0].cells["scale"].isVisible()
    bench.click(settings[1].more)
    for one in settings:
        assert not one._away and one.cells["optimizer"].isVisible() and one.more.text() == "fewer"
    bench.click(settings[0].more)
    assert "optimizer" in settings[1]._away and settings[0].more.text() == "more…"
    bench.load(Experiment(configurations=(SEVERAL[0],) * 2))
    bench.page.choose_preset("vanishing")
    bench.begin(Experiment(configurations=(SEVERAL[0],) * 2))
    assert all("scale" not in one._away for one in settings), "where nothing differs, one can be made to"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_settings_stand_in_rows_inside_their_column(qtbot: QtBot, bench: Bench, count: int) -> None:
    bench.begin(Experiment(configurations=SEVERAL[:count]))
    bench.window.resize(1280, 800)
    bench.click(bench.column(0).settings.more)

    def inside() -> bool:
        return all(
            cell.geometry().right() <= column.settings.width() and cell.geometry().bottom() <= column.settings.height()
            for column in bench.page.board.columns
            for cell in column.settings.cells.values()
        )

    qtbot.waitUntil(inside)


def test_the_whole_box_of_a_number_takes_hold(bench: Bench) -> None:
    bench.window.resize(1440, 900)
    bench.click(bench.column(0).settings.more)
    QApplication.processEvents()
    for field in ("depth", "width", "scale", "rate"):
        cell, control = (getattr(bench.column(0).settings, name)[field] for name in ("cells", "controls"))
        box = control.parentWidget()
        assert box is not None and box.width() > 40
        for x in (3, box.width() // 2, box.width() - 4):
            for y in (3, box.height() - 4):
                assert cell.childAt(box.mapTo(cell, QPoint(x, y))) is control
        assert isinstance(control, DragNumber)
        bench.click(control, QPointF(control.width() - 4, control.height() / 2))
        assert control.editor is not None and control.editor.alignment() & Qt.AlignmentFlag.AlignLeft
        control.editor.put_away()


def test_a_setting_stays_under_the_hand_that_makes_it_alike(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(configurations=(*SEVERAL[:2],) * 2))
    switches = bench.column(0).settings
    qtbot.waitUntil(lambda: "rate" in switches._away, timeout=WAIT_MS)
    for rate, shown in ((0.5, True), (0.1, True)):
        bench.page.edits.of_one(0, {"rate": rate}, "")
        bench.settled()
        qtbot.waitUntil(lambda shown=shown: ("rate" not in switches._away) is shown, timeout=WAIT_MS)  # type: ignore[misc]


@pytest.mark.parametrize("height", [720, 760, 800])
@pytest.mark.parametrize("changes", [{"scale": 3.0}, {"activation": "logistic", "scale": 0.3}])
def test_columns_are_level_and_as_low_as_may_be_after_a_change_and_undo(
    qtbot: QtBot, bench: Bench, changes: dict[str, object], height: int
) -> None:
    """A verdict grows by lines, so that the row scrolls, and shrinks again."""
    relu = SEVERAL[1]
    bench.begin(Experiment(configurations=(SEVERAL[0], relu, relu, relu), seed=117))
    bench.window.resize(1280, height)
    board = bench.page.board

    def level() -> bool:
        heights = {(one.chart.y(), one.chart.height(), one.verdict.y(), one.verdict.height(), one.height())
                   for one in board.columns}  # fmt: skip
        wanted = max(one.verdict.wanted_height() for one in board.columns)
        least = {one.verdict.minimumHeight() for one in board.columns}
        inside = all(one.verdict.geometry().bottom() < one.height() for one in board.columns)
        set_anew = all(one.verdict.formula._next is None for one in board.columns)  # arithmetic is put off a while
        return set_anew and len(heights) == 1 and least == {wanted} and inside

    qtbot.waitUntil(level, timeout=WAIT_MS)
    for undone in (False, True):
        if undone:
            bench.page.sheet.undo_stack.undo()
        else:
            bench.page.edits.of_one(3, changes, "")
        bench.settled()
        qtbot.waitUntil(level, timeout=WAIT_MS)


def test_a_title_takes_no_more_height_once_there_is_room_for_it(bench: Bench) -> None:
    bench.begin(Experiment())
    column = bench.column(0)
    column.title.setMinimumHeight(200)  # as for a narrow column
    assert column.title_height() < 100
    bench.page.board.align()
    assert column.title.minimumHeight() < 100


def test_the_prediction_stands_beside_the_way_to_a_cure(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment())
    bench.window.resize(854, 533)  # 1280 × 800 at 150 %
    verdict = bench.column(0).verdict
    qtbot.waitUntil(lambda: verdict.doctor.isVisible() and verdict._compared.isVisible(), timeout=WAIT_MS)
    prediction, judgement = bench.page.bench.figures[0].prediction, bench.page.bench.figures[0].judgement
    assert prediction is not None
    qtbot.waitUntil(lambda: verdict._compared.text() == f"predicted {ratio_text(prediction.ratio)}")
    assert ratio_text(judgement.ratio) in verdict.sentence


def test_in_a_small_window_the_verdict_stands_first_and_the_doctors_buttons_are_whole(
    qtbot: QtBot, bench: Bench
) -> None:
    bench.begin(Experiment(samples=30))
    bench.window.resize(960, 600)
    column, doctor, bar = bench.column(0), bench.page.board.strip.doctor, bench.page.top_bar
    bench.page.views.strip.ask_doctor(0)
    bench.shows_cures(10)
    qtbot.waitUntil(lambda: column.verdict.y() < column.settings.y() < column.verdict.formula.y())
    verdict = column.verdict.mapTo(bench.page.board, column.verdict.rect().bottomLeft()).y()
    assert verdict < bench.page.board.split.sizes()[0]

    def whole() -> bool:
        offered = cures_offered(doctor).values()
        parts = [part for key in offered if (part := doctor.view.drawing.part(key)) is not None]
        return bool(parts) and all(part.rect[0] + part.rect[2] <= doctor.view.width() for part in parts)

    qtbot.waitUntil(whole)
    bench.page.board.strip.split.setSizes([400, 500])
    bench.page.explain(0, "measured", 1)  # beside it there is less room
    qtbot.waitUntil(lambda: doctor.view.drawing.part((HEAD, BARS)) is None)  # the bar gives way first
    qtbot.waitUntil(whole)
    bench.page.side.card.put_away()
    places = [one.geometry() for one in (*bar._pills[:2], bar.go)]
    readouts = [one.mapTo(bar, one.rect().topLeft()).x() for one in bar.ratios]
    assert all(b - a >= bar.ratios[0].value.sizeHint().width() for a, b in pairwise(readouts))
    assert max(place.right() for place in places) < readouts[0]
    assert readouts[-1] + bar.ratios[-1].value.sizeHint().width() <= bar._pills[2].x()
    bench.window.resize(1440, 900)
    qtbot.waitUntil(lambda: column.settings.y() < column.verdict.y() and column.verdict.formula.isVisible())
    assert column.verdict.formula.parent() is column.verdict
    qtbot.waitUntil(lambda: doctor.view.drawing.part((HEAD, BARS)) is not None)


def test_at_150_percent_on_a_small_screen_the_numbers_of_the_layers_are_in_sight(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(samples=30))
    bench.window.resize(853, 533)
    column, above = bench.column(0), bench.page.board.split
    qtbot.waitUntil(lambda: column.verdict.y() < column.settings.y())

    def in_sight() -> bool:
        foot = column.chart.mapTo(bench.page.board, column.chart.rect().bottomLeft()).y()
        return foot <= above.sizes()[0]

    qtbot.waitUntil(in_sight)


def test_at_150_percent_an_origin_opens_in_sight_beside_a_question(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(samples=30))
    bench.window.resize(853, 533)
    bench.page.actions["gradients_guess"].setChecked(True)
    bench.page.explain(0, "delta_step", 2)
    card, place = bench.page.side.card, bench.page.side._scroll.viewport()
    qtbot.waitUntil(lambda: card.isVisible() and 0 <= card.mapTo(place, QPoint(0, 0)).y() < place.height() / 2)


def test_the_doctors_bars_have_room_in_a_window_of_usual_size(qtbot: QtBot, bench: Bench) -> None:
    """In English, whose words are the longest: a cure that is another network's, and a copy that breaks down."""
    experiment = preset("exploding").experiment.model_copy(update={"samples": 20})
    bench.begin(experiment)
    bench.window.resize(1280, 800)
    doctor = bench.page.board.strip.doctor
    bench.page.views.strip.ask_doctor(0)
    qtbot.waitUntil(lambda: not bench.page.bench.treating(0) and len(doctor.shown.trials) >= 8, timeout=WAIT_MS)
    assert {"broke down", "That is B"} <= words_of_doctor(doctor)

    def roomy() -> bool:
        head = doctor.view.drawing.part((HEAD, BARS))
        return head is not None and head.rect[2] >= 72

    qtbot.waitUntil(roomy)
    assert all(
        mark.rect[0] + mark.rect[2] <= doctor.view.width()
        for mark in doctor.view.drawing.marks
        if isinstance(mark, Rectangle)
    )


def test_columns_come_to_rest_in_a_window_of_any_size(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(configurations=SEVERAL[:2]))
    resized: list[int] = []
    for column in bench.page.board.columns:
        column.resized.connect(lambda: resized.append(1))

    def resized_in_turns() -> int:
        resized.clear()
        for _ in range(10):
            QApplication.processEvents()
        return len(resized)

    for height in (600, 640, 680, 720, 760):
        for width in range(800, 1000, 24):
            bench.window.resize(width, height)
            qtbot.waitUntil(lambda: resized_in_turns() < 10)


def test_both_ratios_stay_in_the_bar_of_a_window_of_960_pixels(qtbot: QtBot, bench: Bench) -> None:
    """At 150 % a window of 1440 pixels has so many, and B's ratio left it."""
    bench.window.resize(960, 600)
    bench.begin(Experiment(configurations=SEVERAL[:2]))
    bar = bench.page.top_bar
    QApplication.processEvents()
    assert [ratio.isVisible() for ratio in bar.ratios] == [True, True]


def test_bars_take_the_height_that_a_presentation_gives_them(qtbot: QtBot, bench: Bench) -> None:
    """At 150 % they stayed 200 pixels high above an empty half."""
    bench.begin(Experiment(configurations=SEVERAL[:2]))
    board = bench.page.board
    board.strip.hide()
    board.resize(960, 530)
    QApplication.processEvents()
    assert all(column.chart.height() > LOW_CHART for column in board.columns)
    board.strip.show()


def test_a_ratio_comes_back_where_a_shorter_name_leaves_room_for_it(qtbot: QtBot) -> None:
    """At 150 % it gave way to the name of an experiment, and stayed away after an edit until there was training."""
    holder, bar = QWidget(), GradientsBar(*(QAction(name) for name in ("Train", "Step", "Reset", "Add", "Predict")))
    qtbot.addWidget(holder)
    bar.setParent(holder)
    bar.resize(2000, 40)
    holder.show()
    bar.show_figures(0, [None, 0.551], ["text", "good"], [0, 0])
    bar.show_preset(None)
    while all(ratio.isVisible() for ratio in bar.ratios):
        bar.resize(bar.width() - 5, 40)
    bar.resize(bar.width() + 5, 40)
    assert all(ratio.isVisible() for ratio in bar.ratios)
    bar.show_preset("cures")
    assert not all(ratio.isVisible() for ratio in bar.ratios)
    bar.show_preset(None)
    assert all(ratio.isVisible() for ratio in bar.ratios)


@pytest.mark.parametrize("size", [(853, 533), (960, 600)])
def test_at_150_percent_a_question_is_whole_with_its_answers(qtbot: QtBot, bench: Bench, size: tuple[int, int]) -> None:
    """Its buttons lay below the edge, and the column that it is about stood lower than the other."""
    bench.begin(Experiment(configurations=SEVERAL[:2]))
    bench.window.resize(*size)
    page, (first, second) = bench.page, bench.page.board.columns
    page.actions["gradients_guess"].setChecked(True)
    page.edits.of_one(0, {"scale": 0.4}, "")
    bench.settled()
    place, answer = page.side._scroll.viewport(), page.side.guess._choices["larger"]

    def is_whole() -> bool:
        top = page.side.guess.mapTo(place, QPoint(0, 0)).y()
        return answer.isVisible() and top >= 0 and answer.mapTo(place, QPoint(0, answer.height())).y() < place.height()

    qtbot.waitUntil(is_whole, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: (first.chart.y(), first.settings.y()) == (second.chart.y(), second.settings.y()))
    page.actions["gradients_guess"].setChecked(False)
    qtbot.waitUntil(lambda: page.board.strip.height() == LEAST_STRIP)


def test_at_150_percent_an_origin_has_room_for_more_than_its_name(qtbot: QtBot, bench: Bench) -> None:
    bench.begin(Experiment(samples=30))
    bench.window.resize(853, 533)
    bench.page.explain(0, "delta", 2)
    qtbot.waitUntil(lambda: bench.page.side.card.visibleRegion().boundingRect().height() > 120)
    bench.page.side.card.put_away()
    qtbot.waitUntil(lambda: bench.page.board.strip.height() == LEAST_STRIP)
