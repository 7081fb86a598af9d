"""The verdict row names what is in trouble, and its buttons mend it, each in one step that undo takes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import inf
from threading import Event
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.kit.announce import recorded
from app.kit.numbers import grouped, setting_text
from app.kit.widgets.phrase import Piece
from app.network.document import Document
from app.network.mending import Mender
from app.network.trainer import Trainer
from app.workspaces.playground.panels.trial_card import TrialCard
from app.workspaces.playground.plots import verdict_row
from app.workspaces.playground.plots.verdict import Finding
from app.workspaces.playground.plots.verdict_row import TWO_LINES, VerdictRow
from engine.data import DataChoice
from engine.formats.base import NetworkFile
from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.graph.edit import set_title
from engine.graph.kinds.output import OutputParams
from engine.graph.weights import Weights
from engine.hyperparameters import DEFAULT_RATE, Hyperparameters
from engine.problems import EngineError
from engine.training import trial
from engine.training.remedies import Case, Edit, Remedy
from engine.training.session import Setup, TrainingSession
from engine.training.troubles import TROUBLES
from engine.training.verdicts import Trouble
from tests.app.network.document_rig import running

SEED = 4
"""One that begins without a dead unit."""
VANISHING = TROUBLES[Trouble.VANISHING].heads[0]
RELU = feed_forward((6, 4), activation="relu", initializer="he_normal")


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cures a copy doesn't hang on how far a busy machine comes within the time of a trial."""
    monkeypatch.setattr(trial, "SECONDS", inf)


class Rig:
    """A document under a running trainer, and its verdict row."""

    def __init__(self, document: Document, trainer: Trainer, row: VerdictRow, qtbot: QtBot) -> None:
        self.document, self.trainer, self.row, self.qtbot = document, trainer, row, qtbot
        trainer.snapshot_published.connect(self.follow)
        qtbot.waitUntil(lambda: trainer.snapshot is not None)

    def follow(self, snapshot: object) -> None:
        self.row.follow(snapshot)

    def kill(self, block_id: str, *units: int) -> None:
        """Push units so far down that no point switches them on."""
        before = self.document.present_weights()
        bias = before[block_id, "b"].copy()
        bias[list(units)] = -20.0
        self.document.apply("kill", Edit(rows={(block_id, "b"): dict(enumerate(bias))}))
        self.says(" dead.")

    def troubles(self) -> set[Trouble]:
        """What is wrong with the layers that the row is about."""
        finding = self.row.finding
        return set() if finding is None else {verdict.trouble for verdict in finding.trouble}

    def has(self, weights: Weights) -> bool:
        """Whether these are the weights that the network has now."""
        now = self.document.present_weights()
        return all(np.array_equal(now[key], weights[key]) for key in weights)

    def says(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.row.text)
        self.tried()

    def tried(self) -> None:
        """Wait until what is offered has been tried."""
        self.qtbot.waitUntil(lambda: not self.row.mender.is_trying)

    def button(self, words: str) -> QPushButton:
        return next(button for button in self.row.buttons if words in button.text() and not button.isHidden())

    def come_to(self, button: QPushButton) -> None:
        """The pointer comes over it."""
        place = QPointF(1.0, 1.0)
        for widget in (self.row._line, button):
            QApplication.sendEvent(widget, QEnterEvent(place, place, place))
        assert button.underMouse()

    def leave(self) -> None:
        """The pointer leaves what it is over."""
        for widget in (*self.row.buttons, self.row.trial, self.row._line):
            if widget.underMouse():
                QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))

    def offer(self, *remedies: Remedy) -> None:
        """Have these proven to be cures of what is said."""
        self.row._take_proven(self.row._case, remedies)

    def actions(self) -> list[QWidget]:
        """What can be pressed."""
        return [widget for widget in (self.row.next, *self.row.buttons, self.row.trial) if widget.isVisible()]

    def is_whole(self) -> bool:
        """Whether the sentence and everything that can be pressed is, the ones below the other."""
        row, sentence = self.row, self.row.sentence
        below = [QRect(widget.mapTo(row, QPoint()), widget.size()) for widget in self.actions()]
        return sentence.heightForWidth(sentence.width()) <= sentence.height() and all(
            box.width() >= widget.sizeHint().width()
            and box.top() > sentence.geometry().bottom()
            and row.rect().contains(box)
            and not any(box.intersects(other) for other in below if other is not box)
            for box, widget in zip(below, self.actions(), strict=True)
        )

    def labels(self) -> list[str]:
        return [button.text() for button in self.row.buttons if not button.isHidden()]


def rig_of(graph: NetworkGraph, qtbot: QtBot, **hyper: object) -> Iterator[Rig]:
    settings = Hyperparameters.model_validate({"learning_rate": 0.001, **hyper})
    document = Document(NetworkFile(graph, hyper=settings, data=DataChoice(name="circle", samples=60)))
    with running(document) as trainer:
        row = VerdictRow(Mender(document, trainer), trainer)
        row.mender.setParent(row)
        qtbot.addWidget(row)
        row.resize(900, row.height())
        row.show()
        yield Rig(document, trainer, row, qtbot)
    document.undo_stack.clear()


