"""The data of a run as they are shown: held to the profile of the same data, and as a person works with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.announce import recorded
from app.kit.drawing.columns import Rectangles
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Rect, Text
from app.kit.drawing.view import DrawingView
from app.kit.stylesheet import stylesheet
from app.workspaces.recommender.data.charts import (
    BOTTOM,
    TOP,
    BarsChart,
    Bin,
    bars_view,
    draw_bars_chart,
    timeline_of,
)
from app.workspaces.recommender.data.parts import SentenceLine
from app.workspaces.recommender.data.section import (
    TIED,
    DataSection,
    LogView,
    Profiler,
    TableView,
    draws,
    form_of_task,
)
from app.workspaces.recommender.data.tables import ColumnsTable, HeadTable
from app.workspaces.recommender.data.words import ROLES, time_ticks
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.opened import sections_of
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.profile.profiling import profile
from engine.recommenders.data.profile.shapes import ColumnProfile, Head, LogProfile, TableProfile
from engine.recommenders.data.proposal.roles import ITEM_ROLES, LOG_ROLES, TABLE_ROLES
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.runs import new_run
from engine.recommenders.running.settings import Training
from tests.engine.recommenders.asked import SITE as TINY
from tests.engine.recommenders.asked import trained

WAIT_MS = 60_000
SITE = RecommenderData(source="video-site", events=3_000, users=300, items=200)


def opened(
    root: Path, data: RecommenderData, model: str = "candidates", spec: Mapping[str, object] | None = None
) -> OpenRun:
    plan = RunPlan(name="A run", model=model, data=data, spec=spec or {}, training=Training(), device="cpu")
    return OpenRun.at(new_run(root, plan).plan)


def shown(view: DrawingView) -> BarsChart:
    assert isinstance(view.data, BarsChart)
    return view.data


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    """The program's style, whichever tests came before: widths differ without it."""
    before = qapp.styleSheet()
    qapp.setStyleSheet(stylesheet(theme.current()))
    yield
    qapp.setStyleSheet(before)


@pytest.fixture(scope="module")
def log() -> LogProfile:
    found = profile(RecommenderData(source="movielens-small"), "watches")
    assert isinstance(found, LogProfile)
    return found


@pytest.fixture(scope="module")
def census() -> TableProfile:
    found = profile(RecommenderData(source="adult"))
    assert isinstance(found, TableProfile)
    return found


@pytest.mark.process
def test_the_section_looks_at_a_runs_data_once(forked_engine: None, qtbot: QtBot, tmp_path: Path) -> None:
    run = opened(tmp_path, SITE)
    section = DataSection()
    qtbot.addWidget(section)
    section.show_run(run)
    assert not section.profiler.busy
    with qtbot.waitSignal(section.profiler.found, timeout=WAIT_MS) as told:
        section.enter()
    assert told.args == [profile(SITE, "watches")]
    assert isinstance(section.stack.currentWidget(), LogView)
    assert section.figures[0].text == "3,000"
    qtbot.waitUntil(lambda: not section.profiler.busy, timeout=WAIT_MS)
    section.enter()
    assert not section.profiler.busy
    run.close()


@pytest.mark.process
def test_looking_can_be_cancelled_and_begun_again(forked_engine: None, qtbot: QtBot, tmp_path: Path) -> None:
    run = opened(tmp_path, SITE)
    section = DataSection()
    qtbot.addWidget(section)
    section.show_run(run)
    section.enter()
    assert section.button.text() == "&Cancel"
    with qtbot.waitSignal(section.profiler.stopped, timeout=WAIT_MS):
        section.button.click()
    assert section.stack.currentIndex() == 0 and section.button.text() == "&Look again"
    with qtbot.waitSignal(section.profiler.found, timeout=WAIT_MS):
        section.button.click()
    run.close()


