"""What is said of one layer is of that layer."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Text
from app.kit.formula.boxes import lay_out
from app.kit.numbers import rounded
from app.kit.widgets.frame import scrolled
from app.workspaces.gradients.bar import GradientsBar
from app.workspaces.gradients.formulas import JUMP, RATIO, SLOPE, SPREAD, forward_lines, in_one_line, worked_forward
from app.workspaces.gradients.layers import LEAST_TABLE, LayerNumbers, LayerTables, draw_numbers
from app.workspaces.gradients.moment import VARIANCE
from engine.gradients.arithmetic import forward_terms
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of
from tests.app.workspaces.gradients.gradients_rig import SMALL, Bench, middle_of

pytestmark = pytest.mark.shares_window

INITIALISERS = ("normal", "uniform", "xavier_normal", "he_uniform", "orthogonal")


@pytest.mark.parametrize("initializer", INITIALISERS)
@pytest.mark.parametrize("layer", [1, 2, 5])
def test_the_variance_of_a_layer_is_what_its_terms_come_to(initializer: str, layer: int) -> None:
    c = Configuration.model_validate({"depth": 5, "activation": "relu", "initializer": initializer, "scale": 0.7})
    figures = figures_of(Experiment(configurations=(c,)))[0]
    assert figures.prediction is not None
    terms = forward_terms(c, figures.prediction, layer)
    assert terms is not None and terms.count == (2 if layer == 1 else 16)
    predicted = float(figures.prediction.variance[layer - 1])
    if layer > 1:  # of ReLU the mean of a² is half that of z², of each sample and so of all
        assert terms.square == pytest.approx(float(figures.prediction.variance[layer - 2]) / 2)
    line = re.sub(r"\{\\cdot\}10\^\{([^{}]*(?:\{-\}[^{}]*)?)\}", r"*10**\1", worked_forward(terms))
    printed = eval(line.replace(r"\cdot", "*").replace("{-}", "-"))  # our own line of numbers, as it is printed
    assert rounded(printed, 4) == rounded(predicted, 4)
    plain = lay_out(in_one_line(forward_lines(figures, layer)), 15.0).plain
    assert f"Var z of layer {layer}" in plain
    assert ("E[x²] of the inputs" if layer == 1 else f"E[a²] of layer {layer - 1}") in plain


def test_the_terms_below_are_of_the_layer_whose_variance_is_asked_for(qtbot: QtBot, bench: Bench) -> None:
    column, page = bench.column(0), bench.page
    page.views.choose_measure(VARIANCE)
    qtbot.waitUntil(lambda: "Var z of layer 4" in column.verdict.formula.plain)
    bench.click(column.chart, middle_of(column.chart, 2))
    qtbot.waitUntil(lambda: "Var z of layer 2" in column.verdict.formula.plain)
    qtbot.waitUntil(lambda: "Var z of layer 4" in bench.column(1).verdict.formula.plain)
    QTest.mouseMove(column.chart, middle_of(column.chart, 3).toPoint())
    assert column.verdict.formula.lit == frozenset()
    QTest.mouseMove(column.chart, middle_of(column.chart, 2).toPoint())
    assert column.verdict.formula.lit == {SLOPE, SPREAD, RATIO}
    column.verdict.formula.hovered.emit(SLOPE)
    assert column.chart.numbers.lit == {2}
    page.side.card.put_away()
    qtbot.waitUntil(lambda: "Var z of layer 4" in column.verdict.formula.plain)


def test_what_breaks_a_prediction_is_said_where_units_are_saturated(qtbot: QtBot, bench: Bench) -> None:
    lost = Configuration(depth=38, activation="tanh", scale=10.0)
    both = (lost, Configuration(depth=38, activation="tanh", initializer="xavier_normal", scale=1.0))
    bench.begin(Experiment(configurations=both))
    parted = bench.page.bench.figures[0].parted
    assert parted is not None
    bench.table(0)
    qtbot.waitUntil(lambda: "Saturation makes it differ" in bench.page.board.strip.layers.reasons[0].text())
    told = bench.page.board.strip.layers.reasons[0].text()
    assert f"{round(100 * parted.closed.share)} % of the slopes" in told
    assert f"in {round(100 * parted.closed.none)} % of the layers" in told and "a width of 16" in told
    assert "Saturation" not in bench.page.board.strip.layers.reasons[1].text()


def test_the_last_layer_has_no_factor_and_one_far_from_the_others_its_own(bench: Bench) -> None:
    odd = Configuration(normalisation="layer")
    bench.begin(SMALL.model_copy(update={"configurations": (odd, odd)}))
    column = bench.column(0)
    QTest.mouseMove(column.chart, middle_of(column.chart, 10).toPoint())
    assert column.verdict.formula.lit == frozenset()
    QTest.mouseMove(column.chart, middle_of(column.chart, 1).toPoint())
    assert column.verdict.formula.lit == {JUMP, RATIO}


def test_tables_that_find_no_room_side_by_side_stand_below_one_another(qtbot: QtBot) -> None:
    """As where a question stands beside them at 150 %, so that no number is cut."""
    area = scrolled(tables := LayerTables())
    qtbot.addWidget(area)
    tables.provide(2)
    assert tables.minimumSizeHint().width() < 2 * LEAST_TABLE
    area.show()
    for width, is_beside in ((410, False), (900, True)):
        area.resize(width, 300)
        QApplication.processEvents()
        first, second = (table.mapTo(tables, QPoint(0, 0)) for table in tables.tables)
        assert (first.y() == second.y()) is is_beside and (first.x() == second.x()) is not is_beside


def test_layers_that_find_no_room_in_a_table_leave_a_sign(bench: Bench) -> None:
    (shown, *_others) = bench.page.views._shown
    data = LayerNumbers(1, shown)
    for width, gaps in ((2000, 0), (240, 1)):
        texts = [mark.text for mark in draw_numbers(data, Frame(width, 120)).marks if isinstance(mark, Text)]
        assert (texts.count("…") >= 1) == (gaps == 1)
        assert "B" in texts  # which network it is of, also where it stands below another


def test_predict_first_is_seen_as_a_picture_too_while_it_is_on(qtbot: QtBot, bench: Bench) -> None:
    names = ("gradients_train", "gradients_step", "gradients_start", "gradients_add", "gradients_guess")
    bar, action = GradientsBar(*(bench.page.actions[name] for name in names)), bench.page.actions["gradients_guess"]
    qtbot.addWidget(bar)
    bar.resize(400, 60)
    bar.show()
    assert bar._guess.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    action.setChecked(True)
    picture = bar._guess.grab().toImage()
    row = [picture.pixelColor(x, picture.height() // 2).lightness() for x in range(8, picture.width() - 8)]
    assert max(row) - min(row) > 80
