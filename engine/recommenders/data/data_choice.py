"""Which data a recommender is trained on, as a command line, a window or a checkpoint says it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=1)]

SHIPPED = ("adult", "movielens-small")
GENERATED = ("app-store", "video-site")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Mapped(_Frozen):
    """Which columns of a table of watches are what, as
    :class:`engine.recommenders.data.logs.mapped_table.ColumnMapping` has it."""

    user: str
    item: str
    time: str | None = None
    rating: str | None = None
    watch_seconds: str | None = None


class TableChoice(_Frozen):
    """How a table of examples is read: the ``label`` column, which is positive where it ``equals`` a text or is
    ``at_least`` a number, and the columns to predict it from; without any, all of them, by what they hold."""

    label: str
    equals: str | None = None
    at_least: float = 1.0
    categories: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    bags: tuple[str, ...] = ()


class RecommenderData(_Frozen):
    """``source``: what comes with the program, a generated world, or ``file`` at ``path``.

    ``least_rating``: ratings below it are no watches, or no positive examples. ``events``, ``items``, ``users`` and
    ``seed`` are of a generated world.
    """

    source: Literal["adult", "movielens-small", "app-store", "video-site", "file"]
    path: Path | None = None
    mapping: Mapped | None = None
    table: TableChoice | None = None
    least_rating: float | None = None
    events: Count = 200_000
    items: Count | None = None
    users: Count | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
