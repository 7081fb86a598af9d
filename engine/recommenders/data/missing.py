"""Which texts of a person's own file stand for nothing: the same in tables, in logs and in all that looks at them.

These are what spreadsheets, databases, R and pandas write: pandas reads the same words as missing. A country code “NA”
is among them, so what was read so is counted and named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import polars as pl

from engine.data.columns import VALUES, present_texts
from engine.data.dialect import MISSING_TOKENS
from engine.problems import Problem, declare

WORDS_MISSING = declare("recommender.notice-words-missing", "Read as missing in “{column}”: {words}.")

_WORDS: Final = (*MISSING_TOKENS, "nat", "\\n")
"""In any case; the last is a database's ``\\N``."""
_PYTHONS: Final = "None"
"""So Python writes it; “none” is a word."""
_SIGNS: Final = ("", "?")
"""Nobody takes these for values, so they need not be named."""


def missing_as_null(texts: pl.Series) -> pl.Series:
    """Texts without blanks around them, null where they stand for nothing."""
    present = present_texts(texts, _WORDS)
    return present.set(present == _PYTHONS, None)


def words_for_nothing(texts: pl.Series, present: pl.Series) -> Counter[str]:
    """Count the words that stand for nothing among ``texts``, which are ``present`` by :func:`missing_as_null`."""
    words = texts.filter(texts.is_not_null() & present.is_null()).alias(VALUES).str.strip_chars()
    return Counter(dict(words.filter(~words.is_in(_SIGNS)).value_counts().iter_rows()))


def notices_of_words(words: Mapping[str, Counter[str]]) -> list[Problem]:
    """Say which words were read as missing, and how often, by the file's name of the column."""
    counted = {column: sorted(found.items(), key=lambda one: (-one[1], one[0])) for column, found in words.items()}
    return [
        WORDS_MISSING(column=column, words=", ".join(f"“{word}” ({count:,})" for word, count in found))
        for column, found in counted.items()
        if found
    ]
