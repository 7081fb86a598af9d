"""Predict, then reveal, in the whole window: what is asked stands nowhere until it is revealed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QWidget

from app.builder.canvas.selection import NeuronRef
from app.builder.timeline.panel import PassTimeline
from app.builder.timeline.written import write_factor
from app.examples import example_of
from app.kit import theme
from app.kit.announce import recorded
from app.kit.guessing import card as card_module
from app.kit.guessing.words import mistake_words
from app.kit.numbers import read, significant, to_digits
from engine.data import DataChoice
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.graph.edit import connect, disconnect, set_params
from engine.guesses import Mistake
from engine.training.lines.expression import Negated, Number, Power, Product, Sum, WorkedLine
from engine.training.trace import Phase
from tests.app.standing import settle
from tests.app.window_rig import Opened, opened_window


@pytest.fixture
def window(qtbot) -> Iterator[Opened]:
    with opened_window() as opened, qtbot.waitActive(opened.window):
        opened.window.activateWindow()
        yield opened


class Eye:
    """Reads everything that the window shows and says of the pass."""

    def __init__(self, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
        self._window, self._page = opened.window, opened.page
        self._painted: list[str] = []
        draw = QPainter.drawText

        def read(painter: QPainter, *rest: object) -> object:
            self._painted.extend(part for part in rest if isinstance(part, str))
            return draw(painter, *rest)

        monkeypatch.setattr(QPainter, "drawText", read)

    def texts(self) -> str:
        """All of it, with tags taken out."""
        self._painted.clear()
        for part in (self._page.canvas, self._page.panes.timeline):
            part.grab()
        found = [*self._painted, *self._rows(QModelIndex())]
        for widget in self._window.findChildren(QWidget):
            found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            if isinstance(widget, QLabel | QLineEdit) and not widget.isHidden():
                found.append(widget.text())
        return re.sub(r"<[^>]*>", " ", "\n".join(found))

    def _rows(self, parent: QModelIndex) -> Iterator[str]:
        model = self._page.panes.outline.model
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            yield f"{index.data(Qt.ItemDataRole.AccessibleTextRole)}"
            yield f"{index.data(Qt.ItemDataRole.DisplayRole)}"
            yield from self._rows(index)


def written(value: float) -> set[str]:
    """A number as one may find it, in the digits by which one would know it."""
    return {significant(value), to_digits(value, 3), to_digits(value, 4), significant(value, 4)}


def finds(text: str, value: float) -> list[str]:
    """The ways in which the number stands there."""
    return [form for form in written(value) if re.search(rf"(?<![\d.−]){re.escape(form)}(?![\d.])", text)]


@pytest.mark.slow
def test_what_is_asked_stands_nowhere_before_it_is_revealed(window: Opened, qtbot, monkeypatch) -> None:
    page = window.page
    page.network.load_file(NetworkFile(feed_forward((3, 2)), data=DataChoice(name="circle")), None)
    window.actions["outline_panel"].trigger()
    timeline, outline, selection = page.panes.timeline, page.panes.outline, page.canvas.selection
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and len(page.trainer.snapshot.plan.nodes) == 4)
    page.panes._play_row(3)
    qtbot.waitUntil(lambda: timeline.trace is not None)
    timeline.to_start()
    timeline.playhead.pause()
    timeline.set_predicting(True)
    eye, asked = Eye(window, monkeypatch), set()
    with recorded() as said:
        for index, stage in enumerate(timeline.trace.stages):
            timeline.go_to_stage(index)
            if not timeline.prediction.open:
                continue
            if stage.phase is not Phase.LOSS:  # with its card open as well
                selection.choose_neuron(NeuronRef(stage.block_id, timeline._view.unit(stage)))
            assert timeline.prediction.open
            truth = timeline.prediction.question.truth
            page.voice.settle()
            shown, spoken = eye.texts(), "\n".join(text for text, _ in said)
            assert not finds(shown, truth) and " is " not in spoken.replace("What is the result", ""), (
                stage.phase,
                stage.block_id,
                truth,
            )
            timeline.prediction.give_up()
            assert finds("\n".join(timeline.sheet.page.texts), truth)
            if not asked:  # so that it is known to be found where it stands
                page.voice.settle()
                outline._refresh()
                assert finds(eye.texts(), truth) and " is " in said[-1][0]
            asked.add(stage.phase)
            said.clear()
    assert asked == set(Phase)
    page.panes.timeline.put_away()


def test_the_answer_to_a_typed_input_is_not_said_beside_the_question(window: Opened, qtbot) -> None:
    page = window.page
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None)
    timeline, output = page.panes.timeline, page.panes.right.output
    output.try_action.trigger()
    answer = output.try_input.answer
    output.try_input.refresh()
    told = answer.text()
    timeline.set_predicting(True)
    output.try_input.play.click()
    qtbot.waitUntil(lambda: timeline.trace is not None and not timeline.trace.rows)
    timeline.go_to_stage(1)
    assert answer.text() == "→ ?"
    output._hover(0.5, 0.5)
    assert "→" not in output.readout.full_text
    timeline.go_to_phase(Phase.LOSS)
    assert answer.text() == told, "the forward pass is known"
    timeline.to_start()
    assert answer.text() == "→ ?"
    timeline.put_away()
    assert answer.text() == told
    output._hover(0.5, 0.5)
    assert "→" in output.readout.full_text


def test_the_loss_is_not_on_the_card_of_the_sample_beside_the_question(window: Opened, qtbot) -> None:
    """The card's pass comes on its own, at any time: on a busy machine it stood there while the loss was asked."""
    timeline, sample = asked(window, qtbot), window.page.panes.right.output.sample
    timeline.go_to_phase(Phase.LOSS)
    assert timeline.prediction.open
    qtbot.waitUntil(lambda: sample.row == 3 and "output ?" not in sample.answer.plain)
    assert "?" in sample.loss.plain and "=" not in sample.loss.plain
    timeline.put_away()
    qtbot.waitUntil(lambda: "=" in sample.loss.plain)


