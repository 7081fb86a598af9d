"""Generated worlds as files: Parquet tables that any program can read, written part by part in bounded memory."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from polars.exceptions import PolarsError

from engine.atomic import replacing
from engine.problems import UNWRITABLE, EngineError, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources.base import Progress, data_source

PARTS_THERE = declare(
    "recommender.parts-there",
    "“{name}” is in “{path}” already, and isn't overwritten. Choose another folder, or move it away.",
)


def write_world(data: RecommenderData, folder: Path, progress: Progress = lambda share: None) -> int:
    """Write a generated world to ``folder`` as ``part-0000.parquet`` …; the number of rows.

    Raises EngineError where it cannot be written, and where such files are there: nobody knows whose they are, and
    those that are left over would be taken for more of the world.
    """
    if there := sorted(folder.glob("part-*.parquet")):
        raise EngineError(PARTS_THERE(path=folder, name=there[0].name))
    rows = 0
    made: list[Path] = []
    try:
        made += _made(folder)
        for at, part in enumerate(data_source(data.source).tables(data)):
            place = folder / f"part-{at:04}.parquet"
            with replacing(place) as file:
                part.write_parquet(file)
            made.append(place)
            rows += part.height
            progress(min(rows / data.events, 1.0))
    except (OSError, PolarsError) as error:
        _take_away(made)
        raise EngineError(UNWRITABLE(path=folder, reason=_reason(error))) from None
    except BaseException:
        _take_away(made)
        raise
    return rows


def _made(folder: Path) -> list[Path]:
    """Make a folder with those that it lies in; those that were not there. Raises OSError."""
    try:
        missing = [place for place in (*reversed(folder.parents), folder) if not os.path.lexists(place)]
        folder.mkdir(parents=True, exist_ok=True)
    except ValueError as error:  # a name with NUL or half a surrogate pair in it
        raise OSError(errno.EINVAL, "no folder can have such a name") from error
    return missing


def _take_away(made: list[Path]) -> None:
    """Take away what was made of a world that could not be finished: parts of it would be taken for all of it."""
    for place in reversed(made):
        with suppress(OSError):  # a folder that has something else in it stays
            if place.is_dir():
                place.rmdir()
            else:
                place.unlink()


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error).partition("\n")[0]
