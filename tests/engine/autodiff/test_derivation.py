"""The lines from the parts' local derivatives to the short form are all the same number; sympy is the oracle."""

from __future__ import annotations

import pytest
import sympy

from engine.autodiff import Tree, backward, collapse, forward, graph_of, names_in, parse, patterns, text_of
from engine.autodiff.derivation import Derivation, derivation, operand_names


def derived(text: str, slot: int = 0) -> Derivation:
    graph = graph_of(parse(text))
    known = patterns(graph)
    keys = known[0].nodes if known else frozenset(graph.nodes[index].key for index in graph.operations)
    short = collapse(graph, keys, "group")
    index = next(number for number, node in enumerate(short.nodes) if node.inner is not None)
    found = derivation(
        short, index, slot, {node.key: label for node, label in zip(graph.nodes, graph.labels, strict=True)}
    )
    assert found is not None
    return found


def as_sympy(tree: Tree) -> sympy.Expr:
    return sympy.sympify(text_of(tree).replace("^", "**"))


def test_the_logistic_step_by_step() -> None:
    found = derived("1/(1 + exp(-x))")
    assert found.paths == ((("y", "v3"), ("v3", "v2"), ("v2", "v1"), ("v1", "x")),)
    assert text_of(found.merged) == "v2/v3^2"
    assert [(name, text_of(tree)) for name, tree in found.replaced] == [("v3", "1/y"), ("v2", "1/y - 1")]
    assert text_of(found.result) == "y*(1 - y)"
    put_in = as_sympy(found.merged).subs({name: as_sympy(tree) for name, tree in found.replaced})
    assert sympy.simplify(put_in - as_sympy(found.result)) == 0


@pytest.mark.parametrize(
    "text",
    [
        "1/(1 + exp(-x))",
        "exp(x)/(1 + exp(x))",
        "(exp(x) - exp(-x))/(exp(x) + exp(-x))",
        "log(1 + exp(x))",
        "1/(3 - x*2)",
        "2*x/(1 + exp(-x))",
        "u = x*w; u/(1 + u)",  # u and v are what the parameters of a collapsed node are called
        "u = x + 1; u/(3 + u)",
        "u1 = x*w; u1*x*t/(1 + u1)",
    ],
)
def test_every_line_is_the_derivative(text: str) -> None:
    graph = graph_of(parse(text))
    parts: dict[str, sympy.Expr] = {}
    for label, node in zip(graph.labels, graph.nodes, strict=True):
        if node.rule is not None:
            inside = {
                name: parts.get(
                    graph.labels[one],
                    sympy.Symbol(graph.labels[one])
                    if graph.nodes[one].value is None
                    else sympy.Rational(str(graph.nodes[one].value)),
                )
                for name, one in zip(node.rule.parameters, node.parents, strict=True)
            }
            parts[label] = as_sympy(node.rule.formula).subs(inside, simultaneous=True)
    truth = sympy.diff(parts["y"], sympy.Symbol("x"))
    found = derived(text)
    for line in (found.product, found.merged, found.result):
        assert sympy.simplify(as_sympy(line).subs(parts, simultaneous=True) - truth) == 0


def test_shares_of_a_softmax_say_what_they_are() -> None:
    found = derived("cross_entropy([a, b, c], 1)")
    assert text_of(found.result) == "p2 - 1"
    assert [(name, text_of(tree)) for name, tree in found.where] == [("p2", "exp(b)/(exp(a) + exp(b) + exp(c))")]
    assert len(found.paths) == 2


def test_the_parts_are_told_in_terms_of_the_operands() -> None:
    found = derived("1/(1 + exp(-2*x))", slot=0)
    assert [(name, text_of(tree)) for name, tree in found.parts] == [("v2", "exp(v1)"), ("v3", "1 + v2")]
    inside = {name: as_sympy(tree) for name, tree in found.parts}
    whole = (1 / sympy.Symbol("v3")).subs("v3", inside["v3"]).subs("v2", inside["v2"])
    slope = as_sympy(found.result).subs("y", whole)
    assert sympy.simplify(slope - sympy.diff(whole, sympy.Symbol("v1"))) == 0


def test_an_operand_that_others_are_made_of_goes_by_a_name_of_its_own() -> None:
    """∂p/∂x of the typed p is another number than that of the block with its other inputs held."""
    graph = graph_of(parse("a=exp(x); b=exp(y); c=exp(2*t - x*y); p=a/(a + b + c); -log(p) + 0.1*p^2"))
    (softmax,) = (one for one in patterns(graph) if one.kind == "softmax")
    short = collapse(graph, softmax.nodes, "softmax")
    index = next(number for number, node in enumerate(short.nodes) if node.inner is not None)
    assert operand_names(short, index) == ("z1", "z2", "z3")
    found = derivation(short, index, 0, {})
    assert found is not None and not {"x", "y"} & set(names_in(found.product))
    apart = collapse(graph_of(parse("exp(x)/(exp(x) + exp(y))")), _operations("exp(x)/(exp(x) + exp(y))"), "softmax")
    assert operand_names(apart, apart.output) == ("x", "y")


def _operations(text: str) -> list[str]:
    graph = graph_of(parse(text))
    return [graph.nodes[index].key for index in graph.operations]


def test_a_branch_that_is_not_taken_gets_0_in_one_node_too() -> None:
    graph = graph_of(parse("relu(x)^0.5"))
    short = collapse(graph, _operations("relu(x)^0.5"), "root")
    for shown in (graph, short):
        found = backward(shown, forward(shown, {"x": -1.0}))
        assert found.of[shown.variables["x"]] == 0.0 and shown.variables["x"] not in found.faults
