"""The page of one neuron, worked by mouse and keyboard in the whole window."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.kit import look, theme
from app.kit.announce import recorded
from app.kit.drawing.drawing import Frame, reconcile
from app.kit.drawing.marks import (
    Disc,
    Group,
    Line,
    Mark,
    Polyline,
    Text,
    metrics_of,
    text_of,
    text_width,
    wrapped_height,
)
from app.kit.drawing.view import DrawingView
from app.kit.sheet import Sheet
from app.kit.widgets.frame import QWIDGETSIZE_MAX
from app.kit.widgets.per_frame import PerFrame
from app.kit.widgets.tabs import FOLDED
from app.network.open_network import OpenNetwork
from app.workspaces.neuron.conditions import CROWDED, ConditionsData, dots, draw_why, numbers_text, room_words
from app.workspaces.neuron.dock import LEARN, OUTLINE, SETTINGS, WHY
from app.workspaces.neuron.geometry import NUMBER, UNIT, Geometry
from app.workspaces.neuron.inputs_panel import InputsView
from app.workspaces.neuron.model import ALL, OF_INPUTS, NeuronModel, PartKey, SignalStage, UnitPart
from app.workspaces.neuron.origins import CHANGE
from app.workspaces.neuron.page import NeuronPage
from app.workspaces.neuron.plane import LINE, RADIUS, arrow, boundary, draw_plane, inputs_data, name_place, plane_scale
from app.workspaces.neuron.settings_tab import beyond_words, draw_settings, map_area, slice_words
from app.workspaces.neuron.stage import StageView, draw_stage
from app.workspaces.neuron.truth_table import (
    HEAD,
    OUTPUT,
    TARGET,
    Z,
    columns_of,
    draw_truth,
    row_height,
    truth_data,
)
from app.workspaces.neuron.words import about, fraction_name, row_name
from app.workspaces.playground.page import PlaygroundPage
from engine.neuron.cube import Sight
from engine.neuron.settings import grid_for, slice_at, slice_of
from engine.neuron.sheet import FORM, NeuronContent
from engine.neuron.tables import TABLES, right_count, rows
from engine.neuron.unit import OutputKey, Unit
from tests.app.told import everything_told, shown_choices
from tests.app.window_rig import Opened

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
pytestmark = pytest.mark.shares_window


def place_of(stage: StageView, key: PartKey) -> QPointF:
    """The middle of a part, that in the unit."""
    part = stage.drawing.part((NUMBER, *key)) or stage.drawing.part((UNIT, *key))
    assert part is not None
    return QRectF(*part.rect).center()


@pytest.fixture
def page(window: Opened) -> NeuronPage:
    found = window.window.pages.current
    assert isinstance(found, NeuronPage)
    return found


@pytest.fixture
def model(qapp: object) -> NeuronModel:
    """What the page begins with, without a window."""
    return NeuronModel(Sheet(FORM, NeuronContent(), ""))


def drag(qtbot: QtBot, widget: QWidget, start: QPointF, *stops: QPointF, every_frame: PerFrame | None = None) -> None:
    """Press at a point, go through others, and let go at the last; ``every_frame``: each of them is taken."""
    qtbot.mouseMove(widget, start.toPoint())
    qtbot.mousePress(widget, LEFT, NONE, start.toPoint())
    for stop in stops:
        qtbot.mouseMove(widget, stop.toPoint())
        if every_frame is not None:
            every_frame.flush()
    qtbot.mouseRelease(widget, LEFT, NONE, stops[-1].toPoint())


def plane_place(page: NeuronPage, x: tuple[float, ...]) -> QPointF:
    plane = page.right.plane
    return QPointF(*plane_scale(plane.width(), plane.height()).place(x))


def middle_of(view: InputsView, key: object) -> QPointF:
    part = view.drawing.part(key)
    assert part is not None
    return QRectF(*part.rect).center()


def cell(page: NeuronPage, row: int, column: int | str) -> str:
    """What stands in a cell of the truth table."""
    table, high = page.right.table, row_height(len(page.model.content.targets))
    left, wide = columns_of(len(page.model.content.weights), table.width())[column]
    top = HEAD + row * high
    texts = [mark.text for mark in table.drawing.marks if isinstance(mark, Text)
             and left <= mark.rect[0] < left + wide and top <= mark.rect[1] < top + high]  # fmt: skip
    return "".join(texts)


def table_words(page: NeuronPage) -> list[str]:
    """What stands in the truth table."""
    return [mark.text for mark in page.right.table.drawing.marks if isinstance(mark, Text)]


# What it opens with --------------------------------------------------------------------------------------------------


def test_no_tab_moves_when_the_first_one_asks_something_else(page: NeuronPage, qtbot: QtBot) -> None:
    tabs = page.dock.tabs
    places = {}
    for key in ("xor", "and", "majority", "not"):
        page.model.choose_table(TABLES[key])
        places[tabs.tabText(WHY)] = [tabs.tabRect(tab) for tab in range(tabs.count())]
    assert len(places) >= 4 and len({str(place) for place in places.values()}) == 1


def test_it_begins_with_xor_and_says_why_no_line_does_it(page: NeuronPage) -> None:
    assert page.model.reading.table_key == "xor"
    assert page.dock.tabs.tabText(0) == "Why no line does it"
    said = page.dock.sentence.full_text
    assert (
        said == "(0,1) and (1,0) fire, (0,0) and (1,1) must not: both pairs share the middle (½,\N{NO-BREAK SPACE}½)."
    )
    assert page.right.badge.text() == "3 of 4 right"


def test_a_table_is_chosen_by_its_miniature_and_undone(qtbot: QtBot, page: NeuronPage) -> None:
    qtbot.mouseClick(page.left.presets.tiles["and"], LEFT)
    assert page.model.content.targets == TABLES["and"].targets
    assert page.dock.tabs.tabText(0) == "Why one line does it"
    assert "2 of 4 rows right" in page.dock.sentence.full_text
    page.document.undo_stack.undo()
    assert page.model.reading.table_key == "xor"


def test_every_wish_adds_up_as_it_is_printed(model: NeuronModel) -> None:
    for weights, bias in (((0.35, -1.2), 0.05), ((0.123456, 0.7), -0.2), ((1.0, 1.0), -1.5)):
        model.set_parameters(weights, bias)
        for wish in model.reading.wishes:
            printed = numbers_text(model.reading, wish).replace("−", "-")
            terms, _, result = printed.partition(" = ")
            numbers = [float(term.strip("()")) for term in terms.split(" + ")] if result else []
            if numbers:
                places = len(re.match(r"-?\d+\.(\d+)", result)[1])  # type: ignore[index]
                assert f"{sum(numbers):.{places}f}" == re.match(r"-?[\d.]+", result)[0]  # type: ignore[index]


@pytest.mark.parametrize("width", [340, 380, 440, 520])
def test_every_condition_is_written_whole_however_little_room_there_is(model: NeuronModel, width: int) -> None:
    model.set_parameters((1.0, 1.0), -0.5)
    reading = model.reading
    drawing = draw_why(ConditionsData(reading, (True,) * 4, False), Frame(width, 220))
    texts = {mark.text: mark for mark in drawing.marks if isinstance(mark, Text)}
    for wish in reading.wishes:
        written = texts[numbers_text(reading, wish)]
        assert written.rect[0] + written.rect[2] <= width
        assert text_width(written.text, written.size, written.bold) <= written.rect[2]  # at full size, if beneath


# Hands ---------------------------------------------------------------------------------------------------------------


def test_every_heading_of_the_settings_takes_one_line(page: NeuronPage) -> None:
    """“drag or type” stood on a line of its own under “Weights and bias” at 1280 × 800."""
    headings = [section.heading for section in page.left.sections.values()]
    assert all(heading.heightForWidth(192) == heading.line_height for heading in headings)


def test_a_slider_moves_everything_and_is_one_step_of_undo(qtbot: QtBot, page: NeuronPage) -> None:
    slider = page.left.sliders[UnitPart.WEIGHT, 0]
    before = page.document.undo_stack.count()
    track = slider.track
    drag(qtbot, track, QPointF(track.x_of(1.0), 9), QPointF(track.x_of(1.6), 9), QPointF(track.x_of(2.0), 9))
    assert page.model.content.weights == (2.0, 1.0)
    assert page.document.undo_stack.count() == before + 1
    assert cell(page, 3, Z) == "2.50"
    page.document.undo_stack.undo()
    assert page.model.content.weights == (1.0, 1.0)


def test_a_key_nudges_and_shows_the_slope_beside_what_it_measures(qtbot: QtBot, page: NeuronPage) -> None:
    page.model.set_output("logistic")
    number = page.left.sliders[UnitPart.WEIGHT, 1].number
    number.setFocus()
    qtbot.keyClick(number, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not page.left.nudge.isHidden())
    assert page.model.content.weights[1] == 1.05
    measured, derivative = map(float, re.findall(r"= (0\.\d+)", page.left.nudge.text()))
    assert measured == pytest.approx(derivative, rel=0.05) and measured != derivative
    page.model.set_bias(0.0)
    assert page.left.nudge.isHidden()


def test_a_number_on_the_drawing_is_dragged_and_an_input_clicked(qtbot: QtBot, page: NeuronPage) -> None:
    stage = page.stage
    at = place_of(stage, (UnitPart.WEIGHT, 0))
    drag(qtbot, stage, at, at + QPointF(6, 0), at + QPointF(16, 0), every_frame=stage._frames)
    assert page.model.content.weights[0] == pytest.approx(1.5)
    page.document.undo_stack.undo()
    assert page.model.content.weights[0] == 1.0
    qtbot.mouseClick(stage, LEFT, NONE, place_of(stage, (UnitPart.INPUT, 1)).toPoint())
    assert page.model.content.x == (1, 0)
    page.document.undo_stack.undo()
    assert page.model.content.x == (1, 1)


def test_every_part_of_the_drawing_can_be_pointed_at_and_is_said(model: NeuronModel) -> None:
    drawing = draw_stage(model.stage_data, Frame(800, 600))
    for part in UnitPart:
        indices = (0, 1) if part in OF_INPUTS else (ALL,)
        found = {key.key[0] for key in drawing.keyed for index in indices if key.key[1:] == (part, index)}  # type: ignore[index]
        assert {"cell", "unit"} <= found or (part is UnitPart.WEIGHT and {"cell", "number"} <= found), (part, found)
    numbers = {text_of(mark.tip): mark.text for mark in drawing.keyed if mark.input is not None}
    assert numbers == {"w₁": "1.00", "w₂": "1.00", "Bias b": "−0.50"}
    assert len({mark.key for mark in drawing.keyed}) == len(drawing.keyed)


@pytest.mark.parametrize("stage", SignalStage)
def test_every_part_of_the_drawing_has_a_name_and_a_value_for_screen_readers(
    model: NeuronModel, stage: SignalStage
) -> None:
    data = replace(model.stage_data, stage=stage)
    spoken = {part.key: text_of(part.tip) for part in draw_stage(data, Frame(800, 600)).keyed}
    assert all(spoken.values())
    assert spoken["cell", UnitPart.WEIGHT, 0] == "synapse: w₁ = 1.00"
    signal, branch, body, axon = ("1", "1.00", "1.50", "1") if stage is SignalStage.OUTPUT else ("not yet",) * 4
    if stage in (SignalStage.NOTHING, SignalStage.OUTPUT):
        assert spoken["cell", UnitPart.INPUT, 1] == f"signal: x₂ = {signal}"
        assert spoken["cell", UnitPart.WIRE, 1] == f"dendrite: w₂x₂ = {branch}"
        assert spoken["unit", UnitPart.WIRE, 1] == f"wire: w₂x₂ = {branch}"
        assert spoken["cell", UnitPart.SUM, ALL] == f"soma: z = {body}"
        assert spoken["cell", UnitPart.OUTPUT, ALL] == f"axon: y = {axon}"
        assert spoken["cell", UnitPart.THRESHOLD, ALL].startswith("hillock: ")


@pytest.mark.parametrize(("width", "height"), [(366, 300), (415, 330), (760, 430), (1100, 600)])
def test_what_a_part_is_stands_whole_above_its_labels(model: NeuronModel, width: int, height: int) -> None:
    """At 150 % the third line of the threshold's lay behind the labels, and only “θ =” was seen."""
    for part in UnitPart:
        drawing = draw_stage(replace(model.stage_data, pointed=(part, ALL)), Frame(width, height))
        (words,) = [mark for mark in drawing.marks if isinstance(mark, Text) and mark.text == about(part)]
        assert wrapped_height(words.text, words.rect[2], words.size) <= words.rect[3], (part, words)


