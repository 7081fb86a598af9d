"""A file of one's own that is dragged over home: what may be dropped there, and the light that says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QDropEvent, QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.folders import path_of_url
from app.kit.widgets.painted import Painted, set_pixels

OTHERS = (".safetensors", ".loom", ".json")
"""What the window opens as it does everywhere: trained recommenders, runs and networks."""
INSET, ROUND, VEIL = 8.0, 12.0, 205
"""Of the frame, in pixels; and how much of the page is veiled, of 255."""
PLATE = QSizeF(480, 92)
"""Under the words."""


def dropped_file(event: QDropEvent) -> Path | None:
    """The single file of this machine that is dragged and is to be learned from; None where it is something else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = path_of_url(urls[0])
    return None if path.suffix.lower() in OTHERS else path


class DropLight(Painted):
    """Lies over the page while a file is above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def shine(self) -> None:
        """Cover what the parent shows."""
        self.setGeometry(self._page.rect())
        self.raise_()
        self.show()

    def paint(self, painter: QPainter) -> None:
        veil = QColor(theme.colour("window"))
        veil.setAlpha(VEIL)
        painter.fillRect(self.rect(), veil)
        box = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        painter.setPen(QPen(theme.colour("accent"), 2.0, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, ROUND, ROUND)
        plate = QRectF(0, 0, min(PLATE.width(), box.width()), PLATE.height())
        plate.moveCenter(box.center())
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(plate, ROUND, ROUND)
        set_pixels(painter, 18, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text"))
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(plate.adjusted(0, 0, 0, -30), middle, self.tr("Drop it to learn from it"))
        set_pixels(painter, 13, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        about = self.tr("Its head is looked at first; nothing is trained before you say so.")
        painter.drawText(plate.adjusted(0, 28, 0, 0), middle, about)
