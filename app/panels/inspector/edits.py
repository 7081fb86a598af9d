"""Edits that the inspector makes: each is one undoable step, and a value out of bounds changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from app.document import Document
from engine.activations import activation
from engine.graph import Block, NetworkGraph
from engine.graph.edit import set_params, set_title
from engine.initializers import initializer
from engine.problems import EngineError

Changes = Mapping[str, object]


def change_params(document: Document, ids: Iterable[str], label: str, changes: Changes, gesture: str = "") -> None:
    """Change parameters of all these blocks in one step; steps of one ``gesture`` fold into one."""
    graph = document.graph
    try:
        for block_id in ids:
            graph = _changed(graph, graph.block(block_id), changes)
    except (ValidationError, EngineError):
        return  # the control shows what the document still has
    document.edit(label, graph=graph, merge=gesture or None)


def rename(document: Document, block_id: str, label: str, title: str) -> None:
    """Give the block another title; an empty one brings its plain name back."""
    document.edit(label, graph=set_title(document.graph, block_id, title))


def _changed(graph: NetworkGraph, block: Block, changes: Changes) -> NetworkGraph:
    own = {name: value for name, value in changes.items() if name in type(block.params).model_fields}
    return set_params(graph, block.id, **_with_resets(block, own))


def _with_resets(block: Block, changes: Changes) -> dict[str, object]:
    """A number that belonged to another activation or initialiser means nothing to the new one."""
    before, after = block.params.model_dump(), dict(changes)
    if "activation" in changes and activation(str(changes["activation"])) is not activation(before["activation"]):
        after.setdefault("alpha", None)
    if "initializer" in changes:
        old, new = initializer(before["initializer"]).parameter, initializer(str(changes["initializer"])).parameter
        if old != new:
            after.setdefault("scale", None)
    return after
