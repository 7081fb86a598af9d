"""Opens a whole window for a test, and closes it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAccessible, QAction, QDropEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.builder.canvas import edges
from app.kit import theme
from app.kit.drawing.accessibility import SpokenDrawing
from app.kit.dress import dress
from app.kit.stylesheet import stylesheet
from app.network.kernels import KernelWarmer
from app.network.speed import FULL
from app.shell.autosave import Autosave
from app.shell.main_window import MainWindow
from app.shell.settings import Settings
from app.workspaces import workspaces
from app.workspaces.playground import WORKSPACE as PLAYGROUND
from app.workspaces.playground.announcements import UndoNotice
from app.workspaces.playground.page import PlaygroundPage
from app.workspaces.workspace import Workspace
from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters

FEW_EDGES = 24
"""So many edges are drawn: without kernels each takes a tenth of a millisecond, whenever a state of a run is shown."""


@dataclass(frozen=True)
class Opened:
    """A window whose home is the playground, and hands to work it with."""

    window: MainWindow

    @property
    def page(self) -> PlaygroundPage:
        """The playground."""
        return cast(PlaygroundPage, next(iter(self.window.pages)))

    @property
    def autosave(self) -> Autosave:
        """What keeps the network."""
        return self.window.recovery.of(self.page)

    @property
    def actions(self) -> dict[str, QAction]:
        """Every action there is on the page that is shown, by name."""
        return dict(self.window.action_set) | dict(self.window.pages.current.actions)

    def go(self, key: str, act: Callable[[], object] | None = None) -> None:
        """Go to a workspace by its action, or by what else leads there, and wait until it is shown."""
        (act or self.actions[key].trigger)()
        loop, patience = QEventLoop(), QTimer()
        self.window.pages.shown.connect(loop.quit)
        patience.timeout.connect(loop.quit)
        patience.start(60_000)
        if self.window.pages.key != key:
            loop.exec()
        patience.stop()
        assert self.window.pages.key == key

    def drop(self, path: Path) -> None:
        """Drop a file on the window, as a person does who holds Shift, by which file managers move it."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        both, shift = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.KeyboardModifier.ShiftModifier
        event = QDropEvent(QPointF(600, 300), both, data, Qt.MouseButton.LeftButton, shift)
        assert event.proposedAction() == Qt.DropAction.MoveAction
        self.window.dropEvent(event)
        assert event.dropAction() == Qt.DropAction.CopyAction, "what is moved would be deleted"


def keeps(autosave: Autosave) -> bool:
    """Whether it has a snapshot that would be offered."""
    return autosave.path.exists()


class BarePlayground(PlaygroundPage):
    """The playground without the panes round its canvas: building and painting them is two thirds of opening it."""

    def parts(self) -> Sequence[Callable[[], None]]:
        return ()

    def start(self) -> None:
        self.trainer.start()
        UndoNotice(self.network, self.host.messages, self)


BARE_PLAYGROUND = replace(PLAYGROUND, build=BarePlayground)


@contextmanager
def opened_window(
    declared: Sequence[Workspace] | None = None,
    *,
    home: str = "playground",
    fast: bool = True,
    dock: bool = True,
    panes: bool = True,
) -> Iterator[Opened]:
    """A complete window whose training thread runs, at full speed if ``fast``. Kernels are left out: numpy trains, the
    same in every test. ``home``: of all workspaces, the one that the window begins with; building a playground that is
    not looked at is most of what opening a window takes. ``dock``: whether the playground's is open, as at a first
    start, or was left closed: its plots are a part of what showing a playground takes. ``panes``: whether it has
    any round its canvas."""
    application = cast(QApplication, QApplication.instance())
    if application.styleSheet() != stylesheet(theme.current()):  # else every widget there is would be styled anew
        dress(application)
    with patch.object(KernelWarmer, "start"), patch.object(edges, "STROKED_BY_HAND", FEW_EDGES):
        settings = Settings()
        for panel in ("left", "right", "bottom"):
            if not panes or (panel == "bottom" and not dock):
                settings.set_shown(panel, False)
        shown = declared or sorted(workspaces(), key=lambda workspace: workspace.key != home)
        if not panes:
            shown = [BARE_PLAYGROUND if workspace is PLAYGROUND else workspace for workspace in shown]
        window = MainWindow(shown, settings)
        window.resize(1280, 800)
        window.show()
        window.pages.build_all()
        try:
            opened = Opened(window)
            if fast and isinstance(opened.page, PlaygroundPage):
                opened.page.speed.choose(FULL)
            yield opened
        finally:
            close(window)


@contextmanager
def opened_two_by_two(qtbot: QtBot) -> Iterator[Opened]:
    """A complete window with a small network in the playground: two layers of two units, on a circle of 40 samples."""
    with opened_window() as window:
        content = NetworkFile(feed_forward((2, 2)), Hyperparameters(), DataChoice(name="circle", samples=40))
        window.page.document.load(content)
        qtbot.waitUntil(lambda: window.page.trainer.snapshot is not None and window.page.network.dataset is not None)
        qtbot.waitUntil(lambda: len(window.page.trainer.snapshot.plan.nodes) == 4)  # type: ignore[union-attr]
        yield window


def close(window: MainWindow) -> None:
    """Close without a question, and let go of everything."""
    window.close_for_good()
    window.deleteLater()
    vars(window).clear()  # the fixture may hold the window longer than the window's parts should live


def unnamed(root: QWidget) -> Iterator[str]:
    """Widgets that take the keyboard and have no name. The inner parts of spin boxes and combo boxes are left out:
    their boxes speak for them."""
    for widget in root.findChildren(QWidget):
        inner = isinstance(widget.parentWidget(), QAbstractSpinBox)
        in_popup = widget.window() is not root.window()
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or inner or in_popup:
            continue
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name):
            yield f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


def unnamed_parts(root: QWidget) -> Iterator[str]:
    """Yield the parts of drawings that a screen reader reaches and finds no words for."""
    for view in root.findChildren(SpokenDrawing):
        for index, part in enumerate(view.drawing.keyed):
            is_alone = view.drawing.order == (part.key,)  # then what is said of the drawing is said of the part
            name = view.accessible_interface().child(index).text(QAccessible.Text.Name)
            if not (name if is_alone else part.spoken):
                yield f"{part.key} of {type(view).__name__} {view.accessibleName()}"
