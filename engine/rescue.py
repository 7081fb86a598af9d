"""What took long to make is not lost because its place takes nothing: it goes to a named place beside it, or to the
system's folder for temporary files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from engine.problems import KEPT_ELSEWHERE, EngineError, Problem

_MOST = 100


def written_somewhere(path: Path, write: Callable[[Path], object]) -> tuple[Path, Problem | None]:
    """Write to ``path``, else to ``NAME-2`` … beside it, else to the temporary folder: where it is, and what is to be
    said where that is elsewhere. ``write`` raises EngineError. Raises the first where no place takes anything."""
    try:
        write(path)
    except EngineError as error:
        first = error
    else:
        return path, None
    for place in _places(path):
        with suppress(EngineError):
            write(place)
            reason = first.problem.parameters.get("reason", first.problem.sentence)
            return place, KEPT_ELSEWHERE(path=path.name, reason=reason, kept=place)
    raise first


def _places(path: Path) -> Iterator[Path]:
    for folder in (path.parent, Path(tempfile.gettempdir())):
        free = (folder / f"{path.stem}-{number}{path.suffix}" for number in range(2, _MOST))
        with suppress(StopIteration):
            yield next(place for place in free if not os.path.lexists(place))
