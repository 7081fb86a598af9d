"""The home of the recommenders: what can be begun, and the runs there have been."""

from __future__ import annotations

import time
from math import ceil
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

import assets
from app.kit import theme
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Text, text_width
from app.kit.folders import data_folder
from app.workspaces.recommender import launching
from app.workspaces.recommender.home import home
from app.workspaces.recommender.home.data_tiles import DataTile
from app.workspaces.recommender.home.home import Home
from app.workspaces.recommender.home.idea_card import (
    draw_narrowing,
    draw_wide_deep,
)
from app.workspaces.recommender.home.runs import (
    CELL_MARGINS,
    LEAST_NAME,
    SORT,
    RunColumn,
    RunRow,
    RunsModel,
    RunsView,
    _colour_of,
    cell_font,
    gain_span,
    row_of,
)
from app.workspaces.recommender.home.starts import Start, free_name, plan_of, seconds_before, starts_on
from app.workspaces.recommender.page import (
    RUNS,
    RecommenderPage,
)
from app.workspaces.recommender.words import measure_of
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.profile.leaks import LEAK
from engine.recommenders.judging.standing import rival_of
from engine.recommenders.running.events import (
    CompanionEpoch,
    Compared,
    EpochEnded,
    Event,
    Finished,
    Judged,
    Started,
    noticed,
    to_json,
)
from engine.recommenders.running.plan import LONGEST_NAME
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_state import RunState, state_of
from engine.recommenders.running.runs import BadRun, list_runs, new_run
from tests.app.window_rig import Opened, opened_window


def finished(root: Path, value: float, *, baseline: float = 0.32, error: float = 0.001) -> RunFolder:
    """A run of Wide & Deep whose log says that it has ended with this log loss."""
    folder = new_run(root, plan_of(Start.usual("wide-deep"), "cpu"))
    metrics = {"log_loss": value, "auc": 0.9}
    events: list[Event] = [
        Started(100, 10, 15, 1000, "cpu", 1),
        Compared({"logistic regression": {"log_loss": baseline}}),
        *(EpochEnded(epoch, 10 * epoch + 10, 0.3, 1.0, 100.0, metrics) for epoch in range(15)),
        Judged(
            {
                "this network": {"log_loss": value, "log_loss.error": error},
                "logistic regression": {"log_loss": baseline, "log_loss.error": error},
            }
        ),
        Finished(15, 150, 15.0),
    ]
    lines = [to_json(event, 1000.0 + at) for at, event in enumerate(events)]
    folder.log.write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_a_run_that_its_time_limit_stopped_is_not_called_finished(tmp_path: Path) -> None:
    whole = finished(tmp_path, 0.29)
    early = finished(tmp_path, 0.29)
    lines = early.log.read_text("utf-8").splitlines()
    early.log.write_text("\n".join([*lines[:9], to_json(Finished(7, 70, 7.0), 1020.0)]) + "\n", "utf-8")
    states = {row.folder.path: row.state for row in map(row_of, list_runs(tmp_path))}
    assert states == {whole.path: "finished", early.path: "out of time · 7/15"}


def page_of(opened: Opened, qtbot: QtBot) -> RecommenderPage:
    opened.window.visit("recommender")
    opened.window.pages.build_all()
    page = cast(RecommenderPage, opened.window.pages.current)
    qtbot.waitUntil(lambda: len(page.home.runs) == len(list_runs(data_folder(RUNS))))
    return page


def cell(page: RecommenderPage, line: int, column: RunColumn) -> str:
    return str(page.home.table.model().index(line, column).data())


@pytest.mark.torch
def test_an_earlier_run_stands_beside_the_best_simple_model(qtbot) -> None:
    root = data_folder(RUNS)
    finished(root, 0.29)
    finished(root, 0.3205)
    with opened_window(home="recommender") as opened:
        page = page_of(opened, qtbot)
        lines = {cell(page, line, RunColumn.OWN): line for line in range(2)}
        better, level = lines["0.2900 · test"], lines["0.3205 · test"]
        assert cell(page, better, RunColumn.RIVAL) == "0.3200 logistic regression"
        assert cell(page, better, RunColumn.GAIN) == "better"
        assert cell(page, level, RunColumn.GAIN) == "level"
        assert cell(page, better, RunColumn.TIME) == "18 s"
        assert "18 s here" in page.home.cards["wide-deep"]._time.full_text