@pytest.fixture
def relu(qtbot: QtBot) -> Iterator[Rig]:
    yield from rig_of(RELU, qtbot, seed=SEED)


def test_a_tip_in_sight_says_what_undo_has_brought_back(relu: Rig) -> None:
    relu.kill("dense-1", 4)
    label = relu.row.sentence
    QToolTip.showText(label.mapToGlobal(QPoint(5, 5)), label.toolTip(), label)
    assert "dead" in QToolTip.text()
    relu.document.undo_stack.undo()
    relu.qtbot.waitUntil(lambda: "dead" not in relu.row.text)
    assert QToolTip.text() == label.toolTip() and "dead" not in QToolTip.text()
    QToolTip.hideText()


def test_a_dead_unit_is_named_revived_and_killed_again_by_undo(relu: Rig) -> None:
    relu.kill("dense-1", 4)
    assert relu.row.text.startswith("Unit 5 of Dense 1 is dead.")
    assert relu.labels() == ["Revive unit 5", "Leaky ReLU"]
    before, steps = relu.document.present_weights(), relu.document.undo_stack.count()
    relu.button("Revive unit 5").click()
    relu.qtbot.waitUntil(lambda: "dead" not in relu.row.text)
    assert relu.document.undo_stack.count() == steps + 1
    after = relu.document.present_weights()
    others = [0, 1, 2, 3, 5]
    assert np.array_equal(after["dense-1", "W"][others], before["dense-1", "W"][others])
    relu.document.undo_stack.undo()
    relu.says("Unit 5 of Dense 1 is dead.")
    assert np.array_equal(relu.document.present_weights()["dense-1", "W"], before["dense-1", "W"])
    relu.document.undo_stack.redo()
    relu.qtbot.waitUntil(lambda: "dead" not in relu.row.text)


