"""Expressions to begin with, each of which shows one thing about the chain rule, and the menu of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.kit.actions import ActionSet
from app.kit.plain_maths import plain_text
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.words import letters, plain_tip


@dataclass(frozen=True, slots=True)
class ExpressionExample:
    """``markup``: the formula in the menu. ``title`` and ``tip`` are source strings of the context ``Expressions``."""

    key: str
    markup: str
    title: str
    tip: str
    text: str
    inputs: Mapping[str, float] = field(default_factory=dict)


NETWORK_TEXT = "\n".join(
    (
        "h1 = tanh(w11*x1 + w12*x2 + b1)",
        "h2 = tanh(w21*x1 + w22*x2 + b2)",
        "y = tanh(v1*h1 + v2*h2 + c)",
        "L = 0.5*(y - t)^2",
    )
)

EXAMPLES: tuple[ExpressionExample, ...] = (
    ExpressionExample(
        "square",
        "(x + y)^2",
        QT_TRANSLATE_NOOP("Expressions", "Chain rule, two inputs"),
        QT_TRANSLATE_NOOP("Expressions", "z = t² with t = x + y: ∂z/∂x = 2t · 1, outer slope times inner slope"),
        "t = x + y\nz = t^2",
        {"x": 2.0, "y": 1.0},
    ),
    ExpressionExample(
        "logistic",
        r"\frac{1}{1 + e^{-x}}",
        QT_TRANSLATE_NOOP("Expressions", "Logistic, worked through"),
        QT_TRANSLATE_NOOP("Expressions", "Four small steps whose slopes multiply to y(1 − y)"),
        "1/(1 + exp(-x))",
        {"x": 2.0},
    ),
    ExpressionExample(
        "neuron",
        r"\frac{1}{2}(w x + b - t)^2",
        QT_TRANSLATE_NOOP("Expressions", "A neuron with squared error"),
        QT_TRANSLATE_NOOP("Expressions", "Who is to blame for the error: w gets E·x, x gets E·w, b gets E as it is"),
        "z = w*x + b\n0.5*(z - t)^2",
        {"w": 0.8, "x": 2.0, "b": -0.5, "t": 0.5},
    ),
    ExpressionExample(
        "softmax",
        r"-\log\,\mathrm{softmax}(z)_1",
        QT_TRANSLATE_NOOP("Expressions", "Softmax with cross-entropy"),
        QT_TRANSLATE_NOOP("Expressions", "exp, sum, ÷, log and × collapse to something short: p − t"),
        "cross_entropy([z1, z2, z3], [1, 0, 0])",
        {"z1": 1.2, "z2": 0.3, "z3": -0.8},
    ),
    ExpressionExample(
        "network",
        r"\tanh(V \tanh(W x + b) + c)",
        QT_TRANSLATE_NOOP("Expressions", "A 2-2-1 network"),
        QT_TRANSLATE_NOOP("Expressions", "Nine weights and the loss: backpropagation is the chain rule, node by node"),
        NETWORK_TEXT,
        {"x1": 1.0, "x2": -1.0, "w11": 0.9, "w12": -0.7, "b1": 0.1, "w21": -0.6, "w22": 0.8, "b2": -0.2,
         "v1": 1.1, "v2": -0.9, "c": 0.05, "t": 1.0},
    ),
    ExpressionExample(
        "fan_out",
        r"x\,e^{x} + x",
        QT_TRANSLATE_NOOP("Expressions", "A value that is used three times"),
        QT_TRANSLATE_NOOP("Expressions", "x is used three times, so three gradients arrive at it, and they are added"),
        "x*exp(x) + x",
        {"x": 0.5},
    ),
    ExpressionExample(
        "vanishing",
        r"\sigma(\sigma(\sigma(\sigma(\sigma(x)))))",
        QT_TRANSLATE_NOOP("Expressions", "A gradient that vanishes"),
        QT_TRANSLATE_NOOP("Expressions", "Each logistic hands on a quarter at most: after five little is left"),
        "sigmoid(sigmoid(sigmoid(sigmoid(sigmoid(x)))))",
        {"x": 1.0},
    ),
)  # fmt: skip
FIRST = "logistic"
"""What New, and the first visit, begins with."""


def example_named(key: str) -> ExpressionExample:
    """The example of this key. Raises KeyError."""
    return {one.key: one for one in EXAMPLES}[key]


class ExamplesButton(QToolButton):
    """A menu of the examples and of what the playground has. ``chosen(example)``."""

    chosen = Signal(object)

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Examples"))
        self.setToolTip(plain_tip(self.tr("Expressions to begin with, and what the playground has as a graph")))
        self.setProperty("role", "pill")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.entries: dict[str, QAction] = {}
        for example in EXAMPLES:
            title, tip = (QCoreApplication.translate("Expressions", words) for words in (example.title, example.tip))
            action = menu.addAction(f"{letters(title)}\t{letters(plain_text(example.markup))}")
            action.setToolTip(plain_tip(tip))
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, example=example: self.chosen.emit(example))
            self.entries[example.key] = action
        menu.addSeparator()
        menu.addActions([actions["graph_from_neuron"], actions["graph_from_network"]])
        self.setMenu(menu)

    def mark(self, text: str) -> None:
        """Tick the example whose text is open."""
        for example in EXAMPLES:
            self.entries[example.key].setChecked(example.text == text)
