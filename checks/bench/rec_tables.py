"""Six tables that Wide & Deep is not tuned for, the census and the app store with the presets that they come with, and
one that is made to be linear in its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl

from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import data_source
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import LabelledTable

ROWS = 3000
LEVELS = 30


def _of_scikit_learn(name: str) -> LabelledTable:
    """Breast cancer, or wine as to whether it is of the second grower."""
    from sklearn import datasets

    loaded = getattr(datasets, f"load_{name}")()
    names = [str(feature) for feature in loaded.feature_names]
    table = pl.DataFrame(loaded.data, schema=names).with_columns(pl.Series("yes", (loaded.target == 1).astype(float)))
    return LabelledTable(table, Goal("yes"), Fields((), tuple(names)))


def _of_source(name: str, seed: int) -> LabelledTable:
    return data_source(name).examples(RecommenderData(source=name, events=60_000, seed=seed))


def made(seed: int, *, pairs: bool) -> LabelledTable:
    """Six numbers and two categories of thirty levels, of which the log-odds are a sum; with ``pairs``, also of what
    two numbers are together and of whether the two categories' levels are both even or both odd."""
    draw = np.random.default_rng(seed)
    numbers, levels = draw.normal(size=(ROWS, 6)), draw.integers(0, LEVELS, (ROWS, 2))
    of_levels = draw.normal(size=(2, LEVELS))
    logit = numbers[:, :3] @ [1.0, -1.0, 0.5] + of_levels[0, levels[:, 0]] + of_levels[1, levels[:, 1]]
    if pairs:
        logit += 2.0 * (levels.sum(axis=1) % 2) - 1.0 + 1.5 * numbers[:, 3] * numbers[:, 4]
    yes = (draw.random(ROWS) < 1.0 / (1.0 + np.exp(-logit))).astype(float)
    columns: dict[str, pl.Series] = {f"x{at}": pl.Series(numbers[:, at]) for at in range(6)}
    columns |= {name: pl.Series(levels[:, at]).cast(pl.String) for at, name in enumerate("ab")}
    table = pl.DataFrame(columns | {"yes": pl.Series(yes)})
    return LabelledTable(table, Goal("yes"), Fields(("a", "b"), tuple(f"x{at}" for at in range(6))))


TABLES: Mapping[str, tuple[str, Callable[[int], LabelledTable]]] = {
    "breast cancer": ("file", lambda seed: _of_scikit_learn("breast_cancer")),
    "wine": ("file", lambda seed: _of_scikit_learn("wine")),
    "census": ("adult", lambda seed: _of_source("adult", seed)),
    "app store": ("app-store", lambda seed: _of_source("app-store", seed)),
    "rated films": ("movielens-small", lambda seed: _of_source("movielens-small", seed)),
    "made, with pairs": ("file", lambda seed: made(seed, pairs=True)),
    "made, linear": ("file", lambda seed: made(seed, pairs=False)),
}
"""By name: the source whose preset is taken, and the rows by a seed."""
