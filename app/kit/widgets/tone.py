"""Style sheets that are given to a widget only where they are other ones: giving one lays everything out anew."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def restyle(widget: QWidget, style: str) -> None:
    """Give a widget a style sheet unless it has it."""
    if widget.styleSheet() != style:
        widget.setStyleSheet(style)
