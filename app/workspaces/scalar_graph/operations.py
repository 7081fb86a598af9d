"""The operations that can be dragged into an expression, clicked into it, or dropped on a node to wrap it."""

from __future__ import annotations

from dataclasses import dataclass

from app.kit.translation import QT_TRANSLATE_NOOP

HOLE = "□"
"""Stands in a template where an operand goes; the first is what the operation is dropped on."""
MIME = "application/x-neuroloom-operation"


@dataclass(frozen=True, slots=True)
class Operation:
    """``sign``: what its button shows, as text. ``tip``: a source string of the context ``Operations``."""

    sign: str
    template: str
    tip: str


OPERATIONS: tuple[Operation, ...] = (
    Operation("+", f"({HOLE} + {HOLE})", QT_TRANSLATE_NOOP("Operations", "Add: both sides get the gradient as it is")),
    Operation("−", f"({HOLE} - {HOLE})",
              QT_TRANSLATE_NOOP("Operations", "Subtract: the right side gets the gradient with its sign turned")),
    Operation("×", f"{HOLE}*{HOLE}",
              QT_TRANSLATE_NOOP("Operations", "Multiply: each side gets the gradient times the other")),
    Operation("÷", f"{HOLE}/({HOLE})", QT_TRANSLATE_NOOP("Operations", "Divide: 1/x has the slope −1/x²")),
    Operation("xⁿ", f"({HOLE})^2", QT_TRANSLATE_NOOP("Operations", "Power: xⁿ has the slope n·xⁿ⁻¹")),
    Operation("exp", f"exp({HOLE})", QT_TRANSLATE_NOOP("Operations", "eˣ is its own slope")),
    Operation("log", f"log({HOLE})",
              QT_TRANSLATE_NOOP("Operations", "The natural logarithm; its slope is 1/x")),
    Operation("√", f"sqrt({HOLE})", QT_TRANSLATE_NOOP("Operations", "The square root; its slope is 1/(2√x)")),
    Operation("sin", f"sin({HOLE})", QT_TRANSLATE_NOOP("Operations", "The sine of radians; its slope is the cosine")),
    Operation("σ", f"sigmoid({HOLE})",
              QT_TRANSLATE_NOOP("Operations", "The logistic function; its slope is y(1 − y)")),
    Operation("tanh", f"tanh({HOLE})", QT_TRANSLATE_NOOP("Operations", "The hyperbolic tangent; its slope is 1 − y²")),
    Operation("ReLU", f"relu({HOLE})",
              QT_TRANSLATE_NOOP("Operations", "max(0, x): lets the gradient through where x is positive")),
    Operation("max", f"max({HOLE}, {HOLE})",
              QT_TRANSLATE_NOOP("Operations", "The gradient goes to the larger one alone")),
)  # fmt: skip
