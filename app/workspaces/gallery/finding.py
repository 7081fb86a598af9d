"""Finds cards by idea or by name, in every language that the program speaks, whichever it is shown in."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QTranslator

import assets
from app.examples import Example


@lru_cache(maxsize=1)
def _translators() -> tuple[QTranslator, ...]:
    """Every translation there is, loaded for looking things up alone."""
    found = []
    for path in sorted(assets.path("translations").glob("neuroloom_*.qm")):
        translator = QTranslator()
        if translator.load(str(path)):
            found.append(translator)
    return tuple(found)


def words_of(example: Example) -> str:
    """Everything that an example can be found by, in small letters."""
    english = (example.title, example.idea, example.words, example.note)
    others = (one.translate("Gallery", text) for one in _translators() for text in english)
    return " ".join((example.key, *english, *(text for text in others if text))).casefold()


def matches(words: str, wanted: str) -> bool:
    """Whether every word that is wanted is among the words, or begins or lies within one."""
    return all(part in words for part in wanted.casefold().split())
