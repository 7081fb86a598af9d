"""One switch of a network under its caption."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.kit.widgets.labels import Label
from app.kit.widgets.tone import mark

BOX_HEIGHT, EDGE = 28, 1


class Cell(QWidget):
    """One switch under its caption. ``differs``: it is not the same in all networks."""

    def __init__(self, caption: str, control: QWidget, parent: QWidget, *, framed: bool) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._differs = False
        self.caption = Label(caption, self)
        self.caption.setProperty("role", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.caption)
        box = QFrame(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(*(EDGE if framed else 0 for _side in range(4)))
        if framed:
            box.setProperty("role", "field")
            box.setFixedHeight(BOX_HEIGHT)
            # All of the box takes clicks, drags and the wheel: it looks as if it did.
            control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        else:
            control.setProperty("dense", True)
        row.addWidget(control)
        column.addWidget(box)
        self._marked = (self.caption, box if framed else control)

    @property
    def differs(self) -> bool:
        """Whether it is marked."""
        return self._differs

    def set_differs(self, differs: bool) -> None:
        """Mark it as differing from network to network, or not."""
        if differs != self._differs:
            self._differs = differs
            for widget in self._marked:
                mark(widget, "differs", differs)