@pytest.mark.parametrize("width", [640, 800, 1100])
def test_no_line_of_a_column_goes_through_the_title_of_the_unit(model: NeuronModel, width: int) -> None:
    for lit in (None, (UnitPart.INPUT, ALL), (UnitPart.WEIGHT, ALL)):
        drawing = draw_stage(replace(model.stage_data, pointed=lit), Frame(width, 600))
        marks = [inner for mark in drawing.marks for inner in (mark.marks if isinstance(mark, Group) else (mark,))]
        (title,) = [mark for mark in marks if isinstance(mark, Text) and mark.text == "The unit that models it"]
        left, top, wide, high = title.ink_rect
        upright = [mark for mark in marks if isinstance(mark, Line) and mark.start[0] == mark.end[0]]
        beside = [line for line in upright if left <= line.start[0] <= left + wide]
        assert beside and all(line.end[1] <= top or line.start[1] >= top + high for line in beside)


def test_pointing_at_a_part_lights_its_chain_everywhere_and_back(qtbot: QtBot, page: NeuronPage) -> None:
    stage = page.stage
    qtbot.mouseMove(stage, stage.geometry_shown.synapse(1).toPoint())
    assert page.model.pointed_key == (UnitPart.WEIGHT, 1)
    assert page.sum_line.formula.lit == {(UnitPart.WEIGHT, 1)}
    assert page.left.sliders[UnitPart.WEIGHT, 1]._lit and not page.left.sliders[UnitPart.WEIGHT, 0]._lit
    page.sum_line.formula.pointed.emit((UnitPart.SUM, ALL))
    assert page.model.pointed_key == (UnitPart.SUM, ALL)
    page.sum_line.formula.pointed.emit(None)
    assert page.sum_line.formula.lit == set()


def test_the_line_is_moved_and_turned_by_the_mouse(qtbot: QtBot, page: NeuronPage) -> None:
    plane, place = page.right.plane, partial(plane_place, page)
    drag(qtbot, plane, place((0.0, 0.5)), place((0.2, 0.7)), place((0.5, 1.0)), every_frame=plane._frames)
    assert page.model.content.bias == pytest.approx(-1.5, abs=0.03)
    assert page.model.content.weights == (1.0, 1.0)
    handle = arrow(inputs_data(page.model, plane.sight), plane_scale(plane.width(), plane.height()))
    assert handle is not None
    tip = QPointF(*handle[1])
    drag(qtbot, plane, tip, tip + QPointF(20, 20), place((1.4, 0.74)), every_frame=plane._frames)
    w1, w2 = page.model.content.weights
    assert w1 > 1.3 and abs(w2) < 0.2
    assert (w1**2 + w2**2) ** 0.5 == pytest.approx(2**0.5, abs=0.02)
    page.document.undo_stack.undo()
    assert page.model.content.weights == (1.0, 1.0)


@pytest.mark.parametrize("size", [(300, 300), (300, 170), (190, 300)])
def test_w_stands_upright_on_its_line_in_any_room(model: NeuronModel, size: tuple[int, int]) -> None:
    model.set_parameters((2.0, 0.7), -0.9)
    scale, data = plane_scale(*size), inputs_data(model, Sight())
    line, handle = boundary(data.reading.unit, scale), arrow(data, scale)
    assert line is not None and handle is not None
    along, up = ((end[0] - start[0], end[1] - start[1]) for start, end in (line, handle))
    assert along[0] * up[0] + along[1] * up[1] == pytest.approx(0.0, abs=1e-6)
    drawn = draw_plane(data, Frame(*size)).part(LINE)
    assert drawn is not None and drawn.mark.drag


@pytest.mark.parametrize(
    ("weights", "bias", "named"),
    [
        ((1.0, 0.004), 0.3, {"z ≥ 0: fires"}),
        ((1.0, 1.0), -0.5, {"z ≥ 0: fires", "z < 0: silent"}),
        ((-1.0, 0.004), -0.3, {"z < 0: silent"}),
    ],
)
def test_a_side_is_named_only_where_there_is_room_on_it(
    model: NeuronModel, weights: tuple[float, ...], bias: float, named: set[str]
) -> None:
    model.set_parameters(weights, bias)
    data, scale = inputs_data(model, Sight()), plane_scale(300, 300)
    names = [
        mark for mark in flat(draw_plane(data, Frame(300, 300)).marks) if isinstance(mark, Text) and "z" in mark.text
    ]
    assert {mark.text for mark in names} == named
    for mark in names:
        left, top, width, height = mark.ink_rect
        ends = [(x, y) for x in (left, left + width) for y in (top, top + height)]
        assert {data.reading.unit.fires(scale.point(*end, 2)) for end in ends} == {"fires" in mark.text}


def test_wrapped_words_of_the_settings_have_the_height_of_chinese_lines(model: NeuronModel, in_chinese: None) -> None:
    """It was that of English ones, and cut the feet of the letters."""
    drawing = draw_settings(model.content, Frame(700, 220))
    wrapped = [mark for mark in drawing.marks if isinstance(mark, Text) and mark.wrap]
    assert len(wrapped) == 3
    for mark in wrapped:
        metrics = metrics_of(mark.size, mark.bold)
        assert mark.rect[3] >= metrics.boundingRect(mark.text).height() > 0.0


@pytest.mark.parametrize(("weights", "bias"), [((3.0, 1.0), 0.0), ((1.0, -2.5), 0.0), ((3.0,), -2.2)])
def test_a_setting_beyond_the_map_is_pointed_to(model: NeuronModel, weights: tuple[float, ...], bias: float) -> None:
    model.choose_table(TABLES["xor" if len(weights) == 2 else "not"])
    model.set_parameters(weights, bias)
    drawing = draw_settings(model.content, Frame(600, 200))
    assert not any(isinstance(mark, Disc) for mark in drawing.marks)
    assert any(isinstance(mark, Polyline) for mark in drawing.marks)
    assert any(isinstance(mark, Text) and mark.text.endswith("lies beyond the map.") for mark in drawing.marks)
    model.set_parameters(tuple(2.0 for _ in weights), -2.0)
    drawing = draw_settings(model.content, Frame(600, 200))
    assert any(isinstance(mark, Disc) for mark in drawing.marks) and beyond_words(model.content) == ""


def flat(marks: Iterable[Mark]) -> list[Mark]:
    """Marks, those of groups among them."""
    return [part for mark in marks for part in (flat(mark.marks) if isinstance(mark, Group) else [mark])]


@pytest.mark.parametrize("size", [(853, 533), (960, 600)])
def test_at_150_percent_a_question_leaves_its_row_in_sight(
    qtbot: QtBot, window: Opened, page: NeuronPage, size: tuple[int, int]
) -> None:
    """Of the truth table one row was left, above a half-empty card, and the row asked about was another."""
    window.window.resize(*size)
    page.model.choose_table(TABLES["xor"])
    page.actions["neuron_predict"].setChecked(True)
    table, card = page.right.table, page.dock.guess

    def is_in_sight() -> bool:
        whole = table.visibleRegion().boundingRect().height() == table.height()
        is_asked = card.visibleRegion().boundingRect().height() == card.height()
        return whole and is_asked and page.sum_line.isVisible()

    qtbot.waitUntil(is_in_sight)
    page.actions["neuron_predict"].setChecked(False)


@pytest.mark.parametrize("predicting", [False, True])
def test_while_presenting_learning_its_player_stays(window: Opened, page: NeuronPage, predicting: bool) -> None:
    window.window.resize(853, 533)
    page.dock.show_tab(LEARN)
    page.actions["neuron_predict"].setChecked(predicting)
    page.present(True)
    try:
        assert page.dock not in page.aside() and page.dock.learn.bar.isVisible()
    finally:
        page.present(False)
        page.actions["neuron_predict"].setChecked(False)
        page.dock.show_tab(FOLDED)


def test_beside_a_question_the_words_of_learning_have_the_room_of_the_hidden_table(page: NeuronPage) -> None:
    page.dock.show_tab(LEARN)
    page.actions["neuron_predict"].setChecked(True)
    QApplication.processEvents()
    try:
        learn = page.dock.learn
        assert not learn.steps.isVisible()
        assert learn.words.width() > 0.8 * learn.width()
    finally:
        page.actions["neuron_predict"].setChecked(False)
        page.dock.show_tab(FOLDED)


def test_while_presenting_an_open_question_stands_alone(window: Opened, page: NeuronPage) -> None:
    window.window.resize(853, 533)
    page.model.choose_table(TABLES["xor"])
    page.dock.show_tab(WHY)
    page.actions["neuron_predict"].setChecked(True)
    QApplication.processEvents()
    height = page.dock.height()
    page.present(True)
    QApplication.processEvents()
    try:
        assert page.dock.guess.isVisible()
        assert page.dock.guess.visibleRegion().boundingRect().height() == page.dock.guess.height()
        assert not page.dock.tabs.isVisible() and not page.dock.why.isVisible()
        assert page.stage.height() <= page.place.viewport().height()
    finally:
        page.present(False)
    QApplication.processEvents()
    assert page.dock.tabs.isVisible() and page.dock.why.isVisible() and page.dock.height() == height


def test_the_line_is_moved_and_turned_by_keys(qtbot: QtBot, page: NeuronPage) -> None:
    qtbot.keyClick(page.right.plane, Qt.Key.Key_Down)
    assert page.model.content.bias == -0.55
    qtbot.keyClick(page.right.plane, Qt.Key.Key_Right)
    w1, w2 = page.model.content.weights
    assert w1 > 1.0 > w2
    page.document.undo_stack.undo()
    assert (page.model.content.weights, page.model.content.bias) == ((1.0, 1.0), -0.55)
    page.document.undo_stack.undo()
    assert page.model.content.bias == -0.5


def test_a_click_on_a_target_makes_the_table_one_s_own(qtbot: QtBot, page: NeuronPage) -> None:
    table = page.right.table
    qtbot.mouseClick(table, LEFT, NONE, middle_of(table, (TARGET, 3)).toPoint())
    assert page.model.content.targets == TABLES["or"].targets
    assert page.model.content.row == 3
    page.model.look_at(0)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert page.model.content.targets == (True, True, True, True)
    assert page.model.reading.table_key is None
    assert page.left.presets.tiles[None].isChecked()


