"""The pass timeline: play, step, step back, scrub, jump, and that it asks again when the network changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from pytestqt.qtbot import QtBot

from app.builder.timeline.controls import phase_borders
from app.builder.timeline.panel import PassTimeline
from app.kit.scene.playhead import STAGE_SECONDS, Playhead
from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training.session import Setup, TrainingSession
from engine.training.trace import Phase


class StubDocument(QObject):
    """What the timeline reads of a document."""

    graph_changed = Signal()
    hyper_changed = Signal()
    dataset_loaded = Signal()

    def __init__(self, session: TrainingSession) -> None:
        super().__init__()
        self.graph, self.dataset, self.hyper = session.setup.graph, session.setup.dataset, session.setup.hyper


class DirectTrainer(QObject):
    """A trainer that answers at once, from a real session."""

    snapshot_published = Signal(object)
    snapshot_withdrawn = Signal()
    trace_ready = Signal(object)

    def __init__(self, session: TrainingSession) -> None:
        super().__init__()
        self.session, self.asked = session, 0
        self.snapshot = session.snapshot(maps=False)

    def request_trace(self, rows: tuple[int, ...]) -> None:
        self.asked += 1
        self.trace_ready.emit(self.session.trace(rows))

    def request_trace_at(self, values: tuple[float, ...]) -> None:
        self.asked += 1
        self.trace_ready.emit(self.session.trace_at(values))

    def train(self, steps: int) -> None:
        self.session.run_steps(steps)
        self.snapshot = self.session.snapshot(maps=False)
        self.snapshot_published.emit(self.snapshot)


@pytest.fixture
def trainer() -> DirectTrainer:
    dataset = load(DataChoice(name="two-gaussians"))
    return DirectTrainer(TrainingSession(Setup(feed_forward([3, 2]), dataset, Hyperparameters(), backend="numpy")))


@pytest.fixture
def timeline(qtbot: QtBot, trainer: DirectTrainer) -> Iterator[PassTimeline]:
    document = StubDocument(trainer.session)
    made = PassTimeline(document, trainer)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(900, 66)
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


def test_scrub_reaches_every_stage(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    timeline.playhead.pause()
    slider = timeline._slider
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, 10))
    assert timeline.playhead.position == pytest.approx(timeline.playhead.count / 2, abs=0.2)
    timeline.to_end()
    assert timeline.playhead.at_end and slider.position == timeline.playhead.count


def test_chips_jump_to_their_phase(timeline: PassTimeline, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    timeline.playhead.pause()
    for phase in Phase:
        qtbot.mouseClick(timeline._chips.chip(phase), Qt.MouseButton.LeftButton)
        trace = timeline.trace
        assert trace is not None
        assert trace.stages[timeline.playhead.index].phase is phase
        assert [p for p in Phase if timeline._chips.chip(p).isChecked()] == [phase]


def test_keeps_its_place_when_the_weights_change(timeline: PassTimeline, trainer: DirectTrainer, qtbot: QtBot) -> None:
    timeline.load_rows((7,))
    timeline.playhead.pause()
    timeline.playhead.seek(2.4)
    old, line = timeline.trace, timeline.formula
    with qtbot.waitSignal(trainer.trace_ready):
        trainer.train(5)
    assert timeline.trace is not old
    assert timeline.playhead.position == pytest.approx(2.4)
    assert timeline.formula[0] == line[0] and timeline.formula[1] != line[1]


def test_selected_neuron_is_worked_out(timeline: PassTimeline) -> None:
    timeline.load_rows((7,))
    timeline.playhead.pause()
    timeline.playhead.seek(1.0)
    timeline.set_neuron("dense-1", 2)
    assert timeline.caption_text.endswith("unit 3")
    timeline.set_neuron("dense-1", 0)
    assert timeline.caption_text.endswith("unit 1")


def test_mini_batch_passes_together(timeline: PassTimeline) -> None:
    timeline._amount.setCurrentIndex(1)
    timeline.actions_by_name["play_pass"].trigger()
    timeline.playhead.pause()
    assert timeline.source.rows == tuple(int(r) for r in timeline._document.dataset.train[:10])
    assert timeline.caption_text.startswith("mini-batch of 10")


def test_typed_input_is_traced(timeline: PassTimeline) -> None:
    timeline.load_input((1.0, -2.0))
    timeline.playhead.pause()
    assert timeline.caption_text.startswith("your input · x = (1.00, −2.00)")


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


def test_phase_borders() -> None:
    phases = [Phase.FORWARD, Phase.FORWARD, Phase.LOSS, Phase.BACKWARD]
    assert phase_borders(phases) == (2, 3)
