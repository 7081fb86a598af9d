"""The left column: data, blocks, features and optimiser in one scrolling area."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.builder.inspector.features import FeaturesPanel
from app.builder.palette import PalettePanel, StartDrag
from app.kit.widgets.section import Section
from app.network.document import Document
from app.workspaces.playground.panels.data import DataPanel
from app.workspaces.playground.panels.optimiser import OptimiserPanel

MARGIN = 12


class PanelColumn(QScrollArea):
    """Sections one under another; scrolls when they are too tall."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setProperty("role", "panel")
        self.rows = QVBoxLayout(body)
        self.rows.setContentsMargins(MARGIN, 12, MARGIN, 12)
        self.rows.setSpacing(14)
        self.setWidget(body)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def _make_room(self, low: int, high: int) -> None:
        """The scroll bar takes its room from the right margin, so that the content keeps its width."""
        taken = self.verticalScrollBar().sizeHint().width() if high > low else 0
        self.rows.setContentsMargins(MARGIN, 12, max(MARGIN - taken, 2), 12)


class LeftColumn(PanelColumn):
    """``canvas_drag(kind, global position)`` starts the palette's drag; see :mod:`app.builder.canvas.drag`."""

    def __init__(self, document: Document, canvas_drag: StartDrag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
