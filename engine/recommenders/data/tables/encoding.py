"""From the texts and numbers of a table to ids and numbers: vocabularies, fitted on the training rows alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.data.columns import LARGEST_NUMBER, VALUES, computable
from engine.data.split import fit_scaling
from engine.graph.columns import UNKNOWN, Bags, Column, Columns, Ids
from engine.problems import EngineError, declare
from engine.recommenders.data.needed_columns import require_columns
from engine.recommenders.data.tables.fields import SEPARATOR, Fields, binned_name

NOT_NUMERIC = declare(
    "recommender.not-numeric", "The column “{column}” does not hold numbers; read it as a category instead."
)

FARTHEST = 1e6
"""Deviations from the mean at which a number is cut, so that the network's single precision holds what it makes of it.
No training row comes there: among n rows none is more than √n deviations away."""
BINS = 20
"""Bins of equal counts. A number that is mostly zero has few of them, so bins of its distinct values are added, and a
value that would fill a bin by itself, as zero often does, has one for itself."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names behind ids 1, 2, …; id 0 is for every name that is not among them."""

    names: tuple[str, ...]

    @property
    def size(self) -> int:
        """Number of ids, the bucket for unknown names included."""
        return len(self.names) + 1

    @property
    def repeats(self) -> bool:
        """Whether a name has two ids, as in none that was learned."""
        return len(set(self.names)) < len(self.names)

    def name(self, at: int) -> str:
        """The name behind an id; empty for the bucket of unknown ones."""
        return self.names[at - 1] if at != UNKNOWN else ""

    def ids(self, names: pl.Series) -> Ids:
        """The ids of names, (n,)."""
        known = {"name": pl.Series(self.names, dtype=pl.String), "id": np.arange(1, self.size)}
        wanted = pl.DataFrame({"name": names.cast(pl.String)})
        found = wanted.join(pl.DataFrame(known), on="name", how="left", maintain_order="left")
        return found["id"].fill_null(UNKNOWN).to_numpy().astype(np.int64)


def vocabulary_of(names: pl.Series, least: int = 1) -> Vocabulary:
    """The names that occur ``least`` times or more, the most frequent first, equally frequent ones by name."""
    counts = names.cast(pl.String).drop_nulls().alias("name").value_counts(name="count")
    kept = counts.filter(pl.col("count") >= least).sort(["count", "name"], descending=[True, False])
    return Vocabulary(tuple(kept["name"].to_list()))


