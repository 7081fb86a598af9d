"""A fingerprint of a person's own files: what tells whether they are still those that a model was trained on."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.data.problems import FILE_MISSING
from engine.data.sampling import reading
from engine.opening import file_state, open_file
from engine.problems import EngineError, Problem, declare, document_of, problem_in
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.logs.file_set import file_set_at
from engine.validation import sentence_of

NO_FINGERPRINT = declare(
    "recommender.no-fingerprint",
    "This checkpoint doesn't say which file it was trained on ({reason}). Use another copy or train again.",
)
DATA_LOST = declare(
    "recommender.data-needed",
    "The training data {paths} can't be found. Put {count:it|them} back, or find the {count:file|files} elsewhere.",
)


class Fingerprint(BaseModel):
    """``bytes`` and ``sha256`` of all the files together, and the ``rows`` that were read of them. ``items``: the
    sha256 of the table of items alone, where that is a file apart."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    rows: int = Field(ge=0)
    items: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")

    @classmethod
    def of(cls, data: RecommenderData) -> Fingerprint:
        """Of the files of a choice, before a row of them is read: a change meanwhile makes them other files than these.
        Raises EngineError for an unreadable one."""
        return cls(bytes=bytes_of(data), sha256=_sha256(files_of(data)), rows=0, items=_items_sha256(data))

    def with_rows(self, rows: int) -> Fingerprint:
        """The same, of which so many rows were read."""
        return self.model_copy(update={"rows": rows})

    def fits(self, data: RecommenderData) -> bool:
        """Whether the files of a choice are the same, byte by byte. Raises EngineError where they cannot be read."""
        return bytes_of(data) == self.bytes and _sha256(files_of(data)) == self.sha256

    def changed_file(self, data: RecommenderData) -> Path | None:
        """The file to name where those of a choice aren't the same: the table of items where that has changed, else the
        data. Raises EngineError where it cannot be read."""
        return data.items_file if self.items not in (None, _items_sha256(data)) else data.path


def fingerprint_in(kept: Mapping[str, Any]) -> Fingerprint | None:
    """The one in the JSON of a checkpoint; None in one of old, and for data that are no person's own.

    Raises EngineError for what is none.
    """
    try:
        found = kept.get("fingerprint")
        return None if found is None else Fingerprint.model_validate(found)
    except ValidationError as error:
        raise EngineError(NO_FINGERPRINT(reason=sentence_of(error).sentence.rstrip("."))) from None


def document_of_data(
    data: RecommenderData, fingerprint: Fingerprint | None, split: int, notices: Sequence[Problem]
) -> dict[str, Any]:
    """What the JSON of a checkpoint says of its data: the choice, the seed of the split, the fingerprint, and the
    ``notices`` of how they were read."""
    told = None if fingerprint is None else fingerprint.model_dump(exclude_none=True)
    said = [document_of(notice) for notice in notices]
    return {"data": data.model_dump(mode="json"), "split": split, "fingerprint": told, "notices": said}


def notices_in(kept: Mapping[str, Any]) -> tuple[Problem, ...]:
    """How the data were read, from the JSON of a checkpoint; nothing in one of old."""
    found = kept.get("notices")
    return tuple(problem_in(said) for said in found if isinstance(said, Mapping)) if isinstance(found, list) else ()


def bytes_of(data: RecommenderData) -> int:
    """The size of the files of a choice. Raises EngineError where one is missing."""
    return sum(map(_size, files_of(data)))


def _size(path: Path) -> int:
    with reading(path):
        try:
            return file_state(path).st_size
        except FileNotFoundError as error:
            raise EngineError(FILE_MISSING(path=path)) from error


def _items_sha256(data: RecommenderData) -> str | None:
    return None if data.items_file is None else _sha256(_files_at(data.items_file))


def _sha256(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with reading(path), open_file(path) as file:
            while part := file.read(1 << 20):
                digest.update(part)
    return digest.hexdigest()


def missing_file(data: RecommenderData) -> Path | None:
    """The first of a choice's files that isn't there; None where all are."""
    return next(iter(missing_files(data)), None)


def missing_files(data: RecommenderData) -> tuple[Path, ...]:
    """Those of a choice's files that aren't there, or in whose place another thing lies: a pipe, a device, or a folder
    where only a file can be read."""
    may_be_folder = data.table is None
    return tuple(path for path in _places(data) if _is_missing(path, may_be_folder and path == data.path))


def lost_data(data: RecommenderData) -> Problem | None:
    """Say which of a choice's files can't be found, and what to do about it; None where all can."""
    missing = missing_files(data)
    return DATA_LOST(**names_of(missing)) if missing else None


def check_found(data: RecommenderData) -> None:
    """Raise EngineError where a file of a choice can't be found."""
    if (lost := lost_data(data)) is not None:
        raise EngineError(lost)


def names_of(paths: Sequence[Path]) -> dict[str, object]:
    """What fills files into a sentence: ``paths``, all their names, and ``count``."""
    return {"paths": ", ".join(f"“{path.name}”" for path in paths), "count": len(paths)}


def files_of(data: RecommenderData) -> Iterator[Path]:
    """The table or log itself, of a folder all files in it, and the table of the items. Raises EngineError for a folder
    that cannot be read."""
    for path in _places(data):
        yield from _files_at(path)


def _files_at(path: Path) -> Iterator[Path]:
    if os.path.isdir(path):
        members = file_set_at(path).members
        yield from (path / members[name] for name in sorted(members))
    else:
        yield path


def _is_missing(path: Path, may_be_folder: bool) -> bool:
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):  # it is there and may not be looked at, or no file has such a name
        return False
    return not (stat.S_ISREG(mode) or (may_be_folder and stat.S_ISDIR(mode)))


def _places(data: RecommenderData) -> Iterator[Path]:
    table = None if data.item_table is None else data.item_table.path
    yield from dict.fromkeys(path for path in (data.path, table) if path is not None)
