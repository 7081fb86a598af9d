"""The left column: every control is one undoable edit, and shows what the document has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.builder.palette import added_sensibly
from app.kit import theme
from app.kit.announce import recorded
from app.kit.numbers import written
from app.kit.stylesheet import stylesheet
from app.kit.widgets.say_beside import BesideNote
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.example import OpenExample
from app.workspaces.playground.panels.data import FIRST_SETS
from app.workspaces.playground.panels.left_column import FIRST_BLOCKS, LeftColumn
from app.workspaces.playground.plots.remedy_words import label_of
from engine.data import DataChoice
from engine.graph import TargetSpec, validate
from engine.graph.build import feed_forward
from engine.graph.kinds import playground_kinds
from engine.training.remedies import Remedy
from engine.training.session import Setup, TrainingSession
from tests.app.network.document_rig import assert_one_step, drag, new_document


@pytest.fixture
def document(qapp: object) -> Document:
    return new_document()


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, QPoint]]:
    """The drags that were begun, in place of beginning them."""
    begun: list[tuple[str, QPoint]] = []
    monkeypatch.setattr("app.builder.palette.start_palette_drag", lambda *drag: begun.append(drag))
    return begun


class PanelMemory(dict[str, bool]):
    """What is remembered of what is open."""

    def shown(self, panel: str, usual: bool = True) -> bool:
        return self.get(panel, usual)

    def set_shown(self, panel: str, shown: bool) -> None:
        self[panel] = shown


@pytest.fixture
def memory() -> PanelMemory:
    return PanelMemory()


def left_column(document: Document, memory: PanelMemory, qtbot: QtBot) -> LeftColumn:
    opened = OpenExample(document, Trainer(document, document), lambda path: None, document)
    column = LeftColumn(document, opened, memory)
    qtbot.addWidget(column)
    column.resize(190, 900)
    column.show()
    return column


@pytest.fixture
def column(document: Document, drags: list[tuple[str, QPoint]], memory: PanelMemory, qtbot: QtBot) -> LeftColumn:
    """All that folds is open."""
    memory.update(dict.fromkeys(("data", "blocks", "features", "optimiser"), True))
    return left_column(document, memory, qtbot)


# At first sight ---------------------------------------------------------------------------------------------------


def test_at_first_sight_there_are_the_first_sets_three_blocks_and_two_lines(
    document: Document, memory: PanelMemory, qtbot: QtBot
) -> None:
    column = left_column(document, memory, qtbot)
    shown = [button for button in column.findChildren(QAbstractButton) if button.isVisible()]
    assert len(shown) == len(FIRST_SETS) + 1 + 3 + 1 + 4, [button.accessibleName() or button.text() for button in shown]
    kinds = QAbstractSlider, QComboBox, QLineEdit
    assert not any(widget.isVisible() for kind in kinds for widget in column.build.body.findChildren(kind))
    states = {name: section.heading.hint for name, section in column.sections.items()}
    assert states["data"] == "60 points, no noise" and states["features"] == "x₁ x₂"
    hyper = document.hyper
    assert states["optimiser"] == f"Adam · {written(hyper.learning_rate)} · batch {hyper.batch_size}"


def test_the_lines_follow_what_is_set(document: Document, memory: PanelMemory, qtbot: QtBot) -> None:
    column = left_column(document, memory, qtbot)
    document.choose_data(document.data.model_copy(update={"noise": 20.0, "train_share": 0.7}))
    assert column.sections["data"].heading.hint == "60 points, noise 20 %, 70 % train"
    document.edit("x", hyper=document.hyper.model_copy(update={"batch_size": 7, "learning_rate": 0.5}))
    assert column.sections["optimiser"].heading.hint.endswith(" · 0.5 · batch 7")
    document.edit("x", hyper=document.hyper.model_copy(update={"l1": 0.003, "l2": 0.01}))
    assert column.sections["optimiser"].heading.hint.endswith(" · 0.5 · batch 7 · L1 0.003 · L2 0.01")
    column.features.toggle("x1^2")
    assert column.sections["features"].heading.hint == "x₁ x₂ x₁²"
    with qtbot.waitSignal(document.dataset_loaded):
        column.data.choose_set("iris")
    assert column.sections["data"].heading.hint.startswith("150 rows")
    with qtbot.waitSignal(document.dataset_loaded):
        document.choose_data(document.data.model_copy(update={"name": "circle", "samples": 4000, "train_share": 0.5}))
    assert column.data.about.text().endswith(" · 2,000 train, 2,000 test")


def test_what_was_opened_is_open_the_next_time(document: Document, memory: PanelMemory, qtbot: QtBot) -> None:
    column = left_column(document, memory, qtbot)
    for name in ("data", "features", "optimiser"):
        qtbot.mouseClick(column.sections[name].heading, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(column.palette_panel.more, Qt.MouseButton.LeftButton)
    again = left_column(document, memory, qtbot)
    assert again.data.noise.isVisible() and again.features.isVisible() and again.optimiser.rate.isVisible()
    assert all(card.isVisible() for card in again.palette_panel.cards.values())
    qtbot.mouseClick(again.palette_panel.more, Qt.MouseButton.LeftButton)
    assert [key for key, card in again.palette_panel.cards.items() if card.isVisible()] == list(FIRST_BLOCKS)
    assert memory["blocks"] is False


def type_into(qtbot: QtBot, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


# Data -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key in FIRST_SETS if key != "two-spirals"])
def test_a_thumbnail_chooses_its_set_in_one_step(
    column: LeftColumn, document: Document, qtbot: QtBot, key: str
) -> None:
    before = document.state
    qtbot.mouseClick(column.data.thumbnails[key], Qt.MouseButton.LeftButton)
    assert document.dataset.name == key
    assert [name for name, button in column.data.thumbnails.items() if button.isChecked()] == [key]
    assert document.data.samples == before.data.samples
    assert_one_step(document, before)
    assert column.data.thumbnails["two-spirals"].isChecked()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_two_thumbnails_never_look_chosen(column: LeftColumn, document: Document, qtbot: QtBot, name: str) -> None:
    """The one that was clicked keeps the focus, and undo leaves another one chosen."""
    theme.set_theme(name)
    try:
        with qtbot.waitActive(column):
            column.activateWindow()
        clicked = column.data.thumbnails["circle"]
        clicked.setFocus(Qt.FocusReason.MouseFocusReason)
        qtbot.mouseClick(clicked, Qt.MouseButton.LeftButton)
        document.undo_stack.undo()
        assert clicked.hasFocus()
        edges = {
            key: tile.grab().toImage().pixelColor(0, tile.height() // 2) for key, tile in column.data.thumbnails.items()
        }
        assert [key for key, edge in edges.items() if edge == theme.colour("accent")] == ["two-spirals"]
    finally:
        theme.set_theme("light")


def test_every_other_set_is_in_the_menu(column: LeftColumn, document: Document, qtbot: QtBot) -> None:
    menu = column.data.more_menu()
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert {"Moons", "Plane", "Checkerboard", "Three spirals", "Iris"} <= set(titles) and "Rings" not in titles
    next(action for action in menu.actions() if action.text() == "Three spirals").trigger()
    assert len(document.dataset.classes) == 3
    assert column.data.more.isChecked() and column.data.more.text() == "Three spirals"


@pytest.mark.parametrize(
    ("slider", "value", "read"),
    [
        ("noise", 20, lambda document: document.data.noise),
        ("share", 70, lambda document: round(100 * document.data.train_share)),
        ("samples", 200, lambda document: len(document.dataset.y)),
        ("batch", 30, lambda document: document.hyper.batch_size),
    ],
)
def test_a_slider_edits_by_typing_and_by_dragging(
    column: LeftColumn, document: Document, qtbot: QtBot, slider: str, value: int, read
) -> None:
    control = getattr(column.optimiser if slider == "batch" else column.data, slider)
    before, shown = document.state, control.value
    type_into(qtbot, control.field, str(value))
    assert read(document) == value
    assert_one_step(document, before)
    assert control.value == shown
    control.slider.setSliderDown(True)
    for position in (3, 5, 7):
        control.slider.setValue(position)
    control.slider.setSliderDown(False)
    assert_one_step(document, before)
    assert control.value == shown


def test_two_drags_are_two_steps(column: LeftColumn, document: Document) -> None:
    for position in (4, 8):
        column.data.noise.slider.setSliderDown(True)
        column.data.noise.slider.setValue(position - 1)
        column.data.noise.slider.setValue(position)
        column.data.noise.slider.setSliderDown(False)
    assert document.undo_stack.count() == 2


def test_real_sets_have_no_noise_to_choose(column: LeftColumn, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.dataset_loaded):
        column.data.choose_set("iris")
    assert not column.data.noise.isEnabled() and not column.data.samples.isEnabled()
    assert column.data.share.isEnabled()
    document.undo_stack.undo()
    assert column.data.noise.isEnabled()


def test_new_points_come_from_the_next_seed(column: LeftColumn, document: Document, qtbot: QtBot) -> None:
    before = document.state
    qtbot.mouseClick(column.data.again, Qt.MouseButton.LeftButton)
    assert document.data.seed == before.data.seed + 1
    assert_one_step(document, before)


def test_a_dropped_table_opens_the_import_sheet(column: LeftColumn, tmp_path, qtbot: QtBot) -> None:
    path = tmp_path / "points.csv"
    path.write_text("a,b,target\n" + "\n".join(f"{i},{i * i},{'xy'[i % 2]}" for i in range(20)))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    column.data.dropEvent(event)
    sheet = column.data.sheet
    assert sheet is not None and not sheet.isModal()
    qtbot.waitUntil(lambda: sheet.features.count() == 3)
    sheet.close()
    assert column.data.sheet is None


def test_draw_mode_is_told(column: LeftColumn, qtbot: QtBot) -> None:
    with qtbot.waitSignal(column.data.draw_mode) as told:
        column.data.draw.trigger()
    assert told.args == [True]


# Palette ----------------------------------------------------------------------------------------------------------


def test_the_palette_offers_every_kind(column: LeftColumn) -> None:
    assert set(column.palette_panel.cards) == {kind.key for kind in playground_kinds()}
    for kind in playground_kinds():
        assert kind.summary in column.palette_panel.cards[kind.key].toolTip()


@pytest.mark.qt_log_ignore("MouseRelease.* not accepted")  # the canvas has the gesture by then; the card lets it go
def test_dragging_a_card_starts_the_canvas_gesture(
    column: LeftColumn, drags: list[tuple[str, QPoint]], document: Document, qtbot: QtBot
) -> None:
    card = column.palette_panel.cards["dense"]
    drag(qtbot, card, QPoint(10, 10), QPoint(12, 10), QPoint(60, 40))
    assert [kind for kind, _ in drags] == ["dense"]
    assert document.undo_stack.count() == 0


@pytest.mark.parametrize("key", ["double-click", "enter"])
def test_a_card_adds_its_block_into_the_last_wire(
    column: LeftColumn, document: Document, qtbot: QtBot, key: str
) -> None:
    before = document.state
    card = column.palette_panel.cards["dropout"]
    with qtbot.waitSignal(column.palette_panel.added) as added:
        if key == "enter":
            qtbot.keyClick(card, Qt.Key.Key_Return)
        else:
            qtbot.mouseDClick(card, Qt.MouseButton.LeftButton)
    block_id = added.args[0]
    assert [wire.source for wire in document.graph.wires_into("output-1")] == [block_id]
    assert not document.problems
    assert_one_step(document, before)


@pytest.mark.parametrize("kind", [kind.key for kind in playground_kinds()])
def test_an_added_block_never_breaks_the_network(kind: str) -> None:
    graph, block_id = added_sensibly(feed_forward([3]), kind)
    assert block_id in graph
    blocking = [problem for problem in validate(graph, TargetSpec()) if problem.blocking]
    assert not blocking or kind == "output"  # a second output is the one thing that a network cannot have


# Features ---------------------------------------------------------------------------------------------------------


def test_a_chip_toggles_a_feature(column: LeftColumn, document: Document, qtbot: QtBot) -> None:
    before = document.state
    chip = column.features.chips["x1^2"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert document.graph.block("input-1").params.features == ("x1", "x2", "x1^2")
    assert chip.isChecked()
    assert_one_step(document, before)
    assert not chip.isChecked()


def test_many_features_are_searched_and_ticked(column: LeftColumn, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.dataset_loaded):
        column.data.choose_set("digits")
    document.undo_stack.clear()
    panel, before = column.features, document.state
    assert not panel.ticks.isHidden() and panel.ticks.count() == len(document.dataset.columns)
    panel.search.setText(document.dataset.columns[9])
    assert [i for i in range(panel.ticks.count()) if not panel.ticks.item(i).isHidden()] == [9]
    panel.ticks.item(9).setCheckState(Qt.CheckState.Unchecked)
    assert document.dataset.columns[9] not in document.graph.block("input-1").params.features
    assert_one_step(document, before)
    assert panel.ticks.item(9).checkState() == Qt.CheckState.Checked


# Optimiser --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("beta1", "0.5", 0.5), ("beta2", "0.9", 0.9), ("epsilon", "1e-6", 1e-6), ("l1", "0.01", 0.01),
        ("l2", "0.1", 0.1), ("clip_norm", "1", 1.0), ("stop_after_epochs", "40", 40),
        ("seed", "7", 7),
    ],
)  # fmt: skip
def test_a_field_edits_its_setting(
    column: LeftColumn, document: Document, qtbot: QtBot, name: str, text: str, value: float
) -> None:
    column.optimiser.fold.click()
    before, field = document.state, column.optimiser.fields[name]
    shown = field.value
    type_into(qtbot, field.field, text)
    assert getattr(document.hyper, name) == value
    assert_one_step(document, before)
    assert field.value == shown


def test_an_optional_field_is_emptied(column: LeftColumn, document: Document, qtbot: QtBot) -> None:
    field = column.optimiser.fields["stop_after_epochs"].field
    type_into(qtbot, field, "40")
    field.setFocus()
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert document.hyper.stop_after_epochs is None


def test_what_is_no_number_is_put_back(column: LeftColumn, document: Document, qtbot: QtBot) -> None:
    field = column.optimiser.fields["l2"].field
    type_into(qtbot, field, "much")
    assert document.undo_stack.count() == 0 and field.text() == "0"


def test_what_is_no_rate_is_answered_with_a_rate_that_can_be(
    column: LeftColumn, document: Document, qtbot: QtBot
) -> None:
    column.show()
    with recorded() as said:
        type_into(qtbot, column.optimiser.rate.field, "fast")
    rate = document.hyper.learning_rate
    assert rate > 0 and said[0][0] == f"“fast” isn't a number. Type one such as {written(rate)}."


def test_scrubbing_a_field_is_one_step(column: LeftColumn, document: Document, qtbot: QtBot) -> None:
    before, field = document.state, column.optimiser.fields["l2"]
    drag(qtbot, field, QPoint(12, 12), QPoint(40, 12), QPoint(90, 12), QPoint(120, 12))
    assert document.hyper.l2 > 0
    assert_one_step(document, before)


def test_single_precision_is_one_step_and_says_what_it_buys(column: LeftColumn, document: Document) -> None:
    switch, before = column.optimiser.single, document.state
    column.optimiser.fold.click()
    assert not switch.isHidden() and not switch.isChecked()
    switch.click()
    assert document.hyper.precision == "float32"
    assert_one_step(document, before)
    assert not switch.isChecked()  # undone
    assert "float32" in switch.toolTip() and "7" in switch.toolTip()
    assert switch.accessibleName() == switch.text()


def test_only_the_settings_that_the_optimiser_reads_are_shown(column: LeftColumn, document: Document) -> None:
    column.optimiser.optimizer.picked.emit("momentum")
    assert document.hyper.optimizer == "momentum"
    column.optimiser.fold.click()
    shown = {name for name, field in column.optimiser.fields.items() if not field.isHidden()}
    assert "momentum" in shown and not {"beta1", "rho", "weight_decay"} & shown
    document.undo_stack.undo()
    assert not column.optimiser.fields["beta1"].isHidden()


def test_what_is_seldom_needed_is_folded_unless_it_is_set(column: LeftColumn, document: Document) -> None:
    fields = column.optimiser.fields
    assert not fields["l2"].isHidden() and fields["l1"].isHidden() and column.optimiser.shuffle.isHidden()
    document.edit("L1", hyper=document.hyper.model_copy(update={"l1": 0.1, "shuffle": False}))
    assert not fields["l1"].isHidden() and not column.optimiser.shuffle.isHidden()
    column.optimiser.fold.click()
    assert not fields["epsilon"].isHidden()
    column.optimiser.fold.click()
    assert fields["epsilon"].isHidden()


def test_a_schedule_and_its_numbers(column: LeftColumn, document: Document, qtbot: QtBot) -> None:
    before = document.state
    column.optimiser.schedule.picked.emit("cosine")
    assert document.hyper.schedule.kind == "cosine"
    type_into(qtbot, column.optimiser.schedule_fields["epochs"].field, "50")
    assert document.hyper.schedule.epochs == 50
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.state == before


def test_the_learning_rate_takes_any_positive_number(column: LeftColumn, document: Document, qtbot: QtBot) -> None:
    before = document.state
    type_into(qtbot, column.optimiser.rate.field, "1e9")
    assert document.hyper.learning_rate == 1e9
    assert_one_step(document, before)


@pytest.mark.parametrize("rate", [0.078125, 0.00390625, 5e-4, 9.5367e-06, 0.3])
def test_a_rate_is_written_alike_in_its_field_and_on_the_button_of_its_cure(
    column: LeftColumn, document: Document, rate: float
) -> None:
    """“Back, rate 0.0781” stood beside a field of 7.8e−2. Nobody writes a rate as 5.9e−4 on the board."""
    document.edit("x", hyper=document.hyper.model_copy(update={"learning_rate": rate}))
    session = TrainingSession(Setup(document.graph, document.dataset, document.hyper, "numpy"))
    text = column.optimiser.rate.field.text()
    label = label_of(Remedy("lower_rate", value=rate), session.snapshot(maps=False))
    assert "e" not in text and label == f"Rate {text}" and f" {text} " in column.optimiser.state


# Looks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("width", [190, 345])
def test_nothing_is_wider_than_the_column(
    column: LeftColumn, name: str, width: int, qapp, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        theme.set_theme(name)
        column.setStyleSheet(stylesheet(theme.current()))
        column.resize(width, 700)
        qapp.processEvents()
        assert column.build.widget().width() <= column.build.viewport().width()
        assert not column.grab().isNull()
    finally:
        theme.set_theme("light")


def test_a_table_is_standardised_and_not_as_one_undoable_step(
    column: LeftColumn, tmp_path, document: Document, qtbot: QtBot
) -> None:
    switch, notices = column.data.standardise, column.data.notices
    assert not switch.isVisible()  # points have the size that they were drawn with
    path = tmp_path / "t.csv"
    path.write_text("age,income,y\n" + "\n".join(f"{17 + i},{10_000 * i},{i % 2}" for i in range(1, 40)))
    with qtbot.waitSignal(document.dataset_loaded):
        document.choose_data(DataChoice(source="file", path=str(path), standardise=False))
    assert switch.isVisible() and not switch.isChecked() and "“income” has mean" in notices.text()
    before = document.state
    with qtbot.waitSignal(document.dataset_loaded):
        switch.click()
    assert document.data.standardise and switch.isChecked() and "“income”" not in notices.text()
    assert document.to_file().data.standardise and abs(document.dataset.x[document.dataset.train].mean()) < 1e-9
    document.undo_stack.undo()
    assert document.state == before and not switch.isChecked()
    path.unlink()
    with qtbot.waitSignal(document.problem_found):
        switch.click()
    assert not switch.isChecked() and not document.data.standardise


def test_outliers_are_left_out_and_not_as_one_undoable_step(
    column: LeftColumn, tmp_path, document: Document, qtbot: QtBot
) -> None:
    switch, path = column.data.outliers, tmp_path / "t.csv"
    path.write_text("age,y\n" + "\n".join(f"{17 + i},{i % 2}" for i in range(60)) + "\n900000,1\n")
    with qtbot.waitSignal(document.dataset_loaded):
        document.choose_data(DataChoice(source="file", path=str(path)))
    assert switch.isVisible() and not switch.isChecked() and len(document.dataset.y) == 61
    with qtbot.waitSignal(document.dataset_loaded):
        switch.click()
    assert switch.isVisible() and switch.isChecked() and len(document.dataset.y) == 60
    document.undo_stack.undo()
    assert not switch.isChecked() and len(document.dataset.y) == 61


def test_long_names_are_elided(column: LeftColumn, tmp_path, document: Document, qtbot: QtBot) -> None:
    name = "a name that is much longer than any column of a panel could ever show " * 2
    path = tmp_path / "long.csv"
    path.write_text(f"{name},b,{name} target\n" + "\n".join(f"{i},{i * i % 7},{i % 2}" for i in range(40)))
    with qtbot.waitSignal(document.dataset_loaded):
        document.choose_data(DataChoice(source="file", path=str(path)))
    assert column.build.widget().width() <= column.build.viewport().width()
    chip = column.features.chips[document.dataset.columns[0]]
    assert chip.text().endswith("…") and name.strip() in chip.toolTip()


def test_every_control_has_a_name_and_a_tooltip(column: LeftColumn) -> None:
    for widget in column.findChildren(QWidget):
        if isinstance(widget, QAbstractButton) and widget.objectName() != "qt_clear_button":
            if type(widget).__name__ in ("QToolButton", "QLineEditIconButton"):
                continue
            assert widget.accessibleName() or widget.text(), widget
            assert widget.toolTip() or widget.parent().toolTip(), widget.text()
    assert column.findChildren(QLabel)


def test_a_batch_beyond_the_training_set_is_said_to_be_all_of_it(document: Document, column: LeftColumn) -> None:
    field, points = column.optimiser.batch.field, len(document.dataset.train)
    for size, said in ((points, []), (20 * points, [f"that's all {points} training points"])):
        field.setText(str(size))
        field.editingFinished.emit()
        assert document.hyper.batch_size == size
        assert [note.text() for note in column.window().findChildren(BesideNote)] == said
