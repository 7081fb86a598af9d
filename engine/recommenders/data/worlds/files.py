"""Generated worlds as files: Parquet tables that any program can read, written part by part in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from engine.problems import EngineError, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.tables.labelled import impressions_table
from engine.recommenders.data.worlds.app_store.store import AppStore, AppStoreSpec
from engine.recommenders.data.worlds.video_site.site import VideoSite, VideoSiteSpec

UNWRITABLE = declare(
    "recommender.unwritable-folder", "{folder} cannot be written ({reason}); choose another folder or make room."
)
PART = 1_000_000
"""Rows of one file."""


def store_of(data: RecommenderData) -> AppStore:
    """The generated app store of a choice. Raises EngineError for a size out of range."""
    return AppStore(_changed(AppStoreSpec(impressions=data.events, seed=data.seed), users=data.users, apps=data.items))


def site_of(data: RecommenderData) -> VideoSite:
    """The generated video site of a choice. Raises EngineError for a size out of range."""
    return VideoSite(_changed(VideoSiteSpec(events=data.events, seed=data.seed), users=data.users, items=data.items))


def write_world(data: RecommenderData, folder: Path, progress: Callable[[float], None] = lambda share: None) -> int:
    """Write a generated world to ``folder`` as ``part-0000.parquet`` …; the number of rows.

    An app store's impressions by name, with the label ``installed`` and the truth ``rate``; a video site's watches:
    ``user``, ``item``, ``time`` (Unix seconds), ``watch_seconds``. Raises EngineError where it cannot be written.
    """
    rows = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for at, part in enumerate(_parts(data)):
            part.write_parquet(folder / f"part-{at:04}.parquet")
            rows += part.height
            progress(min(rows / data.events, 1.0))
    except OSError as error:
        raise EngineError(UNWRITABLE(folder=folder, reason=error.strerror or str(error))) from None
    return rows


def _parts(data: RecommenderData) -> Iterator[pl.DataFrame]:
    if data.source == "app-store":
        store = store_of(data)
        for impressions in store.chunks(PART):
            yield impressions_table(store, impressions).with_columns(pl.Series("rate", impressions.rates))
        return
    for watches in site_of(data).chunks(PART):
        yield pl.DataFrame(
            {
                "user": watches.users, "item": watches.items, "time": watches.times,
                "watch_seconds": watches.watch_seconds,
            }
        )  # fmt: skip


def _changed(spec: Any, **changes: int | None) -> Any:
    """The spec with those changes that are given."""
    return replace(spec, **{name: value for name, value in changes.items() if value is not None})
