"""The right column: the network's output, and the selected block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.builder.inspector.inspector import InspectorPanel
from app.kit.widgets.column import MARGIN, PanelColumn
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.panels.output import OutputPanel
from engine.training.snapshot import Snapshot

if TYPE_CHECKING:
    from app.builder.inspector.unit_card import UnitCard
    from app.workspaces.playground.panels.image_output import ImageOutput
    from engine.training.trace import PassTrace

PICTURE_SHARE = 0.5
"""How much of the column's height the picture may take, so that the block below is in sight."""


class RightColumn(PanelColumn):
    """``sample_picked(row)`` and ``input_picked(values)``: play this pass. ``block_wanted(id)``: select this block.
    ``drawing_changed(on)``: points are being drawn, or no longer. ``looked_at(values)``: the image that is shown.
    ``number_picked(source)``: say where this number of the pass comes from. ``ringed(row)``: this sample is looked at.
    ``mistakes_wanted``: how all answers compare with the truth.
    """

    sample_picked = Signal(int)
    ringed = Signal(int)
    mistakes_wanted = Signal()
    input_picked = Signal(tuple)
    block_wanted = Signal(str)
    unit_wanted = Signal(str, int)
    drawing_changed = Signal(bool)
    looked_at = Signal(object)
    number_picked = Signal(object)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Output and the selected block"))
        self._document, self._trainer = document, trainer
        self.images: ImageOutput | None = None
        self._covered = False
        self.unit: UnitCard | None = None
        self._trace: PassTrace | None = None
        self.output = OutputPanel(document, trainer, self.body)
        self.inspector = InspectorPanel(document, trainer, self.body)
        self.rows.addWidget(self.output)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(8)
        self.rows.addLayout(self.cards)
        self.rows.addWidget(self.inspector)
        self.rows.addStretch(1)
        self.output.sample_picked.connect(self.sample_picked)
        self.output.input_picked.connect(self.input_picked)
        self.output.ringed.connect(self.ringed)
        self.output.mistakes_wanted.connect(self.mistakes_wanted)
        self.output.drawing_changed.connect(self.drawing_changed)
        self.inspector.show_block.connect(self.block_wanted)
        self.inspector.unit_picked.connect(self.unit_wanted)
        document.dataset_loaded.connect(self._choose_output)
        self._choose_output()
        trainer.snapshot_published.connect(self.set_snapshot)
        trainer.snapshot_withdrawn.connect(self.output.forget_snapshot)
        if trainer.snapshot is not None:
            self.set_snapshot(trainer.snapshot)

    @Slot(object)
    def set_snapshot(self, snapshot: Snapshot) -> None:
        """Show the latest state of the run."""
        if not self.output.isHidden():
            self.output.set_snapshot(snapshot)

    def cover(self, covered: bool, *, loss: bool = False) -> None:
        """Keep back what the network answers while that is to be guessed, or give it; the ``loss`` of it as well."""
        self.output.sample.cover_loss(loss)
        if covered != self._covered:
            self._covered = covered
            self.output.cover(covered)
            if self.images is not None:
                self.images.cover(covered)
                self.tell_image()

    def follow_pass(self, trace: PassTrace | None) -> None:
        """Another pass is shown, as far as it is known, or none."""
        self._trace = trace
        if self.unit is not None:
            self.unit.follow_pass(trace)

    @Slot(object)
    def _tell_unit(self, row: tuple[float, ...] | None) -> None:
        assert self.unit is not None
        self.unit.look_at(None if self._covered else row)

    @Slot(tuple)
    def set_selection(self, ids: tuple[str, ...]) -> None:
        """Follow the canvas' selection."""
        self.output.set_small(bool(ids))
        self.inspector.set_selection(ids)
        if self.unit is not None:
            self.unit.set_selection(ids)

    @Slot()
    def _choose_output(self) -> None:
        """Images are drawn and read; anything else is looked at over a plane of two columns."""
        is_images = self._document.dataset.image is not None
        self.output.setVisible(not is_images)
        if is_images and self.images is None:
            self._build_images()
        if self.images is not None:
            self.images.setVisible(is_images)
        if self._trainer.snapshot is not None:
            self.set_snapshot(self._trainer.snapshot)

    def _build_images(self) -> None:
        from app.builder.inspector.unit_card import UnitCard  # neither is needed for the first frame
        from app.workspaces.playground.panels.image_output import ImageOutput

        self.images = ImageOutput(self._document, self._trainer, self.body)
        self.images.sample_picked.connect(self.sample_picked)
        self.images.input_picked.connect(self.input_picked)
        self.images.looked_at.connect(self.looked_at)
        self.rows.insertWidget(0, self.images)
        self.unit = UnitCard(self._document, self._trainer, self.body)
        self.unit.picked.connect(self.show_image)
        self.unit.number_picked.connect(self.number_picked)
        self.unit.follow_pass(self._trace)
        self.looked_at.connect(self._tell_unit)
        self.add_card(self.unit)
        self._fit()
        self.tell_image()

    def tell_image(self) -> None:
        """Say which image is shown, to those who begin to listen."""
        self.looked_at.emit(self.images.values if self.images is not None else None)

    @Slot(int)
    def show_image(self, row: int) -> None:
        """Look at an image of the data set."""
        if self.images is not None:
            self.images.show_row(row)

    def add_card(self, card: QWidget) -> None:
        """A card about what is selected, above the block. It is here so that nothing covers the canvas; it shows and
        hides itself."""
        self.cards.addWidget(card)

    def set_neuron(self, block_id: str, unit: int | None) -> None:
        """Follow the canvas' neuron: its card is looked at then, and those of its block are a click away."""
        self.inspector.step_aside(unit is not None)
        self.inspector.set_neuron(block_id, unit)
        if self.unit is not None:
            self.unit.set_neuron(block_id, unit)

    @Slot(bool)
    def set_drawing(self, on: bool) -> None:
        """Draw points in the decision view, or stop."""
        self.output.set_drawing(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width, height = self.viewport().width() - 2 * MARGIN, round(PICTURE_SHARE * self.viewport().height())
        self.output.set_room(width, height)
        if self.images is not None:
            self.images.set_room(width, height)
