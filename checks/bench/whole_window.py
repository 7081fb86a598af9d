"""The whole window for a measurement: opened as the program opens it, with nothing left to build in it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.__main__ import read_no_sources, tell_libraries
from app.kit.ending import others_ended
from app.shell.application import Application
from app.shell.settings import Settings
from app.workspaces import workspaces

MOST_SECONDS = 60.0
"""So long the work of a closed window may go on: what is measured next, and the end of the process, wait for it."""


@contextmanager
def _own_files(folder: str) -> Iterator[None]:
    """Settings and files of the program's own lie in this folder."""
    with patch.dict(os.environ, XDG_DATA_HOME=folder, XDG_CONFIG_HOME=folder):
        yield


@contextmanager
def whole_window() -> Iterator[Any]:
    """A complete window with settings and recovery files of its own, closed in the end: neither the panels nor the
    language of whoever measures, nor what their last crash left, are in what is measured."""
    read_no_sources()
    tell_libraries()
    with tempfile.TemporaryDirectory() as folder, _own_files(folder):
        qapp = QApplication.instance() or QApplication([])
        application = Application(qapp, Settings(), workspaces)  # type: ignore[arg-type]
        application.window.resize(1440, 900)
        loop = QEventLoop()
        application.window.ready.connect(loop.quit)
        application.start()
        loop.exec()
        try:
            yield application.window
        finally:
            application.window.close_for_good()
            others_ended(MOST_SECONDS)


def let_run(seconds: float) -> None:
    """Let the window run by itself for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000.0 * seconds), loop.quit)
    loop.exec()
