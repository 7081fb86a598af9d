"""Network files: one versioned JSON with the graph, the training settings, the data choice and the weights.

A network that has been trained is written with how far its run has come, which makes it version 2; one that has not
stays version 1, which older programs read. Up to 10⁵ numbers the weights, and what the optimiser remembers of them, are
nested lists in the file itself; beyond that they lie in a safetensors file beside it, which the JSON names together
with its SHA-256. Nothing in a file is ever executed.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError, field_validator

from engine.atomic import write_atomically
from engine.data.choice import DataChoice
from engine.formats.base import FileFormat, NetworkFile, register
from engine.formats.kind import document_kind
from engine.formats.loom_progress import MEMORY, ProgressDocument, kept, restored
from engine.graph.model import NetworkGraph
from engine.graph.weights import WeightKey, check_weights
from engine.hyperparameters import Hyperparameters
from engine.problems import UNREADABLE, UNWRITABLE, EngineError, declare
from engine.validation import sentence_of

FORMAT = "neuroloom-network"
VERSION = 2
INLINE_LIMIT = 100_000
SUFFIX = ".loom"

_Nested = dict[str, dict[str, list[Any]]]

NOT_JSON = declare(
    "file.not-json", "“{path}” is no network file: it holds no valid JSON (line {line}); choose a .loom file."
)
NOT_OURS = declare(
    "file.not-ours", "“{path}” is JSON but no Neuroloom network; choose a file that Neuroloom has saved."
)
OTHER_VERSION = declare(
    "file.other-version",
    "“{path}” has format version {version}, and this Neuroloom reads version {known}; open it with a newer Neuroloom.",
)
BAD_CONTENT = declare("file.bad-content", "“{path}” is damaged: {detail} Save it again, or mend it in a text editor.")
BAD_WEIGHTS = declare(
    "file.bad-weights",
    "The weights “{name}” of block “{block}” in “{path}” are not a rectangular array of finite numbers;"
    " remove them from the file to start from seeded values.",
)
WEIGHTS_MISSING = declare(
    "file.weights-missing",
    "The weights file “{path}” that belongs to the network is missing; put it beside the network file.",
)
WEIGHTS_CHANGED = declare(
    "file.weights-changed",
    "The weights file “{path}” is not the one that was saved with the network (its SHA-256 differs); restore it.",
)


class _WeightsBeside(BaseModel):
    """Names the safetensors file that holds the weights."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str = Field(pattern=r"^[^/\\\x00]+\.safetensors$")
    sha256: str


def _form_of(weights: object) -> str:
    """Which of its two forms a file's ``weights`` takes; what is in neither is reported as nested lists."""
    named = isinstance(weights, dict) and isinstance(weights.get("file"), str)
    return "_beside" if named or isinstance(weights, _WeightsBeside) else "_nested"


_Weights = Annotated[
    Annotated[_Nested, Tag("_nested")] | Annotated[_WeightsBeside, Tag("_beside")], Discriminator(_form_of)
]


class NetworkDocument(BaseModel):
    """The JSON's schema; published as ``assets/schema/network-2.json``. Version 1 has no ``progress``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["neuroloom-network"]
    version: Literal[1, 2]
    title: str = ""
    graph: NetworkGraph
    training: Hyperparameters = Hyperparameters()
    data: DataChoice = DataChoice()
    weights: _Weights = {}
    progress: ProgressDocument | None = None

    @field_validator("data", mode="before")
    @classmethod
    def _as_files_were_read(cls, data: object) -> object:
        """Files written before dates and numerals were understood mean their tables as they were read then."""
        if isinstance(data, dict) and data.get("source") == "file":
            return {"dates": "texts", "decimal": "plain"} | data
        return data


def read_network_file(path: Path) -> NetworkFile:
    """Read and check a network file. Raises EngineError with one sentence whatever is wrong with it."""
    document = _parse(path, _read_json(path))
    weights, memory = _apart(_weights_in(path, document.weights))
    check_weights(document.graph, None, weights)
    progress = None
    if document.progress is not None:
        memory |= _weights_in(path, document.progress.memory)
        progress = restored(document.progress, memory, path.name)
    return NetworkFile(document.graph, document.training, document.data, weights, document.title, progress)


def _apart(arrays: dict[WeightKey, NDArray[np.float64]]) -> tuple[dict[WeightKey, Any], dict[WeightKey, Any]]:
    """Weights, and the optimiser's vectors that lie among them."""
    weights = {key: array for key, array in arrays.items() if not key[1].endswith(MEMORY)}
    memory = {(block, name.removesuffix(MEMORY)): array for (block, name), array in arrays.items()
              if name.endswith(MEMORY)}  # fmt: skip
    return weights, memory


