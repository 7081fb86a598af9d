"""A number with its caption, as the top bar shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.kit.numbers import NOTHING
from app.kit.widgets.labels import Label, LinkLabel
from app.kit.words import plain_tip

if TYPE_CHECKING:
    from app.kit.formula.view import MathLabel

MATHS = 14.0
"""The height of an em in a caption of maths, in pixels: its indices can be read."""


class Readout(QWidget):
    """A small caption over a number, in words or in ``maths``. Its width fits ``widest`` and stays, unless a value
    needs more (``outgrown``): a number that is cut is another number. ``asked``: the number was clicked, where ``asks``
    lets it be."""

    outgrown = Signal()
    asked = Signal()

    def __init__(
        self, caption: str, tip: str, widest: str, *, accent: bool = False, asks: bool = False, maths: bool = False
    ) -> None:
        super().__init__()
        self.caption: MathLabel | Label = _maths_label() if maths else Label()
        self.caption.setProperty("role", "readout")
        self.value = LinkLabel(NOTHING) if asks else Label(NOTHING)
        if isinstance(self.value, LinkLabel):
            self.value.clicked.connect(self.asked)
        self.value.setProperty("role", "number")
        self.value.setProperty("accent", accent)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addWidget(self.value)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tip(tip))
        self._widest, self._tight = widest, False
        self._name(caption)

    def set_tight(self, tight: bool) -> None:
        """Write smaller and keep no room for wider values, where the row would lose a readout else."""
        if tight == self._tight:
            return
        self._tight = tight
        for label in (self.caption, self.value):
            label.setProperty("tight", tight)
            label.style().unpolish(label)
            label.style().polish(label)
        self.fit()

    def fit(self) -> None:
        """Take the width that the widest value needs in the present style. What has one size has nobody lay the window
        out anew for another value."""
        self.value.ensurePolished()
        self.caption.ensurePolished()
        widest = 0 if self._tight else self._room_for(self._widest)
        width = max(widest, self.caption.sizeHint().width(), self._room_for(self.value.text())) + 2
        self.setFixedSize(width, self.sizeHint().height())

    def _room_for(self, text: str) -> int:
        return self.value.fontMetrics().horizontalAdvance(text)

    def say(self, text: str) -> None:
        """Show a value."""
        if text != self.value.text():
            self.value.setText(text)
            self.setAccessibleDescription(text)
            if isinstance(self.value, LinkLabel):
                self.value.setAccessibleName(f"{self.accessibleName()} {text}")
            self._grow(self._room_for(text))

    def _grow(self, needed: int) -> None:
        if needed + 2 > self.width():
            self.setFixedWidth(needed + 2)
            self.outgrown.emit()

    def set_caption(self, caption: str, tip: str) -> None:
        """Show another quantity; one with a longer name takes more room, as a value does."""
        if plain_tip(tip) != self.toolTip():
            self.setToolTip(plain_tip(tip))
        if caption != self._caption:
            self._name(caption)
            self._grow(self.caption.sizeHint().width())

    def _name(self, caption: str) -> None:
        self._caption = caption
        if isinstance(self.caption, Label):
            self.caption.setText(caption)
            self.setAccessibleName(caption)
        else:
            self.caption.set_text(caption)
            self.setAccessibleName(self.caption.accessibleName())


def _maths_label() -> MathLabel:
    from app.kit.formula.view import MathLabel  # the first frame has none

    return MathLabel("", MATHS)
