"""Reading one delimited file of a source into a log."""

from __future__ import annotations

from engine.data.sampling import Watch
from engine.recommenders.data.logs.delimited import Layout, Rows
from engine.recommenders.data.logs.file_set import FileSet
from engine.recommenders.data.logs.gatherer import Gatherer, Loaded


def gather(files: FileSet, name: str, layout: Layout, title: str, watch: Watch) -> Loaded:
    """The log of file ``name``, whose layout gives ``user``, ``item``, ``time`` and any number of extras.

    Raises EngineError where the file cannot be read, or no row of it is complete.
    """
    extras = [column for column in layout.columns if column not in {"user", "item", "time"}]
    gatherer = Gatherer(files.shown(name), extras)
    with files.opened(name) as file:
        rows = Rows(file, files.shown(name), files.size(name), layout, watch)
        for batch in rows:
            gatherer.add(batch)
    log, notices = gatherer.finish()
    watch.at(0.95)
    return Loaded(log, title, (*rows.notices, *notices))
