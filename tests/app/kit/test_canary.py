"""PySide6 6.12.0 on Python 3.11 lost a reference to None at each call of a setter, until Python died."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QColor, QFont

CALLS = 1000
TOLERATED = CALLS // 10
"""Other references come and go meanwhile; a leak shows as one for each call."""


@pytest.mark.parametrize(
    "setter",
    [
        pytest.param(lambda: QRect().setX(1), id="QRect.setX"),
        pytest.param(lambda: QColor().setRed(1), id="QColor.setRed"),
        pytest.param(lambda: QFont().setBold(True), id="QFont.setBold"),
        pytest.param(lambda: QTimer().setSingleShot(False), id="QTimer.setSingleShot"),
    ],
)
@pytest.mark.parametrize("constant", [None, True, False], ids=str)
def test_setters_keep_the_count_of_references(setter: Callable[[], object], constant: bool | None) -> None:
    before = sys.getrefcount(constant)
    for _ in range(CALLS):
        setter()
    assert abs(sys.getrefcount(constant) - before) < TOLERATED
