"""Ctrl+Z is the window's unless something is being typed."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.builder.canvas.weight_editor import WeightBox
from app.kit.focused_field import WindowUndo
from app.kit.widgets.values import ValueEdit


class Bench(QWidget):
    """A window with fields and an Undo of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = 0
        self.fields: dict[str, QWidget] = {
            "value": ValueEdit(0.0, 10.0), "line": QLineEdit(), "weight": WeightBox(), "spin": QDoubleSpinBox()
        }  # fmt: skip
        column = QVBoxLayout(self)
        for field in self.fields.values():
            column.addWidget(field)
        action = QAction(self)
        action.setShortcut(QKeySequence.StandardKey.Undo)
        action.triggered.connect(self._undo)
        self.addAction(action)

    def _undo(self) -> None:
        self.undone += 1


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    made = Bench()
    qtbot.addWidget(made)
    WindowUndo(cast(QApplication, QApplication.instance()), made)
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.mark.parametrize("name", ["value", "line", "weight", "spin"])
def test_a_field_that_nobody_types_into_leaves_undo_to_the_window(bench: Bench, name: str) -> None:
    field = bench.fields[name]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.undone == 1


@pytest.mark.parametrize("name", ["value", "line", "weight", "spin"])
def test_while_something_is_typed_undo_is_of_letters(bench: Bench, name: str) -> None:
    field = bench.fields[name]
    field.setFocus()
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.undone == 0


@pytest.mark.parametrize("name", ["value", "weight"])
def test_what_was_entered_is_undone_by_the_window(bench: Bench, name: str) -> None:
    field = bench.fields[name]
    field.setFocus()
    QTest.keyClicks(field, "3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.undone == 1
