"""What came in with a table, told from the data set and its notices."""

from __future__ import annotations

from dataclasses import dataclass

from engine.data.dataset import Dataset
from engine.data.problems import (
    COLUMN_CONSTANT,
    COLUMN_EMPTY,
    COLUMN_IDENTIFIER,
    COLUMN_NOT_CHOSEN,
    COLUMN_UNUSABLE,
    CUT_ROWS,
    CUT_SAMPLED_ROWS,
    DATES_LEFT_OUT,
    ROWS_WITH_MISSING,
    ROWS_WITH_OUTLIERS,
    ROWS_WITHOUT_TARGET,
    SAMPLED_FILE,
    SAMPLED_ROWS,
)
from engine.problems import Problem

_COLUMNS_OUT = {
    kind.code
    for kind in (
        COLUMN_CONSTANT, COLUMN_EMPTY, COLUMN_IDENTIFIER, COLUMN_NOT_CHOSEN, COLUMN_UNUSABLE, DATES_LEFT_OUT
    )
}  # fmt: skip
_ROWS_OUT = {
    kind.code for kind in (CUT_ROWS, CUT_SAMPLED_ROWS, ROWS_WITHOUT_TARGET, ROWS_WITH_MISSING, ROWS_WITH_OUTLIERS)
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """``rows`` and ``columns`` of the source that are learnt from. ``columns_out``: for each column that is not, the
    notice that says why; ``rows_out``: how many rows had to be left out of those asked for. ``sampled``: the file was
    too long to be read whole, and nobody knows how many more rows it has; ``more``: the notices that say other things.
    """

    rows: int
    columns: tuple[str, ...]
    columns_out: tuple[Problem, ...]
    rows_out: int
    sampled: bool
    more: tuple[Problem, ...]


def incoming(dataset: Dataset) -> Incoming:
    """What came in with a data set that is a table."""
    notices = dataset.notices
    columns_out = {one.parameters["column"]: one for one in notices if one.code in _COLUMNS_OUT}
    rows_out = sum(_rows_out(one) for one in notices)
    sampled = any(one.code == SAMPLED_FILE.code for one in notices)
    told = _COLUMNS_OUT | _ROWS_OUT | {SAMPLED_ROWS.code, SAMPLED_FILE.code}
    more = tuple(one for one in notices if one.code not in told)
    columns = tuple(column.name for column in dataset.inputs)
    return Incoming(len(dataset.y), columns, tuple(columns_out.values()), rows_out, sampled, more)


def _rows_out(notice: Problem) -> int:
    """How many rows a notice says were left out."""
    said = notice.parameters
    if notice.code == SAMPLED_ROWS.code:
        return int(str(said["rows"])) - int(str(said["kept"]))
    return int(str(said["count"])) if notice.code in _ROWS_OUT else 0
