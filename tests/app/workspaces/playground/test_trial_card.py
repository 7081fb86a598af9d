"""The card of cures tried on copies: asked for in the verdict row, shown ranked, taken with one button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.network.document import Document
from app.network.mending import Mender
from app.network.trainer import Trainer
from app.workspaces.playground.panels import trial_card
from app.workspaces.playground.panels.trial_card import TrialCard
from engine.data import DataChoice
from engine.formats.base import NetworkFile
from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.problems import UNREADABLE, EngineError
from engine.training import trial
from engine.training.remedies import Edit, Remedy, remedies_for, troubles
from tests.app.network.document_rig import running

TROUBLE = "Gradients vanish."


@pytest.fixture
def card(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[TrialCard]:
    monkeypatch.setattr(trial_card, "_try", _few_epochs)
    hyper = Hyperparameters(optimizer="sgd", learning_rate=0.1, batch_size=15)
    graph = feed_forward((5,) * 8, activation="logistic")
    document = Document(NetworkFile(graph, hyper=hyper, data=DataChoice(name="circle", samples=60)))
    with running(document) as trainer:
        made = TrialCard(document, trainer, Mender(document, trainer))
        made._mender.setParent(made)
        qtbot.addWidget(made)
        made.resize(330, 300)
        qtbot.waitUntil(lambda: trainer.snapshot is not None)
        yield made
    document.undo_stack.clear()


def _few_epochs(case, remedies, trouble, job):  # type: ignore[no-untyped-def]
    return trial.try_remedies(case, remedies, trouble, epochs=20, cancelled=job.cancelled, progress=job.progress)


def document_of(card: TrialCard) -> Document:
    return card._document


def offered(card: TrialCard) -> tuple[Remedy, ...]:
    document, trainer = document_of(card), card._trainer
    assert isinstance(trainer, Trainer)
    case = Mender(document, trainer, card).case()
    assert case is not None
    return remedies_for(case, troubles(case.snapshot)[0])[:3]


def test_every_cure_has_a_line_and_applying_one_is_one_step(card: TrialCard, qtbot: QtBot) -> None:
    remedies = offered(card)
    card.begin(remedies, TROUBLE)
    assert card.isVisible() and card.progress.isVisible()
    qtbot.waitUntil(lambda: len(card.buttons) == len(remedies))
    assert not card.progress.isVisible()
    assert card.trouble.full_text == TROUBLE
    assert not card.grab().isNull()
    document = document_of(card)
    graph = document.graph
    card.buttons["relu_he"].click()
    qtbot.waitUntil(lambda: document.graph != graph)
    assert document.undo_stack.count() == 1
    assert not card.isVisible()  # what it shows was of the network before
    document.undo_stack.undo()
    assert document.graph == graph


def test_a_cure_of_weights_alone_ends_the_trial_too(card: TrialCard, qtbot: QtBot) -> None:
    card.begin((Remedy("reinitialise", ("dense-3",)),), TROUBLE)
    qtbot.waitUntil(lambda: "reinitialise" in card.buttons)
    card.buttons["reinitialise"].click()
    assert not card.isVisible()
    qtbot.waitUntil(lambda: document_of(card).undo_stack.count() == 1)


def test_weights_that_are_set_elsewhere_end_the_trial(card: TrialCard, qtbot: QtBot) -> None:
    card.begin(offered(card), TROUBLE)
    qtbot.waitUntil(lambda: bool(card.buttons))
    card._mender.mend("anew", Remedy("reinitialise", ("dense-3",)))
    qtbot.waitUntil(card.isHidden)
    card.begin(offered(card), TROUBLE)
    document_of(card).edit_weight("dense-1", "W", (0, 0), 1.5)
    assert card.isHidden()


def test_an_edit_ends_the_trial(card: TrialCard, qtbot: QtBot) -> None:
    card.begin(offered(card), TROUBLE)
    document_of(card).edit("empty", graph=NetworkGraph())
    assert not card.isVisible() and not card._background.busy
    card.begin(offered_none(), TROUBLE)
    assert not card.isVisible()


def offered_none() -> tuple[Remedy, ...]:
    return (Remedy("lower_rate", value=0.05),)


def test_a_run_that_begins_anew_ends_the_trial(card: TrialCard, qtbot: QtBot) -> None:
    card.begin(offered(card), TROUBLE)
    qtbot.waitUntil(lambda: bool(card.buttons))
    card._trainer.reset(7)
    qtbot.waitUntil(card.isHidden)
    assert not card.buttons


def test_the_card_says_of_which_epoch_its_numbers_are_while_the_run_goes_on(card: TrialCard, qtbot: QtBot) -> None:
    trainer = card._trainer
    for _ in range(3):
        trainer.epoch()
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.epoch == 3.0)
    card.begin(offered(card), TROUBLE)
    trainer.epoch()
    qtbot.waitUntil(lambda: trainer.snapshot.epoch == 4.0 and bool(card.buttons))
    assert card.isVisible() and "of epoch 3," in card.about.text()


def test_a_trial_that_fails_says_so_and_goes(card: TrialCard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise EngineError(UNREADABLE(path="x", reason="y"))

    monkeypatch.setattr(trial_card, "_try", fail)
    with qtbot.waitSignal(document_of(card).problem_found):
        card.begin(offered(card), TROUBLE)
    assert card.isHidden()


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ((0.592, 0.4), "Some do better, but none well enough"),
        ((0.50001, 0.5), "None of them helps"),
        ((0.4, 0.5), "None of them helps"),
    ],
)
def test_the_sentence_below_the_rows_agrees_with_their_numbers(
    card: TrialCard, scores: tuple[float, ...], said: str
) -> None:
    card._case = card._mender.case()
    base = trial.TrialOutcome(None, Edit(), 1.0, 0.5, 0.1, 0.1, {})
    cures = [
        replace(base, remedy=Remedy("lower_rate", value=rate), score=score, loss=0.099)
        for rate, score in zip((0.05, 0.02), scores, strict=True)
    ]
    card._show((base, *cures))
    sentence = [row.text() for row in card.rows if isinstance(row, QLabel)][-1]
    assert sentence.startswith(said)


@pytest.mark.parametrize(("score", "said"), [(1.0, "It needs no cure: it does"), (0.6, "None of them helps")])
def test_a_network_that_gets_there_by_itself_needs_no_cure(card: TrialCard, score: float, said: str) -> None:
    card._case = card._mender.case()
    base = trial.TrialOutcome(None, Edit(), 1.0, score, 0.1, 0.1, {})
    cure = replace(base, remedy=Remedy("lower_rate", value=0.05), loss=0.01)
    broken = replace(cure, remedy=Remedy("clip", value=1.0), broken=True)
    card._show(trial._judged([base, cure, broken] if score == 1.0 else [base, replace(cure, loss=0.09)], ()))
    words = [row.text() for row in card.rows if isinstance(row, QLabel)]
    assert any(word.startswith(said) for word in words)
    assert ("NOT ENOUGH ON THEIR OWN" in words) is (score < 1.0)
    tones = {str(row.property("tone")) for row in card.rows if row.property("tone")}
    assert tones == {"danger"} and [row.property("tone") for row in card.rows].count("danger") == 1