def asked(window: Opened, qtbot, units: tuple[int, ...] = (3, 2)) -> PassTimeline:
    """A small network, guesses asked for, and the question for its first hidden layer in sight."""
    page = window.page
    page.network.load_file(NetworkFile(feed_forward(units), data=DataChoice(name="circle")), None)
    wanted = len(units) + 2
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and len(page.trainer.snapshot.plan.nodes) == wanted)
    timeline = page.panes.timeline
    timeline.set_predicting(True)
    page.panes._play_row(3)
    qtbot.waitUntil(lambda: timeline.trace is not None)
    timeline.go_to_stage(1)
    assert timeline.prediction.open
    return timeline


def test_no_colour_tells_the_sign_that_is_asked_for(window: Opened, qtbot) -> None:
    timeline, page = asked(window, qtbot), window.page
    view, neutral = page.panes.right.output.view, theme.colour("neutral")

    def colours(block_id: str) -> set[str]:
        """What the tiles of a block are filled with."""
        tiles = page.canvas.scene.layout[block_id].tiles
        picture, found = page.canvas.grab().toImage(), set()
        for unit in range(tiles.units):
            centre = page.canvas.camera.rect_to_view(tiles.rect(unit)).center() * picture.devicePixelRatio()
            found |= {picture.pixelColor(round(centre.x()) + dx, round(centre.y()) + dy).name()
                      for dx in range(-4, 5) for dy in range(-4, 5)}  # fmt: skip
        return found

    for block_id in ("dense-1", "dense-2", "output-1"):
        assert colours(block_id) == {neutral.name()}
    assert view.data.answers is None and not view.table().rows
    timeline.prediction.give_up()
    assert len(colours("dense-1")) > 1 and colours("output-1") == {neutral.name()}
    timeline.go_to_phase(Phase.LOSS)
    assert len(colours("output-1")) > 1 and view.data.answers is not None
    timeline.to_start()
    timeline.put_away()
    assert len(colours("dense-2")) > 1


