"""Logs from what people have: recognised by its files, or mapped column by column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final

import numpy as np

from engine.data.sampling import Watch, is_binary, no_text
from engine.data.suffixes import DATA_SUFFIXES
from engine.problems import EngineError, Problem, Word, declare
from engine.recommenders.data.logs import kuairec, movielens, movietweetings
from engine.recommenders.data.logs import mapped_table as mapped
from engine.recommenders.data.logs.file_set import FileSet, file_set_at
from engine.recommenders.data.logs.formats import Format
from engine.recommenders.data.logs.gatherer import Loaded
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.logs.mapped_table import ColumnMapping
from engine.recommenders.data.logs.one_table import only_table, table_of
from engine.recommenders.data.logs.read_delimited import LogFile
from engine.recommenders.data.logs.stream import LogStream, stream_of
from engine.recommenders.data.needed_columns import COLUMNS_MISSING

UNKNOWN_FORMAT = declare(
    "recommender.unknown-format",
    "{path} is none of the known data sets (it has {found}); known are MovieLens (u.data, ratings.dat or ratings.csv), "
    "MovieTweetings (ratings.dat) and KuaiRec (big_matrix.csv or small_matrix.csv); of any other CSV or Parquet file, "
    "say which column is what.",
)
OTHER_NAME = declare(
    "recommender.other-name",
    "{path} isn't named as a table. If it's one, end its name in one of: {known}.",
)
NEEDS_MAPPING = declare(
    "recommender.needs-mapping",
    "{path} isn't a table of a known data set. Say which column is the user and which is the item: {columns}."
    " “recommend data FILE --propose” says what they may be.",
)
NO_RATINGS = declare("recommender.no-ratings", "The log has no ratings. Leave out the minimum rating.")


_LOADERS: Final[Mapping[Format, Callable[[FileSet, Watch], Loaded]]] = {
    Format.MOVIELENS_100K: movielens.load_100k,
    Format.MOVIELENS_1M: movielens.load_1m,
    Format.MOVIELENS_CSV: movielens.load_csv,
    Format.MOVIETWEETINGS: movietweetings.load,
    Format.KUAIREC: kuairec.load,
}
_FILES: Final[Mapping[Format, Callable[[FileSet], LogFile]]] = {
    Format.MOVIELENS_100K: movielens.rows_100k,
    Format.MOVIELENS_1M: movielens.rows_1m,
    Format.MOVIELENS_CSV: movielens.rows_csv,
    Format.MOVIETWEETINGS: movietweetings.rows,
    Format.KUAIREC: kuairec.rows,
}
_SHOWN_FILES: Final = 8
_PROBE_BYTES: Final = 1 << 12


def recognise(path: Path) -> Format:
    """Which kind of files a folder, a zip, or a file in a folder is. Raises EngineError where it is none.

    ``ratings.dat`` is MovieLens where ``users.dat`` describes people (gender, age and so on), or has no ``users.dat``
    and IMDb's numbers (seven digits) are not what items are called; else it is MovieTweetings.
    """
    return _recognised(file_set_at(path))


def title_of(path: Path) -> str:
    """What the known data set at ``path`` is called. Raises EngineError where it is none."""
    files = file_set_at(path)
    return _FILES[_recognised(files)](files).title


def stream_log(path: Path, mapping: ColumnMapping | None, watch: Watch) -> LogStream:
    """The rows of the log at ``path`` as :func:`load_log` gathers them, batch by batch.

    Raises EngineError as that does, here or while the batches are read.
    """
    files = file_set_at(path)
    if mapping is not None:
        name, notices = table_of(files), list[Problem]()
        batches = mapped.rows(files, name, mapping, watch, notices)
        return LogStream(name, batches, mapping.extras, notices, timed=mapping.time is not None)
    found = _recognised(files)
    if found is Format.TABLE:
        raise EngineError(_unmapped(files, watch))
    return stream_of(files, _FILES[found](files), watch)


def load_log(
    path: Path,
    mapping: ColumnMapping | None = None,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Loaded:
    """The log at ``path`` (a folder, a zip, or a file), by its format, or by ``mapping`` where one is given.

    In the log rows are sorted by user, then time (ties as in the source); of rows alike in user, item and time the
    first is kept; rows without user, item or time are dropped; users with one row stay. The notices say how often
    each happened. Memory, at its peak: about 55 bytes per row, and 16 more for each number
    per row beyond the first (1.8 GB for 32 million ratings).

    ``progress`` is told the share done, ``cancelled`` asked whether to stop, in the calling thread. Raises EngineError
    for an unknown format, a damaged or empty file, missing columns, values that cannot be read, or when cancelled.
    """
    files = file_set_at(path)
    watch = Watch(str(path), progress, cancelled)
    if mapping is not None:
        loaded = mapped.load(files, table_of(files), mapping, watch)
    else:
        found = _recognised(files)
        if found is Format.TABLE:
            raise EngineError(_unmapped(files, watch))
        loaded = _LOADERS[found](files, watch)
    watch.at(1.0)
    return loaded


def _unmapped(files: FileSet, watch: Watch) -> Problem:
    """That a table's columns have to be named. Raises EngineError for one that no names would help."""
    name = table_of(files)
    columns = mapped.column_names(files, name)
    next(mapped.columns_in_batches(files, name, {column: column for column in columns}, watch, []))
    return NEEDS_MAPPING(path=files.shown(name), columns=", ".join(columns))


