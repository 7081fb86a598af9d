"""What a table of a person's own says of a log's items: their titles, genres and other columns, joined by id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from engine.data.plain_types import require_values
from engine.data.sampling import Watch
from engine.problems import Problem, declare
from engine.recommenders.data.data_choice import ItemTable
from engine.recommenders.data.logs import mapped_table as mapped
from engine.recommenders.data.logs.features import aligned, text_table
from engine.recommenders.data.logs.file_set import file_set_at
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.logs.one_table import table_of
from engine.recommenders.data.missing import missing_as_null

ITEMS_UNKNOWN = declare(
    "recommender.notice-items-unknown",
    "{count} of the log's {items} {items:item|items} {count:isn't|aren't} in {path};"
    " {count:it is shown by its id|they are shown by their ids},"
    " without a title.",
)
ITEMS_UNUSED = declare(
    "recommender.notice-items-unused",
    "{count} of the {items} {items:item|items} in {path} {count:is|are} in no row of the log.",
)
NO_ITEMS_KNOWN = declare(
    "recommender.notice-no-items-known",
    "No item of the log is in {path}: its ids, such as “{theirs}”, are written differently from the log's, "
    "such as “{ours}”. Choose another column of ids.",
)


@dataclass(frozen=True, slots=True)
class Described:
    """``table``: ``id`` (text, each once) and the chosen columns; ``name``: how its file is called."""

    table: pl.DataFrame
    name: str

    def notices(self, log_items: pl.Series) -> tuple[Problem, ...]:
        """What is to be said of the log's items (texts, each once) that it does not know, and of those that it knows
        alone."""
        theirs = self.table["id"]
        known = int(log_items.is_in(theirs.implode()).sum())
        if not known and len(log_items):
            return (NO_ITEMS_KNOWN(path=self.name, theirs=theirs.first() or "", ours=log_items[0]),)
        found: list[Problem] = []
        if unknown := len(log_items) - known:
            found.append(ITEMS_UNKNOWN(count=unknown, items=len(log_items), path=self.name))
        if unused := len(theirs) - known:
            found.append(ITEMS_UNUSED(count=unused, items=len(theirs), path=self.name))
        return tuple(found)

    def titles(self, items: list[str]) -> list[str]:
        """The titles of items by their ids; the id itself where there is none."""
        if "title" not in self.table.columns:
            return items
        wanted = pl.DataFrame({"id": pl.Series(items, dtype=pl.String)})
        found = wanted.join(self.table.select("id", "title"), on="id", how="left", maintain_order="left")
        return found.select(pl.coalesce("title", "id"))["title"].to_list()


def read_items(choice: ItemTable, watch: Watch) -> Described:
    """The table, batch by batch: of rows with one id the first counts, so that memory is that of the items.

    Texts that stand for nothing are null. Raises EngineError where the file cannot be read or lacks a column.
    """
    files = file_set_at(choice.path)
    name = table_of(files)
    table: pl.DataFrame | None = None
    for batch in mapped.columns_in_batches(files, name, choice.wanted, watch, []):
        require_values(files.shown(name), batch, choice.wanted)
        tidy = pl.DataFrame(list(_tidied(batch))).filter(pl.col("id").is_not_null())
        table = tidy if table is None else pl.concat([table, tidy], how="vertical_relaxed")
        table = table.unique("id", keep="first", maintain_order=True)
    return Described(_with_numbers(table if table is not None else text_table({"id": []})), name)


def described(log: Log, choice: ItemTable, watch: Watch) -> tuple[Log, tuple[Problem, ...]]:
    """The log with what the table says of its items, and what is to be said of that. Raises EngineError."""
    read = read_items(choice, watch)
    features = {**log.item_features, **aligned(log.item_names, read.table)}
    return replace(log, item_features=features), read.notices(pl.Series(log.item_names, dtype=pl.String))


def _tidied(batch: pl.DataFrame) -> Iterator[pl.Series]:
    """Columns as texts without blanks around them, numbers as they are; what is missing is null."""
    for column in batch.iter_columns():
        if column.name != "id" and column.dtype.is_numeric():
            yield column.cast(pl.Float64)
            continue
        yield missing_as_null(column.cast(pl.String))


def _with_numbers(table: pl.DataFrame) -> pl.DataFrame:
    """Texts that are all numbers (but ids and titles) as numbers."""
    columns = []
    for column in table.iter_columns():
        numbers = column.cast(pl.Float64, strict=False) if column.name not in ("id", "title", "genres") else column
        columns.append(numbers if numbers.null_count() == column.null_count() else column)
    return pl.DataFrame(columns)
