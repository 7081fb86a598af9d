"""A name at the end of a text that may be the beginning of a function's: what it is, only what follows tells."""

from __future__ import annotations

import re
from collections.abc import Collection

from engine.autodiff.half_names import functions_from, name_at_end

NO_PLACE = -1
"""Where the cursor is while the keyboard is elsewhere."""


class HalfTyped:
    """What one waits for at the end of a text that is being typed.

    ``awaited``: the functions that its last name may become, where it is not read before that is known. A single letter
    within a longer expression is read at once, as a variable: what is read of it :meth:`may_grow`, and is no finished
    expression until something else follows.
    """

    def __init__(self) -> None:
        self.awaited: tuple[str, ...] = ()
        self._text = self._loose = ""

    def type(self, text: str, place: int, known: Collection[str]) -> bool:
        """Another text with the cursor at this place, the names in ``known`` being those of the last finished
        expression; whether what was read of the text before was a name all the same."""
        before, loose = self._text, self._loose
        found = half_at_end(text) if place == len(text) else ()
        taken_back = before.startswith(text) and name_at_end(text) in known
        self._text, self.awaited = text, () if taken_back else found
        grows = place == len(text) and not found and bool(functions_from(name_at_end(text)))
        self._loose = text if grows else ""
        return bool(loose) and not (text.startswith(loose) and re.match(r"[\w(]", text[len(loose) :]) is not None)

    def see(self, text: str) -> None:
        """The text is this one now; where it was not typed, it is meant as it stands."""
        if text != self._text:
            self._text, self._loose, self.awaited = text, "", ()

    def rest(self, place: int) -> bool:
        """The cursor is at this place: whether the end is meant as it stands, and was not before."""
        waited = bool(self._loose or self.awaited)
        if place == len(self._text) or not waited:
            return False
        self._loose, self.awaited = "", ()
        return True

    def may_grow(self, text: str) -> bool:
        """Whether the last name of what was read may yet become another."""
        return bool(self._loose) and text == self._loose


def half_at_end(text: str) -> tuple[str, ...]:
    """The functions whose name the text ends with, whole or in part; none where that is a variable: a single letter in
    a longer expression, or a name that stands elsewhere in the text."""
    name = name_at_end(text)
    return functions_from(name) if len(name) > 1 or _is_all(text, name) else ()


def _is_all(text: str, name: str) -> bool:
    """Whether a name is the whole of the last line, but for what that defines."""
    line = re.split(r"[\n;]", text)[-1].partition("=")
    return (line[2] or line[0]).strip() == name
