"""How a network file holds its arrays: as nested lists within it, or all together in a safetensors file beside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from engine.graph.weights import WeightKey
from engine.opening import read_file
from engine.problems import UNREADABLE, EngineError, declare

Nested = dict[str, dict[str, list[Any]]]
Arrays = Mapping[WeightKey, NDArray[Any]]

WEIGHTS, FIRST, MEMORY, STUCK, SOUND, RUN = "", "/first", "/memory", "/stuck", "/sound", "/run{number}"
"""End the names of what lies in one file beside: the weights, those that a run begins with, the optimiser's vectors,
and what is held at 0; the weights that a run goes back to, of which there are the two before too; and the weights of
another run, of which there are all of these."""

MOST_BYTES = 1 << 30
"""Of a file with arrays: 134 million numbers, more than any network here trains."""

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


class WeightsBeside(BaseModel):
    """Names the safetensors file that holds the weights."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str = Field(pattern=r"^[^/\\\x00]+\.safetensors$")
    sha256: str


def _form_of(weights: object) -> str:
    """Which of its two forms a file's ``weights`` takes; what is in neither is reported as nested lists."""
    named = isinstance(weights, dict) and isinstance(weights.get("file"), str)
    return "_beside" if named or isinstance(weights, WeightsBeside) else "_nested"


StoredWeights = Annotated[
    Annotated[Nested, Tag("_nested")] | Annotated[WeightsBeside, Tag("_beside")], Discriminator(_form_of)
]


def nested(arrays: Arrays) -> Nested:
    """Arrays by block and name, as lists."""
    lists: Nested = {}
    for (block, name), array in arrays.items():
        lists.setdefault(block, {})[name] = array.tolist()
    return lists


def unnested(lists: Nested) -> dict[WeightKey, object]:
    """The lists by their keys, not looked into yet."""
    return {(block, name): rows for block, named in lists.items() for name, rows in named.items()}


def checked(path: Path, found: Mapping[WeightKey, object]) -> dict[WeightKey, NDArray[np.float64]]:
    """Lists or tensors as arrays. Raises EngineError where one is no rectangle of finite numbers."""
    arrays = {}
    for key, rows in found.items():
        array = array_of(rows)
        if array is None:
            raise EngineError(BAD_WEIGHTS(path=path.name, block=key[0], name=key[1]))
        arrays[key] = array
    return arrays


def array_of(rows: object) -> NDArray[np.float64] | None:
    """A rectangle of finite numbers; None where it is none."""
    try:
        array = np.array(rows, dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        return None
    return array if np.isfinite(array).all() else None


def read_beside(path: Path, stored: WeightsBeside) -> dict[str, dict[WeightKey, object]]:
    """The tensors of the file beside ``path``, by what they are (:data:`WEIGHTS` …), not looked into yet. Raises
    EngineError where it is missing or another."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    beside = path.with_name(stored.file)
    if not os.path.lexists(beside):  # of a link they lie where it leads
        beside = Path(os.path.realpath(path)).with_name(stored.file)
    try:
        content = read_file(beside, MOST_BYTES)
    except FileNotFoundError as error:
        raise EngineError(WEIGHTS_MISSING(path=beside.name)) from error
    except OSError as error:
        raise EngineError(UNREADABLE(path=beside.name, reason=error.strerror or "error")) from error
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise EngineError(WEIGHTS_CHANGED(path=beside.name))
    try:
        tensors = load(content)
    except (SafetensorError, KeyError, TypeError, ValueError) as error:  # KeyError: a type that numpy lacks
        raise EngineError(WEIGHTS_CHANGED(path=beside.name)) from error
    found: dict[str, dict[WeightKey, object]] = {}
    for name, array in tensors.items():
        block, _, rest = name.partition("/")
        parameter, slash, part = rest.partition("/")
        found.setdefault(slash + part, {})[block, parameter] = array
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """Arrays as the ``content`` of a file, and what names it in the network file: its own name carries their digest, so
    that the old pair stays whole until the new one is."""

    content: bytes
    named: dict[str, str]

    @property
    def file(self) -> str:
        """The file's name."""
        return self.named["file"]


def packed(path: Path, parts: Mapping[str, Arrays]) -> Beside:
    """Arrays as they come to lie beside the network file at ``path``."""
    from safetensors.numpy import save

    content = save(
        {
            f"{block}/{name}{part}": np.ascontiguousarray(array, dtype=np.float64)
            for part, arrays in parts.items()
            for (block, name), array in arrays.items()
        }
    )
    digest = hashlib.sha256(content).hexdigest()
    return Beside(content, {"file": f"{path.stem}-{digest[:12]}.safetensors", "sha256": digest})