def test_the_network_may_be_rewired_while_its_pass_is_asked_about(window: Opened, qtbot) -> None:
    timeline, page = asked(window, qtbot, (3, 3)), window.page
    timeline.prediction.give_up()
    timeline.go_to_stage(2)
    page.canvas.selection.choose_neuron(NeuronRef("dense-1", 0))
    graph = page.network.graph
    for source, target in (("input-1", "dense-2"), ("dense-1", "output-1"), ("dense-2", "dense-1")):
        graph = connect(graph, source, target)
    before = timeline.trace
    page.network.edit("wire", graph=graph)
    page.canvas.grab()  # of the new graph with the old pass, which knows dense-1 and not yet dense-2
    qtbot.waitUntil(lambda: timeline.trace is not None and timeline.trace is not before)
    assert [stage.block_id for stage in timeline.trace.stages[:3]] == ["input-1", "dense-2", "dense-1"]


def test_answers_come_back_when_the_pass_is_lost(window: Opened, qtbot) -> None:
    asked(window, qtbot)
    output = window.page.panes.right.output
    output._hover(0.5, 0.5)
    assert "→" not in output.readout.full_text
    window.page.network.edit("cut", graph=disconnect(window.page.network.graph, window.page.network.graph.wires[0]))
    assert window.page.panes.timeline.trace is None
    window.actions["undo"].trigger()
    qtbot.waitUntil(lambda: window.page.trainer.snapshot is not None)
    window.page.panes.timeline.put_away()
    output._hover(0.5, 0.5)
    assert "→" in output.readout.full_text


def test_while_it_trains_a_pass_of_another_network_takes_its_place(window: Opened, qtbot) -> None:
    timeline, page = asked(window, qtbot), window.page
    page.trainer.play()
    qtbot.waitUntil(lambda: page.trainer.running)
    before = timeline.trace
    page.trainer.trace_ready.emit(before, timeline.source._choice)
    assert timeline.trace is before
    with qtbot.waitSignal(timeline.source.arrived):
        pass
    assert timeline.trace is before, "the numbers asked about do not run away"
    page.network.edit("widen", graph=set_params(page.network.graph, "dense-1", units=5))
    qtbot.waitUntil(lambda: timeline.trace is not before)
    page.trainer.pause()


def test_what_the_network_makes_of_a_digit_is_not_said_beside_the_question(window: Opened, qtbot) -> None:
    page = window.page
    page.network.load_file(example_of("digits").opening, None)
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and page.network.dataset.image is not None)
    timeline, right = page.panes.timeline, page.panes.right
    timeline.set_predicting(True)
    page.panes._play_row(3)
    qtbot.waitUntil(lambda: timeline.trace is not None)
    timeline.go_to_stage(1)
    assert timeline.prediction.open and right.images is not None
    scene, output = page.canvas.scene, page.network.graph.blocks[-1].id
    qtbot.waitUntil(lambda: output in scene.answers)
    assert scene.answers_of(output) is None and not right.images.bars.data.shares
    timeline.set_predicting(False)
    timeline.go_to_stage(len(timeline.trace.stages) - 1)
    assert scene.answers_of(output) is not None and right.images.bars.data.shares


@pytest.mark.parametrize("size", [(1280, 800), (853, 533)], ids=["1280", "1280 at 150 %"])
def test_the_diagnosis_of_a_wrong_try_and_the_hint_are_both_read(
    window: Opened, qtbot, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    page, timeline = window.page, window.page.panes.timeline
    longest = max(map(mistake_words, Mistake), key=len)
    monkeypatch.setattr(card_module, "mistake_words", lambda _mistake: longest)
    window.window.resize(*size)
    page.network.load_file(NetworkFile(feed_forward((3, 2)), data=DataChoice(name="circle")), None)
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and len(page.trainer.snapshot.plan.nodes) == 4)
    page.panes._play_row(3)
    qtbot.waitUntil(lambda: timeline.trace is not None)
    timeline.to_start()
    timeline.playhead.pause()
    timeline.set_predicting(True)
    card, tried = timeline.prediction._card, 0
    wrong = {"+": "-", "-": "+", "larger": "smaller", "smaller": "larger"}
    for stage in range(len(timeline.trace.stages)):
        timeline.go_to_stage(stage)
        question = timeline.prediction.question
        if question is None or not timeline.prediction.open:
            continue
        settle()
        mistaken = f"{question.mistakes[0][1] if question.mistakes else -question.truth}"
        for _try in range(2):
            card.choose(wrong.get(str(question.asked.answer), mistaken))
            settle()
            if size[0] > 1000:
                qtbot.waitUntil(lambda: timeline._work.verticalScrollBar().maximum() == 0)
            for part in filter(QWidget.isVisible, (card._verdict, card._hint, card._text)):
                qtbot.waitUntil(partial(is_read, timeline._work, part))
        tried += 1
    assert tried > 2


