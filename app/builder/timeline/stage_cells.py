"""The player's own control: a cell for each stage under the names of the phases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rect, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.listing import joined
from engine.training.trace import Phase

LEAST_WIDTH = 200
"""Pixels, however short the names are."""
LABELS, CELLS, CELL_GAP, PHASE_GAP = 15.0, 10.0, 3.0, 9.0
"""Pixels: the height of the phases' names and of the cells under them, and what lies between cells and phases."""
HEIGHT = round(LABELS + CELLS + 7)
KEY_STEP = 0.1
"""Of a stage."""


@dataclass(frozen=True, slots=True)
class PassStages:
    """Each stage's phase and its block's name; the stage ``index`` has come to ``position`` − ``index``, 0…1."""

    phases: tuple[Phase, ...] = ()
    names: tuple[str, ...] = ()
    index: int = 0
    position: float = 0.0

    @property
    def phase(self) -> Phase | None:
        """Return the phase of the present stage."""
        return self.phases[self.index] if self.index < len(self.phases) else None


def draw_stages(stages: PassStages, frame: Frame) -> Drawing:
    """Draw what is done filled and the present stage marked. The keys are the stages' numbers, and the phases."""
    cells = stage_cells(stages.phases, frame.width)
    present = stages.phase
    marks: list[Mark] = []
    for phase in dict.fromkeys(stages.phases):
        own = [cell for cell, its in zip(cells, stages.phases, strict=True) if its is phase]
        left, right = own[0][0], own[-1][0] + own[-1][2]
        wide = max(right - left, _name_width(phase))  # to be read over few cells
        start = min(max((left + right - wide) / 2, 0.0), frame.width - wide)
        marks.append(
            Text(
                phase_name(phase), (start, 0, wide, LABELS), 12, "accent" if phase is present else "text_muted",
                bold=phase is present, key=phase, tip=call(_phase_tip, phase), drag=True,
                cursor=Qt.CursorShape.PointingHandCursor,
            )
        )  # fmt: skip
    for index, cell in enumerate(cells):
        marks += _cell(stages, index, cell)
    said = "" if present is None else joined((phase_name(present), stages.names[stages.index]))
    keys = {Qt.Key.Key_Left: -KEY_STEP, Qt.Key.Key_Right: KEY_STEP} if cells else {}
    return Drawing(tuple(marks), said, current=stages.index, order=tuple(range(len(cells))), actions=keys)


def _cell(stages: PassStages, index: int, cell: Rect) -> list[Mark]:
    left, top, wide, high = cell
    is_present, done = index == stages.index, min(1.0, max(0.0, stages.position - index))
    marks: list[Mark] = [
        Rectangle(
            cell, "accent 25% on track" if is_present else "track", corner=3, key=index, drag=True,
            tip=call(_cell_tip, stages.phases[index], stages.names[index]),
            target=(left - CELL_GAP / 2, top - 4, wide + CELL_GAP, high + 8), cursor=Qt.CursorShape.PointingHandCursor,
        )
    ]  # fmt: skip
    if done > 0:
        ink = "accent" if is_present else "accent 50%"
        marks.append(Rectangle((left, top, done * wide, high), ink, corner=3))
    return marks


def stage_cells(phases: Sequence[Phase], width: float) -> list[Rect]:
    """Return the boxes of the cells: all as wide, but wider where a phase has too few for its name."""
    counts = {phase: phases.count(phase) for phase in dict.fromkeys(phases)}
    needs = {phase: _name_width(phase) - CELL_GAP * (count - 1) for phase, count in counts.items()}
    room = width - 2.0 - CELL_GAP * (len(phases) - len(counts)) - PHASE_GAP * (len(counts) - 1)
    own: dict[Phase, float] = {}  # of the phases whose names need more than their share
    while True:
        rest = [phase for phase in counts if phase not in own]
        share = max(2.0, (room - sum(own.values())) / max(1, sum(counts[phase] for phase in rest)))
        tight = [phase for phase in rest if needs[phase] > counts[phase] * share]
        if not tight:
            break
        own.update((phase, needs[phase]) for phase in tight)
        if sum(own.values()) > room:  # no room for all names: cells of one width
            own, share = {}, max(2.0, room / len(phases))
            break
    cells, left = [], 1.0
    for index, phase in enumerate(phases):
        if index:
            left += CELL_GAP if phases[index - 1] is phase else PHASE_GAP
        wide = own[phase] / counts[phase] if phase in own else share
        cells.append((left, LABELS + 3, wide, CELLS))
        left += wide
    return cells


