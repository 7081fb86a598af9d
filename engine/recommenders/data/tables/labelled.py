"""Tables of examples with a label, as Wide & Deep reads them: the census, ratings, any CSV or Parquet file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.graph.kinds.on_torch import as_bags
from engine.problems import EngineError, declare
from engine.recommenders.data.logs.loaders import NO_RATINGS
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.tables.adult import CATEGORIES, HIGH_INCOME, INCOME, NUMBERS, adult
from engine.recommenders.data.tables.encoding import SEPARATOR, Fields
from engine.recommenders.data.worlds.app_store.store import AppStore, ImpressionChunk
from engine.recommenders.tasks.wide_deep.model import Goal
from engine.recommenders.tasks.wide_deep.store import STORE_FIELDS

UNREADABLE_TABLE = declare(
    "recommender.unreadable-table", "“{path}” could not be read as a table ({reason}); choose a CSV or Parquet file."
)
NO_FIELDS = declare(
    "recommender.no-fields", "“{path}” has no column to predict “{label}” from; name some that are not empty."
)
FEW_LEVELS = 20
"""Whole numbers of no more different values than these are read as categories."""
LIKED = 4.0
PORTION = 65_536


@dataclass(frozen=True, slots=True)
class Labelled:
    """A table, what is to be predicted, and from what."""

    table: pl.DataFrame
    goal: Goal
    fields: Fields


def census() -> Labelled:
    """Adult census income: who earns more than 50,000 dollars a year."""
    return Labelled(adult(), Goal(INCOME, equals=HIGH_INCOME), Fields(CATEGORIES, NUMBERS))


def rated(log: Log, least: float = LIKED) -> Labelled:
    """Who likes what: every rating an example, positive from ``least`` on, with what is known of user and item.

    Raises EngineError for a log without ratings.
    """
    if "rating" not in log.extras:
        raise EngineError(NO_RATINGS())
    columns: dict[str, pl.Series] = {
        "user": pl.Series(log.user_names, dtype=pl.String).gather(log.users),
        "item": pl.Series(log.item_names, dtype=pl.String).gather(log.items),
        "rating": pl.Series(log.extras["rating"]),
    }
    categories: list[str] = ["user", "item"]
    bags: list[str] = []
    for features, places in ((log.user_features, log.users), (log.item_features, log.items)):
        for name, values in features.items():
            if name in ("title", *columns):
                continue
            series = pl.Series(name, values, strict=False)
            columns[name] = series.cast(pl.String).gather(places)
            (bags if name == "genres" else categories).append(name)
    return Labelled(pl.DataFrame(columns), Goal("rating", at_least=least), Fields(tuple(categories), (), tuple(bags)))


def read_examples(path: Path, goal: Goal, fields: Fields) -> Labelled:
    """The examples of a CSV or Parquet file; no fields: every column, by what it holds.

    Raises EngineError where the file cannot be read or the goal's column is missing.
    """
    table = _read(path)
    goal.labels(table.head(1))  # says what is wrong before anything is worked out
    chosen = fields if (fields.categories or fields.numbers or fields.bags) else _inferred(table, goal.column)
    if not (chosen.categories or chosen.numbers or chosen.bags):
        raise EngineError(NO_FIELDS(path=path, label=goal.column))
    return Labelled(table, goal, chosen)


def _read(path: Path) -> pl.DataFrame:
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema_length=10_000, null_values=["?", ""])
    except (OSError, pl.exceptions.PolarsError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
        raise EngineError(UNREADABLE_TABLE(path=path, reason=reason)) from None


def _inferred(table: pl.DataFrame, label: str) -> Fields:
    categories: list[str] = []
    numbers: list[str] = []
    for name, kind in table.schema.items():
        if name == label or table[name].null_count() == table.height:
            continue
        counted = kind.is_integer() and table[name].n_unique() <= FEW_LEVELS
        (numbers if kind.is_numeric() and not counted else categories).append(name)
    return Fields(tuple(categories), tuple(numbers))


@dataclass(frozen=True, slots=True)
class Parts:
    """Row numbers of a random split: 80 % to train on, 10 % to choose by, 10 % to be measured on."""

    train: NDArray[np.int64]
    valid: NDArray[np.int64]
    test: NDArray[np.int64]


def split_at_random(rows: int, seed: int) -> Parts:
    """The parts of so many rows, for this seed."""
    order = np.random.default_rng(seed).permutation(rows)
    first, second = int(0.8 * rows), int(0.9 * rows)
    return Parts(order[:first], order[first:second], order[second:])


def app_store_examples(store: AppStore) -> Labelled:
    """Impressions of the generated app store, with the columns of Google Play: was the app that was shown installed?"""
    chunks = [impressions_table(store, chunk) for chunk in store.chunks(PORTION)]
    return Labelled(pl.concat(chunks), Goal("installed"), STORE_FIELDS)


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
