"""Undo of whatever canvas and outline can do brings back the run from before it, to the bit, and redo the one after."""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPointF
from pytestqt.qtbot import QtBot

from app.builder.canvas.edits import Align, CanvasEdits
from app.network.document import Document
from app.network.kept import KeptState, same_weights
from app.network.trainer import Trainer
from app.network.worker import TrainingWorker
from engine.data import DataChoice
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, set_params, splice
from engine.graph.kinds import playground_kinds
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.state import weights_of
from engine.training import checkpoints
from engine.training.remedies.base import Edit
from tests.app.network.document_rig import running


class Hands:
    """A trained network, and everything that is done to it on the canvas, in the outline and in the panels."""

    def __init__(self, document: Document, trainer: Trainer, qtbot: QtBot, chance: random.Random) -> None:
        self.document, self.trainer, self._qtbot, self.chance = document, trainer, qtbot, chance
        self._owner = QObject()
        self.edits = CanvasEdits(document, self._owner)

    def wait(self) -> None:
        """Wait until the thread has done all that it had been told."""
        answered: list[bool] = []
        self.trainer.when_heard(lambda: answered.append(True))
        self._qtbot.waitUntil(lambda: bool(answered))

    def settle(self) -> KeptState:
        """Wait until the thread has done all; the run as it is then, which thread and document agree on."""
        self.wait()
        kept, session = self.document.kept(), self.trainer._worker.session
        if self.document.can_run and session is not None:
            assert same_weights(kept.weights, weights_of(session.plan, session.state))
        return kept

    def train(self, steps: int = 3) -> KeptState:
        if self.document.can_run:
            for _ in range(steps):
                self.trainer.step()
        return self.settle()

    def undo(self) -> KeptState:
        self.document.undo_stack.undo()
        return self.settle()

    def redo(self) -> KeptState:
        self.document.undo_stack.redo()
        return self.settle()

    def block(self, kind: str = "") -> str:
        return self.chance.choice([b.id for b in self.document.graph.blocks if not kind or b.kind == kind])

    def kind(self) -> str:
        return self.chance.choice([kind.key for kind in playground_kinds()])

    def place(self) -> QPointF:
        return QPointF(self.chance.uniform(-200, 200), self.chance.uniform(-200, 200))

    # What is done -------------------------------------------------------------------------------------------------

    def add(self) -> None:
        wires = self.document.graph.wires
        self.edits.add(self.kind(), self.place(), self.chance.choice([None, *wires]))

    def add_beside(self) -> None:
        self.edits.add_beside(self.kind(), self.block(), after=self.chance.random() < 0.5)

    def join(self) -> None:
        self.edits.join(self.block(), self.block())

    def unwire(self) -> None:
        if self.document.graph.wires:
            self.edits.unwire(self.chance.choice(self.document.graph.wires))

    def remove(self) -> None:
        block = self.block()
        if any(other.kind == "dense" and other.id != block for other in self.document.graph.blocks):
            self.edits.remove([block])

    def rename(self) -> None:
        self.edits.rename(self.block(), "Mine")

    def set_units(self) -> None:
        start, block, gesture = self.document.graph, self.block("dense"), f"drag {self.chance.random()}"
        for units in self.chance.sample(range(1, 9), self.chance.randint(1, 3)):
            self.edits.set_units(block, units, gesture, start)

    def insert(self) -> None:
        self.edits.insert(self.edits.piece([self.block()]), self.place(), "Paste")

    def move(self) -> None:
        self.edits.move({self.block(): self.place()})

    def arrange(self) -> None:
        self.edits.arrange()

    def align(self) -> None:
        self.edits.align([block.id for block in self.document.graph.blocks], self.chance.choice(list(Align)))

    def distribute(self) -> None:
        self.edits.distribute([block.id for block in self.document.graph.blocks], across=True)

    def activation(self) -> None:
        name = self.chance.choice(["relu", "tanh", "logistic", "gelu"])
        self.document.edit("Activation", graph=set_params(self.document.graph, self.block("dense"), activation=name))

    def start(self) -> None:
        graph = set_params(self.document.graph, self.block("dense"), initializer="he_normal")
        self.document.edit("Start", graph=graph)

    def features(self) -> None:
        graph = self.document.graph
        for block in graph.blocks:
            if block.kind == "input":
                tokens = self.chance.sample(["x1", "x2", "x1^2", "x1*x2"], self.chance.randint(1, 4))
                self.document.edit("Features", graph=set_params(graph, block.id, features=tuple(tokens)))
                return

    def noise(self) -> None:
        noise = float(self.chance.randint(0, 50))
        self.document.choose_data(self.document.data.model_copy(update={"noise": noise}))

    def other_data(self) -> None:
        self.document.choose_data(DataChoice(name=self.chance.choice(["circle", "exclusive-or"]), samples=40))

    def cure(self) -> None:
        block = self.block("dense")
        array = self.document.present_weights().get((block, "W"))
        if array is not None:
            self.document.apply("Cure", Edit(rows={(block, "W"): {0: np.full(array.shape[1], 2.0)}}))

    def weight(self) -> None:
        block = self.block("dense")
        if (block, "b") in self.document.present_weights():
            self.document.edit_weight(block, "b", (0,), self.chance.uniform(-50.0, 50.0))

    def optimiser(self) -> None:
        name = self.chance.choice(["sgd", "momentum", "adam"])
        self.document.edit("Optimiser", hyper=self.document.hyper.model_copy(update={"optimizer": name}))

    def precision(self) -> None:
        name = "float32" if self.document.hyper.precision == "float64" else "float64"
        self.document.edit("Precision", hyper=self.document.hyper.model_copy(update={"precision": name}))

    def setting(self) -> None:
        name, value = self.chance.choice(
            [("learning_rate", 0.5), ("batch_size", 3), ("l1", 0.01), ("clip_norm", 0.1), ("shuffle", False)]
        )
        self.document.edit("Setting", hyper=self.document.hyper.model_copy(update={name: value}))

    def refuse(self) -> None:
        """Steps at a rate at which none can be done: each leaves all as it was."""
        self.document.edit("Rate", hyper=self.document.hyper.model_copy(update={"learning_rate": 1e300}))
        before, steps = self.settle(), self.document.undo_stack.count()
        after = self.train(2)
        assert same_weights(after.weights, before.weights) and after.updates == before.updates
        assert before.progress is None or same_weights(after.memory, before.memory)
        assert self.document.undo_stack.count() == steps

    def stop_after(self) -> None:
        self.document.edit("Stop after", hyper=self.document.hyper.model_copy(update={"stop_after_epochs": 9}))

    def seed(self) -> None:
        self.trainer.reset(self.chance.randint(1, 99))

    def rewind(self) -> None:
        if (snapshot := self.trainer.snapshot) is not None and snapshot.timeline.steps:
            self.trainer.go_to(self.chance.choice(snapshot.timeline.steps))
            self.wait()  # what the thread finds is told to it as a command

    def other_run(self) -> None:
        if runs := self.document.runs.of(self.document.opening):
            run = self.chance.choice(runs)
            self.trainer.take_up(run, self.chance.randint(0, run.end.updates))
            self.wait()


