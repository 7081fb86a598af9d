"""The document's weights are those of the running network, and of no other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.network.document import Document
from app.network.kept import LiveWeights
from engine.data import DataChoice
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.graph.edit import remove_blocks
from engine.graph.weights import Weights
from engine.problems import EngineError
from engine.training.session import Setup, TrainingSession
from tests.app.network.document_rig import new_document, running


def same(first: Weights, second: Weights) -> bool:
    return first.keys() == second.keys() and all(np.array_equal(first[key], second[key]) for key in first)


def weighted(document: Document, title: str = "") -> NetworkFile:
    """The document's network with weights of its own."""
    session = TrainingSession(Setup(document.graph, document.dataset, document.hyper, compiled=False))
    session.run_steps(3)
    return NetworkFile(document.graph, document.hyper, document.data, session.snapshot().weights, title)


def test_until_something_trains_they_are_the_files() -> None:
    file = weighted(new_document())
    weights = LiveWeights()
    document = Document(file, weights=weights)
    assert document.live_weights is weights
    assert same(document.present_weights(), file.weights) and same(document.to_file().weights, file.weights)


def test_they_are_what_has_been_put_last() -> None:
    document = new_document()
    assert document.present_weights() == {}
    other = weighted(document).weights
    document.live_weights.put(other)
    assert same(document.to_file().weights, other)


def test_they_follow_the_training(qtbot: QtBot, tmp_path: Path) -> None:
    document = new_document()
    with running(document) as trainer:
        trainer.epoch()
        qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.epoch == 1.0)
        assert same(document.present_weights(), trainer.snapshot.weights)


def test_a_file_that_is_opened_has_its_own_at_once_and_keeps_them(qtbot: QtBot) -> None:
    document = new_document()
    file = weighted(document)
    with running(document) as trainer:
        trainer.play()
        qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.step > 3)
        runs: list[tuple[int, bool]] = []
        trainer.snapshot_published.connect(
            lambda snapshot: runs.append((snapshot.run, same(document.present_weights(), file.weights)))
        )
        document.load_file(file, None)
        assert same(document.present_weights(), file.weights)
        qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.run == 1)
    assert runs and all(kept for _, kept in runs), "a snapshot of what was open before has taken their place"


def test_a_file_that_does_not_fit_leaves_them_alone() -> None:
    document = new_document()
    file = weighted(document)
    document.load_file(file, None)
    wrong = NetworkFile(feed_forward((2,)), data=DataChoice(samples=60), weights=file.weights)
    with pytest.raises(EngineError):
        document.load_file(wrong, None)
    assert same(document.present_weights(), file.weights)


def test_a_broken_network_that_is_mended_trains_as_what_it_is(qtbot: QtBot) -> None:
    document = new_document()
    file = weighted(document)
    whole = document.graph
    broken = remove_blocks(whole, {whole.blocks[-1].id})
    with running(document) as trainer:
        trainer.epoch()
        qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.epoch == 1.0)
        kept = {key: array for key, array in file.weights.items() if key[0] in broken}
        with qtbot.waitSignal(trainer.failed):
            document.load_file(NetworkFile(broken, document.hyper, document.data, kept), None)
        document.edit("mend", graph=whole)
        qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.run == 1)
        assert all(np.array_equal(trainer.snapshot.weights[key], array) for key, array in kept.items())
        trainer.step()
        qtbot.waitUntil(lambda: trainer.snapshot.step == 1)
        assert same(document.present_weights(), trainer.snapshot.weights)
    document.undo_stack.clear()
