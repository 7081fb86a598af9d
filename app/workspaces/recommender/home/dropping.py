"""A file of one's own that is dragged over home: what may be dropped there, and the light that says so."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.folders import path_of_url
from app.kit.widgets.labels import Label

OTHERS = (".safetensors", ".loom", ".json")
"""What the window opens as it does everywhere: trained recommenders, runs and networks."""
VEIL = 205
"""How much of the page is veiled, of 255."""


def dropped_file(event: QDropEvent) -> Path | None:
    """The single file of this machine that is dragged and is to be learned from; None where it is something else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = path_of_url(urls[0])
    return None if path.suffix.lower() in OTHERS else path


class DropLight(QFrame):
    """Lies over the page while a file is above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self.setObjectName("dropLight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        title, about = (
            Label(self.tr("Drop it to learn from it")),
            Label(self.tr("Its head is looked at first; nothing is trained before you say so.")),
        )
        title.setStyleSheet("font-size: 18px; font-weight: 600;")
        about.setProperty("role", "muted")
        plate = QFrame()
        plate.setProperty("role", "card")
        rows = QVBoxLayout(plate)
        rows.setContentsMargins(40, 18, 40, 18)
        for label in (title, about):
            rows.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        QVBoxLayout(self).addWidget(plate, 0, Qt.AlignmentFlag.AlignCenter)
        theme.follow(self.restyle)
        self.hide()

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        veil = QColor(theme.colour("window"))
        ground = f"rgba({veil.red()}, {veil.green()}, {veil.blue()}, {VEIL})"
        dashes = f"2px dashed {theme.current().accent}"
        self.setStyleSheet(f"#dropLight {{ background: {ground}; border: {dashes}; border-radius: 12px; }}")

    def shine(self) -> None:
        """Cover what the parent shows."""
        self.setGeometry(self._page.rect())
        self.raise_()
        self.show()
