"""A row whose least important parts give way where there is no room for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLayout, QWidget


def give_way(row: QLayout, width: int, parts: Iterable[tuple[QWidget, bool]]) -> None:
    """Show the parts of a row that are wanted, then hide one after another, in this order, until the rest fits into
    ``width`` pixels."""
    every = tuple(parts)
    for widget, wanted in every:
        widget.setVisible(wanted)
    for widget, _ in every:
        if _least_width(row) <= width:
            return
        widget.hide()


def _least_width(row: QLayout) -> int:
    """What it needs now: rows within it do not hear at once that something of theirs has been hidden."""
    for at in range(row.count()):
        item = row.itemAt(at)
        inner = item.layout() if item is not None else None
        if inner is not None:
            inner.invalidate()
            row.invalidate()
    return row.minimumSize().width()
