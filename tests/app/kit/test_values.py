"""The flat field of a number: what is typed and cannot be is put back or bounded, and said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.kit.announce import recorded
from app.kit.numbers import written
from app.kit.widgets.say_beside import BesideNote
from app.kit.widgets.slider import LabelledSlider, Listed
from app.kit.widgets.values import ValueEdit, WholeSpinBox


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
    assert typed(field, text)[0][0].endswith("such as 2.5.")  # what may be typed
    assert field.value == 2.5 and not edits and field.text() == "2.5"


def test_what_is_beyond_the_bounds_is_bounded_and_said(field: ValueEdit) -> None:
    said = typed(field, "11")
    assert field.value == 10.0 and said == [("the maximum is 10", False)]
    assert [note.text() for note in field.window().findChildren(BesideNote)] == ["the maximum is 10"]


@pytest.mark.parametrize("text", ["", "2.5", "3"])
def test_of_what_is_taken_or_left_nothing_is_said(field: ValueEdit, text: str) -> None:
    assert not typed(field, text)
    assert field.value == (3.0 if text == "3" else 2.5)


def test_a_whole_number_is_shown_to_its_last_digit(qtbot: QtBot) -> None:
    made = ValueEdit(0, 2**53, whole=True)
    made.setFixedWidth(200)
    qtbot.addWidget(made)
    made.set_value(2**53)
    assert made.text() == "9007199254740992"


def test_what_no_number_can_hold_is_out_of_range(field: ValueEdit) -> None:
    said = typed(field, "1e999")
    assert said == [("“1e999” is out of range. Type a number such as 2.5.", True)] and field.value == 2.5


def test_a_field_that_is_gone_from_sight_says_nothing(field: ValueEdit) -> None:
    field.hide()
    field.setText("abc")
    with recorded() as said:
        field.editingFinished.emit()
    assert not said and field.value == 2.5


def test_what_was_taken_is_typed_over_next(field: ValueEdit) -> None:
    typed(field, "3")
    QTest.keyClicks(field, "4")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value == 4.0


@pytest.mark.parametrize("at, right", [(20, True), (310, False)])
def test_a_note_stands_beside_the_field_in_the_window_and_takes_no_click(qtbot: QtBot, at: int, right: bool) -> None:
    window = QWidget()
    window.resize(400, 200)
    fields = [ValueEdit(1, 300, parent=window) for _row in range(2)]
    for row, one in enumerate(fields):
        one.setGeometry(at, 80 + 24 * row, 60, 20)
    qtbot.addWidget(window)
    window.show()
    fields[0].setFocus()
    typed(fields[0], "1300")
    (note,) = window.findChildren(BesideNote)
    assert note.text() == "the maximum is 300" and window.rect().contains(note.geometry())
    assert not note.geometry().intersects(fields[0].geometry())
    if right:
        assert not note.geometry().intersects(fields[1].geometry())
    assert window.childAt(note.geometry().center()) is not note
    QTest.keyClicks(fields[0], "7")
    assert note.isHidden()


def test_what_was_said_goes_with_the_next_shortcut_or_click(field: ValueEdit) -> None:
    """“the maximum is 80” stood beside the number that undo had brought back."""
    other = QPushButton("Undo", field)
    for press in (
        lambda: QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        lambda: QTest.mouseClick(other, Qt.MouseButton.LeftButton),
    ):
        field.set_value(2.5)
        typed(field, "11")
        note = field.window().findChildren(BesideNote)[-1]
        assert not note.isHidden()
        QApplication.processEvents()
        press()
        assert note.isHidden()


def test_a_slider_of_whole_numbers_says_that_it_takes_the_nearest(qtbot: QtBot) -> None:
    slider = LabelledSlider("Batch", Listed((1.0, 10.0)), "", hard=(1, 300), whole=True)
    qtbot.addWidget(slider)
    slider.show()
    with recorded() as said:
        typed(slider.field, "2.7")
    assert slider.value == 3.0 and "Whole numbers from 1 to 300" in said[0][0]


def test_a_spin_box_takes_the_nearest_number_and_says_so(qtbot: QtBot) -> None:
    box = WholeSpinBox()
    box.setRange(0, 499)
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "9999")
    assert box.cleanText() == "9999"
    with recorded() as said:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.value() == 499 and box.cleanText() == "499" and said == [("the maximum is 499", False)]


@pytest.mark.parametrize(("value", "narrow"), [(1e8, "1e8"), (12345678.0, "1.2e7"), (1.5e-7, "1.5e−7"), (0.03, "0.03")])
def test_a_number_wider_than_its_field_is_written_in_powers_until_it_is_typed_over(
    qtbot: QtBot, value: float, narrow: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    slider = LabelledSlider("Rate", Listed((0.01, 1.0)), "", hard=(1e-300, 1e300), parent=window)
    slider.set_value(value)
    slider.show()
    edited: list[object] = []
    slider.edited.connect(lambda *_told: edited.append(_told))
    assert slider.field.text() == narrow
    assert slider.field.fontMetrics().horizontalAdvance(narrow) < slider.field.width()
    window.activateWindow()
    slider.field.setFocus()
    qtbot.waitUntil(slider.field.hasFocus)
    assert slider.field.text() == written(value)
    slider.field.clearFocus()
    assert (slider.field.text(), slider.value, edited) == (narrow, value, [])
