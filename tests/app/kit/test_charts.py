"""Line charts: where values stand on the axis, what is said at the lines' ends, how marks share the room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.kit.charts import overlay
from app.kit.charts.chart import LineChart
from app.kit.charts.layer_plots import HeatRows, draw_heat_rows
from app.kit.charts.marks import CurveEnding, EpochMark, apart, name_box, placed
from app.kit.charts.scale import chart_scale
from app.kit.charts.series import Series, index_at
from app.kit.drawing.columns import Cells
from app.kit.drawing.drawing import Frame
from engine.formats.progress import Curve

BLUE = QColor("#1766d6")


def curve_of(values: list[float], first: float = 0.0) -> Curve:
    mean = np.array(values)
    epochs = first + np.arange(len(values), dtype=float)
    count = (~np.isnan(mean)).astype(np.int64)
    return Curve((10 * epochs).astype(np.int64), epochs, count, mean, mean, mean)


@pytest.fixture
def chart(qtbot: QtBot) -> Iterator[LineChart]:
    holder = QWidget()  # pyqtgraph's own way of closing is for windows that are charts
    qtbot.addWidget(holder)
    made = LineChart(holder)
    holder.resize(380, 200)
    made.resize(380, 200)
    holder.show()
    yield made
    holder.hide()


# --- the axis ----------------------------------------------------------------------------------------------------


def test_zero_has_a_floor_of_its_own_below_the_lowest_decade() -> None:
    scale = chart_scale(np.array([0.0, 0.02, 0.5]), log=True)
    assert (scale.bottom, scale.top) == (-2.0, 0.0)
    zero, tiny, low, high = scale.place(np.array([0.0, 1e-9, 0.01, 1.0]))
    assert zero == scale.low < tiny < low == -2.0 < high == 0.0
    assert scale.ticks(200.0)[0] == (scale.low, "0")
    assert ("1" in [text for _, text in scale.ticks(200.0)]) and ("0.01" in [text for _, text in scale.ticks(200.0)])


def test_all_zero_is_drawn_on_the_floor() -> None:
    scale = chart_scale(np.zeros(5), log=True)
    assert scale.place(np.zeros(2)).tolist() == [scale.low, scale.low]


@pytest.mark.parametrize("values", [[1.0, 1.0], [0.9, 1.0], [0.2, 0.99]])
def test_the_axis_of_a_bounded_measure_ends_at_its_bound(values: list[float]) -> None:
    scale = chart_scale(np.array(values), log=False, bound=1.0)
    assert scale.top == 1.0 > scale.bottom
    assert scale.ticks(200)[-1][0] <= 1.0
    assert chart_scale(np.array(values), log=False).top > 1.0


def test_a_score_without_end_is_cut_off_and_says_so() -> None:
    scale = chart_scale(np.array([-150.0, -3.0, 0.9]), log=False, least=-1.0)
    assert scale.below and scale.bottom == -1.0
    assert scale.place(np.array([-150.0]))[0] == -1.0
    assert not chart_scale(np.array([-0.5, 0.9]), log=False, least=-1.0).below


def test_one_peak_does_not_flatten_a_linear_axis() -> None:
    scale = chart_scale(np.array([1e6, *[0.5] * 99]), log=False)
    assert scale.above and scale.top < 2.0


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("peak", [1e5, 1e300])
def test_after_an_explosion_the_axis_follows_what_trains_now(chart: LineChart, log: bool, peak: float) -> None:
    falling = [0.7, 0.5, 0.3]
    chart.set_axis(log=log)
    chart.set_series([Series("train", BLUE, curve_of([*falling, *[peak] * 6]))])
    assert chart.scale_shown.highest >= peak, "while it explodes, that is what is shown"
    chart.set_series([Series("train", BLUE, curve_of([*falling, *[peak] * 6, 0.4]))])
    scale = chart.scale_shown
    assert 0.7 <= scale.highest <= 1.4 and scale.above
    assert np.all(scale.place(np.array([*falling, peak])) <= scale.top)
    chart.grab()  # the arrow says what is beyond


class WordsPainter(QPainter):
    """Keeps where words are written."""

    def __init__(self, device: QImage) -> None:
        super().__init__(device)
        self.words: dict[str, QRectF] = {}

    def drawText(self, *arguments: object) -> None:  # type: ignore[override]
        box, text = arguments[0], arguments[-1]
        assert isinstance(box, QRectF) and isinstance(text, str)
        self.words[text] = box


@pytest.mark.parametrize("beyond", [1, 2, 5])
def test_what_continues_above_covers_no_name_of_a_line(chart: LineChart, beyond: int) -> None:
    above = [0.5] * 8 + [1e9] * beyond + [0.9]
    chart.set_axis(log=False)
    lines = [("train", above), ("test", [0.5] * 8 + [0.8] * (beyond + 1))]
    chart.set_series([Series(name, BLUE, curve_of(values), ending="0.9") for name, values in lines])
    assert chart.scale_shown.above
    image = QImage(chart.size(), QImage.Format.Format_ARGB32)
    painter = WordsPainter(image)
    chart._overlay.paint(painter)
    painter.end()
    told = next(box for text, box in painter.words.items() if text.startswith("continues above"))
    names = [box for text, box in painter.words.items() if text.startswith(("train", "test"))]
    assert len(names) == 2 and not any(told.intersects(box) for box in names)
    assert told.left() >= 0 and told.right() <= chart.width()


def test_what_falls_by_many_decades_is_shown_from_where_it_began(chart: LineChart) -> None:
    chart.set_series([Series("train", BLUE, curve_of([1e12, 1e3, 1.0, 1e-3, 1e-3, 1e-3]))])
    assert chart.scale_shown.highest == 1e12 and not chart.scale_shown.above
    chart.set_series([Series("gradient", BLUE, curve_of([0.0, 1.0, 0.1, 0.0, 0.0, 0.0]))])
    assert chart.scale_shown.highest >= 1.0 and not chart.scale_shown.above


@given(st.lists(st.floats(0.0, 1e12), max_size=10), st.booleans())
def test_every_value_stands_on_its_axis(values: list[float], log: bool) -> None:
    scale = chart_scale(np.array(values), log=log)
    places = scale.place(np.array(values))
    assert np.all((places >= scale.low) & (places <= scale.top))
    ticks = scale.ticks(150.0)
    slack = 1e-9 * max(1.0, abs(scale.low), abs(scale.top))
    assert len(ticks) >= 2 and all(scale.low - slack <= place <= scale.top + slack for place, _ in ticks)


# --- what stands beside the lines --------------------------------------------------------------------------------


@given(st.lists(st.floats(0.0, 150.0), min_size=1, max_size=20))
def test_names_at_the_ends_never_overlap_nor_leave_the_plot(heights: list[float]) -> None:
    found = apart([CurveEnding(y, "x", BLUE) for y in heights], 0.0, 150.0)
    middles = [y for y, _ in found]
    assert all(b - a >= 13 - 1e-9 for a, b in pairwise(middles))
    assert middles[0] >= 6.5 - 1e-9 and middles[-1] <= 143.5 + 1e-9
    assert len(found) == min(len(heights), 11)


def test_where_there_is_no_room_for_all_the_first_are_named() -> None:
    endings = [CurveEnding(float(k), f"Dense {k}", BLUE, first=k == 19) for k in range(20)]
    found = apart(endings, 0.0, 60.0)
    assert len(found) == 4 and found[-1][1].text == "Dense 19"


def test_marks_that_are_close_speak_with_one_voice() -> None:
    def width(text: str) -> float:
        return 6.0 * len(text)

    found = placed([(10.0, "+ Dense 3"), (30.0, "rate 1 → 2"), (200.0, "Adam")], 0.0, 300.0, width)
    assert [mark.label for mark in found] == ["+ Dense 3 +1", "", "Adam"]
    pair = placed([(100.0, "+ Dense 3"), (130.0, "rate 1 → 2")], 0.0, 300.0, width)
    assert [mark.label for mark in pair] == ["+ Dense 3", "rate 1 → 2"]
    assert pair[0].left + width("+ Dense 3") < 100.0 and pair[1].left > 130.0
    edge = placed([(295.0, "a long label")], 0.0, 300.0, width)[0]
    assert edge.left + width(edge.label) <= 300.0


def test_labels_of_marks_close_to_each_other_do_not_read_as_one() -> None:
    def width(text: str) -> float:
        return 5.0 * len(text)

    there, back = "rate 0.01 → 30", "rate 30 → 0.01"
    for distance in range(1, 80):
        found = placed([(120.0, there), (120.0 + distance, back)], 0.0, 300.0, width)
        if found[1].label:
            assert found[1].left - (found[0].left + width(found[0].label)) >= 20.0
        else:
            assert found[0].label == f"{there} +1"


def test_no_label_covers_the_triangle_of_a_mark(chart: LineChart) -> None:
    marks = [
        EpochMark(5.0, "+ Dense 3"),
        EpochMark(40.0, "rate 0.01 → 30"),
        EpochMark(43.0, "rate 30 → 0.01"),
        EpochMark(60.0, "Adam"),
    ]
    chart.resize(310, 150)
    chart.set_series([Series("train", BLUE, curve_of([0.5] * 91), ending="0.8095")], marks)
    image, top = chart.grab().toImage(), round(chart.plot_box().top())
    for mark in marks:
        seen = image.pixelColor(round(chart.pixel_x(mark.epoch)), top - 4)
        assert seen == theme.colour("text_muted"), mark


def test_a_mark_after_the_last_mean_of_steps_is_in_the_picture(chart: LineChart) -> None:
    chart.set_series([Series("Dense 1", BLUE, curve_of([1.0] * 40))], [EpochMark(3.0, "a"), EpochMark(43.0, "b")])
    box = chart.plot_box()
    assert all(box.left() <= chart.pixel_x(mark.epoch) <= box.right() + 1 for mark in chart.marks)


def test_the_mark_of_epoch_0_stays_however_far_the_run_goes(chart: LineChart, monkeypatch: pytest.MonkeyPatch) -> None:
    """At some lengths it stood 10⁻¹⁴ pixels left of the axis, and went out."""
    painted: list[float] = []
    monkeypatch.setattr("app.kit.charts.overlay.paint_marks", lambda _painter, marks, *_: painted.append(len(marks)))
    sizes = [(width, epochs) for width in (300, 317, 320, 341) for epochs in (7, 13, 51, 200, 333)]
    for width, epochs in sizes:
        chart.resize(width, 200)
        line = Series("train", BLUE, curve_of([1 / (1 + epoch) for epoch in range(epochs + 1)]))
        chart.set_series([line], [EpochMark(0.0, "rate 1 → 2"), EpochMark(epochs / 2, "+ Dense 2")])
        chart.grab()
    assert painted == [2] * len(sizes)


def test_a_label_alone_at_the_end_is_cut_off_rather_than_counted_by_the_first() -> None:
    def width(text: str) -> float:
        return 6.0 * len(text)

    marks = [
        (5.0, "+ Dense 3"),
        (7.0, "rate 1 → 2"),
        (9.0, "batch 10 → 20"),
        (290.0, "precision float64 → float32, at last"),
    ]
    found = placed(marks, 0.0, 300.0, width)
    assert [mark.label for mark in found[:3]] == ["+ Dense 3 +2", "", ""]
    last = found[3]
    assert last.label.startswith("precision float64") and last.label.endswith("…")
    assert found[0].left + width(found[0].label) <= last.left and last.left + width(last.label) <= 290.0


@given(st.lists(st.tuples(st.floats(0.0, 300.0), st.sampled_from(["+ Dense 3", "rate 0.03 → 0.01", "x"])), max_size=14))
def test_no_label_covers_another_and_every_mark_is_spoken_for(marks: list[tuple[float, str]]) -> None:
    marks = sorted(marks)

    def width(text: str) -> float:
        return 6.0 * len(text)

    found = placed(marks, 0.0, 320.0, width)
    assert [mark.x for mark in found] == [x for x, _ in marks]
    labelled = [mark for mark in found if mark.label]
    ends = [(mark.left, mark.left + width(mark.label)) for mark in labelled]
    assert all(end <= begin for (_, end), (begin, _) in pairwise(ends))
    assert all(end <= 320.0 for _, end in ends)
    others = [int(mark.label.rpartition(" +")[2]) for mark in labelled if mark.label.rpartition(" +")[2].isdigit()]
    assert len(labelled) + sum(others) == len(marks)


# --- the chart ---------------------------------------------------------------------------------------------------


def test_a_gradient_of_zero_stays_in_the_picture(chart: LineChart) -> None:
    chart.set_series([Series("Dense 1", BLUE, curve_of([1.0, 0.1, 0.0, 0.0]))])
    _, heights = chart._lines[0].getData()
    assert np.isfinite(heights).all() and heights[-1] == chart.scale_shown.low
    low, high = chart.getViewBox().viewRange()[1]
    assert low < chart.scale_shown.low < high
    assert chart.read_at(3.0)[0][1] == 0.0


def test_what_was_not_measured_is_a_gap_and_infinity_no_end_of_the_axis(chart: LineChart) -> None:
    values = [float("nan"), float("nan"), 0.5, float("inf"), 0.25]
    chart.set_series([Series("a", BLUE, curve_of(values))])
    _, heights = chart._lines[0].getData()
    assert np.isnan(heights[:2]).all()
    assert chart.scale_shown.top == 0.0
    assert chart.read_at(1.0) == ()
    chart.grab()  # paints the mark of what is no number


def test_nothing_is_read_off_an_empty_chart(chart: LineChart) -> None:
    """A network opened at epoch 300 said “epoch 0 · step 0” where no curve had begun."""
    chart.set_series([Series("Dense 1", BLUE, curve_of([]))])
    QTest.mouseMove(chart.viewport(), chart.plot_box().center().toPoint())
    assert not chart._marker.isVisible()
    chart.set_series([Series("Dense 1", BLUE, curve_of([1.0, 0.5]))])
    QTest.mouseMove(chart.viewport(), chart.plot_box().center().toPoint() + QPoint(1, 0))
    assert chart._marker.isVisible()


def test_line_name_and_read_out_end_at_one_height(chart: LineChart, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[CurveEnding] = []
    monkeypatch.setattr("app.kit.charts.overlay.apart", lambda ends, *_: found.extend(ends) or [])
    values = np.r_[np.full(4000, 0.5), 0.01]  # the last step of a run is one among thousands
    for averaged, end in ((True, 0.5), (False, 0.01)):
        chart.set_series([Series("a", BLUE, curve_of(values.tolist()), averaged=averaged)])
        line = chart._lines[0].getData()[1]
        found.clear()
        chart.grab()
        read = chart.read_at(1e9)[0][1]
        assert read == pytest.approx(end, rel=0.1)
        assert chart.pixel_y(read) == pytest.approx(found[0].y)
        assert line[-1] == pytest.approx(chart.scale_shown.place(np.array([read]))[0])


def test_the_line_is_the_mean_and_the_range_only_of_those_that_have_one(chart: LineChart) -> None:
    curve = curve_of([0.5, 1.0, 0.5])
    band = Curve(curve.steps, curve.epochs, curve.count, curve.mean, curve.mean / 4, curve.mean * 4)
    chart.set_series([Series("a", BLUE, curve, band), Series("b", BLUE, curve)])
    assert chart._lines[0].getData()[1].tolist() == np.log10([0.5, 1.0, 0.5]).tolist()
    assert len(chart._bands[0].getData()[0]) == 6
    assert chart._bands[1].getData()[0] is None or len(chart._bands[1].getData()[0]) == 0
    assert chart._bands[0].opts["brush"].color().alpha() <= 0.12 * 255


def test_the_axis_is_in_epochs_and_the_names_have_room(chart: LineChart) -> None:
    chart.set_series([Series("test", BLUE, curve_of([0.5] * 901), ending="0.0239")], [EpochMark(300.0, "+ Dense 3")])
    chart.grab()
    axis = chart.getAxis("bottom")
    low, high = chart.getViewBox().viewRange()[0]
    assert (low, high) == (0.0, 900.0)
    texts = axis.tickStrings([0.0, 300.0, 600.0, 900.0], 1.0, 300.0)
    assert texts == ["0", "300", "600", "epoch 900"]
    font = QFont(chart.font())
    font.setPixelSize(10)
    assert chart.width() - chart.plot_box().right() >= 10 + QFontMetrics(font).horizontalAdvance("test 0.0239")
    chart.hover(300.0)
    assert "+ Dense 3" in chart.read_out.text() and "epoch 300 · step 3,000" in chart.read_out.text()
    chart.hover(300.6)  # what is read there is the point before it
    assert "epoch 300 · step 3,000" in chart.read_out.text()
    chart.end_hover()


@pytest.mark.parametrize("height", [70, 100, 300])
def test_the_top_number_of_the_axis_is_written_in_a_low_chart(chart: LineChart, height: int) -> None:
    chart.set_axis(log=True)
    chart.set_series([Series("train", BLUE, curve_of([0.8]))])
    chart.resize(300, height)
    axis = chart.getAxis("left")
    bounds = axis.sceneBoundingRect()
    assert bounds.top() + QFontMetrics(axis.style["tickFont"]).height() / 2 <= chart.pixel_y(1.0)


@pytest.mark.parametrize("height", [58, 70, 84, 100, 140])
def test_the_numbers_of_a_low_axis_lie_apart(chart: LineChart, height: int) -> None:
    """In a chart 34 pixels high 0.8 lay over 0.6: the air at both ends of the axis was taken for room."""
    chart.set_axis(log=False)
    chart.set_series([Series("hit rate", BLUE, curve_of([0.473, 0.65, 0.92, 0.807]))])
    chart.resize(220, height)
    low, high = chart.getViewBox().viewRange()[1]
    ((_, places),) = chart.getAxis("left").tickValues(low, high, chart.plot_box().height())
    heights = [chart.pixel_y(place) for place in places]
    assert all(below - above >= 9.0 for below, above in pairwise(heights))


def test_a_chart_says_how_high_it_must_be_to_name_all_its_lines(
    chart: LineChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Train at 150 % two of five lines had no name."""
    named: list[CurveEnding] = []
    monkeypatch.setattr("app.kit.charts.overlay.paint_endings", lambda _p, _x, ends: named.extend(e for _, e in ends))
    chart.set_series([Series(f"run {number}", BLUE, curve_of([0.5, 0.6])) for number in range(9)])
    chart.resize(380, chart.height_of_names)
    chart.grab()
    assert len({ending.text for ending in named}) == 9


