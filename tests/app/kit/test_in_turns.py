"""Widgets that are painted in turns: one group a frame, every one in the end, and with what was said last."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.kit.widgets.in_turns import InTurns, waits
from app.kit.widgets.painted import Painted


class Number(Painted):
    """Keeps what it has painted."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.painted: list[int] = []
        self.setMinimumSize(20, 20)

    def paint(self, painter: QPainter) -> None:
        self.painted.append(self.number)


def test_all_are_painted_one_after_another_with_the_last_number(qtbot: QtBot) -> None:
    window, numbers = QWidget(), [Number() for _ in range(3)]
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    turns = InTurns(window)
    for one in numbers:
        row.addWidget(one)
        turns.add(one)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: all(one.painted for one in numbers))
    shown: list[tuple[int, ...]] = []
    for value in range(1, 12):
        turns.hold()
        for one in numbers:
            one.number = value
            one.update()
        with qtbot.waitSignal(turns._timer.timeout):  # one frame, however long it takes
            pass
        QCoreApplication.sendPostedEvents()  # it is painted, and no other frame begins
        shown.append(tuple(one.painted[-1] for one in numbers))
    qtbot.waitUntil(lambda: not turns.waiting and all(one.painted[-1] == 11 for one in numbers))
    assert all(len(one.painted) < 11 for one in numbers)
    assert any(len(set(numbers)) > 1 for numbers in shown)


def test_what_is_steady_is_painted_only_where_it_shows_something_else(qtbot: QtBot) -> None:
    window, numbers = QWidget(), [Number() for _ in range(2)]
    qtbot.addWidget(window)
    row, turns, followed = QHBoxLayout(window), InTurns(window), list[int]()

    def follow(place: int) -> None:
        assert not waits(numbers[place])
        followed.append(place)
        if place == 0:
            numbers[0].update()

    for place, one in enumerate(numbers):
        row.addWidget(one)
        turns.add(one, follow=partial(follow, place), steady=True)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: all(one.painted for one in numbers))
    before = [len(one.painted) for one in numbers]
    turns.hold(steady=True)
    assert all(waits(one) for one in numbers)
    qtbot.waitUntil(lambda: not turns.waiting and len(numbers[0].painted) > before[0])
    assert followed == [0, 1] and len(numbers[1].painted) == before[1]
