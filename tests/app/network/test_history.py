"""A network's undo history goes through its journal and is another document's: every command, weights and runs too."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.kit.history import History, Step
from app.network.commands import RunCommand
from app.network.document import Document
from app.network.history import Book, NetworkReader, Taken
from app.network.kept import Kept
from app.network.open_network import OpenNetwork
from app.network.trainer import Trainer
from app.shell.journal_lines import Lines
from app.shell.journal_reader import read_history
from engine.data import DataChoice
from engine.formats.base import NetworkFile
from engine.formats.journal import JournalFile, Unfit
from engine.formats.journal_network import arrays_read, first_read, rows_read, run_read, state_read
from engine.graph.build import feed_forward
from engine.graph.edit import set_params
from engine.problems import EngineError
from engine.training.remedies.base import Edit
from tests.app.network.document_rig import new_document
from tests.kills.documents import NetworkWork, first_network
from tests.kills.signature import Signer

KEY = ("dense-1", "W")


class Journalled:
    """A network whose history is written down whenever it is asked to, and taken up again by another."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.owner = QObject()
        self._qtbot, self._file = qtbot, JournalFile(folder / "a.journal")
        self.path = folder / "a.journal"
        self.opened = self._made(new_document())
        self.document, self.trainer = self.opened.network, self.opened.trainer
        self.trainer.start()
        self._lines = Lines("playground", self.opened.encoded)
        self._before: History | None = None
        self.settle()
        self.write(with_run=True)
        self.document.undo_stack.indexChanged.connect(self.follow)
        self.document.step_amended.connect(self.write)
        self.opened.changed.connect(self.follow_opening)

    def _made(self, document: Document) -> OpenNetwork:
        document.setParent(self.owner)
        return OpenNetwork(document, Trainer(document, self.owner), first_network, self.owner)

    def write(self, *, with_run: bool = False) -> None:
        """What the journal's thread does."""
        now = self.opened.history(with_run=with_run)
        if self._before is None:
            self._file.begin(self._lines.whole([now], {"at": 1.0}))
        else:
            self._file.append(self._lines.change(self._before, now, {"at": 1.0}))
        self._before = now

    def follow(self, _index: int) -> None:
        self.write()

    def follow_opening(self) -> None:
        if not self.document.undo_stack.count():
            self.write(with_run=True)

    def settle(self) -> None:
        """Wait until the trainer has heard all."""

        def heard() -> bool:
            snapshot = self.trainer.snapshot
            return snapshot is not None and snapshot.run == self.trainer.run and self.trainer.settled

        answered: list[bool] = []
        self.trainer.when_heard(lambda: answered.append(True))
        self._qtbot.waitUntil(lambda: bool(answered) and heard())

    def again(self) -> Document:
        """Another document, which has taken the history up."""
        document = new_document(hidden=(2,))
        again = self._made(document)
        history, problem = read_history(self.path, again.reader())
        assert problem is None
        again.take_history(history)
        assert again.unsaved
        return document

    def close(self) -> None:
        self.trainer.close()
        self.document.undo_stack.indexChanged.disconnect(self.follow)
        self.document.step_amended.disconnect(self.write)
        self.opened.changed.disconnect(self.follow_opening)
        self._file.close()
        for document in self.owner.findChildren(Document):
            document.undo_stack.clear()


@pytest.fixture
def journalled(qtbot: QtBot, tmp_path: Path) -> Iterator[Journalled]:
    made = Journalled(qtbot, tmp_path)
    yield made
    made.close()


def sign(document: Document) -> list:
    from app.network.history import encoded

    return Signer(encoded).sign(document.history(None))


def assert_same(document: Document, again: Document) -> None:
    """Same history, same weights; and undo leads back through the same states and runs."""
    assert sign(again) == sign(document)
    assert again.present_weights().keys() <= document.present_weights().keys()
    for key, array in again.present_weights().items():
        assert np.array_equal(array, document.present_weights()[key]), key
    assert again.undo_stack.undoText() == document.undo_stack.undoText()
    assert again.undo_stack.canRedo() == document.undo_stack.canRedo()
    while document.undo_stack.canUndo():
        command = document.undo_stack.command(document.undo_stack.index() - 1)
        document.undo_stack.undo()
        again.undo_stack.undo()
        assert again.state == document.state and again.title == document.title
        if isinstance(command, RunCommand):
            assert not again.kept().differs(document.kept())


