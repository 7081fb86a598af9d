"""What the plane and the cube of inputs have in common."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.export import Table
from app.kit.widgets.painted import Painted
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.plane.table import plane_table


class InputsView(Painted):
    """A picture of the rows of the table in the space of the inputs. ``flipped(row)``: a point was double-clicked."""

    flipped = Signal(int)
    ground = "surface"

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._gesture = ""
        self._unit = model.reading.unit  # as it was when the boundary was taken hold of
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        model.changed.connect(self._follow)
        model.pointed.connect(self.update)

    @Slot()
    def _follow(self) -> None:
        """Paint anew what may be other now: all of it, unless a picture knows better."""
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 150)

    def row_at(self, at: QPointF) -> int | None:
        """The row whose point is there."""
        raise NotImplementedError

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position())
        if row is not None:
            self.flipped.emit(row)

    def table(self) -> Table:
        """The rows of the table as numbers."""
        return plane_table(self._model)
