"""What a veil looks like: as the ground of what it hides, never like a card with nothing in it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.kit import theme
from app.shell.veils import Veil


def part(within: QWidget, role: str, width: int, height: int) -> QWidget:
    made = QWidget(within)
    made.setProperty("role", role)
    made.setGeometry(20, 20, width, height)
    return made


@pytest.mark.parametrize(
    ("around", "role", "colour"),
    [("", "card", "window"), ("panel", "card", "surface"), ("", "panel", "surface"), ("", "", "window")],
)
def test_a_card_on_bare_ground_is_hidden_by_bare_ground(qtbot: QtBot, around: str, role: str, colour: str) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.resize(800, 600)
    whole = part(ground, around, 700, 500)
    panel = part(whole, role, 300, 160)
    ground.show()
    veil = Veil(ground)
    veil.cover(panel)
    assert veil.geometry().size() == panel.size()
    picture = veil.grab().toImage()
    assert picture.pixelColor(0, 0) == theme.colour(colour)  # a card's corners are round: there one sees the veil