def test_a_number_of_the_sum_is_dragged_where_it_stands(qtbot: QtBot, page: NeuronPage) -> None:
    formula, key = page.sum_line.formula, (UnitPart.WEIGHT, 0)
    number = formula.boxes_of(key)[1].center()
    before = page.document.undo_stack.count()
    drag(qtbot, formula, number, *(number + QPointF(by, 0) for by in (5, 10, 15)), every_frame=formula._frames)
    assert page.model.content.weights == (1.5, 1.0)
    assert page.document.undo_stack.count() == before + 1
    page.document.undo_stack.undo()
    assert page.model.content.weights == (1.0, 1.0)
    qtbot.mouseClick(formula, LEFT, NONE, formula.boxes_of((UnitPart.THRESHOLD, ALL))[1].center().toPoint())
    assert page.right.origin.key == (UnitPart.THRESHOLD, ALL)
    assert page.document.undo_stack.count() == 1 and page.document.undo_stack.index() == 0


def test_a_slow_drag_moves_line_and_plane_as_far_as_a_fast_one(qtbot: QtBot, page: NeuronPage) -> None:
    def dragged(widget: QWidget, start: QPointF, pixels: int) -> float:
        page.model.set_parameters(weights, -0.1)
        drag(qtbot, widget, start, *(start + QPointF(0, one) for one in range(1, pixels + 1)))
        qtbot.waitUntil(lambda: page.model.content.bias != -0.1)
        slow = page.model.content.bias
        page.model.set_parameters(weights, -0.1)
        drag(qtbot, widget, start, start + QPointF(0, pixels))
        assert page.model.content.bias == slow
        return slow

    page.model.choose_table(TABLES["majority"])
    weights: tuple[float, ...] = (0.1, 0.2, 0.1)
    cube = page.right.plane
    assert dragged(cube, middle_of(cube, LINE) + QPointF(6, 4), 40) > -0.1
    assert page.model.content.weights == weights


def test_an_arrow_that_is_turned_and_turned_back_keeps_the_weights_their_length(qtbot: QtBot, page: NeuronPage) -> None:
    page.model.set_parameters((0.07, 0.02), -0.05)
    plane = page.right.plane
    handle = arrow(inputs_data(page.model, plane.sight), plane_scale(plane.width(), plane.height()))
    assert handle is not None
    tip, foot = QPointF(*handle[1]), plane_place(page, (0.5, 0.5))
    around = [QPointF(math.cos(turn / 9), -math.sin(turn / 9)) * 60.0 for turn in range(57)]
    drag(qtbot, page.right.plane, tip, *(foot + by for by in around), tip, every_frame=page.right.plane._frames)
    assert page.model.content.weights == pytest.approx((0.07, 0.02), abs=0.006)


def test_a_number_whose_input_has_gone_is_not_set(qtbot: QtBot, page: NeuronPage) -> None:
    page.model.choose_table(TABLES["majority"])
    page.stage.type_over((NUMBER, UnitPart.WEIGHT, 2))
    number = page.left.sliders[UnitPart.WEIGHT, 2].number
    number.edit("2")
    page.actions["neuron_table_xor"].trigger()
    assert page.model.content.weights == (1.0, 1.0)
    assert page.stage.editor is None
    page.model.set_weight(2, 5.0)
    assert page.model.content.weights == (1.0, 1.0)


def test_a_number_beyond_its_slider_s_end_is_dragged_without_a_leap(qtbot: QtBot, page: NeuronPage) -> None:
    page.model.set_weight(0, 4.8)
    number = page.left.sliders[UnitPart.WEIGHT, 0].number
    start = QPointF(number.width() / 2, number.height() / 2)
    drag(qtbot, number, start, *(start - QPointF(one, 0) for one in range(3, 40, 3)), every_frame=number._frames)
    assert page.model.content.weights[0] == pytest.approx(4.8 - 0.05 * 36, abs=0.051)


def test_numbers_beyond_their_bounds_are_held(page: NeuronPage) -> None:
    page.model.set_bias(1e9)
    assert page.model.content.bias == 100.0
    assert page.left.sliders[UnitPart.THRESHOLD, ALL].value == 100.0


# Three inputs --------------------------------------------------------------------------------------------------------


def test_three_inputs_are_a_cube_that_can_be_turned(qtbot: QtBot, page: NeuronPage) -> None:
    page.actions["neuron_table_majority"].trigger()
    cube = page.right.plane
    assert len(page.right.table.shown.stages) == 8
    before = cube.sight
    corner = QPointF(4, 4)
    drag(qtbot, cube, corner, corner + QPointF(30, 10), corner + QPointF(60, 20))
    assert cube.sight != before
    turned = cube.sight
    qtbot.keyClick(cube, Qt.Key.Key_Left)
    assert cube.sight.yaw > turned.yaw
    page.actions["neuron_answer"].trigger()
    assert page.model.reading.solved
    assert page.dock.sentence.full_text == "This plane separates them: every row is right."


def test_the_plane_in_the_cube_is_dragged(qtbot: QtBot, page: NeuronPage) -> None:
    page.actions["neuron_table_majority"].trigger()
    page.actions["neuron_answer"].trigger()
    cube = page.right.plane
    middle = middle_of(cube, LINE)
    origin, tip = (QPointF(*cube.cube.place((share,) * 3)) for share in (0.5, 0.8))
    drag(qtbot, cube, middle, middle + (tip - origin) / 2, middle + (tip - origin))
    assert page.model.content.bias == pytest.approx(-1.5 - 3 * 0.3, abs=0.06)


def test_a_table_of_three_that_no_plane_does_says_so(page: NeuronPage) -> None:
    page.model.choose_own(3)
    for row in (1, 2, 4, 7):
        page.model.flip_target(row)
    assert page.dock.tabs.tabText(0) == "Why no plane does it"
    assert "share the middle" in page.dock.sentence.full_text
    assert page.dock.hidden.layer is None and not page.dock.hidden.button.isEnabled()


# The walk ------------------------------------------------------------------------------------------------------------


def test_what_the_walk_has_not_reached_says_so(page: NeuronPage) -> None:
    page.actions["neuron_step"].trigger()
    assert page.model.stage is SignalStage.INPUTS
    assert cell(page, 0, OUTPUT) == "not yet" and cell(page, 3, Z) == "not yet"
    assert "not yet" in page.sum_line.formula.accessibleName()
    with recorded() as said:
        for _ in range(3):
            page.actions["neuron_step"].trigger()
    assert [text for text, _urgent in said] == [
        "Weighted: 0.00, 0.00", "Sum z = −0.50", "Output 0, silent; the target is 0: right",
    ]  # fmt: skip
    assert cell(page, 0, OUTPUT) == "0" and cell(page, 1, OUTPUT) == "not yet"
    assert page.dock.sentence.full_text == "1 of 4 rows are known; the unit gets 1 of them right."
    page.actions["neuron_back"].trigger()
    assert cell(page, 0, OUTPUT) == "not yet"
    page.actions["neuron_reset"].trigger()
    assert "not yet" not in table_words(page)


def test_nothing_that_is_told_or_copied_runs_ahead_of_the_walk(qtbot: QtBot, page: NeuronPage) -> None:
    page.dock.show_tab(WHY)
    page.actions["neuron_step"].trigger()
    qtbot.waitUntil(lambda: page.model.walk_step == 1)
    assert page.dock.why.accessibleDescription().count("not yet") == 4
    assert [row[2] for row in page.right.plane.table().rows] == [None] * 4
    assert [(row[2], row[4]) for row in page.dock.why.table().rows] == [(None, None)] * 4
    page.dock.show_tab(OUTLINE)
    notes = [item.note for item in page.dock.outline._items()]
    assert "0 of 4 rows are known; the unit gets 0 of them right." in notes
    page.walker.leave()
    assert [row[2] for row in page.right.plane.table().rows] == [-0.5, 0.5, 0.5, 1.5]
    page.dock.show_tab(WHY)
    assert "not yet" not in page.dock.why.accessibleDescription(), "it follows once it is opened again"


def test_the_walk_plays_to_its_end_and_changes_nothing(qtbot: QtBot, page: NeuronPage) -> None:
    page.walker.playback.set_speed(200.0)
    qtbot.keyClick(page.widget, Qt.Key.Key_Space)
    assert page.walker.playback.playing and page.bar.play_button.text() == "Pause"
    qtbot.waitUntil(lambda: page.walker.playback.at_end)
    assert "not yet" not in table_words(page)
    assert page.document.undo_stack.count() == 0 and not page.document.unsaved


def test_a_row_that_is_asked_for_ends_the_walk(page: NeuronPage) -> None:
    page.actions["neuron_step"].trigger()
    page.model.look_at(2)
    assert page.model.walk_step is None and page.model.content.row == 2
    assert page.walker.playback.at == 0


@pytest.mark.parametrize("by", ["preset", "switch", "target", "undo"])
def test_another_table_or_the_switch_ends_the_walk(page: NeuronPage, by: str) -> None:
    page.model.choose_table(TABLES["nor"])
    if by == "switch":
        page.actions["neuron_predict"].trigger()
    for _ in range(3):
        page.actions["neuron_step"].trigger()
    assert page.model.walk_step == 3
    if by == "switch":
        page.actions["neuron_predict"].trigger()
    elif by == "preset":
        page.left.presets.chosen.emit("nand")
    elif by == "target":
        page.model.flip_target(3)
    else:
        page.document.undo_stack.undo()
    assert page.model.walk_step is None and not page.walker.on and page.walker.playback.at == 0
    assert "not yet" not in table_words(page)
    right = page.model.known_right[0]
    assert f"{right} of 4 right" in everything_told(page.right)


def test_nobody_counts_rows_that_the_walk_has_not_come_to(page: NeuronPage) -> None:
    page.model.choose_table(TABLES["nand"])
    page.dock.show_tab(WHY)
    assert page.dock.hidden.picture.data.right is not None
    for _ in range(4):
        page.actions["neuron_step"].trigger()
    assert page.right.badge.text() == "1 of 4 known"
    assert page.dock.hidden.picture.data.right is None
    page.actions["neuron_reset"].trigger()
    assert page.dock.hidden.picture.data.right is not None


# Guesses -------------------------------------------------------------------------------------------------------------

SUMS = ("0.58", "0.14", "0.95")
"""Of the last three rows under :func:`guessing`; of the first it is b."""


def guessing(page: NeuronPage) -> None:
    page.model.set_parameters((0.37, 0.81), -0.23)
    page.model.look_at(0)
    page.actions["neuron_predict"].trigger()


def told_in(page: NeuronPage, words: Iterable[str]) -> list[str]:
    """Which of the words stand anywhere in the window, with each tab of the dock in front."""
    seen = ""
    for tab in (LEARN, SETTINGS, OUTLINE, WHY):
        page.dock.show_tab(tab)
        seen += everything_told(page.widget.window())
    return [word for word in words if word in seen]


def test_where_guesses_are_asked_for_nothing_tells_before(page: NeuronPage) -> None:
    guessing(page)
    guess = page.dock.guess
    assert guess.isVisible() and "(0,0)" in guess.text, "the row in sight is asked about at once"
    assert page.model.secret and cell(page, 0, Z) == "not yet"
    assert told_in(page, (*SUMS, "kept", "right: ", "output 0", "output 1")) == []
    assert page.right.badge.text() == "0 of 4 known"
    for _ in range(8):
        if page.walker.on and page.walker.guesses.open:
            guess.revealed.emit()
        else:
            page.actions["neuron_step"].trigger()
        assert told_in(page, SUMS) == []
    assert "(0,1)" in guess.text and page.model.withheld
    guess.choose("-")
    assert guess._verdict.text().startswith("Not quite, it is positive: 0.58. The positive terms add up to ")
    assert told_in(page, SUMS) == ["0.58"] and cell(page, 1, Z) == "0.58"
    page.actions["neuron_predict"].trigger()
    page.actions["neuron_reset"].trigger()
    assert page.dock.hidden.isVisible() and told_in(page, SUMS) == list(SUMS)


