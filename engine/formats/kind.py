"""Which kind of document a ``.loom`` file holds, told without reading all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from engine.opening import open_file, read_file
from engine.problems import Problem, Word, declare

OTHER_WORKSPACE = declare(
    "file.other-workspace", "“{path}” was saved in {workspace}. Start the window and open it there, under {workspace}."
)
NOT_OURS = declare(
    "file.not-ours", "“{path}” is JSON but not a Neuroloom document. Choose a file that Neuroloom saved."
)

_WORKSPACES = {
    "neuroloom-comparison": Word("Activations"),
    "neuroloom-experiment": Word("Gradients"),
    "neuroloom-expression": Word("Graph"),
    "neuroloom-network": Word("Playground"),
    "neuroloom-neuron": Word("Neuron"),
}
"""Which workspace saves the documents of each tag; one list, as a file is refused where no other format is imported."""

_HEAD = 4096  # bytes; our own files begin with the tag
_WHOLE = 16 * 1024 * 1024  # bytes; a document whose tag stands elsewhere is parsed only up to this size
_MOST_PARTS = 1_000_000  # values, lists and objects of such a document
_TAG = re.compile(r'\s*\{\s*"format"\s*:\s*"([^"\\]*)"')


def document_kind(path: Path) -> str | None:
    """The ``"format"`` tag of the JSON document at ``path``; None where there is none, whatever the reason."""
    try:
        with open_file(path) as file:
            found = _TAG.match(file.read(_HEAD).decode("utf-8-sig", errors="replace"))
        if found is not None:
            return found[1]
        text = read_file(path, _WHOLE).decode("utf-8-sig")
        if sum(map(text.count, ",[{")) > _MOST_PARTS:
            return None
        tag = json.loads(text).get("format")
    except (OSError, ValueError, RecursionError, MemoryError, AttributeError):
        return None
    return tag if isinstance(tag, str) else None


def other_document(path: Path, tag: object) -> Problem:
    """Say which workspace saved the document at ``path``, by its tag, or that none of ours did."""
    workspace = _WORKSPACES.get(tag) if isinstance(tag, str) else None
    return OTHER_WORKSPACE(path=path.name, workspace=workspace) if workspace else NOT_OURS(path=path.name)


def or_foreign(path: Path, damaged: Problem) -> Problem:
    """Say what the file at ``path`` is where it isn't JSON; ``damaged`` where it begins like JSON."""
    from engine.formats.foreign import foreign  # a start needs none of it

    return foreign(path) or damaged


def holds(tag: str) -> Callable[[Path], bool]:
    """Whether a file is a document of this tag: the ``reads`` of a workspace, which loads nothing of the document."""
    return lambda path: document_kind(path) == tag
