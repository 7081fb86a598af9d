"""From a pydantic ValidationError to the one sentence that a person is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.problems import Misfit, Problem, ProblemKind, declare

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

MISSING = declare("validation.missing", "{field} is missing; add it.")
UNKNOWN_FIELD = declare("validation.unknown-field", "{field} isn't known here. Remove it or correct its name.")
TOO_SMALL = declare("validation.too-small", "{field} is {value}; it must be {limit} or more.")
NOT_ABOVE = declare("validation.not-above", "{field} is {value}; it must be greater than {limit}.")
TOO_LARGE = declare("validation.too-large", "{field} is {value}; it must be {limit} or less.")
NOT_BELOW = declare("validation.not-below", "{field} is {value}; it must be less than {limit}.")
NOT_FINITE = declare("validation.not-finite", "{field} is {value}; it must be a finite number.")
NOT_A_NUMBER = declare("validation.not-a-number", "{field} is {value}; it must be a number.")
NOT_WHOLE = declare("validation.not-whole", "{field} is {value}; it must be a whole number.")
NOT_TRUE_OR_FALSE = declare("validation.not-true-or-false", "{field} is {value}; it must be true or false.")
NOT_TEXT = declare("validation.not-text", "{field} is {value}; it must be text.")
NOT_A_LIST = declare("validation.not-a-list", "{field} is {value}; it must be a list.")
NOT_AN_OBJECT = declare("validation.not-an-object", "{field} is {value}; it must be an object with named fields.")
NOT_A_CHOICE = declare("validation.not-a-choice", "{field} is {value}; choose {choices}.")
INVALID_JSON = declare("validation.invalid-json", "This is not readable as JSON ({detail}); correct it there.")
TOO_FEW = declare("validation.too-few", "{field} has {count} entries; it must have {limit} or more.")
TOO_MANY = declare("validation.too-many", "{field} has {count} entries; it must have {limit} or fewer.")
TOO_LONG = declare("validation.too-long", "{field} is longer than {limit} characters; shorten it.")
INVALID = declare("validation.invalid", "{field} is {value}, which does not fit ({detail}); correct it.")

_KINDS: Mapping[str, ProblemKind] = {
    "missing": MISSING,
    "extra_forbidden": UNKNOWN_FIELD,
    "greater_than_equal": TOO_SMALL,
    "greater_than": NOT_ABOVE,
    "less_than_equal": TOO_LARGE,
    "less_than": NOT_BELOW,
    "finite_number": NOT_FINITE,
    "float_type": NOT_A_NUMBER,
    "float_parsing": NOT_A_NUMBER,
    "int_type": NOT_WHOLE,
    "int_parsing": NOT_WHOLE,
    "int_parsing_size": NOT_WHOLE,
    "int_from_float": NOT_WHOLE,
    "bool_type": NOT_TRUE_OR_FALSE,
    "bool_parsing": NOT_TRUE_OR_FALSE,
    "string_type": NOT_TEXT,
    "string_too_long": TOO_LONG,
    "too_short": TOO_FEW,
    "too_long": TOO_MANY,
    "list_type": NOT_A_LIST,
    "tuple_type": NOT_A_LIST,
    "dict_type": NOT_AN_OBJECT,
    "model_type": NOT_AN_OBJECT,
    "model_attributes_type": NOT_AN_OBJECT,
    "literal_error": NOT_A_CHOICE,
    "enum": NOT_A_CHOICE,
    "union_tag_invalid": NOT_A_CHOICE,
    "json_invalid": INVALID_JSON,
}
_LIMITS = ("ge", "gt", "le", "lt", "min_length", "max_length")
_CHOICES = ("expected", "expected_tags")
_LONGEST = 60
DOCUMENT = "The document"
"""The field of what is wrong with all of it."""


def sentence_of(error: ValidationError) -> Problem:
    """The first thing that ``error`` found wrong: the field, what it is, and what it should be."""
    first = error.errors(include_url=False)[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, Misfit):
        return cause.problem
    kind = _KINDS.get(first["type"], INVALID)
    return kind(**_particulars(first))


def place_of(error: ValidationError, root: str) -> str:
    """Where the first thing lies that ``error`` found wrong, in a document that ``root`` names."""
    return _path((root, *error.errors(include_url=False)[0]["loc"]))


def _particulars(details: ErrorDetails) -> dict[str, object]:
    """The template fields that any of the kinds may fill in."""
    context = details.get("ctx", {})
    return {
        "field": _path(details["loc"]),
        "value": _shortened(details["input"]),
        "limit": next((context[name] for name in _LIMITS if name in context), ""),
        "choices": next((context[name] for name in _CHOICES if name in context), ""),
        "count": context.get("actual_length", ""),
        "detail": context.get("error", details["msg"]),
    }


def _path(location: tuple[int | str, ...]) -> str:
    """``blocks[2].units`` for ("blocks", 2, "units"). What begins with an underscore names a form of a union, which is
    no place in the document."""
    path = ""
    for part in location:
        if isinstance(part, str) and part.startswith("_"):
            continue
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return _cut(path) or DOCUMENT


def _shortened(value: object) -> str:
    return _cut(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
