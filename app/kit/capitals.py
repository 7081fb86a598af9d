"""Headings in capitals whose symbols stay what they are: z is no Z, and tanh is a function."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:[’']s\b)?")
_GREEK = re.compile("[\u0370-\u03ff]")
_FUNCTIONS = frozenset({"tanh", "exp", "sin", "cos", "erf", "sqrt"})
_AFTER_WORD = re.compile(r"(^|[a-z]{2} )$", re.IGNORECASE)
_BEFORE_WORD = re.compile(r" [a-z]{2}", re.IGNORECASE)


def in_capitals(text: str) -> str:
    """The text in capitals. As they are stay symbols (a letter alone, Greek, or with an index: ``z``, ``‖Δθ‖``, ``w₁``)
    as well as functions (``tanh``), and names with capitals of their own (``ReLU``)."""
    return _WORD.sub(lambda word: word.group().upper() if _is_word(word, text) else word.group(), text)


def _is_word(found: re.Match[str], text: str) -> bool:
    letters = found.group().removesuffix("’s").removesuffix("'s")
    if letters == "a":  # an article where it stands between words, as no symbol does here
        before, after = text[: found.start()], text[found.end() :]
        return bool(_AFTER_WORD.search(before) and _BEFORE_WORD.match(after))
    if len(letters) < 2 or letters in _FUNCTIONS:
        return False
    return letters.isalpha() and letters[1:].islower() and not _GREEK.search(letters)
