"""What a data source declares: the command line, the window and the task kinds read these declarations.

Adding a source is adding one module that ends in ``register(...)``. Registering one loads nothing: whatever takes time
or libraries to read happens in the methods.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from engine.data.problems import SET_UNKNOWN
from engine.problems import EngineError, Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.remote.catalogue import Entry

if TYPE_CHECKING:
    import polars as pl

    from engine.data.sampling import Watch
    from engine.graph.columns import Bags
    from engine.recommenders.data.fingerprint import Fingerprint
    from engine.recommenders.data.logs.log import Log
    from engine.recommenders.data.logs.stream import LogStream
    from engine.recommenders.data.tables.labelled import LabelledTable
    from engine.recommenders.data.worlds.video_site.site import VideoSite

Progress = Callable[[float], None]
"""Is told the share of the data that is read, in the calling thread."""


class Gives(StrEnum):
    """What can be learned from: rows with an outcome, who watched what when, or what was shown and how it was taken."""

    EXAMPLES = "examples"
    WATCHES = "watches"
    IMPRESSIONS = "impressions"


class Origin(StrEnum):
    """Whether a source comes with the program, is drawn from a seed, or is a person's own."""

    SHIPPED = "shipped"
    GENERATED = "generated"
    OWN = "own"


class Watches(NamedTuple):
    """A log and, where there are any, a bag of searches for each of its watches. ``notices``: what was done to it as it
    was read. ``tokens``: what was searched for, by the token's id; the first is the unknown one. ``fingerprint``: of a
    person's own files that it was read from."""

    log: Log
    searches: Bags | None = None
    notices: tuple[Problem, ...] = ()
    tokens: Sequence[str] = ()
    fingerprint: Fingerprint | None = None


class DataSource:
    """Where rows come from. ``gives``: which of the methods below it has; ``entry``: licence and terms, if any.

    Every method raises EngineError where the data of a choice cannot be read.
    """

    key: str
    label: str
    summary: str
    origin: Origin
    gives: frozenset[Gives]
    entry: Entry | None = None

    @property
    def is_here(self) -> bool:
        """Whether there is something to read: what comes with the program can be left out of a copy."""
        return self.entry is None or self.entry.is_here

    def examples(self, data: RecommenderData, progress: Progress | None = None) -> LabelledTable:
        """Rows with an outcome."""
        raise NotImplementedError(self.key)

    def watches(self, data: RecommenderData, progress: Progress | None = None) -> Watches:
        """Who watched what when."""
        raise NotImplementedError(self.key)

    def stream(self, data: RecommenderData, watch: Watch) -> LogStream:
        """The same as :meth:`watches`, whatever their ratings, batch by batch; memory is that of the log where a source
        has it whole."""
        from engine.recommenders.data.logs.stream import stream_of_log

        found = self.watches(data.model_copy(update={"least_rating": None}))
        stream = stream_of_log(found.log, self.label, watch)
        stream.notices += found.notices
        return stream

    def impressions(self, data: RecommenderData) -> VideoSite:
        """A site that says what was shown to whom, how it was taken, and what would have been true."""
        raise NotImplementedError(self.key)

    def tables(self, data: RecommenderData) -> Iterator[pl.DataFrame]:
        """All rows of a generated world, part by part, as a person would keep them in files."""
        raise NotImplementedError(self.key)


_SOURCES: dict[str, DataSource] = {}


def register(source: DataSource) -> None:
    """Make a source known. Raises ValueError when its key is taken."""
    if source.key in _SOURCES:
        raise ValueError(f"data source {source.key!r} is registered twice")
    _SOURCES[source.key] = source


def unregister(key: str) -> None:
    """Forget a source. Raises KeyError when there is none of this key."""
    del _SOURCES[key]


def data_source(key: str) -> DataSource:
    """The source with this key. Raises EngineError naming the known ones."""
    try:
        return _SOURCES[key]
    except KeyError:
        raise EngineError(SET_UNKNOWN(name=key, known=", ".join(source.key for source in data_sources()))) from None


def is_drawn(data: RecommenderData) -> bool:
    """Whether the rows of a choice are drawn from its seed, so that they are the same wherever that is known."""
    return data_source(data.source).origin is Origin.GENERATED


def data_sources() -> tuple[DataSource, ...]:
    """Every registered source that is here, in the order in which they are offered."""
    return tuple(source for source in _SOURCES.values() if source.is_here)


def is_known(key: str) -> bool:
    """Whether there is a source with this key, here or not."""
    return key in _SOURCES
