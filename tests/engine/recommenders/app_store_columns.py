"""The columns of a generated app store as an encoder has them, by the store's own vocabularies and without a table."""

from __future__ import annotations

import numpy as np
import polars as pl

from engine.graph.columns import Columns
from engine.recommenders.data.tables.encoding import Encoder, Vocabulary, fit_encoder
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.worlds.app_store.store import AppStore
from engine.recommenders.data.worlds.app_store.table import NUMBERS, STORE_FIELDS


def store_encoder(store: AppStore, train: Columns) -> Encoder:
    """The store's own vocabularies, and scales of its numbers fitted on training rows."""
    names = {name: tuple(store.names(name)) for name in (*STORE_FIELDS.categories, *STORE_FIELDS.bags)}
    vocabularies = {name: Vocabulary(known[1:]) for name, known in names.items()}
    return Encoder(STORE_FIELDS, vocabularies, fit_encoder(_numbers(train), Fields(numbers=NUMBERS)).scales)


def store_columns(encoder: Encoder, columns: Columns) -> Columns:
    """The store's columns as the encoder's: ids and bags as they are, numbers scaled and binned."""
    numbers = Encoder(Fields(numbers=NUMBERS), {}, encoder.scales).columns(_numbers(columns))
    kept = {name: columns[name] for name in (*STORE_FIELDS.categories, *STORE_FIELDS.bags)}
    return Columns({**kept, **numbers.of}, columns.rows)


def _numbers(columns: Columns) -> pl.DataFrame:
    return pl.DataFrame({name: np.asarray(columns[name], np.float32) for name in NUMBERS})
