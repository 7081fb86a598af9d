"""Impressions of the generated app store as a table with names, as a person would have it from Google Play."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.graph.kinds.on_torch import as_bags
from engine.recommenders.data.tables.fields import SEPARATOR, Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import LabelledTable
from engine.recommenders.data.worlds.app_store.store import AppStore, ImpressionChunk

NUMBERS: Final = ("age", "installs")
STORE_FIELDS: Final = Fields(("device_class", "impression_app"), NUMBERS, ("installed_apps",))
CHUNK_ROWS = 65_536


def app_store_examples(store: AppStore) -> LabelledTable:
    """Impressions of the generated app store, with the columns of Google Play: was the app that was shown installed?"""
    chunks = [impressions_table(store, chunk) for chunk in store.chunks(CHUNK_ROWS)]
    return LabelledTable(pl.concat(chunks), Goal("installed"), STORE_FIELDS)


def impressions_table(store: AppStore, chunk: ImpressionChunk) -> pl.DataFrame:
    """Impressions by name: the columns of Google Play, and ``installed`` (0 or 1)."""
    columns = chunk.columns
    made: dict[str, pl.Series] = {}
    for name in ("device_class", "impression_app"):
        made[name] = _named(store, name, np.asarray(columns[name]))
    apps = as_bags(columns["installed_apps"])
    rows = pl.Series("row", np.repeat(np.arange(apps.rows), apps.lengths))
    named = pl.DataFrame({"row": rows, "app": _named(store, "installed_apps", apps.ids)})
    lists = named.group_by("row").agg(pl.col("app").str.join(SEPARATOR))
    every = pl.DataFrame({"row": np.arange(apps.rows)}).join(lists, on="row", how="left", maintain_order="left")
    made["installed_apps"] = every["app"].fill_null("")
    numbers = {name: pl.Series(np.asarray(columns[name])) for name in ("age", "installs")}
    return pl.DataFrame({**made, **numbers, "installed": chunk.installed.astype(np.int64)})


def _named(store: AppStore, column: str, ids: NDArray[np.int64]) -> pl.Series:
    """The names of ids, each looked up once."""
    known, places = np.unique(ids, return_inverse=True)
    names = store.names(column)
    return pl.Series([names[int(at)] for at in known], dtype=pl.String).gather(places.ravel())
