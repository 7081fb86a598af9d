"""What is open of the playground's network says of which moment it is, and that the network has moved on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.workspaces.scalar_graph.page import ScalarGraphPage
from app.workspaces.scalar_graph.sources import SourceNote
from engine.formats.expression import EXPRESSION
from tests.app.window_rig import Opened, opened_two_by_two

WAIT = 15_000


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with opened_two_by_two(qtbot) as window:
        yield window


def open_network(opened: Opened, qtbot: QtBot) -> tuple[ScalarGraphPage, SourceNote]:
    opened.actions["scalar_network"].trigger()
    qtbot.waitUntil(lambda: isinstance(opened.window.pages.current, ScalarGraphPage), timeout=WAIT)
    page = cast(ScalarGraphPage, opened.window.pages.current)
    opened.window.pages.build_all()
    qtbot.waitUntil(lambda: page.model.worked is not None and not page.model.behind, timeout=WAIT)
    return page, page.widget.findChildren(SourceNote)[0]


def train_an_epoch(opened: Opened, qtbot: QtBot) -> None:
    before = opened.page.trainer.snapshot
    assert before is not None
    opened.page.trainer.epoch()
    qtbot.waitUntil(lambda: (s := opened.page.trainer.snapshot) is not None and s.step > before.step, timeout=WAIT)


def test_the_line_says_the_epoch_and_takes_the_weights_of_a_later_one(opened: Opened, qtbot: QtBot) -> None:
    page, note = open_network(opened, qtbot)
    row = page.playground.source.taken.row  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: note.words.text() == note.words.full_text)  # nothing of it is cut
    assert note.isVisible() and f"after epoch 0, row {row}." in note.words.full_text
    assert note.take.isHidden() and not page.actions["graph_take_now"].isEnabled()
    opened.window.pages.visit("playground")
    train_an_epoch(opened, qtbot)
    opened.window.pages.visit("scalar_graph")
    assert "after epoch 0" in note.words.full_text and "It has moved on: epoch 1." in note.words.full_text
    assert note.take.isVisible() and page.actions["graph_take_now"].isEnabled()
    before, worked = page.document.value, page.model.worked
    assert worked is not None
    page.model.playback.go(worked.middle + 3)
    key = worked.graph.nodes[worked.graph.output].key
    page.model.choose(frozenset({key}))
    QTest.mouseClick(note.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.document.value != before, timeout=WAIT)
    assert "after epoch 1" in note.words.full_text and note.take.isHidden()
    assert page.document.title.endswith("epoch 1")
    weights = opened.page.trainer.snapshot.weights  # type: ignore[union-attr]
    assert page.document.value.inputs["w1_1_1"] == weights[("dense-1", "W")][0, 0]
    qtbot.waitUntil(lambda: not page.model.behind)
    assert page.model.playback.at == worked.middle + 3 and page.model.chosen == frozenset({key})
    page.document.undo_stack.undo()
    assert page.document.value == before and page.document.title.endswith("epoch 0")
    assert "after epoch 0" in note.words.full_text and note.take.isVisible()


def test_numbers_that_were_changed_here_are_said_and_another_expression_has_no_line(
    opened: Opened, qtbot: QtBot
) -> None:
    page, note = open_network(opened, qtbot)
    page.model.set_input("x1", 0.125)
    assert "changed here" in note.words.full_text
    page.model.rewrite("x*y", "")
    assert note.isHidden()
    page.document.undo_stack.undo()
    assert note.isVisible()


def test_another_network_in_its_place_offers_nothing(opened: Opened, qtbot: QtBot) -> None:
    _page, note = open_network(opened, qtbot)
    opened.window.pages.visit("playground")
    opened.page.document.new()
    qtbot.waitUntil(lambda: (s := opened.page.trainer.snapshot) is not None and len(s.plan.nodes) != 4, timeout=WAIT)
    opened.window.pages.visit("scalar_graph")
    assert "Another network is now open there" in note.words.full_text and note.take.isHidden()


def test_what_was_asked_for_has_the_name_that_it_had_then(opened: Opened, qtbot: QtBot) -> None:
    page, _note = open_network(opened, qtbot)
    network, request, files = page.playground._network(), page.playground.later, list[Path]()
    assert network is not None
    request.written.connect(files.append)
    request.ask(network, ("dense-2", 0))
    opened.page.document.new()
    qtbot.waitUntil(lambda: bool(files), timeout=WAIT)
    assert EXPRESSION.read(files[0])[0].startswith("Dense 2, unit 1")
