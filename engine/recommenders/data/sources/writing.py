"""Generated worlds as files: Parquet tables that any program can read, written part by part in bounded memory."""

from __future__ import annotations

from pathlib import Path

from engine.problems import UNWRITABLE, EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources.base import Progress, data_source


def write_world(data: RecommenderData, folder: Path, progress: Progress = lambda share: None) -> int:
    """Write a generated world to ``folder`` as ``part-0000.parquet`` …; the number of rows.

    Raises EngineError where it cannot be written.
    """
    rows = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for at, part in enumerate(data_source(data.source).tables(data)):
            part.write_parquet(folder / f"part-{at:04}.parquet")
            rows += part.height
            progress(min(rows / data.events, 1.0))
    except OSError as error:
        raise EngineError(UNWRITABLE(path=folder, reason=error.strerror or str(error))) from None
    return rows
