"""The left column: data, blocks, features and optimiser in one scrolling area."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.builder.inspector.features import FeaturesPanel
from app.builder.palette import PalettePanel, StartDrag
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.section import Section
from app.network.document import Document
from app.workspaces.playground.panels.data import DataPanel
from app.workspaces.playground.panels.optimiser import OptimiserPanel


class LeftColumn(PanelColumn):
    """``canvas_drag(kind, global position)`` starts the palette's drag; see :mod:`app.builder.canvas.drag`."""

    def __init__(self, document: Document, canvas_drag: StartDrag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Data, blocks, features and optimiser"))
        self.data = DataPanel(document)
        self.palette_panel = PalettePanel(document, canvas_drag)
        self.features = FeaturesPanel(document)
        self.optimiser = OptimiserPanel(document)
        hint = self.tr("drag to canvas")
        self.sections = (
            Section(self.tr("Data"), self.data),
            Section(self.tr("Blocks"), self.palette_panel, hint),
            Section(self.tr("Features"), self.features),
            Section(self.tr("Optimiser"), self.optimiser),
        )
        for section in self.sections:
            self.rows.addWidget(section)
        self.rows.addStretch(1)

    def set_selection(self, ids: tuple[str, ...]) -> None:
        """Follow the canvas' selection."""
        self.features.set_selection(ids)