@pytest.mark.parametrize("by", ["table", "wish", "point", "input", "reset", "outline"])
def test_whatever_ends_the_walk_what_is_hidden_stays_hidden(qtbot: QtBot, page: NeuronPage, by: str) -> None:
    guessing(page)
    for _ in range(3):
        page.actions["neuron_step"].trigger()
    page.dock.guess.choose("-")
    if by == "table":
        table = page.right.table
        qtbot.mouseClick(table, LEFT, NONE, QPoint(9, round(HEAD + 2.5 * row_height(4))))
    elif by == "wish":
        qtbot.mouseClick(page.dock.why, LEFT, NONE, QPoint(60, 24 + 75))
    elif by == "point":
        qtbot.mouseClick(page.right.plane, LEFT, NONE, plane_place(page, (1, 0)).toPoint())
    elif by == "input":
        page.actions["neuron_input_1"].trigger()
    elif by == "outline":
        page.dock.outline.chosen.emit(("row", 2))
    else:
        page.actions["neuron_reset"].trigger()
    assert page.model.walk_step is None
    assert told_in(page, SUMS) == []
    assert cell(page, 0, Z) == "−0.23", "what was guessed stays in sight"
    if by != "reset":
        assert "(1,0)" in page.dock.guess.text, "the row that was asked for is asked about"
        page.dock.guess.choose("0.14")
        assert told_in(page, SUMS) == ["0.14"]


def test_play_and_step_wait_at_a_question_until_it_is_revealed(page: NeuronPage) -> None:
    guessing(page)
    for _ in range(3):
        page.actions["neuron_step"].trigger()
    page.actions["neuron_play"].trigger()
    assert not page.walker.playback.playing and page.walker.guesses.open
    assert page.dock.guess._verdict.text() == "Guess first, or reveal it."
    page.actions["neuron_step"].trigger()
    assert page.walker.guesses.open and told_in(page, SUMS) == []
    page.dock.guess.revealed.emit()  # going on without an answer is no mistake
    assert cell(page, 0, Z) == "−0.23" and page.dock.guess.score_text == ""
    page.actions["neuron_play"].trigger()
    assert page.walker.playback.playing
    page.walker.playback.advance(10.0)
    assert not page.walker.playback.playing and told_in(page, SUMS) == []


def test_the_next_walk_asks_again_where_the_numbers_are_others(page: NeuronPage) -> None:
    guessing(page)
    for row in range(4):
        page.model.look_at(row)
        page.dock.guess.choose("0.14" if row == 2 else "+" if row else "-")
    assert not page.model.secret and page.dock.guess.score_text == "first tries: 4 of 4 right"
    page.model.set_bias(0.3)
    assert page.model.known_rows == [] and told_in(page, SUMS) == []
    page.model.look_at(1)
    assert page.walker.guesses.open
    for _ in range(3):
        page.actions["neuron_step"].trigger()
    assert page.walker.guesses.open and cell(page, 0, Z) == "not yet"


@pytest.mark.parametrize("way", ["undo", "redo", "taken"])
def test_sums_of_weights_that_come_back_are_to_be_guessed(page: NeuronPage, way: str) -> None:
    """Whoever guessed the rows of one bias has not guessed those of another, whichever way that comes."""
    page.model.choose_table(TABLES["and"])
    page.model.set_parameters((0.37, 0.81), -0.23)
    page.model.look_at(0)
    page.model.set_bias(0.4)
    if way == "redo":
        page.document.undo_stack.undo()
    page.actions["neuron_predict"].trigger()
    page.model.reveal(0, 1, 2, 3)
    assert not page.model.secret
    if way == "taken":
        page.actions["neuron_answer"].trigger()
    else:
        getattr(page.document.undo_stack, way)()
    assert all(map(page.model.hides, range(4))), page.model.known_rows


def test_undo_and_redo_bring_back_the_rows_that_were_known_with_those_weights(page: NeuronPage) -> None:
    guessing(page)
    undo, redo = page.document.undo_stack.undo, page.document.undo_stack.redo
    page.model.reveal(0, 2)
    page.model.set_bias(-0.4)
    assert page.model.known_rows == [] and page.walker.guesses.open
    page.model.reveal(1)
    undo()
    assert page.model.known_rows == [0, 2] and page.right.badge.text() == "2 of 4 known"
    assert told_in(page, SUMS) == ["0.14"], "the row that was revealed with the other bias is still to be guessed"
    redo()
    assert page.model.known_rows == [1]
    undo()
    page.actions["neuron_table_majority"].trigger()
    assert page.model.known_rows == []
    undo()
    assert page.model.known_rows == [0, 2]


def test_what_would_tell_is_veiled_until_all_is_guessed(qtbot: QtBot, page: NeuronPage) -> None:
    guessing(page)
    page.dock.show_tab(SETTINGS)
    assert page.dock.veil.isVisible() and not page.dock.settings.isVisible()
    assert page.right.plane.drawing.part(LINE) is None, "no cursor tells where the line is"
    for row in range(4):
        page.model.look_at(row)
        page.walker.guesses.give_up()
    assert not page.dock.veil.isVisible() and page.dock.settings.isVisible()


def test_learning_asks_for_each_row_before_it_shows_what_comes_of_it(qtbot: QtBot, page: NeuronPage) -> None:
    guessing(page)
    page.actions["neuron_table_and"].trigger()
    page.model.set_parameters((0.5, -0.5), 0.2)
    page.model.look_at(3)
    page.dock.show_tab(LEARN)
    qtbot.waitUntil(lambda: page.learner.learning is not None)
    learning, guess, table = page.learner.learning, page.dock.guess, page.dock.learn.steps.source
    assert learning is not None and len(learning.steps) > 4
    page.learner.playback.set_speed(100.0)
    assert table.rowCount() == 0, "no step is told that has not been done"
    page.actions["neuron_step"].trigger()
    assert page.learner.playback.at == 0 and "(0,0)" in guess.text, "it leads to the row that is shown next"
    page.actions["neuron_play"].trigger()
    assert guess._verdict.text() == "Guess first, or reveal it." and page.learner.playback.at == 0
    page.learner.playback.go(len(learning.steps))
    assert page.learner.playback.at == 0, "nor does the scrubber go past what is asked"
    for number, step in enumerate(learning.steps, 1):
        assert page.model.content.row == step.row
        if page.walker.guesses.open:
            assert cell(page, step.row, Z) == "not yet"
            page.walker.guesses.give_up()
        assert guess._next.text() == "Next step"
        qtbot.mouseClick(guess._next, LEFT)
        qtbot.waitUntil(partial(_done, page, number))
        assert table.rowCount() == number and page.model.content.unit == step.after
        if step.moved:
            assert all(map(page.model.hides, range(4))), "the sums are others, and are to be guessed anew"
            assert table._texts[-1][3].endswith("→ ?")
        for told, one in zip(table._texts, learning.steps, strict=False):
            assert (told[-1] == "?") is (page.model.secret and one.after == page.model.content.unit)
    assert page.learner.ended and page.model.secret
    assert "Guess the rows" in page.dock.learn.words.text()
    for row in range(4):
        page.model.look_at(row)
        page.walker.guesses.give_up()
    assert page.dock.learn.words.text() == f"Learnt after {len(learning.steps)} steps: every row is right."
    assert table._texts[-1][-1] == "4"


def test_guessing_that_begins_after_a_step_hides_what_that_step_told(qtbot: QtBot, page: NeuronPage) -> None:
    page.actions["neuron_table_and"].trigger()
    page.model.set_parameters((0.5, 0.5), -0.75)  # right already in the first row, wrong in none
    page.model.flip_target(3)
    prepared(qtbot, page)
    page.learner.playback.go(1)
    learn, step = page.dock.learn, page.learner.step
    assert step is not None and not step.moved and "y = 0" in learn.words.text()
    page.actions["neuron_predict"].trigger()
    assert page.model.hides(step.row) and "y" not in learn.words.text().replace("you", "") and learn.formula.isHidden()
    assert learn.steps.source._texts[0][3] == "?" == learn.steps.source._texts[0][-1]
    page.model.look_at(step.row)
    page.walker.guesses.give_up()
    assert "y = 0" in learn.words.text() and learn.steps.source._texts[0][3] == "0" and not learn.formula.isHidden()


def test_switched_on_the_card_has_the_keyboard_and_its_keys_lead_through_all_rows(
    qtbot: QtBot, page: NeuronPage
) -> None:
    guessing(page)
    guess = page.dock.guess
    qtbot.waitUntil(guess.hasFocus)
    for row in range(4):
        assert page.model.content.row == row
        qtbot.keyClicks(guess, "0" if guess.shows_field else "+" if row else "-")
        if guess.shows_field:
            qtbot.keyClicks(guess._field, ".14")
            qtbot.keyClick(guess._field, Qt.Key.Key_Return)
        assert not page.model.hides(row) and guess.hasFocus()
        qtbot.keyClick(guess, Qt.Key.Key_Return)
    assert not page.model.secret


def test_training_asks_for_what_a_step_changes_and_hides_the_table(qtbot: QtBot, page: NeuronPage) -> None:
    page.actions["neuron_table_and"].trigger()
    page.model.set_parameters((0.4, 0.3), -0.1)
    page.model.look_at(3)
    prepared(qtbot, page)
    page.actions["neuron_predict"].trigger()
    guess, learn = page.dock.guess, page.dock.learn
    assert guess.text == "Play: before each step you're asked what it changes." and not shown_choices(guess)
    page.actions["neuron_play"].trigger()
    assert guess.text == "Row (0,0), target 0: by how much does this step change b? (±5 %)"
    assert not learn.steps.isVisible()
    guess.choose("0.0")  # z = −0.1: silent, as it should be
    assert not page.walker.guesses.open
    page.actions["neuron_step"].trigger()
    assert page.model.content.row == 1 and not learn.steps.isVisible()
    assert guess.text == "Row (0,1), target 0: by how much does this step change b? (±5 %)"
    guess.choose("-1")
    assert guess._verdict.text() == "The learning rate η is missing. Try once more."
    guess.choose("-0.5")  # z = 0.2: it fires and should not
    assert guess._verdict.text() == "Right: −0.5." and page.model.content.bias == -0.1
    page.actions["neuron_step"].trigger()
    assert page.model.content.bias == -0.6 and page.model.content.weights == (0.4, -0.2)
    page.actions["neuron_predict"].trigger()
    assert learn.steps.isVisible()


def test_a_row_whose_sum_was_asked_is_asked_what_its_step_changes(qtbot: QtBot, page: NeuronPage) -> None:
    page.actions["neuron_table_xor"].trigger()
    page.model.set_parameters((0.4, 0.3), -0.1)
    page.model.look_at(0)
    page.actions["neuron_predict"].trigger()
    guess, learn = page.dock.guess, page.dock.learn
    guess.revealed.emit()
    prepared(qtbot, page)
    assert guess.text == "Row (0,0), target 0: by how much does this step change b? (±5 %)" and page.walker.guesses.open
    assert learn.formula.isHidden() and "guess what this step changes" in learn.words.text()
    assert not page.model.stage_data.judged, "“✓ right here” would give the change away"
    page.actions["neuron_step"].trigger()
    assert page.learner.playback.at == 0, "the step waits for the answer"
    guess.choose("0")
    assert page.model.stage_data.judged
    assert not learn.formula.isHidden()
    page.actions["neuron_step"].trigger()
    assert page.learner.playback.at == 1
    page.model.look_at(0)
    page.learner.playback.go(0)
    assert guess.text == "Row (0,0), target 0: by how much does this step change b? (±5 %)"
    assert not page.walker.guesses.open, "it was asked before"


