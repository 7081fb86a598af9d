"""One input, run and judged: what is found wrong with the program, if anything."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import engine
from checks.fuzz.target import Target
from engine.problems import EngineError, printable

SECONDS = 5.0
"""Of the processor, that an input may take: other work on the machine does not count."""
MEGABYTES = 500
"""That an input may take beside what the program takes anyhow."""

_ENGINE = str(Path(engine.__file__).parent)
_OURS = str(Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class Finding:
    """``kind``: exception, memory, slow, abort or hang; ``place``: which findings are one and the same by."""

    kind: str
    place: str
    told: str


def put(folder: Path, name: str, content: bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content)
    return path


def judged(
    target: Target, content: bytes, folder: Path, call: Callable[[Callable[[], None]], object]
) -> Finding | None:
    """Run one input by ``call``, which does what it is given; a finding, or None for all that is well."""
    begun = process_time()
    try:
        call(lambda: target.run(content, folder))
    except EngineError as error:
        if found := _refusal(error):
            return found
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # polars' panics are no Exception
        kind = "memory" if isinstance(error, MemoryError) else "exception"
        return Finding(kind, place_of(error), _told(error))
    taken = process_time() - begun
    if taken > SECONDS:
        return Finding("slow", f"more than {SECONDS:g} s", f"it took {taken:.1f} s of the processor")
    return None


def plainly(call: Callable[[], None]) -> None:
    """Do something as it is."""
    call()


def _refusal(error: EngineError) -> Finding | None:
    """What is wrong with how an input was refused: a sentence is one line, and that memory ran out is none."""
    said = error.problem.sentence
    if printable(said) != said:
        return Finding("exception", f"sentence of {error.problem.code}", f"no line of print: {said!r}\n{_told(error)}")
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, MemoryError):
            return Finding("memory", place_of(cause), _told(error))
        cause = cause.__cause__ or cause.__context__
    return None


def place_of(error: BaseException) -> str:
    """The kind of an error, and the line of the engine that it came through last."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if one.filename.startswith((_ENGINE, _OURS))]
    if isinstance(error, RecursionError):
        ours = ours[:4]  # where it ran out of room is by chance
    where = f"{Path(ours[-1].filename).name}:{ours[-1].name}" if ours else "?"
    return f"{type(error).__name__} in {where}"


def _told(error: BaseException) -> str:
    return "".join(traceback.format_exception(error, limit=-30))
