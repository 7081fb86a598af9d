"""Words of the engine as the window says them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.builder.canvas.facts import features_of
from app.kit.translation import sentence_of, worded, worded_caption
from engine.graph import Block
from engine.problems import Problem

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def pretty_feature(token: str) -> str:
    """A feature token as it is written by hand: ``x1^2`` becomes x₁²."""
    pretty = token.replace("^2", "²").replace("*", "")
    for name in ("x1", "x2"):
        pretty = pretty.replace(name, name.translate(_SUBSCRIPTS))
    return pretty.replace("(", " ").replace(")", "") if pretty.startswith("sin(") else pretty


def layer_name(block: Block) -> str:
    """What a block is called where there is little room."""
    return block.title or f"{worded(block.declaration.label)} {block.id.rpartition('-')[2]}"


def unit_name(block: Block, unit: int) -> str:
    """What a neuron is called: a feature by its name, any other by its number from 1."""
    features = features_of(block)
    if unit < len(features):
        return pretty_feature(features[unit])
    return QCoreApplication.translate("Neuron", "neuron {number}").format(number=unit + 1)


def describe(block: Block, width: int, sources: Mapping[str, Block], problems: tuple[Problem, ...]) -> str:
    """A block in one sentence, for those who hear the canvas rather than see it."""
    name = block.title or worded_caption(block.declaration.caption(block.params, width))
    text = QCoreApplication.translate("Canvas", "{name}, {units} units").format(name=name, units=width)
    if sources:
        names = ", ".join(layer_name(source) for source in sources.values())
        text += QCoreApplication.translate("Canvas", ", fed by {names}").format(names=names)
    return ". ".join([text, *(sentence_of(problem) for problem in problems)])
