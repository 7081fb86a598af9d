"""The flat field of a number: what is typed and cannot be is put back or bounded, and said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.kit.announce import recorded
from app.kit.widgets.values import ValueEdit


@pytest.fixture
def field(qtbot: QtBot) -> ValueEdit:
    made = ValueEdit(0.0, 10.0, unit="%")
    qtbot.addWidget(made)
    made.set_value(2.5)
    made.show()
    made.setFocus()
    return made


def typed(field: ValueEdit, text: str) -> list[tuple[str, bool]]:
    """What is said of it, and whether that is urgent."""
    field.selectAll()
    QTest.keyClicks(field, text)
    with recorded() as said:
        QTest.keyClick(field, Qt.Key.Key_Return)
    return said


@pytest.mark.parametrize("text", ["abc", "nan", "inf", "1..2"])
def test_what_is_no_number_is_put_back_and_said(field: ValueEdit, text: str) -> None:
    edits: list[object] = []
    field.edited.connect(edits.append)
    assert [(text in said, urgent) for said, urgent in typed(field, text)] == [(True, True)]
    assert field.value == 2.5 and not edits and field.text() == "2.5"


def test_what_is_beyond_the_bounds_is_bounded_and_said(field: ValueEdit) -> None:
    said = typed(field, "11")
    assert field.value == 10.0 and [("0 to 10" in text, urgent) for text, urgent in said] == [(True, False)]


@pytest.mark.parametrize("text", ["", "2.5", "3"])
def test_of_what_is_taken_or_left_nothing_is_said(field: ValueEdit, text: str) -> None:
    assert not typed(field, text)
    assert field.value == (3.0 if text == "3" else 2.5)


def test_a_field_that_is_gone_from_sight_says_nothing(field: ValueEdit) -> None:
    field.hide()
    field.setText("abc")
    with recorded() as said:
        field.editingFinished.emit()
    assert not said and field.value == 2.5
