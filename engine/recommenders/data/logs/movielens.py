"""MovieLens in each of its formats: 100k (``u.data``), 1M (``ratings.dat``), and latest, 25M, 32M (``ratings.csv``).

F. Maxwell Harper and Joseph A. Konstan, The MovieLens Datasets: History and Context, ACM TiiS 5(4):19, 2015.
A rating says that somebody watched a film and when they said so; ``loaders.as_watches`` makes watches of ratings.
"""

from __future__ import annotations

import dataclasses
from typing import Final

import polars as pl

import assets
from engine.data.sampling import Watch
from engine.problems import EngineError
from engine.recommenders.data.logs.delimited import RowFormat
from engine.recommenders.data.logs.features import aligned, fields_of, film_table, quoted_rows, text_table
from engine.recommenders.data.logs.file_set import FileSet
from engine.recommenders.data.logs.gatherer import Gatherer, Loaded
from engine.recommenders.data.logs.header import header_layout
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.logs.read_delimited import LogFile, gather
from engine.recommenders.data.remote.catalogue import LEFT_OUT, entry, table_name

# fmt: off
GENRES_100K: Final = (
    "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy",
    "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
)
"""The order of the 19 flags at the end of a row of ``u.item``, as ``u.genre`` gives it."""

OCCUPATIONS_1M: Final = (
    "other", "academic/educator", "artist", "clerical/admin", "college/grad student", "customer service",
    "doctor/health care", "executive/managerial", "farmer", "homemaker", "K-12 student", "lawyer", "programmer",
    "retired", "sales/marketing", "scientist", "self-employed", "technician/engineer", "tradesman/craftsman",
    "unemployed", "writer",
)
"""What the numbers in ``users.dat`` stand for, as the README of MovieLens 1M gives them."""
# fmt: on

_WHOLE = pl.Int64
_COLUMNS: Final = {"user": (0, _WHOLE), "item": (1, _WHOLE), "rating": (2, pl.Float64), "time": (3, _WHOLE)}


def movielens_small() -> Log:
    """MovieLens latest-small (October 2016), which comes with the program: 100,004 ratings of 9,066 films by 671 users.

    ``extras["rating"]`` 0.5 to 5; item features ``title``, ``year`` (NaN where unknown), ``genres``. Of the ratings
    that a user gave in the same second, those of lower film numbers come first, as in the source. **Not for
    commercial use**; the terms are in ``assets/recommenders/movielens-small-LICENSE.txt``. Raises EngineError where it
    was left out.
    """
    about = entry("movielens-small")
    if not about.is_here:
        raise EngineError(LEFT_OUT(title=about.title, page=about.page))
    ratings, films = (pl.read_parquet(assets.path(table_name(table))) for table in about.tables)
    gatherer = Gatherer("movielens-small", ["rating"])
    gatherer.add(
        ratings.select(
            pl.col("user").cast(pl.Int64),
            pl.col("movie").cast(pl.Int64).alias("item"),
            pl.col("rating").cast(pl.Float64),
            pl.col("timestamp").cast(pl.Int64).alias("time"),
        )
    )
    log, _ = gatherer.finish()
    table = films.select(pl.col("movie").cast(pl.String).alias("id"), "title", "year", "genres")
    return dataclasses.replace(log, item_features=aligned(log.item_names, table))


def rows_100k(_files: FileSet) -> LogFile:
    """The ratings of MovieLens 100k."""
    return LogFile("u.data", RowFormat(_COLUMNS, 4, "\t", header=False, quoted=False), "MovieLens 100k")


def rows_1m(_files: FileSet) -> LogFile:
    """The ratings of MovieLens 1M and 10M."""
    return LogFile("ratings.dat", RowFormat(_COLUMNS, 4, "::", header=False, quoted=False), "MovieLens 1M")


