"""PyTorch is asked for the first time only while nobody moves anything."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.kit import quiet
from app.kit.quiet import FIRST_MS, Quiet


@pytest.fixture
def waiting(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> tuple[Quiet, QTimer]:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    monkeypatch.setattr(quiet, "has_torch", lambda: True)
    one = Quiet()
    return one, one.findChildren(QTimer)[0]


def test_the_first_time_takes_longer_than_all_others(
    waiting: tuple[Quiet, QTimer], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, timer = waiting
    one.wait(20)
    assert timer.interval() == FIRST_MS
    monkeypatch.setitem(sys.modules, "torch", sys)
    one.wait(20)
    assert timer.interval() == 20 and timer.isActive()
    one.stop()
    assert not timer.isActive()


def test_without_pytorch_there_is_nothing_to_wait_for(
    waiting: tuple[Quiet, QTimer], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, timer = waiting
    monkeypatch.setattr(quiet, "has_torch", lambda: False)
    one.wait(20)
    assert timer.interval() == 20
    one.stop()


def test_it_does_not_come_while_a_mouse_button_is_held(
    waiting: tuple[Quiet, QTimer], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    one, timer = waiting
    monkeypatch.setattr(quiet, "FIRST_MS", 10)
    held = [Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton]
    asked: list[Qt.MouseButton] = []

    def buttons() -> Qt.MouseButton:
        asked.append(held[len(asked)])
        return asked[-1]

    monkeypatch.setattr(QGuiApplication, "mouseButtons", buttons)
    with qtbot.waitSignal(one.come):
        one.wait(0)
    assert asked == held and not timer.isActive()