def _read_json(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors put a byte order mark
    except OSError as error:
        raise EngineError(UNREADABLE(path=path.name, reason=error.strerror or "error")) from error
    except UnicodeDecodeError as error:
        raise EngineError(NOT_JSON(path=path.name, line=1)) from error
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise EngineError(NOT_JSON(path=path.name, line=error.lineno)) from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
        raise EngineError(NOT_JSON(path=path.name, line=1)) from error


def _parse(path: Path, content: Any) -> NetworkDocument:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise EngineError(NOT_OURS(path=path.name))
    if content.get("version") not in (1, VERSION):
        raise EngineError(OTHER_VERSION(path=path.name, version=content.get("version"), known=VERSION))
    try:
        return NetworkDocument.model_validate(content)
    except ValidationError as error:
        raise EngineError(BAD_CONTENT(path=path.name, detail=sentence_of(error).sentence)) from error


def _weights_in(path: Path, stored: _Nested | _WeightsBeside) -> dict[WeightKey, NDArray[np.float64]]:
    if isinstance(stored, _WeightsBeside):
        return _read_beside(path, stored)
    weights: dict[WeightKey, NDArray[np.float64]] = {}
    for block, arrays in stored.items():
        for name, rows in arrays.items():
            weights[block, name] = _array(path, block, name, rows)
    return weights


def _array(path: Path, block: str, name: str, rows: object) -> NDArray[np.float64]:
    try:
        array = np.array(rows, dtype=np.float64)
    except (ValueError, TypeError, OverflowError) as error:
        raise EngineError(BAD_WEIGHTS(path=path.name, block=block, name=name)) from error
    if not np.isfinite(array).all():
        raise EngineError(BAD_WEIGHTS(path=path.name, block=block, name=name))
    return array


def _read_beside(path: Path, stored: _WeightsBeside) -> dict[WeightKey, NDArray[np.float64]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    beside = path.with_name(stored.file)
    try:
        content = beside.read_bytes()
    except OSError as error:
        raise EngineError(WEIGHTS_MISSING(path=beside.name)) from error
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise EngineError(WEIGHTS_CHANGED(path=beside.name))
    try:
        tensors = load(content)
    except (SafetensorError, KeyError, TypeError, ValueError) as error:  # KeyError: a type that numpy lacks
        raise EngineError(WEIGHTS_CHANGED(path=beside.name)) from error
    return {_key(name): _array(beside, *_key(name), array) for name, array in tensors.items()}


def _key(name: str) -> WeightKey:
    block, _, parameter = name.partition("/")
    return block, parameter


def write_network_file(path: Path, content: NetworkFile) -> None:
    """Write atomically: either the whole new file is there or the old one still is. Raises EngineError.

    Weights that the old file had put beside it are removed once the new one is in place.
    """
    progress = content.progress
    memory = {} if progress is None else progress.memory
    count = sum(math.prod(array.shape) for array in (*content.weights.values(), *memory.values()))
    former = _named_beside(path)
    named = {(block, f"{name}{MEMORY}"): array for (block, name), array in memory.items()}
    try:
        beside = count > INLINE_LIMIT
        stored = _write_beside(path, {**content.weights, **named}) if beside else _nested(content.weights)
        document = {
            "format": FORMAT,
            "version": 1 if progress is None else VERSION,
            "title": content.title,
            "graph": content.graph.model_dump(mode="json"),
            "training": content.hyper.model_dump(mode="json"),
            "data": content.data.model_dump(mode="json"),
            "weights": stored,
        }
        if progress is not None:
            document["progress"] = kept(progress, {} if beside else _nested(memory))
        write_atomically(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
    except OSError as error:
        raise EngineError(UNWRITABLE(path=path.name, reason=error.strerror or "error")) from error
    if former is not None and former != (stored.get("file") if beside else None):
        with suppress(OSError):  # the network is saved; a file too many is no failure
            path.with_name(former).unlink()


def _named_beside(path: Path) -> str | None:
    """The weights file that the network file at ``path`` names and that was written for it by its own name."""
    try:
        weights = json.loads(path.read_text(encoding="utf-8-sig"))["weights"]
        name = weights["file"]
    except (OSError, ValueError, RecursionError, LookupError, TypeError):
        return None
    ours = re.fullmatch(re.escape(path.stem) + r"-[0-9a-f]{12}\.safetensors", name) if isinstance(name, str) else None
    return name if ours else None


def _nested(weights: Mapping[WeightKey, NDArray[np.float64]]) -> _Nested:
    nested: _Nested = {}
    for (block, name), array in weights.items():
        nested.setdefault(block, {})[name] = array.tolist()
    return nested


def _write_beside(path: Path, weights: Mapping[WeightKey, NDArray[np.float64]]) -> dict[str, str]:
    """Write the weights under a name that carries their digest, so that the old pair stays whole until the end."""
    from safetensors.numpy import save

    content = save({f"{block}/{name}": np.ascontiguousarray(array) for (block, name), array in weights.items()})
    digest = hashlib.sha256(content).hexdigest()
    beside = path.with_name(f"{path.stem}-{digest[:12]}.safetensors")
    write_atomically(beside, content)
    return {"file": beside.name, "sha256": digest}


def _recognises(path: Path) -> bool:
    return document_kind(path) == FORMAT


register(
    FileFormat(
        key="network",
        label="Neuroloom network",
        suffixes=(SUFFIX,),
        recognises=_recognises,
        read=read_network_file,
        write=write_network_file,
    )
)
