"""What the watch is called that was kept from training: the next one, or one drawn at random."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def held_mark(*, drawn: bool) -> str:
    """Of an item: that it was watched next, or that a watch of it was held out, which was ``drawn`` at random."""
    return _tr("held out") if drawn else _tr("watched next")


def short_mark(*, drawn: bool) -> str:
    """The same in least room."""
    return _tr("held") if drawn else _tr("next")


def _tr(text: str) -> str:
    return QCoreApplication.translate("HeldOut", text)
