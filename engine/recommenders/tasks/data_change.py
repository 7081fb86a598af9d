"""What has become of a person's own file since a network was trained on it, and whether two learned from the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.fingerprint import (
    DATA_LOST,
    Fingerprint,
    bytes_of,
    fingerprint_in,
    missing_files,
    names_of,
    notices_in,
)
from engine.recommenders.running.checkpoints import Checkpoint
from engine.recommenders.tasks.base import Carried, TaskKind

if TYPE_CHECKING:
    from engine.data.sampling import Watch
    from engine.recommenders.data.profile.forms import Form
    from engine.recommenders.data.profile.shapes import Profile
    from engine.recommenders.data.row_snapshot import Frames, RowChanges

MOST_COMPARED = 512 << 20
"""Bytes of a file that is read again to count what is new in it."""

DATA_GONE = declare(
    "recommender.data-gone",
    "{paths} {count:isn't|aren't} there any more; answers and figures are those of the rows that the checkpoint"
    " carries.",
)
OTHER_THAN_TRAINED = declare(
    "recommender.other-than-trained",
    "“{path}” has changed since training, and this checkpoint of an earlier version doesn't carry its rows: figures are"
    " for the rows as they are now.",
)
DATA_UNREADABLE = declare(
    "recommender.data-unreadable",
    "{reason} “{path}” can't be read as it was; figures are for the rows it was trained and tested on.",
)
ONE_ROW_ADDED = declare(
    "recommender.one-row-added",
    "One row was added to “{path}”; figures are for the rows it was trained and tested on.",
)
ROWS_ADDED = declare(
    "recommender.rows-added",
    "{added} rows were added to “{path}”; figures are for the rows it was trained and tested on.",
)
ROWS_CHANGED = declare(
    "recommender.rows-changed",
    "Rows of “{path}” have changed (changed: {changed}, added: {added}, gone: {gone}); figures are for the rows it was"
    " trained and tested on.",
)
FILE_CHANGED = declare(
    "recommender.file-changed",
    "“{path}” has changed, but only in order, formatting, or rows and columns that aren't read. Figures and titles are"
    " those from training.",
)
TITLES_CHANGED = declare(
    "recommender.titles-changed",
    "Only titles have changed in “{path}”. The titles shown here are those from training.",
)
DESCRIPTIONS_CHANGED = declare(
    "recommender.descriptions-changed",
    "“{path}” has changed in its facts about users or items, not in who watched what. Everything here is as it "
    "was in training.",
)
TITLES_CHANGED_TOO = declare(
    "recommender.titles-changed-too",
    "Titles in “{path}” have changed, too. The titles shown here are those from training.",
)
DESCRIPTIONS_CHANGED_TOO = declare(
    "recommender.descriptions-changed-too",
    "Facts about users or items in “{path}” have changed, too. Those used here are as they were in training.",
)
LARGE_FILE_CHANGED = declare(
    "recommender.large-file-changed",
    "“{path}” has changed; figures are for the rows it was trained and tested on.",
)
LARGE_FILE_NEEDED = declare(
    "recommender.large-file-needed",
    "“{path}” has changed since training, and the checkpoint doesn't carry its rows; find the file as it was to see"
    " answers and figures.",
)
NOT_THE_FILE = declare(
    "recommender.not-the-file",
    "“{path}” isn't the training file: it has only {kept} of its {trained} {trained:row|rows}. Choose another.",
)
NOT_THE_FILE_UNREADABLE = declare(
    "recommender.not-the-file-unreadable",
    "{reason} As it is, “{path}” isn't the training file.",
)
NOT_COMPARABLE = declare(
    "recommender.not-comparable",
    "“{path}” isn't the training file as it was, and can't be compared with it row by row. Choose another.",
)
NEW_ROWS_CHANGED = declare(
    "recommender.rows-changed-not-added",
    "Rows of “{path}” look changed rather than added (changed: {changed}, added: {added}, gone: {gone}), so this score"
    " can't be taken as one on unseen rows.",
)
NEW_ROWS_PARTLY_CHANGED = declare(
    "recommender.rows-changed-and-added",
    "Rows of training are no longer in “{path}” as they were (changed: {changed}, added: {added}, gone: {gone}), so"
    " this score isn't surely one on unseen rows.",
)
ADDED_CAN_BE_JUDGED = declare("recommender.added-can-be-judged", "“evaluate --rows new” judges it on the added rows.")
CHANGED_CAN_BE_JUDGED = declare(
    "recommender.changed-can-be-judged", "“evaluate --rows new” judges it on the rows that were added or changed."
)
COPIES_AMONG_NEW = declare(
    "recommender.copies-among-new",
    "{copies} of the {added} added {added:row|rows} {copies:equals a row|equal rows} known from training. They count as"
    " new cases; if they are copies, remove them, since they flatter the score.",
)


@dataclass(frozen=True, slots=True)
class DataChange:
    """``problem``: what is different, in a sentence; ``further``: what else is. ``changed``, ``added``, ``gone``: rows,
    as :func:`engine.recommenders.data.row_snapshot.row_changes` counts them, and ``trained`` those of the training; 0
    where they cannot be counted. ``judged``: rows that the network could be judged on anew, 0 where none was added.
    ``none_judged``: why not, where some were. ``missing``: the first file that isn't there. ``notices``: those of
    reading the file as it is now that training didn't have."""

    problem: Problem
    changed: int = 0
    added: int = 0
    gone: int = 0
    trained: int = 0
    judged: int = 0
    none_judged: Problem | None = None
    missing: Path | None = None
    notices: tuple[Problem, ...] = ()
    further: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is different, a sentence each."""
        return (self.problem, *self.further)

    @property
    def is_of_training(self) -> bool:
        """Whether the file is the one of the training, changed since: most of its rows are there."""
        return 2 * (self.changed + self.gone) < self.trained

    @property
    def offer(self) -> Problem | None:
        """What a judging on the new rows would be on, or why there can't be one; None where there are none."""
        if not self.judged:
            return self.none_judged
        return (CHANGED_CAN_BE_JUDGED if _may_have_changed(self) else ADDED_CAN_BE_JUDGED)()

    @property
    def can_be_found(self) -> bool:
        """Whether the file of the training may lie elsewhere: the one at its place is missing or isn't that file."""
        return not self.is_of_training and self.problem.code != LARGE_FILE_CHANGED.code