def test_once_there_are_runs_the_ideas_leave_them_the_room(qtbot: QtBot, tmp_path: Path) -> None:
    made = Home(tmp_path)
    qtbot.addWidget(made)
    for part in made.parts():
        part()
    qtbot.waitUntil(lambda: not made._looks.busy)
    cards = list(made.cards.values())
    assert all(card.unfold.isHidden() and not card.diagram.isHidden() for card in cards)
    finished(tmp_path, 0.29)
    made.look()
    qtbot.waitUntil(lambda: len(made.runs) == 1)
    assert all(not card.unfold.isHidden() and card.diagram.isHidden() for card in cards)
    made.resize(1200, 720)
    made.show()
    qtbot.waitUntil(lambda: cards[0].train.y() > cards[0]._title.geometry().bottom())
    gap = cards[0].train.y() - cards[0]._title.geometry().bottom()
    assert gap >= 10, "folded, the title stood on the button"
    cards[0].unfold.click()
    assert all(card.unfold.isChecked() and not card.diagram.isHidden() for card in cards)
    cards[1].unfold.click()
    assert all(not card.unfold.isChecked() and card.diagram.isHidden() for card in cards)
    made.close_home()


def test_the_ideas_are_drawn_at_any_size(qapp: object) -> None:
    for draw, words in (
        (draw_wide_deep, ["σ", "wide", " memorises"]),
        (draw_narrowing, ["nearest to u", "watch time"]),
    ):
        for width in (320, 600):
            drawing = draw(None, Frame(width, 196))
            assert [mark.text for mark in drawing.marks if isinstance(mark, Text)][: len(words)] == words
            assert max(mark.bounds.bottom() for mark in drawing.marks) <= 196 and drawing.description


def test_a_run_that_reads_the_answer_is_not_shown_as_a_success(qapp: object, tmp_path: Path) -> None:
    folder = finished(tmp_path, 0.29)
    assert _colour_of(row_of(state_of(folder)), RunColumn.GAIN) == "good"
    leak = noticed(LEAK(column="stage", label="won", auc="0.9991"))
    with folder.log.open("a", encoding="utf-8") as log:
        log.write(to_json(leak, 1100.0) + "\n")
    row = row_of(state_of(folder))
    assert _colour_of(row, RunColumn.GAIN) == "warning"
    assert "“stage” alone predicts “won”" in RunsModel(lambda *_: False)._tip(row, RunColumn.GAIN)


@pytest.mark.torch
def test_a_run_is_renamed_and_deleted_after_a_question(qtbot) -> None:
    folder = finished(data_folder(RUNS), 0.29)
    with opened_window(home="recommender") as opened:
        page = page_of(opened, qtbot)
        model, table = page.home.table.model(), page.home.table
        assert model.setData(model.index(0, RunColumn.NAME), "Mine")
        qtbot.waitUntil(lambda: cell(page, 0, RunColumn.NAME) == "Mine")
        assert folder.read_plan().name == "Mine"
        for button in ("Cancel", "Delete"):
            table.setCurrentIndex(model.index(0, 0))
            table.remove.trigger()
            box = opened.window.findChild(QMessageBox, "deleteQuestion")
            next(one for one in box.buttons() if one.text().replace("&", "") == button).click()
            qtbot.waitUntil(lambda: opened.window.findChild(QMessageBox, "deleteQuestion") is None)
            assert folder.plan.exists() == (button == "Cancel")
        qtbot.waitUntil(lambda: not page.home.runs)
        assert page.home.nothing.isVisibleTo(page.home)


@pytest.mark.torch
def test_a_folder_that_cannot_be_read_is_listed_with_its_sentence(qtbot) -> None:
    folder = finished(data_folder(RUNS), 0.29)
    folder.plan.write_text("{}", "utf-8")
    with opened_window(home="recommender") as opened:
        page = page_of(opened, qtbot)
        assert cell(page, 0, RunColumn.STATE) == "damaged"
        page.home.table.doubleClicked.emit(page.home.table.model().index(0, 0))
        assert "isn't the plan of a run" in opened.window.messages.text


def test_a_run_of_the_same_has_a_number_behind_its_name() -> None:
    assert free_name("A", []) == "A" and free_name("A", ["A", "A 2", "B"]) == "A 3"
    longest = "x" * LONGEST_NAME
    assert free_name(longest, [longest]) == longest[:-2] + " 2"