def test_a_run_that_has_ended_has_no_value_after_its_end(chart: LineChart) -> None:
    """At epoch 189 the read-out named values of runs that ended at 40 and 3."""
    long, short, late = curve_of([0.5] * 90), curve_of([0.4] * 4), curve_of([0.3] * 40, first=50.0)
    chart.set_series([Series("long", BLUE, long), Series("short", BLUE, short), Series("late", BLUE, late)])
    read = {epoch: [reading.series.label for reading in chart.read_at(epoch)] for epoch in (0.0, 3.0, 3.9, 4.0, 60.0)}
    assert read[0.0] == read[3.0] == read[3.9] == ["long", "short"]
    assert read[4.0] == ["long"] and read[60.0] == ["long", "late"]
    assert [reading.epoch for reading in chart.read_at(1e9)] == [89.0, 89.0]
    chart.hover(4.0)
    assert "short" not in chart.read_out.text()


def test_runs_whose_epochs_have_other_numbers_of_steps_are_read_at_an_epoch_alone(chart: LineChart) -> None:
    other = replace(curve_of([0.4] * 20), steps=3 * np.arange(20))
    chart.set_series([Series("a", BLUE, curve_of([0.5] * 20)), Series("b", BLUE, other)])
    chart.hover(7.0)
    assert "<b>epoch 7</b>" in chart.read_out.text()


