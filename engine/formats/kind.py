"""Which kind of document a ``.loom`` file holds, told without reading all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

_HEAD = 4096  # bytes; our own files begin with the tag
_WHOLE = 64 * 1024 * 1024  # bytes; a document whose tag stands elsewhere is parsed only up to this size
_TAG = re.compile(r'\s*\{\s*"format"\s*:\s*"([^"\\]*)"')


def document_kind(path: Path) -> str | None:
    """The ``"format"`` tag of the JSON document at ``path``; None where there is none, whatever the reason."""
    try:
        if not path.is_file():  # opening a pipe would wait for ever
            return None
        with path.open("rb") as file:
            found = _TAG.match(file.read(_HEAD).decode("utf-8-sig", errors="replace"))
        if found is not None:
            return found[1]
        if path.stat().st_size > _WHOLE:
            return None
        tag = json.loads(path.read_text(encoding="utf-8-sig")).get("format")
    except (OSError, ValueError, RecursionError, MemoryError, AttributeError):
        return None
    return tag if isinstance(tag, str) else None


def holds(tag: str) -> Callable[[Path], bool]:
    """Whether a file is a document of this tag: the ``reads`` of a workspace, which loads nothing of the document."""
    return lambda path: document_kind(path) == tag