def test_a_step_of_training_is_the_same_in_card_words_and_picture(qtbot: QtBot, page: NeuronPage) -> None:
    page.actions["neuron_table_and"].trigger()
    page.model.set_parameters((0.4, 0.3), -0.1)
    page.model.look_at(3)
    prepared(qtbot, page)
    page.actions["neuron_predict"].trigger()
    guess, words, playback = page.dock.guess, page.dock.learn.words, page.learner.playback
    playback.set_speed(0.5)
    for row, t, output, change in (("(0,0)", 0, 0, "0"), ("(0,1)", 0, 1, "-0.5"), ("(1,0)", 0, 0, "0")):
        page.actions["neuron_play"].trigger()
        assert not playback.playing and guess.text.startswith(f"Row {row}, target {t}:")
        assert words.text() == f"Row {row}, target {t}: guess what this step changes."
        assert row_name(page.model.reading.now.x) == row and page.dock.learn.formula.isHidden()
        guess.choose(change)
        effect = "so the weights move." if float(change) else "so nothing changes."
        assert words.text() == f"Row {row}, target {t}: y = {output}, {effect}"
        assert row_name(page.model.reading.now.x) == row and guess._verdict.text().startswith("Right")
        assert not page.dock.learn.formula.isHidden()
    page.actions["neuron_play"].trigger()
    page.actions["neuron_predict"].trigger()
    assert "(1,0)" in words.text() and row_name(page.model.reading.now.x) == "(1,0)"


def _done(page: NeuronPage, steps: int) -> bool:
    return page.learner.playback.at == steps and not page.learner.playback.playing


def test_after_a_guess_the_next_row_is_offered(qtbot: QtBot, page: NeuronPage) -> None:
    guessing(page)
    guess = page.dock.guess
    for row in range(4):
        assert page.model.content.row == row and not guess._next.isVisible(), "there is a question to be answered first"
        page.walker.guesses.give_up()
        assert guess._next.isVisible() is (row < 3)
        if row < 3:
            assert guess._next.text() == "Next row"
            qtbot.mouseClick(guess._next, LEFT)


@pytest.mark.parametrize("by", ["new", "another table"])
def test_other_rows_have_not_been_guessed_yet(page: NeuronPage, by: str) -> None:
    guessing(page)
    page.dock.guess.choose("-")
    assert not page.model.hides(0)
    if by == "new":
        page.document.new()
    else:
        page.actions["neuron_table_majority"].trigger()
    assert all(map(page.model.hides, range(len(page.model.content.targets))))
    assert page.walker.guesses.open and page.model.secret


def test_no_row_on_the_line_of_sums_hides_another(model: NeuronModel) -> None:
    model.choose_table(TABLES["majority"])
    model.flip_target(1)
    reading = model.reading
    assert [place.weighted for place in reading.places if place.fires and place.silent] == [1.0]
    assert "both sum to 1.00" in room_words(reading)
    for scale in (20.0, 100.0):
        seen = [(fires, count) for _, crowd in dots(reading.places, scale) for _, fires, count in crowd]
        assert seen == [(False, 1), (False, 2), (True, 1), (True, 3), (True, 1)]
    model.set_weight(0, 0.97)  # another sum, under the same dot
    crowds = [crowd for _, crowd in dots(model.reading.places, 100.0)]
    apart = [abs(a - b) for a, b in pairwise(x for x, _ in dots(model.reading.places, 100.0))]
    assert any({fires for _, fires, _ in crowd} == {True, False} for crowd in crowds) and min(apart) >= CROWDED


def test_neither_a_nudge_nor_the_lesson_tells(page: NeuronPage) -> None:
    page.actions["neuron_table_and"].trigger()
    guessing(page)
    page.left.sliders[UnitPart.WEIGHT, 0].nudged.emit(0.37, 0.42)
    assert not page.left.nudge.isVisible()
    page.model.set_parameters((1.0, 1.0), -1.5)
    assert page.model.reading.solved and "and" not in page.left.lesson._seen
    page.actions["neuron_predict"].trigger()
    assert "and" in page.left.lesson._seen


def test_all_settings_count_as_looked_at_once_they_are_shown(page: NeuronPage) -> None:
    page.actions["neuron_table_xor"].trigger()
    guessing(page)
    page.dock.show_tab(SETTINGS)
    assert "xor" not in page.left.lesson.done
    page.actions["neuron_predict"].trigger()
    assert "xor" in page.left.lesson.done


# Learning ------------------------------------------------------------------------------------------------------------


def prepared(qtbot: QtBot, page: NeuronPage) -> None:
    page.dock.show_tab(LEARN)
    qtbot.waitUntil(lambda: page.learner.learning is not None)


def test_the_rule_learns_and_on_the_same_picture(qtbot: QtBot, page: NeuronPage) -> None:
    page.actions["neuron_table_nand"].trigger()
    prepared(qtbot, page)
    learning = page.learner.learning
    assert learning is not None and learning.end == "learnt"
    page.actions["neuron_step"].trigger()
    assert page.model.content.unit == learning.steps[0].after
    page.learner.playback.go(len(learning.steps))
    assert page.model.reading.solved
    assert page.dock.learn.words.text().startswith("Learnt after")
    page.actions["neuron_back"].trigger()
    assert page.model.content.unit == learning.unit_after(len(learning.steps) - 1)
    page.document.undo_stack.undo()
    assert page.model.content.weights == (1.0, 1.0)


def test_learning_plays_by_space_and_xor_goes_round_for_ever(qtbot: QtBot, page: NeuronPage) -> None:
    prepared(qtbot, page)
    page.learner.playback.set_speed(400.0)
    with recorded() as said:
        qtbot.keyClick(page.widget, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: page.learner.playback.at_end)
    assert page.dock.learn.words.text().startswith("It goes round in circles")
    assert any("in circles" in text for text, _urgent in said)
    page.dock.show_tab(SETTINGS)
    page.model.set_weight(0, 2.0)
    assert page.learner.learning is None and page.learner.playback.length == 0


def test_a_rate_of_any_size_is_shown_as_it_is(qtbot: QtBot, page: NeuronPage) -> None:
    page.document.load("", page.model.content.changed(rate=7.125))
    assert page.dock.learn.rate.number.text == "7.125"
    page.dock.show_tab(LEARN)
    qtbot.waitUntil(lambda: page.learner.learning is not None)
    page.learner.playback.step()
    qtbot.waitUntil(lambda: page.learner.playback.at == 1)
    assert "7.125" in page.dock.learn.formula.accessibleName()
    page.model.set_rate(0.5)
    assert (page.dock.learn.rate.number.text, page.dock.learn.rate.number.maximum) == ("0.50", 2.0)


def test_learning_that_would_go_beyond_the_bounds_says_so(qtbot: QtBot, page: NeuronPage) -> None:
    content = {"weights": (-100.0, 0.0), "bias": 95.0, "targets": (True, True, False, True), "rate": 10.0}
    page.document.load("", page.model.content.changed(**content))
    page.dock.show_tab(LEARN)
    qtbot.waitUntil(lambda: page.learner.learning is not None)
    page.learner.playback.go(page.learner.playback.length)
    qtbot.waitUntil(lambda: page.learner.playback.at_end)
    assert page.dock.learn.words.text().startswith("Stopped after 3 steps: the next would exceed ±100.")


def test_where_a_change_comes_from_is_put_away_with_its_run(qtbot: QtBot, page: NeuronPage) -> None:
    page.dock.show_tab(LEARN)
    qtbot.waitUntil(lambda: page.learner.learning is not None)
    page.learner.playback.step()
    qtbot.waitUntil(lambda: page.learner.step is not None)
    page.explain((CHANGE, 0))
    assert page.right.origin.key == (CHANGE, 0)
    page.dock.show_tab(WHY)
    page.model.set_bias(0.25)
    assert page.right.origin.key is None


def test_an_edit_by_hand_begins_another_run(qtbot: QtBot, page: NeuronPage) -> None:
    page.actions["neuron_table_and"].trigger()
    prepared(qtbot, page)
    page.actions["neuron_step"].trigger()
    page.model.set_bias(-3.0)
    qtbot.waitUntil(lambda: page.learner.learning is not None)
    assert page.learner.learning is not None and page.learner.learning.start.bias == -3.0


@pytest.mark.parametrize("edit", ["weight", "undo", "new", "own"])
def test_learning_can_be_played_after_any_edit(qtbot: QtBot, window: Opened, page: NeuronPage, edit: str) -> None:
    prepared(qtbot, page)
    page.actions["neuron_step"].trigger()
    edits: dict[str, Callable[[], object]] = {
        "weight": lambda: page.model.set_weight(0, -1.0),
        "undo": window.actions["undo"].trigger,
        "new": page.document.new,
        "own": lambda: page.model.choose_own(3),
    }
    edits[edit]()
    qtbot.waitUntil(lambda: page.dock.learn.bar.play_button.isEnabled())
    steps = page.dock.learn.steps.source
    assert steps.rowCount() == page.learner.playback.length > 0
    heads = [steps.headerData(column, Qt.Orientation.Horizontal) for column in range(steps.columnCount())]
    assert heads[4:-2] == ["w₁", "w₂", "w₃"][: page.learner.inputs]


@pytest.mark.parametrize("table", ["or", "majority"])
@pytest.mark.parametrize("output", ["step", "logistic", "tanh"])
def test_the_steps_are_shown_whole_with_outputs_before_and_after(
    qtbot: QtBot, page: NeuronPage, table: str, output: OutputKey
) -> None:
    page.actions[f"neuron_table_{table}"].trigger()
    page.model.set_output(output)
    page.model.set_parameters((-1.0,) * page.learner.inputs, -0.4)
    prepared(qtbot, page)
    steps, source = page.dock.learn.steps, page.dock.learn.steps.source
    metrics = QFontMetrics(steps.font())
    for column in range(source.columnCount()):
        for row in range(source.rowCount()):
            text = str(source.index(row, column).data())
            assert metrics.horizontalAdvance(text) < steps.horizontalHeader().sectionSize(column), text
    learning = page.learner.learning
    assert learning is not None
    number = next(number for number, step in enumerate(learning.steps) if step.output != step.output_after)
    step = learning.steps[number]
    page.learner.playback.go(number + 1)
    before, after = map(float, str(source.index(number, 3).data()).replace("−", "-").split(" → "))
    assert (before, after) == pytest.approx((step.output, step.after.value(step.x)), abs=6e-4)
    assert after == pytest.approx(page.model.reading.now.output, abs=6e-4)  # what the drawing shows


@pytest.mark.parametrize(
    ("output", "named"), [("step", "Rosenblatt"), ("logistic", "cross-entropy"), ("tanh", "cross-entropy of (1 + y)/2")]
)
def test_the_rule_is_named_by_what_it_does(qtbot: QtBot, page: NeuronPage, output: OutputKey, named: str) -> None:
    page.model.set_output(output)
    prepared(qtbot, page)
    words = page.dock.learn.words.text().replace("\N{NO-BREAK SPACE}", " ")
    assert named in words and ". " not in words, "it is one sentence"
    assert ("A wrong row" in words) is (output == "step")