@pytest.mark.parametrize(("value", "is_low"), [(1.0, True), (0.0, False)])
def test_the_read_out_stands_where_it_hides_least_of_the_curves(chart: LineChart, value: float, is_low: bool) -> None:
    """It stood at the top whatever was there, and where neither side had room for it over the place that it reads."""
    chart.set_axis(log=False)
    chart.resize(380, 300)
    name = "YoutubeDNN candidates, log.csv · 22:27"
    ends = curve_of([1.0 - value, *[value] * 199])
    chart.set_series([Series(name, BLUE, ends), Series("b", BLUE, ends)])
    for epoch in (10.0, 100.0, 190.0):
        chart.hover(epoch)
        card = chart.read_out.geometry()
        assert chart.rect().contains(card)
        assert (card.center().y() > chart.height() / 2) is is_low
    chart.end_hover()


def test_a_long_name_leaves_the_plot_its_room_and_is_whole_in_the_read_out(chart: LineChart) -> None:
    name = "A run with a name that is as long as names can be, and longer still · 04:29"
    chart.set_series([Series(name, BLUE, curve_of([0.5] * 20), ending="25.3 %", ring=4.0)])
    chart.grab()
    assert chart.width() - chart.plot_box().right() < 0.2 * chart.width() + 130
    chart.hover(4.0)
    assert name in chart.read_out.text()
    chart.end_hover()