NO_EDITS = {"refusal", "refusal_beside", "piece"}
HANDS = (
    *("activation", "start", "features", "noise", "other_data", "cure", "weight"),
    *("optimiser", "precision", "setting", "seed", "stop_after", "refuse", "rewind", "other_run"),
)
CANVAS = tuple(
    name
    for name, _method in inspect.getmembers(CanvasEdits, inspect.isfunction)
    if name in vars(CanvasEdits) and not name.startswith("_") and name not in NO_EDITS
)
KEEP_RUN = {"rename", "move", "arrange", "align", "distribute", "stop_after"}
"""Of these the network goes on learning: they change no number of it."""


@pytest.fixture
def hands(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], Hands]]:
    monkeypatch.setattr(checkpoints, "MOST_SHARE", 1e9)
    graph, norm = add_block(feed_forward((4, 3)), "batch_norm", 0.0, 0.0)
    graph = splice(graph, norm, graph.wires[1])
    document = Document(NetworkFile(graph, data=DataChoice(samples=40)))
    with running(document) as trainer:
        qtbot.waitUntil(lambda: trainer.snapshot is not None)
        yield lambda seed: Hands(document, trainer, qtbot, random.Random(seed))
    document.undo_stack.clear()


def assert_same_run(now: KeptState, before: KeptState, label: str) -> None:
    assert now.weights.keys() == before.weights.keys(), label
    for key, array in before.weights.items():
        np.testing.assert_array_equal(now.weights[key], array, f"{label}: {key}")
    assert (now.progress is None) == (before.progress is None), label
    if now.progress is None or before.progress is None:
        return
    for one, other in ((now.progress.memory, before.progress.memory), (now.progress.stuck, before.progress.stuck)):
        assert one is not None and other is not None and one.keys() == other.keys(), label
        assert all(np.array_equal(one[key], other[key]) for key in one), label
    counts = [(kept.updates, kept.cursor, kept.optimizer_step, kept.events) for kept in (now.progress, before.progress)]
    assert counts[0] == counts[1], label


