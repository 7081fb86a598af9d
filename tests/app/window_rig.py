"""Opens a whole window for a test, and closes it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from app.network.document import Document
from app.network.trainer import Trainer
from app.shell.application import dress
from app.shell.files import first_network
from app.shell.main_window import MainWindow
from app.shell.settings import Settings
from engine.formats.base import NetworkFile


@contextmanager
def opened_window(content: NetworkFile | None = None) -> Iterator[MainWindow]:
    """A complete window whose training thread runs."""
    dress(QApplication.instance())
    document = Document(content or first_network())
    trainer = Trainer(document)
    window = MainWindow(document, trainer, Settings())
    window.resize(1280, 800)
    window.show()
    window.build_all()
    trainer.start()
    try:
        yield window
    finally:
        close(window)


def close(window: MainWindow) -> None:
    """Close without a question, and let go of everything."""
    window.close_for_good()
    window.document.undo_stack.clear()
    window.trainer.deleteLater()
    window.document.deleteLater()
    window.deleteLater()
    vars(window).clear()  # the fixture may hold the window longer than the window's parts should live