def test_a_ring_stands_at_its_epoch_alone(chart: LineChart) -> None:
    pictures = []
    for ring in (None, 4.0, 4.5):
        chart.set_series([Series("a", BLUE, curve_of([0.5] * 20), ring=ring)])
        pictures.append(chart.grab().toImage())
    assert pictures[0] == pictures[2] != pictures[1]


def test_an_empty_chart_says_what_to_do(chart: LineChart) -> None:
    chart.set_series([Series("a", BLUE, curve_of([]))])
    assert chart._hint.isVisibleTo(chart)
    assert index_at(curve_of([]), 3.0) == -1
    chart.grab()


def test_the_table_has_every_bucket(chart: LineChart) -> None:
    chart.set_series([Series("a", BLUE, curve_of([1.0, float("nan"), 3.0])), Series("b", BLUE, curve_of([5.0], 2.0))])
    table = chart.table()
    assert table.header[:3] == ("step", "epoch", "a mean")
    assert [row[:3] for row in table.rows] == [[0, 0.0, 1.0], [20, 2.0, 3.0]]
    assert [row[5] for row in table.rows] == ["", 5.0]


def test_the_strip_leaves_blank_what_was_not_measured(qtbot: QtBot) -> None:
    late = [float("nan")] * 50 + [0.0] * 25 + [1e-3] * 25
    rows = HeatRows((Series("old", BLUE, curve_of([1.0] * 100)), Series("new", BLUE, curve_of(late))))
    image = rows.image(1)
    columns = [image.pixelColor(x, 0).alpha() for x in (0, 60, 110, 150, 230)]
    assert columns == [0, 0, 0, 255, 255]
    drawing = draw_heat_rows(rows, Frame(300, 100))
    cells = [mark for mark in drawing.marks if isinstance(mark, Cells)][1]
    left, top, width, height = cells.rect
    said = [drawing.hit(left + share * width, top + height / 2).spoken for share in (0.02, 0.6)]
    assert said[0] == "" and said[1].startswith("new at step ") and said[1].endswith(": 0")
    assert len(drawing.table().rows) == 150


