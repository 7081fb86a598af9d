"""What was reached by training outlives a kill just after an edit: the weights that the edit was done to are in the
journal before it, and undo leads back to them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.network.open_network import OpenNetwork
from app.shell import autosave
from app.shell.autosave import Autosave
from app.shell.journal_reader import read_history
from app.shell.leftovers import leftovers
from engine.graph.edit import add_block, remove_blocks, set_params
from engine.graph.weights import Weights
from engine.problems import EngineError
from tests.kills.documents import new_network
from tests.kills.judge import ROOT
from tests.kills.trained import LOSS


class Trained:
    """A network with its journal, trained on between two looks of the journal: the timer never comes."""

    def __init__(self, qtbot: QtBot) -> None:
        self.owner, self._qtbot = QObject(), qtbot
        self.opened = new_network(self.owner)
        self.document, self.trainer = self.opened.network, self.opened.trainer
        self.keeping = Autosave(self.opened, "playground", self.owner)
        self.trainer.start()
        self._others: list[OpenNetwork] = []

    def train(self, epochs: int = 3) -> None:
        for _ in range(epochs):
            before = self.opened.moment
            self.trainer.epoch()
            self._qtbot.waitUntil(lambda before=before: self.opened.moment != before)

    def settle(self, opened: OpenNetwork | None = None) -> None:
        """Wait until a network's thread has done all that it was told."""
        with self._qtbot.waitCallback() as heard:
            (opened or self.opened).trainer.when_heard(heard)

    def edit(self, label: str, graph: object) -> None:
        self.document.edit(label, graph=graph)  # type: ignore[arg-type]

    def lines(self) -> list[bytes]:
        """The journal's lines, as they lie there before the training thread has answered."""
        assert self.keeping._thread.flush(60.0)
        return self.keeping.path.read_bytes().splitlines(keepends=True)

    def again(self, lines: list[bytes], path: Path) -> OpenNetwork:
        """Another network, with its thread, that has taken up a journal of these lines."""
        path.write_bytes(b"".join(lines))
        again = new_network(self.owner)
        history, problem = read_history(path, again.reader())
        assert problem is None
        again.take_history(history)
        again.trainer.start()
        self._others.append(again)
        self.settle(again)
        return again

    def close(self) -> None:
        self.keeping.close()
        for one in (self.opened, *self._others):
            one.trainer.close()
            one.undo_stack.clear()


@pytest.fixture
def trained(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trained]:
    monkeypatch.setattr(autosave, "RUN_MS", 1_000_000)
    made = Trained(qtbot)
    yield made
    made.close()


def _without_a_feature(one: Trained) -> None:
    graph = one.document.graph
    kind = graph.block("input-1")
    one.edit("Without x", set_params(graph, kind.id, features=kind.params.features[1:]))  # type: ignore[attr-defined]


def _fewer_units(one: Trained) -> None:
    one.edit("Fewer", set_params(one.document.graph, "dense-1", units=2))


def _more_units(one: Trained) -> None:
    one.edit("More", set_params(one.document.graph, "dense-2", units=6))


def _fewer_then_more(one: Trained) -> None:
    _fewer_units(one)
    one.edit("More", set_params(one.document.graph, "dense-1", units=5))


def _block_removed(one: Trained) -> None:
    one.edit("Remove", remove_blocks(one.document.graph, ["dense-2"]))


def _block_added(one: Trained) -> None:
    one.edit("Add", add_block(one.document.graph, "dense", 0.0, 0.0)[0])


def _weight(one: Trained) -> None:
    one.document.edit_weight("dense-1", "W", (1, 1), 2.5)


EDITS = [_without_a_feature, _fewer_units, _more_units, _fewer_then_more, _block_removed, _block_added, _weight]


def same(one: Weights, other: Weights) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(array, other[key]) for key, array in one.items())


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__[1:])
def test_wherever_the_journal_ends_the_weights_are_those_that_were_reached(
    trained: Trained, tmp_path: Path, edit: Callable[[Trained], None]
) -> None:
    trained.settle()
    trained.train()
    reached = dict(trained.document.present_weights())
    loss = trained.trainer.snapshot.train_loss
    edit(trained)
    lines = trained.lines()
    trained.settle()
    edited = dict(trained.document.present_weights())
    seen = set()
    for end in range(1, len(lines) + 1):
        try:
            again = trained.again(lines[:end], tmp_path / f"{end}.journal")
        except EngineError:
            continue  # the first lines say no state yet
        index = again.undo_stack.index()
        if index == trained.document.undo_stack.index():
            assert same(again.network.present_weights(), edited)
        while again.undo_stack.canUndo():
            again.undo_stack.undo()
        trained.settle(again)
        if index:
            assert same(again.network.present_weights(), reached)
            assert again.trainer.snapshot.train_loss == loss
        seen.add(index)
    assert trained.document.undo_stack.index() in seen


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize("until", ["edited", "written"])
def test_a_kill_just_after_an_edit_leaves_the_way_back(qtbot: QtBot, tmp_path: Path, until: str) -> None:
    """The first edit of a window may be the last command, which a kill within a moment can take with it; what has been
    written leads back."""
    said = {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.kills.trained", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | said, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        while (line := child.stdout.readline().decode().strip()) != until:
            assert line, "the process has ended by itself"
        child.send_signal(signal.SIGKILL)
    left = leftovers(lambda _path: False)
    if until == "edited" and not left:
        return
    (found,) = left
    owner = QObject()
    again = new_network(owner)
    history, problem = read_history(found.path, again.reader())
    assert problem is None and history.index == 1
    again.take_history(history)
    again.undo_stack.undo()
    again.trainer.start()
    qtbot.waitUntil(lambda: again.trainer.snapshot is not None)
    assert float(again.trainer.snapshot.train_loss).hex() == (tmp_path / LOSS).read_text()
    again.trainer.close()
    again.undo_stack.clear()
