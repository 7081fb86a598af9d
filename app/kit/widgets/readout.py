"""Numbers of the top bar: how they are written, and the label pairs that show them."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.training.snapshot import Snapshot

NOTHING = "–"


def epoch_text(epoch: float) -> str:
    """Whole epochs, six digits wide so that nothing moves: ``000,900``."""
    return f"{int(epoch):07,}"


def loss_text(loss: float) -> str:
    """Four decimals, or three digits where that would hide or flood the value."""
    if not math.isfinite(loss):
        return "NaN" if math.isnan(loss) else "∞"
    if loss >= 1e4 or 0 < loss < 1e-4:
        return f"{loss:.1e}"
    return f"{loss:.4f}" if loss < 10 else f"{loss:.5g}"


def accuracy_text(accuracy: float, regression: bool) -> str:
    """Share of correct classes in per cent; in regression R², never more digits than fit."""
    if not math.isfinite(accuracy):
        return NOTHING
    if regression:
        return f"{accuracy:.3f}" if accuracy > -100 else "< −100"
    return f"{100 * accuracy:.1f} %"


def speed_text(snapshot: Snapshot) -> str:
    """Epochs per second; nothing while it does not run."""
    speed = snapshot.speed
    if not speed > 0:
        return NOTHING
    count = f"{float(f'{speed:.3g}'):,.0f}" if speed >= 10 else f"{speed:.2g}"
    return QCoreApplication.translate("Speed", "{count} ep/s").format(count=count)


def tabular(font: QFont) -> QFont:
    """The font with digits of one width."""
    font = QFont(font)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


class Readout(QWidget):
    """A small caption over a number. Its width fits ``widest`` and stays."""

    def __init__(self, caption: str, tip: str, widest: str, *, accent: bool = False) -> None:
        super().__init__()
        self.caption = QLabel(caption)
        self.caption.setProperty("role", "readout")
        self.value = QLabel(NOTHING)
        self.value.setProperty("role", "number")
        self.value.setProperty("accent", accent)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addWidget(self.value)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip)
        self.setAccessibleName(caption)
        self._widest = widest

    def fit(self) -> None:
        """Take the width that the widest value needs in the present style."""
        self.value.ensurePolished()
        self.caption.ensurePolished()
        widest = self.value.fontMetrics().horizontalAdvance(self._widest)
        self.setFixedWidth(max(widest, self.caption.sizeHint().width()) + 2)

    def say(self, text: str) -> None:
        """Show a value."""
        if text != self.value.text():
            self.value.setText(text)
            self.setAccessibleDescription(text)

    def set_caption(self, caption: str, tip: str) -> None:
        """Show another quantity."""
        self.caption.setText(caption)
        self.setAccessibleName(caption)
        self.setToolTip(tip)
