"""The player's own control: a cell for each stage under the names of the phases."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import look, theme
from app.kit.listing import joined
from app.kit.widgets.painted import KeyFocus, Painted
from app.kit.words import plain_tip
from engine.training.trace import Phase

_RESOLUTION = 1000
LEAST_WIDTH = 200
"""Pixels, however short the names are."""
LABELS, CELLS, CELL_GAP, PHASE_GAP = 15.0, 10.0, 3.0, 9.0
"""Pixels: the height of the phases' names and of the cells under them, and what lies between cells and phases."""


class StageCells(KeyFocus, Painted):
    """Forward | Loss | Backward | Update over one cell for each stage. What is done is filled, the present stage is
    marked; a click on a cell goes to that stage, one on a name to the first of its phase, a drag goes continuously.

    ``scrubbed``: a position among the stages. ``stage_chosen``: the index of one. ``phase_chosen``: a phase.
    """

    scrubbed = Signal(float)
    stage_chosen = Signal(int)
    phase_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phases: tuple[Phase, ...] = ()
        self._names: tuple[str, ...] = ()
        self._index, self._position = 0, 0.0
        self._laid: tuple[int, list[float]] = (-1, [])  # the cells' widths, for a width of the whole
        self.setFixedHeight(round(LABELS + CELLS + 7))
        self.setMinimumWidth(LEAST_WIDTH)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Stages of the pass"))

    def phase_name(self, phase: Phase) -> str:
        """A phase in the window's language."""
        return {
            Phase.FORWARD: self.tr("Forward"),
            Phase.LOSS: self.tr("Loss"),
            Phase.BACKWARD: self.tr("Backward"),
            Phase.UPDATE: self.tr("Update"),
        }[phase]

    def _phase_tip(self, phase: Phase) -> str:
        return {
            Phase.FORWARD: self.tr("Layer by layer: z = W a + b, then a = f(z)"),
            Phase.LOSS: self.tr("How far the output is from the target"),
            Phase.BACKWARD: self.tr("From the loss back to every weight: δ and ∂L/∂W"),
            Phase.UPDATE: self.tr("What the optimiser changes in every weight and bias"),
        }[phase]

    def set_stages(self, phases: Sequence[Phase], names: Sequence[str]) -> None:
        """Take on the stages of a pass, each with its block's name."""
        if (tuple(phases), tuple(names)) != (self._phases, self._names):
            self._phases, self._names, self._laid = tuple(phases), tuple(names), (-1, [])
            self.setMinimumWidth(max(LEAST_WIDTH, ceil(self._least_room())))
            self.update()

    def _least_room(self) -> float:
        """The width in which the names of all phases stand beside one another."""
        counts = {phase: self._phases.count(phase) for phase in dict.fromkeys(self._phases)}
        return 2.0 + sum(map(self._name_width, counts)) + PHASE_GAP * (len(counts) - 1)

    def set_position(self, index: int, progress: float) -> None:
        """Mark how far the stage ``index`` has come, 0…1."""
        self._index, self._position = index, index + progress
        if index < len(self._phases):
            self.setAccessibleDescription(joined((self.phase_name(self._phases[index]), self._names[index])))
        self.update()

    @property
    def position(self) -> float:
        """The marked position, 0…count."""
        return self._position

    @property
    def phase(self) -> Phase | None:
        """The phase that is marked."""
        return self._phases[self._index] if self._index < len(self._phases) else None

    # Places ---------------------------------------------------------------------------------------------------

    def cell(self, index: int) -> QRectF:
        """The box of a stage's cell."""
        left = 1.0
        if self._laid[0] != self.width():
            self._laid = (self.width(), self._widths())
        for place, (phase, width) in enumerate(zip(self._phases, self._laid[1], strict=True)):
            if place == index:
                break
            left += width + (CELL_GAP if self._phases[place + 1] is phase else PHASE_GAP)
        return QRectF(left, LABELS + 3, width, CELLS)

    def _widths(self) -> list[float]:
        """The width of every cell: all the same, but where a phase has too few for its name, these are wider."""
        counts = {phase: self._phases.count(phase) for phase in dict.fromkeys(self._phases)}
        gaps = CELL_GAP * (len(self._phases) - len(counts)) + PHASE_GAP * (len(counts) - 1)
        room = self.width() - 2.0 - gaps
        own: dict[Phase, float] = {}  # of the phases whose names need more than their share
        while True:
            rest = [phase for phase in counts if phase not in own]
            left = room - sum(own.values())
            share = max(2.0, left / max(1, sum(counts[phase] for phase in rest)))
            tight = [phase for phase in rest if self._name_room(phase, counts[phase]) > counts[phase] * share]
            if not tight:
                break
            own.update((phase, self._name_room(phase, counts[phase])) for phase in tight)
            if sum(own.values()) > room:  # no room for all names: cells of one width
                own, share = {}, max(2.0, room / len(self._phases))
                break
        return [own[phase] / counts[phase] if phase in own else share for phase in self._phases]

    def _name_room(self, phase: Phase, count: int) -> float:
        """What a phase's cells have to take together, so that its name stands over them."""
        return self._name_width(phase) - CELL_GAP * (count - 1)

    def _name_width(self, phase: Phase) -> float:
        bold = look.font(12, QFont.Weight.DemiBold)
        return QFontMetricsF(bold).horizontalAdvance(self.phase_name(phase)) + 2

    def phase_box(self, phase: Phase) -> QRectF:
        """The box of a phase's name, as wide as its cells."""
        own = [index for index, one in enumerate(self._phases) if one is phase]
        first, last = self.cell(own[0]), self.cell(own[-1])
        return QRectF(first.left(), 0, last.right() - first.left(), LABELS)

    def _position_at(self, x: float) -> float:
        for index in range(len(self._phases)):
            cell = self.cell(index)
            if x < cell.right():
                share = max(0.0, x - cell.left()) / cell.width()
                return round((index + share) * _RESOLUTION) / _RESOLUTION
        return float(len(self._phases))

    def _index_at(self, point: QPointF) -> int | None:
        reach = (CELL_GAP / 2, 4.0)
        cells = (self.cell(index).adjusted(-reach[0], -reach[1], *reach) for index in range(len(self._phases)))
        return next((index for index, cell in enumerate(cells) if cell.contains(point)), None)

    def _phase_at(self, point: QPointF) -> Phase | None:
        return next((p for p in dict.fromkeys(self._phases) if self._label_box(p).contains(point)), None)

    def _label_box(self, phase: Phase) -> QRectF:
        """The name's box, wide enough to be read over few cells."""
        box = self.phase_box(phase)
        spare = max(0.0, self._name_width(phase) - box.width()) / 2
        box.adjust(-spare, 0, spare, 0)
        box.translate(max(0.0, -box.left()) - max(0.0, box.right() - self.width()), 0)
        return box

    # Paint ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        present = self.phase
        for phase in dict.fromkeys(self._phases):
            painter.setFont(look.font(12, QFont.Weight.DemiBold if phase is present else QFont.Weight.Normal))
            painter.setPen(theme.colour("accent" if phase is present else "text_muted"))
            painter.drawText(self._label_box(phase), Qt.AlignmentFlag.AlignCenter, self.phase_name(phase))
        painter.setPen(Qt.PenStyle.NoPen)
        for index in range(len(self._phases)):
            self._paint_cell(painter, index)
        if self.focused_by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(0.5, LABELS + 0.5, self.width() - 1, CELLS + 5), 4, 4)

    def _paint_cell(self, painter: QPainter, index: int) -> None:
        cell = self.cell(index)
        done = min(1.0, max(0.0, self._position - index))
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(cell, 3, 3)
        current = index == self._index
        if current:
            painter.setBrush(look.faded("accent", 0.25))
            painter.drawRoundedRect(cell, 3, 3)
        if done > 0:
            painter.setBrush(look.faded("accent", 1.0 if current else 0.5))
            painter.drawRoundedRect(QRectF(cell.left(), cell.top(), done * cell.width(), cell.height()), 3, 3)

    # Hands ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._phases:
            return
        phase, index = self._phase_at(event.position()), self._index_at(event.position())
        if index is not None:
            self.stage_chosen.emit(index)
        elif phase is not None:
            self.phase_chosen.emit(phase)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._phases:
            self.scrubbed.emit(self._position_at(event.position().x()))
            return
        index, phase = self._index_at(event.position()), self._phase_at(event.position())
        if index is not None:
            self.setToolTip(plain_tip(f"{self.phase_name(self._phases[index])}: {self._names[index]}"))
        else:
            self.setToolTip(plain_tip(self._phase_tip(phase) if phase is not None else ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left.value: -0.1, Qt.Key.Key_Right.value: 0.1}
        if self._phases and event.key() in steps:
            self.scrubbed.emit(min(float(len(self._phases)), max(0.0, self._position + steps[event.key()])))
        else:
            super().keyPressEvent(event)


def phase_borders(phases: Sequence[Phase]) -> tuple[int, ...]:
    """The stages with which a new phase begins, the first one left out."""
    return tuple(i for i in range(1, len(phases)) if phases[i] is not phases[i - 1])
