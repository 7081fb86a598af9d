"""Data of images in the window: looked through, drawn, read, and every mistake shown."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.builder.inspector.unit_card import UnitCard
from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Rectangle, Text
from app.kit.drawing.number import NumberMark
from app.kit.numbers import fixed, probability
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.panels.data import DataPanel
from app.workspaces.playground.panels.image_output import ClassShares, ImageOutput, draw_class_bars
from app.workspaces.playground.panels.right_column import RightColumn
from app.workspaces.playground.plots.answers_page import AnswersPage
from engine.data import DataChoice
from engine.data.images import image_of
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.training.lines.expression import Source
from engine.training.predict import activations_at, predict
from tests.app.network.document_rig import running
from tests.app.window_rig import opened_window

PIXELS = tuple(f"pixel_{line}_{column}" for line in range(8) for column in range(8))


def digits_file() -> NetworkFile:
    graph = feed_forward((12,), features=PIXELS, output=OutputParams(loss="softmax_cross_entropy"))
    hyper = Hyperparameters(optimizer="adam", learning_rate=0.01, batch_size=32)
    return NetworkFile(graph, hyper, DataChoice(name="digits", train_share=0.7))


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(digits_file())


@pytest.fixture
def trainer(document: Document) -> Iterator[Trainer]:
    with running(document) as trainer:
        yield trainer


@pytest.fixture
def output(document: Document, trainer: Trainer, qtbot: QtBot) -> ImageOutput:
    made = ImageOutput(document, trainer)
    qtbot.addWidget(made)
    made.set_room(330, 300)
    made.show()
    qtbot.waitUntil(lambda: trainer.snapshot is not None)
    return made


def draw(output: ImageOutput, *shares: tuple[float, float]) -> None:
    """One stroke with the mouse."""
    pad = output.pad
    places = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in shares]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])


def test_a_test_image_is_shown_first_and_read_with_the_networks_own_numbers(output, document, trainer) -> None:
    dataset, snapshot = document.dataset, trainer.snapshot
    row = int(dataset.test[0])
    assert output.row == row
    expected = predict(snapshot.plan, snapshot.weights, dataset.columns, dataset.x[row])[0]
    assert np.allclose(output.bars.data.shares, expected)
    best = int(expected.argmax())
    assert f"It is: {dataset.classes[best]}" in output.answer.text()
    assert probability(float(expected[best])) in output.answer.accessibleName()
    right = best == int(dataset.y[row])
    assert ("wrong" in output.answer.text()) == (not right)


def test_drawing_over_it_begins_a_drawing_that_is_read_as_it_is_drawn(output, document, trainer, qtbot) -> None:
    dataset, snapshot = document.dataset, trainer.snapshot
    seen: list[object] = []
    output.looked_at.connect(seen.append)
    draw(output, (0.5, 0.2), (0.5, 0.5), (0.45, 0.8))
    assert output.row is None and output.source.key == "draw"
    counted = image_of(dataset.image, output.pad.strokes)
    assert np.allclose(output.values, dataset.encode_picture(counted))
    assert seen[-1] == output.values
    assert np.array_equal(output.seen.items[0].pixels, counted / 16)
    expected = predict(snapshot.plan, snapshot.weights, dataset.columns, np.array(output.values))[0]
    assert np.allclose(output.bars.data.shares, expected)
    before = output.values
    draw(output, (0.3, 0.3), (0.7, 0.3))
    assert len(output.pad.strokes) == 2 and output.values != before
    assert not np.array_equal(output.seen.items[0].pixels, counted / 16)
    output.undo.click()
    assert output.values == before
    output.clear.click()
    assert output.values is None and output.bars.data.shares == () and seen[-1] is None
    for button in (output.play, output.clear, output.undo):
        assert not button.isEnabled() and button.toolTip() == "Nothing is drawn yet"
    draw(output, (0.3, 0.3), (0.7, 0.3))
    assert output.clear.isEnabled() and "Delete" in output.clear.toolTip()


def test_the_pass_played_is_that_of_what_is_shown(output, document, qtbot) -> None:
    with qtbot.waitSignal(output.sample_picked) as rows:
        output.play.click()
    assert rows.args == [int(document.dataset.test[0])]
    draw(output, (0.5, 0.2), (0.5, 0.8))
    with qtbot.waitSignal(output.input_picked) as inputs:
        output.play.click()
    assert inputs.args == [output.values]


def test_the_pad_is_drawn_on_with_the_keys(output) -> None:
    pad = output.pad
    output.source.buttons["draw"].click()
    assert pad.empty
    pad.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Right):
        QTest.keyClick(pad, key)
    assert [len(stroke) for stroke in pad.strokes] == [3]
    (x0, y0), _, (x2, y2) = pad.strokes[0]
    assert x0 == x2 and y2 > y0
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    assert pad.empty
    draw(output, (0.2, 0.2), (0.8, 0.8))
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pad.empty


def test_the_next_test_image_goes_round(output, document) -> None:
    test = document.dataset.test
    output.show_row(int(test[-1]))
    output.another.click()
    assert output.row == int(test[0])


def test_training_changes_the_answer_shown(output, trainer, qtbot) -> None:
    before = output.bars.data.shares
    with qtbot.waitSignal(trainer.snapshot_published, check_params_cb=lambda s: s.epoch >= 1):
        trainer.epoch()
    assert output.bars.data.shares != before


def test_images_are_looked_through_by_class_and_part(document, qtbot) -> None:
    panel = DataPanel(document)
    qtbot.addWidget(panel)
    panel.resize(200, 600)
    panel.show()
    images, dataset = panel.images, document.dataset
    assert images is not None and images.isVisible()
    assert not panel.thumbnails["circle"].isVisible() and panel.more.isVisible() and panel.more.text() == "Digits"
    assert [item.row for item in images.grid.items] == dataset.train[:30].tolist()
    images.filter.buttons["7"].click()
    images.part.buttons["test"].click()
    rows = [item.row for item in images.grid.items]
    assert rows and set(rows) <= set(dataset.test.tolist()) and set(dataset.y[rows]) == {7.0}
    images.more.click()
    assert not set(rows) & {item.row for item in images.grid.items}
    row = images.grid.items[2].row
    place = QRectF(*images.grid.drawing.part(row).rect).center()
    with qtbot.waitSignal(panel.image_picked) as picked:
        QTest.mouseClick(images.grid, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert picked.args == [row]
    document.choose_data(DataChoice(name="circle"))
    qtbot.waitUntil(lambda: document.dataset.image is None)
    assert not images.isVisible() and panel.thumbnails["circle"].isVisible()


def test_the_matrix_and_every_mistake_are_of_the_present_weights(document, trainer, qtbot) -> None:
    page = AnswersPage(document, trainer.legible)
    qtbot.addWidget(page)
    page.resize(780, 300)
    page.show()
    qtbot.waitUntil(lambda: page.evaluation is not None)

    def answers() -> np.ndarray:
        snapshot, dataset = trainer.snapshot, document.dataset
        return predict(snapshot.plan, snapshot.weights, dataset.columns, dataset.x[dataset.test]).argmax(axis=1)

    def shown() -> set[int]:
        return {item.row for item in page.mistakes.items}

    def expected() -> set[int]:
        test = document.dataset.test
        return set(test[answers() != document.dataset.y[test]][: len(page.mistakes.items)].tolist())

    assert shown() == expected()
    trainer.epoch()
    qtbot.waitUntil(lambda: trainer.snapshot.epoch >= 1)
    truth = document.dataset.y[document.dataset.test]
    qtbot.waitUntil(lambda: shown() == expected() and page.matrix.data.right == (answers() == truth).sum())
    item = page.mistakes.items[0]
    assert f"{item.caption}{item.wrong}" == f"{int(document.dataset.y[item.row])} → {item.wrong}"
    with qtbot.waitSignal(page.picked) as picked:
        page.mistakes.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(page.mistakes, Qt.Key.Key_Return)
    assert picked.args == [item.row]
    document.choose_data(DataChoice(name="iris"))
    qtbot.waitUntil(lambda: document.dataset.image is None)
    assert page.evaluation is None and not page.mistakes.items and not page.side.isVisible()


def test_the_right_column_reads_images_and_looks_over_a_plane_for_the_rest(document, trainer, qtbot) -> None:
    column = RightColumn(document, trainer)
    qtbot.addWidget(column)
    column.resize(345, 800)
    column.show()
    assert column.images is not None and column.images.isVisible() and not column.output.isVisible()
    qtbot.waitUntil(lambda: trainer.snapshot is not None)
    column.set_neuron("dense-1", 0)
    assert column.unit is not None and column.unit.isVisible()
    assert column.unit.lines[0][0].full_text == "answers this image"
    document.choose_data(DataChoice(name="iris"))
    qtbot.waitUntil(lambda: document.dataset.image is None)
    assert not column.images.isVisible() and column.output.isVisible()


def test_a_whole_window_on_digits(qtbot) -> None:
    with opened_window() as opened:
        page = opened.page
        page.network.load_file(digits_file(), None)
        qtbot.waitUntil(lambda: page.trainer.snapshot is not None and page.trainer.snapshot.plan.output.width == 10)
        panes = page.panes
        assert panes.plots.front is panes.answers
        qtbot.waitUntil(lambda: panes.answers.evaluation is not None)
        canvas = page.canvas
        row = panes.right.images.row
        assert np.allclose(canvas.scene.seen, page.network.dataset.pictures(np.array([row]))[0])
        mistake = panes.answers.mistakes.items[0]
        panes.answers.picked.emit(mistake.row)
        assert panes.right.images.row == mistake.row
        assert np.allclose(canvas.scene.seen, mistake.pixels)
        page.network.choose_data(DataChoice(name="plane"))
        qtbot.waitUntil(lambda: page.network.dataset.image is None)
        assert canvas.scene.seen is None
        assert panes.answers.residuals.isVisible() and not panes.answers.matrix.isVisible()


def weight_tip(card: UnitCard, line: int, column: int) -> str:
    part = card.weights.drawing.part(("w", line, column))
    assert part is not None
    return part.full_tip


def test_the_card_of_a_unit_that_weighs_the_image(document, trainer, qtbot) -> None:
    card, dataset = UnitCard(document, trainer), document.dataset
    qtbot.addWidget(card)
    card.resize(320, 260)
    assert not card.isVisible()
    qtbot.waitUntil(lambda: trainer.snapshot is not None)
    row = int(dataset.test[0])
    card.look_at(tuple(dataset.x[row].tolist()))
    card.set_neuron("dense-1", 4)
    assert card.isVisible() and card.title.full_text == "Unit 5 of Dense 1"
    snapshot = trainer.snapshot
    x = dataset.x[[row]]
    found = activations_at(snapshot.plan, snapshot.weights, dataset.columns, x)
    a, output = float(found["dense-1"][0, 4]), found["output-1"][0]
    assert fixed(a) in card.lines[0][1].text()
    for (what, value), at in zip(card.lines[1:], np.argsort(-output)[:2], strict=True):
        assert what.full_text.endswith(dataset.classes[at])
        assert fixed(abs(a * float(snapshot.weights["output-1", "W"][at, 4]))) in value.text()
    qtbot.waitUntil(lambda: len(card.exciting.items) > 0)
    answers = activations_at(snapshot.plan, snapshot.weights, dataset.columns, dataset.x[dataset.train])["dense-1"][
        :, 4
    ]
    assert card.exciting.items[0].row == dataset.train[answers.argmax()]
    assert "never learns" in weight_tip(card, 4, 0) or dataset.inked()[4, 0]
    card.set_selection(())
    assert not card.isVisible()
    card.set_selection(("output-1",))
    card.set_neuron("output-1", 0)
    assert not card.isVisible()


def test_what_a_unit_answers_leads_to_where_it_comes_from_in_the_pass_of_that_image(document, trainer, qtbot) -> None:
    card, dataset = UnitCard(document, trainer), document.dataset
    qtbot.addWidget(card)
    qtbot.waitUntil(lambda: trainer.snapshot is not None)
    row, other = (int(one) for one in dataset.test[:2])
    card.look_at(tuple(dataset.x[row].tolist()))
    card.set_neuron("dense-1", 4)
    value = card.lines[0][1]
    assert "href" not in value.text()
    for asked, linked in ((row, True), (other, False)):
        with qtbot.waitSignal(trainer.trace_ready) as arrived:
            trainer.request_pass(lambda session, row=asked: session.trace((row,)), None)
        card.follow_pass(arrived.args[0])
        assert ("href" in value.text()) is linked
    card.resize(320, 260)
    with qtbot.waitSignal(card.number_picked) as picked:
        qtbot.mouseClick(card.weights, Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    assert picked.args == [Source("W", "dense-1", (4, 8 + 4))]
    assert "Line 2, column 5" in weight_tip(card, 1, 4)
    card.follow_pass(None)
    assert "href" not in value.text()
    with qtbot.assertNotEmitted(card.number_picked):
        qtbot.mouseClick(card.weights, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(card.number_picked) as picked:
        value.linkActivated.emit("#")
    assert picked.args == [Source("a", "dense-1", (4,))]


def test_the_likeliest_class_stands_out_among_the_bars(qapp: object) -> None:
    drawing = draw_class_bars(ClassShares(("cat", "dog", "owl"), (0.2, 0.79, 0.01)), Frame(300.0, 63.0))
    numbers = [mark for mark in drawing.marks if isinstance(mark, NumberMark)]
    assert [mark.text for mark in numbers] == ["20.0 %", "79.0 %", "1.0 %"]
    assert [mark.bold for mark in numbers] == [True, True, False]
    names = [mark for mark in drawing.marks if isinstance(mark, Text) and not isinstance(mark, NumberMark)]
    assert [mark.ink for mark in names] == ["text", "accent", "text"]
    bars = [mark for mark in drawing.marks if isinstance(mark, Rectangle) and mark.fill != "track"]
    assert bars[1].rect[2] == pytest.approx(bars[0].rect[2] * 0.79 / 0.2) and bars[1].fill == "accent"
    assert drawing.part(1).spoken == "dog: 79.0 %" and drawing.height == 63.0
    assert not any(
        isinstance(mark, NumberMark) for mark in draw_class_bars(ClassShares(("cat",)), Frame(300, 21)).marks
    )
