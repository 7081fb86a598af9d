"""Questions and answers as lines of JSON: what a program says to a trained recommender, and what it hears.

A question is ``{"id": 7, "ask": "recommend", "user": "347"}``, its answer ``{"id": 7, "answer": {…}}`` or, where there
is none, ``{"id": 7, "problem": {"code": …, "sentence": …, "parameters": {…}}}``. ``{"ask": "stop"}`` ends it all.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from engine.problems import EngineError, Problem, declare
from engine.recommenders.serving.asking import Askable

STOP: Final = "stop"
NOT_JSON = declare(
    "recommender.question-not-json",
    "This line isn't JSON ({reason}). Write one question per line, such as {example}.",
)
NO_QUESTION = declare(
    "recommender.question-without-ask",
    "This line asks nothing. Write an object with a field “ask”, such as {example}.",
)
WRONG_ID = declare(
    "recommender.question-id",
    "The question's id is neither a whole number nor text. Use one of these, or leave it out.",
)
FAILED = declare(
    "recommender.answer-failed",
    "“{ask}” couldn't be answered ({reason}). This is a bug in the program; other questions still work.",
)
EXAMPLE: Final = '{"id": 1, "ask": "about"}'

Document = dict[str, Any]
Described = Callable[[Problem], Mapping[str, object]]
"""A problem as a document has it."""


def conversation(lines: Iterable[str | bytes], askable: Askable[Any], described: Described) -> Iterator[Document]:
    """The reply to each line in turn, until one says stop or the lines end. Blank lines are passed over; whatever is
    wrong with a line is a problem in its reply and ends nothing."""
    for line in lines:
        if not line.strip():
            continue
        given: object = None
        try:
            given = _read(line)
            if isinstance(given, dict) and given.get("ask") == STOP:
                return
            yield _named(given) | {"answer": _answered(given, askable)}
        except EngineError as error:
            yield _named(given) | {"problem": described(error.problem)}


def _read(line: str | bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise EngineError(NOT_JSON(reason=error, example=EXAMPLE)) from None


def _answered(given: object, askable: Askable[Any]) -> object:
    if not isinstance(given, dict) or not isinstance(name := given.get("ask"), str):
        raise EngineError(NO_QUESTION(example=EXAMPLE))
    if not _is_id(given.get("id")):
        raise EngineError(WRONG_ID())
    try:
        return askable.answer(name, {key: value for key, value in given.items() if key not in ("id", "ask")})
    except EngineError:
        raise
    except Exception as error:
        # Whoever asks has a window open: one question that fails must not take the others with it.
        traceback.print_exc(file=sys.stderr)
        raise EngineError(FAILED(ask=name, reason=f"{type(error).__name__}: {error}")) from error


def _named(given: object) -> Document:
    """The question's id, where it has one, so that the reply can be told from others."""
    if isinstance(given, dict) and "id" in given and _is_id(given["id"]):
        return {"id": given["id"]}
    return {"id": None}


def _is_id(value: object) -> bool:
    return value is None or (isinstance(value, int | str) and not isinstance(value, bool))