def rate(journalled: Journalled, value: float, merge: str | None = None) -> None:
    document = journalled.document
    document.edit("Rate", hyper=document.hyper.model_copy(update={"learning_rate": value}), merge=merge)


def train(journalled: Journalled, qtbot: QtBot) -> None:
    step = journalled.trainer.snapshot.step
    journalled.trainer.epoch()
    qtbot.waitUntil(lambda: journalled.trainer.snapshot.step > step)


def _edit(one: Journalled, qtbot: QtBot) -> None:
    rate(one, 0.5)
    one.document.edit("Units", graph=set_params(one.document.graph, "dense-1", units=2))
    one.settle()


def _weight(one: Journalled, qtbot: QtBot) -> None:
    one.document.edit_weight(*KEY, (0, 1), 0.25)
    one.settle()
    one.document.edit_weight(*KEY, (1, 0), -0.5)
    one.settle()
    one.document.undo_stack.undo()
    one.settle()


def _macro(one: Journalled, qtbot: QtBot) -> None:
    rows = {KEY: {1: np.array([3.0, 4.0])}, ("dense-1", "b"): {0: np.array(0.75)}}
    hyper = one.document.hyper.model_copy(update={"l2": 0.1})
    one.document.apply("Help", Edit(one.document.graph, hyper, None, rows))
    one.settle()


def _macro_taken_back(one: Journalled, qtbot: QtBot) -> None:
    _macro(one, qtbot)
    train(one, qtbot)
    one.document.undo_stack.undo()
    one.settle()


def _macro_done_again(one: Journalled, qtbot: QtBot) -> None:
    _macro_taken_back(one, qtbot)
    one.document.undo_stack.redo()
    one.settle()


def _restore(one: Journalled, qtbot: QtBot) -> None:
    weights = one.document.present_weights()
    one.document.note_weights("Divergence", {key: array + 1.0 for key, array in weights.items()}, weights)
    one.settle()


def _reset(one: Journalled, qtbot: QtBot) -> None:
    train(one, qtbot)
    one.trainer.reset()
    one.settle()
    train(one, qtbot)
    one.write(with_run=True)


def _reset_undone(one: Journalled, qtbot: QtBot) -> None:
    train(one, qtbot)
    one.trainer.reset(7)
    one.settle()
    one.document.undo_stack.undo()
    one.settle()


def _other_data(one: Journalled, qtbot: QtBot) -> None:
    one.document.choose_data(DataChoice(name="circle", samples=60))
    one.document.choose_data(DataChoice(name="circle", samples=60, noise=20))
    one.settle()
    one.write(with_run=True)


def _other_network(one: Journalled, qtbot: QtBot) -> None:
    train(one, qtbot)
    file = NetworkFile(feed_forward((5,)), data=DataChoice(samples=60), title="Another")
    one.opened.load(file)
    one.settle()
    one.write(with_run=True)


def _first_weights(one: Journalled, qtbot: QtBot) -> None:
    weights = {KEY: np.full((4, 2), 0.5)}
    one.opened.load(NetworkFile(feed_forward((4, 3)), data=DataChoice(samples=60), weights=weights, first=weights))
    one.settle()
    rate(one, 0.3)
    one.write(with_run=True)


def _gesture(one: Journalled, qtbot: QtBot) -> None:
    for value in (0.1, 0.2, 0.3):
        rate(one, value, "drag")
    one.settle()


WORK = [
    _edit,
    _weight,
    _macro,
    _macro_taken_back,
    _macro_done_again,
    _restore,
    _reset,
    _reset_undone,
    _other_data,
    _other_network,
    _first_weights,
    _gesture,
]


@pytest.mark.parametrize("work", WORK, ids=lambda work: work.__name__[1:])
def test_every_command_comes_back(journalled: Journalled, qtbot: QtBot, work) -> None:
    work(journalled, qtbot)
    assert_same(journalled.document, journalled.again())


