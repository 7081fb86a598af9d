"""Reading one delimited file of a source into a log."""

from __future__ import annotations

from dataclasses import dataclass

from engine.data.sampling import Watch
from engine.recommenders.data.logs.delimited import DelimitedRows, RowFormat
from engine.recommenders.data.logs.file_set import FileSet
from engine.recommenders.data.logs.gatherer import Gatherer, Loaded


@dataclass(frozen=True, slots=True)
class LogFile:
    """Which file of a data set has its rows, how they are written, and what the set is called."""

    name: str
    layout: RowFormat
    title: str

    @property
    def extras(self) -> tuple[str, ...]:
        """What the rows have beside user, item and time."""
        return tuple(column for column in self.layout.columns if column not in {"user", "item", "time"})


def gather(files: FileSet, file: LogFile, watch: Watch) -> Loaded:
    """The log of a file whose layout gives ``user``, ``item``, ``time`` and any number of extras.

    Raises EngineError where the file cannot be read, or no row of it is complete.
    """
    gatherer = Gatherer(files.shown(file.name), file.extras)
    with files.opened(file.name) as opened:
        rows = DelimitedRows(opened, files.shown(file.name), files.size(file.name), file.layout, watch)
        for batch in rows:
            gatherer.add(batch)
    log, notices = gatherer.finish()
    watch.at(0.95)
    return Loaded(log, file.title, (*rows.notices, *notices))
