"""What the ranking page shows of an impression, and its table of losses: arithmetic that checks by hand."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.kit.drawing.columns import Dots, Rectangles
from app.kit.drawing.drawing import Frame, reconcile
from app.kit.drawing.marks import Disc, Group, Polyline, Rectangle, Text
from app.workspaces.recommender.other_runs import RankingRun
from app.workspaces.recommender.product_bars import ProductBars, draw_products, sums_of
from app.workspaces.recommender.rank.losses import (
    HEAD,
    PAPER_LOSS,
    draw_tower_losses,
    lines_of,
    next_tower,
    plain_variant,
    variant_name,
    variant_of,
)
from app.workspaces.recommender.rank.plots import (
    CalibrationData,
    CalibrationView,
    ScatterData,
    draw_calibration,
    draw_scatter,
)
from app.workspaces.recommender.rank.sum_card import (
    SumView,
    seconds_text,
    written_powers,
    written_sum,
    written_truth,
)
from engine.recommenders.tasks.ranking.answers import (
    Impression,
    ImpressionSum,
    NetworkCalibration,
    NumberRead,
    Scatter,
    TimeBin,
    TimeCalibration,
    UserLoss,
)
from engine.recommenders.tasks.ranking.spec import RankingSpec

NUMBERS = (
    NumberRead("since_topic", 13.9, False, True, {"x": 0.132, "x^2": 0.132**2, "sqrt(x)": 0.132**0.5}),
    NumberRead("since_creator", 2160.0, True, True, {"x": 0.99, "x^2": 0.99**2, "sqrt(x)": 0.99**0.5}),
)
SIZE = Frame(400, 300)
SPEC = RankingSpec()


def summed(products: tuple[float, ...] = (0.5, -0.25, 0.125), bias: float = -0.3, unit: float = 31.5) -> ImpressionSum:
    z = sum(products) + bias
    return ImpressionSum(impression(unit * math.exp(z)), NUMBERS, products, bias, z, unit, (8, 3))


def impression(predicted: float = 33.9, row: int = 7) -> Impression:
    return Impression(
        row, "user 3", "video 1", "Yoga <b>1</b>", predicted, 0.12 * 390.0, 0.0, False, 0.12, 390.0,
        {"topic": "fitness"}, {}, ("a", "b"),
    )  # fmt: skip


def points() -> Scatter:
    predicted = (5.0, 50.0, 500.0)
    true = (5.0, 60.0, 300.0)
    return Scatter((3, 1, 2), ("user 1",) * 3, ("one", "two", "three"), predicted, true, 0.9, 0.3, 0.4, 50.0, ())


# Arithmetic -------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.floats(-3, 3, allow_subnormal=False), min_size=1, max_size=64),
    st.floats(-4, 4),
    st.floats(0.5, 500),
)
@settings(max_examples=200, deadline=None)
def test_a_sum_as_it_is_written_can_be_worked_out(products: list[float], bias: float, unit: float) -> None:
    shown = summed(tuple(products), bias, unit)
    written = written_sum(shown)
    assert round(written.plus + written.minus + written.bias, written.decimals) == written.z
    assert written.z == pytest.approx(shown.z, abs=0.6 * 10**-written.decimals)
    predicted = shown.impression.predicted
    if predicted > 1e-3:
        assert seconds_text(written.unit * math.exp(written.z)) == written.seconds == seconds_text(predicted)


@given(st.floats(0.001, 0.99), st.floats(1.0, 3000.0))
@settings(max_examples=200, deadline=None)
def test_the_truth_is_a_product_that_checks(rate: float, seconds: float) -> None:
    shown = replace(impression(), click_rate=rate, seconds_if_clicked=seconds, true=rate * seconds)
    per_cent, clicked, product = written_truth(shown)
    assert seconds_text(float(per_cent) / 100.0 * float(clicked)) == product


@given(st.floats(0.0, 1.0))
@settings(max_examples=200, deadline=None)
def test_powers_are_those_of_the_number_that_is_written(place: float) -> None:
    powers = {"x": place, "x^2": place**2, "sqrt(x)": place**0.5}
    x, square, root = written_powers(NumberRead("since_topic", 1.0, False, True, powers))
    assert (f"{float(x) ** 2:.3f}", f"{float(x) ** 0.5:.3f}") == (square, root)


def test_without_powers_none_are_written() -> None:
    assert written_powers(NumberRead("since_topic", 1.0, False, True, {"x": 0.5})) == ("0.500", "", "")
    assert written_powers(NumberRead("since_topic", 1.0, False, True, {"x^2": 0.25})) == ("", "0.250", "")


# Views ------------------------------------------------------------------------------------------------------------


def test_an_impression_is_taken_apart(qtbot: QtBot) -> None:
    view = SumView()
    qtbot.addWidget(view)
    assert view.inner.isHidden() and not view.hint.isHidden() and view.table().rows == ()
    view.show_sum(summed())
    texts = [label.text() for label in view.findChildren(QLabel)]
    assert "never" in texts and "0.017" in texts and "not clicked" in texts and "46.8 s" in texts
    results = [labels[2].text() for labels in view.terms]
    assert results[0] == "0.075" and results[1] == f"{written_sum(summed()).seconds} s" and results[3] == "0 s"
    assert view.lines[0][1].full_text == "Yoga <b>1</b>" and view.lines[0][1].textFormat() == Qt.TextFormat.PlainText
    rows = dict(view.table().rows)
    assert rows["product 2"] == -0.25 and rows["since_topic x"] == 0.132 and rows["true_seconds"] == pytest.approx(46.8)


def test_an_impression_of_shorter_numbers_leaves_the_card_as_it_stands(qtbot: QtBot) -> None:
    view = SumView()
    qtbot.addWidget(view)
    view.resize(520, 330)
    view.show()
    placed: list[list[object]] = []
    for shown in (summed((9.25, -3.125), 3.0, 3150.0), summed((0.5, -0.25)), summed((0.01,), 0.0, 5.0)):
        view.show_sum(shown)
        QApplication.processEvents()
        placed.append([view.bars.geometry(), *(label.x() for labels in view.terms for label in labels[:2])])
    assert placed[0] == placed[1] == placed[2]


def dots_of(data: ScatterData) -> Dots:
    groups = [mark for mark in draw_scatter(data, SIZE).marks if isinstance(mark, Group)]
    return next(mark for group in groups for mark in group.marks if isinstance(mark, Dots))


def picked(row: int, predicted: float) -> Impression:
    return impression(predicted, row)


def test_longer_times_stand_further_right_and_higher(qapp: object) -> None:
    (x1, y1), (x2, y2), (x3, y3) = dots_of(ScatterData(points())).points
    assert x1 < x2 < x3 and y1 > y2 > y3
    assert x2 - x1 == pytest.approx(x3 - x2)  # 5, 50 and 500 seconds on a logarithmic axis


def test_a_dot_is_meant_nearby_and_says_what_it_is(qapp: object) -> None:
    drawing = draw_scatter(ScatterData(points()), SIZE)
    x, y = dots_of(ScatterData(points())).points[1]
    found = drawing.hit(x + 8, y - 8)
    assert found is not None and found.key == 1
    assert found.spoken == "two, shown to user 1: predicted 50 s, actually 60 s"
    assert drawing.hit(x + 9, y - 9) is None


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [(None, 1, 3), ((3, 5.0), 1, 1), ((1, 50.0), -1, 3), ((2, 500.0), 1, 2), ((9, 70.0), 1, 2), ((9, 70.0), -1, 1)],
)
def test_arrow_keys_go_by_what_is_predicted(
    qapp: object, before: tuple[int, float] | None, step: int, after: int
) -> None:
    data = ScatterData(points(), None if before is None else picked(*before))
    drawing = draw_scatter(data, SIZE)
    assert drawing.step(drawing.current, step, 0) == after and drawing.arrows_choose


def test_another_pick_repaints_two_rings_alone(qapp: object) -> None:
    old, new = (draw_scatter(ScatterData(points(), picked(*of)), SIZE).marks for of in ((3, 5.0), (1, 50.0)))
    marks, region = reconcile(old, new)
    assert marks[0] is old[0] and marks[1] is old[1]
    assert region.boundingRect() == old[2].area.united(new[2].area)


def test_an_empty_plot_says_what_will_come_and_the_table_says_every_number(qapp: object) -> None:
    table = draw_scatter(ScatterData(points()), SIZE).table()
    assert table.header[0] == "row" and table.rows[1] == (1, "user 1", "two", 50.0, 60.0)
    (hint,) = draw_scatter(ScatterData(), SIZE).marks
    assert isinstance(hint, Text) and hint.wrap


def test_a_missing_hundredth_does_not_stretch_the_axis(qapp: object) -> None:
    many = replace(points(), rows=tuple(range(200)), users=("u",) * 200, titles=("t",) * 200,
                   predicted=(0.011,) + (10.0,) * 199, true=(20.0,) * 200)  # fmt: skip
    assert min(x for x, _ in dots_of(ScatterData(many)).points) == pytest.approx(40.0)  # at the axis' end


@pytest.mark.parametrize("products", [(1.0, -0.5, 0.25), (0.004, 0.003, -0.0051, 0.0049), (2.0, 3.0)])
def test_the_printed_sums_of_products_add_up(qapp: object, products: tuple[float, ...]) -> None:
    sums = sums_of(products)
    plus, both, minus = (number_in(text) for text in (sums.plus, sums.together, sums.minus))
    assert plus + minus == pytest.approx(both, abs=1e-9)


def number_in(text: str) -> float:
    found = re.search(r"[−+]?\d+\.\d+(e−\d+)?", text)
    return float(found[0].replace("−", "-")) if found else 0.0


def test_products_are_bars_from_the_largest_to_the_smallest_on_one_scale(qapp: object) -> None:
    data = ProductBars((0.5, -0.25, 1.0), sums_of((0.5, -0.25, 1.0)), "no. {number}: {part}")
    drawing = draw_products(data, SIZE)
    bars, zero = drawing.marks[0], drawing.marks[1]
    assert isinstance(bars, Rectangles) and isinstance(zero, Rectangle)
    assert bars.keys == (2, 0, 1) and bars.fills == ("positive", "positive", "negative")
    heights = [height for _, _, _, height in bars.rects]
    assert heights[0] == pytest.approx(2 * heights[1]) == pytest.approx(4 * heights[2])
    assert bars.rects[2][1] == zero.rect[1] == pytest.approx(bars.rects[0][1] + heights[0])
    found = drawing.hit(SIZE.width - 5, 3)
    assert found is not None and found.spoken == "no. 2: −0.250"
    assert drawing.table().rows[0] == (3, 1.0) and not draw_products(ProductBars(), SIZE).marks


def calibration(*cures: bool) -> TimeCalibration:
    networks = tuple(
        NetworkCalibration(
            "", cure, True, 1.0 if cure else 1.4, (TimeBin(10, 9, 9, 12, 5), TimeBin(100, 90, 90, 180, 5))
        )
        for cure in cures
    )
    return TimeCalibration(10, 0.2, 1.8, networks)


def test_both_cures_stand_side_by_side_with_what_is_promised(qtbot: QtBot) -> None:
    view = CalibrationView()
    qtbot.addWidget(view)
    view.show_found(calibration(True, False))
    assert "1.00 · of an exact fit 1.00" in view.ratios[True].full_text
    assert "1.40 · of an exact fit 1.80" in view.ratios[False].full_text
    assert view.missing.isHidden() and len(view.table().rows) == 4
    view.show_found(calibration(True))
    assert not view.missing.isHidden() and view.plots[False].isHidden() and not view.plots[True].isHidden()
    view.show_found(calibration(False))
    assert view.plots[True].isHidden() and not view.plots[False].isHidden()


def test_a_bin_on_the_diagonal_is_as_predicted_and_a_line_says_what_is_promised(qapp: object) -> None:
    bins = (TimeBin(10, 10, 10, 12, 5), TimeBin(100, 90, 90, 180, 1))
    drawing = draw_calibration(CalibrationData(bins, (1.0, 1000.0), promised=True), SIZE)
    dots = next(mark for mark in drawing.marks if isinstance(mark, Dots))
    lines = [mark for mark in drawing.marks if isinstance(mark, Polyline)]
    (axes,) = [mark for mark in drawing.marks if isinstance(mark, Group)]
    assert len(lines) == 2 and lines[0].dashed and lines[0].points[0][0] > lines[1].points[0][0]
    assert axes.marks[-1].distance(*dots.points[0]) < 1e-6  # the diagonal is the axes' last mark
    assert drawing.keyed[1].spoken == "1 impression: predicted 100 s, actually 90 s"
    assert not draw_calibration(CalibrationData(), SIZE).marks


# Losses -----------------------------------------------------------------------------------------------------------


def loss(who: str, value: float) -> UserLoss:
    return UserLoss(who, value, 0.01)


def run(hidden: tuple[int, ...], **other: bool) -> RankingRun:
    spec = {"cure": True, "weighted": True, "powers": True} | other
    return RankingRun(
        Path("run"), "a run", datetime.now(UTC).timestamp(), hidden, checkpoint=Path("run/checkpoint"), written=1,
        coming=False, epochs=3, **spec,
    )  # fmt: skip


def test_the_paper_s_towers_come_first_and_ours_beside_them() -> None:
    losses = {one.who: one for one in (loss("this network", 0.2), loss("linear", 0.23), loss("uncured", 0.21),
                                       loss("a", 0.19), loss("the truth itself", 0.15))}  # fmt: skip
    lines = lines_of(SPEC, losses, {variant_of(run((256,))): "a", variant_of(run((512,))): "not yet"})
    names = [line.name for line in lines]
    assert names[:3] == ["no hidden layer", "256", "512"]
    assert names[7:] == ["128-64", "128-64, no cure", "the truth itself"]
    found = {line.name: (line.paper, line.ours, line.own) for line in lines}
    assert found["no hidden layer"] == (41.6, pytest.approx(23.0), False)
    assert found["128-64"] == (None, pytest.approx(20.0), True) and found["512"] == (36.7, None, False)
    runs = {plain_variant((512,)): "not yet"}
    assert next_tower(lines, runs) == (1024,)


def test_a_run_that_is_one_of_the_paper_s_towers_stands_in_its_line() -> None:
    lines = lines_of(RankingSpec(hidden=(256,)), {"this network": loss("this network", 0.2)}, {})
    assert len(lines) == len(PAPER_LOSS) and [line.own for line in lines].count(True) == 1 and lines[1].own
    assert variant_name(variant_of(run((64,), weighted=False, powers=False))) == "64, no powers, unweighted"


def test_losses_are_told_and_copied(qapp: object) -> None:
    lines = tuple(lines_of(SPEC, {"this network": loss("this network", 0.2)}, {}))
    drawing = draw_tower_losses(lines, SIZE)
    assert "256: paper 36.9 %, here –" in drawing.description
    assert drawing.table().rows[7][:1] == ("128-64",) and drawing.table().rows[7][2] == pytest.approx(20.0)
    found = drawing.hit(10, HEAD + 1)
    assert found is not None and found.spoken.startswith("no hidden layer: paper ")
    discs = [mark for mark in drawing.marks if isinstance(mark, Disc)]
    assert len(discs) == sum((line.paper is not None) + (line.ours is not None) for line in lines)
    assert all(disc.x + 4 < SIZE.width for disc in discs) and not draw_tower_losses((), SIZE).marks
