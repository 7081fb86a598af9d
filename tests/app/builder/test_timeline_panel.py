"""The pass timeline: play, step, step back, scrub, jump, and that it asks again when the network changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from app.builder.timeline.origins import PassOriginCard
from app.builder.timeline.panel import PassTimeline
from app.builder.timeline.stage_cells import StageCells
from app.kit import theme
from app.kit.scene.playhead import STAGE_SECONDS, Playhead
from app.kit.stylesheet import stylesheet
from app.network.watched import Legible
from app.network.worker import Ask
from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.guesses import Kind
from engine.hyperparameters import Hyperparameters
from engine.training.lines.code import code_of
from engine.training.lines.expression import Source
from engine.training.lines.origin import origin_of
from engine.training.session import Setup, TrainingSession
from engine.training.trace import PassTrace, Phase
from engine.value_check import CheckedValue, Oracle
from tests.app.builder.by_hand import holds
from tests.app.told import shown_choices


class StubDocument(QObject):
    """What the timeline reads of a document."""

    graph_changed = Signal()
    hyper_changed = Signal()
    dataset_loaded = Signal()
    weights_loaded = Signal()

    def __init__(self, session: TrainingSession) -> None:
        super().__init__()
        self.graph, self.dataset, self.hyper = session.setup.graph, session.setup.dataset, session.setup.hyper
        self.data = DataChoice()


class DirectTrainer(QObject):
    """A trainer that answers at once, from a real session."""

    snapshot_published = Signal(object)
    snapshot_withdrawn = Signal()
    weights_heard = Signal()
    trace_ready = Signal(object, object)

    def __init__(self, session: TrainingSession) -> None:
        super().__init__()
        self.session, self.asked = session, 0
        self.running = False
        self.held: list[tuple[PassTrace, object]] | None = None
        self.snapshot = session.snapshot(maps=False)
        self.legible, self.passes = Legible(self), {}
        self.followed: dict[object, Ask] = {}

    def request_pass(self, ask: Ask, request: object) -> None:
        self._answer(ask(self.session), request)

    def follow_pass(self, ask: Ask, request: object) -> None:
        self.followed[request] = ask
        self.request_pass(ask, request)

    def leave_pass(self, request: object) -> None:
        self.followed.pop(request, None)

    def _answer(self, trace: PassTrace, request: object) -> None:
        """At once or, while it is held up, when it is asked to."""
        self.asked += 1
        if self.held is None:
            self.trace_ready.emit(trace, request)
        else:
            self.held.append((trace, request))

    def train(self, steps: int) -> None:
        self.session.run_steps(steps)
        self.snapshot = self.session.snapshot(maps=False)
        self.passes = {request: ask(self.session) for request, ask in self.followed.items()}
        self.snapshot_published.emit(self.snapshot)
        self.legible.follow(self.snapshot, running=self.running)


@pytest.fixture
def trainer() -> DirectTrainer:
    dataset = load(DataChoice(name="two-gaussians"))
    return DirectTrainer(TrainingSession(Setup(feed_forward([3, 2]), dataset, Hyperparameters(), backend="numpy")))


@pytest.fixture
def timeline(qtbot: QtBot, trainer: DirectTrainer) -> Iterator[PassTimeline]:
    document = StubDocument(trainer.session)
    made = PassTimeline(document, trainer)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(900, 260)
    made.show()
    yield made
    made.hide()


def test_play_without_a_sample_takes_the_first_training_row(timeline: PassTimeline) -> None:
    timeline.actions_by_name["play_pass"].trigger()
    assert timeline.playhead.playing
    assert timeline.source.rows == (int(timeline._document.dataset.train[0]),)
    timeline.actions_by_name["play_pass"].trigger()
    assert not timeline.playhead.playing


def test_step_and_back_walk_whole_stages(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.playhead.pause()
    timeline.to_start()
    shown: list[tuple[int, float]] = []
    timeline.stage_shown.connect(lambda _trace, index, progress: shown.append((index, progress)))
    step, back = timeline.actions_by_name["step_pass"], timeline.actions_by_name["back_pass"]
    step.trigger()
    step.trigger()
    back.trigger()
    back.trigger()
    assert shown == [(0, 1.0), (1, 1.0), (1, 0.0), (0, 0.0)]


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    before = qapp.styleSheet()
    qapp.setStyleSheet(stylesheet(theme.current()))
    yield
    qapp.setStyleSheet(before)


@pytest.mark.usefixtures("dressed")
def test_a_narrow_page_has_its_words_whole_and_one_scroll_bar(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.setMinimumSize(1, 1)  # as the dock allows
    timeline.resize(257, 165)  # what a window of 1280×800 leaves it at 150 %
    timeline.load_rows((7,))
    timeline.playhead.pause()
    timeline.go_to_stage(1)
    QApplication.processEvents()
    for amount in (0, 1):
        timeline._amount.setCurrentIndex(amount)
        QApplication.processEvents()
        for part in (timeline._predict, timeline._amount, timeline._speed, timeline._close):
            assert part.width() >= part.minimumSizeHint().width() and part.geometry().right() < timeline.width()
    inside = timeline._work.widget()
    qtbot.waitUntil(lambda: timeline.sheet.mapTo(inside, QPoint(0, timeline.sheet.height())).y() <= inside.height())
    bars = [area.verticalScrollBar() for area in timeline.findChildren(QScrollArea) if area.isVisible()]
    assert len([bar for bar in bars if bar.maximum() > 0]) == 1
    timeline.resize(900, 260)
    QApplication.processEvents()
    assert timeline._area.isVisible() and timeline._area.widget() is timeline.sheet
    assert timeline.sheet.isVisible() and timeline._predict.text() == "Predict first"


def box_of(cells: StageCells, key: int | Phase) -> QRectF:
    part = cells.drawing.part(key)
    assert part is not None
    return QRectF(*part.rect)


def middle_of(cells: StageCells, key: int | Phase) -> QPoint:
    return box_of(cells, key).center().toPoint()


def test_a_drag_over_the_cells_reaches_every_stage(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    timeline.playhead.pause()
    cells = timeline._cells
    middle = middle_of(cells, 3)
    qtbot.mousePress(cells, Qt.MouseButton.LeftButton, pos=middle_of(cells, 0))
    drag = QMouseEvent(
        QMouseEvent.Type.MouseMove, QPointF(middle), cells.mapToGlobal(QPointF(middle)), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(cells, drag)
    assert timeline.playhead.position == pytest.approx(3.5, abs=0.1)
    timeline.to_end()
    assert timeline.playhead.at_end and cells._stages.position == timeline.playhead.count


def test_a_click_on_a_cell_shows_that_stage_worked_out(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    for index in (1, 6, 2):
        qtbot.mouseClick(timeline._cells, Qt.MouseButton.LeftButton, pos=middle_of(timeline._cells, index))
        assert (timeline.playhead.index, timeline.playhead.progress) == (index, 1.0)
        assert not timeline.playhead.playing


def test_names_of_the_phases_jump_to_their_first_stage(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    timeline.playhead.pause()
    for phase in Phase:
        qtbot.mouseClick(timeline._cells, Qt.MouseButton.LeftButton, pos=middle_of(timeline._cells, phase))
        trace = timeline.trace
        assert trace is not None
        first = next(index for index, stage in enumerate(trace.stages) if stage.phase is phase)
        assert timeline.playhead.index == first
        assert timeline._cells._stages.phase is phase


def test_cells_of_the_four_phases_fill_the_width_in_order(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    cells = [box_of(timeline._cells, index) for index in range(timeline.playhead.count)]
    assert all(left.right() < right.left() for left, right in pairwise(cells))
    assert cells[-1].right() == pytest.approx(timeline._cells.width() - 1, abs=1.0)


@pytest.mark.parametrize("width", [230, 600])
def test_the_phases_names_stand_beside_one_another(timeline: PassTimeline, width: int) -> None:
    timeline.load_rows((7,))
    cells = timeline._cells
    cells.resize(width, cells.height())
    boxes = [box_of(cells, phase) for phase in Phase]
    assert all(left.right() <= right.left() for left, right in pairwise(boxes))
    assert boxes[0].left() >= 0 and boxes[-1].right() <= width


def test_keeps_its_place_when_the_weights_change(timeline: PassTimeline, trainer: DirectTrainer, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    timeline.playhead.pause()
    timeline.playhead.seek(2.4)
    old, rule, line = timeline.trace, timeline._rule.text, timeline.sheet.page.texts
    trainer.train(5)
    assert timeline.trace is not old
    assert timeline.playhead.position == pytest.approx(2.4)
    assert timeline._rule.text == rule and timeline.sheet.page.texts != line


def test_selected_neuron_is_worked_out(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.playhead.pause()
    timeline.playhead.seek(1.0)
    timeline.set_neuron("dense-1", 2)
    assert timeline._title.text() == "Dense 1 · unit 3"
    timeline.set_neuron("dense-1", 0)
    assert timeline._title.text() == "Dense 1 · unit 1"


def test_a_player_out_of_sight_shows_no_stage_when_the_neuron_changes(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.playhead.pause()
    timeline.playhead.seek(1.0)
    timeline.set_neuron("dense-1", 2)
    timeline.hide()
    shown: list[object] = []
    timeline.stage_shown.connect(lambda *stage: shown.append(stage))
    timeline.set_neuron("dense-1", None)
    assert not shown
    timeline.show()
    timeline.set_neuron("dense-1", 1)
    assert shown and timeline._title.text() == "Dense 1 · unit 2"


def test_mini_batch_passes_together(timeline: PassTimeline) -> None:
    timeline._amount.setCurrentIndex(1)
    timeline.actions_by_name["play_pass"].trigger()
    timeline.playhead.pause()
    assert len(timeline.source.rows) == 10 and timeline.source.row is None
    assert timeline._caption.full_text.startswith("next step's mini-batch of 10")
    assert timeline._caption.toolTip().startswith(f"Samples {', '.join(map(str, timeline.source.rows))}")


def test_the_mini_batch_is_the_one_that_the_next_step_takes(
    timeline: PassTimeline, trainer: DirectTrainer, qtbot: QtBot
) -> None:
    trainer.train(7)
    timeline._amount.setCurrentIndex(1)
    timeline.actions_by_name["play_pass"].trigger()
    timeline.playhead.pause()
    first = timeline.trace
    assert first is not None and first.update is not None
    trainer.train(1)
    np.testing.assert_array_equal(trainer.session.state.theta, first.update.after)
    assert timeline.trace is not None and timeline.trace.rows != first.rows


def test_several_rows_that_were_chosen_are_not_called_the_next_batch(timeline: PassTimeline) -> None:
    timeline.load_rows((3, 5))
    timeline.playhead.pause()
    assert timeline._caption.full_text.startswith("mini-batch of 2")
    assert timeline._caption.toolTip().startswith("Samples 3, 5")


def test_typed_input_is_traced(timeline: PassTimeline) -> None:
    timeline.load_input((1.0, -2.0))
    timeline.playhead.pause()
    assert timeline._caption.full_text.startswith("your input · x = (1, −2)")


def test_a_late_pass_is_not_taken_for_the_one_asked_for_since(timeline: PassTimeline, trainer: DirectTrainer) -> None:
    """Two typed inputs have the same rows, none; what tells their passes apart is the question they answer."""
    trainer.held = []
    timeline.load_input((1.0, -2.0))
    timeline.load_input((0.5, 0.25))
    timeline.load_rows((7,))
    timeline.load_input((0.5, 0.25))
    first, *late, last = trainer.held
    for answer in (first, *late):
        trainer.trace_ready.emit(*answer)
        assert timeline.trace is None
    trainer.trace_ready.emit(*last)
    assert timeline.trace is last[0]
    timeline.playhead.pause()


def test_put_away_forgets_the_pass(timeline: PassTimeline, trainer: DirectTrainer, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    with qtbot.waitSignal(timeline.closed):
        timeline.put_away()
    asked = trainer.asked
    trainer.train(1)
    assert timeline.trace is None and trainer.asked == asked
    assert not timeline.playhead.playing


def test_other_data_forget_the_rows(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline._document.dataset_loaded.emit()
    assert timeline.trace is None and not timeline.source.chosen


def test_every_action_has_a_shortcut_and_a_tip(timeline: PassTimeline) -> None:
    for action in timeline.actions_by_name.values():
        assert not action.shortcut().isEmpty()
        assert action.shortcut().toString() in action.toolTip()


def test_the_clock_runs_at_the_chosen_speed(qtbot: QtBot) -> None:
    head = Playhead()
    head.load(3)
    head.speed = 2.0
    head.advance(STAGE_SECONDS / 4)
    assert head.position == pytest.approx(0.5)
    head.advance(STAGE_SECONDS * 5)
    assert head.at_end


def test_play_at_the_end_begins_again(qtbot: QtBot) -> None:
    head = Playhead()
    head.load(3)
    head.seek(3.0)
    head.play()
    assert head.position == 0.0 and head.playing
    head.pause()


# The sheet ----------------------------------------------------------------------------------------------------------


def test_every_stage_is_worked_out_on_the_sheet_and_checks_by_hand(timeline: PassTimeline) -> None:
    for rows in ((7,), (1, 2, 3)):
        timeline.load_rows(rows)
        timeline.playhead.pause()
        for index in range(timeline.playhead.count):
            timeline.go_to_stage(index)
            assert timeline.sheet.page.texts
            assert all(holds(text) for text in timeline.sheet.page.texts)
            timeline.grab()


def test_a_number_on_the_sheet_says_where_it_comes_from(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    timeline.set_neuron("dense-2", 1)
    timeline.go_to_stage(2)
    weight = next(p for p in timeline.sheet.page.tokens if p.token.source and p.token.source.symbol == "W")
    with qtbot.waitSignal(timeline.number_picked) as picked:
        qtbot.mouseClick(timeline.sheet, Qt.MouseButton.LeftButton, pos=QRectF(*weight.rect).center().toPoint())
    assert picked.args == [Source("W", "dense-2", (1, 0))]


def test_the_optimisers_numbers_say_where_they_come_from(timeline: PassTimeline, qtbot: QtBot) -> None:
    """Those of Adam's lines answered nothing."""
    timeline.load_rows((7,))
    card = asked(timeline, lambda trace, source: origin_of(trace, source).value)
    timeline.set_neuron("dense-2", 1)
    stages = timeline.trace.stages
    last = max(place for place, one in enumerate(stages) if one.block_id == "dense-2" and one.phase is Phase.UPDATE)
    timeline.go_to_stage(last)
    moved = [p for p in timeline.sheet.page.tokens if p.token.source and p.token.source.symbol == "step.W"]
    qtbot.mouseClick(timeline.sheet, Qt.MouseButton.LeftButton, pos=QRectF(*moved[0].rect).center().toPoint())
    assert card.source == moved[0].token.source
    assert card._where.text() == "update of a weight of Dense 2, unit 2"
    assert "torch.optim." in card._fact.lines_of_code
    assert len(card.parents) >= 1
    for parent in card.parents:
        card.go_on_to(parent)
        assert card.source == parent
        card.go_back()
    card._background.close(wait=True)


