"""What the command line writes: standard output, whose loss ends a command, and standard error, whose loss does not."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from engine.problems import EngineError, declare, printable

OUTPUT_LOST = declare(
    "cli.output-lost", "Standard output cannot be written ({reason}). Redirect it, or free some space."
)


def say(text: str) -> None:
    """Write lines to standard output, now. Raises EngineError where it takes nothing, BrokenPipeError where nobody
    reads it any more."""
    with standard_output():
        print(text, flush=True)


@contextmanager
def standard_output() -> Iterator[None]:
    """Around whatever writes to standard output. Raises as :func:`say` does; then nothing more is written there, so
    that Python does not fail once more as it ends."""
    try:
        yield
    except BrokenPipeError:
        silence()
        raise
    except OSError as error:
        silence()
        raise EngineError(OUTPUT_LOST(reason=error.strerror or "error")) from error


def silence() -> None:
    """Let whatever is still to be written to standard output go nowhere."""
    with suppress(OSError, ValueError):  # where it is no file of the system's
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(sentence: str) -> None:
    """Say on standard error what people should know, on a line, if anybody is left to read it."""
    with suppress(OSError):
        print(printable(sentence), file=sys.stderr, flush=True)


@contextmanager
def only_sentences() -> Iterator[None]:
    """Without what libraries would warn of on standard error, unless Python was told to (``-W``): a number that is not
    finite is judged where it matters, and said in a sentence."""
    with warnings.catch_warnings():
        if not sys.warnoptions:
            warnings.simplefilter("ignore")
        yield