def why_another(change: DataChange, path: str) -> Problem | None:
    """Why a file that was found isn't the one of the training; None where it is."""
    if change.is_of_training:
        return None
    if change.trained:
        kept = change.trained - change.changed - change.gone
        return NOT_THE_FILE(path=path, kept=f"{kept:,}", trained=f"{change.trained:,}")
    if change.problem.code == DATA_UNREADABLE.code:
        return NOT_THE_FILE_UNREADABLE(path=path, reason=change.problem.parameters["reason"])
    return NOT_COMPARABLE(path=path)


_CHANGES = frozenset(
    kind.code
    for kind in (
        DATA_GONE, DATA_LOST, OTHER_THAN_TRAINED, DATA_UNREADABLE, ONE_ROW_ADDED, ROWS_ADDED,
        ROWS_CHANGED, FILE_CHANGED, TITLES_CHANGED, DESCRIPTIONS_CHANGED,
        TITLES_CHANGED_TOO, DESCRIPTIONS_CHANGED_TOO, LARGE_FILE_CHANGED, LARGE_FILE_NEEDED,
    )
)  # fmt: skip


def is_data_change(problem: Problem) -> bool:
    """Whether a problem is one that :func:`change_of_data` finds; in a run's log it may be out of date."""
    return problem.code in _CHANGES


