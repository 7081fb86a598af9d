"""Checkpoints: one safetensors file from which a run goes on as if it had never stopped.

Tensors lie flat: ``<block>/<name>`` for dense parameters, buffers and tables, ``opt/<block>/<name>/<slot>`` for the
optimisers' memory. While a run still looks for its best epoch, what the best one so far has left lies beside that, each
name after ``best/``: the run goes on from the one, and whoever uses the network gets the other. The header's metadata
holds the version, the graph, the training settings and the cursor. All random numbers are drawn by counter, so that the
seed and the number of updates are the whole random state. What the caller knows of the model besides, vocabularies
above all, is JSON in a tensor of bytes, as a header may not pass 100 MB.

The rows that the network was trained, chosen and judged on lie beside that as ``rows/<table>/<column>/<part>``, laid
out by the JSON's ``rows``: what answers from a checkpoint needs no other file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from engine.graph.model import Block, NetworkGraph
from engine.graph.naming import name_of
from engine.network.plan import WeightKey
from engine.problems import EngineError, declare
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.settings import Training
from engine.recommenders.running.tensor_file import (
    DAMAGED,
    JSON,
    NOT_OURS,
    Stamp,
    check_writable,
    read_arrays,
    read_document,
    read_header,
    read_tensor,
    stamp_of,
    write_tensors,
)
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.validation import sentence_of

if TYPE_CHECKING:
    from torch import Tensor

    from engine.recommenders.data.row_snapshot import Frames, RowSnapshot

FORMAT = "neuroloom-recommender"
VERSION = 1

NOT_A_CHECKPOINT = declare(
    "recommender.not-a-checkpoint",
    "“{path}” exists and isn't a checkpoint. Choose another name so that it isn't overwritten.",
)
OTHER_VERSION = declare(
    "recommender.checkpoint-other-version",
    "“{path}” has format version {version}, and this Neuroloom reads version {known}; use a newer Neuroloom for it.",
)
NOT_FINITE = declare(
    "recommender.checkpoint-not-finite",
    "“{path}” is damaged: “{name}” contains numbers that aren't finite. Use another copy or train again.",
)
OTHER_SHAPE = declare(
    "recommender.checkpoint-other-shape",
    "“{path}” belongs to another graph: “{name}” of block “{block}” is {found} in the checkpoint and "
    "{expected} in the graph. Use the graph it was saved with.",
)
OTHER_BLOCK = declare(
    "recommender.checkpoint-other-block",
    "“{path}” belongs to another graph: block “{block}” {difference}. Use the graph it was saved with.",
)
OTHER_ORDER = declare(
    "recommender.checkpoint-other-order",
    "“{path}” was saved with {name} {found}; this run has {expected}. A run can only continue with the same {name}.",
)
NO_OPTIMISER_STATE = declare(
    "recommender.checkpoint-no-optimiser-state",
    "“{path}” lacks the optimiser's memory of “{name}” of block “{block}”. It can be evaluated, but training "
    "can't continue from it. Choose a checkpoint that a training run wrote.",
)

_Count = Annotated[int, Field(ge=0)]
BEST = "best/"
ROWS = "rows/"


@dataclass(frozen=True, slots=True)
class Best:
    """The best moment of a run so far: after so many ``epochs`` and ``updates``, ``value`` being what was found on the
    rows that it chooses by, None for what is not finite."""

    epochs: _Count
    updates: _Count
    value: float | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a run is: the next batch is number ``step`` of ``epoch``, both from 0, after ``updates`` updates in all.

    ``loss``: the sum of the losses of the epoch so far, and ``weight`` what their sum is to be divided by.
    Of a run that looks for its ``best`` epoch, ``stage`` says whether it still does, has found it and learns from what
    it was chosen by, or is done.
    """

    epoch: _Count = 0
    step: _Count = 0
    updates: _Count = 0
    loss: float = 0.0
    weight: float = 0.0
    best: Best | None = None
    stage: Literal["learning", "closing", "done"] = "learning"


