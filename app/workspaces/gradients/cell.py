"""One switch of a network under its caption."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.widgets.labels import Label

BOX_HEIGHT = 28


class Cell(QWidget):
    """One switch under its caption. ``differs``: it is not the same in all networks."""

    def __init__(self, caption: str, control: QWidget, parent: QWidget, *, framed: bool) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._differs = False
        self._control, self._framed = control, framed
        self.caption = Label(caption, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.caption)
        self._box = QFrame(self)
        row = QHBoxLayout(self._box)
        row.setContentsMargins(4 if framed else 0, 0, 4 if framed else 0, 0)
        if framed:
            self._box.setFixedHeight(BOX_HEIGHT)
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addStretch(1)
        else:
            row.addWidget(control)
        column.addWidget(self._box)
        theme.follow(self.restyle)

    @property
    def differs(self) -> bool:
        """Whether it is marked."""
        return self._differs

    def set_differs(self, differs: bool) -> None:
        """Mark it as differing from network to network, or not."""
        if differs != self._differs:
            self._differs = differs
            self.restyle()

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        colours = theme.current()
        ink = colours.accent if self._differs else colours.text_muted
        self.caption.setStyleSheet(f"color: {ink}; font-size: 11px; font-weight: {600 if self._differs else 400};")
        edge = colours.accent if self._differs else colours.border
        if self._framed:
            self._box.setStyleSheet(
                f"QFrame {{ background: {colours.surface}; border: 1px solid {edge}; border-radius: 7px; }}"
            )
        else:
            text = colours.accent if self._differs else colours.text
            self._control.setStyleSheet(
                f"QComboBox {{ color: {text}; border-color: {edge}; padding: 2px 0 2px 6px; min-height: 22px; }}"
                "QComboBox::drop-down { width: 18px; }"
                f"QToolButton {{ color: {text}; }}"
            )
