"""Every line of every rule, as it is printed and read by the usual precedence, comes to the number beside it."""

from __future__ import annotations

import math

import pytest
from pytestqt.qtbot import QtBot

from app.kit.formula.boxes import Row
from app.kit.formula.rows import Grid
from app.workspaces.scalar_graph.computation import Computation, GradientOf, Handed, ShareOf, ValueOf, compute
from app.workspaces.scalar_graph.explanations.origin import fact_of
from app.workspaces.scalar_graph.explanations.rule import backward_rows
from app.workspaces.scalar_graph.names import label_markup, share_markup, slope_markup
from engine.autodiff.document import ExpressionSheet
from engine.autodiff.rules import RULES
from tests.app.kit.printed import value_of

RULED = {
    "+": "a + b", "-": "a - b", "*": "a*b", "/": "a/b", "^": "a^b", "neg": "-a", "reciprocal": "1/a", "exp": "exp(a)",
    "log": "log(a)", "sin": "sin(a)", "cos": "cos(a)", "tan": "tan(a)", "atan": "atan(a)", "sinh": "sinh(a)",
    "cosh": "cosh(a)", "erf": "erf(a)", "sign": "sign(a)", "tanh": "tanh(a)", "sigmoid": "sigmoid(a)",
    "relu": "relu(a)", "sqrt": "sqrt(a)", "abs": "abs(a)", "max": "max(a, b)", "min": "min(a, b)",
}  # fmt: skip
"""An expression for every rule that can be typed, by its key."""
UNTYPED = {"step", "beats"}
MORE = ("a^3", "a^-1", "a^0.5", "a^1", "(1/3)^a", "0.00002^a", "softmax([a, b])[0]", "cross_entropy([a, b], 0)")
SIGNED = {"log", "sqrt", "^"}
"""Rules that take positive numbers alone."""
CLOSE = 2e-5
"""What is printed with six digits comes so near."""


def test_there_is_an_expression_for_every_rule() -> None:
    assert RULED.keys() | UNTYPED == RULES.keys()


@pytest.mark.parametrize("text", [*RULED.values(), *MORE])
@pytest.mark.parametrize(("a", "b"), [(0.8, 1.7), (-0.8, -0.3), (0.000023, -2.0)])
def test_cards_and_rules_read_as_their_numbers(qtbot: QtBot, text: str, a: float, b: float) -> None:
    if a < 0 and any(text == RULED[one] for one in SIGNED):
        a = -a
    if text in ("a^0.5", "(1/3)^a"):
        a = abs(a)
    worked = compute(ExpressionSheet(text=f"f = {text}\n-0.6*f + a*b", inputs={"a": a, "b": b}), None)
    graph, state = worked.graph, worked.state(worked.steps)
    checked = 0
    for index, node in enumerate(graph.nodes):
        keys = [ValueOf(node.key), GradientOf(node.key), *(ShareOf(node.key, s) for s in range(len(node.parents)))]
        for key in keys:
            fact = fact_of(worked, state, key)
            if fact is None or fact.value is None or isinstance(fact.formula, str):
                continue
            assert math.isclose(value_of(fact.formula, _names(worked)), fact.value, rel_tol=1e-9, abs_tol=1e-12)
            if not isinstance(fact.worked, str):
                found = value_of(fact.worked, {}, side=0)
                assert math.isclose(found, fact.value, rel_tol=CLOSE, abs_tol=CLOSE), (text, key)
            checked += 1
        for row, handed in zip(*_backward(worked, index), strict=True):
            arrived = {**_names(worked), "E": handed.upstream}
            assert math.isclose(value_of(row, arrived), handed.product, rel_tol=1e-9, abs_tol=1e-12), (text, index)
    assert checked > len(graph.nodes)


def _backward(worked: Computation, index: int) -> tuple[list[Row], list[Handed]]:
    """``E × local derivative`` as a rule's card has it, and what each comes to."""
    state = worked.state(worked.steps)
    rows = backward_rows(worked.graph, index, lambda slot: state.handed.get((index, slot)), (), {})
    handed = [state.handed.get((index, slot)) for slot in range(len(worked.graph.nodes[index].parents))]
    lines = []
    for row in rows:
        assert isinstance(row, Grid)
        lines.append(Row(row.rows[0][:3]))
    return lines, [one for one in handed if one is not None][: len(lines)]


def _names(worked: Computation) -> dict[str, float]:
    """What every name of the graph is worth: nodes, slopes of the result along them, shares."""
    graph, values = worked.graph, worked.values.of
    state = worked.state(worked.steps)
    found = {label_markup(graph, i): values[i] for i, node in enumerate(graph.nodes) if not node.is_constant}
    found |= {slope_markup(graph, i): state.gradients[i] or 0.0 for i in range(len(graph.nodes))}
    for (child, slot), handed in state.handed.items():
        parent = graph.nodes[child].parents[slot]
        found[share_markup(graph, child, parent)] = handed.product
    return found
