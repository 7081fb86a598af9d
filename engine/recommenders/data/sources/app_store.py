"""The generated app store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources.base import DataSource, Gives, Origin, Progress, register

if TYPE_CHECKING:
    import polars as pl

    from engine.recommenders.data.tables.labelled import LabelledTable
    from engine.recommenders.data.worlds.app_store.store import AppStore

FILE_ROWS = 1_000_000


class GeneratedAppStore(DataSource):
    """Was the app that was shown installed?"""

    key = "app-store"
    label = "App store"
    summary = "Generated: impressions of apps with Google Play's columns; the truth behind them is known"
    origin = Origin.GENERATED
    gives = frozenset({Gives.EXAMPLES})

    def examples(self, data: RecommenderData, progress: Progress | None = None) -> LabelledTable:
        """All impressions of the store."""
        from engine.recommenders.data.worlds.app_store.table import app_store_examples

        return app_store_examples(_store(data))

    def tables(self, data: RecommenderData) -> Iterator[pl.DataFrame]:
        """Impressions by name, with the label ``installed`` and the truth ``rate``."""
        import polars as pl

        from engine.recommenders.data.worlds.app_store.table import impressions_table

        store = _store(data)
        for impressions in store.chunks(FILE_ROWS):
            yield impressions_table(store, impressions).with_columns(pl.Series("rate", impressions.rates))


def _store(data: RecommenderData) -> AppStore:
    """The store of a choice. Raises EngineError for a size out of range."""
    from engine.recommenders.data.worlds.app_store.store import AppStore, AppStoreSpec

    sizes = {name: size for name, size in (("users", data.users), ("apps", data.items)) if size is not None}
    return AppStore(AppStoreSpec(impressions=data.events, seed=data.seed, **sizes))


register(GeneratedAppStore())