@pytest.mark.parametrize("name", [name for name in (*CANVAS, *HANDS) if name != "other_run"])
@pytest.mark.parametrize("seed", range(2))
def test_undo_brings_back_the_run_before_and_redo_the_one_after(
    hands: Callable[[int], Hands], name: str, seed: int
) -> None:
    hand = hands(seed)
    before = hand.train(5)
    for _ in range(20):
        getattr(hand, name)()
        if hand.document.undo_stack.count():
            break
    assert hand.document.undo_stack.count() == 1
    hand.settle()
    after = hand.train(4) if name not in KEEP_RUN else hand.settle()
    assert_same_run(hand.undo(), before, name)
    assert_same_run(hand.redo(), after, name)
    assert_same_run(hand.undo(), before, name)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_undo_leads_back_through_the_same_runs(hands: Callable[[int], Hands], seed: int) -> None:
    hand = hands(seed)
    stack, runs = hand.document.undo_stack, []
    hand.train()
    for _ in range(15):
        before, steps = hand.settle(), stack.count()
        name = hand.chance.choice([name for name in (*CANVAS, *HANDS) if name not in KEEP_RUN])
        getattr(hand, name)()
        if stack.count() == steps:
            if runs:  # taken on to another step before a further one was done: the same undoable step
                runs[-1] = (*runs[-1][:2], hand.settle())
            continue
        hand.settle()
        after = hand.train(hand.chance.randint(0, 3))
        runs.append((name, before, after))
        if hand.chance.random() < 0.3:
            assert_same_run(hand.undo(), before, name)
            assert_same_run(hand.redo(), after, name)
    assert len(runs) == stack.count() > 5
    for name, before, _after in reversed(runs):
        assert_same_run(hand.undo(), before, name)
    for name, _before, after in runs:
        assert_same_run(hand.redo(), after, name)


def test_it_goes_on_as_if_the_edit_had_never_been(hands: Callable[[int], Hands]) -> None:
    hand = hands(3)
    hand.train(5)
    further = hand.train(7)
    hand.trainer.reset()
    hand.train(5)
    hand.remove()
    hand.train(2)
    hand.undo()
    assert_same_run(hand.train(7), further, "go on")


