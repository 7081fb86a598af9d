"""Sections fold under their headings; a folding line says how things stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.kit import look
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.section import FoldingLine, Section


@pytest.fixture
def column(qtbot: QtBot) -> PanelColumn:
    column = PanelColumn()
    qtbot.addWidget(column)
    column.resize(216, 400)
    return column


def shown(column: PanelColumn, section: Section) -> Section:
    column.rows.addWidget(section)
    column.rows.addStretch(1)
    column.show()
    return section


def test_a_line_opens_in_place_by_click_and_by_key(column: PanelColumn, qtbot: QtBot) -> None:
    section = Section("Features", QLabel("x₁"), "x₁ x₂", column.body, is_line=True, is_open=False)
    told: list[bool] = []
    section.opened.connect(told.append)
    shown(column, section)
    assert not section.content.isVisible()
    qtbot.mouseClick(section.heading, Qt.MouseButton.LeftButton)
    assert section.is_open and section.content.isVisible()
    qtbot.keyClick(section.heading, Qt.Key.Key_Space)
    assert not section.content.isVisible()
    assert told == [True, False]


def test_a_line_says_how_things_stand_to_those_who_hear_it(column: PanelColumn) -> None:
    section = shown(column, Section("Optimiser", QLabel(), "Adam · 0.01", column.body, is_line=True, is_open=False))
    assert section.heading.accessibleName() == "Optimiser: Adam · 0.01"
    section.set_hint("SGD · 0.1")
    assert section.heading.accessibleName() == "Optimiser: SGD · 0.1"
    assert "SGD · 0.1" in section.heading.toolTip()


def test_a_line_takes_a_second_row_only_for_words_that_do_not_fit_beside(column: PanelColumn, qtbot: QtBot) -> None:
    section = shown(column, Section("Optimiser", QLabel(), "Adam", column.body, is_line=True, is_open=False))
    heading = section.heading
    assert isinstance(heading, FoldingLine)
    one = heading.height()
    section.set_hint("Adam · 0.01 · batch 25 · cosine")
    qtbot.waitUntil(lambda: heading.height() > one)
    two = heading.height()
    section.set_hint("Adam · 0.01 · batch 25 · cosine · L1 0.003 · L2 0.01")
    qtbot.waitUntil(lambda: heading.height() > two)
    section.set_open(True)
    qtbot.waitUntil(lambda: heading.height() == one)


def test_a_heading_writes_its_words_whole_and_parts_them_between_phrases(column: PanelColumn, qtbot: QtBot) -> None:
    section = shown(column, Section("Data", QLabel(), "10 points", column.body))
    heading, one = section.heading, section.heading.height()
    section.set_hint("10 points, noise 80 %, 90 % train, and a word more")
    qtbot.waitUntil(lambda: heading.height() > one)
    rows = heading._rows(180)
    measure = QFontMetricsF(look.font(heading.hint_size))
    assert len(rows) > 1 and " ".join(rows) == heading.hint
    assert all(row.endswith(",") for row in rows[:-1])
    assert all(measure.horizontalAdvance(row) <= 180 for row in rows)


def test_what_stands_above_stays_while_the_rest_is_folded(column: PanelColumn) -> None:
    tiles = QLabel("tiles")
    section = shown(column, Section("Data", QLabel(), "500 points", column.body, is_open=False, above=tiles))
    assert tiles.isVisible() and not section.content.isVisible()
    section.set_open(True)
    assert tiles.geometry().bottom() < section.content.geometry().top()
