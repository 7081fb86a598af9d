"""What is said aloud: edits and their undoing, training, verdicts that change, the stages of a pass."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QPointF, Signal

from app.builder.canvas.selection import NeuronRef
from app.kit.announce import recorded
from app.workspaces.playground.voice import VERDICT_SECONDS, Voice
from engine.graph.edit import set_params
from engine.network.contract import NonFinite
from engine.training.trace import Phase
from engine.training.verdicts import Trouble, Verdict
from engine.training.withheld import so_far
from tests.app.builder.canvas_rig import Rig


class Player(QObject):
    """The part of the player of passes that the voice listens to."""

    stage_shown = Signal(object, int, float)
    closed = Signal()


class VoiceRig(Rig):
    """A canvas whose events are spoken, and a clock that is set by hand."""

    def __init__(self, qtbot) -> None:
        super().__init__(qtbot)
        self.player, self.now = Player(self.document), 100.0
        self.voice = Voice(self.document, self.trainer, self.canvas, self.player, clock=lambda: self.now)

    def run(self, running: bool) -> None:
        """Press Play, or Pause."""
        self.trainer.running = running
        self.trainer.running_changed.emit(running)

    def publish(self, **changes) -> None:
        """Publish a snapshot that differs in this."""
        self.trainer.snapshot = replace(self.trainer.snapshot, **changes)
        self.trainer.snapshot_published.emit(self.trainer.snapshot)


@pytest.fixture
def rig(qtbot) -> VoiceRig:
    return VoiceRig(qtbot)


def test_edits_and_their_undoing_are_said(rig: VoiceRig) -> None:
    edits, stack = rig.canvas.edits, rig.document.undo_stack
    with recorded() as said:
        for act in (
            lambda: edits.add("dropout", QPointF(0, 300)),
            stack.undo,
            stack.redo,
            lambda: edits.remove(["dropout-1"]),
            lambda: edits.set_units("dense-1", 7),
            lambda: edits.join("input-1", "dense-2"),
            lambda: edits.rename("dense-2", "Edges"),
            lambda: rig.document.edit("f", graph=set_params(rig.graph, "dense-1", activation="relu")),
            lambda: edits.move({"dense-1": QPointF(5, 5)}),
        ):
            act()
            rig.voice.settle()
    assert [text for text, _ in said] == [
        "Dropout added",
        "Undone: Add Dropout. Dropout removed",
        "Dropout added",
        "Dropout removed",
        "Dense 1: 7 units",
        "Connection Dense 1 → Dense 2 removed, Connection Input → Dense 2 added",
        "Dense 2 is now called Edges",
        "Dense 1: ReLU",
        "Dense 1 moved",
    ]


def test_many_changes_at_once_are_cut_short(rig: VoiceRig) -> None:
    with recorded() as said:
        rig.canvas.edits.remove(list(rig.graph.by_id))
        rig.canvas.edits.add("dropout", QPointF(0, 0))
        rig.canvas.edits.add("add", QPointF(0, 200))
        rig.voice.settle()
    ((text, _),) = said
    assert text.endswith("more changes") and text.count(",") == 3


def test_training_says_when_it_starts_and_where_it_stops(rig: VoiceRig) -> None:
    with recorded() as said:
        rig.run(True)
        rig.publish(epoch=12.5, train_loss=0.25, test_loss=0.5)
        rig.run(False)
        rig.publish(finished=True)
        rig.run(True)
        rig.run(False)
    texts = [text for text, _ in said]
    assert texts[:2] == ["Training", "Paused, epoch 12.5, train loss 0.2500, test loss 0.5000"]
    assert texts[-1].startswith("Finished, epoch 12.5")


def test_a_divergence_is_left_to_its_message(rig: VoiceRig) -> None:
    with recorded() as said:
        rig.run(True)
        rig.publish(failure=NonFinite("loss", "output-1", 3))
        rig.run(False)
    assert [text for text, _ in said] == ["Training"]


def test_a_step_says_where_it_has_led(rig: VoiceRig) -> None:
    rig.publish(step=0)
    with recorded() as said:
        rig.publish(step=1, epoch=0.1, train_loss=0.4, test_loss=0.5)
        rig.voice.settle()
        rig.publish()
        rig.voice.settle()
    assert [text for text, _ in said] == ["Step 1, epoch 0.1, train loss 0.4000, test loss 0.5000"]


def test_a_verdict_is_said_when_it_is_another_and_not_too_often(rig: VoiceRig) -> None:
    ill = (Verdict("dense-1", Trouble.DEAD, 0.5, (0, 1)), Verdict("dense-2", Trouble.STEADY, 1.0))
    worse = (Verdict("dense-1", Trouble.EXPLODING, 1e5), Verdict("dense-2", Trouble.STEADY, 1.0))
    with recorded() as said:
        rig.run(True)
        rig.publish(verdicts=ill)
        rig.publish(verdicts=(replace(ill[0], value=0.75), ill[1]))
        assert len(said) == 2 and "dead" in said[1][0]
        rig.publish(verdicts=worse)
        assert len(said) == 2
        rig.now += VERDICT_SECONDS
        rig.publish(verdicts=worse)
        assert len(said) == 3 and "explode" in said[2][0]


def test_every_stage_of_a_pass_is_said_once(rig: VoiceRig) -> None:
    trace = rig.trainer.session.trace((4,))
    back = next(n for n, s in enumerate(trace.stages) if s.phase is Phase.BACKWARD and s.block_id == "dense-2")
    delta = trace.stages[back].values["delta"][0, 0]
    rig.canvas.selection.choose_neuron(NeuronRef("dense-2", 0))
    with recorded() as said:
        for progress in (0.0, 0.4, 0.9):
            rig.player.stage_shown.emit(trace, back, progress)
        rig.voice.settle()
        rig.player.stage_shown.emit(rig.trainer.session.trace((4,)), back, 0.95)
        rig.voice.settle()
    ((text, urgent),) = said
    assert text.startswith("Backward, Dense 2: δ of ") and not urgent
    number = text.rpartition(" is ")[2].replace("−", "-")
    assert float(number) == pytest.approx(delta, rel=6e-3)


def test_a_number_that_is_to_be_guessed_is_not_given_away(rig: VoiceRig) -> None:
    trace = rig.trainer.session.trace((4,))
    with recorded() as said:
        for index in range(len(trace.stages)):
            rig.player.stage_shown.emit(so_far(trace, index), index, 0.0)
            rig.voice.settle()
        assert said and not any(" is " in text or "Loss: " in text for text, _ in said)
        rig.player.stage_shown.emit(so_far(trace, 2), 1, 1.0)
        rig.voice.settle()
    assert " is " in said[-1][0]


def test_no_stage_is_without_words(rig: VoiceRig) -> None:
    trace = rig.trainer.session.trace((0, 1))
    with recorded() as said:
        for index in range(len(trace.stages)):
            rig.player.stage_shown.emit(trace, index, 0.0)
            rig.voice.settle()
    assert len(said) == len(trace.stages)
    assert [text for text, _ in said if text.startswith("Loss: ")]


def test_nothing_is_worked_out_while_nobody_listens(rig: VoiceRig, monkeypatch) -> None:
    rig.canvas.edits.set_units("dense-1", 6)
    rig.player.stage_shown.emit(rig.trainer.session.trace((4,)), 0, 0.5)
    with recorded() as said:
        rig.voice.settle()
    assert said == []
