"""How the names of files with tables end."""

from __future__ import annotations

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".data")
PARQUET_SUFFIXES = (".parquet", ".pq")
DATA_SUFFIXES = (*TEXT_SUFFIXES, *PARQUET_SUFFIXES)
