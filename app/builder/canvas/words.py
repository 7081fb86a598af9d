"""Settings and names of blocks and units, in the window's language."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from app.kit.listing import joined, listed
from app.kit.numbers import counted
from app.kit.plain_maths import lowered
from app.kit.translation import sentence_of, worded, worded_name
from engine.activations import Activation
from engine.graph import Block, NetworkGraph
from engine.graph.naming import name_of
from engine.problems import Problem
from engine.training.verdicts import Verdict


def units_of(block: Block) -> int | None:
    """The units that a block is set to; None where they follow from something else."""
    return block.declaration.units(block.params)


def features_of(block: Block) -> tuple[str, ...]:
    """The features that a block feeds in; none for any but an input."""
    return block.declaration.features(block.params) or ()


def function_of(block: Block) -> Activation | None:
    """The f of the block's a = f(z), as its loss has it in an output; None for a block without one."""
    return block.declaration.function(block.params)


def told_of(block: Block, verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts that are told of a block: not an output's δ, by which the others are measured."""
    return tuple(verdict for verdict in verdicts if verdict.units or not block.declaration.is_end)


def alpha_of(block: Block) -> float | None:
    """The activation's own parameter, if the block sets one."""
    alpha: float | None = getattr(block.params, "alpha", None)
    return alpha


def connection_removed(source: str, target: str) -> str:
    """The words for a connection that is gone, read out and written alike."""
    return QCoreApplication.translate("Changes", "Connection {source} → {target} removed").format(
        source=source, target=target
    )


def pretty_feature(token: str) -> str:
    """A feature token as it is written by hand, in one line: ``x1^2`` becomes x₁²."""
    pretty = " ".join(token.split()).replace("^2", "²").replace("*", "")
    for name in ("x1", "x2"):
        pretty = pretty.replace(name, name[0] + lowered(name[1:]))
    return pretty.replace("(", " ").replace(")", "") if pretty.startswith("sin(") else pretty


def layer_name(graph: NetworkGraph, block_id: str) -> str:
    """Return a block's name, in the window's language."""
    return worded_name(name_of(graph, block_id))


def unit_name(block: Block, unit: int) -> str:
    """Return a neuron's name: that of its feature, else its number from 1."""
    features = features_of(block)
    if unit < len(features):
        return pretty_feature(features[unit])
    return QCoreApplication.translate("Neuron", "neuron {number}").format(number=unit + 1)


def units_text(units: int) -> str:
    """``1 unit``, ``8 units``."""
    translate = QCoreApplication.translate
    return counted(units, translate("Canvas", "{count} {count:unit|units}"))


def pixels_text(height: int, width: int) -> str:
    """``8 × 8 pixels``."""
    return QCoreApplication.translate("Canvas", "{height} × {width} pixels").format(height=height, width=width)


def describe_all(graph: NetworkGraph, hint: str) -> str:
    """The canvas with nothing chosen on it, for those who hear it; ``hint``: where they can hear more."""
    words = QCoreApplication.translate("Canvas", "{count} {count:block, not|blocks, none} selected")
    return ". ".join(part for part in (counted(len(graph.blocks), words), hint) if part)


def describe(graph: NetworkGraph, block_id: str, width: int, problems: tuple[Problem, ...]) -> str:
    """A block in one sentence, for those who hear the canvas rather than see it."""
    block = graph.block(block_id)
    parts = [layer_name(graph, block_id), worded(block.declaration.detail(block.params)), units_text(width)]
    text = joined(parts)
    sources = [wire.source for wire in graph.wires_into(block_id) if wire.source in graph]
    if sources:
        names = listed(layer_name(graph, source) for source in sources)
        text += QCoreApplication.translate("Canvas", ", fed by {names}").format(names=names)
    return ". ".join([text, *(sentence_of(problem) for problem in problems)])
