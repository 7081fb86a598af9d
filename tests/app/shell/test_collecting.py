"""Searches for garbage are short, and none is forgotten for good."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.shell import collecting
from app.shell.collecting import Collecting


class Ring:
    """Refers to itself, so that only a search can free it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collecting]:
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    thresholds, callbacks = gc.get_threshold(), list(gc.callbacks)
    made = Collecting(application)
    yield made
    application.applicationStateChanged.disconnect(made._follow)
    made.deleteLater()
    gc.set_threshold(*thresholds)
    gc.callbacks[:] = callbacks
    gc.unfreeze()


def test_what_has_lived_through_a_search_is_set_apart_from_the_next(collector: Collecting) -> None:
    kept = [Ring() for _ in range(5_000)]
    before = gc.get_freeze_count()
    gc.collect()
    assert gc.get_freeze_count() >= before + len(kept)
    assert len(gc.get_objects()) < len(kept), "the next search goes through next to nothing"
    assert gc.get_threshold() == collecting.THRESHOLDS and collector is not None


def test_while_the_window_is_left_everything_is_gone_through_now_and_then(
    collector: Collecting, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = Ring()
    gc.collect()
    gone = weakref.ref(ring)
    del ring
    gc.collect()
    assert gone() is not None, "it was set apart"
    collector._follow(Qt.ApplicationState.ApplicationInactive)
    assert gone() is not None, "not again so soon"
    monkeypatch.setattr(collecting, "REST_S", 0.0)
    collector._follow(Qt.ApplicationState.ApplicationActive)
    assert gone() is not None, "nor while it is worked in"
    collector._follow(Qt.ApplicationState.ApplicationInactive)
    assert gone() is None
