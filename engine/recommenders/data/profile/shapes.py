"""What a profile says, as plain data that goes through JSON unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from engine.problems import Problem, document_of, problem_in


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


Said = Annotated[Problem, BeforeValidator(problem_in), PlainSerializer(document_of)]
"""A sentence; in JSON with what fills it in, so that it can be said in another language."""


class Head(_Frozen):
    """The first rows as texts, each as long as ``columns``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Bars(_Frozen):
    """A distribution. Of texts (and of few different numbers): ``values`` with their ``counts``, and the ``others``
    that are not shown. Of numbers: ``edges``, one more than counts. ``positive``: of each count, how many rows have the
    label; empty where there is none."""

    counts: tuple[int, ...]
    values: tuple[str, ...] = ()
    edges: tuple[float, ...] = ()
    others: int = 0
    positive: tuple[int, ...] = ()


def number_names(values: Iterable[float]) -> tuple[str, ...]:
    """Different numbers, each in as few digits as tell all of them apart, from six on: of dates within a month, read as
    years, several were 2021.01."""
    different = list(values)
    written = (tuple(f"{value:.{digits}g}" for value in different) for digits in range(6, 18))
    return next(names for names in written if len(set(names)) == len(different))


Kind = Literal["number", "time", "text", "truth", "bag", "other"]
Use = Literal["label", "category", "number", "bag", "unused"]


class ColumnProfile(_Frozen):
    """A column of a table: what it holds, what it is used as, how many different values it has, how many are
    missing.

    ``least``, ``mean``, ``most``: of numbers, and of times in seconds since 1970. ``bars`` None where there is nothing
    to count.
    """

    name: str
    kind: Kind
    use: Use
    distinct: int
    missing: int
    least: float | None = None
    mean: float | None = None
    most: float | None = None
    bars: Bars | None = None


class LabelProfile(_Frozen):
    """What is to be predicted: that ``column`` is ``wanted``, in words such as ``>50K`` or ``≥ 4``; and how many rows
    are so."""

    column: str
    wanted: str
    positive: int


class TableProfile(_Frozen):
    """A table of examples. ``label`` None where none was chosen; ``parts``: how many rows are trained on, chosen by and
    measured on, drawn at random; ``warnings``: what was done to it as it was read, and what in it harms."""

    form: Literal["table"] = "table"
    title: str
    rows: int
    parts: tuple[int, int, int]
    columns: tuple[ColumnProfile, ...]
    label: LabelProfile | None
    head: Head
    warnings: tuple[Said, ...]


class Spread(_Frozen):
    """How many things there are of each size: ``counts`` of those from ``least`` to below the next; sizes double."""

    least: tuple[int, ...]
    counts: tuple[int, ...]
    median: float
    mean: float
    most: int


class TimeLine(_Frozen):
    """Events over time. ``edges``: seconds since 1970, one more than bins; ``events`` in each bin, and how many of
    these are ``held_out``; ``middle``: half of the events that are held out come before it, None where none are."""

    first: int
    last: int
    edges: tuple[float, ...]
    events: tuple[int, ...]
    held_out: tuple[int, ...]
    middle: int | None


class TopItem(_Frozen):
    """An item of many events."""

    name: str
    title: str
    events: int


class Missing(_Frozen):
    """Rows without a user, an item or a time (a row may lack several), and the rows dropped, for
    any of that or because a time or a number is none."""

    user: int
    item: int
    time: int
    rows: int


class LogProfile(_Frozen):
    """A log. ``users``, ``items``: those with an event; ``catalogue``: all items, where that is known. ``timeline``
    None without times. ``held_out``: how many users' last events are kept from training. ``history``: events of a user;
    ``popularity``: events of an item. ``numbers``: distributions of ``rating`` and the like. ``ties``: share of events
    that share user and time with another, None without times; ``looked_at``: share of users by whom it was told.
    """

    form: Literal["log"] = "log"
    title: str
    users: int
    items: int
    events: int
    catalogue: int | None
    timeline: TimeLine | None
    held_out: int
    history: Spread
    popularity: Spread
    top: tuple[TopItem, ...]
    top_share: float
    numbers: dict[str, Bars]
    missing: Missing
    ties: float | None
    looked_at: float
    head: Head
    warnings: tuple[Said, ...]


Profile = LogProfile | TableProfile