def columns_at(path: Path) -> tuple[str, ...]:
    """The columns of the table at ``path``, to choose a mapping from. Raises EngineError where it is no table."""
    files = file_set_at(path)
    return mapped.column_names(files, table_of(files))


def as_watches(log: Log, least_rating: float | None = None) -> Log:
    """A log of ratings as one of watches: implicit feedback, as the models for candidates need it.

    A rating is not a watch: it says that the item was seen (at some time before), and how it was liked. None: every
    rating counts as a watch, at the time of rating, bad ones too, as people rate what they chose to see; the usual
    choice for predicting the next watch. A number: ratings below it, and missing ones, are left out, so that what
    remains is "seen and liked". Users and items keep their names, even where none of their rows remain. Raises
    EngineError where a least rating is asked for and the log has no ratings.
    """
    if least_rating is None:
        return log
    if "rating" not in log.extras:
        raise EngineError(NO_RATINGS())
    return log.take(np.flatnonzero(log.extras["rating"] >= least_rating))


def _recognised(files: FileSet) -> Format:
    found = _named_format(files)
    if found is not Format.TABLE and not _has_its_columns(files, found):
        found = Format.TABLE
    if found is Format.TABLE and only_table(files) is None:
        if files.chosen is not None:
            raise EngineError(_no_table(files, files.chosen))
        names = sorted(files.members)
        shown = ", ".join(names[:_SHOWN_FILES]) + (", …" if len(names) > _SHOWN_FILES else "")
        raise EngineError(UNKNOWN_FORMAT(path=files.path, found=shown or Word("no files")))
    return found


def _no_table(files: FileSet, name: str) -> Problem:
    """Why a file that was chosen is no table, going by its name and its first bytes."""
    with files.opened(name) as file:
        beginning = file.read(_PROBE_BYTES)
    path = files.shown(name)
    return no_text(path, beginning) if is_binary(beginning) else OTHER_NAME(path=path, known=", ".join(DATA_SUFFIXES))


def _named_format(files: FileSet) -> Format:
    """The format that has files of these names; of a file that was chosen its own name decides."""
    names: Collection[str] = files.members if files.chosen is None else (files.chosen,)
    if kuairec.BIG in names or kuairec.SMALL in names:
        return Format.KUAIREC
    if "u.data" in names:
        return Format.MOVIELENS_100K
    if "ratings.dat" in names:
        return Format.MOVIELENS_1M if _has_movielens_rows(files) else Format.MOVIETWEETINGS
    return Format.MOVIELENS_CSV if "ratings.csv" in names else Format.TABLE


def _has_its_columns(files: FileSet, named: Format) -> bool:
    """Whether the file's header has the format's columns: a person's own table may have the same name."""
    try:
        _FILES[named](files)
    except EngineError as error:
        if error.problem.code != COLUMNS_MISSING.code:
            raise
        return False
    return True


def _has_movielens_rows(files: FileSet) -> bool:
    name = "users.dat" if files.has("users.dat") else "ratings.dat"
    with files.opened(name) as file:
        fields = file.readline(1 << 12).strip().split(b"::")
    return len(fields) == 5 if name == "users.dat" else len(fields) == 4 and len(fields[1]) < 7
