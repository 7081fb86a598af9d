"""The canvas over the dock, which is one line until it is opened, and leaves the canvas its least height."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QByteArray, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.kit.actions import ActionSet
from app.kit.widgets.frame import QWIDGETSIZE_MAX, Panel, splitter
from app.kit.widgets.still import Still
from app.kit.widgets.tabs import FOLDED
from app.workspaces.scalar_graph.actions import ACTIONS
from app.workspaces.scalar_graph.checks import Checks
from app.workspaces.scalar_graph.dock.dock import Dock
from app.workspaces.scalar_graph.examples import ExamplesButton
from app.workspaces.scalar_graph.explanations.column import RightColumn
from app.workspaces.scalar_graph.field import ExpressionField
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.outline import GraphOutline
from app.workspaces.scalar_graph.player import Player
from app.workspaces.scalar_graph.stage import Stage
from app.workspaces.workspace import Host


class DockColumn(QSplitter):
    """The open dock is as high as it is ``wanted``, in pixels, as far as that leaves what is over it its height."""

    def __init__(self, upper: QWidget, dock: QWidget, wanted: int) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.wanted = wanted
        self._upper, self._dock, self._open = upper, dock, False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(upper)
        self.addWidget(dock)
        self.setStretchFactor(0, 1)
        self.splitterMoved.connect(self._note)

    def set_open(self, is_open: bool) -> None:
        """Show the dock whole, or its line alone."""
        self._open = is_open
        self._dock.setMaximumHeight(QWIDGETSIZE_MAX if is_open else self._dock.minimumSizeHint().height())
        self._share()

    @Slot()
    def _note(self) -> None:
        """By hand: so high it is to be, whenever there is room."""
        if self._open:
            self.wanted = self.sizes()[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        least = self._dock.minimumSizeHint().height()
        free = self.height() - self.handleWidth() - self._upper.minimumSizeHint().height()
        height = max(min(self.wanted, free), least) if self._open else least
        if height != self.sizes()[1]:
            self.setSizes([self.height() - self.handleWidth() - height, height])


RIGHT_SHARE, RIGHT_LEAST, RIGHT_MOST = 0.247, 290, 346
DOCK_SHARE, DOCK_LEAST = 0.35, 236
GROUND_LEAST = 216
"""Pixels of height that stay the canvas'; in a low window the dock gives way to it, and then the heading."""
OUTLINE_WIDTH, FIELD_HEIGHT, PLAYER_HEIGHT = 260, 40, 85
DOCK_HEIGHT = "dock_height"
"""Under this name it is remembered."""
Part = Callable[[], object]


class Frame(QWidget):
    """Everything of the page but the top bar: empty panels at first, which are filled piece by piece."""

    def __init__(self, desk: Desk, checks: Checks, host: Host) -> None:
        super().__init__()
        self._desk, self._checks, self._memory = desk, checks, host.memory
        self.action_set = ActionSet(self, ACTIONS)
        self.dock: Dock | None = None
        self.right: RightColumn | None = None
        self.outline: GraphOutline | None = None
        self.panels = {name: Panel() for name in ("right", "bottom", "outline")}
        centre = QWidget()
        width, height = host.size().width(), host.size().height()
        right = min(max(round(RIGHT_SHARE * width), RIGHT_LEAST), RIGHT_MOST)
        dock = max(DOCK_LEAST, round(DOCK_SHARE * height))
        upper = splitter(Qt.Orientation.Horizontal, self.panels["outline"], centre, grows=1)
        noted = self._memory.noted(DOCK_HEIGHT)
        inner = splitter(Qt.Orientation.Horizontal, upper, self.panels["right"], grows=0)
        self._column = DockColumn(inner, self.panels["bottom"], int(noted) if noted.isdecimal() else dock)
        upper.setSizes([OUTLINE_WIDTH, width])
        inner.setSizes([width - right, right])
        self._splitters = {"outline": upper, "inner": inner}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._column)
        self._lay_out_centre(centre)
        for name, halves in self._splitters.items():
            state = self._memory.layout(name)
            if state is not None:
                halves.restoreState(state)
        self.panels["outline"].hide()

    def _lay_out_centre(self, centre: QWidget) -> None:
        self.ground = QWidget(centre)
        """Where the canvas lies."""
        self.ground.setMinimumHeight(GROUND_LEAST)
        self._stage_place = QVBoxLayout(self.ground)
        self._stage_place.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._top = QVBoxLayout()
        self._top.setContentsMargins(12, 8, 12, 0)
        self._top.addSpacing(FIELD_HEIGHT)  # so that nothing moves when they come
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.addSpacing(PLAYER_HEIGHT)
        column.addLayout(self._top)
        column.addWidget(self.ground, 1)
        column.addLayout(self._foot)

    def parts(self) -> Iterator[Part]:
        """The field, the playback's bar with its sentence, and the canvas: built after the first frame."""
        yield self._add_field
        yield self._add_player
        yield self._measure
        yield self._add_stage

    def _add_field(self) -> None:
        self.field = ExpressionField()
        self.field.edit.show_text(self._desk.document.value.text)  # never seen empty where there is something
        self.examples = ExamplesButton(self.action_set)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.examples, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.field, 1)
        self._top.takeAt(0)
        self._top.addLayout(row)

    def show_source(self, note: QWidget) -> None:
        """Put a note on what is open under the field."""
        self._top.addWidget(note)

    def _add_player(self) -> None:
        self.player = Player(self._desk, self.action_set)
        self._foot.takeAt(0)
        self._foot.addWidget(Still(self.player))

    def _measure(self) -> None:
        """By itself: with all that the stage begins with it would stop the window."""
        worked = self._desk.worked
        if worked is not None:
            _ = worked.shape.labels, worked.shape.faces

    def _add_stage(self) -> None:
        self.stage = Stage(self._desk, self.action_set)
        self._stage_place.addWidget(self.stage)

    def begin_dock(self) -> None:
        """Build the dock with its table; nobody sees it yet, so that Qt lays nothing out."""
        self.dock = Dock(self._desk, self._checks)

    def show_dock(self, dock: Dock) -> None:
        """Build the rest of it, and show it."""
        dock.add_pages()
        self.panels["bottom"].column.addWidget(Still(dock))

    def add_right(self) -> RightColumn:
        """Build the right column and show it."""
        self.right = RightColumn(self._desk)
        self.panels["right"].column.addWidget(self.right)
        self.panels["right"].setMinimumWidth(RIGHT_LEAST)
        return self.right

    def show_panel(self, name: str, shown: bool) -> None:
        """Show or hide a panel, and remember it."""
        self.panels[name].setVisible(shown)
        self._memory.set_shown(name, shown)

    def open_dock(self, is_open: bool) -> None:
        """Open the dock, or leave its line alone, and remember it."""
        if self.dock is not None:
            self.dock.tabs.open_tab(self.dock.tabs.currentIndex() if is_open else FOLDED)
        self._column.set_open(is_open)
        self._memory.set_shown("dock", is_open)

    def show_outline(self, shown: bool) -> None:
        """Show or hide the outline, which is built when it is first shown."""
        if shown and self.outline is None:
            self.outline = GraphOutline(self._desk)
            self.panels["outline"].column.addWidget(self.outline)
        self.panels["outline"].setVisible(shown)
        self._memory.set_shown("outline", shown)

    def remember(self) -> None:
        """Keep the splitters as they are."""
        for name, halves in self._splitters.items():
            self._memory.set_layout(name, QByteArray(halves.saveState()))
        self._memory.note(DOCK_HEIGHT, str(self._column.wanted))
