"""The small question mark beside a number that is edited where it stands: it opens the card of where it comes from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from app.kit.icons import set_icon


class OriginButton(QToolButton):
    """``of``: the number, for those who hear it."""

    def __init__(self, of: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_icon(self, "help")
        self.setIconSize(QSize(13, 13))
        self.setFixedSize(20, 20)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("Where does this number come from?"))
        self.setAccessibleName(self.tr("Where does it come from: {number}").format(number=of))