@dataclass(frozen=True, slots=True)
class Scale:
    """A number's ``mean``, which also stands for a missing value, its ``deviation``, and the inner ``borders`` of its
    bins: bin i holds what lies from border i − 1 up to border i."""

    mean: float
    deviation: float
    borders: tuple[float, ...]

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest number that is computed with as it is."""
        reach = FARTHEST * min(self.deviation, LARGEST_NUMBER / FARTHEST)
        return max(self.mean - reach, -LARGEST_NUMBER), min(self.mean + reach, LARGEST_NUMBER)

    def standardised(self, values: NDArray[np.float64]) -> NDArray[np.float32]:
        """Deviations from the mean, cut at :data:`FARTHEST`."""
        with np.errstate(over="ignore"):
            deviations = (values - self.mean) / self.deviation
        return np.clip(deviations, -FARTHEST, FARTHEST).astype(np.float32)

    @property
    def sound(self) -> bool:
        """Whether numbers can be scaled by it."""
        finite = np.isfinite([self.mean, self.deviation, *self.borders]).all()
        return bool(finite and self.deviation > 0.0 and (np.diff(self.borders) > 0.0).all())


@dataclass(frozen=True, slots=True)
class Encoder:
    """Fitted on training rows: vocabularies by column, and the scale of every number."""

    fields: Fields
    vocabularies: Mapping[str, Vocabulary]
    scales: Mapping[str, Scale]

    def faults(self) -> Iterator[str]:
        """Why it is none that rows were fitted to, each as it stands in a sentence."""
        absent = {*self.fields.categories, *self.fields.bags} - set(self.vocabularies)
        absent |= set(self.fields.numbers) - set(self.scales)
        if absent:
            yield f"it knows nothing of {', '.join(sorted(absent))}"
        for name, vocabulary in self.vocabularies.items():
            if vocabulary.repeats:
                yield f"a value of {name} is there twice"
        for name, scale in self.scales.items():
            if not scale.sound:
                yield f"the scale of {name} is none"

    def sizes(self) -> dict[str, int]:
        """Ids of every column of ids or bags."""
        found = {name: vocabulary.size for name, vocabulary in self.vocabularies.items()}
        return found | {binned_name(name): len(scale.borders) + 1 for name, scale in self.scales.items()}

    def columns(self, table: pl.DataFrame) -> Columns:
        """The table's rows as columns. Raises EngineError for a column that is missing or of another sort."""
        require_columns(self.fields.names, table.columns)
        made: dict[str, Column] = {}
        for name in self.fields.categories:
            made[name] = self.vocabularies[name].ids(_series(table, name))
        for name in self.fields.numbers:
            scale = self.scales[name]
            values = numbers_of(table, name).fill_null(scale.mean).to_numpy()
            made[name] = scale.standardised(values)
            made[binned_name(name)] = np.searchsorted(scale.borders, values, side="right").astype(np.int64)
        for name in self.fields.bags:
            made[name] = _bags(_series(table, name), self.vocabularies[name])
        return Columns(made, table.height)


def fit_encoder(table: pl.DataFrame, fields: Fields, least: int = 1) -> Encoder:
    """Learn vocabularies (of names that occur ``least`` times) and scales from training rows. Raises EngineError."""
    require_columns(fields.names, table.columns)
    vocabularies = {name: vocabulary_of(_series(table, name), least) for name in fields.categories}
    for name in fields.bags:
        vocabularies[name] = vocabulary_of(_parts(_series(table, name)).explode().alias(name), least)
    scales = {name: _scale(numbers_of(table, name).drop_nulls().to_numpy()) for name in fields.numbers}
    return Encoder(fields, vocabularies, scales)


def _series(table: pl.DataFrame, name: str) -> pl.Series:
    return table[name].alias(VALUES)


def numbers_of(table: pl.DataFrame, name: str) -> pl.Series:
    """The column as float64; what is no number, or too large to compute with, is missing."""
    try:
        return computable(_series(table, name))
    except pl.exceptions.InvalidOperationError:
        raise EngineError(NOT_NUMERIC(column=name)) from None


def _scale(values: NDArray[np.float64]) -> Scale:
    if not len(values):
        return Scale(0.0, 1.0, ())
    inner = np.linspace(0.0, 1.0, BINS + 1)[1:-1]
    distinct, counts = np.unique(values, return_counts=True)
    heavy = np.flatnonzero(counts * BINS >= len(values))
    alone = [distinct[heavy], distinct[heavy[heavy + 1 < len(distinct)] + 1]]
    borders = np.unique(np.concatenate([np.quantile(values, inner), np.quantile(distinct, inner), *alone]))
    borders = borders[borders > distinct[0]]  # below the smallest value there is nothing to hold
    mean, deviation = (float(one) for one in fit_scaling(values))
    return Scale(mean, deviation, tuple(borders.tolist()))


def _parts(texts: pl.Series) -> pl.Series:
    """Lists of a bag's names; a missing or an empty text is an empty bag."""
    return texts.cast(pl.String).fill_null("").str.split(SEPARATOR).list.eval(pl.element().filter(pl.element() != ""))


def _bags(texts: pl.Series, vocabulary: Vocabulary) -> Bags:
    parts = _parts(texts)
    offsets = np.concatenate([[0], np.cumsum(parts.list.len().to_numpy())]).astype(np.int64)
    return Bags(vocabulary.ids(parts.explode().drop_nulls()), offsets)
