"""MovieTweetings: ratings of 0 to 10 that people tweeted from IMDb (``ratings.dat``, ``movies.dat``).

Dooms, De Pessemier and Martens, MovieTweetings: a Movie Rating Dataset Collected From Twitter, CrowdRec 2013.
"""

from __future__ import annotations

import dataclasses

import polars as pl

from engine.data.sampling import Watch
from engine.recommenders.data.logs.delimited import RowFormat
from engine.recommenders.data.logs.features import aligned, fields_of, film_table
from engine.recommenders.data.logs.file_set import FileSet
from engine.recommenders.data.logs.gatherer import Loaded
from engine.recommenders.data.logs.read_delimited import LogFile, gather


def rows(_files: FileSet) -> LogFile:
    """The ratings: user::imdb::rating::seconds."""
    columns = {"user": (0, pl.Int64), "item": (1, pl.String), "rating": (2, pl.Float64), "time": (3, pl.Int64)}
    return LogFile("ratings.dat", RowFormat(columns, 4, "::", header=False, quoted=False), "MovieTweetings")


def load(files: FileSet, watch: Watch) -> Loaded:
    """``ratings.dat`` (user::imdb::rating::seconds), with ``movies.dat`` (UTF-8) where it is there.

    Items are named by their IMDb number with its leading zeros, so IMDb's own page is ``tt`` and that. The numbers
    of Twitter accounts in ``users.dat`` are never read. Raises EngineError for rows that cannot be read.
    """
    loaded = gather(files, rows(files), watch)
    if not files.has("movies.dat"):
        return loaded
    films = film_table(*fields_of(files.read("movies.dat"), "::", 3))
    log = dataclasses.replace(loaded.log, item_features=aligned(loaded.log.item_names, films))
    return dataclasses.replace(loaded, log=log)
