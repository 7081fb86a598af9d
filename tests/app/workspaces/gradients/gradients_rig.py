"""Opens a window with the gradients workspace, and the playground beside it where networks are opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import cast
from unittest.mock import patch

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Group, Key, Text
from app.kit.drawing.view import DrawingView
from app.shell.main_window import MainWindow
from app.workspaces.gradients import WORKSPACE as GRADIENTS
from app.workspaces.gradients import page as gradients_page
from app.workspaces.gradients.board import NetworkColumn
from app.workspaces.gradients.depth_map import RIGHT, MapData, draw_map
from app.workspaces.gradients.doctor import APPLY, DoctorPanel
from app.workspaces.gradients.page import GradientsPage
from app.workspaces.playground import WORKSPACE as PLAYGROUND
from engine.gradients.doctor import CureKey
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.scan import Map
from tests.app.standing import until
from tests.app.window_rig import Opened, opened_window

WAIT_MS = 60_000
SMALL = Experiment(
    configurations=(
        Configuration(depth=4, width=4),
        Configuration(depth=4, width=4, activation="relu", initializer="he_normal", scale=1.0),
    ),
    samples=20,
    steps=8,
)
SEVERAL = (
    Configuration(),
    Configuration(activation="relu", initializer="he_normal", scale=1.0),
    Configuration(activation="tanh", skip=True, normalisation="layer"),
    Configuration(activation="tanh", initializer="xavier_uniform", scale=1.0),
)
"""Networks whose switches and sentences take much room, for two to four columns."""


@dataclass(frozen=True)
class Bench:
    """The page at work, and hands to work it with."""

    opened: Opened
    page: GradientsPage
    qtbot: QtBot

    @property
    def window(self) -> MainWindow:
        """The window."""
        return self.opened.window

    @property
    def value(self) -> Experiment:
        """What the document says."""
        return self.page.sheet.value

    def column(self, number: int) -> NetworkColumn:
        """The column of a network, from 0."""
        return self.page.board.columns[number]

    def apply(self, cure: CureKey) -> None:
        """Press the doctor's button for a cure."""
        view = self.page.board.strip.doctor.view
        place = middle_of(view, (APPLY, cure)).toPoint()
        self.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def settled(self) -> None:
        """Wait until what is shown is of the experiment as it is."""
        self.qtbot.waitUntil(lambda: self.page.bench.current, timeout=WAIT_MS)

    def load(self, experiment: Experiment) -> None:
        """Open another experiment."""
        self.page.sheet.load("test", experiment)
        self.settled()

    def shows_cures(self, count: int) -> None:
        """Wait until the doctor shows so many cures of the first network; a thread knows them before they are shown."""
        shown = self.page.board.strip.doctor
        known = self.page.bench.trials_of
        self.qtbot.waitUntil(lambda: len(known(0)) >= count and len(shown.shown.trials) >= count, timeout=WAIT_MS)

    def begin(self, experiment: Experiment) -> None:
        """Have another experiment as if the page had begun with it: there is nothing to undo."""
        self.load(experiment)
        self.page.sheet.undo_stack.clear()

    def table(self, number: int) -> DrawingView:
        """The numbers of a network layer by layer, brought to the front."""
        self.page.board.strip.show_part("layers")
        QApplication.processEvents()
        return self.page.board.strip.layers.tables[number]

    def train(self) -> None:
        """Press Space, and wait until every network is trained."""
        self.press(self.page.widget, Qt.Key.Key_Space)
        self.qtbot.waitUntil(lambda: self.page.bench.complete, timeout=WAIT_MS)

    def press(
        self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key on a widget."""
        QTest.keyClick(widget, key, modifier)

    def click(self, widget: QWidget, point: QPointF | None = None) -> None:
        """Click a widget, in its middle or at a point."""
        place = widget.rect().center() if point is None else point.toPoint()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


def middle_of(view: DrawingView, key: Key) -> QPointF:
    """Where a part of a drawing stands: a layer, or ``(row, layer)`` of a table of numbers."""
    part = view.drawing.part(key)
    assert part is not None
    return QRectF(*part.rect).center()


def cures_offered(panel: DoctorPanel) -> dict[CureKey, Key]:
    """The keys of the buttons that apply a cure."""
    keys = [part.key for part in panel.view.drawing.keyed if isinstance(part.key, tuple) and part.key[0] == APPLY]
    return {key[1]: key for key in keys}


def words_of_doctor(panel: DoctorPanel) -> set[str]:
    """What stands in the doctor's table."""
    return {mark.text for mark in panel.view.drawing.marks if isinstance(mark, Text)}


def words_of_map(known: Map) -> list[str]:
    """What stands in the key of a map."""
    still = draw_map(MapData(known), Frame(360, 200)).marks[0]
    assert isinstance(still, Group)
    return [mark.text for mark in still.marks if isinstance(mark, Text) and mark.rect[0] > 360 - RIGHT]


@contextmanager
def opened_small(*, playground: bool = False, experiment: Experiment = SMALL) -> Iterator[tuple[Opened, GradientsPage]]:
    """A window whose page is the gradients workspace, which begins with a small experiment instead of its own."""
    declared = (PLAYGROUND, GRADIENTS) if playground else (GRADIENTS,)
    with ExitStack() as stack:
        with patch.object(gradients_page, "Experiment", return_value=experiment):
            opened = stack.enter_context(opened_window(declared))
            opened.window.pages.visit(GRADIENTS.key)
            opened.window.pages.build_all()
        page = cast(GradientsPage, opened.window.pages.current)
        until(lambda: page.bench.current)
        until(lambda: len(page.top_bar.ratios) == len(page.board.columns))  # the first time, column by column
        yield opened, page


@contextmanager
def opened_bench(qtbot: QtBot, *, playground: bool = False, experiment: Experiment = SMALL) -> Iterator[Bench]:
    """The same, and hands to work it with."""
    with opened_small(playground=playground, experiment=experiment) as (opened, page):
        yield Bench(opened, page, qtbot)
