"""The draft's network in the builder: what it is built of, the canvas, and the picked block."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.builder.canvas.drag import start_palette_drag
from app.builder.canvas.view import NetworkCanvas
from app.builder.inspector.inspector import InspectorPanel
from app.builder.palette import PalettePanel
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.frame import Panel, splitter
from app.kit.widgets.section import Section
from app.network.watched import Untrained
from app.workspaces.recommender.model.column_picker import ColumnPicker
from app.workspaces.recommender.model.content import About
from app.workspaces.recommender.model.draft import Draft
from engine.graph.kinds import BlockKind, kinds
from engine.graph.model import NetworkGraph

LEFT_WIDTH, RIGHT_WIDTH = 264, 288
LEFT_LEAST, RIGHT_LEAST = 224, 260
DOCK_HEIGHT, DOCK_LEAST = 264, 180

Titled = tuple[str, QWidget]
"""A part of the left column and its title."""


class ModelPanes(QWidget):
    """Canvas between two columns; a dock below it for what belongs to the picked block."""

    def __init__(self, draft: Draft, about: About, parts: Sequence[Titled], parent: QWidget | None = None) -> None:
        """``parts``: of the left column, above the palette."""
        super().__init__(parent)
        self._draft = draft
        document, nobody = draft.document, Untrained(self)
        self.canvas = NetworkCanvas(document, nobody)
        self.palette_panel = PalettePanel(document, start_palette_drag, offered=offered(about.template))
        self.inspector = InspectorPanel(document, nobody)
        self.columns = ColumnPicker(document, about)
        self.dock = Panel()
        self.dock.setMinimumHeight(DOCK_LEAST)
        self.dock.hide()
        self._connect()
        self._lay_out(parts)

    def _connect(self) -> None:
        canvas = self.canvas
        canvas.selection_changed.connect(self._follow_selection)
        canvas.neuron_selected.connect(self.inspector.set_neuron)
        self.palette_panel.added.connect(self.choose)
        self.inspector.show_block.connect(self.choose)

    def _lay_out(self, parts: Sequence[Titled]) -> None:
        left, right = self._left(parts), PanelColumn()
        left.setMinimumWidth(LEFT_LEAST)
        right.setMinimumWidth(RIGHT_LEAST)
        right.setAccessibleName(self.tr("The picked block"))
        right.rows.addWidget(self.inspector)
        right.rows.addWidget(self.columns)
        right.rows.addStretch(1)
        self._centre = splitter(Qt.Orientation.Vertical, self.canvas, self.dock, grows=0)
        self._centre.setSizes([1000, DOCK_HEIGHT])
        inner = splitter(Qt.Orientation.Horizontal, self._centre, right, grows=0)
        outer = splitter(Qt.Orientation.Horizontal, left, inner, grows=1)
        inner.setSizes([1000, RIGHT_WIDTH])
        outer.setSizes([LEFT_WIDTH, 1000])
        self.splitters: tuple[QSplitter, ...] = (outer, inner, self._centre)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(outer)

    def _left(self, parts: Sequence[Titled]) -> PanelColumn:
        column = PanelColumn()
        column.setAccessibleName(self.tr("What the network is built of"))
        for title, widget in parts:
            column.rows.addWidget(Section(title, widget))
        column.rows.addWidget(Section(self.tr("Blocks"), self.palette_panel, self.tr("drag to canvas")))
        column.rows.addStretch(1)
        return column

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
