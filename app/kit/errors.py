"""What is said of an error, and where internal errors go: each is written down once and said once.

An internal error (one that is not the engine's) takes one of two ways. :func:`announce` has it written down, the work
kept and the error said; that is for errors of which nobody else speaks. :func:`record` has it written down and the work
kept, and leaves it to the caller to say what :func:`problem_of` makes of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from app.kit.translation import QT_TRANSLATE_NOOP
from engine.problems import EngineError, Problem, declare

INTERNAL_ERROR = declare(
    "app.internal-error",
    QT_TRANSLATE_NOOP("Problem", "An internal error stopped this; it has been written down in the log. Try it again."),
)
NO_MEMORY = declare(
    "app.no-memory",
    QT_TRANSLATE_NOOP(
        "Problem",
        "There was not enough memory for this; close other programs, or take a smaller network or data set.",
    ),
)

Recorder = Callable[[BaseException], None]
"""Writes an internal error down and keeps the work, and says nothing."""


def problem_of(error: BaseException) -> Problem:
    """The engine's own problem, or what can be said of an internal error in a sentence."""
    if isinstance(error, EngineError):
        return error.problem
    return NO_MEMORY() if isinstance(error, MemoryError) else INTERNAL_ERROR()


def announce(error: BaseException) -> None:
    """Have an internal error written down and said; an EngineError is none. For the GUI thread."""
    if not isinstance(error, EngineError):
        sys.excepthook(type(error), error, error.__traceback__)


def record(error: BaseException) -> None:
    """Have an internal error written down, for a caller who says it; an EngineError is none. For the GUI thread."""
    if not isinstance(error, EngineError):
        _recorder(error)


def set_recorder(recorder: Recorder) -> None:
    """Put the program's recorder in force; until then ``sys.excepthook`` writes errors down."""
    global _recorder
    _recorder = recorder


_recorder: Recorder = announce