def test_the_keyboard_reaches_every_number(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    timeline.set_neuron("dense-2", 1)
    timeline.go_to_stage(2)
    asked(timeline, lambda trace, source: 0.0)
    sources = [p.token.source for p in timeline.sheet.page.tokens if p.token.source is not None]
    found = []
    timeline.number_picked.connect(found.append)
    for _ in sources:
        qtbot.keyClick(timeline.sheet, Qt.Key.Key_Right)
        qtbot.keyClick(timeline.sheet, Qt.Key.Key_Return)
    assert found == sources
    timeline.origin._background.close(wait=True)


@pytest.mark.parametrize("width", [560, 346])
def test_a_narrow_sheet_cuts_nothing(timeline: PassTimeline, width: int) -> None:
    """Long sums go on in the next row, and terms are counted where they would fill the page."""
    timeline.resize(width, 260)
    timeline.load_rows(tuple(range(10)))
    for index in range(timeline.playhead.count):
        timeline.go_to_stage(index)
        sheet = timeline.sheet
        assert all(QRectF(*placed.rect).right() <= sheet.width() for placed in sheet.page.tokens)
        assert sheet.page.bottom <= sheet.height()


@pytest.mark.parametrize("width", [626, 346])
def test_the_head_fits_and_its_choices_keep_their_size(timeline: PassTimeline, width: int) -> None:
    """As wide as the dock of a window of 1280 and of 1000 pixels."""
    parts = (
        timeline._play, timeline._back, timeline._step, timeline._count, timeline._cells, timeline._predict,
        timeline._amount, timeline._speed, timeline._close,
    )  # fmt: skip
    timeline.resize(width, 300)
    fixed = [timeline._predict.size(), timeline._amount.size(), timeline._speed.size()]
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    for index in range(timeline.playhead.count):
        timeline.go_to_stage(index)
        timeline.prediction.give_up()
        QApplication.processEvents()  # what is said has another size
        boxes = [part.geometry() for part in parts]
        assert all(timeline.rect().contains(box) for box in boxes)
        assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
        for label in (timeline._title, timeline._count):
            assert label.width() >= label.sizeHint().width()
        assert timeline._rule.width() >= min(timeline._rule.sizeHint().width(), width)
        assert timeline._caption.text().startswith("sample 7") and "…" not in timeline._caption.text()
        assert timeline._count.accessibleName() == f"stage {index + 1} of {timeline.playhead.count}"
        assert timeline.sheet.width() >= 300
    timeline.set_predicting(False)
    timeline.put_away()
    assert [part.size() for part in (timeline._predict, timeline._amount, timeline._speed)] == fixed


# Predict, then reveal -----------------------------------------------------------------------------------------------


def test_a_guess_comes_before_the_number(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    timeline.go_to_stage(1)
    assert timeline.prediction.open
    assert timeline.sheet.page.texts[-1].endswith(" = ?")
    truth = timeline.prediction.question.truth
    timeline.quiz.choose({"sign": "+" if truth > 0 else "-"}.get(timeline.prediction.question.kind, str(truth)))
    assert not timeline.prediction.open
    assert "?" not in "".join(timeline.sheet.page.texts)
    assert timeline.playhead.progress == 1.0


def test_the_score_counts_what_was_answered(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    asked = []
    for index in range(timeline.playhead.count):
        timeline.go_to_stage(index)
        question = timeline.prediction.question
        if timeline.prediction.open:
            right = {
                Kind.SIGN: "+" if question.truth > 0 else "-",
                Kind.SIZE: "larger" if question.than and abs(question.truth) > abs(question.than) else "smaller",
                Kind.VALUE: str(question.truth),
            }
            asked.append(question.kind)
            timeline.quiz.choose(right[question.kind])
    assert timeline.quiz.score_text == f"first tries: {len(asked)} of {len(asked)} right"
    assert len(set(asked)) > 1


def test_what_has_been_seen_is_not_asked(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.go_to_stage(1)
    timeline.set_predicting(True)
    assert not timeline.prediction.open
    assert "The next stage will ask" in timeline.quiz.text
    assert not shown_choices(timeline.quiz) and not timeline.quiz.shows_field
    timeline.step()
    assert timeline.playhead.index == 2 and timeline.prediction.open
    assert shown_choices(timeline.quiz) or timeline.quiz.shows_field
    timeline.set_predicting(False)
    timeline.to_end()
    timeline.set_predicting(True)
    assert "The next pass will ask" in timeline.quiz.text


def test_another_unit_of_a_stage_that_was_seen_is_not_asked_about(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    timeline.set_neuron("dense-1", 0)
    timeline.go_to_stage(1)
    timeline.set_neuron("dense-1", 1)
    assert timeline.prediction.open, "nothing of the stage has been seen"
    timeline.prediction.give_up()
    timeline.set_neuron("dense-1", 2)
    assert not timeline.prediction.open and "already seen" in timeline.quiz.text


def test_the_answer_given_and_the_right_one_stay_marked(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    quiz, words = timeline.quiz, {"+": "positive", "-": "negative"}
    marked: dict[int, tuple[str, ...]] = {}
    for index in range(timeline.playhead.count):
        timeline.go_to_stage(index)
        question = timeline.prediction.question
        if not timeline.prediction.open or question.kind is not Kind.SIGN:
            continue
        assert shown_choices(quiz) == ("positive", "negative")
        right = question.asked.answer
        chosen = right if marked else {"+": "-", "-": "+"}[right]  # the first one wrong
        quiz.choose(chosen)
        marked[index] = shown_choices(quiz)
        assert f"✓ {words[right]}" in marked[index] and "right" in quiz._choices[right].accessibleName()
        assert chosen == right or f"✗ {words[chosen]}" in marked[index]
        assert "your answer" in quiz._choices[chosen].accessibleName()
    assert len(marked) > 1
    for index, choices in marked.items():  # and again when one comes back to it
        timeline.go_to_stage(index)
        assert shown_choices(quiz) == choices
    timeline.set_predicting(False)


def test_what_is_no_number_is_no_answer(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    timeline.go_to_stage(1)
    timeline.quiz.choose("abc")
    assert timeline.quiz._verdict.text() == "“abc” isn't a number. Type one such as −0.42."
    assert timeline.prediction.open and not timeline.quiz.score_text


def test_what_was_only_revealed_marks_no_answer(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    timeline.go_to_stage(1)
    timeline.prediction.give_up()
    assert not shown_choices(timeline.quiz) and not timeline.quiz.shows_field
    assert timeline.quiz._verdict.text().startswith("It is ")


def test_the_pass_is_handed_out_as_far_as_it_is_known(timeline: PassTimeline) -> None:
    handed = []
    timeline.stage_shown.connect(lambda trace, index, _progress: handed.append((trace, index)))
    timeline.load_rows((7,))
    assert handed[-1][0] is timeline.trace
    timeline.set_predicting(True)
    for index in range(timeline.playhead.count):
        timeline.go_to_stage(index)
        trace, at = handed[-1]
        withheld = [stage.withheld is not None for stage in trace.stages]
        first = index if timeline.prediction.open else index + 1
        assert at == index and withheld == [place >= first for place in range(len(withheld))]
        timeline.prediction.give_up()
        assert handed[-1][0].stages[index].withheld is None
    timeline.set_predicting(False)
    assert handed[-1][0] is timeline.trace


def test_a_number_that_is_to_be_guessed_is_not_explained(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    card = asked(timeline, lambda trace, source: 0.0)
    timeline.go_to_stage(2)
    timeline._show_origin(Source("z", "dense-2", (0,)))
    assert card.source is not None
    timeline.set_predicting(True)
    assert card.source is not None
    timeline.go_to_stage(1)
    assert card.source is None and card.isHidden()
    card._background.close(wait=True)


def test_while_it_trains_the_pass_that_is_guessed_at_stays(timeline: PassTimeline, trainer: DirectTrainer) -> None:
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    timeline.go_to_stage(1)
    timeline.prediction.give_up()
    before, trainer.running = timeline.trace, True
    trainer.session.run_steps(3)
    timeline.source.ask()
    assert timeline.trace is before and not timeline.prediction.open
    trainer.running = False
    timeline.source.ask()
    assert timeline.trace is not before and timeline.prediction.open


@pytest.mark.parametrize("move", ["play_pass", "step_pass"])
def test_no_move_shows_a_number_that_is_asked_for(timeline: PassTimeline, move: str) -> None:
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    timeline.go_to_stage(1)
    timeline.actions_by_name[move].trigger()
    assert timeline.prediction.open and not timeline.playhead.playing
    assert timeline.sheet.page.texts[-1].endswith(" = ?")
    assert timeline.quiz._verdict.text() == "Guess first, or reveal it."


@pytest.mark.parametrize(("move", "position"), [("step_pass", 1.0), ("pass_end", None)])
def test_a_move_without_a_pass_begins_one(timeline: PassTimeline, move: str, position: float | None) -> None:
    timeline.actions_by_name[move].trigger()
    assert timeline.trace is not None and not timeline.playhead.playing
    assert timeline.playhead.position == (timeline.playhead.count if position is None else position)


def test_play_stops_before_a_hidden_number_and_goes_on_once_it_is_revealed(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    timeline.go_to_stage(1)
    timeline.quiz.revealed.emit()
    timeline.toggle()
    assert not timeline.prediction.open and timeline.playhead.playing
    timeline.playhead.advance(STAGE_SECONDS / 2)
    assert (timeline.playhead.index, timeline.playhead.progress) == (2, 0.0)
    assert timeline.prediction.open and not timeline.playhead.playing
    assert timeline.quiz.score_text == ""
    timeline.set_predicting(False)
    assert timeline.quiz.isHidden() and "?" not in "".join(timeline.sheet.page.texts)


def test_a_step_stops_before_the_number_and_then_shows_it(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.set_predicting(True)
    timeline.go_to_stage(1)
    timeline.quiz.revealed.emit()
    assert (timeline.playhead.index, timeline.playhead.progress) == (1, 1.0)
    timeline.step()
    assert (timeline.playhead.index, timeline.playhead.progress) == (2, 0.0)
    assert timeline.prediction.open


# Where numbers come from --------------------------------------------------------------------------------------------


def asked(timeline: PassTimeline, check: Callable[[PassTrace, Source], float]) -> PassOriginCard:
    """The timeline's card, whose PyTorch is ``check``."""
    card = timeline.origin
    card.facts.check = lambda trace, source: CheckedValue(check(trace, source), Oracle.TORCH)
    return card


def test_a_click_on_a_number_opens_its_origin_and_goes_on(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    card = asked(timeline, lambda trace, source: origin_of(trace, source).value + 4e-17)
    timeline.set_neuron("dense-1", 1)
    timeline.go_to_stage(6)
    shown = next(p for p in timeline.sheet.page.tokens if p.token.source and p.token.source.symbol == "delta")
    qtbot.mouseClick(timeline.sheet, Qt.MouseButton.LeftButton, pos=QRectF(*shown.rect).center().toPoint())
    assert card.isVisibleTo(timeline) and card.source == shown.token.source
    qtbot.waitUntil(lambda: "PyTorch agrees" in card.badge.text)
    parent = next(source for source in card.parents if source.symbol == "a")
    card.go_on_to(parent)
    assert card.source == parent
    qtbot.waitUntil(lambda: not card._background.busy)
    card._background.close(wait=True)


def test_the_code_of_a_number_is_copied(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    card = asked(timeline, lambda trace, source: 0.5)
    source = Source("delta", "dense-1", (0,))
    card.show_source(timeline.trace, source)
    assert card._copy.isVisibleTo(card) and card._copy.text() == "Copy the code"
    card._copy.click()
    assert QApplication.clipboard().text() == code_of(timeline.trace, source)
    assert card._copy.text() == "Copied"
    card.go_on_to(Source("z", "dense-1", (0,)))
    assert card._copy.text() == "Copy the code"
    card.show_source(timeline.trace, Source("W", "dense-1", (0, 0)))
    assert not card._copy.isVisibleTo(card), "what is given is not worked out"
    card._background.close(wait=True)


def test_a_difference_is_told_as_it_is(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    card = asked(timeline, lambda trace, source: 0.5)
    card.show_source(timeline.trace, Source("z", "dense-1", (0,)))
    qtbot.waitUntil(lambda: "PyTorch differs by" in card.badge.text)
    card._background.close(wait=True)


def test_a_card_of_a_pass_that_is_put_away_goes_with_it(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    card = asked(timeline, lambda trace, source: 0.5)
    card.show_source(timeline.trace, Source("W", "dense-1", (0, 0)))
    assert "initial value" in card._sentence.text() and not card.parents
    timeline.put_away()
    assert card.isHidden() and card.source is None
    card._background.close(wait=True)


@pytest.mark.parametrize("layers", [2, 3, 8])
def test_the_names_of_the_phases_stand_apart_in_the_least_room(qtbot: QtBot, layers: int) -> None:
    cells = StageCells()
    qtbot.addWidget(cells)
    back = layers - 1
    phases = [Phase.FORWARD] * layers + [Phase.LOSS] + [Phase.BACKWARD] * back + [Phase.UPDATE] * back
    cells.set_stages(phases, ["x"] * len(phases))
    cells.resize(cells.minimumWidth(), cells.height())
    boxes = [box_of(cells, phase) for phase in dict.fromkeys(phases)]
    assert all(right.left() - left.right() > 3.0 for left, right in pairwise(boxes))
