"""What is kept of an expression: its text, the values of its variables, and which nodes are collapsed into one."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from engine.autodiff.characters import LONGEST_NAME
from engine.autodiff.grammar import LONGEST_TEXT, MOST_NODES

GREATEST_INPUT = 1e300
"""No number is dragged or typed beyond it, so that a track over an input has two finite ends."""

_NodeKey = Annotated[str, Field(min_length=1, max_length=64)]
_Variable = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
_Value = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-GREATEST_INPUT, le=GREATEST_INPUT)]


class CollapsedNodes(BaseModel):
    """Nodes, by their keys, that are shown as one of this name. Nodes that are gone since do not count."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    nodes: tuple[_NodeKey, ...] = Field(min_length=1, max_length=MOST_NODES)


class ExpressionSheet(BaseModel):
    """An expression as a document. ``text`` may be one that cannot be read (yet); ``inputs`` may name variables that it
    has no more. ``along``: the variable that is looked at where none is chosen, empty for the first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(default="", max_length=LONGEST_TEXT)
    inputs: dict[_Variable, _Value] = Field(default_factory=dict, max_length=MOST_NODES)
    collapsed: tuple[CollapsedNodes, ...] = Field(default=(), max_length=MOST_NODES)
    along: str = Field(default="", max_length=LONGEST_NAME)