_CURSORS = TypeAdapter(Cursor)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint holds. ``shapes``: of its tensors by name; the tensors stay in the file until asked for.
    ``stamp``: tells the file that this was read from, as a run that goes on puts another one in its place."""

    path: Path
    cursor: Cursor
    graph: NetworkGraph
    training: Training
    model: Mapping[str, Any]
    shapes: Mapping[str, tuple[int, ...]]
    stamp: Stamp

    def tensor(self, name: str) -> Tensor:
        """One tensor, mapped from the file: copy what is to outlive it. Raises KeyError, or EngineError."""
        if name not in self.shapes:
            raise KeyError(name)
        return read_tensor(self.path, name)

    def rows(self) -> Frames | None:
        """The tables that the model learned from; None where the checkpoint carries none. Raises EngineError."""
        from polars.exceptions import PolarsError

        from engine.recommenders.data.row_snapshot import RowSnapshot, array_names, unpacked

        layout = self.model.get("rows")
        if layout is None:
            return None
        try:
            names = array_names(layout)
            found = read_arrays(self.path, [ROWS + name for name in names])
            return unpacked(RowSnapshot(layout, {name: found[ROWS + name] for name in names}))
        except (ValueError, KeyError, TypeError, PolarsError, OverflowError, RecursionError) as error:
            raise EngineError(DAMAGED(path=self.path.name, detail="its rows cannot be read.")) from error


def tensors_of(network: RecommenderNetwork) -> dict[str, Tensor]:
    """Everything that a network has learned or been fitted with, by name, as views."""
    keys = [slot.key for slot in (*network.plan.slots(), *network.plan.buffers())]
    return {_joined(key): network.view(key) for key in keys} | {_joined(key): t for key, t in network.tables.items()}


def optimiser_tensors_of(trainer: RecommenderTrainer) -> dict[str, Tensor]:
    """The optimisers' memory by name, as views."""
    found = {}
    for slot in trainer.network.plan.slots():
        squares = trainer.squares[slot.offset : slot.offset + slot.size]
        found[f"opt/{_joined(slot.key)}/squares"] = squares.view(slot.spec.shape)
    for key, optimiser in trainer.optimisers.items():
        found |= {f"opt/{_joined(key)}/{name}": tensor for name, tensor in optimiser.slots.items()}
    return found


def learned_tensors_of(trainer: RecommenderTrainer) -> dict[str, Tensor]:
    """All of these, as views."""
    return tensors_of(trainer.network) | optimiser_tensors_of(trainer)


def _joined(key: WeightKey) -> str:
    return f"{key[0]}/{key[1]}"


# Writing ----------------------------------------------------------------------------------------------------------


def check_place_for(path: Path) -> None:
    """Try now whether a checkpoint could be written to ``path``, rather than after hours. Raises EngineError, also
    where something else than a checkpoint is there."""
    check_writable(path)
    if path.exists() and path.stat().st_size > 0:
        try:
            _metadata(path)
        except EngineError as error:
            raise EngineError(NOT_A_CHECKPOINT(path=path.name)) from error


def save(
    path: Path, trainer: RecommenderTrainer, cursor: Cursor, model: Mapping[str, Any], rows: RowSnapshot | None = None
) -> None:
    """Write a checkpoint; ``model`` is whatever JSON can hold. Either the whole new file is there or the old one is.

    Tensor after tensor goes to the disk, so that no second copy of them is ever in memory. Raises EngineError.
    """
    tensors = learned_tensors_of(trainer)
    if cursor.best is not None and cursor.updates > cursor.best.updates and cursor.stage != "done":
        tensors |= {BEST + name: tensor for name, tensor in trainer.best.items()}
    metadata = {
        "format": FORMAT,
        "version": str(VERSION),
        "graph": trainer.network.graph.model_dump_json(),
        "training": trainer.training.model_dump_json(),
        "cursor": json.dumps(asdict(cursor)),
    }
    arrays = {} if rows is None else {ROWS + name: array for name, array in rows.arrays.items()}
    known = model if rows is None else {**model, "rows": rows.layout}
    described = json.dumps(known, ensure_ascii=False).encode()
    write_tensors(path, tensors, metadata, described, arrays)


