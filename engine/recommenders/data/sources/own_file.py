"""A file, folder or zip of a person's own: a table of examples with a label, or a log of watches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.data.sampling import Watch
from engine.data.suffixes import DATA_SUFFIXES
from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources.base import DataSource, Gives, Origin, Progress, Watches, register

if TYPE_CHECKING:
    from engine.recommenders.data.logs.gatherer import Loaded
    from engine.recommenders.data.logs.mapped_table import ColumnMapping
    from engine.recommenders.data.logs.stream import LogStream
    from engine.recommenders.data.tables.labelled import LabelledTable

NO_PATH = declare("recommender.no-path", "Your own data needs the path of a file, a folder or a zip. Name one.")
NO_LABEL = declare(
    "recommender.no-label",
    "Which column of “{path}” should be predicted? Name it with --label."
    " “recommend data FILE --propose” says what each may be.",
)


UNREAD_TITLE = declare(
    "recommender.notice-title-unread",
    "“{column}” isn't read, so items are shown by their ids. To read it, add --items-file {path} --item-id {item}"
    " --item-title {column}.",
)


class OwnFile(DataSource):
    """Whatever lies at the choice's path."""

    key = "file"
    label = "A file of your own"
    summary = "A table of examples, or a log of watches: MovieLens, MovieTweetings, KuaiRec, any CSV or Parquet file"
    origin = Origin.OWN
    gives = frozenset({Gives.EXAMPLES, Gives.WATCHES})

    def examples(self, data: RecommenderData, progress: Progress | None = None) -> LabelledTable:
        """A table's rows by its label column, or a log's ratings."""
        from engine.recommenders.data.fingerprint import Fingerprint
        from engine.recommenders.data.tables.fields import Fields
        from engine.recommenders.data.tables.goal import Goal
        from engine.recommenders.data.tables.labelled import rated, read_examples

        path, table = _path(data), data.table
        if table is not None:
            before = Fingerprint.of(data)
            goal = Goal(table.label, table.equals, table.at_least)
            found = read_examples(path, goal, Fields(table.categories, table.numbers, table.bags), progress)
            return replace(found, fingerprint=before.with_rows(found.table.height))
        if data.mapping is None and path.suffix.lower() in DATA_SUFFIXES:
            raise EngineError(NO_LABEL(path=path))
        before = Fingerprint.of(data)
        loaded = _log(data, Watch(str(path), progress))
        found = rated(loaded.log, data.least_rating)
        return replace(found, notices=loaded.notices, fingerprint=before.with_rows(found.table.height))

    def watches(self, data: RecommenderData, progress: Progress | None = None) -> Watches:
        """A log's rows, or of one with ratings those that are no less than the least rating."""
        from engine.recommenders.data.fingerprint import Fingerprint
        from engine.recommenders.data.logs.loaders import as_watches

        path = _path(data)
        before = Fingerprint.of(data)
        loaded = _log(data, Watch(str(path), progress))
        log = as_watches(loaded.log, data.least_rating)
        return Watches(log, notices=(*loaded.notices, *_unread_title(data)), fingerprint=before.with_rows(len(log)))

    def stream(self, data: RecommenderData, watch: Watch) -> LogStream:
        """The file's rows, as they are read."""
        from engine.recommenders.data.logs.item_table import read_items
        from engine.recommenders.data.logs.loaders import stream_log

        found = stream_log(_path(data), _mapping(data), watch)
        if data.item_table is not None:
            found.described = read_items(data.item_table, watch)
        return found


def _log(data: RecommenderData, watch: Watch) -> Loaded:
    from engine.recommenders.data.logs.item_table import described
    from engine.recommenders.data.logs.loaders import load_log

    loaded = load_log(_path(data), _mapping(data), progress=watch.at)
    if data.item_table is None:
        return loaded
    log, notices = described(loaded.log, data.item_table, Watch(str(data.item_table.path)))
    return replace(loaded, log=log, notices=(*loaded.notices, *notices))


def _unread_title(data: RecommenderData) -> list[Problem]:
    """The notice of a column of titles in the log itself that nobody has named."""
    from engine.recommenders.data.logs.file_set import file_set_at
    from engine.recommenders.data.logs.mapped_table import column_names
    from engine.recommenders.data.logs.one_table import table_of
    from engine.recommenders.data.proposal.column_facts import ITEM_TITLES

    mapping = _mapping(data)
    if mapping is None or data.item_table is not None:
        return []
    files = file_set_at(_path(data))
    others = [name for name in column_names(files, table_of(files)) if name not in mapping.columns.values()]
    titles = [name for name in others if name.lower() in ITEM_TITLES]
    return [UNREAD_TITLE(column=name, path=_path(data), item=mapping.item) for name in titles[:1]]


def _mapping(data: RecommenderData) -> ColumnMapping | None:
    from engine.recommenders.data.logs.mapped_table import ColumnMapping

    return None if data.mapping is None else ColumnMapping(**data.mapping.model_dump())


def _path(data: RecommenderData) -> Path:
    if data.path is None:
        raise EngineError(NO_PATH())
    return data.path


register(OwnFile())
