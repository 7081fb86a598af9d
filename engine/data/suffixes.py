"""How the names of files with tables end."""

from __future__ import annotations

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".data")
PARQUET_SUFFIXES = (".parquet", ".pq")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
DATA_SUFFIXES = (*TEXT_SUFFIXES, *PARQUET_SUFFIXES)