def test_a_step_by_key_flips_no_target(qtbot: QtBot, page: NeuronPage) -> None:
    prepared(qtbot, page)
    page.right.table.setFocus()
    targets = page.model.content.targets
    qtbot.keyClick(page.right.table, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert page.model.content.targets == targets and page.learner.playback.at == 1


def test_what_no_unit_learns_leads_to_the_hidden_layer(qtbot: QtBot, page: NeuronPage) -> None:
    prepared(qtbot, page)
    assert page.dock.learn.way_out.isHidden()
    page.learner.playback.go(page.learner.playback.length)
    assert not page.dock.learn.way_out.isHidden() and page.dock.learn.way_out.isEnabled()


# Where numbers come from ---------------------------------------------------------------------------------------------


def test_a_number_says_where_it_comes_from_and_torch_agrees(qtbot: QtBot, page: NeuronPage) -> None:
    page.model.set_output("logistic")
    qtbot.mouseClick(page.stage, LEFT, NONE, place_of(page.stage, (UnitPart.OUTPUT, ALL)).toPoint())
    card = page.right.origin
    assert card.isVisible() and card.key == (UnitPart.OUTPUT, ALL)
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    assert card.parents[0] == (UnitPart.SUM, ALL)
    card.go_on_to(card.parents[1])
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    card.copy_code()
    page.explain((UnitPart.SUM, ALL))
    card.copy_code()
    assert "torch.sigmoid(z)" in QGuiApplication.clipboard().text()
    card.put_away()
    assert page.right.pictures.currentWidget() is page.right.plane


@pytest.mark.parametrize("output", ["step", "logistic", "tanh"])
def test_every_number_of_the_page_has_an_origin(qtbot: QtBot, page: NeuronPage, output: str) -> None:
    page.model.set_output(output)  # type: ignore[arg-type]
    prepared(qtbot, page)
    page.learner.playback.step()
    origins = page.right.origin._fact_of
    keys = [(UnitPart.SUM, ALL), (UnitPart.OUTPUT, ALL), (UnitPart.THRESHOLD, ALL)]
    keys += [(part, index) for part in (UnitPart.INPUT, UnitPart.WEIGHT, UnitPart.WIRE) for index in (0, 1, ALL)]
    for key in [*keys, *((kind, index) for kind in ("slope", "change") for index in range(3))]:
        fact = origins(key)
        assert fact is not None and fact.value is not None, key
        if fact.check is not None:
            assert fact.check().value == pytest.approx(fact.value, rel=1e-9, abs=1e-12), key
        assert all(origins(parent.key) is not None for parent in fact.parents)
    assert origins((UnitPart.WEIGHT, 7)) is None and origins("nothing") is None


def test_the_product_on_a_wire_says_where_it_comes_from(qtbot: QtBot, page: NeuronPage) -> None:
    """The wire answered, the number that stands beside it didn't."""
    stage = page.stage
    for index in range(2):
        qtbot.mouseClick(stage, LEFT, NONE, stage.geometry_shown.product(index).toPoint())
        assert page.right.origin.key == (UnitPart.WIRE, index)


def test_what_is_not_known_yet_has_no_value_in_its_origin(page: NeuronPage) -> None:
    page.actions["neuron_step"].trigger()
    fact = page.right.origin._fact_of((UnitPart.SUM, ALL))
    assert fact is not None and fact.value is None and fact.worked == ""


# All settings, outline, files ----------------------------------------------------------------------------------------


def test_the_map_of_settings_takes_a_click(qtbot: QtBot, page: NeuronPage) -> None:
    page.dock.show_tab(SETTINGS)
    view = page.dock.settings
    assert "0 of 68,921" in view.accessibleName()
    left, top, side, _ = map_area(view.height())
    qtbot.mouseClick(view, LEFT, NONE, QPoint(int(left + 2), int(top + 2)))
    assert page.model.content.weights == (-2.0, 2.0)
    page.document.undo_stack.undo()
    assert page.model.content.weights == (1.0, 1.0)
    start, stop = QPointF(left + side / 2, top + side / 2), QPointF(left + side - 2, top + 2)
    drag(qtbot, view, start, start + QPointF(9, 9), stop, every_frame=view._frames)
    assert page.model.content.weights == (2.0, 2.0)
    page.document.undo_stack.undo()
    assert page.model.content.weights == (1.0, 1.0), "a drag is one step"


def test_clicks_on_the_map_after_a_drag_are_steps_of_their_own(qtbot: QtBot, page: NeuronPage) -> None:
    page.dock.show_tab(SETTINGS)
    view = page.dock.settings
    left, top, side, _ = map_area(view.height())
    start, stop = QPointF(left + side / 2, top + side / 2), QPointF(left + side - 2, top + 2)
    drag(qtbot, view, start, start + QPointF(9, 9), stop, every_frame=view._frames)
    for x in (left + 2, left + side / 2):
        qtbot.mouseClick(view, LEFT, NONE, QPoint(int(x), int(top + 2)))
    page.document.undo_stack.undo()
    assert page.model.content.weights == (-2.0, 2.0)
    page.document.undo_stack.undo()
    assert page.model.content.weights == (2.0, 2.0)


def escaped_drag(qtbot: QtBot, view: DrawingView, start: QPointF, *stops: QPointF) -> None:
    """Drag, and take it back before the release."""
    qtbot.mousePress(view, LEFT, NONE, start.toPoint())
    for stop in stops:
        qtbot.mouseMove(view, stop.toPoint())
        view._frames.flush()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view, LEFT, NONE, stops[-1].toPoint())


def test_escape_takes_a_drag_on_the_map_back(qtbot: QtBot, page: NeuronPage) -> None:
    page.dock.show_tab(SETTINGS)
    view, before = page.dock.settings, page.model.content
    left, top, side, _ = map_area(view.height())
    start = QPointF(left + side / 2, top + side / 2)
    escaped_drag(qtbot, view, start, start + QPointF(9, 9), QPointF(left + side - 2, top + 2))
    assert page.model.content == before and page.document.undo_stack.count() == 0


def test_escape_takes_a_drag_of_the_line_back_to_every_decimal(qtbot: QtBot, page: NeuronPage) -> None:
    page.model.set_parameters((1.2345, 0.9876), -0.4567)
    before, steps, plane = page.model.content, page.document.undo_stack.count(), page.right.plane
    start = middle_of(plane, LINE)
    escaped_drag(qtbot, plane, start, start + QPointF(9, 9), start + QPointF(20, 20))
    assert page.model.content == before and page.document.undo_stack.count() == steps


@pytest.mark.parametrize("inputs", [2, 3])
def test_arrow_keys_go_from_row_to_row_where_the_ring_is_on_one(qtbot: QtBot, page: NeuronPage, inputs: int) -> None:
    page.model.choose_own(inputs)
    plane, before, sight = page.right.plane, page.model.content, page.right.plane.sight
    plane.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(plane, Qt.Key.Key_End)
    reached = set()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right) * 4:
        qtbot.keyClick(plane, key)
        reached.add(plane._pointed)
    assert reached <= set(range(2**inputs)) and len(reached) >= 4
    assert page.model.content == before and plane.sight == sight
    qtbot.keyClick(plane, Qt.Key.Key_Home)
    qtbot.keyClick(plane, Qt.Key.Key_Up)
    assert (page.model.content, plane.sight) != (before, sight), "the boundary, or the cube, is moved as ever"


def test_the_outline_says_and_edits_the_same(qtbot: QtBot, page: NeuronPage) -> None:
    page.actions["neuron_outline"].trigger()
    outline = page.dock.outline
    assert page.dock.front == OUTLINE and outline.hasFocus()
    texts = [str(outline.outline.index_of(("row", row)).data()) for row in range(4)]
    assert texts[3] == "(1,1): output 1, target 0, wrong"
    outline.number_edited.emit((UnitPart.WEIGHT, 1), -0.75)
    assert page.model.content.weights == (1.0, -0.75)
    outline.chosen.emit(("row", 1))
    assert page.model.content.row == 1


def test_the_hidden_layer_opens_solved_in_the_playground(qtbot: QtBot, window: Opened, page: NeuronPage) -> None:
    qtbot.mouseClick(page.dock.hidden.button, LEFT)
    document = window.window.pages.current.document
    assert isinstance(document, OpenNetwork)
    assert [block.kind for block in document.network.graph.blocks] == ["input", "dense", "output"]
    assert "XOR" in document.title
    window.window.pages.build_all()
    trainer = document.trainer
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.accuracy == 1.0)
    document.undo_stack.undo()
    assert "XOR" not in document.title, "there is a way back, even to what nothing was done with"


def test_it_is_said_what_becomes_of_the_bias_over_there(page: NeuronPage) -> None:
    page.model.set_bias(-0.75)
    assert "b = −0.75 becomes 1.50" in page.dock.hidden._about.full_text


def test_the_sentence_on_a_table_of_three_is_shown_whole(qtbot: QtBot, page: NeuronPage) -> None:
    page.model.choose_own(3)
    for row in (1, 6):
        page.model.flip_target(row)
    assert "share the middle" in page.dock.sentence.full_text
    assert page.dock.sentence.text() == page.dock.sentence.full_text


@pytest.mark.parametrize("turned", [(0.0, 0.0), (40.0, 90.0), (-70.0, -200.0)])
def test_no_corner_of_the_cube_is_cut_with_its_rings(page: NeuronPage, turned: tuple[float, float]) -> None:
    page.model.choose_own(3)
    cube = page.right.plane
    cube.look_from(cube.sight, *turned)
    for corner in rows(3):
        at = QPointF(*cube.cube.place(corner))
        assert cube.rect().contains(QRectF(at.x() - 19, at.y() - 19, 38, 38).toAlignedRect())


@pytest.mark.parametrize("turned", [(0.0, 0.0), (40.0, 20.0), (-70.0, -200.0), (130.0, 10.0)])
@pytest.mark.parametrize("fires", [(1, 2, 4, 7), (1, 6), (3, 4), (0, 3, 7)])
def test_the_name_of_what_lies_in_both_hulls_lies_on_no_corner(
    page: NeuronPage, turned: tuple[float, float], fires: tuple[int, ...]
) -> None:
    page.model.choose_own(3)
    for row in fires:
        page.model.flip_target(row)
    cube = page.right.plane
    cube.look_from(cube.sight, *turned)
    why = page.model.reading.why_none
    assert why is not None
    at, corners = cube.cube.place(tuple(map(float, why.meeting))), [cube.cube.place(row) for row in rows(3)]
    words = f"{fraction_name(why.meeting)} lies on both"
    box = QRectF(*name_place(at, words, (0, 0, cube.width(), cube.height()), points=corners))
    assert QRectF(cube.rect()).contains(box)
    assert not any(box.adjusted(-RADIUS, -RADIUS, RADIUS, RADIUS).contains(*corner) for corner in corners)


def test_learning_moves_a_plane_where_there_are_three_inputs(page: NeuronPage) -> None:
    for table, surface in (("majority", "moves the plane"), ("and", "moves the line"), ("not", "moves the boundary")):
        page.model.choose_table(TABLES[table])
        assert surface in page.dock.learn._rule(page.model.content.output, page.model.content.unit.inputs)


def test_of_three_inputs_there_are_planes_and_the_button_says_why_it_is_off(page: NeuronPage) -> None:
    page.model.choose_own(3)
    for row in (0, 3, 7):
        page.model.flip_target(row)
    card = page.dock.hidden
    assert card.layer is not None
    assert "planes" in card._title.text()
    assert not card.button.isEnabled()
    assert "only tables of two open there" in card.button.toolTip()
    page.model.choose_table(TABLES["xor"])
    assert "lines" in card._title.text()
    assert card.button.isEnabled()