@pytest.mark.parametrize("width", [380, 515, 900])
def test_the_columns_of_a_table_are_named_however_narrow_the_page_is(qtbot: QtBot, width: int) -> None:
    """At 150 % of 1440 × 900 two of them were “p…”, two “w…”."""
    table = ColumnsTable()
    qtbot.addWidget(table)
    table.resize(width, 200)
    table.show()
    names, uses = ("population", "when_iso"), ("number", "label")
    columns = (
        ColumnProfile(name=name, kind="text", use=use, distinct=3, missing=0)
        for name, use in zip(names, uses, strict=True)
    )
    table.show_columns(tuple(columns), 600)
    room = table.columnWidth(0)
    assert all(table.fontMetrics().horizontalAdvance(name) + 6 <= room for name in names)
    widths = [table.columnWidth(column) for column in range(6)]
    assert widths[5] >= 60 and (sum(widths) <= table.viewport().width() or width < 500)


@pytest.mark.parametrize(("width", "is_shown"), [(480, False), (900, True)])
def test_a_narrow_table_of_columns_leaves_out_what_they_hold(
    qtbot: QtBot, dressed: None, width: int, is_shown: bool
) -> None:
    """At 150 % the distributions were cut, and the table scrolled sideways to them."""
    table = ColumnsTable()
    qtbot.addWidget(table)
    table.resize(width, 200)
    table.show()
    columns = (
        ColumnProfile(name="educational-num", kind="number", use=use, distinct=28_523, missing=0)
        for use in ("number", "label", "category")
    )
    table.show_columns(tuple(columns), 48_842)
    assert table.isColumnHidden(2) is not is_shown
    assert sum(map(table.columnWidth, range(6))) <= table.viewport().width()
    assert table.columnWidth(5) >= table.horizontalHeader().sectionSizeHint(5)


def test_the_sentence_about_the_data_is_whole_in_a_narrow_page(qtbot: QtBot) -> None:
    """At 150 % it ended in “from 2023-01-04 to 20…”."""
    line = SentenceLine()
    qtbot.addWidget(line)
    line.resize(440, line.sizeHint().height())
    line.show()
    words = (
        "2,700 events of 150 users and 120 items, from 2023-01-04 to 2023-10-02 (UTC), with the titles of the items."
    )
    line.say(words, well=True)
    assert line.sentence.text() == words and line.heightForWidth(440) > line.sentence.fontMetrics().height() * 1.5


@pytest.mark.process
def test_what_cannot_be_read_is_one_sentence(forked_engine: None, qtbot: QtBot, tmp_path: Path) -> None:
    run = opened(tmp_path, RecommenderData(source="file", path=tmp_path / "gone.csv"))
    section = DataSection()
    qtbot.addWidget(section)
    section.show_run(run)
    with qtbot.waitSignal(section.profiler.failed, timeout=WAIT_MS):
        section.enter()
    assert "doesn't exist" in section.message.text() and section.button.text() == "&Look again"
    run.close()


@pytest.mark.process
def test_a_closed_profiler_says_nothing(qtbot: QtBot) -> None:
    profiler = Profiler()
    profiler.start(SITE)
    with qtbot.assertNotEmitted(profiler.found):
        profiler.close()
    assert not profiler.busy


def test_models_of_a_log_or_a_table_have_the_section() -> None:
    assert all(DataSection in sections_of(model) for model in ("wide-deep", "candidates"))
    assert DataSection not in sections_of("ranking")
    assert (form_of_task("wide-deep"), form_of_task("candidates")) == ("examples", "watches")


def test_every_role_has_words() -> None:
    assert ROLES.keys() == {*LOG_ROLES, *ITEM_ROLES, *TABLE_ROLES}


def test_a_log_is_shown(qtbot: QtBot, log: LogProfile) -> None:
    view = LogView()
    qtbot.addWidget(view)
    view.show_profile(log)
    assert "100,004 events of 671 users" in view.line.sentence.full_text
    assert view.line.sentence.full_text.endswith("(UTC).")
    assert sum(one.count for one in shown(view.timeline).bins) == 100_004
    assert sum(one.marked for one in shown(view.timeline).bins) == 671
    assert len(view.said.sentences) == 2 and "Forrest Gump" in view.said.sentences[1]
    assert view.facts.values["held"].full_text == "671"
    assert view.head.model.head.columns == ("user", "item", "time", "rating", "title")
    assert view.head.model.head.rows[0][2].startswith("2009-12-14 02:")


