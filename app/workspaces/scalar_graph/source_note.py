"""The line under the field that says which moment of the playground's network is open, and offers a later one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.kit.numbers import epoch_text
from app.kit.widgets.labels import ElidedLabel
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.from_playground import FromPlayground, Source

EDGE = 12
"""Where the text of the field above begins."""
GAP = 10


class SourceNote(QWidget):
    """Out of sight for what is not of the playground."""

    def __init__(self, playground: FromPlayground, action: QAction, parent: QWidget | None = None) -> None:
        """``action`` takes the weights that the network has now; it can be done where the line offers it."""
        super().__init__(parent)
        self._playground, self._action = playground, action
        self.words = ElidedLabel(role="muted")
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.take = QPushButton(self.tr("Take its weights now"))
        self.take.setProperty("role", "link")
        self.take.setCursor(Qt.CursorShape.PointingHandCursor)
        self.take.setToolTip(
            plain_tip(self.tr("The same sample with the weights that the network has now; Undo brings these back"))
        )
        self.take.clicked.connect(action.trigger)
        policy = self.take.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the line is as high with it as without: nothing moves
        self.take.setSizePolicy(policy)
        line = QHBoxLayout(self)
        line.setContentsMargins(EDGE, 4, EDGE, 0)
        line.setSpacing(GAP)
        line.addWidget(self.words, 1)
        line.addWidget(self.take)
        line.addStretch()
        playground.source_changed.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Say what is open now."""
        source = self._playground.source
        self.setVisible(source is not None)
        self._action.setEnabled(source is not None and source.can_be_taken)
        if source is not None:
            said = self._said(source)
            self.words.set_full_text(said)
            self.words.setMaximumWidth(self.words.fontMetrics().horizontalAdvance(said) + GAP)
            self.take.setVisible(source.can_be_taken)

    def _said(self, source: Source) -> str:
        taken = source.taken
        words = (
            self.tr("The playground's network after epoch {epoch}, row {row}.")
            if taken.unit is None
            else self.tr("A neuron of the playground's network after epoch {epoch}, row {row}.")
        )
        said = [words.format(epoch=epoch_text(taken.epoch), row=taken.row)]
        if source.changed_here:
            said.append(self.tr("Some of its numbers were changed here."))
        if source.now is None:
            said.append(self.tr("Another network is open there by now."))
        elif source.can_be_taken:
            said.append(self.tr("It has moved on: epoch {epoch}.").format(epoch=epoch_text(source.now)))
        return " ".join(said)
