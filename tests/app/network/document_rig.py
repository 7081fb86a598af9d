"""A document with its trainer, and what the tests of the panels do with them again and again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.network.document import Document
from app.network.trainer import Trainer
from engine.data import DataChoice
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward


def new_document(data: DataChoice | None = None, hidden: tuple[int, ...] = (4, 3)) -> Document:
    """Two spirals, small, under a small network."""
    return Document(NetworkFile(feed_forward(hidden), data=data or DataChoice(samples=60)))


@contextmanager
def running(document: Document) -> Iterator[Trainer]:
    """The document's trainer with its thread, which ends with the block."""
    trainer = Trainer(document)
    trainer.start()
    try:
        yield trainer
    finally:
        trainer.close()


def drag(qtbot: QtBot, widget: QWidget, start: QPoint, *stops: QPoint, button=Qt.MouseButton.LeftButton) -> None:
    """Press at ``start``, move over the stops, release at the last."""
    qtbot.mousePress(widget, button, pos=start)
    for stop in stops:
        qtbot.mouseMove(widget, stop)
    qtbot.mouseRelease(widget, button, pos=stops[-1] if stops else start)


def assert_one_step(document: Document, before: object) -> None:
    """What was just done is one step; undo brings the state before back, redo what was done."""
    after = document.state
    assert after != before
    assert document.undo_stack.count() == document.undo_stack.index() == 1
    document.undo_stack.undo()
    assert document.state == before
    document.undo_stack.redo()
    assert document.state == after
    document.undo_stack.undo()
    document.undo_stack.clear()
