"""A card round one plot: its title, its own controls, and copy and save of what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.export import Tabular
from app.kit.widgets.painted import Painted, set_pixels

LEGEND_GAP = 17
"""Pixels of a name's dash and of the room round it."""


class PlotCard(QFrame):
    """One plot with its heading. ``view`` must offer ``table() -> Table``, the numbers it shows; ``copier`` copies and
    saves them."""

    def __init__(self, title: str, view: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        view.setAccessibleName(title)
        self._heading = QLabel(title)
        self._heading.setProperty("role", "heading")
        self._controls = QHBoxLayout()
        self._controls.setSpacing(8)
        self.copier = CopyButton()
        self.copier.offer(cast(Tabular, view), self.picture, title=title, name=name)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._heading)
        head.setSpacing(10)
        head.addLayout(self._controls, 1)
        head.addWidget(self.copier)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 2)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(view, 1)
        theme.follow(self.restyle)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        self._heading.setStyleSheet(f"color: {theme.current().text}; font-weight: 600; font-size: 12px;")

    def set_title(self, title: str) -> None:
        """Change the heading; an empty one leaves its room to the controls."""
        self._heading.setText(title)
        self._heading.setVisible(bool(title))

    def add_control(self, control: QWidget, stretch: int = 0) -> None:
        """Put a control or a legend into the heading's line."""
        self._controls.addWidget(control, stretch)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.copier.open_menu(event.globalPos())
        event.accept()

    def picture(self) -> QPixmap:
        """The card as it is seen, without its button."""
        self.copier.setVisible(False)
        try:
            return self.grab()
        finally:
            self.copier.setVisible(True)


class Legend(Painted):
    """Dashes in the curves' colours with their names; names that do not fit go into the tooltip."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[str, QColor], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_entries(self, entries: Sequence[tuple[str, QColor]]) -> None:
        """Name these colours, in order."""
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            names = ", ".join(name for name, _ in entries)
            self.setToolTip(names)
            self.setAccessibleName(self.tr("Legend: {names}").format(names=names))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 20)

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 10)
        widths = [LEGEND_GAP + painter.fontMetrics().horizontalAdvance(name) for name, _ in self._entries]
        shown = self._entries
        while shown and sum(widths[: len(shown)]) > self.width() - (14 if len(shown) < len(widths) else 0):
            shown = shown[:-1]
        x = self.width() - sum(widths[: len(shown)]) - (14 if len(shown) < len(widths) else 0)
        for (name, colour), width in zip(shown, widths, strict=False):
            painter.fillRect(x + 2, self.height() // 2 - 1, 9, 3, colour)
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(x + 13, 0, width, self.height(), Qt.AlignmentFlag.AlignVCenter, name)
            x += width
        if len(shown) < len(widths):
            painter.drawText(x, 0, 14, self.height(), Qt.AlignmentFlag.AlignVCenter, "…")
