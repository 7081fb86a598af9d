"""Where a network's table lies by now: moved with the network, it is found beside it; else a person says where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.data.choice import DataChoice
from engine.problems import EngineError, ProblemKind, declare

if TYPE_CHECKING:
    from engine.data.dataset import Dataset
    from engine.formats.base import NetworkFile, SavedRun
    from engine.graph.model import NetworkGraph

LOOK_BYTES = 1 << 20
"""So much of a table is looked at for its columns."""

FOUND_BESIDE = declare(
    "file.data-beside",
    "{path} no longer exists. “{name}”, which lies beside the network and has the same columns, is used instead.",
)
FOUND_ELSEWHERE = declare(
    "file.data-elsewhere", "“{name}” is used instead of {path}. Save the network to keep it that way."
)
OTHER_COLUMNS = declare(
    "file.other-columns", "“{name}” lacks what the network reads ({missing}); choose the table that it was trained on."
)


def with_data_beside(path: Path, file: NetworkFile) -> NetworkFile:
    """The network in the file at ``path``: where its table is gone and one of that name, with the columns that it
    reads, lies beside it, with that one, which is said."""
    found = _beside(path, file.data)
    if found is None:
        return file
    try:
        return _with_data_at(found, file, FOUND_BESIDE)
    except EngineError:
        return file  # opening it says which is missing


def with_data_at(table: Path, file: NetworkFile) -> NetworkFile:
    """The network with its data from this table, which is said. Raises EngineError where that cannot be read, or lacks
    columns."""
    return _with_data_at(table, file, FOUND_ELSEWHERE)


def _with_data_at(table: Path, file: NetworkFile, said: ProblemKind) -> NetworkFile:
    from engine.data.catalogue import load  # what reads tables takes long to import
    from engine.data.sampling import Limits

    choice = file.data.model_copy(update={"path": str(table.absolute())})
    missing = _missing(file.graph, load(choice, limits=Limits(file_bytes=LOOK_BYTES)))
    if missing:
        raise EngineError(OTHER_COLUMNS(name=table.name, missing=", ".join(f"“{token}”" for token in missing)))
    notice = said(path=file.data.path or "", name=table.name)
    runs = tuple(_moved(run, file.data.path, choice.path) for run in file.runs)
    return replace(file, data=choice, runs=runs, notices=(*file.notices, notice))


def _moved(run: SavedRun, old: str | None, new: str | None) -> SavedRun:
    """The run, with its data from a ``new`` place where they were at the ``old`` one."""
    if run.end is None or run.end.data.path != old:
        return run
    return replace(run, end=replace(run.end, data=run.end.data.model_copy(update={"path": new})))


def _beside(path: Path, choice: DataChoice) -> Path | None:
    """Where a table that is gone lies beside the network, by its name, written as any system does."""
    if choice.source != "file" or not choice.path:
        return None
    try:
        if Path(choice.path).exists():
            return None
        found = path.with_name(choice.path.replace("\\", "/").rsplit("/", 1)[-1])
        return found if found.is_file() else None
    except (OSError, ValueError):  # the latter: no file can have such a name
        return None


def _missing(graph: NetworkGraph, dataset: Dataset) -> list[str]:
    """What the network's inputs read and the table, looked at in part, does not have: a category's level may be further
    down."""
    from engine.data.features import available_features

    there = {feature.token for feature in available_features(dataset)}
    levelled = tuple(one.name for one in dataset.inputs if one.levels)
    read = dict.fromkeys(token for block in graph.blocks for token in block.declaration.features(block.params) or ())
    return [token for token in read if token not in there and not (levelled and token.startswith(levelled))]
