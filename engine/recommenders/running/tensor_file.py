"""One safetensors file of float32 tensors, arrays and a JSON document, written one by one and whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.atomic import check_place, remove_abandoned, replacing
from engine.opening import file_state, open_file
from engine.problems import UNREADABLE, UNWRITABLE, EngineError, declare

if TYPE_CHECKING:
    from torch import Tensor

Array = NDArray[Any]
JSON = "model.json"
"""The document's name among the tensors; no block's tensor can be called that, as they all have a slash."""

Stamp = tuple[int, int, int]
"""Tells a file from the one that was in its place before: when it was written, which it is on its disk, its size."""

_DTYPES = {"u1": "U8", "u2": "U16", "u4": "U32", "i8": "I64", "f8": "F64"}
"""What the format calls the types that an array may have, by what numpy calls them."""

_LARGEST_HEADER = 16 << 20  # bytes; ours have some hundred kilobytes

NOT_OURS = declare(
    "recommender.checkpoint-not-ours",
    "“{path}” isn't a recommender's checkpoint. Choose a file that a training run wrote.",
)
TRUNCATED = declare(
    "recommender.checkpoint-truncated",
    "“{path}” is truncated: it has {found} of {expected} bytes. Use another copy or train again.",
)
DAMAGED = declare("recommender.checkpoint-damaged", "“{path}” is damaged: {detail} Use another copy or train again.")


def check_writable(path: Path) -> None:
    """Say so now if a file could not be written there, rather than after hours. Raises EngineError."""
    try:
        check_place(path)
    except FileNotFoundError as error:
        raise EngineError(UNWRITABLE(path=path.name, reason=f"there is no folder {path.parent}")) from error
    except OSError as error:
        raise EngineError(UNWRITABLE(path=path.name, reason=error.strerror or "error")) from error


def write_tensors(
    path: Path,
    tensors: Mapping[str, Tensor],
    metadata: Mapping[str, str],
    described: bytes,
    arrays: Mapping[str, Array] | None = None,
) -> None:
    """Write to a temporary file in the same folder, flush it to the disk, then rename it into place. A new file is its
    owner's alone, as it may carry the rows that were learned from.

    No second copy of the tensors is made in memory, but of those on another device, one by one. Raises EngineError.
    """
    try:
        remove_abandoned(path)
        with replacing(path, private=not path.exists()) as file:
            _write(file, tensors, arrays or {}, metadata, described)
    except OSError as error:
        raise EngineError(UNWRITABLE(path=path.name, reason=error.strerror or "error")) from error


def _write(
    file: BinaryIO, tensors: Mapping[str, Tensor], arrays: Mapping[str, Array], metadata: Mapping[str, str],
    described: bytes,
) -> None:  # fmt: skip
    """The safetensors format: the header's length as a little-endian u64, the header as JSON, then the bytes."""
    header: dict[str, object] = {"__metadata__": metadata}
    at = 0
    for name, tensor in tensors.items():
        size = tensor.numel() * 4
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + size]}
        at += size
    for name, array in arrays.items():
        dtype = _DTYPES[array.dtype.str[1:]]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [at, at + array.nbytes]}
        at += array.nbytes
    header[JSON] = {"dtype": "U8", "shape": [len(described)], "data_offsets": [at, at + len(described)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)  # so that the numbers are aligned
    file.write(len(text).to_bytes(8, "little") + text)
    for tensor in tensors.values():
        file.write(tensor.detach().cpu().contiguous().numpy().astype("<f4", copy=False).data)
    for array in arrays.values():
        file.write(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).data)
    file.write(described)


def stamp_of(path: Path) -> Stamp:
    """Of the file that is there now. Raises EngineError where there is none."""
    try:
        found = file_state(path)
    except OSError as error:
        raise EngineError(UNREADABLE(path=path.name, reason=error.strerror or "error")) from error
    return found.st_mtime_ns, found.st_ino, found.st_size


def read_header(path: Path) -> dict[str, Any]:
    """The file's header, checked against the file's size. Raises EngineError."""
    try:
        with open_file(path) as file:
            return _header(path, file, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise EngineError(UNREADABLE(path=path.name, reason=error.strerror or "error")) from error


def _header(path: Path, file: BinaryIO, size: int) -> dict[str, Any]:
    start = file.read(9)
    length = int.from_bytes(start[:8], "little")
    if start[8:] != b"{" or not 0 < length <= _LARGEST_HEADER:
        raise EngineError(NOT_OURS(path=path.name))
    text = start[8:] + file.read(length - 1)
    if len(text) < length:
        raise EngineError(TRUNCATED(path=path.name, found=size, expected=f"{8 + length} and more"))
    try:
        header = json.loads(text)
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
        expected = 8 + length + max(ends, default=0)
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise EngineError(NOT_OURS(path=path.name)) from error
    if size < expected:
        raise EngineError(TRUNCATED(path=path.name, found=size, expected=expected))
    return dict(header)


def read_document(path: Path) -> bytes:
    """The JSON document, without loading torch. Raises EngineError."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            found: bytes = file.get_tensor(JSON).tobytes()
            return found
    except (SafetensorError, OSError) as error:
        raise EngineError(DAMAGED(path=path.name, detail="its description cannot be read.")) from error


def read_tensor(path: Path, name: str) -> Tensor:
    """One tensor, mapped from the file. Raises EngineError."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="pt") as file:
            found: Tensor = file.get_tensor(name)
            return found
    except (SafetensorError, OSError) as error:
        raise EngineError(DAMAGED(path=path.name, detail=f"the tensor “{name}” cannot be read.")) from error


def read_arrays(path: Path, names: Iterable[str]) -> dict[str, Array]:
    """Some arrays, without loading torch. Raises EngineError."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return {name: file.get_tensor(name) for name in names}
    except (SafetensorError, OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise EngineError(DAMAGED(path=path.name, detail="its rows cannot be read.")) from error
