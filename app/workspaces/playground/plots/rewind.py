"""The line under the plots that takes a run back to an earlier step, and on again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.kit.numbers import epoch_text
from app.kit.widgets.labels import Label
from app.kit.widgets.slider import StillSlider
from app.kit.words import plain_tip
from engine.training.snapshot import Snapshot


class RewindBar(QWidget):
    """``step_wanted``: somebody has moved the slider, or wants the end."""

    step_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[int, ...] = ()
        self._epochs: tuple[float, ...] = ()
        self.label = Label()
        self.label.setProperty("role", "muted")
        self.slider = StillSlider(Qt.Orientation.Horizontal)
        self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tip = self.tr(
            "Go back through this training: every number and picture is of that epoch. Play does the same steps again; "
            "with a change made there it goes another way. Undo leads back."
        )
        self.slider.setToolTip(plain_tip(tip))
        self.slider.setAccessibleName(self.tr("Epoch of this training"))
        self.to_end = QPushButton(self.tr("To the end"))
        self.to_end.setProperty("role", "chip")
        self.to_end.setToolTip(plain_tip(self.tr("Go on to the furthest epoch that was trained")))
        self.to_end.setFixedHeight(22)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.to_end)
        self.slider.valueChanged.connect(self._move)
        self.to_end.clicked.connect(self._go_to_end)

    def follow(self, snapshot: Snapshot) -> None:
        """Show where the run stands, and how far it can be taken."""
        timeline = snapshot.timeline
        self._steps, self._epochs = timeline.steps, timeline.epochs
        is_back = timeline.later is not None
        if not is_back and (not self._steps or snapshot.step > self._steps[-1]):
            self._steps, self._epochs = (*self._steps, snapshot.step), (*self._epochs, snapshot.epoch)
        self.to_end.setVisible(is_back)
        self._say(snapshot.epoch)
        if self.slider.isSliderDown():  # it has asked for another step already
            return
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(0, len(self._steps) - 1))
        self.slider.setPageStep(max(1, len(self._steps) // 10))
        self.slider.setValue(min(range(len(self._steps)), key=lambda at: abs(self._steps[at] - snapshot.step)))
        self.slider.blockSignals(False)

    def _say(self, epoch: float) -> None:
        told = {"epoch": epoch_text(epoch), "last": epoch_text(self._epochs[-1])}
        text = self.tr("Epoch {epoch} of {last}").format(**told)
        self.label.setText(text)
        self.slider.setAccessibleDescription(text)

    @Slot(int)
    def _move(self, place: int) -> None:
        self._say(self._epochs[place])
        self.step_wanted.emit(self._steps[place])

    @Slot()
    def _go_to_end(self) -> None:
        self.step_wanted.emit(self._steps[-1])
