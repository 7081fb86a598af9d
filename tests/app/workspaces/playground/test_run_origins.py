"""The numbers of the bar say where they come from, in the whole window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.graph import NetworkGraph
from tests.app.window_rig import Opened, opened_window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window(dock=False) as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        yield opened


@pytest.mark.torch
def test_each_number_of_the_bar_opens_its_card_and_pytorch_agrees(opened: Opened, qtbot: QtBot) -> None:
    """The epoch, the losses and the accuracy answered nothing."""
    page = opened.page
    page.trainer.epoch()
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and page.trainer.snapshot.epoch == 1.0)
    snapshot = page.trainer.snapshot
    assert snapshot is not None
    values = {"epoch": 1.0, "train_loss": snapshot.train_loss, "test_loss": snapshot.test_loss,
              "accuracy": snapshot.accuracy}  # fmt: skip
    for key, readout in page.bar.readouts.items():
        QTest.mouseClick(readout.value, LEFT)
        card = page.panes.origin
        assert card.isVisible() and card.key == key
        assert card._fact is not None and card._fact.value == values[key]
        assert card._value.text() == readout.value.text()
        assert card._fact.sentence
        if key == "epoch":
            assert card._fact.check is None
        else:
            qtbot.waitUntil(lambda card=card: card.badge.state == "agrees")
    QTest.keyClick(page.bar.readouts["epoch"].value, Qt.Key.Key_Return)
    assert page.panes.origin.key == "epoch"
    page.network.edit("empty", graph=NetworkGraph())
    assert not page.panes.origin.isVisible()  # nothing is known of what is there now
    page.panes.origin._background.close(wait=True)


def test_the_epoch_and_the_steps_agree_everywhere(opened: Opened, qtbot: QtBot) -> None:
    """380.6 epochs stood there as 380 beside 3,806 steps."""
    page = opened.page
    page.trainer.epoch()
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and page.trainer.snapshot.epoch == 1.0)
    page.trainer.step()
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and page.trainer.snapshot.epoch > 1.0)
    snapshot, readout = page.trainer.snapshot, page.bar.readouts["epoch"]
    assert snapshot is not None and snapshot.step == snapshot.steps_per_epoch + 1
    shown = readout.value.text()
    assert abs(float(shown) - snapshot.step / snapshot.steps_per_epoch) < 0.01 and shown != "1"
    assert readout.accessibleDescription() == shown and readout.value.accessibleName().endswith(shown)
    assert page.document.progress == f"epoch {shown}"
    QTest.mouseClick(readout.value, LEFT)
    card = page.panes.origin
    assert card._value.text() == shown and f"{snapshot.step} steps are done" in card._fact.sentence  # type: ignore[union-attr]
    page.panes.origin._background.close(wait=True)


def test_an_emptied_field_shows_the_number_that_play_trains_with(opened: Opened, qtbot: QtBot) -> None:
    page = opened.page
    page.panes.left.sections["optimiser"].set_open(True)
    field = page.panes.left.optimiser.rate.field
    shown = field.text()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.clear()
    QTest.mouseClick(page.bar.play_button, LEFT)
    assert field.text() == shown and shown
    page.actions["play"].trigger()
    qtbot.waitUntil(lambda: not page.trainer.running)
    field.setFocus()
    field.setText("0.25")
    page.actions["step"].trigger()
    assert page.network.hyper.learning_rate == 0.25