def test_the_run_comes_back_with_its_epoch(journalled: Journalled, qtbot: QtBot) -> None:
    train(journalled, qtbot)
    journalled.write(with_run=True)
    progress = journalled.document.kept().progress
    again = journalled.again().kept().progress
    assert progress is not None and again is not None
    assert (again.updates, again.optimizer_step) == (progress.updates, progress.optimizer_step)


def test_what_was_taken_away_comes_back_with_its_weights(journalled: Journalled, qtbot: QtBot) -> None:
    before = journalled.document.present_weights()[KEY]
    journalled.document.edit("Units", graph=set_params(journalled.document.graph, "dense-1", units=2))
    journalled.settle()
    journalled.document.undo_stack.undo()
    journalled.settle()
    assert np.array_equal(journalled.document.present_weights()[KEY], before)
    assert np.array_equal(journalled.again().present_weights()[KEY], before)


def test_while_a_change_is_under_way_the_run_is_not_known(journalled: Journalled) -> None:
    journalled.document.edit_weight(*KEY, (0, 0), 0.75)
    assert journalled.opened.history(with_run=True).run is None
    journalled.settle()
    run = journalled.opened.history(with_run=True).run
    assert isinstance(run, Kept) and run.weights[KEY][0, 0] == 0.75


def test_what_is_open_is_one_undo_away(journalled: Journalled) -> None:
    rate(journalled, 0.5)
    document = new_document(hidden=(2,))
    again = journalled._made(document)
    document.edit("Mine", hyper=document.hyper.model_copy(update={"l2": 0.5}))
    mine = document.state
    again.take_history(read_history(journalled.path, again.reader())[0])
    assert document.state == journalled.document.state and document.undo_stack.count() == 3
    for _ in range(2):
        document.undo_stack.undo()
    assert document.state == mine
    document.undo_stack.undo()
    document.undo_stack.redo()
    document.undo_stack.redo()
    document.undo_stack.redo()
    assert document.state == journalled.document.state


@pytest.mark.parametrize("kind", ["cure", "removal", "setting"])
def test_a_history_of_an_earlier_version_brings_the_network_back_without_it(journalled: Journalled, kind: str) -> None:
    """Unless all its steps can be taken back: an edit that removed nothing."""
    rate(journalled, 0.5)
    history = read_history(journalled.path, NetworkReader())[0]
    now = journalled.document.loaded_state
    stash = {KEY: np.ones((2, 3))} if kind == "removal" else None
    edit = Step(2, "edit", "Edit", things={"before": now, "after": now, "stash": stash})
    cure = Step(2, "macro", "Cure", parts=(Step(2, "before", "Cure", things={"weights": None}),))
    document = new_document(hidden=(2,))
    document.setParent(journalled.owner)
    document.take_history(replace(history, steps=(*history.steps, cure if kind == "cure" else edit), index=2))
    assert document.state == journalled.document.state and document.dirty
    assert document.undo_stack.canUndo() is (kind == "setting")


