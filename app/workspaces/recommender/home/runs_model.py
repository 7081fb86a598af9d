"""The runs there have been, each beside the best simple model, as Qt's views have them: sorted, and renamed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from app.kit.numbers import NOTHING, duration, grouped
from app.kit.translation import sentence_of
from app.kit.words import plain_tip
from app.workspaces.recommender.run_figures import about_errors, difference_words, figures_of
from app.workspaces.recommender.words import (
    Measure,
    about_rows,
    data_name,
    doing_words,
    measures_of,
    model_name,
    simple_name,
)
from engine.problems import Problem
from engine.recommenders.judging.standing import Rival, rival_of
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_state import RunState
from engine.recommenders.running.runs import BadRun
from engine.recommenders.tasks.base import NETWORK


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: ``value`` by its ``measure``, and the ``rival``, each None where it is not known yet; ``problem`` where
    the run cannot be read. ``judged``: whether its figures are of the test rows.
    ``seconds``: that it has been worked on. ``order``: when it was planned, in Unix seconds.
    ``leaks``: columns that decide the label alone."""

    folder: RunFolder
    name: str
    model: str = ""
    data: str = ""
    state: str = ""
    running: bool = False
    over: bool = False
    measure: Measure | None = None
    value: float | None = None
    rival: Rival | None = None
    seconds: float = 0.0
    order: float = 0.0
    problem: Problem | None = None
    judged: bool = False
    leaks: tuple[Problem, ...] = ()

    @property
    def shown(self) -> str:
        """Its figure in words."""
        return NOTHING if self.measure is None else self.measure.text(self.value)


def row_of(run: RunState | BadRun) -> RunRow:
    """A run as a row."""
    if isinstance(run, BadRun):
        return RunRow(run.folder, run.folder.path.name, problem=run.problem)
    measures = measures_of(run.plan.model)
    own, others = figures_of(run)
    measure = next((known for known in measures if own.get(known.key) is not None), measures[0] if measures else None)
    value = None if measure is None else own.get(measure.key)
    rival = None if measure is None else rival_of(own, others, measure.key, higher=measure.higher)
    return RunRow(
        run.folder, run.plan.name, model_name(run.plan.model), data_name(run.plan.data), _state(run),
        run.status == "running", run.status == "finished", measure, value, rival, run.seconds,
        run.plan.created.timestamp(), judged=NETWORK in run.judged, leaks=run.leaks,
    )  # fmt: skip


def _state(run: RunState) -> str:
    words = QCoreApplication.translate("Runs", "out of time") if run.ended_early else doing_words(run.status)
    over = (run.status == "finished" and not run.ended_early) or (
        run.status in ("failed", "diverged") and not run.epochs
    )
    if over or not run.planned:
        return words
    done = grouped(run.epochs)
    return f"{words} · {done}" if run.auto else f"{words} · {done}/{grouped(run.planned)}"


def rows_of(runs: Sequence[RunState | BadRun]) -> tuple[RunRow, ...]:
    """The runs as rows, the latest first."""
    return tuple(sorted(map(row_of, runs), key=lambda row: -row.order))


Index = QModelIndex | QPersistentModelIndex
ROW, SORT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
"""Roles: the whole :class:`RunRow`, and what a column is sorted by."""


class Column(IntEnum):
    """From left to right, each with its width; that of the name, 0, is what the others leave.

    ``least``: the width to which it first gives way in a narrow table. ``can_go``: it is left out of a narrower one,
    from left to right. Which data a run is of stays.
    """

    width: int
    least: int
    can_go: bool

    def __new__(cls, width: int, least: int | None = None, can_go: bool = False) -> Column:
        column = int.__new__(cls, len(cls.__members__))
        column._value_ = len(cls.__members__)
        column.width, column.least, column.can_go = width, width if least is None else least, can_go
        return column

    NAME = 0
    DATA = 150
    MEASURE = 92, None, True
    OWN = 78
    RIVAL = 196, 150
    GAIN = 196, 148
    TIME = 92, None, True
    STATE = 108
    OPEN = 58


class _ColumnContent(NamedTuple):
    """What a column says of a run, and what it is sorted by."""

    heading: str
    tip: str
    text: Callable[[RunRow], str]
    order: Callable[[RunRow], str | float]


