"""A window that a test has made lives until it is closed, though the test's own variables are gone before."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


class Ring(QWidget):
    """A window in a circle of references, as all that connect their parts to themselves are: only a search for
    garbage finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.ring = self


def shown(qtbot: QtBot) -> weakref.ref[QWidget]:
    window = Ring()
    qtbot.addWidget(window)
    window.show()
    return weakref.ref(window)


def test_a_search_for_garbage_leaves_a_shown_window_alone(qtbot) -> None:
    window = shown(qtbot)
    gc.collect()
    assert window() is not None
