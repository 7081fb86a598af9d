"""What the ranking page shows of an impression, and its table of losses: arithmetic that checks by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.workspaces.recommender.rank.calibration_view import CalibrationView
from app.workspaces.recommender.rank.content import (
    Bin,
    Calibrated,
    Calibration,
    Facts,
    Impression,
    Loss,
    NumberRead,
    Points,
)
from app.workspaces.recommender.rank.loss_view import LossView
from app.workspaces.recommender.rank.losses import lines_of, next_tower, plain_variant, variant_name, variant_of
from app.workspaces.recommender.rank.papers import PAPER_LOSS
from app.workspaces.recommender.rank.scatter_plot import ScatterPlot
from app.workspaces.recommender.rank.sum_view import SumView
from app.workspaces.recommender.rank.written import seconds_text, written_powers, written_sum, written_truth
from app.workspaces.recommender.ranking_runs import RankingRun

NUMBERS = (
    NumberRead("since_topic", 13.9, False, True, {"x": 0.132, "x^2": 0.132**2, "sqrt(x)": 0.132**0.5}),
    NumberRead("since_creator", 2160.0, True, True, {"x": 0.99, "x^2": 0.99**2, "sqrt(x)": 0.99**0.5}),
)
FACTS = Facts(40_000, 1_000, 0.17, (128, 64), True, True, True)


def impression(products: tuple[float, ...] = (0.5, -0.25, 0.125), bias: float = -0.3, unit: float = 31.5) -> Impression:
    z = sum(products) + bias
    return Impression(
        7, "user 3", "Yoga <b>1</b>", unit * math.exp(z), 0.12 * 390.0, None, 0.12, 390.0, {"topic": "fitness"},
        NUMBERS, ("a", "b"), products, bias, z, unit, (8, 3),
    )  # fmt: skip


def points() -> Points:
    predicted = (5.0, 50.0, 500.0)
    return Points((3, 1, 2), ("user 1",) * 3, ("one", "two", "three"), predicted, (5.0, 60.0, 300.0), (), 0.3, 0.4)


# Arithmetic -------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.floats(-3, 3, allow_subnormal=False), min_size=1, max_size=64),
    st.floats(-4, 4),
    st.floats(0.5, 500),
)
@settings(max_examples=200, deadline=None)
def test_a_sum_as_it_is_written_can_be_worked_out(products: list[float], bias: float, unit: float) -> None:
    shown = impression(tuple(products), bias, unit)
    written = written_sum(shown)
    assert round(written.plus + written.minus + written.bias, written.decimals) == written.z
    assert written.z == pytest.approx(shown.z, abs=0.6 * 10**-written.decimals)
    if shown.predicted > 1e-3:
        assert seconds_text(written.unit * math.exp(written.z)) == written.seconds == seconds_text(shown.predicted)


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
    view.show_impression(impression())
    texts = [label.text() for label in view.findChildren(QLabel)]
    assert "never" in texts and "0.017" in texts and "not clicked" in texts and "46.8 s" in texts
    results = [labels[2].text() for labels in view.terms]
    assert results[0] == "0.075" and results[1] == f"{written_sum(impression()).seconds} s" and results[3] == "0 s"
    assert view.lines[0][1].full_text == "Yoga <b>1</b>" and view.lines[0][1].textFormat() == Qt.TextFormat.PlainText
    rows = dict(view.table().rows)
    assert rows["product 2"] == -0.25 and rows["since_topic x"] == 0.132 and rows["true_seconds"] == pytest.approx(46.8)


def test_a_point_is_picked_by_a_click_and_by_the_keys(qtbot: QtBot) -> None:
    plot = ScatterPlot()
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show_points(points())
    plot.show()
    place = plot._axes().at(50.0, 60.0).toPoint()
    with qtbot.waitSignal(plot.picked) as picked:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=place)
    assert picked.args == [1]
    assert "two" in plot._told(place.toPointF()) and "points" not in plot._told(place.toPointF())
    for before, key, after in ((None, Qt.Key.Key_Right, 3), (3, Qt.Key.Key_Right, 1), (1, Qt.Key.Key_Left, 3),
                               (2, Qt.Key.Key_Up, 2)):  # fmt: skip
        told = dict(zip(points().rows, points().predicted, strict=True))
        plot.show_picked(None if before is None else replace(impression(), row=before, predicted=told[before]))
        with qtbot.waitSignal(plot.picked) as picked:
            qtbot.keyClick(plot, key)
        assert picked.args == [after]
    assert plot.table().header[0] == "row" and len(plot.table().rows) == 3


def calibration(*cures: bool) -> Calibration:
    networks = tuple(
        Calibrated(cure, 1.0 if cure else 1.4, (Bin(10, 9, 12, 5), Bin(100, 90, 180, 5))) for cure in cures
    )
    return Calibration(10, 0.2, 1.8, networks)


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


# Losses -----------------------------------------------------------------------------------------------------------


def loss(who: str, value: float) -> Loss:
    return Loss(who, value, 0.01)


def run(hidden: tuple[int, ...], **other: bool) -> RankingRun:
    spec = {"cure": True, "weighted": True, "powers": True} | other
    return RankingRun(
        Path("run"), "a run", datetime.now(UTC), hidden, checkpoint=Path("run/checkpoint"), written=1, coming=False,
        epochs=3, **spec,
    )  # fmt: skip


def test_the_paper_s_towers_come_first_and_ours_beside_them() -> None:
    losses = {one.who: one for one in (loss("this network", 0.2), loss("linear", 0.23), loss("uncured", 0.21),
                                       loss("a", 0.19), loss("the truth itself", 0.15))}  # fmt: skip
    lines = lines_of(FACTS, losses, {variant_of(run((256,))): "a", variant_of(run((512,))): "not yet"})
    names = [line.name for line in lines]
    assert names[:3] == ["no hidden layer", "256", "512"]
    assert names[7:] == ["128-64", "128-64, no cure", "the truth itself"]
    found = {line.name: (line.paper, line.ours, line.own) for line in lines}
    assert found["no hidden layer"] == (41.6, pytest.approx(23.0), False)
    assert found["128-64"] == (None, pytest.approx(20.0), True) and found["512"] == (36.7, None, False)
    runs = {plain_variant((512,)): "not yet"}
    assert next_tower(lines, runs) == (1024,)


def test_a_run_that_is_one_of_the_paper_s_towers_stands_in_its_line() -> None:
    lines = lines_of(replace(FACTS, hidden=(256,)), {"this network": loss("this network", 0.2)}, {})
    assert len(lines) == len(PAPER_LOSS) and [line.own for line in lines].count(True) == 1 and lines[1].own
    assert variant_name(variant_of(run((64,), weighted=False, powers=False))) == "64, no powers, unweighted"


def test_losses_are_told_and_copied(qtbot: QtBot) -> None:
    view = LossView()
    qtbot.addWidget(view)
    view.show_lines(lines_of(FACTS, {"this network": loss("this network", 0.2)}, {}))
    assert "256: paper 36.9 %, here –" in view.accessibleDescription()
    assert view.table().rows[7][:1] == ("128-64",) and view.table().rows[7][2] == pytest.approx(20.0)
    view.resize(500, 300)
    view.grab()