def test_an_edit_undone_at_once_while_it_trains_takes_no_step_back(
    hands: Callable[[int], Hands], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window knows the run of the latest picture; the thread has trained on since."""
    hand, left, begun = hands(4), [], []
    leave, begin = TrainingWorker.leave, TrainingWorker.begin

    def note_leave(worker: TrainingWorker, moment: object) -> None:
        left.append(weights_of(worker.session.plan, worker.session.state))
        leave(worker, moment)

    def note_begin(worker: TrainingWorker, setup: object, kept: KeptState, run: int) -> None:
        begin(worker, setup, kept, run)
        begun.append(weights_of(worker.session.plan, worker.session.state))

    monkeypatch.setattr(TrainingWorker, "leave", note_leave)
    monkeypatch.setattr(TrainingWorker, "begin", note_begin)
    hand.trainer.play()
    qtbot.waitUntil(lambda: hand.trainer.snapshot.step > 200)
    for units in (1, 2, 3, 5, 6):
        hand.edits.set_units("dense-1", units)
        hand.document.undo_stack.undo()
        hand.document.undo_stack.redo()
        hand.document.undo_stack.undo()
    hand.trainer.pause()
    hand.settle()
    assert len(left) == 20 and len(begun) == 15
    for turn in range(5):
        first, edited, again, _ = left[4 * turn : 4 * turn + 4]
        for one, other in ((first, 0), (edited, 1), (again, 2)):
            assert all(np.array_equal(begun[3 * turn + other][key], one[key]) for key in one)


def test_a_drag_that_comes_back_leaves_what_was_learnt(hands: Callable[[int], Hands]) -> None:
    hand = hands(5)
    before = hand.train(5)
    for units in (2, 1, 4):
        hand.edits.set_units("dense-1", units, "drag")
    assert hand.document.undo_stack.count() == 0
    assert_same_run(hand.settle(), before, "drag")


def test_a_setting_that_is_dragged_to_and_fro_while_it_trains_is_a_step(hands: Callable[[int], Hands]) -> None:
    """Else what it trained with the rates between could not be taken back."""
    hand = hands(8)
    before = hand.train(5)
    for rate in (10.0, hand.document.hyper.learning_rate):
        hyper = hand.document.hyper.model_copy(update={"learning_rate": rate})
        hand.document.edit("Rate", hyper=hyper, merge="drag")
        after = hand.train(2)
    assert hand.document.undo_stack.count() == 1 and after.updates == before.updates + 4
    assert_same_run(hand.undo(), before, "drag")
    assert_same_run(hand.redo(), after, "drag")


def test_a_setting_whose_runs_were_dropped_is_taken_back_alone(
    hands: Callable[[int], Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.network.document.UNDO_BYTES", 0)
    hand = hands(9)
    first = hand.document.hyper
    for rate in (0.1, 0.2, 0.3):
        hand.train(2)
        hand.document.edit("Rate", hyper=first.model_copy(update={"learning_rate": rate}))
    hand.undo()
    hand.undo()
    present = hand.train(2)
    assert hand.document.undo_stack.undoText() == "Rate (weights no longer kept)"
    assert_same_weights(hand.undo(), present)
    assert hand.document.hyper == first


def set_bias(hand: Hands, value: float) -> None:
    hand.document.edit_weight("dense-1", "b", (0,), value)


def test_a_weight_turned_while_it_trains_is_taken_back_with_that_training(
    hands: Callable[[int], Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.network.commands.TURN_SECONDS", 60.0)
    hand = hands(10)
    before = hand.train(5)
    for value in (-1.0, -2.0, -3.0):
        set_bias(hand, value)
        after = hand.train(2)
    assert hand.document.undo_stack.count() == 1
    assert_same_run(hand.undo(), before, "turn")
    assert_same_run(hand.redo(), after, "turn")


@pytest.mark.parametrize(("before", "after"), [(0, 0), (3, 0), (60, 0), (3, 40), (60, 40)])
def test_the_same_weights_are_judged_the_same_after_undo_and_redo(
    hands: Callable[[int], Hands], before: int, after: int
) -> None:
    """A bias of −50 saturates the output: the badge keeps its colour, and the layers theirs."""
    hand = hands(13)

    def judged() -> list[tuple[str, str, tuple[int, ...], bool]]:
        snapshot = hand.trainer.snapshot
        assert snapshot is not None
        return [(v.block_id, v.trouble, v.units, v.is_alarm) for v in snapshot.verdicts]

    hand.train(before)
    well = judged()
    hand.document.edit_weight("output-1", "b", (0,), -50.0)
    hand.train(after)
    stuck = judged()
    assert ("output-1", "saturated", (0,)) in [verdict[:3] for verdict in stuck]
    for _ in range(2):
        hand.undo()
        assert judged() == well
        hand.redo()
        assert judged() == stuck


def test_a_weight_set_in_a_network_that_cannot_run_is_taken_back(hands: Callable[[int], Hands]) -> None:
    hand = hands(11)
    before = hand.train(5)
    wire = hand.document.graph.wires[-1]
    hand.edits.unwire(wire)
    hand.settle()
    set_bias(hand, -50.0)
    after = hand.settle()
    assert after.weights["dense-1", "b"][0] == -50.0
    assert_same_weights(hand.undo(), before)
    assert_same_weights(hand.redo(), after)
    hand.undo()
    assert_same_run(hand.undo(), before, "both")
    assert hand.document.can_run


def test_a_weight_whose_runs_were_dropped_is_taken_back_alone(
    hands: Callable[[int], Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.network.document.UNDO_BYTES", 0)
    monkeypatch.setattr("app.network.commands.TURN_SECONDS", -1.0)
    hand = hands(12)
    first = float(hand.train(2).weights["dense-1", "b"][0])
    for value in (-1.0, -2.0, -3.0):
        set_bias(hand, value)
        hand.train(2)
    hand.undo()
    hand.undo()
    present = hand.train(2)
    assert hand.document.undo_stack.undoText() == "Set b of Dense 1 (weights no longer kept)"
    bias = present.weights["dense-1", "b"].copy()
    bias[0] = first
    assert_same_weights(hand.undo(), replace(present, weights={**present.weights, ("dense-1", "b"): bias}))


def assert_same_weights(now: KeptState, before: KeptState) -> None:
    assert now.updates == before.updates
    assert all(np.array_equal(now.weights[key], array) for key, array in before.weights.items())


def test_a_drag_gives_back_the_units_that_it_has_taken(hands: Callable[[int], Hands]) -> None:
    hand = hands(6)
    before = hand.train(5)
    for units in (1, 3):
        hand.edits.set_units("dense-1", units, "drag")
    np.testing.assert_array_equal(hand.settle().weights["dense-1", "W"], before.weights["dense-1", "W"][:3])


def test_what_was_learnt_goes_on_from_a_graph_that_undo_has_broken_again(hands: Callable[[int], Hands]) -> None:
    """No session trains such a graph: the next edit takes up the run that was put by."""
    hand = hands(7)
    before = hand.train(5)
    wire = hand.document.graph.wires[-1]
    hand.edits.unwire(wire)
    hand.edits.join(wire.source, wire.target)
    mended = hand.settle()
    assert hand.document.can_run
    hand.undo()
    assert not hand.document.can_run
    hand.edits.join(wire.source, wire.target)
    again = hand.settle()
    for run in (mended, again):
        assert all(np.array_equal(run.weights[key], before.weights[key]) for key in before.weights)
        assert all(np.array_equal(run.memory[key], before.memory[key]) for key in before.memory)
        assert run.updates == before.updates


@pytest.fixture
def linear(qtbot: QtBot) -> Iterator[Hands]:
    """A linear unit that has learnt with momentum for 40 steps, and then gets far too large a rate."""
    graph, hyper = feed_forward((), output=OutputParams(activation="identity")), Hyperparameters(optimizer="momentum")
    document = Document(NetworkFile(graph, hyper, DataChoice(name="two-gaussians", samples=40)))
    with running(document) as trainer:
        qtbot.waitUntil(lambda: trainer.snapshot is not None)
        hand = Hands(document, trainer, qtbot, random.Random(0))
        hand.train(40)
        yield hand
    document.undo_stack.clear()


def change_rate(hand: Hands, rate: float) -> None:
    hand.document.edit("Rate", hyper=hand.document.hyper.model_copy(update={"learning_rate": rate}))


def train_loss(hand: Hands) -> float:
    assert hand.trainer.snapshot is not None
    return hand.trainer.snapshot.train_loss


def test_a_divergence_is_taken_back_and_done_again(linear: Hands) -> None:
    stack, learnt = linear.document.undo_stack, linear.settle()
    change_rate(linear, 1.0)
    for _ in range(300):
        linear.trainer.epoch()
    broken = linear.settle()
    assert stack.undoText() == "Divergence" and broken.updates > 40
    failed = failure_of(linear)
    sound = linear.undo()
    assert max(np.abs(array).max() for array in sound.weights.values()) < 100.0 and failure_of(linear)[0] is None
    assert_same_run(linear.redo(), broken, "redo")
    assert failure_of(linear) == failed and stack.count() == 2
    assert same_weights(linear.undo().weights, sound.weights)
    assert_same_run(linear.undo(), learnt, "undo of the rate")


def failure_of(hand: Hands) -> tuple[object, ...]:
    """What is told of a breakdown."""
    now = hand.trainer.snapshot
    assert now is not None
    diagnosis = now.diagnosis and (now.diagnosis.cause, now.diagnosis.began, now.diagnosis.growth)
    return now.failure, diagnosis, now.can_go_back, now.learning


@pytest.mark.parametrize("by_cure", [False, True])
def test_whoever_goes_back_is_where_the_run_was_sound(linear: Hands, by_cure: bool) -> None:
    """Weights, memory, step, epoch and curves are of one moment, and training does from there what it had done."""
    change_rate(linear, 1.0)
    passed = {kept.updates: kept for kept in (linear.settle(), *(linear.train(1) for _ in range(5)))}
    for _ in range(300):
        linear.trainer.epoch()
    broken, failed, count = linear.settle(), failure_of(linear), linear.document.undo_stack.count()
    snapshot = linear.trainer.snapshot
    assert snapshot is not None and snapshot.diagnosis is not None and snapshot.can_go_back
    sound = snapshot.diagnosis.sound
    if by_cure:
        linear.document.apply("Back", Edit(back=sound, hyper=linear.document.hyper))
    else:
        linear.document.undo_stack.undo()
    back, now = linear.settle(), linear.trainer.snapshot
    assert now is not None and sound.progress is not None and now.failure is None
    assert now.step == back.updates == sound.progress.updates < broken.updates
    assert now.epoch == sound.progress.epoch and same_weights(back.memory, sound.progress.memory)
    history = now.history
    assert history.train_loss.steps[-1] == now.step and history.train_loss.mean[-1] == now.train_loss
    assert history.batch_loss.steps[-1] < now.step and np.isfinite(history.batch_loss.high).all()
    assert_same_run(back, passed[back.updates], "back")
    assert_same_run(linear.train(2), passed[back.updates + 2], "on from there")
    (linear.undo if by_cure else linear.redo)()
    assert_same_run(linear.settle(), broken, "broken")
    assert failure_of(linear) == failed and linear.document.undo_stack.count() == count + by_cure


def test_a_breakdown_is_opened_again_with_its_way_back(linear: Hands, tmp_path: Path) -> None:
    change_rate(linear, 1.0)
    for _ in range(300):
        linear.trainer.epoch()
    broken, failed = linear.settle(), failure_of(linear)
    assert broken.diagnosis is not None
    sound = broken.diagnosis.sound
    linear.document.save(tmp_path / "a.loom")
    stack = linear.document.undo_stack
    stack.clear()
    linear.document.load_file(read_network_file(tmp_path / "a.loom"), tmp_path / "a.loom")
    assert_same_run(linear.settle(), broken, "opened")
    assert failure_of(linear) == failed and stack.undoText() == "Divergence" and not linear.document.dirty
    back = linear.undo()
    assert linear.document.dirty and same_weights(back.weights, sound.weights) and back.updates == sound.updates
    assert failure_of(linear)[0] is None
    assert_same_run(linear.redo(), broken, "redo")
    assert failure_of(linear) == failed and not linear.document.dirty and stack.undoText() == "Divergence"


def test_a_refused_step_offers_no_weights_of_long_ago(linear: Hands) -> None:
    """The loss may lie far above the best one and still be that of the network that a person has before them."""
    document, best = linear.document, train_loss(linear)
    change_rate(linear, 1.0)
    while train_loss(linear) <= 20.0 * best:
        linear.train(1)
    linear.rename()
    before = linear.settle()
    linear.undo()
    linear.redo()
    linear.refuse()
    assert document.undo_stack.undoText() == "Rate"
    assert linear.trainer.snapshot is not None and not linear.trainer.snapshot.can_go_back
    assert_same_run(linear.undo(), before, "refused")
