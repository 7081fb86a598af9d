"""The numbers of the bar say where they come from, in the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.kit.numbers import scientific
from app.workspaces.playground.layer_origins import NORM, RATIO, UPDATE, LayerKey, layer_fact
from app.workspaces.playground.page import PlaygroundPage
from app.workspaces.playground.plots.tabs import GradientsTab
from engine.graph import NetworkGraph
from engine.training.verdicts import Trouble, Verdict
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


def run_code(capsys: pytest.CaptureFixture[str]) -> float:
    """Run what was copied in a namespace of its own, and read what it prints."""
    capsys.readouterr()
    exec(QGuiApplication.clipboard().text(), {})  # the program's own lines
    return float(capsys.readouterr().out)


def click_badge(page: PlaygroundPage, block_id: str) -> None:
    canvas = page.panes._canvas
    badge = canvas.badges[block_id][0]
    assert "Click to see where" in canvas.tooltip_at(canvas.camera.to_view(badge.rect.center()))
    QTest.mouseClick(canvas, LEFT, pos=canvas.camera.to_view(badge.rect.center()).toPoint())


@pytest.mark.torch
def test_badges_say_where_their_numbers_come_from(
    opened: Opened, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    page = opened.page
    snapshot = page.trainer.snapshot
    assert snapshot is not None and snapshot.delta_steps is None
    verdicts = {verdict.block_id: verdict for verdict in snapshot.verdicts}
    first, *_, last, _output = [snapshot.plan.nodes[index].id for index in snapshot.plan.probed]
    click_badge(page, first)
    card = page.panes.origin
    assert card.isVisible() and card.key == LayerKey(RATIO, first)
    assert card.parents == (LayerKey(NORM, first), LayerKey(NORM, last))
    assert card._value.text() == scientific(verdicts[first].value)
    card.copy_code()
    assert run_code(capsys) == verdicts[first].value
    card.go_on_to(card.parents[0])
    assert card._fact is not None and card._fact.value == verdicts[first].delta
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    card.copy_code()
    assert run_code(capsys) == pytest.approx(verdicts[first].delta, rel=1e-12)
    page.trainer.epoch()
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and page.trainer.snapshot.epoch == 1.0)
    steps = page.trainer.snapshot.delta_steps  # type: ignore[union-attr]
    assert steps is not None
    assert f"Over the latest {len(steps)} steps" in card._sentence.text()
    qtbot.waitUntil(lambda: card.badge.state == "agrees")
    card.copy_code()
    assert run_code(capsys) == pytest.approx(card._fact.value, rel=1e-12)
    card._background.close(wait=True)


def test_a_last_hidden_layer_without_a_verdict_on_its_signal_is_still_what_others_are_measured_by(
    opened: Opened,
) -> None:
    snapshot = opened.page.trainer.snapshot
    assert snapshot is not None
    first, *_, last, _output = [snapshot.plan.nodes[index].id for index in snapshot.plan.probed]
    whole = layer_fact(snapshot, LayerKey(RATIO, first), is_single=False)
    dead = Verdict(last, Trouble.DEAD, 0.125, (0,))
    others = tuple(verdict for verdict in snapshot.verdicts if verdict.block_id != last)
    fact = layer_fact(replace(snapshot, verdicts=(*others, dead)), LayerKey(RATIO, first), is_single=False)
    assert whole is not None and fact is not None and (fact.name, fact.value) == (whole.name, whole.value)
    assert [parent.key for parent in fact.parents] == [LayerKey(NORM, first), LayerKey(NORM, last)]
    assert fact.parents[1].value == pytest.approx(whole.parents[1].value, rel=1e-12)


def test_update_over_weight_says_where_it_comes_from_and_what_is_not_kept(opened: Opened, qtbot: QtBot) -> None:
    page = opened.page
    page.trainer.epoch()
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and page.trainer.snapshot.epoch == 1.0)
    page.actions["bottom_panel"].setChecked(True)
    page.panes.plots.show_tab(page.panes.plots._tab_of(1))
    tab = page.panes.plots.tab(1)
    assert isinstance(tab, GradientsTab) and page.trainer.snapshot is not None
    layer = page.trainer.snapshot.layers[1]
    qtbot.waitUntil(lambda: tab.bars.drawing.part(1) is not None)
    part = tab.bars.drawing.part(1)
    assert part is not None
    QTest.mouseClick(tab.bars, LEFT, pos=QRectF(*part.rect).center().toPoint())
    card = page.panes.origin
    assert card.key == LayerKey(UPDATE, layer.block_id)
    assert card._value.text() == scientific(layer.update_ratio) and "aren't kept" in card._sentence.text()
    card._background.close(wait=True)


def test_a_badge_has_no_click_while_it_is_hidden(opened: Opened, qtbot: QtBot) -> None:
    page = opened.page
    canvas = page.panes._canvas
    badge = canvas.badges["dense-1"][0]
    page.panes._play_row(0)
    qtbot.waitUntil(lambda: canvas.moment is not None)
    QTest.mouseClick(canvas, LEFT, pos=canvas.camera.to_view(badge.rect.center()).toPoint())
    assert page.panes.origin.key is None


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
