"""The draft's network in the builder: what it is built of, the canvas, and the picked block."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.builder.canvas.palette_drag import start_palette_drag
from app.builder.canvas.view import NetworkCanvas
from app.builder.inspector.inspector import InspectorPanel
from app.builder.palette import PalettePanel
from app.kit.widgets.column import MARGIN, PanelColumn
from app.kit.widgets.frame import Panel, splitter
from app.kit.widgets.section import Section
from app.kit.widgets.switch import Switch
from app.network.watched import Untrained
from app.workspaces.recommender.model.answers import About
from app.workspaces.recommender.model.column_picker import ColumnPicker
from app.workspaces.recommender.model.draft import Draft
from engine.graph.kinds import BlockKind, kinds
from engine.graph.model import NetworkGraph

LEFT_WIDTH, RIGHT_WIDTH = 252, 272
LEFT_LEAST, RIGHT_LEAST = 224, 260
DOCK_HEIGHT, DOCK_LEAST = 264, 180

Titled = tuple[str, QWidget]
"""A part of a column and its title."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the left column."""

    label: str
    tip: str
    parts: tuple[Titled, ...]


class ModelPanes(QWidget):
    """Canvas between two columns; a dock below it for what belongs to the picked block."""

    def __init__(self, draft: Draft, about: About, first: Tab | None, last: Tab, parent: QWidget | None = None) -> None:
        """``first`` and ``last``: tabs before and behind that of the blocks."""
        super().__init__(parent)
        document, nobody = draft.document, Untrained(self)
        self.canvas = NetworkCanvas(document, nobody)
        self.dock = Panel()
        self.dock.setMinimumHeight(DOCK_LEAST)
        self.dock.hide()
        left, right = Panel(), PanelColumn()
        self._lay_out(left, right)
        # Filled from the outside in: what is put into another parent has its style worked out anew, with all it holds.
        self.inspector = InspectorPanel(document, nobody)
        self.columns = ColumnPicker(document, about)
        right.rows.addWidget(self.inspector)
        right.rows.addWidget(self.columns)
        right.rows.addStretch(1)
        self.palette_panel = PalettePanel(document, start_palette_drag, offered=offered(about.template))
        self._fill(left, first, last)
        self._connect()

    def _connect(self) -> None:
        canvas = self.canvas
        canvas.selection_changed.connect(self._follow_selection)
        canvas.neuron_selected.connect(self.inspector.set_neuron)
        self.palette_panel.added.connect(self.choose)
        self.inspector.show_block.connect(self.choose)

    def _lay_out(self, left: Panel, right: PanelColumn) -> None:
        left.setMinimumWidth(LEFT_LEAST)
        right.setMinimumWidth(RIGHT_LEAST)
        right.setAccessibleName(self.tr("The picked block"))
        centre = splitter(Qt.Orientation.Vertical, self.canvas, self.dock, grows=0)
        centre.setSizes([1000, DOCK_HEIGHT])
        inner = splitter(Qt.Orientation.Horizontal, centre, right, grows=0)
        outer = splitter(Qt.Orientation.Horizontal, left, inner, grows=1)
        inner.setSizes([1000, RIGHT_WIDTH])
        outer.setSizes([LEFT_WIDTH, 1000])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(outer)

    def _fill(self, panel: Panel, first: Tab | None, last: Tab) -> None:
        """Tabs, for all together would be taller than any screen."""
        blocks = ((self.tr("Blocks"), self.palette_panel),)
        tabs: tuple[Tab, ...] = (
            Tab(self.tr("Blocks"), self.tr("Drag one to the canvas, or double-click"), blocks),
            last,
        )
        if first is not None:
            tabs = (first, *tabs)
        self.tabs = Switch(self.tr("What the left panel shows"), tuple((tab.label, tab.tip) for tab in tabs))
        stack = QStackedWidget()
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        head.addWidget(self.tabs)
        panel.column.addLayout(head)
        panel.column.addWidget(stack, 1)
        for tab in tabs:
            column = PanelColumn()
            stack.addWidget(column)
            column.setAccessibleName(tab.label)
            for title, widget in tab.parts:
                column.rows.addWidget(Section(title, widget) if len(tab.parts) > 1 else widget)
            column.rows.addStretch(1)
        self.tabs.currentChanged.connect(stack.setCurrentIndex)

    @Slot(tuple)
    def _follow_selection(self, ids: tuple[str, ...]) -> None:
        self.inspector.set_selection(ids)
        self.columns.set_selection(ids)

    @Slot(str)
    def choose(self, block_id: str) -> None:
        """Pick a block."""
        self.canvas.selection.choose([block_id])


def offered(template: NetworkGraph) -> list[BlockKind]:  # type: ignore[type-arg]
    """The kinds that a network like this one can have: neither the playground's input and output, nor the ends of other
    recommenders."""
    ends = {block.kind for block in template.outputs}
    return [
        kind for kind in kinds() if kind.features(kind.params_type()) is None and (not kind.is_end or kind.key in ends)
    ]
