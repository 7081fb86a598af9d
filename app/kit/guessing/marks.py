"""How the answers to choose from are marked once one was chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from app.kit import theme
from app.kit.widgets.tone import restyle

RIGHT, WRONG = "✓", "✗"


def mark_answer(button: QPushButton, word: str, *, chosen: bool, right: bool) -> None:
    """``✗ negative`` chosen in error, ``✓ positive`` right; said in words for those who hear it."""
    colours, text, spoken, style = theme.current(), word, word, ""
    if right:
        text, spoken = f"{RIGHT} {word}", QCoreApplication.translate("GuessCard", "{answer}, right").format(answer=word)
        style = f"border: 1px solid {colours.good}; color: {colours.good};"
    elif chosen:
        text, spoken = f"{WRONG} {word}", QCoreApplication.translate("GuessCard", "{answer}, wrong").format(answer=word)
        style = f"border: 1px solid {colours.danger}; color: {colours.danger};"
    if chosen:
        spoken = QCoreApplication.translate("GuessCard", "{answer}, your answer").format(answer=spoken)
        style += f" background: {colours.accent_soft};"
    button.setText(text)
    button.setAccessibleName(spoken)
    restyle(button, style)
