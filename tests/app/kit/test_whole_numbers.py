"""A double click takes a number as a whole, wherever it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.kit.focused_field import WholeNumbers, field_of
from app.kit.widgets.drag_number import DragNumber
from app.kit.widgets.values import ValueEdit

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def valued() -> ValueEdit:
    field = ValueEdit(0.0, 10.0)
    field.set_value(1.25)
    return field


def spun() -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setValue(1.25)
    return field


MADE: dict[str, Callable[[], QWidget]] = {"value": valued, "line": lambda: QLineEdit("−1.20"), "spin": spun}


@pytest.fixture
def bench(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.setLayout(QVBoxLayout())
    qtbot.addWidget(made)
    WholeNumbers(cast(QApplication, QApplication.instance()), made)
    return made


def shown(bench: QWidget, qtbot: QtBot, field: QWidget) -> None:
    layout = bench.layout()
    assert layout is not None
    layout.addWidget(field)
    with qtbot.waitActive(bench):
        bench.show()


@pytest.mark.parametrize("name", list(MADE))
def test_all_of_a_number_is_selected(bench: QWidget, qtbot: QtBot, name: str) -> None:
    field = MADE[name]()
    shown(bench, qtbot, field)
    field.setFocus()
    line = field_of(field)
    assert line is not None
    line.deselect()
    QTest.mouseDClick(line, LEFT, NONE, QPoint(line.width() // 2, line.height() // 2))
    assert line.selectedText() == line.text()
    QTest.keyClicks(line, "3")
    assert line.text() == "3"


@pytest.mark.parametrize("name", list(MADE))
def test_the_first_click_selects_the_number_and_the_second_places_the_caret(
    bench: QWidget, qtbot: QtBot, name: str
) -> None:
    other, field = QLineEdit("elsewhere"), MADE[name]()
    cast(QVBoxLayout, bench.layout()).addWidget(other)
    shown(bench, qtbot, field)
    other.setFocus()
    line = field_of(field)
    assert line is not None
    middle = QPoint(line.width() // 2, line.height() // 2)
    for _again in range(2):  # Enter takes the entry, and the next click begins another
        QTest.mouseClick(line, LEFT, NONE, middle)
        assert line.selectedText() == line.text()
        QTest.keyClicks(line, "2.0")
        assert line.text() == "2.0"
        QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.mouseClick(line, LEFT, NONE, middle)
    QTest.mouseClick(line, LEFT, NONE, middle)
    assert not line.hasSelectedText()


@pytest.mark.parametrize("name", list(MADE))
def test_a_key_that_types_nothing_leaves_the_next_click_select(bench: QWidget, qtbot: QtBot, name: str) -> None:
    """As Ctrl+S does, of which the field sees Ctrl; a box gets the keys itself, and not its line."""
    field = MADE[name]()
    shown(bench, qtbot, field)
    line = field_of(field)
    assert line is not None
    for number in ("2.0", "3.0"):
        QTest.mouseClick(line, LEFT, NONE, line.rect().center())
        QTest.keyClicks(field, number)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClick(field, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert line.text() in ("3", "3.0", "3.00")


def test_of_what_is_typed_and_not_in_force_a_click_places_the_caret(bench: QWidget, qtbot: QtBot) -> None:
    field = valued()
    shown(bench, qtbot, field)
    QTest.mouseClick(field, LEFT, NONE, field.rect().center())
    QTest.keyClicks(field, "7.5")
    QTest.mouseClick(field, LEFT, NONE, field.rect().center())
    assert not field.hasSelectedText()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    QTest.mouseClick(field, LEFT, NONE, field.rect().center())
    assert field.selectedText() == field.text() == "1.25"


def test_a_number_that_was_refused_is_typed_over(bench: QWidget, qtbot: QtBot) -> None:
    number = DragNumber(1.2, -5.0, 5.0, 0.05)
    shown(bench, qtbot, number)
    qtbot.mouseClick(number, LEFT)
    assert number.editor is not None
    QTest.keyClicks(number.editor, "-1e309")
    QTest.keyClick(number.editor, Qt.Key.Key_Return)
    qtbot.mouseClick(number.editor, LEFT)
    QTest.keyClicks(number.editor, "2")
    assert number.editor.text() == "2"


def test_of_a_number_that_a_click_opens_the_next_click_places_the_caret(bench: QWidget, qtbot: QtBot) -> None:
    number = DragNumber(1.2, -5.0, 5.0, 0.05)
    shown(bench, qtbot, number)
    qtbot.mouseClick(number, LEFT)
    assert number.editor is not None and number.editor.selectedText() == "1.2"
    qtbot.mouseClick(number.editor, LEFT)
    assert not number.editor.hasSelectedText()


def test_so_is_a_number_that_the_first_click_has_opened(bench: QWidget, qtbot: QtBot) -> None:
    number = DragNumber(1.2, -5.0, 5.0, 0.05)
    shown(bench, qtbot, number)
    qtbot.mouseClick(number, LEFT)
    assert number.editor is not None
    QTest.mouseDClick(number.editor, LEFT, NONE, number.editor.rect().center() + QPoint(8, 0))
    assert number.editor.selectedText() == number.editor.text() == "1.2"


def test_of_words_the_one_that_is_clicked_is_selected(bench: QWidget, qtbot: QtBot) -> None:
    line = QLineEdit("two words")
    shown(bench, qtbot, line)
    line.setFocus()
    QTest.mouseDClick(line, LEFT, NONE, QPoint(12, line.height() // 2))
    assert line.selectedText() == "two"


def test_a_field_that_goes_while_it_has_the_keyboard_is_let_go(bench: QWidget, qtbot: QtBot) -> None:
    """As when a dialog is closed while the list of its completions is open: the field is gone before that is told."""
    first, second = QLineEdit("1", bench), QLineEdit("2", bench)
    watcher = WholeNumbers(cast(QApplication, QApplication.instance()), bench)
    watcher._watch(None, first)
    first.destroyed.disconnect(watcher._forget)
    delete(first)
    watcher._watch(first, second)
    assert watcher._watched is second
    second.destroyed.disconnect(watcher._forget)
    delete(second)
    watcher._watch(None, second)
    assert watcher._watched is None
