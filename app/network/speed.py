"""How fast to train: from one step a second, to follow every number, up to as fast as the machine can."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from app.kit.numbers import plain
from app.network.document import Document
from app.network.trainer import Trainer
from engine.training.orders import batch_offsets


@dataclass(frozen=True, slots=True)
class Speed:
    """``steps`` or ``epochs`` a second; neither: no limit."""

    steps: float | None = None
    epochs: float | None = None

    @property
    def key(self) -> str:
        """The speed as it is remembered."""
        if self.steps is not None:
            return f"{self.steps} steps"
        return f"{self.epochs} epochs" if self.epochs is not None else "full"

    @property
    def label(self) -> str:
        """The speed in words."""
        if self.steps is not None:
            text = QCoreApplication.translate("Speed", "{count} steps/s")
            one = QCoreApplication.translate("Speed", "1 step/s")
            return one if self.steps == 1 else text.format(count=plain(self.steps))
        if self.epochs is not None:
            text = QCoreApplication.translate("Speed", "{count} epochs/s")
            one = QCoreApplication.translate("Speed", "1 epoch/s")
            return one if self.epochs == 1 else text.format(count=plain(self.epochs))
        return QCoreApplication.translate("Speed", "full speed")


SPEEDS = (
    Speed(steps=1),
    Speed(steps=5),
    Speed(steps=20),
    Speed(epochs=1),
    Speed(epochs=5),
    Speed(epochs=15),
    Speed(epochs=50),
    Speed(epochs=200),
    Speed(),
)
FULL = len(SPEEDS) - 1
TO_LOOK = next(index for index, speed in enumerate(SPEEDS) if speed.epochs == 15)
"""Slow enough to see a boundary form."""


def index_of(key: str) -> int:
    """The place in ``SPEEDS`` of a remembered speed; the speed to look at where it is none of them."""
    return next((index for index, speed in enumerate(SPEEDS) if speed.key == key), TO_LOOK)


class SpeedControl(QObject):
    """The chosen speed, kept in force when the batch size or the data set changes what a step is."""

    changed = Signal(int)

    def __init__(self, document: Document, trainer: Trainer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self.index = FULL
        document.hyper_changed.connect(self._keep)
        document.dataset_loaded.connect(self._keep)

    @property
    def speed(self) -> Speed:
        """The chosen one."""
        return SPEEDS[self.index]

    def choose(self, index: int) -> None:
        """Choose by place in ``SPEEDS``; what lies beyond the ends is the end."""
        self.index = min(max(index, 0), FULL)
        self._apply()
        self.changed.emit(self.index)

    def slower(self) -> None:
        """One notch down."""
        self.choose(self.index - 1)

    def faster(self) -> None:
        """One notch up."""
        self.choose(self.index + 1)

    @Slot()
    def _keep(self) -> None:
        if self.speed.steps is not None:
            self._apply()

    def _apply(self) -> None:
        speed = self.speed
        if speed.steps is None:
            self._trainer.set_speed(speed.epochs)
            return
        rows, hyper = len(self._document.dataset.train), self._document.hyper
        steps_per_epoch = len(batch_offsets(rows, hyper.batch_size, hyper.leftover)) - 1
        self._trainer.set_speed(speed.steps / steps_per_epoch)
