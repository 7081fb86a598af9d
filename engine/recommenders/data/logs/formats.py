"""The formats of logs that are recognised by their files."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """The kinds of files that are recognised."""

    MOVIELENS_100K = "movielens-100k"
    MOVIELENS_1M = "movielens-1m"
    MOVIELENS_CSV = "movielens-csv"
    MOVIETWEETINGS = "movietweetings"
    KUAIREC = "kuairec"
    TABLE = "table"
