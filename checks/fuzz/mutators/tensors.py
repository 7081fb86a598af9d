"""Changes of safetensors files: the header's JSON, its length, and the numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from struct import pack

from checks.fuzz.mutators.havoc import flipped, havoc
from checks.fuzz.mutators.json_trees import changed_json

_DOCUMENT = "model.json"
_FLOATS = (float("nan"), float("inf"), -float("inf"), 1e30, -0.0, 1e-45)


def changed_tensors(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """The header, the document among the tensors, or the numbers are others."""
    length = int.from_bytes(content[:8], "little")
    if not 0 < length <= len(content) - 8:
        return havoc(content, rng, others)
    header, data = content[8 : 8 + length], content[8 + length :]
    way = rng.randrange(8)
    if way <= 3:
        header = changed_json(header, rng, ())
    elif way <= 5:
        return _with_document(header, data, rng) or content
    elif way == 6:
        data = _with_floats(data, rng)
    else:
        data = rng.choice((data[: len(data) // 2], data + data, b"", flipped(data, rng, ())))
    if rng.random() < 0.9:
        header += b" " * (-len(header) % 8)
    stated = (
        len(header) if rng.random() < 0.95 else rng.choice((0, 1, 1 << 63, (1 << 64) - 1, len(header) * 2, len(data)))
    )
    return stated.to_bytes(8, "little") + header + data


def _with_document(header: bytes, data: bytes, rng: Random) -> bytes | None:
    """With another JSON in the document's tensor, which lies last and whose size the header is told."""
    try:
        tree = json.loads(header)
        start, end = tree[_DOCUMENT]["data_offsets"]
        document = changed_json(data[start:end], rng, ())
        tree[_DOCUMENT] = {"dtype": "U8", "shape": [len(document)], "data_offsets": [start, start + len(document)]}
        text = json.dumps(tree).encode()
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + data[:start] + document


def _with_floats(data: bytes, rng: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 5))):
        if len(data) >= 4:
            at = rng.randrange(len(data) // 4) * 4
            changed[at : at + 4] = pack("<f", rng.choice(_FLOATS))
    return bytes(changed)
