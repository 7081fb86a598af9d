"""A window that shows the computation graph alone, and hands to work it with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.workspaces.scalar_graph import WORKSPACE
from app.workspaces.scalar_graph.examples import ExpressionExample
from app.workspaces.scalar_graph.page import ScalarGraphPage
from engine.autodiff.document import ExpressionSheet
from tests.app.window_rig import opened_window

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Bench:
    """The page in its window."""

    def __init__(self, page: ScalarGraphPage, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot
        self.desk = page.desk
        self.canvas = page.widget.stage.canvas
        self.edit = page.widget.field.edit

    def type(self, text: str) -> None:
        """Replace what is typed, letter by letter."""
        self.edit.setFocus()
        self.edit.selectAll()
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(self.edit, Qt.Key.Key_Return)
            QTest.keyClicks(self.edit, line)
        self.wait()

    def load(self, title: str, sheet: ExpressionSheet) -> None:
        """Open a document, and wait until it is drawn or refused."""
        self.page.document.load(title, sheet)
        self.wait()

    def open_example(self, example: ExpressionExample) -> None:
        """The same of an example."""
        self.page.open_example(example)
        self.wait()

    def rewrite(self, text: str) -> None:
        """Put another text in place of what is typed, and wait likewise."""
        self.desk.rewrite(text, "")
        self.wait()

    def wait(self) -> None:
        """Wait until what is typed is drawn or refused."""
        self.qtbot.waitUntil(lambda: not self.desk._background.busy)

    def spot(self, key: str) -> QPoint:
        """Where a node is on the canvas."""
        return self.canvas.to_view(self.canvas.shown.drawing.by_key[key].centre).toPoint()

    def key_of(self, label: str) -> str:
        """The key of the node that is called so."""
        worked = self.desk.worked
        assert worked is not None
        return worked.graph.nodes[worked.graph.labels.index(label)].key

    def click(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Click on the canvas."""
        QTest.mouseClick(self.canvas, LEFT, modifiers, point)

    def drag(self, start: QPoint, by: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press, move in four steps, let go."""
        QTest.mousePress(self.canvas, LEFT, modifiers, start)
        for step in range(1, 5):
            self._move(QPointF(start + by * (step / 4)), modifiers)
        QTest.mouseRelease(self.canvas, LEFT, modifiers, start + by)

    def _move(self, to: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        none = Qt.MouseButton.NoButton
        place = QPointF(self.canvas.mapToGlobal(to.toPoint()))
        self.canvas.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, to, place, none, LEFT, modifiers))

    def act(self, name: str) -> None:
        """Do an action."""
        self.page.actions[name].trigger()


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    with opened_window([WORKSPACE]) as opened:
        page = cast(ScalarGraphPage, opened.window.pages.current)
        opened.window.resize(1440, 900)
        qtbot.waitExposed(opened.window)
        page.desk.sight_changed.disconnect(page.turns.follow)  # cards say at once what they would say a frame later
        qtbot.waitUntil(lambda: not page.turns.waiting)
        yield Bench(page, qtbot)
