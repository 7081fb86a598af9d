"""Whose the wheel is over a plot that zooms: its scroll area's, or its own."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def scrolls_past(plot: QWidget) -> bool:
    """Whether a turn of the wheel scrolls what the plot lies in, so that it must not be caught on the way: there is
    something to scroll, and the plot has not been clicked or chosen by the keyboard."""
    return not plot.hasFocus() and any(
        bar.maximum() > bar.minimum()
        for area in _areas_round(plot)
        for bar in (area.verticalScrollBar(), area.horizontalScrollBar())
    )


def _areas_round(widget: QWidget) -> list[QAbstractScrollArea]:
    areas, parent = [], widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            areas.append(parent)
        parent = None if parent.isWindow() else parent.parentWidget()
    return areas
