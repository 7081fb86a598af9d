"""Widgets in lines like words: the height is that of what is there now."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.flow import FlowLayout

WIDE, NARROW, GAP = 200, 60, 6


def block(height: int = 20) -> QWidget:
    made = QWidget()
    made.setFixedSize(50, height)
    return made


def test_the_height_follows_what_comes_goes_grows_and_is_hidden(qtbot: QtBot) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    flow = FlowLayout(area, GAP)
    blocks = [block(), block(), block()]

    def heights() -> tuple[int, int]:
        return flow.heightForWidth(WIDE), flow.heightForWidth(NARROW)

    assert heights() == (0, 0)
    for one in blocks:
        flow.addWidget(one)
    assert heights() == (20, 3 * 20 + 2 * GAP)
    blocks[0].setFixedHeight(30)
    assert heights() == (30, 30 + 2 * 20 + 2 * GAP)
    blocks[2].hide()
    assert heights() == (30, 30 + 20 + GAP)
    blocks[2].show()
    assert heights() == (30, 30 + 2 * 20 + 2 * GAP)
    flow.setSpacing(0)
    assert heights() == (30, 30 + 2 * 20)
    flow.takeAt(0)
    assert heights() == (20, 2 * 20)
    flow.clear()
    assert heights() == (0, 0)
