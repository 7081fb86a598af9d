"""The right column: the decision view picks and draws, the inspector edits, the tables tell the truth."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.builder.inspector.activation_plot import PlottedActivation, curves_of
from app.kit import theme
from app.kit.colourmap import diverging_colour
from app.kit.copying import CopyButton
from app.kit.drawing.marks import Picture
from app.kit.numbers import short
from app.kit.stylesheet import stylesheet
from app.kit.widgets.labels import ElidedLabel
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.panels.decision_view import scale_image
from app.workspaces.playground.panels.output import SMALL
from app.workspaces.playground.panels.points import FAINTEST, opacities, paint_dot, rim_of, to_pixels
from app.workspaces.playground.panels.right_column import PICTURE_SHARE, RightColumn
from engine.activations import ACTIVATIONS
from engine.data import DataChoice, DrawnPoint, Task
from engine.data import load as load_data
from engine.graph.edit import add_block, set_params
from engine.training.plane import plane_of
from engine.training.predict import predict
from tests.app.network.document_rig import assert_one_step, drag, new_document, running


@pytest.fixture
def document(qapp: object) -> Document:
    return new_document()


@pytest.fixture
def trainer(document: Document) -> Iterator[Trainer]:
    with running(document) as trainer:
        yield trainer


@pytest.fixture
def column(document: Document, trainer: Trainer, qtbot: QtBot) -> RightColumn:
    column = RightColumn(document, trainer)
    qtbot.addWidget(column)
    column.resize(345, 620)
    column.show()
    qtbot.waitUntil(lambda: trainer.snapshot is not None)
    return column


def pixel_of(column: RightColumn, row: int) -> QPoint:
    """Where a row's point lies in the decision view."""
    view = column.output.view
    x = view._document.dataset.x[[row]][:, list(view.plane.columns)]
    return QPointF(*to_pixels(x, view.plane, view.size())[0]).toPoint()


def load(document: Document, qtbot: QtBot, name: str) -> None:
    with qtbot.waitSignal(document.dataset_loaded):
        document.choose_data(DataChoice(name=name, samples=60))
    document.undo_stack.clear()


# Decision view ----------------------------------------------------------------------------------------------------