class RunsModel(QAbstractTableModel):
    """``rename(row, name)``: is asked to give a run another name, and says whether it has."""

    def __init__(self, rename: Callable[[RunRow, str], bool]) -> None:
        super().__init__()
        self._rename = rename
        self.rows: tuple[RunRow, ...] = ()
        self._content = {
            Column.NAME: _ColumnContent(
                self.tr("run"), self.tr("F2 gives it another name"),
                lambda row: row.name, lambda row: row.name.casefold(),
            ),
            Column.DATA: _ColumnContent(self.tr("data"), "", lambda row: row.data, lambda row: row.data.casefold()),
            Column.MEASURE: _ColumnContent(
                self.tr("measure"), about_rows(),
                lambda row: "" if row.measure is None else row.measure.name,
                lambda row: "" if row.measure is None else row.measure.key.casefold(),
            ),
            Column.OWN: _ColumnContent(
                self.tr("this run"), self.tr("On the test rows; on the validation rows while it is not done"),
                lambda row: "" if row.problem is not None else row.shown,
                lambda row: -1.0 if row.value is None else row.value,
            ),
            Column.RIVAL: _ColumnContent(
                self.tr("best simple model"), self.tr("The best of those compared with, on the same rows"),
                self._rival, lambda row: -1.0 if row.rival is None else row.rival.value,
            ),
            Column.GAIN: _ColumnContent(
                self.tr("worse → better"),
                self.tr("The ring is the simple model, the dot this run; the ends are 20 % worse and 20 % better."
                        " Level: the difference is within two standard errors."),
                self._standing, lambda row: -9.0 if row.rival is None else row.rival.gain,
            ),
            Column.TIME: _ColumnContent(
                self.tr("time"), self.tr("Worked on it, pauses left out"),
                lambda row: duration(row.seconds) if row.seconds else NOTHING if row.problem is None else "",
                lambda row: row.seconds,
            ),
            Column.STATE: _ColumnContent(
                self.tr("state"), "",
                lambda row: row.state if row.problem is None else self.tr("damaged"),
                lambda row: row.state.casefold(),
            ),
            Column.OPEN: _ColumnContent(
                "", "",
                lambda row: self.tr("Open") if row.problem is None else "",
                lambda row: row.order,
            ),
        }  # fmt: skip

    def set_rows(self, rows: tuple[RunRow, ...]) -> None:
        """Show other rows; where only values have changed, what is chosen stays so."""
        if rows == self.rows:
            return
        if [row.folder for row in rows] == [row.folder for row in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        text, tip, *_ = self._content[Column(section)]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(tip)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return text if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == Column.NAME and self.rows[index.row()].problem is None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], Column(index.column())
        if role == ROW:
            return row
        if role == SORT:
            return self._content[column].order(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._content[column].text(row)
        if role == Qt.ItemDataRole.EditRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(row, column))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = str(value).strip()
        row = self.rows[index.row()]
        return bool(name) and name != row.name and self._rename(row, name)

    def _rival(self, row: RunRow) -> str:
        if row.rival is None or row.measure is None:
            if row.problem is not None:
                return ""
            return self.tr("not compared") if row.over else self.tr("not yet compared")
        return f"{row.measure.text(row.rival.value)} {simple_name(row.rival.name)}"

    def _standing(self, row: RunRow) -> str:
        words = {"better": self.tr("better"), "level": self.tr("level"), "worse": self.tr("worse"), None: ""}
        return words[None if row.rival is None else row.rival.standing]

    def _tip(self, row: RunRow, column: Column) -> str:
        if row.problem is not None:
            return sentence_of(row.problem)
        if column == Column.NAME:
            return f"{row.model} · {row.folder.path}"
        if column == Column.GAIN and row.rival is not None and row.rival.error is not None and row.measure is not None:
            apart = difference_words(row.value or 0.0, row.rival.value, row.rival.error, row.measure)
            said = [apart, about_errors(row.rival)]
            return "\n".join([*said, *map(sentence_of, row.leaks)])
        if column in (Column.OWN, Column.RIVAL) and row.value is not None:
            rows = self.tr("On the test rows") if row.judged else self.tr("On the validation rows, so far")
            return f"{self._content[column].text(row)}\n{rows}"
        return self._content[column].text(row)
