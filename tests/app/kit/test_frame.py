"""Rows and columns: their parts stand in order, with their stretch and alignment."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.frame import column_layout, fill, row_layout


def test_parts_stand_in_their_order_with_stretch_and_alignment(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    first, second, inner = QLabel("a"), QLabel("b"), row_layout()
    column = fill(
        column_layout(holder),
        2,
        first,
        (second, 3, Qt.AlignmentFlag.AlignLeft),
        (inner, 1),
        fill(row_layout(), QLabel("c")),
    )
    assert [column.stretch(at) for at in range(column.count())] == [2, 0, 3, 1, 0]
    assert [column.itemAt(at).widget() for at in range(3)] == [None, first, second]
    assert column.itemAt(2).alignment() == Qt.AlignmentFlag.AlignLeft and not column.itemAt(1).alignment()
    assert column.itemAt(3).layout() is inner and column.itemAt(4).layout().count() == 1