def test_a_click_near_a_point_picks_its_row(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    for row in document.dataset.train[:5]:
        with qtbot.waitSignal(column.ringed) as picked, qtbot.assertNotEmitted(column.sample_picked):
            qtbot.mouseClick(column.output.view, Qt.MouseButton.LeftButton, pos=pixel_of(column, int(row)))
        assert column.output.view.picked == column.output.sample.row == picked.args[0]
        picked_at = np.array(pixel_of(column, picked.args[0]).toTuple())
        assert np.abs(picked_at - pixel_of(column, int(row)).toTuple()).max() <= 1


def test_a_click_beside_every_point_picks_none(column: RightColumn, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(column.ringed):
        qtbot.mouseClick(column.output.view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_a_double_click_and_the_button_play_the_pass(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    place = pixel_of(column, int(document.dataset.train[3]))
    with qtbot.waitSignal(column.sample_picked) as opened:
        qtbot.mouseDClick(column.output.view, Qt.MouseButton.LeftButton, pos=place)
    column.output.set_picked(opened.args[0])
    with qtbot.waitSignal(column.sample_picked) as played:
        qtbot.mouseClick(column.output.sample.play, Qt.MouseButton.LeftButton)
    assert played.args == opened.args


def test_the_button_of_a_narrow_card_leaves_the_title_its_room(column: RightColumn, document: Document) -> None:
    sample = column.output.sample
    column.output.set_picked(int(document.dataset.train[3]))
    sample.resize(300, sample.height())
    assert sample.play.text() == "Play its pass" and sample.play.icon().isNull()
    sample.resize(130, sample.height())
    layout = sample.layout()
    assert layout is not None
    layout.activate()
    assert not sample.play.text() and not sample.play.icon().isNull()
    assert sample.play.accessibleName() == "Play its pass" and sample.title.text() == sample.title.full_text


def test_the_ringed_sample_shows_its_loss_as_arithmetic_that_checks(
    column: RightColumn, document: Document, trainer: Trainer, qtbot: QtBot
) -> None:
    sample = column.output.sample
    row = sample.row
    assert row == int(document.dataset.train[0]) == column.output.view.picked and sample.isVisible()
    qtbot.waitUntil(lambda: "=" in sample.loss.plain)
    snapshot = trainer.snapshot
    x = document.dataset.x[[row]]
    output = float(predict(snapshot.plan, snapshot.weights, document.dataset.columns, x)[0, 0])
    target = 1.0 if document.dataset.y[row] else -1.0
    told = re.fullmatch(r"loss ½ · \((\S+) − (\S+)\)² = (\S+)", sample.loss.plain)
    numbers = [float(part.strip("()").replace("−", "-")) for part in told.groups()]
    assert numbers[0] == pytest.approx(output, rel=5e-3) and numbers[1] == target
    assert 0.5 * (numbers[0] - numbers[1]) ** 2 == pytest.approx(numbers[2], rel=5e-3)
    assert f"output {told.group(1)}" in sample.answer.plain
    assert ("✓ right" in sample.answer.plain) == (output * target > 0)
    assert sample.inputs.plain.startswith(f"x₁ {short(x[0, 0])}   x₂ {short(x[0, 1])}")
    column.output.cover(True)
    assert (
        sample.loss.plain == "loss ?"
        and sample.answer.plain.strip() == f"output ?   target {told.group(2).strip('()')}"
    )
    column.output.cover(False)
    trainer.epoch()
    before = sample.loss.plain
    qtbot.waitUntil(lambda: sample.loss.plain != before)


def test_an_input_has_the_colour_of_the_number_that_is_printed(
    column: RightColumn, document: Document, qtbot: QtBot
) -> None:
    """A length below the mean, of 4.9 cm, was orange as if it were negative."""
    load(document, qtbot, "iris")
    row = int(document.dataset.x[:, 0].argmin())
    pieces = [piece for piece in column.output.sample._inputs(row) if piece.strong]
    assert len(pieces) == 4 and {piece.colour for piece in pieces} == {theme.colour("positive").name()}


def test_a_sure_answer_has_four_digits_as_elsewhere(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    """It had the fifteen that its loss needs to be checked by hand."""
    sample = column.output.sample
    document.edit_weight(document.graph.outputs[0].id, "b", (0,), -15.0)
    qtbot.waitUntil(lambda: re.search("output −(1|0.9{4,})", sample.answer.plain) is not None)
    assert sample.answer.plain.startswith("output −1.000   target ")


def test_the_target_is_the_same_before_the_network_has_answered(column: RightColumn, qtbot: QtBot) -> None:
    sample = column.output.sample
    qtbot.waitUntil(lambda: "=" in sample.loss.plain)
    told = re.search(r"target (\S+)", sample.answer.plain)
    sample._forget()
    before = re.search(r"target (\S+)", sample.answer.plain)
    assert told is not None and before is not None and before.group(1) == told.group(1) in ("1", "−1")


def test_more_noise_keeps_the_sample_that_is_looked_at(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    """It went back to the first training point, as of other data."""
    load(document, qtbot, "circle")
    sample, row = column.output.sample, int(document.dataset.train[5])
    column.output.set_picked(row)
    for change, expected in (({"noise": 20}, row), ({"noise": 0}, row), ({"seed": 9}, None)):
        with qtbot.waitSignal(document.dataset_loaded):
            document.choose_data(document.data.model_copy(update=change))
        assert sample.row == (int(document.dataset.train[0]) if expected is None else expected)


@pytest.mark.parametrize("name", ["iris", "plane"])
def test_the_sample_of_other_tasks_is_told_too(
    column: RightColumn, document: Document, qtbot: QtBot, name: str
) -> None:
    load(document, qtbot, name)
    sample, dataset = column.output.sample, document.dataset
    assert sample.row == int(dataset.train[0])
    qtbot.waitUntil(lambda: "=" in sample.loss.plain)
    if dataset.classes:
        assert f"target {dataset.classes[int(dataset.y[sample.row])]}" in sample.answer.plain
        assert "−ln(" in sample.loss.plain or "ln(1 +" in sample.loss.plain
    else:
        assert "right" not in sample.answer.plain and "wrong" not in sample.answer.plain


def test_a_standardised_target_is_said_in_the_units_of_its_inputs(
    column: RightColumn, document: Document, trainer: Trainer, qtbot: QtBot
) -> None:
    """The inputs stood there in the file's units, output and target standardised, unsaid."""
    load(document, qtbot, "diabetes")
    sample, dataset = column.output.sample, document.dataset
    qtbot.waitUntil(lambda: "=" in sample.loss.plain)
    assert dataset.target_scale > 1.0
    told = re.search(r"output (\S+) +target (\S+)", sample.answer.plain)
    output, target = (float(number.replace("−", "-")) for number in told.groups())
    snapshot, row = trainer.snapshot, sample.row
    raw = predict(snapshot.plan, snapshot.weights, dataset.columns, dataset.x[[row]])[0, 0]
    assert output == pytest.approx(raw * dataset.target_scale + dataset.target_centre, rel=1e-3)
    assert target == pytest.approx(dataset.y[row] * dataset.target_scale + dataset.target_centre, rel=1e-3)
    assert sample.loss.plain.startswith("loss, standardised ½ · (")


def test_the_picture_gives_its_room_to_a_block_that_is_selected(column: RightColumn) -> None:
    view, sample = column.output.view, column.output.sample
    wide = view.width()
    assert wide == min(column.viewport().width() - 24, round(PICTURE_SHARE * column.viewport().height()))
    column.set_selection(("dense-1",))
    assert view.width() == view.height() == SMALL
    column.output.layout().activate()
    assert sample.isVisible() and sample.x() > view.geometry().right()
    column.set_drawing(True)
    assert view.width() == wide, "points are drawn on a large one"
    column.set_drawing(False)
    column.set_selection(())
    assert view.width() == wide


def test_the_menu_says_which_points_are_shown(column: RightColumn) -> None:
    output = column.output
    assert output.shown.text() == "train points"
    output.show_test.trigger()
    assert output.shown.text() == "all points"
    output.show_train.trigger()
    output.discrete.trigger()
    assert output.shown.text() == "test points, discretised"


def test_the_scale_of_a_discretised_picture_has_its_two_colours(column: RightColumn) -> None:
    output = column.output

    def colours() -> int:
        scale = next(part for part in output.legend.drawing.marks if isinstance(part, Picture)).image()
        return len({scale.pixelColor(x, 0).rgb() for x in range(scale.width())})

    assert colours() > 100
    output.discrete.trigger()
    assert colours() == 2


def test_test_points_are_picked_only_while_they_are_shown(
    column: RightColumn, document: Document, qtbot: QtBot
) -> None:
    test = set(document.dataset.test.tolist())
    assert not test & {part.key for part in column.output.view.drawing.keyed}
    column.output.show_test.trigger()
    assert test <= {part.key for part in column.output.view.drawing.keyed}


def test_hovering_reads_place_and_prediction(
    column: RightColumn, document: Document, trainer: Trainer, qtbot: QtBot
) -> None:
    view, snapshot = column.output.view, trainer.snapshot
    assert snapshot is not None and view.reading is not None
    truth = predict(snapshot.plan, snapshot.weights, document.dataset.columns, np.array([[1.537, -2.0]]))
    view.hovered.emit(1.537, -2.0)
    text = column.output.readout.full_text
    assert text == f"pointer: x₁ 1.54, x₂ −2 → {view.reading.words(tuple(truth[0]))}"
    assert "negative" in text or "positive" in text
    view.leaveEvent(None)
    assert column.output.words.currentWidget() is column.output.legend


def test_the_parts_of_a_place_are_separated_as_the_language_does_it(column: RightColumn, in_chinese: None) -> None:
    column.output.view.hovered.emit(1.5, -2.0)
    assert "x₁ 1.50，x₂ −2" in column.output.readout.full_text


def test_the_read_out_of_a_point_is_the_sample_s(
    column: RightColumn, document: Document, trainer: Trainer, qtbot: QtBot
) -> None:
    """A click some pixels beside it picks the sample: its own place and answer are said."""
    row = int(document.dataset.train[3])
    beside = pixel_of(column, row) + QPoint(3, 2)
    x, snapshot = document.dataset.x[row], trainer.snapshot
    qtbot.mouseMove(column.output.view, beside)
    near = column.output.view.under
    assert near is not None
    qtbot.mouseClick(column.output.view, Qt.MouseButton.LeftButton, pos=beside)
    x = document.dataset.x[near]
    truth = predict(snapshot.plan, snapshot.weights, document.dataset.columns, x[None])[0]
    reading = column.output.view.reading
    said = f"sample {near}: x₁ {short(x[0])}, x₂ {short(x[1])} → {reading.words(tuple(truth))}"
    assert column.output.readout.full_text == said
    trainer.epoch()
    qtbot.waitUntil(lambda: trainer.snapshot.step > snapshot.step)
    column.output.set_snapshot(trainer.snapshot)
    assert column.output.readout.full_text != said, "it follows the network"


def test_a_typed_input_is_answered_and_played(
    column: RightColumn, document: Document, trainer: Trainer, qtbot: QtBot
) -> None:
    column.output.try_action.trigger()
    panel = column.output.try_input
    assert list(panel.editors) == ["x1", "x2"]
    for name, text in (("x1", "1.25"), ("x2", "-0.5")):
        panel.editors[name].setText(text)
        panel.editors[name].textEdited.emit(text)
    assert panel.answer.text().startswith("→ ") and panel.answer.text() != "→ …"
    with qtbot.waitSignal(column.input_picked) as picked:
        qtbot.mouseClick(panel.play, Qt.MouseButton.LeftButton)
    assert picked.args[0] == (1.25, -0.5)
    panel.editors["x1"].setText("many")
    panel.editors["x1"].textEdited.emit("many")
    assert not panel.play.isEnabled() and "x1" in panel.answer.text()


def test_a_typed_input_of_own_columns_says_which_is_which(
    column: RightColumn, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    """Names longer than x₁ had no room beside two fields."""
    path = tmp_path / "houses.csv"
    path.write_text("area_m2,rooms,price\n" + "\n".join(f"{n * 7 % 90},{n % 5},{n * 3.5}" for n in range(60)) + "\n")
    with qtbot.waitSignal(document.dataset_loaded):
        document.choose_data(DataChoice(source="file", path=str(path), target="price"))
    column.output.try_action.trigger()
    panel = column.output.try_input
    qtbot.waitUntil(lambda: list(panel.editors) == ["area_m2", "rooms"])
    panel.layout().activate()
    names = panel.findChildren(ElidedLabel)
    assert [name.text() for name in names if name.isVisibleTo(panel)][:2] == ["area_m2", "rooms"]
    document.undo_stack.clear()


def test_wide_data_choose_their_plane(column: RightColumn, document: Document, trainer: Trainer, qtbot: QtBot) -> None:
    load(document, qtbot, "iris")
    across, up = column.output.axes.choices
    assert not column.output.axes.isHidden() and across.count() == up.count() == 4
    across.setCurrentIndex(1)
    across.picked.emit("1")
    assert column.output.view.plane.columns == (1, 3)
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.decision.columns == (1, 3))
    assert column.output.view.point_at(5.0, 6.0)[1::2] == (5.0, 6.0)
    column.output.view.hovered.emit(5.0, 6.0)
    assert "→" in column.output.readout.full_text
    column.output.try_action.trigger()
    assert len(column.output.try_input.editors) == 4


# Drawing ----------------------------------------------------------------------------------------------------------


def test_a_stroke_is_one_step_and_undo_takes_it_back(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    column.set_drawing(True)
    before, view = document.state, column.output.view
    drag(qtbot, view, QPoint(40, 40), QPoint(80, 40), QPoint(120, 40), QPoint(160, 40))
    assert document.data.source == "points"
    assert len(document.data.points) == len(view._document.dataset.y) == 64
    assert_one_step(document, before)
    assert document.data == before.data and len(column.output.sketch.points) == 60


def test_points_are_erased_with_the_other_button(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    column.set_drawing(True)
    place = pixel_of(column, int(document.dataset.train[0]))
    drag(qtbot, column.output.view, place, button=Qt.MouseButton.RightButton)
    assert document.data.source == "points" and len(document.data.points) < 60


def test_an_empty_sheet_becomes_a_data_set_when_it_can(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    column.set_drawing(True)
    bar, view = column.output.draw_bar, column.output.view
    assert bar.clear_button.isEnabled()
    qtbot.mouseClick(bar.clear_button, Qt.MouseButton.LeftButton)
    assert not bar.clear_button.isEnabled() and "empty" in bar.clear_button.toolTip()
    drag(qtbot, view, QPoint(40, 40), QPoint(80, 40), QPoint(120, 40))
    assert document.data.source == "named" and "four points" in bar.hint.text()
    qtbot.mouseClick(bar.classes[1], Qt.MouseButton.LeftButton)
    drag(qtbot, view, QPoint(40, 140), QPoint(80, 140))
    assert document.data.source == "points"
    assert {point.label for point in document.data.points} == {0.0, 1.0}
    with qtbot.waitSignal(column.drawing_changed):
        qtbot.mouseClick(bar.done_button, Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_a_third_class_can_be_drawn(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    points = tuple(DrawnPoint(x1=i, x2=i, label=i % 2) for i in range(6))
    document.choose_data(DataChoice(source="points", points=points))
    column.set_drawing(True)
    qtbot.mouseClick(column.output.draw_bar.classes[2], Qt.MouseButton.LeftButton)
    drag(qtbot, column.output.view, QPoint(40, 40), QPoint(70, 40))
    assert len(document.dataset.classes) == 3
    assert document.graph.block("output-1").params.loss == "softmax_cross_entropy"


# Inspector --------------------------------------------------------------------------------------------------------


def test_hovering_an_activation_previews_it_and_leaving_ends_it(
    column: RightColumn, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, str | None]] = []
    monkeypatch.setattr(trainer, "preview", lambda block, key: calls.append((block, key)))
    column.set_selection(("dense-1",))
    cards = column.inspector.activation.picker.cards
    cards["relu"].enterEvent(None)
    cards["relu"].leaveEvent(None)
    cards["elu"].enterEvent(None)
    column.set_selection(("dense-2",))
    assert calls == [("dense-1", "relu"), ("dense-1", None), ("dense-1", "elu"), ("dense-1", None)]


def test_a_click_applies_the_activation(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    column.set_selection(("dense-1",))
    before, cards = document.state, column.inspector.activation.picker.cards
    qtbot.mouseClick(cards["gelu"], Qt.MouseButton.LeftButton)
    assert document.graph.block("dense-1").params.activation == "gelu"
    assert document.graph.block("dense-2").params.activation == "tanh"
    assert cards["gelu"].isChecked()
    assert_one_step(document, before)
    assert cards["tanh"].isChecked()


def test_several_blocks_of_a_kind_change_together(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    column.set_selection(("dense-1", "dense-2", "output-1"))
    qtbot.mouseClick(column.inspector.activation.picker.cards["relu"], Qt.MouseButton.LeftButton)
    assert [document.graph.block(i).params.activation for i in ("dense-1", "dense-2", "output-1")] == [
        "relu", "relu", "tanh",
    ]  # fmt: skip
    assert document.undo_stack.count() == 1


def test_fields_come_from_the_declaration_of_the_kind(column: RightColumn, document: Document) -> None:
    graph = document.graph
    for kind in ("dropout", "layer_norm", "batch_norm", "add"):
        graph, block_id = add_block(graph, kind, 0, 0)
        document.edit("Add", graph=graph)
        column.set_selection((block_id,))
        form = column.inspector._forms[kind]
        assert set(form.controls) == set(document.graph.block(block_id).declaration.params_type.model_fields)
        assert column.inspector.formula.text and column.inspector.about.text()


@pytest.mark.parametrize(
    ("name", "act", "value"),
    [
        ("units", lambda control: control.slider.setValue(7), 8),
        ("bias", lambda control: control.click(), False),
        ("initializer", lambda control: control.picked.emit("he_normal"), "he_normal"),
    ],
)
def test_a_field_of_the_block_edits_it(column: RightColumn, document: Document, name: str, act, value) -> None:
    column.set_selection(("dense-1",))
    before = document.state
    act(column.inspector._forms["dense"].controls[name])
    assert getattr(document.graph.block("dense-1").params, name) == value
    assert_one_step(document, before)


def test_the_parameter_of_an_activation_has_a_slider(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    column.set_selection(("dense-1",))
    alpha = column.inspector._forms["dense"].controls["alpha"]
    assert alpha.isHidden()
    document.edit("Leaky", graph=set_params(document.graph, "dense-1", activation="leaky_relu"))
    document.undo_stack.clear()
    assert not alpha.isHidden()
    before = document.state
    slider = next(child for child in alpha.children() if hasattr(child, "slider"))
    assert slider.value == 0.01
    slider.slider.setValue(20)
    assert document.graph.block("dense-1").params.alpha == pytest.approx(0.2)
    assert_one_step(document, before)
    assert slider.value == 0.01


def test_a_block_is_renamed(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    column.set_selection(("dense-1",))
    before, title = document.state, column.inspector.title
    title.selectAll()
    qtbot.keyClicks(title, "Eyes")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    assert document.graph.block("dense-1").title == "Eyes"
    assert title.text() == "Eyes"
    assert_one_step(document, before)


def test_the_size_of_a_block_is_counted(column: RightColumn) -> None:
    column.set_selection(("dense-2",))
    assert column.inspector.size_label.full_text == "3 units · 15 parameters"


def test_the_loss_decides_the_activation_that_is_shown(column: RightColumn, document: Document) -> None:
    column.set_selection(("output-1",))
    picker = column.inspector.activation.picker
    assert not picker.isHidden()
    column.inspector._forms["output"].controls["loss"].picked.emit("binary_cross_entropy")
    assert document.graph.block("output-1").params.loss == "binary_cross_entropy"
    assert picker.isHidden()
    document.undo_stack.undo()
    assert not picker.isHidden()


def test_without_a_selection_the_network_is_summed_up(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    summary = column.inspector.summary
    column.set_selection(())
    assert not summary.isHidden() and "31 parameters" in summary.size_line.text()
    graph, block_id = add_block(document.graph, "dense", 0, 0)
    document.edit("Add", graph=graph)
    assert len(summary.problem_rows) == len(document.problems) > 0
    with qtbot.waitSignal(column.block_wanted) as wanted:
        summary.problem_rows[0].findChild(QPushButton).click()
    assert wanted.args == [block_id]


def test_a_selected_block_that_is_deleted_is_no_longer_shown(column: RightColumn, document: Document) -> None:
    graph, block_id = add_block(document.graph, "dense", 0, 0)
    document.edit("Add", graph=graph)
    column.set_selection((block_id,))
    assert column.inspector.summary.isHidden()
    document.undo_stack.undo()
    assert not column.inspector.summary.isHidden()


@pytest.mark.parametrize("key", [key for key, one in ACTIVATIONS.items() if one.elementwise])
def test_every_activation_is_plotted_and_compared(column: RightColumn, key: str) -> None:
    panel = column.inspector.activation
    panel.set_activation(key, None, fixed=False)
    panel.compare.picked.emit("gelu_tanh")
    assert panel.difference.isHidden() == (key != "gelu")
    assert np.isfinite(curves_of(key, None).f).all()
    assert not panel.plot.grab().isNull()


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("width", [190, 345])
def test_nothing_is_wider_than_the_column(column: RightColumn, name: str, width: int, qapp) -> None:
    try:
        theme.set_theme(name)
        column.setStyleSheet(stylesheet(theme.current()))
        column.set_selection(("dense-1",))
        column.output.try_action.setChecked(True)
        column.resize(width, 600)
        qapp.processEvents()
        assert column.widget().width() <= column.viewport().width()
        assert not column.grab().isNull()
    finally:
        theme.set_theme("light")


# Copy and save ----------------------------------------------------------------------------------------------------


def copied(copier: CopyButton) -> list[list[str]]:
    """What "Copy numbers" puts on the clipboard, read back."""
    copier.copy_numbers()
    return list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))


def test_the_decision_grid_is_copied_place_by_place(
    column: RightColumn, document: Document, trainer: Trainer, qtbot: QtBot, tmp_path: Path
) -> None:
    load(document, qtbot, "iris")
    qtbot.waitUntil(lambda: bool(column.output.view.table().rows))
    header, *rows = copied(column.output.copier)
    assert header == [*document.dataset.columns[2:], *document.dataset.classes]
    grid = trainer.snapshot.decision
    assert len(rows) == grid.outputs[0].size
    width = grid.outputs.shape[2]
    numbers = np.array(rows[3 * width + 7], float)
    np.testing.assert_allclose(numbers[2:], grid.outputs[:, 3, 7])
    source = document.dataset.inputs[2]
    across = np.linspace(grid.low[0], grid.high[0], width)[7] * source.scale + source.centre
    assert numbers[0] == pytest.approx(across)
    column.output.copier.save_picture(str(tmp_path / "boundary.png"))
    assert QImage(str(tmp_path / "boundary.png")).size() == column.output.view.size()


def test_the_activation_plot_is_copied(column: RightColumn) -> None:
    column.set_selection(("dense-1",))
    column.inspector.activation.plot.set_data(PlottedActivation("silu", None, "relu"))
    header, *rows = copied(column.inspector.activation.copier)
    assert header == ["z", "silu f", "silu f′", "relu f", "relu f′"]
    z, silu = np.array(rows, float)[:, :2].T
    np.testing.assert_allclose(silu, z / (1 + np.exp(-z)), atol=1e-12)


def test_the_right_button_opens_the_menu_unless_it_erases(column: RightColumn, qtbot: QtBot) -> None:
    view, menu = column.output.view, column.output.copier.menu()
    assert view.contextMenuPolicy() is Qt.ContextMenuPolicy.CustomContextMenu
    view.customContextMenuRequested.emit(QPoint(5, 5))
    qtbot.waitUntil(menu.isVisible)
    menu.close()
    column.set_drawing(True)
    assert view.contextMenuPolicy() is Qt.ContextMenuPolicy.PreventContextMenu
    column.set_drawing(False)
    assert view.contextMenuPolicy() is Qt.ContextMenuPolicy.CustomContextMenu


def test_a_picture_that_cannot_be_written_is_one_sentence(
    column: RightColumn, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(document.problem_found) as caught:
        column.output.copier.save_picture(str(tmp_path / "no" / "such.png"))
    assert "cannot be written" in caught.args[0].sentence


def test_numbers_are_looked_at_before_levels(
    column: RightColumn, document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    rows = [f"{city},{age},{age * 3 % 7},{age % 2}" for age, city in enumerate(["Lima", "Oslo"] * 30)]
    path.write_text("city,age,score,member\n" + "\n".join(rows) + "\n", encoding="utf-8")
    with qtbot.waitSignal(document.dataset_loaded):
        document.choose_data(DataChoice(source="file", path=str(path), target="member"))
    shown = [document.dataset.columns[at] for at in column.output.view.plane.columns]
    assert shown == ["age", "score"]


def test_a_slice_says_that_it_is_one_and_of_what(column: RightColumn, document: Document, qtbot: QtBot) -> None:
    output = column.output
    assert output.axes.slice.text() == "" and not output.axes.isVisible()
    load(document, qtbot, "iris")
    assert output.axes.columns == (2, 3)  # what tells the species apart
    words = "A slice: sepal length (cm), sepal width (cm) are held at their means"
    assert output.axes.slice.text() == words and output.axes.slice.isVisible()
    assert words in output.view.toolTip()
    output.axes.choices[0].choose("0")
    output.axes.choices[0].picked.emit("0")
    assert "petal length (cm)" in output.axes.slice.text() and output.view.plane.columns == (0, 3)
    load(document, qtbot, "wine")
    assert output.axes.slice.text().count(",") == 2 and "and 8 more" in output.axes.slice.text()
    assert output.axes.slice.toolTip().count(",") == 10
    load(document, qtbot, "circle")
    assert not output.axes.isVisible() and "slice" not in output.view.toolTip()


def test_points_off_a_slice_are_faint_by_their_distance() -> None:
    dataset = load_data(DataChoice(name="iris"))
    plane = plane_of(dataset, (2, 3))
    shown = opacities(dataset, plane)
    train = dataset.x[dataset.train]
    away = (dataset.x[:, :2] - train[:, :2].mean(axis=0)) / train[:, :2].std(axis=0)
    expected = np.exp(-(away**2).sum(axis=1) / 2 / 2)
    assert np.allclose(shown, np.maximum(expected, FAINTEST))
    assert shown.max() > 0.95 and shown.min() == FAINTEST
    circle = load_data(DataChoice(name="circle"))
    assert np.all(opacities(circle, plane_of(circle)) == 1.0)


def luminance(colour: QColor) -> float:
    """Relative luminance, as WCAG 2 has it."""
    parts = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3])
    return float(np.dot((0.2126, 0.7152, 0.0722), list(parts)))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_point_of_a_regression_stands_out_from_any_ground(qapp: object, name: str) -> None:
    theme.set_theme(name)
    try:
        scale = scale_image()
        for value, output in product(np.linspace(-1.0, 1.0, 9), repeat=2):
            picture = QImage(21, 21, QImage.Format.Format_RGB32)
            ground = scale.pixelColor(round((output + 1) / 2 * (scale.width() - 1)), 0)
            picture.fill(ground)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_dot(painter, QPointF(10.5, 10.5), 3.6, diverging_colour(value), rim_of(Task.REGRESSION), test=False)
            painter.end()
            pixels = (picture.pixelColor(x, y) for x, y in product(range(21), repeat=2))
            ratios = [(luminance(pixel) + 0.05) / (luminance(ground) + 0.05) for pixel in pixels]
            assert max(max(ratios), 1.0 / min(ratios)) >= 3.0, (value, output)
    finally:
        theme.set_theme("light")
