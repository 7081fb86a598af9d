"""What there is to be said of what was just typed, said where it was typed."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip, QWidget

from app.kit.announce import announce
from app.kit.words import plain_tip


def say_beside(widget: QWidget, at: QPoint, said: str, *, urgent: bool = False) -> None:
    """Say a sentence in a tip at a point of the widget, and to those who hear the window; ``urgent``: what was typed
    was not taken."""
    QToolTip.showText(widget.mapToGlobal(at), plain_tip(said), widget)
    announce(widget, said, urgent=urgent)