def change_of_data(kind: TaskKind[Any], checkpoint: Checkpoint, data: RecommenderData) -> DataChange | None:
    """How the file of a choice differs from the one that a checkpoint was trained on; None where it does not, as far
    as a checkpoint of an earlier version can tell. Neither loads torch nor raises for a file that is gone or damaged.

    Raises EngineError for a damaged checkpoint.
    """
    if data.path is None:
        return None
    fingerprint, path = fingerprint_in(checkpoint.model), data.path.name
    if missing := missing_files(data):
        gone = DATA_GONE if "rows" in checkpoint.model else DATA_LOST
        return DataChange(gone(**names_of(missing)), missing=missing[0])
    try:
        if _is_same(kind, checkpoint, fingerprint, data):
            return None
        if fingerprint is None:
            return DataChange(OTHER_THAN_TRAINED(path=path))
        changed = (fingerprint.changed_file(data) or data.path).name
        if "rows" not in checkpoint.model:
            return DataChange(LARGE_FILE_NEEDED(path=changed))
        if bytes_of(data) > MOST_COMPARED:
            return DataChange(LARGE_FILE_CHANGED(path=changed))
    except EngineError as error:
        return DataChange(DATA_UNREADABLE(path=path, reason=error.problem))
    rows = checkpoint.rows()
    assert rows is not None
    return _counted(kind, Carried(checkpoint.model, rows), data, path, changed)


def _is_same(
    kind: TaskKind[Any], checkpoint: Checkpoint, fingerprint: Fingerprint | None, data: RecommenderData
) -> bool:
    if fingerprint is not None:
        return fingerprint.fits(data)
    return bytes_of(data) > MOST_COMPARED or kind.fits(checkpoint.model, data)


def are_judged_alike(kind: TaskKind[Any], one: Checkpoint, other: Checkpoint) -> bool | None:
    """Whether the figures of two networks are of the same rows, target and split. Which columns each of them reads, and
    as what, is a setting of the network. None where a checkpoint of an earlier version doesn't say.

    Raises EngineError for a damaged checkpoint.
    """
    both = (one, other)
    prints = [fingerprint_in(checkpoint.model) for checkpoint in both]
    try:
        alike = kind.judged_as(one.model) == kind.judged_as(other.model)
        choices = [RecommenderData.model_validate(checkpoint.model["data"]) for checkpoint in both]
    except (LookupError, TypeError, AttributeError, ValidationError):
        return None
    if any(choice.path is not None and print_ is None for choice, print_ in zip(choices, prints, strict=True)):
        return None
    if not alike or choices[0].source != choices[1].source:
        return False
    if prints[0] == prints[1] and choices[0].of_rows == choices[1].of_rows:
        return True
    from engine.recommenders.data.row_snapshot import are_same_rows

    ours, theirs = (checkpoint.rows() for checkpoint in both)
    return ours is not None and theirs is not None and are_same_rows(ours, theirs)


def profile_since(
    kind: TaskKind[Any], checkpoint: Checkpoint, data: RecommenderData, form: Form | None, watch: Watch
) -> Profile:
    """What is in the data that a network has learned from: in the rows that its checkpoint carries, where the file is
    another by now. The title then says so, and the change comes first among the warnings. Raises EngineError."""
    from engine.recommenders.data.profile.profiling import profile

    change = change_of_data(kind, checkpoint, data)
    rows = None if change is None else checkpoint.rows()
    if rows is None:
        found = profile(_with_columns_read(kind, checkpoint, data), form, watch)
        title = found.title
    else:
        found = kind.profile_carried(Carried(checkpoint.model, rows), data, watch)
        title = f"{found.title} as it was in training"
    codes = {warning.code for warning in found.warnings}
    notices = [notice for notice in notices_in(checkpoint.model) if notice.code not in codes]
    problems = () if change is None else change.problems
    return found.model_copy(update={"title": title, "warnings": (*problems, *notices, *found.warnings)})


