"""Work that is quick shows nothing; work that is not shows its progress, from nought, until it is over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.patience import Patience


@pytest.fixture
def progress(qtbot: QtBot) -> Iterator[QProgressBar]:
    """A progress bar in a window that is shown."""
    window = QWidget()
    qtbot.addWidget(window)
    bar = QProgressBar()
    QVBoxLayout(window).addWidget(bar)
    window.show()
    yield bar


def test_what_is_over_soon_shows_nothing(qtbot: QtBot, progress: QProgressBar) -> None:
    patience = Patience(progress, progress)
    patience.set_busy(True)
    assert patience.isActive() and not progress.isVisible()
    patience.set_busy(False)
    assert not patience.isActive() and not progress.isVisible()


def test_what_takes_longer_shows_until_it_is_over(qtbot: QtBot, progress: QProgressBar) -> None:
    patience = Patience(progress, progress)
    patience.setInterval(0)
    progress.setValue(70)
    patience.set_busy(True)
    qtbot.waitUntil(progress.isVisible)
    assert progress.value() == 0
    patience.set_busy(False)
    assert not progress.isVisible()
