"""The bars and the numbers of layers, as marks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from app.kit.drawing.columns import Lines, Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Rectangle, Text, text_of
from app.workspaces.gradients.layers import BAND, LayerColumns, LayerNumbers, draw_layers, draw_numbers
from app.workspaces.gradients.moment import DELTA, NumberRow, ShownLayers, shown_of
from app.workspaces.gradients.words import ratio_text
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of

FRAME = Frame(600.0, 240.0)


def numbers(values: list[float], ticks: list[float] | None = None, decades: tuple[int, int] = (-4, 0)) -> LayerNumbers:
    row = NumberRow("measured", "measured", "", np.array(values), main=True)
    known = None if ticks is None else np.array(ticks)
    return LayerNumbers(0, ShownLayers(DELTA, (row,), known, 0, relative=True), decades)


def texts(drawing: Drawing) -> dict[str, str]:
    """Each text that is drawn, with its ink."""
    return {mark.text: mark.ink for mark in drawing.marks if isinstance(mark, Text)}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("width", [260.0, 400.0, 700.0, 1400.0])
@pytest.mark.parametrize("pointed", [None, 2, 17])
@pytest.mark.parametrize("depth", [1, 2, 3, 10, 50])
def test_no_two_numbers_that_are_written_overlap(depth: int, width: float, pointed: int | None) -> None:
    pointed = None if pointed is None or pointed > depth else pointed
    columns = LayerColumns(depth, width, 52.0, pointed)
    layers = columns.written()
    assert layers == sorted(set(layers)) and (pointed in layers or pointed is None)
    if pointed is None:
        assert layers[0] == 1 and layers[-1] == depth
    if depth > 2:
        assert all(columns.left(one) + columns.wide <= columns.left(other) + 1e-9 for one, other in pairwise(layers))


@pytest.mark.usefixtures("qapp")
def test_bars_and_ticks_stand_on_one_log_axis_that_begins_at_its_floor() -> None:
    drawing = draw_layers(numbers([0.01, 0.1, 1.0], [0.01, 0.1, 1.0]), FRAME)
    bars = [mark for mark in drawing.marks if isinstance(mark, Rectangle) and mark.fill.startswith("series 0")]
    ticks = drawing.marks[drawing.marks.index(bars[-1]) + 1]
    assert isinstance(ticks, Lines)
    heights = [ends[1] for ends in ticks.ends]
    assert [bar.rect[1] for bar in bars] == pytest.approx(heights)
    many = draw_layers(numbers([0.5] * 50), FRAME)
    assert any(isinstance(mark, Rectangles) and len(mark.rects) == 50 and any(mark.fills) for mark in many.marks)
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2])
    assert {"1", "0.01", "10⁻⁴"} <= texts(drawing).keys()


@pytest.mark.usefixtures("qapp")
def test_the_healthy_decade_is_a_band_and_what_is_lost_is_red() -> None:
    lost = draw_layers(numbers([1.2e-9, 0.5e-3, 0.125, 1.0], decades=(-9, 0)), FRAME)
    inks = texts(lost)
    assert inks["1.2·10⁻⁹"] == inks["5.0·10⁻⁴"] == "danger" and inks["0.125"] == inks["1"] == "text"
    assert "0.1 to 10: steady" in inks
    (band,) = (mark for mark in lost.marks if isinstance(mark, Rectangle) and mark.fill == BAND)
    assert band.rect[1] < band.rect[1] + band.rect[3] < FRAME.height / 3
    kept = draw_layers(numbers([0.5, 0.6, 0.7, 1.0]), FRAME)
    assert "0.1 to 10: steady" not in texts(kept), "bars would hide it"


@pytest.mark.usefixtures("qapp")
def test_what_has_no_place_on_a_log_axis_is_drawn_as_what_it_is() -> None:
    assert {"0", "∞", "NaN"} <= texts(draw_layers(numbers([0.0, np.inf, np.nan, 1.0]), FRAME)).keys()


@pytest.mark.usefixtures("qapp")
def test_a_layer_is_meant_over_its_whole_column_and_says_its_numbers() -> None:
    drawing = draw_layers(numbers([0.01, 0.1, 1.0], [0.02, 0.1, 1.0]), FRAME)
    columns = LayerColumns(3, FRAME.width, 40.0)
    for height in (3.0, 120.0, FRAME.height - 2.0):
        part = drawing.hit(columns.middle(1), height)
        assert part is not None and part.key == 1
        assert text_of(part.tip) == "Layer 1, ‖δ‖: 0.010; predicted 0.020"
    assert drawing.order == (1, 2, 3)


@pytest.mark.usefixtures("qapp")
def test_the_table_has_every_row_and_asks_about_every_number() -> None:
    c = Configuration(depth=4)
    (figures,) = figures_of(Experiment(configurations=(c,)))
    shown = shown_of(figures, DELTA, None, 0)
    drawing = draw_numbers(LayerNumbers(0, shown), FRAME)
    (targets,) = (mark for mark in drawing.marks if isinstance(mark, Rectangles))
    assert targets.keys == tuple((row.key, layer) for row in shown.rows for layer in range(1, 5))
    assert {ratio_text(float(value)) for value in figures.signal.products} <= texts(drawing).keys()
    header, *_ = drawing.table().header, *drawing.table().rows
    assert header == ("layer", "factor", "predicted", "product", "measured", "tick")


@pytest.mark.usefixtures("qapp")
def test_what_is_hidden_tells_nothing() -> None:
    for draw in (draw_layers, draw_numbers):
        drawing = draw(LayerNumbers(0, hidden=True), FRAME)
        assert not drawing.keyed and "hidden until you guess" in drawing.description and not drawing.table().rows
