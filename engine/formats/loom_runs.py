"""How a network file writes down the runs beside the present one: each as a network, with how far it had come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile, SavedRun
from engine.formats.loom_arrays import RUN, WEIGHTS, Arrays, Nested, checked, nested, unnested
from engine.formats.loom_progress import Damaged, ProgressDocument, kept, parts_of, restored
from engine.formats.progress import MOST_STEPS, RunBranch
from engine.graph.model import NetworkGraph
from engine.graph.validation import MOST_BLOCKS
from engine.graph.weights import WeightKey, check_weights
from engine.hyperparameters import Hyperparameters
from engine.problems import EngineError

MOST_RUNS = 256
"""Of a file."""

_Number = Annotated[int, Field(ge=0, lt=MOST_STEPS)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Branch(_Strict):
    """Where a run has left the one with this ``number``, whether that is in the file or not."""

    number: _Number
    step: _Number
    epoch: Annotated[FiniteFloat, Field(ge=0.0)]


class _End(_Strict):
    """A network, as far as a run of it went; it may be another one than the file's."""

    graph: NetworkGraph
    training: Hyperparameters
    data: DataChoice
    weights: Nested = {}
    progress: ProgressDocument | None = None


class RunDocument(_Strict):
    """One of the ``runs`` of a network file. ``present``: the one that the file's own weights are of; it has no ``end``
    where it stands there."""

    number: _Number
    present: bool = False
    branch: _Branch | None = None
    end: _End | None = None


def run_sections(runs: tuple[SavedRun, ...], *, inline: bool) -> list[dict[str, Any]]:
    """The section as plain data; its arrays only where they are not to lie beside the file."""
    return [_section(run, inline=inline) for run in runs]


def _section(run: SavedRun, *, inline: bool) -> dict[str, Any]:
    section: dict[str, Any] = {"number": run.number}
    if run.is_present:
        section["present"] = True
    if run.branch is not None:
        section["branch"] = {"number": run.branch.number, "step": run.branch.step, "epoch": run.branch.epoch}
    if (end := run.end) is not None:
        section["end"] = {
            "graph": end.graph.model_dump(mode="json"),
            "training": end.hyper.model_dump(mode="json"),
            "data": end.data.model_dump(mode="json"),
            "weights": nested(end.weights) if inline else {},
            "progress": end.progress and kept(end.progress, inline=inline),
        }
    return section


def run_parts(runs: tuple[SavedRun, ...]) -> dict[str, Arrays]:
    """The arrays of the runs, as :mod:`engine.formats.loom_arrays` tells them apart."""
    parts: dict[str, Arrays] = {}
    for run in runs:
        if run.end is not None:
            own = {WEIGHTS: run.end.weights} | (parts_of(run.end.progress) if run.end.progress is not None else {})
            parts |= {RUN.format(number=run.number) + part: arrays for part, arrays in own.items()}
    return parts


def read_runs(
    path: Path, content: object, beside: Mapping[str, Mapping[WeightKey, object]]
) -> Iterator[SavedRun | None]:
    """The runs of a file's section, None for each that is damaged; ``beside``: what lies in a file of its own."""
    numbers = set[int]()
    for place, section in enumerate(content if isinstance(content, list) else [content]):
        try:
            run = _restored(path, RunDocument.model_validate(section), beside)
        except (ValidationError, Damaged, EngineError):
            yield None
            continue
        yield run if run.number not in numbers and place < MOST_RUNS else None
        numbers.add(run.number)


def _restored(path: Path, document: RunDocument, beside: Mapping[str, Mapping[WeightKey, object]]) -> SavedRun:
    """One run. Raises Damaged and EngineError."""
    branch, end = document.branch, document.end
    if end is None and not document.present:
        raise Damaged("runs.end")
    return SavedRun(
        document.number,
        document.present,
        None if branch is None else RunBranch(branch.number, branch.step, branch.epoch),
        None if end is None else _network(path, end, _parts_of_run(document.number, beside)),
    )


def _parts_of_run(
    number: int, beside: Mapping[str, Mapping[WeightKey, object]]
) -> dict[str, Mapping[WeightKey, object]]:
    prefix = RUN.format(number=number)
    return {
        part.removeprefix(prefix): arrays
        for part, arrays in beside.items()
        if part == prefix or part.startswith(f"{prefix}/")
    }


def _network(path: Path, end: _End, beside: Mapping[str, Mapping[WeightKey, object]]) -> NetworkFile:
    if len(end.graph.blocks) > MOST_BLOCKS:
        raise Damaged("runs.graph")
    weights = checked(path, unnested(end.weights) | dict(beside.get(WEIGHTS, {})))
    check_weights(end.graph, None, weights)
    progress = None if end.progress is None else restored(end.progress, beside, weights)
    if progress is not None and progress.diagnosis is not None:  # a run is kept as far as it was sound
        raise Damaged("runs.progress.breakdown")
    return NetworkFile(end.graph, end.training, end.data, weights, progress=progress)
