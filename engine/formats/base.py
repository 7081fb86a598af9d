"""What a file format declares, the content that all of them share, and the registry of formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.atomic import check_place
from engine.data.choice import DataChoice
from engine.formats.progress import Progress, RunBranch
from engine.formats.sheet import NO_VIEW, SheetView
from engine.graph.model import NetworkGraph
from engine.graph.validation import MANY_BLOCKS, MOST_BLOCKS
from engine.graph.weights import WeightKey
from engine.hyperparameters import Hyperparameters
from engine.problems import UNWRITABLE, EngineError, Problem, declare

READ_ONLY = declare(
    "file.read-only-format",
    "“{path}” cannot be written: networks in {suffix} files can only be read; choose a name that ends in {known}.",
)

NOT_A_NETWORK = declare(
    "file.not-a-network", "“{path}” exists and isn't a network. Choose another name so that it isn't overwritten."
)


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """What a network file holds. ``weights`` by (block id, name); empty means seeded start values. ``progress``: how
    far the run that made them had come, where that is known. ``first``: weights that a run begins with, where those are
    others than the seed's, so that beginning again goes back to them. ``view``: how it was looked at. ``runs``: the
    network's runs in the order of their beginnings, the present one among them; none where that is the only one and
    ``progress`` says all of it. ``notices``: what there is to say about the file that it was read from.
    """

    graph: NetworkGraph
    hyper: Hyperparameters = field(default_factory=Hyperparameters)
    data: DataChoice = field(default_factory=DataChoice)
    weights: Mapping[WeightKey, NDArray[np.float64]] = field(default_factory=dict)
    title: str = ""
    progress: Progress | None = None
    first: Mapping[WeightKey, NDArray[np.float64]] = field(default_factory=dict)
    view: SheetView = NO_VIEW
    runs: tuple[SavedRun, ...] = ()
    notices: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedRun:
    """A run of a network. ``number`` tells it from the others of its file. ``end``: as far as it went; None of the
    present run where that stands at its end."""

    number: int
    is_present: bool = False
    branch: RunBranch | None = None
    end: NetworkFile | None = None


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One format that networks are kept in.

    ``label`` is a source string of the context ``Files``, for dialogs; ``suffixes`` begin with a dot. ``recognises``
    takes a cheap look at the head of a file and never raises. ``read`` and ``write`` raise EngineError; a format that
    is only written has no ``read``, one that is only read has no ``write``.
    """

    key: str
    label: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Path], bool]
    read: Callable[[Path], NetworkFile] | None
    write: Callable[[Path, NetworkFile], None] | None


_FORMATS: dict[str, FileFormat] = {}


def register(file_format: FileFormat) -> None:
    """Make a format known. Raises ValueError when its key is taken."""
    if file_format.key in _FORMATS:
        raise ValueError(f"file format {file_format.key!r} is registered twice")
    _FORMATS[file_format.key] = file_format


def formats() -> tuple[FileFormat, ...]:
    """Every registered format, in the order of their list."""
    return tuple(_FORMATS.values())


def read_network(path: Path) -> NetworkFile:
    """Read a network by the format that recognises the file, else by the one that its name claims, else by the first.

    Raises EngineError with one sentence whatever is wrong with it, also for a network of too many blocks: a window
    would stand still while it draws them.
    """
    reader = _reader(path)
    if reader is None or reader.read is None:
        raise LookupError("no registered format can be read")
    found = reader.read(path)
    if (count := len(found.graph.blocks)) > MOST_BLOCKS:
        raise EngineError(MANY_BLOCKS(count=count, limit=MOST_BLOCKS))
    return found


def write_network(path: Path, content: NetworkFile) -> None:
    """Write a network by the format that the file's name claims; by the first that can be written where none does.

    Raises EngineError, also for a name whose format can only be read; what was there before then still is.
    """
    writer = _writer(path)
    if writer is not None and writer.write is not None:
        return writer.write(path, content)
    raise EngineError(_read_only(path))


def _read_only(path: Path) -> Problem:
    known = ", ".join(suffix for one in formats() if one.write is not None for suffix in one.suffixes)
    if not known:
        raise LookupError("no registered format can be written")
    return READ_ONLY(path=path.name, suffix=path.suffix.lower(), known=known)


def check_place_for(path: Path) -> None:
    """Try now whether a network could be written to ``path``, rather than when it is trained. Raises EngineError, also
    where something else than a network is there."""
    writer = _writer(path)
    if writer is None or writer.write is None:
        raise EngineError(_read_only(path))
    try:
        check_place(path)
        taken = path.exists() and path.stat().st_size > 0
    except OSError as error:
        raise EngineError(UNWRITABLE(path=path.name, reason=error.strerror or "error")) from error
    if taken and not any(known.recognises(path) for known in formats() if known.write is not None):
        raise EngineError(NOT_A_NETWORK(path=path.name))


def can_write(path: Path) -> bool:
    """Whether a network that is read from ``path`` can be written back there in the format that it has."""
    writer = _writer(path)
    return writer is not None and writer is _reader(path)


def _reader(path: Path) -> FileFormat | None:
    """The format that reads this file, if any can."""

    def doubt(one: FileFormat) -> tuple[bool, bool]:
        return not one.recognises(path), not _claims(one, path)

    return min((one for one in formats() if one.read is not None), key=doubt, default=None)


def _writer(path: Path) -> FileFormat | None:
    """The format that writes a file of this name: one that claims it, or the first where nobody does."""
    claiming = [one for one in formats() if _claims(one, path)]
    return next((one for one in claiming or formats() if one.write is not None), None)


def _claims(one: FileFormat, path: Path) -> bool:
    return path.suffix.lower() in one.suffixes
