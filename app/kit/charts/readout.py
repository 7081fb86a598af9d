"""The small card that says every curve's value under the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.widgets.labels import Label


class ReadOut(Label):
    """A head line and a row for each curve: (colour, name, value), then remarks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.hide()

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        colours = theme.current()
        self.setStyleSheet(
            f"background: {colours.raised}; color: {colours.text}; border: 1px solid {colours.border};"
            "border-radius: 6px; padding: 4px 6px; font-size: 11px;"
        )

    def say(self, head: str, rows: Sequence[tuple[str, str, str]], remarks: Sequence[str]) -> None:
        """Show it, as large as it needs to be."""
        lines = "".join(
            f"<tr><td style='color:{colour}'>●&nbsp;</td><td>{escape(name)}&nbsp;&nbsp;</td>"
            f"<td align='right'>{escape(value)}</td></tr>"
            for colour, name, value in rows
        )
        more = "".join(f"<br>▾ {escape(remark)}" for remark in remarks)
        self.setText(f"<b>{escape(head)}</b><table cellspacing='0'>{lines}</table>{more}")
        self.adjustSize()
        self.show()
