"""What a file format declares, the content that all of them share, and the registry of formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.data.choice import DataChoice
from engine.graph.model import NetworkGraph
from engine.graph.weights import WeightKey
from engine.hyperparameters import Hyperparameters
from engine.problems import declare

UNREADABLE = declare(
    "file.unreadable", "“{path}” cannot be read ({reason}); check that it exists and that you may open it."
)
UNWRITABLE = declare(
    "file.unwritable", "“{path}” cannot be written ({reason}); choose another place or free some space."
)


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """What a network file holds. ``weights`` by (block id, name); empty means seeded start values."""

    graph: NetworkGraph
    hyper: Hyperparameters = field(default_factory=Hyperparameters)
    data: DataChoice = field(default_factory=DataChoice)
    weights: Mapping[WeightKey, NDArray[np.float64]] = field(default_factory=dict)
    title: str = ""


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

    Raises EngineError with one sentence whatever is wrong with it.
    """

    def doubt(one: FileFormat) -> tuple[bool, bool]:
        return not one.recognises(path), path.suffix.lower() not in one.suffixes

    for one in sorted(formats(), key=doubt):
        if one.read is not None:
            return one.read(path)
    raise LookupError("no registered format can be read")


def write_network(path: Path, content: NetworkFile) -> None:
    """Write a network by the format that the file's name claims, else by the first that can be written.

    Raises EngineError; what was there before then still is.
    """
    for one in sorted(formats(), key=lambda one: path.suffix.lower() not in one.suffixes):
        if one.write is not None:
            return one.write(path, content)
    raise LookupError("no registered format can be written")