def test_a_log_in_little_room_scrolls_and_cuts_nothing(qtbot: QtBot, log: LogProfile) -> None:
    """At 150 % of 1280 × 800 the charts lay over one another, and the words of the line began outside."""
    view = LogView()
    qtbot.addWidget(view)
    view.resize(790, 440)
    view.show_profile(log)
    view.show()
    beside = (view.history_card, view.popularity_card, view.number_card)
    assert all(card.y() >= view.timeline_card.geometry().bottom() for card in beside if card.isVisible())
    assert view.head.y() >= view.history_card.geometry().bottom() and view.head.height() >= 120
    for width in (280.0, 420.0, 900.0):
        marks = draw_bars_chart(shown(view.timeline), Frame(width, 140.0)).marks
        (words,) = [mark for mark in marks if isinstance(mark, Text) and "half of" in mark.text]
        assert words.rect[0] >= 0.0 and words.rect[0] + words.rect[2] <= width


def test_events_that_are_drawn_at_random_are_not_said_to_be_the_last_ones(
    qtbot: QtBot, log: LogProfile, tmp_path: Path
) -> None:
    view = LogView(drawn=True)
    qtbot.addWidget(view)
    view.show_profile(log)
    assert not shown(view.timeline).marks and shown(view.timeline).line is None
    assert TIED in [one.code for one in log.warnings] and len(view.said.sentences) == len(log.warnings) - 1
    assert sum(one.count for one in shown(view.timeline).bins) == 100_004
    assert view.facts.values["held"].full_text == "671"
    for number, (spec, drawn) in enumerate((({}, False), ({"held_out": "random"}, True))):
        run = opened(tmp_path / str(number), SITE, spec=spec)
        assert draws(run) is drawn
        run.close()


@pytest.mark.slow
@pytest.mark.torch
def test_a_checkpoint_without_a_run_says_itself_what_is_held_out(tmp_path: Path) -> None:
    few = ["candidates", *TINY, "--epochs", "1"]
    for name, how in (("last", ()), ("random", ("--held-out", "random"))):
        run = OpenRun.at(trained(tmp_path / f"{name}.safetensors", *few, *how))
        assert draws(run) is (name == "random")
        run.close()


def test_a_log_without_times_has_no_time_line(qtbot: QtBot, log: LogProfile) -> None:
    view = LogView()
    qtbot.addWidget(view)
    view.show_profile(log.model_copy(update={"timeline": None, "ties": None}))
    assert view.timeline_card.isHidden() and "without times" in view.line.sentence.full_text
    assert view.facts.values["ties"].full_text == "–"


def test_the_line_stands_where_half_of_the_held_out_are_before_it(log: LogProfile) -> None:
    assert log.timeline is not None and log.timeline.middle is not None
    shown = timeline_of(log.timeline)
    assert shown.line is not None
    at = int(shown.line[0])
    before = sum(log.timeline.held_out[:at])
    assert before <= 671 / 2 <= before + log.timeline.held_out[at]


def test_a_column_of_a_table_is_shown_at_large(qtbot: QtBot, census: TableProfile) -> None:
    view = TableView()
    qtbot.addWidget(view)
    view.show_profile(census)
    assert view.name.text() == "age" and not view.chart.isHidden() and view.values.isHidden()
    assert sum(one.count for one in shown(view.chart).bins) == 48_842
    view.columns.selectRow(1)
    assert view.name.text() == "workclass" and view.chart.isHidden() and not view.values.isHidden()
    rows = view.values.table().rows
    assert rows[0][:2] == ("Private", 33_906)
    assert view.facts.values["share"].full_text == "23.9 %"


@pytest.mark.parametrize("log", [False, True])
def test_the_axis_reaches_the_highest_bar(qapp: object, log: bool) -> None:
    """A bar of 5,000 among bars of 9 was cut off at 10, and looked as high as they."""
    counts = (9, 5000, *([9] * 38))
    chart = BarsChart(tuple(Bin(str(at), count) for at, count in enumerate(counts)), log=log)
    low, high, *_ = _bars(chart, Frame(300, 200))
    assert TOP <= high[1] < low[1] - (200 - TOP - BOTTOM) / 4


