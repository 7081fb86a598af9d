"""A widget that keeps to itself that it would like another width, where it takes whatever width there is."""

from __future__ import annotations

from PySide6.QtCore import QSize

from app.kit.widgets.still import Still


class Steady(Still):
    """Holds one widget whose width is not its own choice. Numbers in it that become longer or shorter, sixty times a
    second, lay nothing out around it, unless it needs another height."""

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())
