"""Text that comes from files, shown as what it is: Qt takes what looks like markup for markup, and "&" for a key."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt

JOINER = "\N{WORD JOINER}"
"""No wider than nothing; what looks like markup is none with one after its first sign."""


def plain_tip(text: str) -> str:
    """A text that Qt shows letter by letter wherever it would guess, tooltips above all. Twice is the same as once."""
    if not Qt.mightBeRichText(text):
        return text
    return text.replace("&lt;", f"&{JOINER}lt;").replace("<", f"<{JOINER}")


def wrapped_tip(title: str, *paragraphs: str) -> str:
    """A tooltip as wide as is good to read: a title, if there is one, over paragraphs that wrap, each shown letter by
    letter. It is the only markup in tooltips."""
    head = f"<b>{escape(title)}</b>" if title else ""
    body = "".join(f"<p style='margin-top:4px'>{escape(text)}</p>" for text in paragraphs if text)
    return f"<qt>{head}{body}</qt>"


def letters(text: str) -> str:
    """A text for a button, a tab or a menu: an "&" of it is an "&", and makes no key of the letter that follows."""
    return text.replace("&", "&&")


def title_letters(text: str) -> str:
    """A text for the title of a window, where Qt takes "[*]" for the place of a sign."""
    return text.replace("[*]", "[*][*]")