@pytest.mark.parametrize("answer", ["Discard", "Cancel"])
def test_the_hidden_layer_opens_after_a_question_too(
    qtbot: QtBot, window: Opened, page: NeuronPage, answer: str
) -> None:
    window.window.visit("playground")
    window.window.pages.build_all()
    playground = window.window.pages.current
    assert isinstance(playground, PlaygroundPage)
    window.window.visit("neuron")
    network = playground.network
    network.edit("edit", hyper=network.hyper.model_copy(update={"learning_rate": 0.123}))
    qtbot.mouseClick(page.dock.hidden.button, LEFT)
    box = window.window.findChild(QMessageBox, "unsavedQuestion")
    assert box is not None
    box.button(getattr(QMessageBox.StandardButton, answer)).click()
    assert window.window.messages.text == ""
    assert ("XOR" in network.title) is (answer == "Discard")


def test_what_was_said_goes_with_the_page_it_was_said_on(qtbot: QtBot, window: Opened, page: NeuronPage) -> None:
    messages = window.window.messages
    page.host.messages.say("An error of this page.", "problem")
    top = messages.mapTo(window.window, QPoint(0, 0)).y()
    line = page.sum_line
    qtbot.waitUntil(lambda: line.mapTo(window.window, line.rect().bottomLeft()).y() < top)
    assert not messages._goes
    window.window.visit("activations")
    assert messages.text == ""
    messages.say("Wait?", "problem", [("Yes", lambda: None)])
    window.window.visit("neuron")
    assert messages.text == "Wait?" and not messages._goes
    window.window.bindings.say_internal_error("ValueError")
    window.window.visit("activations")
    assert "ValueError" in messages.text and messages._goes


@pytest.mark.parametrize("inputs", [1, 2, 3])
def test_without_the_cell_the_pills_stay_near_the_unit_however_high_the_drawing_is(inputs: int) -> None:
    """As on a beamer at 150 %."""
    low, high = Geometry(410, 270, inputs), Geometry(410, 420, inputs)
    assert low.folded and high.folded and high.scale == low.scale
    assert high.unit_y - high.pills_y < low.unit_y - low.pills_y + 12
    assert high.top > 30 and high.bias.y() < high.height - high.top


@pytest.mark.parametrize("inputs", [1, 2, 3])
def test_in_a_small_window_the_cell_folds_away_and_the_unit_stays(
    qtbot: QtBot, window: Opened, page: NeuronPage, inputs: int
) -> None:
    page.model.choose_own(inputs)
    page.dock.show_tab(WHY)
    window.window.resize(960, 600)
    qtbot.waitUntil(lambda: page.stage.geometry_shown.folded)
    qtbot.waitUntil(lambda: page.stage.visibleRegion().boundingRect() == page.stage.rect())  # no scroll bar
    ground = page.stage.rect()
    assert page.dock.hidden.picture.isVisible()
    parts = (UnitPart.INPUT, UnitPart.WEIGHT, UnitPart.SUM, UnitPart.THRESHOLD, UnitPart.OUTPUT)
    for part in parts:
        key = (part, inputs - 1 if part in (UnitPart.INPUT, UnitPart.WEIGHT) else ALL)
        assert ground.contains(place_of(page.stage, key).toPoint())
    qtbot.waitUntil(lambda: page.sum_line.height() < 70)
    at = place_of(page.stage, (UnitPart.WEIGHT, 0))
    drag(qtbot, page.stage, at, at + QPointF(6, 0), at + QPointF(16, 0), every_frame=page.stage._frames)
    assert page.model.content.weights[0] == pytest.approx(1.5)


def test_a_neuron_is_saved_and_opened(window: Opened, page: NeuronPage, tmp_path: Path) -> None:
    page.model.set_weight(0, -1.25)
    path = tmp_path / "mine.loom"
    page.document.save(path)
    assert FORM.read(path)[1] == page.document.value
    page.document.new()
    assert page.document.value == NeuronContent()
    window.drop(path)
    assert page.document.value.weights == (-1.25, 1.0) and page.document.path == path


def test_drawings_are_saved_as_pictures_and_lines(page: NeuronPage, tmp_path: Path) -> None:
    page.dock.show_tab(WHY)
    for name, button in (("stage", page.copy), ("plane", page.right.copy), ("why", page.dock.copy)):
        button.save_picture(str(tmp_path / f"{name}.png"))
        button.save_drawing(str(tmp_path / f"{name}.svg"))
        assert (tmp_path / f"{name}.png").stat().st_size > 2_000
        assert b"<path" in (tmp_path / f"{name}.svg").read_bytes()
        assert len(button.table().rows) == 4


def test_the_button_is_no_part_of_the_picture(page: NeuronPage, tmp_path: Path) -> None:
    pictures = []
    for shown in (True, False):
        page.copy.setVisible(shown)
        page.copy.save_picture(str(tmp_path / f"{shown}.png"))
        pictures.append(QImage(str(tmp_path / f"{shown}.png")))
    assert pictures[0] == pictures[1] and not pictures[0].isNull()


def test_every_action_has_a_shortcut_and_a_tooltip(page: NeuronPage) -> None:
    for name, action in page.actions:
        assert action.shortcuts(), name
        assert action.toolTip(), name


def test_the_threshold_is_the_bias_turned_round_and_nudged_too(qtbot: QtBot, page: NeuronPage) -> None:
    page.model.set_output("tanh")
    threshold = page.left.threshold
    threshold.setFocus()
    qtbot.keyClick(threshold, Qt.Key.Key_Up)
    assert (threshold.value, page.model.content.bias) == (0.55, -0.55)
    qtbot.waitUntil(lambda: not page.left.nudge.isHidden())
    assert "Δy/Δb" in page.left.nudge.text()


def test_a_sum_that_is_0_on_paper_says_what_binary_makes_of_it(page: NeuronPage) -> None:
    page.model.set_parameters((0.3, 0.6), -0.9)
    assert page.model.reading.now.fires
    fact = page.right.origin._fact_of((UnitPart.SUM, ALL))
    assert fact is not None and "−1.1·10⁻¹⁶" in fact.sentence
    page.model.set_parameters((1.0, 1.0), -1.5)
    fact = page.right.origin._fact_of((UnitPart.SUM, ALL))
    assert fact is not None and fact.sentence == ""


def test_a_number_on_the_drawing_is_typed_after_a_click(qtbot: QtBot, page: NeuronPage) -> None:
    stage = page.stage
    qtbot.mouseClick(stage, LEFT, NONE, place_of(stage, (UnitPart.WEIGHT, 1)).toPoint())
    assert stage.editor is not None
    qtbot.keyClicks(stage.editor, "-0.3")
    qtbot.keyClick(stage.editor, Qt.Key.Key_Return)
    assert page.model.content.weights == (1.0, -0.3)
    assert stage.editor is None
    page.document.undo_stack.undo()
    assert page.model.content.weights == (1.0, 1.0)


def test_tab_goes_from_number_to_number_on_the_drawing(qtbot: QtBot, page: NeuronPage) -> None:
    stage = page.stage
    qtbot.mouseClick(stage, LEFT, NONE, place_of(stage, (UnitPart.WEIGHT, 0)).toPoint())
    assert stage.editor is not None
    for text in ("0.2", "0.3", "-0.4"):
        qtbot.keyClicks(stage.editor, text)
        qtbot.keyClick(stage.editor, Qt.Key.Key_Tab)
    assert page.model.content.weights == (0.2, 0.3) and page.model.content.bias == -0.4
    assert stage.editor is None


def test_tab_goes_from_number_to_number_in_the_panel(qtbot: QtBot, window: Opened, page: NeuronPage) -> None:
    window.window.activateWindow()
    numbers = [slider.number for slider in page.left.sliders.values() if slider.isVisible()]
    for onward, key in ((1, Qt.Key.Key_Tab), (-1, Qt.Key.Key_Backtab)):
        numbers[1].edit("0.7")
        assert numbers[1].editor is not None
        qtbot.keyClick(numbers[1].editor, key)
        assert page.model.content.weights[1] == 0.7
        assert QApplication.focusWidget() is numbers[1 + onward]


def test_a_click_on_a_wish_puts_its_inputs_on_and_explains_its_sum(qtbot: QtBot, page: NeuronPage) -> None:
    qtbot.mouseClick(page.dock.why, LEFT, NONE, QPoint(60, 24 + 45))
    assert page.model.content.row == 1
    assert page.right.origin.key == (UnitPart.SUM, ALL)


def test_what_is_guessed_follows_an_edit(page: NeuronPage) -> None:
    page.actions["neuron_predict"].trigger()
    for _ in range(3):
        page.actions["neuron_step"].trigger()
    page.model.set_bias(2.0)
    assert page.model.withheld
    page.dock.guess.choose("-")
    assert page.dock.guess.score_text == "first tries: 0 of 1 right"


def test_at_150_percent_on_a_small_screen_unit_and_verdict_are_whole(
    qtbot: QtBot, window: Opened, page: NeuronPage
) -> None:
    window.window.resize(853, 533)
    page.actions["neuron_table_xor"].trigger()
    page.dock.show_tab(FOLDED)
    qtbot.waitUntil(lambda: page.widget.width() < 880)
    QApplication.processEvents()
    assert page.place.horizontalScrollBar().maximum() == 0 == page.place.verticalScrollBar().maximum()
    assert page.dock.sentence.text() == page.dock.sentence.full_text
    assert heads_apart(page)


def test_the_lesson_is_ticked_by_what_is_done(window: Opened, page: NeuronPage) -> None:
    lesson = page.left.lesson
    for part in UnitPart:
        page.model.point_at((part, ALL))
    assert "parts" in lesson.done
    for key in ("and", "or", "not"):
        page.actions[f"neuron_table_{key}"].trigger()
        page.actions["neuron_answer"].trigger()
    assert "lines" in lesson.done
    page.actions["neuron_table_xor"].trigger()
    page.dock.show_tab(SETTINGS)
    page.actions["neuron_hidden"].trigger()
    assert {"xor", "layer"} <= lesson.done and "learn" not in lesson.done
    assert set(page.host.memory.noted("lesson").split()) >= lesson.done


def test_a_hidden_layer_is_ticked_once_it_is_open_and_not_when_it_is_asked_for(
    window: Opened, page: NeuronPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unsaved work in the playground is asked about, and Cancel leaves all as it was."""
    asked: list[Callable[[], object]] = []
    monkeypatch.setattr(page.host, "open_copy", lambda _path, then: asked.append(then))
    page.model.choose_table(TABLES["xor"])
    page.actions["neuron_hidden"].trigger()
    assert asked and "layer" not in page.left.lesson.done
    asked[0]()
    assert "layer" in page.left.lesson.done


def test_the_key_for_a_hidden_layer_says_why_it_does_nothing(window: Opened, page: NeuronPage) -> None:
    page.model.choose_table(TABLES["or"])
    QTest.keyClick(page.widget, Qt.Key.Key_H)
    assert "no single neuron can do" in page.host.messages.text


# What a dragged number repaints --------------------------------------------------------------------------------------


def test_a_weight_that_moves_changes_only_its_rows(model: NeuronModel) -> None:
    frame = Frame(300, 152)
    before = draw_truth(truth_data(model), frame).marks
    model.set_weight(0, 0.37)  # the rows (1,0) and (1,1) alone have x₁ = 1
    marks, _ = reconcile(before, draw_truth(truth_data(model), frame).marks)
    changed = [mark for mark in marks if not any(mark is old for old in before)]
    assert changed and all(mark.bounds.top() >= HEAD + 2 * row_height(4) - 1 for mark in changed)


def on_screen(widget: QWidget) -> QImage:
    """What the window shows of a widget, with what was painted before and need not be painted again."""
    QGuiApplication.processEvents()
    window = widget.window()
    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return window.screen().grabWindow(window.winId()).toImage().copy(box)


@pytest.mark.parametrize("view", ["wishes", "stage"])
def test_what_is_painted_in_part_looks_as_if_painted_whole(page: NeuronPage, view: str) -> None:
    page.dock.show_tab(WHY)
    widget: QWidget = page.dock.why if view == "wishes" else page.stage
    shown = [on_screen(widget)]
    for edit in (
        lambda: page.model.set_weight(0, 0.37),
        lambda: page.model.set_weight(0, -1.25),
        lambda: page.model.flip_target(page.model.content.row),
        lambda: page.model.look_at(1),
        lambda: page.model.flip_target(1),
    ):
        edit()
        shown.append(on_screen(widget))
        widget.update()
        assert on_screen(widget) == shown[-1]
    assert all(one != other for one, other in pairwise(shown[:4]))


def test_theta_leaves_nothing_behind_as_it_moves(page: NeuronPage) -> None:
    page.dock.show_tab(WHY)
    page.model.choose_table(TABLES["majority"])
    on_screen(page.dock.why)
    for bias in (-1.5, -2.25):
        page.model.set_bias(bias)
        shown = on_screen(page.dock.why)
        page.dock.why.update()
        assert on_screen(page.dock.why) == shown


# What was met in reading ---------------------------------------------------------------------------------------------


def test_a_key_that_leads_to_no_other_row_leaves_the_walk_alone(page: NeuronPage, qtbot: QtBot) -> None:
    for _ in range(2):
        page.walker.step()
    table = page.right.table
    table.setFocus()
    qtbot.keyPress(table, Qt.Key.Key_Shift)  # of Shift+Space, which is a step
    qtbot.keyClick(table, Qt.Key.Key_F)
    assert page.model.walk_step == 2
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert page.model.walk_step is None


def test_the_rows_that_are_right_take_on_the_colour_of_another_theme(page: NeuronPage) -> None:
    try:
        for name in ("dark", "light"):
            theme.set_theme(name)
            assert theme.current().danger in page.right.badge.styleSheet()
    finally:
        theme.set_theme("light")


@pytest.mark.parametrize(("table", "bias", "said"), [("and", -3.5, "b = −2:"), ("xor", 0.27, "b = 0.3:"),
                                                     ("majority", 0.5, "w₃ = 1, b = 0.4:")])  # fmt: skip
def test_the_map_of_settings_says_at_which_of_its_values_it_is(
    model: NeuronModel, table: str, bias: float, said: str
) -> None:
    model.choose_table(TABLES[table])
    model.set_bias(bias)
    content = model.content
    assert said in slice_words(model.content)
    held = slice_of(content.weights, content.bias)
    shown = slice_at(content.targets, content.weights, content.bias)
    grid = grid_for(len(content.weights))
    for first, one in enumerate(grid.values()):
        weights = (float(one), 1.0, *held[:-1])
        assert shown[first, grid.nearest(1.0)] == right_count(Unit(weights, held[-1]), content.targets)


def test_weights_that_are_taken_are_not_offered_again_with_a_soft_output(page: NeuronPage) -> None:
    page.model.choose_table(TABLES["and"])
    page.model.set_output("logistic")
    assert page.dock.hidden.button.isEnabled()
    page.dock.hidden.button.click()
    assert page.model.reading.solved
    assert not page.dock.hidden.button.isEnabled()


def test_a_table_that_is_learnt_step_by_step_is_ticked_too(page: NeuronPage, qtbot: QtBot) -> None:
    page.model.choose_table(TABLES["and"])
    page.actions["neuron_learn"].trigger()
    qtbot.waitUntil(lambda: page.learner.learning is not None)
    while not page.learner.playback.at_end:
        assert "learn" not in page.left.lesson.done
        page.actions["neuron_step"].trigger()
    assert "learn" in page.left.lesson.done


def test_a_saved_walk_opens_where_it_stood(page: NeuronPage, tmp_path: Path) -> None:
    guessing(page)
    page.dock.show_tab(OUTLINE)
    for _ in range(3):
        page.actions["neuron_step"].trigger()
    assert page.model.walk_step == 3 and page.walker.guesses.open
    path, edits = tmp_path / "exercise.loom", page.document.undo_stack.count()
    page.document.save(path)
    page.actions["neuron_predict"].trigger()
    page.actions["neuron_reset"].trigger()
    page.dock.show_tab(WHY)
    assert not page.document.unsaved and page.document.undo_stack.count() == edits
    page.document.new()
    assert page.model.walk_step is None and not page.model.guessing
    page.document.open(path)
    assert page.model.walk_step == page.walker.playback.at == 3 and page.dock.front == OUTLINE
    assert page.model.guessing and page.walker.guesses.open and not page.document.unsaved
    page.actions["neuron_predict"].trigger()


def test_an_exercise_reopens_with_its_score_its_known_rows_and_its_wrong_try(page: NeuronPage, tmp_path: Path) -> None:
    guessing(page)
    guess, path = page.dock.guess, tmp_path / "exercise.loom"
    page.model.look_at(1)
    page.dock.guess.revealed.emit()
    page.model.look_at(2)
    guess.choose("9")
    score, told = guess.score_text, guess._verdict.text()
    assert score == "first tries: 0 of 1 right" and told == "Not quite. Try once more." and page.model.known_rows == [1]
    page.document.save(path)
    guess.choose("8")
    page.model.look_at(0)
    guess.choose("-")
    page.document.open(path)
    assert guess.score_text == score and page.model.known_rows == [1]
    assert guess._verdict.text() == told and guess.shows_field


# On a beamer ---------------------------------------------------------------------------------------------------------


def cut_off(part: QWidget, area: QWidget) -> bool:
    """Whether a part is wider than the place that scrolls it."""
    left = part.mapTo(area, QPoint(0, 0)).x()
    return left < 0 or left + part.width() > area.width()


@pytest.fixture
def beamer(qtbot: QtBot, window: Opened, page: NeuronPage) -> NeuronPage:
    """The page on a screen of 1280×800 where everything is half as large again."""
    window.window.resize(853, 533)
    qtbot.waitUntil(lambda: page.widget.width() < 880)
    return page


def test_on_a_beamer_a_question_is_whole_and_its_verdict_in_sight(beamer: NeuronPage, qtbot: QtBot) -> None:
    beamer.model.choose_table(TABLES["majority"])
    prepared(qtbot, beamer)
    beamer.actions["neuron_predict"].trigger()
    beamer.actions["neuron_play"].trigger()
    guess, place = beamer.dock.guess, beamer.dock._asking.viewport()
    qtbot.waitUntil(lambda: guess.shows_field)
    QApplication.processEvents()
    assert guess.width() == place.width() and not cut_off(guess._reveal, place)
    speed = beamer.dock.learn.bar.speed_box
    qtbot.waitUntil(lambda: speed.width() >= speed.sizeHint().width(), timeout=5000)
    assert not cut_off(speed, beamer.dock.learn)
    guess.choose("7")
    QApplication.processEvents()
    assert guess._verdict.text() and guess._verdict.visibleRegion().boundingRect() == guess._verdict.rect()


@pytest.mark.parametrize("tab", [WHY, LEARN])
def test_on_a_beamer_the_unit_is_whole_over_an_open_tab(beamer: NeuronPage, qtbot: QtBot, tab: int) -> None:
    """Inside its frame a window of 1280×800 leaves the page so much."""
    beamer.widget.setFixedHeight(444)
    try:
        beamer.dock.show_tab(tab)
        qtbot.waitUntil(lambda: beamer.widget.height() == 444)
        QApplication.processEvents()
        assert beamer.stage.visibleRegion().boundingRect() == beamer.stage.rect()
        beamer.dock.show_tab(FOLDED)
        QApplication.processEvents()
        assert beamer.sum_line.isVisible()
    finally:
        beamer.widget.setMinimumHeight(0)
        beamer.widget.setMaximumHeight(QWIDGETSIZE_MAX)


def test_on_a_beamer_the_reasons_are_whole_and_the_button_covers_no_picture(beamer: NeuronPage) -> None:
    beamer.model.choose_table(TABLES["xor"])
    beamer.dock.show_tab(WHY)
    QApplication.processEvents()
    why, card = beamer.dock.why, beamer.dock.hidden
    assert why.height() >= why.minimumSizeHint().height()
    for view in (why, card):
        place = view.parentWidget()
        assert place is not None and view.width() == place.width()
    assert card.picture.height() >= card.picture.minimumSizeHint().height()
    assert card.button.geometry().top() >= card.picture.geometry().bottom()
    assert card.button.width() >= card.button.sizeHint().width()


def test_on_a_beamer_a_step_is_written_as_large_as_elsewhere(beamer: NeuronPage, qtbot: QtBot) -> None:
    beamer.model.choose_table(TABLES["xor"])
    beamer.dock.show_tab(LEARN)
    qtbot.waitUntil(lambda: beamer.learner.learning is not None)
    for _ in range(3):
        beamer.actions["neuron_step"].trigger()
    QApplication.processEvents()
    formula = beamer.dock.learn.formula
    assert formula.isVisible() and formula.height() >= formula.sizeHint().height()
    assert formula.width() >= 0.9 * formula.sizeHint().width()


def test_a_unit_without_its_cell_promises_no_twin_and_scrolls_only_down(beamer: NeuronPage) -> None:
    for tab in (FOLDED, WHY):
        beamer.dock.show_tab(tab)
        QApplication.processEvents()
        assert beamer.place.horizontalScrollBar().maximum() == 0
    data = beamer.model.stage_data
    promised = [any("counterpart" in mark.text for mark in draw_stage(data, Frame(width, height)).marks
                    if isinstance(mark, Text)) for width, height in ((366, 300), (760, 430))]  # fmt: skip
    assert promised == [False, True]


def test_on_a_beamer_the_heads_of_three_inputs_stand_apart(beamer: NeuronPage) -> None:
    beamer.dock.show_tab(LEARN)
    beamer.model.choose_table(TABLES["majority"])
    QApplication.processEvents()
    assert heads_apart(beamer)
    columns = columns_of(3, beamer.right.table.width())
    assert columns[Z][1] >= QFontMetrics(look.font(11)).horizontalAdvance("not yet"), "z"


def heads_apart(page: NeuronPage) -> bool:
    """Whether no head of the truth table reaches into the next column."""
    heads = [mark for mark in page.right.table.drawing.marks if isinstance(mark, Text) and mark.rect[1] == 0]
    return all(text_width(mark.text, mark.size, True) <= mark.rect[2] for mark in heads)


def test_on_a_beamer_plane_and_table_are_whole_beside_an_open_dock(beamer: NeuronPage) -> None:
    beamer.model.choose_table(TABLES["xor"])
    beamer.dock.show_tab(LEARN)
    QApplication.processEvents()
    body = beamer.right.table.parentWidget()
    assert body is not None
    for part in (beamer.right.plane, beamer.right.table):
        place = QRect(part.mapTo(body, QPoint(0, 0)), part.size())
        assert part.height() >= part.minimumSizeHint().height() and body.rect().contains(place)


@pytest.mark.parametrize("size", [(1280, 800), (1100, 720), (853, 533)])
def test_the_last_step_that_is_seen_is_not_cut(
    qtbot: QtBot, window: Opened, page: NeuronPage, size: tuple[int, int]
) -> None:
    window.window.resize(*size)
    page.model.choose_table(TABLES["xor"])
    page.dock.show_tab(LEARN)
    steps = page.dock.learn.steps
    qtbot.waitUntil(lambda: steps.source.rowCount() > 9)
    port, row = steps.viewport(), steps.rowHeight(0)
    seen = port.height() - port.height() % row
    qtbot.waitUntil(lambda: (port.mask().boundingRect().height() or port.height()) == seen)
    place = steps.mapTo(page.dock.learn, QPoint(0, steps.height()))
    assert 0 <= page.dock.learn.height() - place.y() < row