def test_what_comes_under_a_hand_that_is_still_clicking_is_not_pressed(
    relu: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(verdict_row, "monotonic", lambda: now)
    relu.kill("dense-1", 4)
    (button, *_), (revive, leaky) = relu.row.buttons, relu.row.remedies
    relu.come_to(button)
    button.click()
    relu.qtbot.waitUntil(lambda: "dead" not in relu.row.text)
    steps = relu.document.undo_stack.count()
    relu.offer(leaky)
    for _ in range(2):
        now += 0.2
        button.click()
    relu.qtbot.wait(50)
    assert relu.labels() == ["Leaky ReLU"] and relu.document.undo_stack.count() == steps
    now += 0.2
    button.click()
    relu.qtbot.waitUntil(lambda: relu.document.graph != RELU)
    assert revive.key != leaky.key


def test_what_stood_there_all_along_is_pressed_however_quickly(relu: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict_row, "monotonic", lambda: 100.0)
    relu.kill("dense-1", 4)
    relu.come_to(relu.button("Revive unit 5"))
    relu.button("Revive unit 5").click()
    relu.qtbot.waitUntil(lambda: "dead" not in relu.row.text)
    relu.document.undo_stack.undo()
    relu.says("Unit 5 of Dense 1 is dead.")
    relu.button("Leaky ReLU").click()
    relu.qtbot.waitUntil(lambda: relu.document.graph != RELU)


RATE = Remedy("lower_rate", value=0.0005)


def take(rig: Rig, button: QPushButton, by: str) -> None:
    """Point at a button, or come to it by Tab."""
    if by == "pointer":
        rig.come_to(button)
    else:
        button.setFocus(Qt.FocusReason.TabFocusReason)


@pytest.mark.parametrize("by", ["pointer", "keyboard"])
def test_a_button_in_a_hand_does_what_it_said_when_the_hand_came(relu: Rig, by: str) -> None:
    relu.kill("dense-1", 4)
    labels, button = relu.labels(), relu.row.buttons[1]
    take(relu, button, by)
    place = button.mapTo(relu.row, QPoint())
    relu.offer(RATE)
    relu.offer()
    assert relu.labels() == labels == ["Revive unit 5", "Leaky ReLU"]
    assert button.mapTo(relu.row, QPoint()) == place
    button.click()
    relu.qtbot.waitUntil(lambda: relu.document.graph != RELU)
    assert relu.document.undo_stack.undoText() == "Leaky ReLU"


def test_a_hand_that_comes_back_at_once_finds_what_it_left(relu: Rig) -> None:
    relu.kill("dense-1", 4)
    row, button = relu.row, relu.row.buttons[0]
    relu.come_to(button)
    relu.offer(RATE)
    relu.leave()
    assert relu.labels() == ["Revive unit 5", "Leaky ReLU"]
    relu.come_to(button)
    assert not row._return.isActive(), "it isn't waited for any longer"
    row._return.setInterval(0)
    relu.leave()
    relu.qtbot.waitUntil(lambda: relu.labels() == ["Rate 0.0005"])


@pytest.mark.parametrize("by", ["pointer", "keyboard"])
def test_a_button_in_a_hand_whose_network_is_gone_says_so_and_does_nothing(relu: Rig, by: str) -> None:
    relu.kill("dense-1", 1)
    row, button, label = relu.row, relu.row.buttons[0], relu.row.buttons[0].text()
    take(relu, button, by)
    other = feed_forward((5,), activation="relu", initializer="he_normal")
    with recorded() as said:
        relu.document.edit("other", graph=other)
        relu.qtbot.waitUntil(lambda: bool(button.property("outdated")))
    assert said == [(button.accessibleDescription(), True)]
    assert button.text() == label and button.property("outdated")
    assert button.accessibleDescription() == button.toolTip() == QToolTip.text()
    assert button.toolTip().startswith("The network has changed since this was tried.")
    steps = relu.document.undo_stack.count()
    button.click()
    row.trial.click()
    assert relu.document.undo_stack.count() == steps and relu.document.graph == other
    row._return.setInterval(0)
    if by == "pointer":
        relu.leave()
    else:
        button.clearFocus()
    relu.qtbot.waitUntil(lambda: relu.labels() == [] and not button.property("outdated"))
    QToolTip.hideText()


def test_a_button_in_a_hand_whose_trouble_is_over_says_so(relu: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    relu.kill("dense-1", 4)
    button, ill = relu.row.buttons[0], relu.row.finding
    relu.come_to(button)
    said: list[Finding] = []
    monkeypatch.setattr(verdict_row, "findings", lambda _snapshot: tuple(said))
    for finding, outdated in (
        (Finding("Learning.", "", "good"), True),
        (ill, False),
        (Finding("Units 5 and 6 of Dense 1 are dead.", "", "danger", trouble=ill.trouble if ill else ()), False),
    ):
        assert finding is not None
        said[:] = [finding]
        relu.follow(relu.trainer.snapshot)
        assert button.property("outdated") is outdated and button.text() == "Revive unit 5", finding.head
    QToolTip.hideText()


def test_a_cure_that_stands_is_tried_again_at_its_own_rate(relu: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    relu.kill("dense-1", 4)
    relu.tried()
    standing = (Remedy("revive", ("dense-1",), (4,), setting=Remedy("lower_rate", value=0.0005), seed=7),)
    relu.row._proven = standing
    relu.row._show_proven()
    asked: list[tuple[Remedy, ...]] = []
    prove = relu.row.mender.prove
    monkeypatch.setattr(
        relu.row.mender, "prove", lambda case, *rest: (asked.append(tuple(rest[0])), prove(case, *rest))[1]
    )
    monkeypatch.setattr(Trainer, "running", True)
    relu.row._tried_at = -inf
    assert relu.trainer.snapshot is not None
    relu.row.follow(relu.trainer.snapshot)
    assert asked[0][:1] == standing and {remedy.key for remedy in asked[0]} >= {"revive", "leaky"}


def test_cures_that_stand_are_tried_first_so_that_they_keep_their_places(
    relu: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    relu.kill("dense-1", 4)
    row = relu.row
    row._take_proven(row._case, tuple(reversed(row.remedies)))
    labels = relu.labels()
    assert labels == ["Leaky ReLU", "Revive unit 5"]
    monkeypatch.setattr(Trainer, "running", True)
    row._case, row._tried_at = None, -inf
    relu.follow(relu.trainer.snapshot)
    relu.qtbot.waitUntil(lambda: row._case is not None)
    relu.tried()
    assert relu.labels() == labels


def test_saturated_units_of_a_network_that_knows_its_points_are_noted_and_left_alone(qtbot: QtBot) -> None:
    for rig in rig_of(feed_forward((6,), activation="tanh"), qtbot):
        session = TrainingSession(Setup(rig.document.graph, rig.document.dataset, Hyperparameters(learning_rate=0.03)))
        session.run_steps(200)
        learnt = {
            key: (20.0 if key[0] == "dense-1" else 1.0) * array
            for key, array in session.snapshot(maps=False).weights.items()
        }
        rig.document.apply("learn", Edit(rows={key: dict(enumerate(array)) for key, array in learnt.items()}))
        rig.says("Learnt by heart.")  # there are few test points
        assert rig.row.next.text() == "More ›"  # a note is no second problem
        rig.row.show_next()
        assert rig.row.text.startswith("All units of Dense 1 are saturated.")
        right = rig.row._snapshot.train_accuracy  # type: ignore[union-attr]
        assert 0.8 <= right < 1.0
        assert f"yet {100 * right:.1f} % of them are right." in rig.row.text
        assert rig.row.finding is not None and rig.row.finding.colour == "text_muted"
        rig.tried()
        assert rig.labels() == []  # half the rate is no cure of it


def test_only_alarms_are_counted_and_come_first(relu: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    colours = ("danger", "warning", "text_muted")
    monkeypatch.setattr(verdict_row, "findings", lambda _snapshot: tuple(Finding(name, "", name) for name in colours))
    relu.follow(relu.trainer.snapshot)
    said = []
    for _ in colours:
        said.append(relu.row.next.text())
        relu.row.show_next()
    assert said == ["1 of 2 ›", "2 of 2 ›", "More ›"]
    monkeypatch.setattr(
        verdict_row,
        "findings",
        lambda _snapshot: (Finding("Solved.", "", "good"), *[Finding("a note", "", "text_muted")] * 4),
    )
    relu.follow(relu.trainer.snapshot)
    assert (relu.row.text, relu.row.next.text()) == ("Solved.", "More ›")


def test_findings_that_take_turns_at_the_head_leave_what_is_shown(relu: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Finding("First.", "", "warning"), Finding("Second.", "", "warning")
    worse = Finding("Worse.", "", "danger")

    def says(*found: Finding) -> tuple[str, str]:
        monkeypatch.setattr(verdict_row, "findings", lambda _snapshot: found)
        relu.follow(relu.trainer.snapshot)
        return relu.row.text, relu.row.next.text()

    monkeypatch.setattr(Trainer, "running", True)
    assert says(first, second) == says(second, first) == ("First.", "1 of 2 ›")
    relu.row.show_next()
    assert (relu.row.text, relu.row.next.text()) == ("Second.", "2 of 2 ›")
    relu.row.show_next()
    assert says(second)[0] == "Second."
    assert says(first, second) == ("Second.", "1 of 2 ›"), "nobody has turned to the second"
    assert says(worse, first, second) == ("Worse.", "1 of 3 ›")
    relu.row.show_next()
    assert says(worse, second, first) == ("First.", "3 of 3 ›"), "what was asked for stays"


def test_a_network_that_rests_has_the_finding_of_its_state_whatever_was_shown_while_it_trained(
    relu: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Finding("First.", "", "warning"), Finding("Second.", "", "warning")

    def says(*found: Finding, running: bool) -> tuple[str, str]:
        monkeypatch.setattr(verdict_row, "findings", lambda _snapshot: found)
        monkeypatch.setattr(Trainer, "running", running)
        relu.follow(relu.trainer.snapshot)
        return relu.row.text, relu.row.next.text()

    says(second, running=True)
    assert says(first, second, running=True) == ("Second.", "1 of 2 ›")
    assert says(first, second, running=False) == ("First.", "1 of 2 ›")


def test_after_a_pause_there_is_no_cure_before_it_has_cured_the_paused_network_and_then_it_stays(
    relu: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    relu.kill("dense-1", 4)
    row, running = relu.row, [True]
    monkeypatch.setattr(Trainer, "running", property(lambda _trainer: running[0]))
    other = (Remedy("lower_rate", value=0.0005),)
    row._take_proven(row._case, other)
    assert relu.labels() == ["Rate 0.0005"] and row.looking.isHidden()
    may_go_on, asked = Event(), []

    def prove(case: Case, remedies: tuple[Remedy, ...], *_arguments: object, **_more: object) -> tuple[Remedy, ...]:
        asked.append(remedies)
        may_go_on.wait(60)
        return remedies[:1]

    monkeypatch.setattr(trial, "proven_remedies", prove)
    running[0] = False
    row._is_tried_running = True
    relu.follow(relu.trainer.snapshot)
    try:
        assert relu.labels() == [] and not row.looking.isHidden()
        relu.follow(relu.trainer.snapshot)
        assert relu.labels() == [] and not row.looking.isHidden()
    finally:
        may_go_on.set()
    relu.qtbot.waitUntil(lambda: relu.labels() == ["Revive unit 5"])
    assert row.looking.isHidden() and asked == [row.candidates], "what stood there has no say"
    for _ in range(3):
        relu.follow(relu.trainer.snapshot)
        assert relu.labels() == ["Revive unit 5"] and not row.mender.is_trying


def test_a_trial_that_fails_is_waited_for_no_longer(relu: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    relu.kill("dense-1", 4)

    def fail(*_arguments: object, **_more: object) -> tuple[Remedy, ...]:
        raise EngineError(trial.BREAKS_DOWN(cure="x"))

    monkeypatch.setattr(trial, "proven_remedies", fail)
    relu.row._case = None  # of another step
    relu.follow(relu.trainer.snapshot)
    assert not relu.row.looking.isHidden()
    relu.qtbot.waitUntil(relu.row.looking.isHidden)
    assert relu.labels() == []


def test_undo_of_a_cure_brings_back_the_cure_that_the_same_network_had(relu: Rig) -> None:
    """Whatever stood there while it trained: here its own cures, the other way round."""
    relu.kill("dense-1", 4)
    row, offered = relu.row, relu.row.remedies
    row._take_proven(row._case, tuple(reversed(offered)))
    row._is_tried_running = True
    relu.follow(relu.trainer.snapshot)
    relu.says(" dead.")
    assert row.remedies == offered
    relu.button("Revive unit 5").click()
    relu.qtbot.waitUntil(lambda: "dead" not in relu.row.text)
    relu.document.undo_stack.undo()
    relu.says("Unit 5 of Dense 1 is dead.")
    assert relu.row.remedies == offered != ()


def test_undo_of_a_cure_brings_back_the_network_whatever_it_has_learnt_since(relu: Rig) -> None:
    relu.kill("dense-1", 4)
    before = relu.document.present_weights()
    relu.button("Revive unit 5").click()
    relu.qtbot.waitUntil(lambda: "dead" not in relu.row.text)
    cured = relu.document.present_weights()
    relu.trainer.epoch()
    relu.qtbot.waitUntil(lambda: not relu.has({("dense-2", "W"): cured["dense-2", "W"]}) and relu.trainer.settled)
    learnt = relu.document.present_weights()
    for _ in range(2):
        relu.document.undo_stack.undo()
        relu.qtbot.waitUntil(lambda: relu.has(before))
        relu.document.undo_stack.redo()
        relu.qtbot.waitUntil(lambda: relu.has(learnt))


def test_nothing_is_offered_for_a_network_that_is_no_more(relu: Rig) -> None:
    """What is said of it may be read for a moment longer than it is there."""
    relu.kill("dense-1", 4)
    relu.kill("dense-2", 0)
    relu.qtbot.waitUntil(lambda: relu.row.next.text() == "1 of 2 ›")
    relu.trainer.snapshot_published.disconnect(relu.follow)
    shown = relu.trainer.snapshot
    relu.document.edit("other", graph=feed_forward((6,), activation="relu", initializer="he_normal"))
    relu.qtbot.waitUntil(lambda: relu.trainer.snapshot not in (None, shown))
    relu.row.show_next()
    assert relu.row.text.startswith("Unit 1 of Dense 2 is dead.")
    relu.tried()
    assert relu.labels() == []


def test_cures_are_worked_out_of_the_finding_that_is_shown_and_follow_the_run(
    relu: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    offered = Remedy("lower_rate", value=0.01)

    def finding(head: str) -> Finding:
        def cures(_case: object) -> tuple[Remedy, ...]:
            asked.append(head)
            return (offered,)

        return Finding(head, "", "danger", cures)

    monkeypatch.setattr(verdict_row, "findings", lambda _snapshot: (finding("one"), finding("other")))
    relu.trainer.snapshot_published.disconnect(relu.follow)
    relu.follow(relu.trainer.snapshot)
    assert (relu.row.text, set(asked)) == ("one", {"one"})
    assert relu.row.candidates == (offered,)
    offered = Remedy("lower_rate", value=0.005)
    relu.follow(relu.trainer.snapshot)
    assert relu.row.text == "one" and relu.row.candidates == (offered,)
    relu.row.show_next()
    assert relu.row.text == "other" and "other" in asked


def test_leaky_relu_is_one_step_of_the_graph(relu: Rig) -> None:
    relu.kill("dense-1", 1)
    graph = relu.document.graph
    relu.button("Leaky").click()
    relu.qtbot.waitUntil(lambda: "dead" not in relu.row.text)
    assert relu.document.graph.block("dense-1").params.activation == "leaky_relu"
    relu.document.undo_stack.undo()
    assert relu.document.graph == graph


def test_troubles_of_two_layers_are_a_click_apart(relu: Rig) -> None:
    relu.kill("dense-1", 4)
    relu.kill("dense-2", 0)
    relu.qtbot.waitUntil(lambda: relu.row.next.text() == "1 of 2 ›")
    relu.row.next.click()
    assert relu.row.text.startswith("Unit 1 of Dense 2 is dead.")
    relu.tried()
    assert relu.labels()[0] == "Revive unit 1"
    relu.row.next.click()
    assert relu.row.text.startswith("Unit 5 of Dense 1 is dead.")


@pytest.fixture
def logistic(qtbot: QtBot) -> Iterator[Rig]:
    yield from rig_of(feed_forward((5,) * 9, activation="logistic"), qtbot, optimizer="sgd")


def test_vanishing_is_cured_by_its_first_button_and_then_said_no_more(logistic: Rig) -> None:
    logistic.says(VANISHING)
    graph, weights = logistic.document.graph, logistic.document.present_weights()
    assert logistic.labels() == ["tanh + Xavier", "Layer norm"]  # no ReLU learns so soon in layers so narrow
    logistic.button("tanh + Xavier").click()
    logistic.qtbot.waitUntil(lambda: bool(logistic.row.text) and Trouble.VANISHING not in logistic.troubles())
    assert {b.params.activation for b in logistic.document.graph.blocks if b.kind == "dense"} == {"tanh"}
    assert logistic.document.graph.block("dense-1").params.initializer == "xavier_uniform"
    assert logistic.document.undo_stack.count() == 1
    logistic.document.undo_stack.undo()
    assert logistic.document.graph == graph
    logistic.says(VANISHING)
    logistic.qtbot.waitUntil(lambda: logistic.has(weights))


def test_what_a_comparison_recommends_is_offered_while_it_is_in_sight(logistic: Rig) -> None:
    logistic.says(VANISHING)
    row = logistic.row
    card = TrialCard(logistic.document, logistic.trainer, row.mender)
    card.setParent(row)
    card.compared.connect(row.follow_comparison)
    card.closed.connect(row.end_comparison)
    card.begin(row.candidates, VANISHING, row.finding.trouble if row.finding is not None else ())
    logistic.qtbot.waitUntil(lambda: bool(card.buttons))
    first = next(key for key, button in card.buttons.items() if button.property("first"))
    assert row.remedies[0].key == first
    other = next(remedy for remedy in reversed(row.candidates) if remedy not in row.remedies)
    case = row.mender.case()
    row.follow_comparison(case, (other, row.remedies[0]))
    assert row.remedies[0] == other and row.buttons[0].property("first")
    row.follow(logistic.trainer.snapshot)
    assert row.remedies[0] == other
    card.close_card()
    row.follow(logistic.trainer.snapshot)
    assert row.remedies[0] == other
    logistic.trainer.epoch()
    logistic.qtbot.waitUntil(lambda: bool(row.remedies) and row.remedies[0] != other)


def test_what_is_said_and_tried_is_of_the_network_that_is_there_whatever_is_previewed(logistic: Rig) -> None:
    logistic.says(VANISHING)
    said, offered = logistic.row.text, logistic.row.candidates
    before = logistic.trainer.snapshot
    assert before is not None
    for block in ("dense-2", "dense-3"):
        logistic.trainer.preview(block, "relu")
        logistic.qtbot.waitUntil(lambda: logistic.trainer.snapshot.unpreviewed is not None)  # type: ignore[union-attr]
        shown, case = logistic.trainer.snapshot, logistic.row.mender.case()
        assert shown is not None and case is not None
        assert shown.verdicts != before.verdicts and case.snapshot.verdicts == before.verdicts
        assert (logistic.row.text, logistic.row.candidates) == (said, offered)
        logistic.trainer.preview(block, None)
        logistic.qtbot.waitUntil(lambda: logistic.trainer.snapshot.unpreviewed is None)  # type: ignore[union-attr]


@pytest.fixture
def linear(qtbot: QtBot) -> Iterator[Rig]:
    graph = feed_forward((), output=OutputParams(activation="identity"))
    yield from rig_of(graph, qtbot, optimizer="sgd", learning_rate=1.0, batch_size=5)


def test_the_doctor_says_where_it_began_and_the_way_back_is_one_step(linear: Rig) -> None:
    linear.trainer.play()
    linear.says("Stopped at step")
    assert "grew" in linear.row.text and "× its weights" in linear.row.text
    assert "would have grown beyond" in linear.row.text
    linear.qtbot.waitUntil(lambda: not linear.trainer.running)
    linear.trainer.set_view((0, 1))  # whatever is looked at meanwhile
    linear.qtbot.waitSignal(linear.trainer.snapshot_published).wait()
    assert "Stopped at step" in linear.row.text
    linear.tried()
    back, said = linear.button("Back, lower rate"), linear.row.text
    label, tip = back.text(), back.accessibleDescription()
    assert linear.row.finding is not None and linear.trainer.snapshot is not None
    rate = linear.row.remedies[0].value
    diagnosis = linear.trainer.snapshot.diagnosis
    assert diagnosis is not None
    steps = linear.document.undo_stack.count()
    back.click()
    linear.qtbot.waitUntil(lambda: "Stopped" not in linear.row.text)
    assert linear.document.hyper.learning_rate == rate
    assert linear.document.undo_stack.count() == steps + 1
    linear.qtbot.waitUntil(lambda: linear.has(diagnosis.sound.weights))
    assert rate is not None and rate < 1.0 and label == f"Back, lower rate {setting_text(rate)}"
    assert linear.trainer.snapshot.step == diagnosis.sound.updates
    step = diagnosis.sound.updates
    moment = f"the weights of step {grouped(step)}" if step else "the start weights"
    assert tip.startswith(f"Go back to {moment}, before the loss rose, and") and f"Undo goes back to {moment}." in said
    linear.document.undo_stack.undo()
    assert linear.document.hyper.learning_rate == 1.0
    linear.says("Stopped at step")
    assert linear.row.text == said and linear.document.undo_stack.count() == steps + 1
    assert linear.button("Back, lower rate").text() == label


DEEP = feed_forward((8,) * 10, activation="relu", initializer="normal", scale=0.1)


@pytest.fixture
def deep(qtbot: QtBot) -> Iterator[Rig]:
    """Ten layers from tiny weights, at a rate that is too high for ten layers, after 60 epochs."""
    for rig in rig_of(DEEP, qtbot, learning_rate=0.03):
        rig.trainer._worker.post(lambda worker: worker.session.run_epochs(59))
        rig.trainer.epoch()
        with qtbot.waitCallback() as heard:
            rig.trainer.when_heard(heard)
        yield rig


def test_two_cures_that_help_only_together_are_one_button_and_one_step(deep: Rig) -> None:
    assert deep.trainer.snapshot is not None
    deep.row.follow(deep.trainer.snapshot)
    deep.tried()
    (proven,) = deep.row.remedies
    assert proven.setting is not None and proven.setting.value is not None
    label = f"Skip connections, rate {setting_text(proven.setting.value)}"
    button = deep.button(label)
    tip = button.accessibleDescription()
    assert "by an Add behind each. Lower the learning rate to " in tip and tip.count("Undo takes it back.") == 1
    button.click()
    deep.qtbot.waitUntil(lambda: deep.document.undo_stack.count() == 1)
    assert deep.document.undo_stack.undoText() == label
    assert deep.document.hyper.learning_rate == proven.setting.value and deep.document.graph != DEEP
    deep.document.undo_stack.undo()
    assert deep.document.hyper.learning_rate == 0.03 and deep.document.graph == DEEP


WIDTHS = (257, 340, 420, 627, 900, 1900)
"""Of a panel between its columns at 150 % (257) and in a window of 1280 (627), and others."""


@pytest.mark.parametrize("by", ["none", "pointer"])
def test_the_sentence_takes_the_width_and_every_button_is_whole_below_it(logistic: Rig, by: str) -> None:
    logistic.says(VANISHING)
    row = logistic.row
    if by == "pointer":
        logistic.come_to(row.buttons[0])
    for width in (*WIDTHS, *reversed(WIDTHS)):
        row.resize(width, row.height())
        assert logistic.actions() == [*row.buttons, row.trial] and logistic.is_whole(), width
        assert row.sentence.width() > width - 20


def test_a_sentence_is_whole_however_long_it_is(linear: Rig) -> None:
    linear.trainer.play()
    linear.says("Stopped at step")
    linear.qtbot.waitUntil(lambda: bool(linear.labels()))
    row, heights = linear.row, list[int]()
    for width in WIDTHS:
        row.resize(width, row.height())
        assert linear.is_whole(), width
        heights.append(row.height())
    assert heights == sorted(heights, reverse=True) and row.sentence.height() == TWO_LINES
    assert heights[-1] == heights[-2], "one line takes the room of two"


def test_a_sentence_without_a_cure_is_whole(relu: Rig) -> None:
    """The second line was cut in half in Chinese, whose letters are higher."""
    row = relu.row
    row.sentence.say([Piece("尚无法判断。" * 12)])
    for width in WIDTHS:
        row.resize(width, row.height())
        assert not relu.actions() and relu.is_whole(), width


def test_the_row_keeps_its_height_when_cures_come_and_go(relu: Rig) -> None:
    relu.kill("dense-1", 4)
    row, cures = relu.row, relu.row.remedies
    assert len(cures) == 2
    for width in WIDTHS:
        row.resize(width, row.height())
        heights, places = set[int](), set[tuple[int, int]]()
        for there in ((), cures, cures[:1], (), cures):
            relu.offer(*there)  # and nothing is laid out by Qt from here on
            heights.add(row.height())
            places.add((row.sentence.height(), row._line.y()))
            assert len(relu.labels()) == len(there) and relu.is_whole(), (width, there)
        assert len(heights) == len(places) == 1, width


def test_a_button_with_the_name_of_a_layer_is_elided_to_the_row_and_shows_every_letter(relu: Rig) -> None:
    name = "Edges & corners of what was drawn by hand"
    relu.document.edit("Rename", graph=set_title(relu.document.graph, "dense-1", name))
    relu.kill("dense-1", 4)
    relu.offer(Remedy("reinitialise", ("dense-1",)))
    button, label = relu.row.buttons[0], f"Re-initialise {name}"
    assert button.text() == label.replace("&", "&&") and button.accessibleName() == label
    relu.row.resize(257, relu.row.height())
    assert button.text().endswith("…") and button.sizeHint().width() <= 257 and relu.is_whole()
    relu.row.resize(900, relu.row.height())
    assert button.text() == label.replace("&", "&&")


@pytest.mark.parametrize("width", [width for width in WIDTHS if width > 600])
def test_the_room_of_the_cures_is_there_once_there_was_one(relu: Rig, width: int) -> None:
    relu.row.next.setStyleSheet("padding: 12px")  # in the program's style it is the highest too
    relu.row.resize(width, relu.row.height())
    relu.row._say()
    assert relu.row.height() == TWO_LINES
    relu.kill("dense-1", 4)
    assert relu.labels() and relu.row.next.isHidden()
    before = relu.row.height()
    relu.offer()
    assert relu.row.height() == before > TWO_LINES
    relu.kill("dense-2", 0)
    relu.qtbot.waitUntil(relu.row.next.isVisible)
    assert relu.row.height() == before


def test_the_next_finding_is_turned_to_where_the_last_one_was(relu: Rig) -> None:
    relu.kill("dense-1", 4)
    relu.kill("dense-2", 0)
    relu.qtbot.waitUntil(lambda: relu.row.next.text() == "1 of 2 ›")
    places = set()
    for _ in range(3):
        places.add(relu.row.next.mapTo(relu.row, QPoint()).toTuple())
        relu.row.next.click()
        relu.tried()
    assert len(places) == 1


def test_nothing_is_said_of_a_network_that_is_gone(relu: Rig) -> None:
    relu.kill("dense-1", 4)
    relu.document.edit("empty", graph=NetworkGraph())
    assert relu.row.text == "" and relu.labels() == []


def test_points_learnt_by_heart_are_no_success(qtbot: QtBot) -> None:
    """Of a noisy set many points are wrong by chance: which ones of the test nobody can know."""
    data = DataChoice(name="circle", samples=60, noise=50, seed=1)
    settings = Hyperparameters(learning_rate=0.02, batch_size=30)
    document = Document(NetworkFile(feed_forward((40, 40), activation="relu", initializer="he_normal"), settings, data))
    with running(document) as trainer:
        row = VerdictRow(Mender(document, trainer), trainer)
        row.mender.setParent(row)
        qtbot.addWidget(row)
        row.resize(900, row.height())
        row.show()
        rig = Rig(document, trainer, row, qtbot)
        trainer.play()
        rig.says("Learnt by heart.")
        trainer.pause()
        qtbot.waitUntil(lambda: not trainer.running)
        rig.tried()
        assert "weights for 30 points" in row.text and row.finding is not None and row.finding.colour == "warning"
        rig.button("L2").click()
        qtbot.waitUntil(lambda: document.hyper.l2 > 0.0)
    document.undo_stack.clear()


@pytest.fixture
def far_out(qtbot: QtBot) -> Iterator[Rig]:
    yield from rig_of(feed_forward((4, 2)), qtbot, learning_rate=1e300)


def test_a_rate_out_of_any_range_is_named_and_its_cure_lets_it_train(far_out: Rig) -> None:
    rig, trainer = far_out, far_out.trainer
    rig.says("The learning rate is 1·10³⁰⁰.")  # before anyone presses Play
    rig.qtbot.waitUntil(lambda: rig.labels() == [f"Use rate {DEFAULT_RATE}"])
    trainer.play()
    rig.says("Stopped at step 0.")
    assert "The learning rate is 1·10³⁰⁰." in rig.row.text
    rig.qtbot.waitUntil(lambda: rig.labels() == [f"Back, rate {DEFAULT_RATE}"])
    rig.row.buttons[0].click()
    rig.qtbot.waitUntil(lambda: rig.document.hyper.learning_rate == DEFAULT_RATE)
    trainer.play()
    rig.qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.epoch > 20)
    trainer.pause()
    assert trainer.snapshot is not None and trainer.snapshot.failure is None


def test_a_cure_that_would_break_down_by_now_changes_nothing_and_says_so(relu: Rig) -> None:
    """However it came to be pressed: the network may have trained on since it was tried."""
    relu.kill("dense-1", 4)
    said: list[object] = []
    relu.document.problem_found.connect(said.append)
    relu.row.mender._background.failed.connect(said.append)
    steps = relu.document.undo_stack.count()
    relu.row.mender.mend("Far too fast", Remedy("lower_rate", value=1e300))
    relu.qtbot.waitUntil(lambda: bool(said))
    assert "Far too fast" in said[0].sentence and relu.document.undo_stack.count() == steps  # type: ignore[attr-defined]


@pytest.fixture
def wide(qtbot: QtBot) -> Iterator[Rig]:
    yield from rig_of(feed_forward((64,) * 6, activation="logistic"), qtbot, optimizer="sgd")


def test_the_window_is_drawn_while_cures_are_tried(wide: Rig) -> None:
    wide.qtbot.waitUntil(lambda: wide.row.mender.is_trying)
    gaps, last = [], perf_counter()
    while wide.row.mender.is_trying:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        gaps.append(perf_counter() - last)
        last = perf_counter()
    assert len(gaps) > 10 and sorted(gaps)[-2] < sum(gaps) / 4


def test_a_cure_that_is_long_in_trying_is_said_to_be_tried(relu: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go_on = Event()
    monkeypatch.setattr(trial, "survives", lambda *_arguments: may_go_on.wait(60))
    relu.kill("dense-1", 4)
    relu.button("Revive unit 5").click()
    try:
        relu.qtbot.waitUntil(lambda: relu.row.sentence.plain == "● Trying “Revive unit 5” on a copy…")
    finally:
        may_go_on.set()
    relu.qtbot.waitUntil(lambda: "dead" not in relu.row.text)
    assert "Trying" not in relu.row.sentence.plain


def test_a_cure_stays_proven_for_the_step_that_it_was_proven_for(relu: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """A paused run is published again for many reasons; only other weights are another network."""
    relu.kill("dense-1", 4)
    offered, now = relu.row.remedies, relu.trainer.snapshot
    assert offered and now is not None
    asked: list[Case] = []
    monkeypatch.setattr(relu.row.mender, "prove", lambda case, *_rest: asked.append(case) or case)
    relu.trainer.snapshot = replace(now)
    relu.follow(relu.trainer.snapshot)
    assert not asked and relu.row.remedies == offered
    relu.trainer.snapshot = replace(now, weights={key: 2.0 * array for key, array in now.weights.items()})
    relu.follow(relu.trainer.snapshot)
    assert len(asked) == 1


def test_a_question_that_is_under_way_is_not_asked_twice(relu: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    relu.kill("dense-1", 4)
    may_go_on, asked = Event(), []

    def slow(case: object, *_arguments: object, **_more: object) -> tuple[Remedy, ...]:
        asked.append(case)
        may_go_on.wait(60)
        return ()

    monkeypatch.setattr(trial, "proven_remedies", slow)
    mender, remedies = relu.row.mender, relu.row.candidates
    first, second = mender.case(), mender.case()
    assert first is not None and second is not None and first is not second
    with relu.qtbot.waitSignal(mender.proven) as answer:
        assert mender.prove(first, remedies) is first
        assert mender.prove(second, remedies) is first
        mender.give_up(second)  # whoever asked nothing gives nothing up
        may_go_on.set()
    assert answer.args is not None and answer.args[0] is first and asked == [first]
