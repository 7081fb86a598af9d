"""Names that are still being typed, or were typed in haste, and the functions that they are meant as."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

from engine.autodiff.grammar import FUNCTIONS

NEAR = 0.75
"""So like a function's name is what may be a slip of the keyboard: sigmod is. Slips do not begin with another letter,
nor are they longer or shorter by two, as celu and logit are beside relu and log."""
NO_SLIPS = frozenset(
    ("arcsin", "asin", "asinh", "atan2", "atanh", "cosec", "cosm1", "coth", "csch", "elu", "erfc", "erfi", "exp1",
     "exp2", "expi", "expn", "log2", "real", "relu6", "rrelu", "sinc",
     "sort", "sqr")
)  # fmt: skip
"""What has a meaning of its own elsewhere, however like it is to a name of ours."""
SHORT = 2
"""A name of so many letters is a parameter's, whatever begins with it."""
_NAME_AT_END = re.compile(r"(?<![\w.])[^\W\d]\w*\Z")


def name_at_end(text: str) -> str:
    """The name that a text ends with; empty where there is none, or where it stands elsewhere in it as well."""
    found = _NAME_AT_END.search(text)
    if found is None:
        return ""
    elsewhere = re.search(rf"(?<!\w){re.escape(found[0])}(?!\w)", text[: found.start()])
    return "" if elsewhere else found[0]


def functions_from(beginning: str) -> tuple[str, ...]:
    """The functions whose names begin so, or are this."""
    return tuple(name for name in FUNCTIONS if beginning and name.startswith(beginning))


def slip_of(name: str, functions: Collection[str]) -> str | None:
    """The function whose name this one misspells; None where it misspells none."""
    alike = [one for one in functions if one[:1] == name[:1] and abs(len(one) - len(name)) <= 1]
    nearest = get_close_matches(name, alike, 1, NEAR)
    return nearest[0] if nearest and name not in NO_SLIPS else None


def meant_function(name: str) -> str | None:
    """The function that a name without brackets begins or misspells; None for what may be a parameter."""
    if len(name) <= SHORT:
        return None
    begun = functions_from(name)
    return begun[0] if begun else slip_of(name, FUNCTIONS)