@pytest.mark.torch
def test_runs_are_sorted_by_any_column(qtbot) -> None:
    for value in (0.30, 0.29, 0.31):
        finished(data_folder(RUNS), value)
    with opened_window(home="recommender") as opened:
        page = page_of(opened, qtbot)
        page.home.table.sortByColumn(RunColumn.OWN, page.home.table.horizontalHeader().sortIndicatorOrder())
        shown = [cell(page, line, RunColumn.OWN) for line in range(3)]
        assert shown == sorted(shown) or shown == sorted(shown, reverse=True)


def test_each_column_says_what_it_is_sorted_by() -> None:
    model = RunsModel(lambda row, name: False)
    early, late = (
        RunRow(RunFolder(Path(name)), name, data=name, state=name, seconds=seconds, order=seconds, value=seconds)
        for name, seconds in (("a", 1.0), ("B", 2.0))
    )
    model.set_rows((early, late))
    for column in RunColumn:
        first, second = (model.data(model.index(line, column), SORT) for line in (0, 1))
        is_set = column not in (RunColumn.MEASURE, RunColumn.RIVAL, RunColumn.GAIN)
        assert first != second or not is_set, f"{column.name}: give these rows the field that it sorts by"
        assert first < second or not is_set, column.name


def test_a_run_that_is_level_reaches_the_simple_model_however_far_its_dot() -> None:
    """“level” stood beside a dot at the end of “worse”."""
    own = {"log_loss": 0.9, "log_loss.error": 0.1}
    level = rival_of(own, {"simple": {"log_loss": 0.7, "log_loss.error": 0.1}}, "log_loss", higher=False)
    worse = rival_of(own, {"simple": {"log_loss": 0.7, "log_loss.apart": 0.05}}, "log_loss", higher=False)
    assert level is not None and level.standing == "level" and worse is not None and worse.standing == "worse"
    low, gain, high = gain_span(level)
    assert gain == low == -1.0 and high > 0.0
    assert gain_span(worse)[2] < 0.0


@pytest.mark.parametrize("spare", [-120, -1, 0, 130])
def test_a_narrow_table_of_runs_keeps_which_data_they_are_of(qtbot, spare: int) -> None:
    table = RunsView()
    qtbot.addWidget(table)
    table.resize(700, 200)
    table.show()
    headings = {column: str(table.runs.headerData(column, Qt.Orientation.Horizontal)) for column in RunColumn}
    widths = (
        max(column.least, ceil(text_width(headings[column], 11, True)) + 24)
        for column in RunColumn
        if column is not RunColumn.NAME
    )
    frame = table.width() - table.viewport().width()
    table.resize(LEAST_NAME + sum(widths) + frame + spare, 200)
    assert not table.isColumnHidden(RunColumn.DATA) and table.columnWidth(RunColumn.DATA) >= 150
    first = next(column for column in RunColumn if column.can_go)
    assert table.isColumnHidden(first) is (spare < 0)
    shown = [column for column in RunColumn if not table.isColumnHidden(column)]
    assert sum(map(table.columnWidth, shown)) <= table.viewport().width()
    assert table.columnWidth(RunColumn.NAME) >= 200


def test_at_half_as_large_again_the_table_of_runs_keeps_names_and_the_way_in(qtbot) -> None:
    """At 150 % of 1280 × 800 a name was one letter, and “Open” was cut."""
    table = RunsView()
    qtbot.addWidget(table)
    table.resize(723, 200)
    table.show()
    shown = [column for column in RunColumn if not table.isColumnHidden(column)]
    assert {RunColumn.DATA, RunColumn.OWN, RunColumn.RIVAL, RunColumn.GAIN, RunColumn.STATE, RunColumn.OPEN} <= set(
        shown
    )
    assert sum(map(table.columnWidth, shown)) <= table.viewport().width() and table.columnWidth(RunColumn.NAME) >= 110


def test_data_have_what_a_name_can_spare(qtbot) -> None:
    """At 150 % of 1440 × 900 it said “Census inc…” beside an empty half of the name's column."""
    table = RunsView()
    qtbot.addWidget(table)
    table.resize(834, 200)
    table.show()
    assert table.columnWidth(RunColumn.DATA) >= 116 and table.columnWidth(RunColumn.NAME) >= 200


@pytest.mark.parametrize("width", [723, 830, 1000, 1168])
def test_no_heading_of_the_runs_is_cut(qtbot, tmp_path: Path, width: int) -> None:
    """At 150 % it said “worse → be”."""
    table = RunsView()
    qtbot.addWidget(table)
    table.resize(width, 200)
    table.show()
    table.set_rows((RunRow(RunFolder(tmp_path), "A run", state="finished"),))
    for by in (-1, RunColumn.GAIN):  # the arrow of the sorted column takes room too
        table.sortByColumn(by, Qt.SortOrder.AscendingOrder)
        shown = [column for column in RunColumn if not table.isColumnHidden(column)]
        for column in shown:
            words = str(table.runs.headerData(column, Qt.Orientation.Horizontal))
            assert table.columnWidth(column) >= text_width(words, 11, True) + 24 + (20 if column == by else 0)
    assert sum(map(table.columnWidth, shown)) <= table.viewport().width()


