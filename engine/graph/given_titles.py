"""Titles that templates give to blocks. They are words, unlike those that a person types, and the window says them in
its language; in a file they stay as they are here."""

from __future__ import annotations

from typing import Final

from engine.problems import Word

GIVEN: Final = frozenset((
    Word("Watch history"), Word("Mean of watch history"), Word("Latest watches"), Word("Mean of latest watches"),
    Word("Searches"), Word("Mean of searches"), Word("Example age"), Word("Tower"), Word("Next watch"),
    Word("Impression"), Word("Impression vector"), Word("Category vectors"), Word("Numbers"), Word("Quantiles"),
    Word("Quantiles and powers"), Word("Expected watch time"),
    Word("Crosses"), Word("Wide"), Word("Embeddings"), Word("Deep"), Word("Deep logit"), Word("Joint logit"),
))  # fmt: skip


def is_given(title: str) -> bool:
    """Whether a title is such a word, alone or with a number behind it."""
    noun, _, number = title.rpartition(" ")
    return title in GIVEN or (number.isdecimal() and noun in GIVEN)