def rows_csv(files: FileSet) -> LogFile:
    """The ratings of MovieLens latest, 25M and 32M. Raises EngineError for missing columns."""
    wanted = {"user": "userId", "item": "movieId", "rating": "rating", "time": "timestamp"}
    layout = header_layout(files, "ratings.csv", wanted, {name: kind for name, (_, kind) in _COLUMNS.items()})
    return LogFile("ratings.csv", layout, "MovieLens")


def load_100k(files: FileSet, watch: Watch) -> Loaded:
    """``u.data``, with ``u.item`` and ``u.user`` (Latin-1) where they are there.

    ``extras["rating"]`` 1 to 5; item features ``title``, ``year``, ``genres``; user features ``age`` (years),
    ``gender``, ``occupation``, ``zip``. Raises EngineError for rows that cannot be read.
    """
    loaded = gather(files, rows_100k(files), watch)
    log = loaded.log
    if files.has("u.item"):
        columns = fields_of(files.read("u.item"), "|", 5 + len(GENRES_100K), "latin-1")
        flags = zip(*columns[5:], strict=True)
        genres = ["|".join(g for g, flag in zip(GENRES_100K, row, strict=True) if flag == "1") for row in flags]
        films = film_table(columns[0], columns[1], genres)
        log = dataclasses.replace(log, item_features=aligned(log.item_names, films))
    if files.has("u.user"):
        ids, ages, genders, occupations, zips = fields_of(files.read("u.user"), "|", 5, "latin-1")
        people = text_table({"id": ids, "age": ages, "gender": genders, "occupation": occupations, "zip": zips})
        log = dataclasses.replace(log, user_features=aligned(log.user_names, _with_ages(people)))
    return dataclasses.replace(loaded, log=log)


def load_1m(files: FileSet, watch: Watch) -> Loaded:
    """``ratings.dat``, with ``movies.dat`` and ``users.dat`` (Latin-1) where they are there; MovieLens 10M reads alike.

    ``extras["rating"]`` 1 to 5; item features ``title``, ``year``, ``genres``; user features ``age`` (the least of
    its bracket: 1, 18, 25, 35, 45, 50, 56), ``gender``, ``occupation``, ``zip``. Raises EngineError for rows that
    cannot be read.
    """
    loaded = gather(files, rows_1m(files), watch)
    log = loaded.log
    if files.has("movies.dat"):
        films = film_table(*fields_of(files.read("movies.dat"), "::", 3, "latin-1"))
        log = dataclasses.replace(log, item_features=aligned(log.item_names, films))
    if files.has("users.dat"):
        ids, genders, ages, numbers, zips = fields_of(files.read("users.dat"), "::", 5, "latin-1")
        occupations = [OCCUPATIONS_1M[int(n)] if n.isdigit() and int(n) < len(OCCUPATIONS_1M) else n for n in numbers]
        people = text_table({"id": ids, "age": ages, "gender": genders, "occupation": occupations, "zip": zips})
        log = dataclasses.replace(log, user_features=aligned(log.user_names, _with_ages(people)))
    return dataclasses.replace(loaded, log=log)


def load_csv(files: FileSet, watch: Watch) -> Loaded:
    """``ratings.csv`` (userId, movieId, rating, timestamp), with ``movies.csv`` where it is there.

    ``extras["rating"]`` 0.5 to 5; item features ``title``, ``year``, ``genres``. Raises EngineError for missing
    columns and rows that cannot be read.
    """
    loaded = gather(files, rows_csv(files), watch)
    if not files.has("movies.csv"):
        return loaded
    text = files.read("movies.csv").decode("utf-8-sig", errors="replace")
    rows = [row for row in quoted_rows(text, files.shown("movies.csv")) if len(row) == 3][1:]
    films = film_table([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
    log = dataclasses.replace(loaded.log, item_features=aligned(loaded.log.item_names, films))
    return dataclasses.replace(loaded, log=log)


def _with_ages(people: pl.DataFrame) -> pl.DataFrame:
    return people.with_columns(pl.col("age").cast(pl.Float64, strict=False))