# Reading ----------------------------------------------------------------------------------------------------------


def read(path: Path) -> Checkpoint:
    """Read what a checkpoint says of itself, not its tensors; of a run's folder, its checkpoint. Raises EngineError
    whatever is wrong with the file."""
    folder = RunFolder(path)
    path = folder.checkpoint if os.path.isfile(folder.plan) else path
    while True:
        stamp = stamp_of(path)
        try:
            found = _read(path, stamp)
        except EngineError:
            if stamp_of(path) == stamp:
                raise
        else:
            if stamp_of(path) == stamp:
                return found


def _read(path: Path, stamp: Stamp) -> Checkpoint:
    metadata, header = _metadata(path)
    if metadata.get("version") != str(VERSION):
        raise EngineError(OTHER_VERSION(path=path.name, version=metadata.get("version"), known=VERSION))
    try:
        return Checkpoint(
            path,
            _CURSORS.validate_json(metadata["cursor"]),
            NetworkGraph.model_validate_json(metadata["graph"]),
            Training.model_validate_json(metadata["training"]),
            json.loads(read_document(path)),
            {name: _shape(entry) for name, entry in header.items() if name != JSON and not _is_of_rows(name)},
            stamp,
        )
    except ValidationError as error:
        raise EngineError(DAMAGED(path=path.name, detail=sentence_of(error))) from error
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise EngineError(DAMAGED(path=path.name, detail="its description cannot be read.")) from error


