"""What is compared of a document before it was killed and after it has come back."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

from app.kit.sheet import Sheet
from app.network.open_network import OpenNetwork

Kept = OpenNetwork | Sheet[Any]


def content_of(document: Kept) -> int:
    """A checksum of all but what training changes."""
    if isinstance(document, Sheet):
        parts = [document.title, document.value.model_dump_json()]
    else:
        state = document.network.state
        parts = [document.title, *(part.model_dump_json() for part in (state.graph, state.hyper, state.data))]
    return zlib.crc32("\n".join(parts).encode())


def weights_of(document: Kept) -> int | None:
    """A checksum of the weights; None while training may be changing them."""
    if isinstance(document, Sheet) or document.changing or not document.trainer.settled:
        return None
    crc = 0
    for key, array in sorted(document.network.present_weights().items()):
        crc = zlib.crc32(np.ascontiguousarray(array).tobytes(), zlib.crc32(str(key).encode(), crc))
    return crc


def updates_of(document: Kept) -> int:
    """How many steps it has been trained."""
    return 0 if isinstance(document, Sheet) else document.network.kept().updates
