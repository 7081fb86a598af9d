"""Widgets that are written anew only while somebody sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Widget = QWidget  # whatever Qt class stands behind it
else:
    _Widget = object


class FollowsInSight(_Widget):
    """For any widget to stand behind: ``class Card(FollowsInSight, QFrame)``. Override :meth:`write`; connect
    :meth:`follow`. What is out of sight catches up when it is shown."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Write what there is now, if somebody sees it."""
        if self.isVisible():
            self.write()

    def write(self) -> None:
        """Show what there is now."""
        raise NotImplementedError
