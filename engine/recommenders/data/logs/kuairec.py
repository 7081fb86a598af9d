"""KuaiRec: short videos with the time that each was really watched (``big_matrix.csv``, ``small_matrix.csv``).

Gao et al., KuaiRec: A Fully-observed Dataset and Insights for Evaluating Recommender Systems, CIKM 2022.
"""

from __future__ import annotations

import dataclasses
from typing import Final

import polars as pl

from engine.data.sampling import Watch
from engine.recommenders.data.logs.features import aligned, quoted_rows
from engine.recommenders.data.logs.file_set import FileSet
from engine.recommenders.data.logs.gatherer import Loaded
from engine.recommenders.data.logs.header import header_layout
from engine.recommenders.data.logs.read_delimited import LogFile, gather

BIG: Final = "big_matrix.csv"
SMALL: Final = "small_matrix.csv"

_COLUMNS: Final = {
    "user": ("user_id", pl.Int64),
    "item": ("video_id", pl.Int64),
    "watch_seconds": ("play_duration", pl.Float64),
    "video_seconds": ("video_duration", pl.Float64),
    "time": ("timestamp", pl.Float64),
    "watch_ratio": ("watch_ratio", pl.Float64),
}


def rows(files: FileSet) -> LogFile:
    """The big matrix, or the small one; its durations are milliseconds. Raises EngineError for missing columns."""
    name = files.chosen or (BIG if files.has(BIG) else SMALL)
    wanted = {ours: theirs for ours, (theirs, _) in _COLUMNS.items()}
    layout = header_layout(files, name, wanted, {ours: kind for ours, (_, kind) in _COLUMNS.items()})
    return LogFile(name, layout, f"KuaiRec ({name.removesuffix('.csv').replace('_', ' ')})")


def load(files: FileSet, watch: Watch) -> Loaded:
    """The big matrix, or the small one where that is the file chosen or the only one, with ``item_categories.csv``.

    Extras: ``watch_seconds``, ``video_seconds`` (the source has milliseconds) and ``watch_ratio``, the first by the
    second, above 1 where a video was watched again. Item feature ``tags``: numbers joined by ``|``. Times keep whole
    seconds; rows without one are dropped. Raises EngineError for missing columns and rows that cannot be read.
    """
    loaded = gather(files, rows(files), watch)
    extras = dict(loaded.log.extras)
    for milliseconds in (extras["watch_seconds"], extras["video_seconds"]):
        milliseconds /= 1000.0
    log = dataclasses.replace(loaded.log, extras=extras)
    if files.has("item_categories.csv"):
        log = dataclasses.replace(log, item_features=aligned(log.item_names, _tags(files)))
    return dataclasses.replace(loaded, log=log)


def _tags(files: FileSet) -> pl.DataFrame:
    """``id`` and ``tags`` from rows such as ``3,"[27, 9]"``."""
    text = files.read("item_categories.csv").decode("utf-8-sig", errors="replace")
    names, *lines = quoted_rows(text, files.shown("item_categories.csv")) or [[]]
    found = (dict(zip(names, line, strict=False)) for line in lines)
    rows = [row for row in found if row.get("video_id") and row.get("feat")]
    tags = ["|".join(tag.strip() for tag in row["feat"].strip("[] ").split(",")) for row in rows]
    ids = pl.Series([row["video_id"] for row in rows], dtype=pl.String)
    return pl.DataFrame({"id": ids, "tags": pl.Series(tags, dtype=pl.String)})
