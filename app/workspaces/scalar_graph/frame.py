"""The page's frame: the left column, the field over the canvas, the dock under it, the right column."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit.actions import ActionSet
from app.kit.widgets.frame import Panel, splitter
from app.kit.widgets.still import Still
from app.workspaces.scalar_graph.actions import ACTIONS
from app.workspaces.scalar_graph.checks import Checks
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.dock.dock import Dock
from app.workspaces.scalar_graph.editor import ExpressionField
from app.workspaces.scalar_graph.left import WIDTH, LeftColumn
from app.workspaces.scalar_graph.outline import GraphOutline
from app.workspaces.scalar_graph.player import Player
from app.workspaces.scalar_graph.right.column import RightColumn
from app.workspaces.scalar_graph.stage import Stage
from app.workspaces.workspace import Host

RIGHT_SHARE, RIGHT_LEAST, RIGHT_MOST = 0.23, 280, 340
DOCK_SHARE, DOCK_LEAST = 0.31, 236
OUTLINE_WIDTH, PLAYER_HEIGHT = 260, 80


class Frame(QWidget):
    """Everything of the page but the top bar. What stands beside the canvas is built after the first frame."""

    def __init__(self, desk: Desk, checks: Checks, host: Host) -> None:
        super().__init__()
        self._desk, self._checks, self._memory = desk, checks, host.memory
        self.action_set = ActionSet(self, ACTIONS)
        self.player: Player | None = None
        self.left: LeftColumn | None = None
        self.dock: Dock | None = None
        self.right: RightColumn | None = None
        self.outline: GraphOutline | None = None
        self.panels = {name: Panel() for name in ("left", "right", "bottom", "outline")}
        centre = QWidget()
        width, height = host.size().width(), host.size().height()
        right = min(max(round(RIGHT_SHARE * width), RIGHT_LEAST), RIGHT_MOST)
        dock = max(DOCK_LEAST, round(DOCK_SHARE * height))
        upper = splitter(Qt.Orientation.Horizontal, self.panels["outline"], centre, grows=1)
        column = splitter(Qt.Orientation.Vertical, upper, self.panels["bottom"], grows=0)
        inner = splitter(Qt.Orientation.Horizontal, column, self.panels["right"], grows=0)
        outer = splitter(Qt.Orientation.Horizontal, self.panels["left"], inner, grows=1)
        upper.setSizes([OUTLINE_WIDTH, width])
        column.setSizes([height - dock, dock])
        inner.setSizes([width - WIDTH - right, right])
        outer.setSizes([WIDTH, width - WIDTH])
        self._splitters = {"outline": upper, "column": column, "inner": inner, "outer": outer}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(outer)
        self._fill_centre(centre)  # last of all: Qt goes through all that is in what gets another parent
        for name, halves in self._splitters.items():
            state = self._memory.layout(name)
            if state is not None:
                halves.restoreState(state)
        self.panels["outline"].hide()

    def _fill_centre(self, centre: QWidget) -> None:
        self.field = ExpressionField(centre)
        self.stage = Stage(self._desk, self.action_set, centre)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 8, 12, 6)
        top.addWidget(self.field)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(12, 6, 12, 8)
        self._foot.addSpacing(PLAYER_HEIGHT)  # so that the canvas stays as it is when the player comes
        column.addLayout(top)
        column.addWidget(self.stage, 1)
        column.addLayout(self._foot)

    # What is built after the first frame ----------------------------------------------------------------------------

    def build_player(self) -> Player:
        """The playback's bar and its sentence."""
        self.player = Player(self._desk, self.action_set)
        self._foot.takeAt(0)
        self._foot.addWidget(Still(self.player))
        return self.player

    def build_left(self) -> LeftColumn:
        """Examples, inputs, what is shown, operations."""
        self.left = LeftColumn(self._desk)
        self.panels["left"].column.addWidget(self.left)
        return self.left

    def build_dock(self) -> Dock:
        """The table, the rules, the code, the plot."""
        self.dock = Dock(self._desk, self._checks)
        self.panels["bottom"].column.addWidget(Still(self.dock))
        return self.dock

    def build_right(self) -> RightColumn:
        """Predicting, nudging, the chain rule, where a number comes from."""
        self.right = RightColumn(self._desk)
        self.panels["right"].column.addWidget(self.right)
        self.panels["right"].setMinimumWidth(RIGHT_LEAST)
        return self.right

    def begin_cards(self) -> None:
        """Say what a group reads as when it is one node, on the canvas or beside it."""
        self.stage.collapsed.begin()
        self.stage.follow_cards()
        if self.right is not None:
            self.right.collapsed.begin()
            self.right.take_rule(self.stage.cramped)

    def show_panel(self, name: str, shown: bool) -> None:
        """Show or hide a panel, and remember it."""
        self.panels[name].setVisible(shown)
        self._memory.set_shown(name, shown)

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