def is_read(place: QScrollArea, part: QWidget) -> bool:
    """Whether all of a paragraph is in sight once one has scrolled to it."""
    place.ensureWidgetVisible(part, 0, 0)
    whole = part.height() >= part.heightForWidth(part.width()) > 0
    return whole and part.visibleRegion().boundingRect() == part.rect()


def test_an_exercise_reopens_with_its_score_and_what_was_answered(window: Opened, qtbot, tmp_path: Path) -> None:
    page, timeline, path = window.page, window.page.panes.timeline, tmp_path / "exercise.loom"
    page.network.load_file(NetworkFile(feed_forward((3, 2)), data=DataChoice(name="circle")), None)
    card = timeline.prediction._card

    def come_to(stage: int) -> None:
        page.panes._play_row(3)
        qtbot.waitUntil(lambda: timeline.trace is not None and len(timeline.trace.plan.nodes) == 4)
        timeline.playhead.pause()
        timeline.go_to_stage(stage)

    timeline.set_predicting(True)
    come_to(1)
    question = timeline.prediction.question
    assert question is not None and timeline.prediction.open
    card.choose({"+": "-", "-": "+", "larger": "smaller", "smaller": "larger"}.get(str(question.asked.answer), "9e9"))
    score, told = card.score_text, card._verdict.text()
    assert score == "first tries: 0 of 1 right" and told.endswith("Try once more.")
    page.document.save(path)
    timeline.prediction.give_up()
    page.document.new()
    page.document.open(path)
    come_to(1)
    assert timeline.prediction.open and (card.score_text, card._verdict.text()) == (score, told)
    for name, data in page.document.snapshot()().items():
        (tmp_path / name).write_bytes(data)
    timeline.prediction.give_up()
    page.document.recover(tmp_path / "document.loom")
    come_to(1)
    assert timeline.prediction.open and (card.score_text, card._verdict.text()) == (score, told)
    timeline.put_away()
    page.document.undo_stack.clear()
    page.document.save(path)


def test_a_loss_is_compared_with_the_square_that_it_is_half_of(window: Opened, qtbot) -> None:
    page, timeline = window.page, window.page.panes.timeline
    page.network.load_file(NetworkFile(feed_forward((3, 2)), data=DataChoice(name="circle")), None)
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and len(page.trainer.snapshot.plan.nodes) == 4)
    timeline.set_predicting(True)
    for row in range(20):
        with qtbot.waitSignal(timeline.source.arrived):
            page.panes._play_row(row)
        assert timeline.trace is not None
        output, target = float(timeline.trace.output[0, 0]), float(timeline.trace.target[0, 0])
        if abs(output - target) > 1.0:
            break
    stage = next(number for number, stage in enumerate(timeline.trace.stages) if stage.phase is Phase.LOSS)
    timeline.go_to_stage(stage)
    found = re.fullmatch(
        r"Will the result be larger or smaller in size than its factor \((.+) − (.+)\)² = (.+)\?", timeline.quiz.text
    )
    assert found is not None, timeline.quiz.text
    assert [read(text.strip("()")) for text in found.groups()] == pytest.approx(
        [output, target, (output - target) ** 2], rel=0.01
    )


def test_the_square_that_is_asked_about_comes_out_of_its_printed_numbers(qapp: object) -> None:
    square = Power(Sum((Number(0.98355), Negated(Number(-1.0, exact=True)))), 2)
    line = WorkedLine("L", "", (Product((Number(0.5, exact=True), square)),), Number(0.5 * 1.98355**2))
    assert write_factor(line, square) == ("(0.9836 − (−1))²", "3.93")
