"""The right column: the network's output, and the selected block."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.builder.inspector.inspector import InspectorPanel
from app.kit.widgets.column import MARGIN, PanelColumn
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.panels.output import OutputPanel
from engine.training.snapshot import Snapshot

PICTURE_SHARE = 0.45
"""How much of the column's height the picture may take, so that the block below is in sight."""


class RightColumn(PanelColumn):
    """``sample_picked(row)`` and ``input_picked(values)``: play this pass. ``block_wanted(id)``: select this block.
    ``drawing_changed(on)``: points are being drawn, or no longer.
    """

    sample_picked = Signal(int)
    input_picked = Signal(tuple)
    block_wanted = Signal(str)
    drawing_changed = Signal(bool)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Output and the selected block"))
        self.output = OutputPanel(document, trainer)
        self.inspector = InspectorPanel(document, trainer)
        self.rows.addWidget(self.output)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(8)
        self.rows.addLayout(self.cards)
        self.rows.addWidget(self.inspector)
        self.rows.addStretch(1)
        self.output.sample_picked.connect(self.sample_picked)
        self.output.input_picked.connect(self.input_picked)
        self.output.drawing_changed.connect(self.drawing_changed)
        self.inspector.show_block.connect(self.block_wanted)
        trainer.snapshot_published.connect(self.set_snapshot)
        if trainer.snapshot is not None:
            self.set_snapshot(trainer.snapshot)

    @Slot(object)
    def set_snapshot(self, snapshot: Snapshot) -> None:
        """Show the latest state of the run."""
        self.output.set_snapshot(snapshot)
        self.inspector.set_snapshot(snapshot)

    @Slot(tuple)
    def set_selection(self, ids: tuple[str, ...]) -> None:
        """Follow the canvas' selection."""
        self.inspector.set_selection(ids)

    def add_card(self, card: QWidget) -> None:
        """A card about what is selected, above the block. It is here so that nothing covers the canvas; it shows and
        hides itself."""
        self.cards.addWidget(card)

    def set_neuron(self, block_id: str, unit: int | None) -> None:
        """Follow the canvas' neuron."""
        self.inspector.set_neuron(block_id, unit)

    @Slot(bool)
    def set_drawing(self, on: bool) -> None:
        """Draw points in the decision view, or stop."""
        self.output.set_drawing(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width() - 2 * MARGIN
        self.output.set_room(width, round(PICTURE_SHARE * self.viewport().height()))