def _with_columns_read(kind: TaskKind[Any], checkpoint: Checkpoint, data: RecommenderData) -> RecommenderData:
    """The choice of a table without named columns, with those that the network reads: others were inferred once."""
    if data.table is None or data.table.categories or data.table.numbers or data.table.bags:
        return data
    read = kind.columns_read(checkpoint.model)
    uses = {"categories": "category", "numbers": "number", "bags": "bag"}
    named = {sort: tuple(name for name in read if read[name] == use) for sort, use in uses.items()}
    return data.model_copy(update={"table": data.table.model_copy(update=named)})


def is_unchanged(kind: TaskKind[Any], checkpoint: Checkpoint, data: RecommenderData) -> bool:
    """Whether the file of a choice, where it has one, is still the one that a checkpoint was trained on."""
    if data.path is None:
        return True
    try:
        return not missing_files(data) and _is_same(kind, checkpoint, fingerprint_in(checkpoint.model), data)
    except EngineError:  # it can't be read as it was
        return False


def _counted(kind: TaskKind[Any], carried: Carried, data: RecommenderData, path: str, changed: str) -> DataChange:
    from engine.recommenders.data.row_snapshot import changed_descriptions, identities, row_changes

    rows = carried.rows
    try:
        read = kind.read_rows(data)
        rows_now = read.frames
        before, now = identities(rows), identities(rows_now)
        found = row_changes(before, now)
        judged = kind.judged_rows(rows, rows_now) if found.added else 0
    except EngineError as error:
        return DataChange(DATA_UNREADABLE(path=changed, reason=error.problem))
    trained = notices_in(carried.kept)
    notices = tuple(notice for notice in read.notices if notice not in trained)
    described = changed_descriptions(rows, rows_now)
    if not any(found):
        about = TITLES_CHANGED if described == {"title"} else DESCRIPTIONS_CHANGED
        said = about if described else FILE_CHANGED
        return DataChange(said(path=changed), trained=len(before), notices=notices)
    if _may_have_changed(found):
        problem = ROWS_CHANGED(path=path, **_written(found))
    else:
        problem = ONE_ROW_ADDED(path=path) if found.added == 1 else ROWS_ADDED(path=path, added=f"{found.added:,}")
    too = TITLES_CHANGED_TOO if described == {"title"} else DESCRIPTIONS_CHANGED_TOO
    further = (too(path=changed),) if described else ()
    none = kind.none_judged(path) if found.added and not judged else None
    return DataChange(problem, *found, len(before), judged, none, notices=notices, further=further)


def _written(changes: RowChanges) -> dict[str, str]:
    return {name: f"{count:,}" for name, count in changes._asdict().items()}


def change_among_new(before: Frames, now: Frames, path: str) -> DataChange | None:
    """Say that rows of training have changed or are gone, so that new ones may be those; None where all are there."""
    from engine.recommenders.data.row_snapshot import identities, row_changes

    then = identities(before)
    found = row_changes(then, identities(now))
    if not _may_have_changed(found):
        return None
    problem = NEW_ROWS_CHANGED if found.gone >= found.added else NEW_ROWS_PARTLY_CHANGED
    return DataChange(problem(path=path, **_written(found)), *found, len(then))


def _may_have_changed(found: RowChanges | DataChange) -> bool:
    """Whether rows that count as added may be rows of training that have changed, as not all of those are there."""
    return found.changed > 0 or found.gone > 0


def copies_among_new(before: Frames, now: Frames) -> Problem | None:
    """Say how many of the rows that were added equal a row of training; None where none does.

    They are judged too: in a table of few columns a new case often equals a known one, and without those of the known
    outcome only the surprising ones would be left.
    """
    from engine.recommenders.data.row_snapshot import added_rows, count_copies, identities

    then, here = identities(before), identities(now)
    copies = count_copies(then, here)
    return COPIES_AMONG_NEW(copies=f"{copies:,}", added=f"{len(added_rows(then, here)):,}") if copies else None