def _metadata(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the header says of a checkpoint, and its tensors. Raises EngineError for a file that is none."""
    header = read_header(path)
    metadata = header.pop("__metadata__", None)
    if not isinstance(metadata, dict) or metadata.get("format") != FORMAT:
        raise EngineError(NOT_OURS(path=path.name))
    return metadata, header


def _is_of_rows(name: str) -> bool:
    return name.startswith(ROWS) and name.count("/") == 3  # a block may be called so; its tensors have one slash


def _shape(entry: Mapping[str, Any]) -> tuple[int, ...]:
    """A tensor's shape. Raises ValueError for one that is of another type, or has none."""
    shape = tuple(entry["shape"])
    if entry["dtype"] != "F32" or not all(type(size) is int and size >= 0 for size in shape):
        raise ValueError("no tensor of ours")
    return shape


# Going on ---------------------------------------------------------------------------------------------------------


def restore(checkpoint: Checkpoint, trainer: RecommenderTrainer) -> Cursor:
    """Bring a trainer and its network to where the checkpoint was written; nothing is changed if that cannot be done.

    Epochs, rates and precision may be others than then. Raises EngineError for another graph, for batches that would
    be others than then, and for a checkpoint without the optimisers' memory.
    """
    before, now = checkpoint.training, trainer.training
    for name in ("seed", "batch_size", "shuffle"):
        found, expected = getattr(before, name), getattr(now, name)
        if found != expected:
            raise EngineError(OTHER_ORDER(path=checkpoint.path.name, name=name, found=found, expected=expected))
    _check_graph(checkpoint, trainer.network)
    memory = optimiser_tensors_of(trainer)
    for key, tensor in memory.items():
        if checkpoint.shapes.get(key) != tuple(tensor.shape):
            _, block, name, _ = key.split("/")
            title = name_of(trainer.network.graph, block)
            raise EngineError(NO_OPTIMISER_STATE(path=checkpoint.path.name, name=name, block=title))
    tensors = tensors_of(trainer.network) | memory
    _check_best(checkpoint, tensors)
    _copy(checkpoint, tensors)
    best = [name for name in tensors if BEST + name in checkpoint.shapes]
    trainer.best = {name: checkpoint.tensor(BEST + name).clone() for name in best}
    trainer.step = checkpoint.cursor.updates
    return checkpoint.cursor


def load(checkpoint: Checkpoint, network: RecommenderNetwork) -> Checkpoint:
    """Take over what the network had learned by its best epoch, for use rather than for more training: of the
    checkpoint, or of the one that a run has put in its place since. That which was taken, never a part of each.

    Raises EngineError.
    """
    while True:
        try:
            _load(checkpoint, network)
        except EngineError:
            if stamp_of(checkpoint.path) == checkpoint.stamp:
                raise
        if stamp_of(checkpoint.path) == checkpoint.stamp:
            return checkpoint
        checkpoint = read(checkpoint.path)


def _load(checkpoint: Checkpoint, network: RecommenderNetwork) -> None:
    _check_graph(checkpoint, network)
    tensors = tensors_of(network)
    _check_best(checkpoint, tensors)
    _copy(checkpoint, tensors, BEST if any(BEST + name in checkpoint.shapes for name in tensors) else "")


def _copy(checkpoint: Checkpoint, into: Mapping[str, Tensor], prefix: str = "") -> None:
    import torch

    for name in into:  # all of them first: nothing is taken over of what cannot be believed
        if not bool(torch.isfinite(checkpoint.tensor(prefix + name)).all()):
            raise EngineError(NOT_FINITE(path=checkpoint.path.name, name=name))
    for name, tensor in into.items():
        tensor.copy_(checkpoint.tensor(prefix + name))


def _check_best(checkpoint: Checkpoint, tensors: Mapping[str, Tensor]) -> None:
    """Raises EngineError where the best epoch's tensors are there in part, or of other shapes than those of now."""
    if not any(name.startswith(BEST) for name in checkpoint.shapes):
        return
    if any(checkpoint.shapes.get(BEST + name) != tuple(tensor.shape) for name, tensor in tensors.items()):
        raise EngineError(DAMAGED(path=checkpoint.path.name, detail="the best epoch's tensors are missing or others."))


def _check_graph(checkpoint: Checkpoint, network: RecommenderNetwork) -> None:
    """Raises EngineError with the first block that differs: in a shape, in being there, in settings or in wires."""
    expected = {name: tuple(tensor.shape) for name, tensor in tensors_of(network).items()}
    there = {name: shape for name, shape in checkpoint.shapes.items() if name.count("/") == 1}
    # From the input on: where one block became wider, those behind it differ for that reason alone.
    for name in sorted(expected, key=lambda name: network.plan.index_of(name.split("/")[0])):
        if there.get(name, expected[name]) != expected[name]:
            block, parameter = name.split("/")
            raise EngineError(OTHER_SHAPE(
                path=checkpoint.path.name, name=parameter, block=name_of(network.graph, block),
                found=_size(there[name]), expected=_size(expected[name]),
            ))  # fmt: skip
    for block_id, difference in _differences(checkpoint.graph, network.graph).items():
        graph = network.graph if block_id in network.graph else checkpoint.graph
        block = name_of(graph, block_id)
        raise EngineError(OTHER_BLOCK(path=checkpoint.path.name, block=block, difference=difference))
    if expected.keys() != there.keys():
        raise EngineError(DAMAGED(path=checkpoint.path.name, detail="tensors are missing or too many."))


def _differences(then: NetworkGraph, now: NetworkGraph) -> dict[str, str]:
    """What is different about which block; titles and places on the canvas count for nothing."""
    found = {block.id: "is in the checkpoint alone" for block in then.blocks if block.id not in now}
    for block in now.blocks:
        if block.id not in then:
            found[block.id] = "is in the graph alone"
        elif _settings(block) != _settings(then.block(block.id)):
            found[block.id] = "has other settings in the checkpoint than in the graph"
        elif now.wires_into(block.id) != then.wires_into(block.id):
            found[block.id] = "is wired otherwise in the checkpoint than in the graph"
    return found


def _settings(block: Block) -> tuple[str, object]:
    return block.kind, block.params


def _size(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "one number"