def _name_width(phase: Phase) -> float:
    return text_width(phase_name(phase), 12, bold=True) + 2


def phase_name(phase: Phase) -> str:
    """Return a phase in the window's language."""
    return {
        Phase.FORWARD: _tr("Forward"),
        Phase.LOSS: _tr("Loss"),
        Phase.BACKWARD: _tr("Backward"),
        Phase.UPDATE: _tr("Update"),
    }[phase]


def _phase_tip(phase: Phase) -> str:
    return {
        Phase.FORWARD: _tr("Layer by layer: z = W a + b, then a = f(z)"),
        Phase.LOSS: _tr("How far the output is from the target"),
        Phase.BACKWARD: _tr("From the loss back to every weight: δ and ∂L/∂W"),
        Phase.UPDATE: _tr("What the optimiser changes in every weight and bias"),
    }[phase]


def _cell_tip(phase: Phase, name: str) -> str:
    return f"{phase_name(phase)}: {name}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("StageCells", text)


class StageCells(DrawingView):
    """A click on a cell goes to that stage, one on a name to the first of its phase, a drag goes continuously.

    ``scrubbed``: a position among the stages. ``stage_chosen``: the index of one. ``phase_chosen``: a phase.
    """

    scrubbed = Signal(float)
    stage_chosen = Signal(int)
    phase_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._stages = PassStages()
        size, name = QSize(LEAST_WIDTH, HEIGHT), self.tr("Stages of the pass")
        super().__init__(draw_stages, self._stages, hint=size, least=size, name=name, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chosen.connect(self._choose)
        self.dragged.connect(self._scrub)
        self.acted.connect(lambda step: self._go(self._stages.position + step))

    def set_stages(self, phases: Sequence[Phase], names: Sequence[str]) -> None:
        """Take on the stages of a pass, each with its block's name."""
        if (tuple(phases), tuple(names)) != (self._stages.phases, self._stages.names):
            own = dict.fromkeys(phases)
            self.setMinimumWidth(max(LEAST_WIDTH, ceil(2 + sum(map(_name_width, own)) + PHASE_GAP * (len(own) - 1))))
            self._show(replace(self._stages, phases=tuple(phases), names=tuple(names)))

    def set_position(self, index: int, progress: float) -> None:
        """Mark how far the stage ``index`` has come, 0…1."""
        self._show(replace(self._stages, index=index, position=index + progress))

    def _show(self, stages: PassStages) -> None:
        self._stages = stages
        self.set_data(stages)

    @Slot(object)
    def _choose(self, key: object) -> None:
        if isinstance(key, Phase):
            self.phase_chosen.emit(key)
        else:
            self.stage_chosen.emit(key)

    @Slot(object, QPointF)
    def _scrub(self, _key: object, _to: QPointF) -> None:
        """Go to where the pointer is: to that share of the cell, or to the start of the next."""
        x = self.pointer.x() if self.pointer is not None else 0.0
        for index, (left, _, wide, _) in enumerate(stage_cells(self._stages.phases, self.width())):
            if x < left + wide:
                self._go(index + max(0.0, x - left) / wide)
                return
        self._go(len(self._stages.phases))

    def _go(self, position: float) -> None:
        self.scrubbed.emit(round(min(float(len(self._stages.phases)), max(0.0, position)), 3))
