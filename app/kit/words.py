"""Text that comes from files, shown as what it is."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """A tooltip that shows the text letter by letter: Qt takes what looks like markup for markup."""
    return f"<qt>{escape(text)}</qt>" if Qt.mightBeRichText(text) else text
