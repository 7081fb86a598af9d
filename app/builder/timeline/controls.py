"""The timeline's own controls: the round play button, the chips of the phases, the scrub slider."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.kit import theme
from app.kit.widgets.painted import KeyFocus, Painted, PaintedButton
from engine.training.trace import PassTrace, Phase

_RESOLUTION = 1000


class RoundPlayButton(KeyFocus, PaintedButton):
    """A filled circle with a triangle, or two bars while it plays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playing = False
        self.setFixedSize(34, 34)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_playing(self, playing: bool) -> None:
        """Show the pause sign, or the play sign."""
        self._playing = playing
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(34, 34)

    def paint(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        fill = theme.colour("accent")
        painter.setBrush(fill.lighter(112) if self.underMouse() else fill)
        painter.drawEllipse(QRectF(2, 2, 30, 30))
        painter.setBrush(theme.colour("on_accent"))
        self._paint_sign(painter)
        if self.focused_by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("accent"))
            painter.drawEllipse(QRectF(0.5, 0.5, 33, 33))

    def _paint_sign(self, painter: QPainter) -> None:
        if self._playing:
            painter.drawRoundedRect(QRectF(12, 11.5, 3.5, 11), 1, 1)
            painter.drawRoundedRect(QRectF(18.5, 11.5, 3.5, 11), 1, 1)
        else:
            painter.drawPolygon(QPolygonF([QPointF(13.5, 11), QPointF(23, 17), QPointF(13.5, 23)]))


class PhaseChips(QWidget):
    """Forward | Loss | Backward | Update: the phase under way is filled, a click jumps to one's first stage."""

    chosen = Signal(object)  # Phase

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = {
            Phase.FORWARD: (self.tr("Forward"), self.tr("Layer by layer: z = W a + b, then a = f(z)")),
            Phase.LOSS: (self.tr("Loss"), self.tr("How far the output is from the target")),
            Phase.BACKWARD: (self.tr("Backward"), self.tr("From the loss back to every weight: δ and ∂L/∂W")),
            Phase.UPDATE: (self.tr("Update"), self.tr("What the optimiser changes in every weight and bias")),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self._chips: dict[Phase, QPushButton] = {}
        self._shown: Phase | None = None
        for phase, (name, tip) in names.items():
            row.addWidget(self._chip(phase, name, tip))

    def _chip(self, phase: Phase, name: str, tip: str) -> QPushButton:
        chip = QPushButton(name)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setToolTip(tip)
        chip.setAccessibleName(self.tr("Go to phase {name}").format(name=name))
        chip.clicked.connect(lambda _on, phase=phase: self._choose(phase))
        self._chips[phase] = chip
        return chip

    def _choose(self, phase: Phase) -> None:
        self.show_phase(self._shown)  # what is filled follows the pass, not the click
        self.chosen.emit(phase)

    def show_phase(self, phase: Phase | None) -> None:
        """Fill the chip of the phase under way."""
        self._shown = phase
        for key, chip in self._chips.items():
            chip.setChecked(key is phase)

    def chip(self, phase: Phase) -> QPushButton:
        """The button of a phase."""
        return self._chips[phase]


class ScrubSlider(Painted):
    """A position among the stages, dragged continuously; the borders of the phases are marked."""

    scrubbed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._position = 0, 0.0
        self._borders: tuple[int, ...] = ()
        self.setFixedHeight(20)
        self.setMinimumWidth(80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_trace(self, trace: PassTrace | None) -> None:
        """Take on the stages of a pass."""
        stages = trace.stages if trace is not None else ()
        self._count = len(stages)
        self._borders = phase_borders([stage.phase for stage in stages])
        self.update()

    def set_position(self, position: float) -> None:
        """Put the knob at a position, 0…count."""
        self._position = position
        self.update()

    @property
    def position(self) -> float:
        """Where the knob is, 0…count."""
        return self._position

    def _x(self, position: float) -> float:
        return 7 + (self.width() - 14) * (position / self._count if self._count else 0.0)

    def paint(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(QRectF(7, middle - 2, self.width() - 14, 4), 2, 2)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(7, middle - 2, self._x(self._position) - 7, 4), 2, 2)
        painter.setBrush(theme.colour("text_muted"))
        for border in self._borders:
            painter.drawRect(QRectF(self._x(border) - 0.5, middle - 5, 1, 10))
        self._paint_knob(painter, middle)

    def _paint_knob(self, painter: QPainter, middle: float) -> None:
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setWidthF(2)
        pen.setColor(theme.colour("text" if self.hasFocus() else "accent" if self._count else "text_muted"))
        painter.setPen(pen)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QPointF(self._x(self._position), middle), 5.5, 5.5)

    def _scrub(self, x: float) -> None:
        if self._count:
            share = min(1.0, max(0.0, (x - 7) / max(1, self.width() - 14)))
            self.scrubbed.emit(round(share * self._count * _RESOLUTION) / _RESOLUTION)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._scrub(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left.value: -0.1, Qt.Key.Key_Right.value: 0.1}
        if self._count and event.key() in steps:
            self.scrubbed.emit(min(float(self._count), max(0.0, self._position + steps[event.key()])))
        else:
            super().keyPressEvent(event)


def phase_borders(phases: Sequence[Phase]) -> tuple[int, ...]:
    """The stages with which a new phase begins, the first one left out."""
    return tuple(i for i in range(1, len(phases)) if phases[i] is not phases[i - 1])
