"""A column of cards: a card that comes into sight is seen from its head on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.column import PanelColumn
from app.kit.widgets.frame import GAP, bring_into_sight


@pytest.fixture
def column(qtbot: QtBot) -> PanelColumn:
    made = PanelColumn()
    qtbot.addWidget(made)
    made.resize(300, 400)
    for height in (300, 200, 900, 200, 300):
        card = QWidget()
        card.setFixedHeight(height)
        made.rows.addWidget(card)
    made.show()
    QApplication.processEvents()
    return made


def span(column: PanelColumn, place: int) -> tuple[int, int]:
    """Where a card begins and ends in the part that is in sight."""
    card = column.rows.itemAt(place).widget()
    top = card.mapTo(column.viewport(), QPoint(0, 0)).y()
    return top, top + card.height()


def bring(column: PanelColumn, place: int) -> None:
    bring_into_sight(column.rows.itemAt(place).widget())
    QApplication.processEvents()


@pytest.mark.parametrize("place", [0, 1, 3, 4])
@pytest.mark.parametrize("before", [0, 10_000])
def test_a_card_that_fits_is_seen_whole(column: PanelColumn, place: int, before: int) -> None:
    column.verticalScrollBar().setValue(before)
    bring(column, place)
    top, bottom = span(column, place)
    assert top >= 0 and bottom <= column.viewport().height()


@pytest.mark.parametrize("before", [0, 10_000])
def test_a_card_that_is_taller_is_seen_from_its_head(column: PanelColumn, before: int) -> None:
    column.verticalScrollBar().setValue(before)
    bring(column, 2)
    assert span(column, 2)[0] == GAP


def test_what_is_in_sight_already_moves_nothing(column: PanelColumn) -> None:
    column.verticalScrollBar().setValue(250)
    bring(column, 1)
    assert column.verticalScrollBar().value() == 250
