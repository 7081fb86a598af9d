"""That a table has the columns that a recommender needs of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.problems import EngineError, Word, declare

COLUMNS_MISSING = declare(
    "recommender.columns-missing",
    "{table} has no {count:column|columns} {missing}; it has {found}. Make the names match, or choose another file.",
)


def require_columns(wanted: Iterable[str], found: Iterable[str], path: Path | str | None = None) -> None:
    """Raise EngineError where some of ``wanted`` aren't ``found``, saying which and what there is. ``path``: of the
    table, where it is known."""
    there = list(found)
    missing = [column for column in dict.fromkeys(wanted) if column not in there]
    if missing:
        table = Word("The table") if path is None else f"“{path}”"
        said = {"missing": _quoted(missing), "found": _quoted(there)}
        raise EngineError(COLUMNS_MISSING(table=table, count=len(missing), **said))


def _quoted(columns: Iterable[str]) -> str:
    return ", ".join(f"“{column}”" for column in columns)
