"""A window that shows the computation graph alone, and hands to work it with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QScrollBar
from pytestqt.qtbot import QtBot

from app.shell.main_window import MainWindow
from app.workspaces.scalar_graph import WORKSPACE
from app.workspaces.scalar_graph.actions import DRAWN
from app.workspaces.scalar_graph.model import FIRST_NUDGE
from app.workspaces.scalar_graph.page import ScalarGraphPage
from app.workspaces.scalar_graph.sources import ExpressionExample
from engine.autodiff.document import ExpressionSheet
from tests.app.standing import Standing, forget_guesses, let_go, shares, until
from tests.app.window_rig import opened_window

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SIZE = (1440, 900)
TURNS = 10
"""Of the event loop: after so many, what is laid out anew has come to rest."""
SWITCHES = {"graph_predict": False, "graph_outline": False, "graph_right": True, "graph_dock": False,
            **dict.fromkeys(DRAWN, True)}  # fmt: skip


class Bench:
    """The page in its window."""

    def __init__(self, page: ScalarGraphPage, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot
        self.model = page.model
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
        self.model.rewrite(text, "")
        self.wait()

    def wait(self) -> None:
        """Wait until what is typed is drawn or refused."""
        self.qtbot.waitUntil(lambda: is_drawn(self.page))

    def rest(self, ms: int = 60) -> None:
        """Wait so long, and then for whatever was put off from turn to turn, however long a machine takes for one."""
        self.qtbot.wait(ms)
        for _ in range(TURNS):
            QApplication.processEvents()

    def spot(self, key: str) -> QPoint:
        """Where a node is on the canvas."""
        return self.canvas.to_view(self.canvas.shown.drawing.by_key[key].centre).toPoint()

    def key_of(self, label: str) -> str:
        """The key of the node that is called so."""
        worked = self.model.worked
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

    def open_plot(self) -> None:
        """Open the dock at the plot, which is drawn for those who see it."""
        assert self.page.widget.dock is not None
        self.page.widget.dock.bring_to_front(3)
        self.page.actions["graph_dock"].setChecked(True)

    def act(self, name: str) -> None:
        """Do an action."""
        self.page.actions[name].trigger()


def is_drawn(page: ScalarGraphPage) -> bool:
    """Whether nothing that is typed is still being worked out."""
    return not page.model._background.busy


@contextmanager
def opened_page() -> Iterator[ScalarGraphPage]:
    """The page in a window of its own."""
    with opened_window([WORKSPACE]) as opened:
        page = cast(ScalarGraphPage, opened.window.pages.current)
        opened.window.resize(*SIZE)
        yield page


def put_back(page: ScalarGraphPage) -> None:
    """As it was opened: another expression first, so that the one it begins with is placed anew."""
    window, right, dock = window_of(page), page.widget.right, page.widget.dock
    assert right is not None and dock is not None
    page.model.playback.pause()
    for name, on in SWITCHES.items():
        page.actions[name].setChecked(on)
    window.messages.dismiss()
    window.resize(*SIZE)
    page.model.choose(frozenset())
    for pointed_at in (page.widget.stage.canvas, page.widget.stage.header.formula):
        QApplication.sendEvent(pointed_at, QEvent(QEvent.Type.Leave))
    page.model.point(None)
    right.nudge.by.set_value(FIRST_NUDGE)
    page.model.set_nudge(FIRST_NUDGE)
    page.model.set_asking(False)
    page.model.playback.set_speed(1.0)
    page.document.load("", ExpressionSheet(text="1+2"))
    until(lambda: is_drawn(page))
    page.document.new()
    page.document.undo_stack.clear()
    until(lambda: is_drawn(page))
    right.asking._round = 0  # what it has come to by and by
    right.asking._begun_anew = None
    forget_guesses(right.asking.guesses)
    dock.bring_to_front(0)
    let_go(page.widget)
    QApplication.processEvents()
    for layout in right.findChildren(QLayout):
        layout.invalidate()
    right.origin.put_away()
    right.show_card("rule")
    for bar in page.widget.findChildren(QScrollBar):
        bar.setValue(bar.minimum())
    page.widget.setFocus()
    page.enter()


def window_of(page: ScalarGraphPage) -> MainWindow:
    """The window that the page is in."""
    return cast(MainWindow, page.widget.window())


@pytest.fixture(scope="package")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing[ScalarGraphPage]]:
    found = Standing(opened_page, window_of, put_back, tmp_path_factory.mktemp("standing"))
    yield found
    found.close()


@pytest.fixture
def standing_window(request: pytest.FixtureRequest, qapp: QApplication, standing: Standing[ScalarGraphPage]) -> None:
    if "bench" in request.fixturenames and shares(request):
        standing.make_ready()
    elif not shares(request):
        standing.close()


@pytest.fixture
def bench(request: pytest.FixtureRequest, standing: Standing[ScalarGraphPage], qtbot: QtBot) -> Iterator[Bench]:
    if shares(request):
        yield Bench(standing.held, qtbot)
        standing.take_back()
    else:
        with opened_page() as page:
            yield Bench(page, qtbot)
