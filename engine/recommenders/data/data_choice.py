"""Which data a recommender is trained on, as a command line, a window or a checkpoint says it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from engine.flags import NO_FLAG, Flag
from engine.problems import EngineError, declare

NAME_NOT_UTF8 = declare(
    "recommender.name-not-utf8", "The name of “{path}” isn't UTF-8, so a run can't store it. Rename the file."
)

_COLUMN = "of a table of watches of your own"


def check_name(path: Path) -> None:
    """Raises EngineError where a plan, which is JSON, could not name the file."""
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError:
        raise EngineError(NAME_NOT_UTF8(path=path.absolute())) from None


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Mapped(_Frozen):
    """Which columns of a table of watches are what, as
    :class:`engine.recommenders.data.logs.mapped_table.ColumnMapping` has it."""

    user: Annotated[str, Flag(metavar="COLUMN")] = Field(description=_COLUMN)
    item: Annotated[str, Flag(metavar="COLUMN")] = Field(description=_COLUMN)
    time: Annotated[str | None, Flag(metavar="COLUMN")] = Field(default=None, description=_COLUMN)
    rating: Annotated[str | None, Flag(metavar="COLUMN")] = Field(default=None, description=_COLUMN)
    watch_seconds: Annotated[str | None, Flag(metavar="COLUMN")] = Field(default=None, description=_COLUMN)


class ItemTable(_Frozen):
    """What a table says of a log's items, as :func:`engine.recommenders.data.logs.item_table.described` joins it.

    ``path``: the table, which may be the log itself where its rows repeat what they know of the item. ``id``: the
    column of the ids that the log has.
    """

    path: Annotated[Path, Flag("items-file", "FILE")] = Field(description="a table of the items of a log of your own")
    id: Annotated[str, Flag("item-id", "COLUMN")] = Field(description="of that table")
    title: Annotated[str | None, Flag("item-title", "COLUMN")] = Field(default=None, description="of that table")
    genres: Annotated[str | None, Flag("item-genres", "COLUMN")] = Field(
        default=None, description="of that table, several of them as Drama|Comedy"
    )
    columns: Annotated[tuple[str, ...], Flag("item-columns")] = Field(default=(), description="more of that table")

    @property
    def wanted(self) -> dict[str, str]:
        """The file's name of each of our columns."""
        named = {"id": self.id, "title": self.title, "genres": self.genres}
        named |= {column: column for column in self.columns if column not in named}
        return {ours: theirs for ours, theirs in named.items() if theirs is not None}


class TableChoice(_Frozen):
    """How a table of examples is read: the ``label`` column, which is positive where it ``equals`` a text or is
    ``at_least`` a number, and the columns to predict it from; without any, all of them, by what they hold."""

    label: Annotated[str, Flag(metavar="COLUMN")] = Field(
        description="of a table of examples of your own: what is to be predicted"
    )
    equals: str | None = Field(default=None, description="the label's text that counts as a yes")
    at_least: float = Field(default=1.0, description="the label's number from which it does (default: 1)")
    categories: tuple[str, ...] = Field(default=(), description="columns read as such")
    numbers: tuple[str, ...] = Field(default=(), description="columns read as such")
    bags: tuple[str, ...] = Field(default=(), description="columns read as such")


class RecommenderData(_Frozen):
    """``source``: the key of a declared source (:mod:`engine.recommenders.data.sources`): what comes with the program,
    a generated world, or ``file`` at ``path``.

    ``least_rating``: ratings below it are no watches, or no positive examples. ``events``, ``items``, ``users`` and
    ``seed`` are of a generated world.
    """

    source: Annotated[str, NO_FLAG]
    path: Annotated[Path | None, NO_FLAG] = None
    mapping: Mapped | None = None
    item_table: ItemTable | None = None
    table: TableChoice | None = None
    least_rating: Annotated[float | None, Flag(metavar="R")] = Field(
        default=None, description="ratings below it are no watches, or negatives"
    )
    events: Annotated[int, Flag("size")] = Field(
        default=200_000, ge=1, description="events of a generated world (default: 200000)"
    )
    items: int | None = Field(default=None, ge=1, description="items of a generated world")
    users: int | None = Field(default=None, ge=1, description="users of a generated world")
    seed: Annotated[int, Flag("data-seed", "SEED")] = Field(
        default=0, ge=0, lt=2**32, description="of a generated world, or of the split"
    )

    @property
    def items_file(self) -> Path | None:
        """The table of the items, where it is another file than the log."""
        if self.item_table is None or self.path is None:
            return None
        items = self.item_table.path
        return None if items in (self.path, Path(self.path.name)) else items

    @property
    def placeless(self) -> RecommenderData:
        """The same choice without where its files lie: they may be found elsewhere by now."""
        if self.item_table is None:
            return self.model_copy(update={"path": None})
        items = Path() if self.items_file is None else Path("items")
        return self.model_copy(update={"path": None, "item_table": self.item_table.model_copy(update={"path": items})})

    @property
    def of_rows(self) -> RecommenderData:
        """What decides which rows are read, wherever they lie and whatever their columns are read as."""
        return self.placeless.model_copy(update={"table": None})


WORLD_FIELDS = ("events", "items", "users", "seed")
"""What is chosen of a generated world."""
