"""The gallery's part of the top bar: the way back to what is open, with a sign of whether it trains, and to a file."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.kit.icons import set_icon
from app.kit.words import letters
from app.workspaces.workspace import Host

LOOK_MS, IDLE_LOOK_MS = 250, 1_000
WIDEST = 420


class GalleryBar(QWidget):
    """Looks at what is open elsewhere while it is in sight: training goes on behind the gallery."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._host = host
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        self.back = QPushButton()
        self.back.setProperty("role", "pill")
        self.back.setMaximumWidth(WIDEST)
        self.back.clicked.connect(host.go_back)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh)
        row.addWidget(self.back)
        row.addStretch(1)
        self.open = QPushButton(self.tr("Open a file"))
        self.open.setProperty("role", "pill")
        self.open.setToolTip(self.tr("Open a file of your own (Ctrl+O)"))
        set_icon(self.open, "open")
        self.open.clicked.connect(lambda: host.choose_file())
        row.addWidget(self.open)
        self._shown: tuple[str, bool] | None = None

    def showEvent(self, event: QShowEvent) -> None:
        """Look, and go on looking."""
        super().showEvent(event)
        self._timer.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: look no more."""
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def refresh(self) -> None:
        """Say what is open elsewhere, how far it is, and whether it is at work."""
        document = self._host.elsewhere()
        self.back.setVisible(document is not None)
        self._timer.setInterval(LOOK_MS if document is not None and document.changing else IDLE_LOOK_MS)
        if document is None:
            return
        state = self.tr("running") if document.changing else self.tr("paused")
        words = self.tr("Back to {title} · {progress}, {state}") if document.progress else self.tr("Back to {title}")
        text = words.format(title=document.title, progress=document.progress, state=state)
        if (text, document.changing) == self._shown:
            return
        self._shown = (text, document.changing)
        set_icon(self.back, "play" if document.changing else "pause" if document.progress else "back", "accent")
        shown = self.back.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, WIDEST - 60)
        self.back.setText(letters(shown))
        self.back.setAccessibleName(text)
        self.back.setToolTip(self.tr("Go back to what is open (Esc)"))
