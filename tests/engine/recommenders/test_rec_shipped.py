"""The data that come with the program are what their publishers put out, and their licences lie beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import assets
from engine.recommenders.data.logs.movielens import movielens_small
from engine.recommenders.data.remote.catalogue import CATALOGUE, entry
from engine.recommenders.data.tables.adult import CATEGORIES, HIGH_INCOME, INCOME, NUMBERS, adult

SHARED = Path(__file__).parents[3] / "../shared/data"


def original(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the original {name} is not here")
    return path


def test_adult_is_the_census_table() -> None:
    frame = adult()
    assert frame.shape == (48_842, 15)
    assert set(frame.columns) == {*NUMBERS, *CATEGORIES, INCOME}
    # UCI's own documentation: 23.93 % of both files together earn more; 3,620 rows have a missing value.
    assert (frame[INCOME] == HIGH_INCOME).sum() == 11_687
    assert frame.filter(pl.any_horizontal(pl.all().is_null())).height == 3_620
    assert {name for name in frame.columns if frame[name].null_count()} == {
        "workclass",
        "occupation",
        "native-country",
    }
    assert frame["age"].min() == 17 and frame["age"].max() == 90
    assert all(frame[name].dtype == pl.Int64 for name in NUMBERS)


def test_adult_agrees_with_the_original_value_by_value() -> None:
    assert adult().equals(pl.read_csv(original("adult.csv"), null_values="?"))


def test_movielens_small_has_the_readmes_numbers() -> None:
    log = movielens_small()
    assert (len(log), log.user_count, log.item_count) == (100_004, 671, 9_066)
    assert np.bincount(log.users).min() == 20  # "All selected users had rated at least 20 movies"
    assert set(np.unique(log.extras["rating"])) == set(np.arange(0.5, 5.5, 0.5))
    toy_story = log.item_names.index("1")
    assert log.item_features["title"][toy_story] == "Toy Story"
    assert log.item_features["year"][toy_story] == 1995
    assert log.item_features["genres"][toy_story] == "Adventure|Animation|Children|Comedy|Fantasy"
    assert sum(title == "" for title in log.item_features["title"]) == 5


def test_movielens_small_is_in_order() -> None:
    log = movielens_small()
    key = log.users * 2**32 + log.times
    assert (np.diff(key) >= 0).all()
    assert list(log.user_names) == sorted(log.user_names, key=int)
    tied = np.diff(key) == 0
    assert tied.any()
    films = np.array([int(name) for name in log.item_names])[log.items]
    assert (np.diff(films)[tied] > 0).all()  # ties as in the source: by film


def test_movielens_small_agrees_with_the_original_row_by_row() -> None:
    log = movielens_small()
    rows = pl.read_csv(original("movielens-latest-small.csv")).sort(["userId", "timestamp"], maintain_order=True)
    assert [log.user_names[u] for u in log.users] == rows["userId"].cast(pl.String).to_list()
    assert [log.item_names[i] for i in log.items] == rows["movieId"].cast(pl.String).to_list()
    assert log.times.tolist() == rows["timestamp"].to_list()
    assert log.extras["rating"].tolist() == rows["rating"].to_list()
    titles = dict(zip(rows["movieId"].cast(pl.String), rows["title"].fill_null(""), strict=True))
    assert dict(zip(log.item_names, log.item_features["title"], strict=True)) == titles


def test_everything_shipped_is_small_and_has_its_licence_beside_it() -> None:
    folder = assets.path("recommenders")
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_500_000
    shipped = [found.name for found in CATALOGUE if found.shipped]
    assert shipped == ["adult", "movielens-small"]
    for path in folder.glob("*.parquet"):
        assert any(path.name.startswith(name) for name in shipped)
    adults = (folder / "adult-LICENSE.txt").read_text()
    for needed in ("Becker", "Kohavi", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "What was changed"):
        assert needed in adults
    films = (folder / "movielens-small-LICENSE.txt").read_text()
    for needed in (
        "same\n  license conditions",
        "commercial or revenue-bearing",
        "Harper",
        "Konstan",
        "What was changed",
    ):
        assert needed in films
    assert not entry("movielens-small").commercial and entry("adult").commercial