def _bars(chart: BarsChart, frame: Frame) -> tuple[Rect, ...]:
    return next(mark.rects for mark in draw_bars_chart(chart, frame).marks if isinstance(mark, Rectangles))


def test_numbers_beside_the_axis_do_not_touch(qapp: object) -> None:
    drawing = draw_bars_chart(BarsChart((Bin("a", 88), Bin("b", 40))), Frame(300, 120))
    middles = [mark.rect[1] + mark.rect[3] / 2 for mark in drawing.marks if isinstance(mark, Text) and not mark.rect[0]]
    assert len(middles) >= 2 and min(low - high for low, high in pairwise(middles)) >= 12


def test_the_first_number_below_the_axis_does_not_touch_the_zero_beside_it(qapp: object) -> None:
    chart = BarsChart((Bin("a", 88), Bin("b", 40)), ticks=((0.0, "17.0"), (2.0, "90.0")))
    words = {mark.text: mark for mark in draw_bars_chart(chart, Frame(300, 120)).marks if isinstance(mark, Text)}
    zero, first = words["0"].ink_rect, words["17.0"].ink_rect
    assert zero[0] + zero[2] < first[0]


def test_a_time_line_of_bars_far_apart_is_logarithmic_and_says_so(qtbot: QtBot, log: LogProfile) -> None:
    view = LogView()
    qtbot.addWidget(view)
    line = log.timeline
    assert line is not None
    for events, logarithmic in (([50] * len(line.events), False), ([9] * (len(line.events) - 1) + [5000], True)):
        view.show_profile(log.model_copy(update={"timeline": line.model_copy(update={"events": tuple(events)})}))
        assert shown(view.timeline).log is logarithmic
        assert ("logarithmic axis" in view.timeline_card._subtitle.toolTip()) is logarithmic


def test_bars_are_read_by_pointer_and_keys(qtbot: QtBot) -> None:
    bins = tuple(Bin(f"from {at}", at, at // 2) for at in range(4))
    chart = bars_view()
    qtbot.addWidget(chart)
    chart.set_data(BarsChart(bins, (), ("size", "users"), "of them a yes"))
    chart.resize(300, 120)
    chart.show()
    qtbot.waitUntil(chart.isActiveWindow)
    chart.clearFocus()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    with recorded() as said:
        qtbot.keyClick(chart, Qt.Key.Key_End)
    assert said == [("from 3: 3 users, 1 of them a yes", False)] and told_above(chart) == said[0][0]
    qtbot.mouseMove(chart, QPoint(60, 60))
    assert told_above(chart) == "from 0: 0 users, 0 of them a yes"
    assert chart.table().rows[3] == ("from 3", 3, 1)


def told_above(chart: DrawingView) -> str:
    return next(mark.text for mark in chart.drawing.marks if isinstance(mark, Text) and mark.bold)


def test_rows_are_sorted_narrowed_and_copied(qtbot: QtBot) -> None:
    table = HeadTable("Rows")
    qtbot.addWidget(table)
    rows = (("10", "b"), ("9", "a"), ("", "Abc"))
    table.show_head(Head(columns=("number", "text"), rows=rows))
    table.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [row[0] for row in table.table().rows] == ["9", "10", ""]
    table.finder.setText("A")
    assert [row[1] for row in table.table().rows] == ["a", "Abc"] and table.count.text() == "2 of 3"
    table.view.selectAll()
    table.copy_rows()
    assert QGuiApplication.clipboard().text() == "number,text\n9,a\n,Abc\n"


@pytest.mark.parametrize(
    ("span", "first"),
    [(30 * 365, "2001"), (400, "2000-02"), (20, "01-02"), (1, "01:00")],
)
def test_ticks_of_time_begin_years_months_days_or_hours(span: int, first: str) -> None:
    start = 946_684_800.0  # 2000-01-01
    ticks = time_ticks(start, start + span * 86_400, 40)
    assert ticks[0][1] == first and 1 < len(ticks) <= 40
    assert all(start < at <= start + span * 86_400 for at, _ in ticks)
    assert time_ticks(-1e30, 1e30, 5) == []