@pytest.mark.parametrize("value", [1e-4, 3e-3, 1e-2, 1e-1, 1.0])
def test_the_words_on_an_empty_chart_fit_into_it_and_hide_no_first_point(chart: LineChart, value: float) -> None:
    chart.show()
    for width in (160, 260, 500):
        chart.resize(width, 220)
        chart.set_series([Series("a", BLUE, curve_of([value])), Series("b", BLUE, curve_of([1.0]))])
        hint = chart._hint.geometry()
        assert chart._hint.isVisibleTo(chart) and chart.rect().contains(hint)
        for at in (value, 1.0):
            assert not hint.top() <= chart.pixel_y(at) <= hint.bottom()


@pytest.mark.parametrize("values", [(0.7, 0.65), (1.0, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 3e-4, 1e-4), (0.1,) * 11])
def test_the_words_on_an_empty_chart_lie_on_no_name(
    chart: LineChart, monkeypatch: pytest.MonkeyPatch, values: tuple[float, ...]
) -> None:
    names: list[QRectF] = []

    def note(_painter: object, x: float, endings: Sequence[tuple[float, CurveEnding]]) -> None:
        names[:] = [name_box(x, y, 120.0) for y, _ in endings]

    monkeypatch.setattr(overlay, "paint_endings", note)
    chart.show()
    for width in (260, 500):
        chart.resize(width, 220)
        chart.set_series([Series(f"a long name {n}", BLUE, curve_of([value])) for n, value in enumerate(values)])
        chart.grab()
        assert len(names) == len(values)
        hint = QRectF(chart._hint.geometry())
        assert chart._hint.isHidden() or not any(hint.intersects(name) for name in names)


def test_a_chart_of_a_planned_run_reaches_to_its_end(chart) -> None:
    chart.set_planned((1.0, 4.0))
    own = Series("a", BLUE, curve_of([1.0, 2.0]), dots=True)
    chart.set_series([own, Series("b", BLUE, curve_of([1.5]), dashed=True)])
    assert chart.to_come == (1.0, 4.0)
    assert chart.pixel_x(4.0) == pytest.approx(chart.plot_box().right(), abs=1.5)
    chart.grab()


@pytest.mark.parametrize("value", [0.0, 5.0, -5.0, 1e17, -1e17, 1e300])
def test_one_value_alone_has_room_on_its_axis_however_large_it_is(value: float) -> None:
    scale = chart_scale(np.full(3, value), log=False)
    assert scale.bottom < value < scale.top
    assert len(scale.ticks(150.0)) >= 2