@pytest.mark.parametrize("width", [723, 1000])
def test_where_the_line_of_a_comparison_has_no_room_its_word_stands_alone(qtbot, tmp_path: Path, width: int) -> None:
    """At 150 % ring and dot lay over one another, the dot of a better run left of the ring."""
    rival = rival_of({"AUC": 0.92}, {"simple": {"AUC": 0.8}}, "AUC", higher=True)
    table = RunsView()
    qtbot.addWidget(table)
    table.resize(width, 200)
    table.show()
    table.set_rows((RunRow(RunFolder(tmp_path), "A run", rival=rival),))
    cell = table.visualRect(table.model().index(0, RunColumn.GAIN))
    picture = table.viewport().grab(cell).toImage()
    accent = theme.colour("accent").rgb()
    pixels = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    assert any(picture.pixel(*pixel) == accent for pixel in pixels) is (width == 1000)


@pytest.mark.parametrize("width", [723, 960, 1190, 1400])
def test_what_a_data_set_s_tile_says_is_not_cut(qtbot, tmp_path: Path, width: int) -> None:
    """At 150 % of 1440 × 900 one read “100,004 ratings · 0.6 …”."""
    home = Home(tmp_path)
    qtbot.addWidget(home)
    for part in home.parts():
        part()
    home.resize(width, 600)
    home.show()
    for tile in (*home.tiles.values(), home.own):
        assert tile.width() >= tile.sizeHint().width() > QFontMetrics(tile.font()).horizontalAdvance(tile.text())
    home.close_home()


@pytest.mark.parametrize("state", ["running · 1640/2000", "finished"])
def test_the_state_of_a_run_is_shown_whole(qtbot, tmp_path: Path, state: str) -> None:
    table = RunsView()
    qtbot.addWidget(table)
    table.resize(1200, 200)
    table.show()
    table.set_rows((RunRow(RunFolder(tmp_path), "A run", state=state),))
    metrics = QFontMetrics(cell_font(table.font(), strong=False))
    width = table.columnWidth(RunColumn.STATE)
    assert metrics.elidedText(state, Qt.TextElideMode.ElideRight, width - CELL_MARGINS) == state
    shown = [column for column in RunColumn if not table.isColumnHidden(column)]
    assert sum(map(table.columnWidth, shown)) <= table.viewport().width()


@pytest.mark.parametrize("model", ["wide-deep", "candidates"])
@pytest.mark.torch
def test_a_trained_example_comes_with_the_program_and_opens_with_what_it_says(qtbot, model: str) -> None:
    with opened_window(home="recommender") as opened:
        page = page_of(opened, qtbot)
        card = page.home.cards[model]
        assert card.example.isVisibleTo(card)
        card.example.click()
        assert page.opened is not None and page.opened.run.model == model
        assert page.opened.section is not None and page.opened.section.asks
        assert not opened.actions["run_go"].isVisible()


