"""What may be written: the functions and constants by name, and how much of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

from engine.autodiff.tree import Span, Tree

LONGEST_TEXT = 20_000
DEEPEST = 100
LONGEST_LIST = 64
MOST_NODES = 2_000

FUNCTIONS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("exp", "log", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh"), (1, 1)),
    **dict.fromkeys(("sigmoid", "erf", "relu", "sqrt", "abs", "sign"), (1, 1)),
    **dict.fromkeys(("max", "min"), (2, LONGEST_LIST)),
    "softmax": (1, 1),
    "cross_entropy": (2, 2),
}
"""Every function, with the fewest and the most that it is applied to."""
ALIASES = {"σ": "sigmoid", "ln": "log", "ReLU": "relu", "arctan": "atan"}
CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}


@dataclass(frozen=True, slots=True)
class ListValue:
    """Several numbers, on the way to where one of them is chosen; ``text`` stands for it in a sentence."""

    items: tuple[Tree, ...]
    span: Span
    text: str


Value: TypeAlias = "Tree | ListValue"
