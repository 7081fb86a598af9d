"""Marks strings for translation where they are declared, to be translated where they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["QT_TRANSLATE_NOOP"]

if TYPE_CHECKING:

    def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # PySide6 types it as taking and giving objects
        """The text itself; the translation tools collect it under the context."""

else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP
