"""The one table among some files, where there is just one."""

from __future__ import annotations

from engine.data.suffixes import DATA_SUFFIXES, PARQUET_SUFFIXES
from engine.problems import EngineError, declare
from engine.recommenders.data.logs.file_set import FileSet

NOT_ONE_TABLE = declare(
    "recommender.not-one-table",
    "{path} isn't a single CSV or Parquet file. Choose the file that has the columns (a zip may contain one CSV).",
)


def only_table(files: FileSet) -> str | None:
    """The file chosen, or the only table there is."""
    tables = [files.chosen] if files.chosen else list(files.members)
    tables = [name for name in tables if name.lower().endswith(DATA_SUFFIXES)]
    return tables[0] if len(tables) == 1 else None


def table_of(files: FileSet) -> str:
    """The one table among the files. Raises EngineError where there is none, or more than one."""
    name = files.chosen or only_table(files)
    if name is None or (files.archived and name.lower().endswith(PARQUET_SUFFIXES)):
        raise EngineError(NOT_ONE_TABLE(path=files.path))
    return name