def test_dropped_runs_are_known_to_be_dropped(journalled: Journalled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.network.document.UNDO_BYTES", 0)
    for units in (7, 8):
        graph = set_params(journalled.document.graph, "dense-1", units=units)
        journalled.document.edit("Units", graph=graph)
        journalled.settle()
    journalled.write(with_run=True)
    monkeypatch.setattr("app.network.document.UNDO_BYTES", 1 << 20)
    again = journalled.again().undo_stack
    assert again.undoText() == "Units"
    again.undo()
    assert again.undoText() == "Units (weights no longer kept)"


def test_its_file_is_its_file_again(journalled: Journalled, tmp_path: Path) -> None:
    journalled.opened.save(tmp_path / "mine.loom")
    rate(journalled, 0.5)
    again = journalled.again()
    assert again.path == tmp_path / "mine.loom" and again.dirty
    again.undo_stack.undo()
    assert not again.dirty


def test_ids_that_undo_has_put_away_are_not_given_again(journalled: Journalled) -> None:
    from engine.graph.edit import add_block

    graph, added = add_block(journalled.document.graph, "dense", 0.0, 0.0)
    journalled.document.edit("Add", graph=graph)
    journalled.document.undo_stack.undo()
    again = journalled.again()
    assert add_block(again.graph, "dense", 0.0, 0.0)[1] != added


def test_what_can_no_longer_be_had_ends_what_comes_back(journalled: Journalled, qtbot: QtBot, tmp_path: Path) -> None:
    csv = tmp_path / "gone.csv"
    csv.write_text("a,b,y\n" + "".join(f"{n},{n * n},{n % 2}\n" for n in range(40)))
    rate(journalled, 0.5)
    journalled.document.choose_data(DataChoice(source="file", path=str(csv)))
    qtbot.waitUntil(lambda: journalled.document.data.source == "file")
    rate(journalled, 0.25)
    csv.unlink()
    history, problem = read_history(journalled.path, NetworkReader())
    assert problem is not None and "gone.csv" in str(problem.parameters)
    assert [step.label for step in history.steps] == ["Rate"] and history.index == 1
    document = new_document()
    document.setParent(journalled.owner)
    document.take_history(history)
    assert document.hyper.learning_rate == 0.5 and document.data.source == "named"


def test_data_that_can_no_longer_be_had_before_lose_only_what_was_before(
    journalled: Journalled, qtbot: QtBot, tmp_path: Path
) -> None:
    csv = tmp_path / "gone.csv"
    csv.write_text("a,b,y\n" + "".join(f"{n},{n * n},{n % 2}\n" for n in range(40)))
    journalled.document.choose_data(DataChoice(source="file", path=str(csv)))
    qtbot.waitUntil(lambda: journalled.document.data.source == "file")
    journalled.document.choose_data(DataChoice(name="circle", samples=60))
    rate(journalled, 0.25)
    csv.unlink()
    history, problem = read_history(journalled.path, NetworkReader())
    assert problem is not None
    assert [step.label for step in history.steps] == ["Rate"]
    document = new_document()
    document.setParent(journalled.owner)
    document.take_history(history)
    assert document.state == journalled.document.state


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_in_whatever_order(journalled: Journalled, tmp_path: Path, seed: int) -> None:
    work = NetworkWork(journalled.opened, random.Random(seed), tmp_path / "mine.loom")
    for _ in range(25):
        work.act()
        assert sign_of_journal(journalled) == sign(journalled.document)
    journalled.trainer.pause()
    journalled.settle()
    journalled.write(with_run=True)
    assert_same(journalled.document, journalled.again())


def sign_of_journal(journalled: Journalled) -> list:
    return Signer(journalled.opened.encoded).sign(read_history(journalled.path, NetworkReader())[0])


@pytest.mark.parametrize("read", [state_read, first_read, arrays_read, rows_read, run_read, NetworkReader()])
@pytest.mark.parametrize(
    "content",
    [3, [], {}, [[1, 2, 3]], [["a", "b", 3]], [["a", "b", [[0, 1]]]], {"weights": 3, "progress": None}, {"opened": 1}],
)
def test_what_is_none_of_its_things_is_refused(read, content: object) -> None:
    if content == [] and read in (arrays_read, rows_read):
        assert read(content) == {}
        return
    with pytest.raises((ValueError, EngineError)):
        read(content)


@pytest.mark.parametrize(
    "step",
    [
        Step(1, "dance", ""),
        Step(1, "edit", ""),
        Step(1, "run", ""),
        Step(1, "rows", ""),
        Step(1, "restore", "", things={"before": 1}),
        Step(1, "weight", "", {"key": ["a"], "index": [0], "before": 0.0, "after": 0.0}),
        Step(1, "weight", "", {"key": ["a", "b"], "index": [-1], "before": 0.0, "after": 0.0}),
        Step(1, "weight", "", {"key": ["a", "b"], "index": [0], "before": "x", "after": 0.0}),
    ],
)
def test_a_step_that_is_none_is_refused(qapp: object, step: Step) -> None:
    document = new_document()
    history = document.history(None)
    with pytest.raises(Unfit):
        Taken(history, 1).command(document, step)


def test_a_book_is_plain(qapp: object) -> None:
    opened = new_document()._opened
    said = Book({1: Path("/x/\udcff.loom"), 2: None}, {1: 3}).said(opened)
    assert said == {"paths": {"1": "/x/\udcff.loom"}, "moves": {"1": 3}, "number": 1, "title": ""}