@pytest.mark.torch
def test_without_movielens_home_offers_the_census_and_generated_sites_and_says_nothing_of_it(
    qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = assets.has
    left_out = ("movielens-small", "examples/candidates")
    monkeypatch.setattr(assets, "has", lambda name: not any(part in name for part in left_out) and there(name))
    with opened_window(home="recommender") as opened:
        home = page_of(opened, qtbot).home
        assert list(home.tiles) == ["adult", "app-store", "video-site"]
        card = home.cards["candidates"]
        assert card.train.text() == "Train on the video site" and card.start.data.source == "video-site"
        assert not card.example.isVisibleTo(card)
        shown = [label.text() for label in home.findChildren(QLabel) if label.isVisibleTo(home)]
        assert not [text for text in shown if "MovieLens" in text]


@pytest.mark.parametrize(
    ("source", "models"), [("adult", ["wide-deep"]), ("movielens-small", ["wide-deep", "candidates"])]
)
def test_a_tile_offers_what_can_learn_from_its_data(source: str, models: list[str]) -> None:
    assert [start.model for start in starts_on(source)] == models


def test_an_ampersand_in_a_menu_of_a_tile_is_seen(qtbot) -> None:
    tile = DataTile("adult")
    qtbot.addWidget(tile)
    assert [action.text() for action in tile.choices.actions()] == ["Train Wide && Deep on it"]


def test_the_time_here_is_that_of_a_run_on_the_very_same_data(tmp_path) -> None:
    finished(tmp_path, 0.29)
    runs = list_runs(tmp_path)
    assert seconds_before(Start.usual("wide-deep"), runs) == 18.0
    other = Start("wide-deep", RecommenderData(source="adult", seed=1))
    assert seconds_before(other, runs) is None


@pytest.mark.torch
def test_runs_that_take_longer_to_read_than_to_the_next_look_are_listed(qtbot, monkeypatch) -> None:
    def slowly(root: Path) -> tuple[RunState | BadRun, ...]:
        time.sleep(0.15)
        return list_runs(root)

    with opened_window(home="recommender") as opened:
        page = page_of(opened, qtbot)
        monkeypatch.setattr(home, "list_runs", slowly)
        finished(data_folder(RUNS), 0.3)
        ticks = QTimer()
        ticks.timeout.connect(page.home._timer.timeout)
        ticks.start(50)
        qtbot.waitUntil(lambda: len(page.home.runs) == 1)
        ticks.stop()


@pytest.mark.torch
def test_the_second_network_can_be_begun_too(qtbot) -> None:
    with opened_window(home="recommender") as opened:
        page = page_of(opened, qtbot)
        card = page.home.cards["candidates"]
        page.home.start_wanted.disconnect(page.start_run)
        with qtbot.waitSignal(page.home.start_wanted) as wanted:
            card.train_second.click()
        assert wanted.args == [Start.usual("ranking")] and "Video site" in card.train_second.toolTip()
        with qtbot.waitSignal(page.home.start_wanted) as wanted:
            card.train.click()
        assert wanted.args == [Start.usual("candidates")]
        assert page.home.cards["wide-deep"].second is None


@pytest.mark.torch
def test_a_ranking_is_held_against_the_best_simple_model_and_not_against_the_truth(qtbot) -> None:
    folder = new_run(data_folder(RUNS), plan_of(Start.usual("ranking"), "cpu"))
    assert folder.read_plan().companions and folder.read_plan().training.epochs == "auto"
    explained = {"this network": 0.21, "uncured": 0.22, "the truth itself": 0.29, "each video's mean": 0.06,
                 "the mean for all": -0.001}  # fmt: skip
    figures = {who: {"explained": value, "explained.error": 0.01} for who, value in explained.items()}
    beside = {who: figures[who] for who in list(explained)[2:]}
    events: list[Event] = [
        Started(100, 10, 50, 1000, "cpu", 1),
        Compared(beside),
        CompanionEpoch("uncured", 0, 0.4, {"explained": 0.2}),
        EpochEnded(0, 10, 0.3, 1.0, 100.0, {"explained": 0.2}),
        Judged(figures),
        Finished(1, 10, 15.0),
    ]
    lines = [to_json(event, 1000.0 + at) for at, event in enumerate(events)]
    folder.log.write_text("\n".join(lines) + "\n", "utf-8")
    with opened_window(home="recommender") as opened:
        page = page_of(opened, qtbot)
        assert cell(page, 0, RunColumn.OWN) == "21.0 % · test" and cell(page, 0, RunColumn.MEASURE) == "explained"
        assert cell(page, 0, RunColumn.RIVAL) == "6.0 % each video's mean" and cell(page, 0, RunColumn.GAIN) == "better"


def test_a_share_below_nothing_has_its_sign() -> None:
    assert measure_of("explained").text(-0.0123) == "−1.2 %" and measure_of("spearman").text(-0.5) == "−0.500"
    assert measure_of("explained").text(-0.0001) == "0.0 %"


@pytest.mark.torch
def test_a_run_that_is_begun_beside_another_is_asked_about_before_closing_too(qtbot, monkeypatch) -> None:
    begun: list[RunFolder] = []
    monkeypatch.setattr(launching, "start", begun.append)
    folder = finished(data_folder(RUNS), 0.29)
    with opened_window(home="recommender") as opened:
        page = page_of(opened, qtbot)
        page.open_file(folder.plan)
        assert page.opened is not None
        page.opened.run.begin_beside(plan_of(Start.usual("ranking"), "cpu"))
        assert page._started[begun[0].path] == begun[0].read_plan().name
        assert begun[0].path.parent == folder.path.parent
