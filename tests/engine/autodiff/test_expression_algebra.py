"""Derivatives that are written out, and nodes that are collapsed: equal to sympy's, to torch's and to their parts'."""

from __future__ import annotations

import math
import warnings
from dataclasses import replace

import numpy as np
import pytest
import sympy

from engine.autodiff import (
    CollapsedNodes,
    Gradients,
    ScalarGraph,
    backward,
    by_torch,
    collapse,
    collapse_all,
    derivative,
    forward,
    graph_of,
    open_again,
    opened,
    parse,
    patterns,
    simplify,
    text_of,
    torch_code,
)
from engine.autodiff.algebra.simplify import size_of
from engine.autodiff.collapse import MOST_WRITTEN
from engine.problems import EngineError
from tests.engine.autodiff.random_trees import by_sympy, tame_case, to_sympy, values_over


def gradients_of(graph: ScalarGraph, inputs: dict[str, float]) -> Gradients:
    return backward(graph, forward(graph, inputs))


def written(text: str, name: str = "x") -> str:
    return text_of(derivative(parse(text).whole, name))


@pytest.mark.parametrize("seed", range(200, 260))
def test_simplified_trees_and_derivatives_are_worth_what_sympy_says(seed: int) -> None:
    tree, point = tame_case(np.random.default_rng(seed))
    oracle = to_sympy(tree)
    others = {name: value for name, value in point.items() if name != "x"}
    at = np.array([point["x"]])
    expected = by_sympy(oracle, point)
    assert values_over(simplify(tree), "x", at, others)[0] == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert size_of(simplify(tree)) <= size_of(tree)
    slope = by_sympy(sympy.diff(oracle, sympy.Symbol("x", real=True)), point)
    assert values_over(derivative(tree, "x"), "x", at, others)[0] == pytest.approx(slope, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("(x + y)^2", "2*(x + y)"),
        ("x*x*x", "3*x^2"),
        ("1/x", "-1/x^2"),
        ("log(x^2)", "2/x"),
        ("exp(log(x)*2)", "2*x"),
        ("x/3 + x/3", "2/3"),
        ("x - x", "0"),
        ("y*2", "0"),
        ("x*(2/-3)", "-2/3"),
        ("x*(x + 1)/(x + 1)", "1"),
        ("sqrt(x^2 + 1)", "x/sqrt(1 + x^2)"),
        ("1/2*(w*x + b - t)^2", "w*(w*x + b - t)"),
        ("exp(-x^2/2)", "-x*exp(-1/2*x^2)"),
        ("relu(w*x)", "w*step(w*x)"),
        ("2^x", "2^x*log(2)"),
        ("e^x", "exp(x)"),
        ("exp(x)*exp(-x)", "0"),
        ("sin(x)*cos(x)", "cos(x)^2 - sin(x)^2"),
        ("x*0.1 + 0.2*y", "0.1"),
        ("t = x^2; t*t", "4*x^3"),
        ("x/sqrt(x)", "1/(2*sqrt(x))"),
        ("sqrt(4*x)", "1/sqrt(x)"),
        ("sqrt(2/pi)*x", "sqrt(2/pi)"),
        ("cross_entropy([x, b], 0)", "-exp(b)/(exp(x) + exp(b))"),
    ],
)
def test_derivatives_are_written_as_one_would(text: str, slope: str) -> None:
    assert written(text) == slope


@pytest.mark.parametrize(
    "text",
    [
        "sqrt(x^2)",
        "(x^2)^0.5",
        "log(x*y)",
        "log(x^2)",
        "log(x)^2",
        "(x*y)^0.5",
        "sqrt(x)*sqrt(y)",
        "(x^3)^(1/3)",
        "sqrt(x*y + x)",
        "log(x*y + x)",
        "sqrt(-x - y)",
        "(x^2*y^2)^1.5",
        "sqrt((x + y)^2)",
        "sqrt(x*(x + y) + y*(x + y))",
    ],
)
def test_nothing_is_rewritten_that_holds_for_positive_numbers_alone(text: str) -> None:
    tree = parse(text).whole
    for x, y in ((2.0, 3.0), (-2.0, -3.0)):
        there = values_over(tree, "x", np.array([x]), {"y": y})
        assert values_over(simplify(tree), "x", np.array([x]), {"y": y}) == pytest.approx(there, nan_ok=True)


SLOPES_AT = [
    # expressions whose normal forms grow too large or too deep, with a point, and the slope there by hand
    ("*".join(f"(x + {k})" for k in range(1, 41)), 0.5, math.prod(0.5 + k for k in range(1, 41))
     * sum(1 / (0.5 + k) for k in range(1, 41))),
    ("a = (x + 1)^9; b = (a + 1)^9; c = (b + 1)^9; d = (c + 1)^9; d*0", -1.0, 0.0),
    ("+".join(["sin(x)"] * 600), 0.3, 600 * math.cos(0.3)),
    ("+".join(f"sin({k}*x)" for k in range(250)), 0.3, sum(k * math.cos(k * 0.3) for k in range(250))),
    ("a0 = x\n" + "".join(f"a{k + 1} = sin(a{k})\n" for k in range(300)) + "a300*0 + x", 0.5, 1.0),
    ("(((3*x)^64)^64)^64", 1 / 3, 3 * 64.0**3),
    ("((x/3)^64)^64", 3.0, 64.0**2 / 3),
    ("(10^200*x)*10^-200", 0.5, 1.0),
    ("1e300*x", 0.5, 1e300),
    ("1e150*x*1e150*1e150", 0.5, math.inf),
    ("1e-150*x*1e-150*1e-150", 0.5, 0.0),
    ("x^2 + 1/(y - y)", 0.5, 1.0),
    ("x + log(y - y)", 0.5, 1.0),
    ("(y - y)^2 + x", 0.5, 1.0),
    ("x*4^(1/2) + x*(1/9)^-0.5", 0.5, 5.0),
    ("exp(2)*x + x/exp(2)", 0.5, math.exp(2) + math.exp(-2)),
    ("x*log(2*e^3)", 0.5, math.log(2) + 3),
    ("x^(1 + 1)*x^y", 0.5, 4.0 * 0.5**3),
    ("exp(x)^y", 0.5, 2 * math.exp(1.0)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "x", "slope"), SLOPES_AT, ids=[text[:20] for text, _, _ in SLOPES_AT])
def test_whatever_grows_too_large_or_is_special_has_its_slope(text: str, x: float, slope: float) -> None:
    """Of y = 2. A product of forty sums has 2⁴⁰ terms; a tower of powers has coefficients of a million digits."""
    found = derivative(parse(text).whole, "x")
    assert values_over(found, "x", np.array([x]), {"y": 2.0})[0] == pytest.approx(slope, rel=1e-12)
    assert values_over(simplify(parse(text).whole), "x", np.array([x]), {"y": 2.0}) == pytest.approx(
        values_over(parse(text).whole, "x", np.array([x]), {"y": 2.0}), rel=1e-11, nan_ok=True
    )


# --- Collapsed nodes


def all_of(graph: ScalarGraph) -> list[str]:
    return [node.key for node in graph.nodes]


COLLAPSED = [
    # text, the slopes as they are written, over u, v … and y
    ("1/(1 + exp(-x))", ["y*(1 - y)"]),
    ("exp(x)/(1 + exp(x))", ["y*(1 - y)"]),
    ("(exp(x) - exp(-x))/(exp(x) + exp(-x))", ["1 - y^2"]),
    ("(1 - exp(-2*x))/(1 + exp(-2*x))", ["1 - y^2"]),
    ("exp(x^2)", ["2*u*y"]),
    ("sqrt(x^2 + 1)*1", ["u/y"]),
    ("relu(x)*c", ["v*step(u)", "relu(u)"]),
    ("c*tanh(2*x)", ["2*v*(1 - tanh(2*u)^2)", "tanh(2*u)"]),
    ("x/(x + b)", ["v/(u + v)^2", "-u/(u + v)^2"]),
    ("x^2*1", ["2*u"]),
    ("log(1 + exp(x))", ["exp(u)/(1 + exp(u))"]),
    ("1/2*(x - t)^2", ["u - v", "v - u"]),
    ("cross_entropy([a, b, c], [0, 1, 0])", ["p1", "p2 - 1", "p3"]),
    ("cross_entropy([a, b], 0)", ["p1 - 1", "p2"]),
    ("e1 = exp(a); e2 = exp(b); -log(e1/(e1 + e2))", ["p1 - 1", "p2"]),
    ("softmax([a, b])[0]", ["y*(1 - y)", "y^2 - y"]),
    ("w*x + b", ["u2", "u1", "1"]),
    ("tanh(x)*3", ["1/3*(9 - y^2)"]),
    ("tanh(w*x)", ["v*(1 - y^2)", "u*(1 - y^2)"]),
]


@pytest.mark.torch
@pytest.mark.parametrize(("text", "slopes"), COLLAPSED, ids=[text for text, _ in COLLAPSED])
def test_collapsed_nodes_have_simple_slopes_equal_to_their_parts(text: str, slopes: list[str]) -> None:
    """Curriculum 4.4 and 4.5: 1e-12 at random points, values bit for bit, and torch says the same of the parts."""
    whole = graph_of(parse(text))
    one = collapse(whole, all_of(whole), "f")
    rule = one.nodes[-1].rule
    assert rule is not None
    assert [text_of(partial) for partial in rule.partials] == slopes
    assert len(one.nodes) == len(whole.variables) + 1
    random = np.random.default_rng(3)
    for _ in range(25):
        inputs = {name: float(random.uniform(-3.0, 3.0)) for name in whole.variables}
        values = forward(whole, inputs)
        assert forward(one, inputs).of[-1] == values.of[-1]
        parts, together, theirs = backward(whole, values), gradients_of(one, inputs), by_torch(one, inputs)
        for name, index in one.variables.items():
            assert together.of[index] == pytest.approx(parts.of[whole.variables[name]], rel=1e-12, abs=1e-12)
            assert together.of[index] == pytest.approx(theirs.gradients[index], rel=1e-12, abs=1e-12)


def test_the_collapsed_logistic_is_torch_s_sigmoid() -> None:
    """Curriculum 4.4: equal to the fused logistic node, 1e-12."""
    torch = pytest.importorskip("torch")
    whole = graph_of(parse("1/(1 + exp(-x))"))
    one = collapse(whole, all_of(whole), "logistic")
    for at in np.linspace(-20.0, 20.0, 41):
        x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
        torch.sigmoid(x).backward()
        assert x.grad is not None
        assert gradients_of(one, {"x": float(at)}).of[0] == pytest.approx(float(x.grad), rel=1e-6, abs=1e-12)
        assert forward(one, {"x": float(at)}).of[-1] == pytest.approx(float(torch.sigmoid(x.detach())), rel=1e-12)


def test_collapsed_softmax_and_cross_entropy_are_p_minus_t_of_the_fused_loss() -> None:
    """Curriculum 4.5, with targets that are variables."""
    functional = pytest.importorskip("torch.nn.functional")
    torch = pytest.importorskip("torch")
    whole = graph_of(parse("cross_entropy([a, b, c], [s, t, w])"))
    (pattern,) = patterns(whole)
    one = collapse(whole, pattern.nodes, pattern.kind)
    z = torch.tensor([0.3, -1.2, 2.0], dtype=torch.float64, requires_grad=True)
    target = torch.tensor([0.2, 0.5, 0.3], dtype=torch.float64)
    loss = functional.cross_entropy(z, target)
    loss.backward()
    inputs = dict(zip("abcstw", [*z.tolist(), *target.tolist()], strict=True))
    assert z.grad is not None
    ours = [gradients_of(one, inputs).of[one.variables[name]] for name in "abc"]
    assert ours == pytest.approx(z.grad.tolist(), rel=1e-12)
    assert ours == pytest.approx((torch.softmax(z.detach(), 0) - target).tolist(), rel=1e-12)
    assert forward(one, inputs).of[-1] == pytest.approx(float(loss.detach()), rel=1e-13)
    rule = one.nodes[-1].rule
    assert rule is not None
    assert text_of(rule.formula).startswith("cross_entropy(")
    assert dict(rule.where).keys() == {"p1", "p2", "p3"}


def test_any_selection_collapses_or_says_why_and_opens_again_as_it_was() -> None:
    random = np.random.default_rng(300)
    collapsed = 0
    for _ in range(30):
        tree, point = tame_case(random)
        whole = graph_of(parse(f"t = {text_of(tree)}; (t*x + 1)*tanh(t)"))
        before = gradients_of(whole, point)
        for _ in range(12):
            end = int(random.choice(whole.operations))
            try:
                one = collapse(whole, selection(random, whole, end), "f")
            except EngineError as error:
                assert error.problem.code in ("expression.collapse-few", "expression.collapse-several")
                continue
            collapsed += 1
            assert open_again(one, whole.nodes[end].key) == whole
            assert forward(one, point).of[-1] == forward(whole, point).of[-1]
            after = gradients_of(one, point)
            for index, node in enumerate(one.nodes):
                expected = before.of[whole.index[node.key]]
                if expected is not None:
                    assert after.of[index] == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert collapsed > 60


def selection(random: np.random.Generator, graph: ScalarGraph, end: int) -> list[str]:
    """A node with some of what it is made of."""
    chosen = {end}
    for index in range(end, -1, -1):
        if index in chosen and random.random() < 0.8:
            chosen |= set(graph.nodes[index].parents)
    return [graph.nodes[index].key for index in chosen]


def test_groups_within_groups_open_one_by_one() -> None:
    whole = graph_of(parse("1/2*(1/(1 + exp(-(w*x + b))) - t)^2"))
    inputs = {"w": 0.5, "x": -1.0, "b": 0.25, "t": 1.0}
    found = {pattern.kind: pattern for pattern in patterns(whole)}
    assert found.keys() == {"logistic", "squared error"}
    groups = [CollapsedNodes(name=kind, nodes=tuple(sorted(one.nodes))) for kind, one in found.items()]
    twice = collapse_all(whole, groups)
    assert [node.rule.symbol for node in twice.nodes if node.rule] == ["×", "+", "logistic", "squared error"]
    everything = collapse(twice, all_of(twice), "neuron")
    assert [node.rule.symbol for node in everything.nodes if node.rule] == ["neuron"]
    assert open_again(everything, everything.nodes[-1].key) == twice
    assert opened(everything) == whole
    for graph in (twice, everything):
        ours = gradients_of(graph, inputs)
        for name, index in graph.variables.items():
            theirs = gradients_of(whole, inputs).of[whole.variables[name]]
            assert ours.of[index] == pytest.approx(theirs, rel=1e-13)
    assert torch_code(everything, inputs) == torch_code(whole, inputs)
    gone = [*groups, CollapsedNodes(name="gone", nodes=("#nothing", "#neither"))]
    assert collapse_all(whole, gone) == twice


@pytest.mark.parametrize("name", ["u", "v", "u1", "w1", "t"])
def test_a_group_may_hold_a_group_whose_name_is_that_of_a_parameter(name: str) -> None:
    """A collapsed node's parameters are called u and v, and so may be what somebody defines."""
    whole = graph_of(parse(f"{name} = (x + 1)^2; {name}*z + sin({name})"))
    first = collapse(whole, [node.key for node in whole.nodes if node.key.startswith("#") or node.key == name][:3], "f")
    everything = collapse(first, all_of(first), "g")
    assert [node.rule.symbol for node in everything.nodes if node.rule] == ["g"]
    assert opened(everything) == whole
    inner = everything.nodes[-1].inner
    assert inner is not None
    for graph in (inner, opened(inner)):
        assert len(graph.index) == len(graph.nodes)  # no two have one key
    inputs = {"x": 0.5, "z": -2.0}
    ours, theirs = gradients_of(everything, inputs), gradients_of(whole, inputs)
    for variable, index in everything.variables.items():
        assert ours.of[index] == pytest.approx(theirs.of[whole.variables[variable]], rel=1e-13)


def test_many_nodes_collapse_into_one_whose_slopes_are_those_of_its_parts() -> None:
    """Beyond what anybody would read nothing is written out; the numbers are there all the same."""
    whole = graph_of(parse("+".join(f"x{i}*tanh(w{i}*x{i})" for i in range(40))))
    assert len(whole.operations) > MOST_WRITTEN
    one = collapse(whole, all_of(whole), "many")
    rule = one.nodes[-1].rule
    assert rule is not None and rule.partials == () and text_of(rule.formula).startswith("many(")
    random = np.random.default_rng(1)
    inputs = {name: float(random.normal()) for name in whole.variables}
    parts, together = gradients_of(whole, inputs), gradients_of(one, inputs)
    for name, index in one.variables.items():
        assert together.of[index] == pytest.approx(parts.of[whole.variables[name]], rel=1e-12)
    squares = graph_of(parse("a=x*x+1\nb=a*a+x\nc=b*b+a\nd=c*c+b\nf=d*d+c\ng=f*f+d\nh=g*g+f\nk=h*h+g\nk"))
    one = collapse(squares, all_of(squares), "tower")
    expected = gradients_of(squares, {"x": 0.1}).of[0]
    assert gradients_of(one, {"x": 0.1}).of[0] == pytest.approx(expected, rel=1e-11)


def test_what_cannot_be_collapsed_is_said() -> None:
    graph = graph_of(parse("t = x + y; s = t*2; s*t"))
    with pytest.raises(EngineError, match="two or more operations"):
        collapse(graph, ["t", "x"], "f")
    with pytest.raises(EngineError, match="pass on more than one value, t and s"):
        collapse(graph, ["t", "s"], "f")
    assert open_again(graph, "t") is graph


def test_a_fault_within_a_collapsed_node_is_marked() -> None:
    whole = graph_of(parse("log(x - 1)*2 + x"))
    one = collapse(whole, all_of(whole)[:-1], "f")
    values = forward(one, {"x": 0.5})
    assert {fault.problem.code for fault in values.faults.values()} == {"expression.inner-fault"}
    assert one.output in values.faults and one.variables["x"] not in values.faults


def test_typing_beside_a_group_does_not_work_it_out_anew() -> None:
    """The rule of a group that is there still is the same object, wherever it has gone in the text."""
    rules = []
    for text in ("1/(1 + exp(-x))", "  3*(1/(1 + exp(-x)))", "q = 2\n3*(1/(1 + exp(-x))) + q"):
        graph = graph_of(parse(text))
        (pattern,) = patterns(graph)
        one = collapse(graph, pattern.nodes, "σ")
        rules.append(one.nodes[one.index[pattern.output]].rule)
    assert rules[0] is rules[1] is rules[2]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("3*(1/(exp(-x) + 1))", ["logistic"]),
        ("a = exp(x); a/(1 + a)", ["logistic"]),
        ("a = exp(x); a/(1 + a) + a", []),
        ("exp(x)/(1 + exp(y))", []),
        ("1/(2 + exp(-x))", []),
        ("1/(1 + exp(-a*b))", ["logistic"]),
        ("1/(exp(b*-a) + 1)", ["logistic"]),
        ("1/(1 + exp(-x*2))", ["logistic"]),
        ("1/(1 + exp(-x/s))", ["logistic"]),
        ("1/(1 + exp(-x - s))", ["logistic"]),
        ("1/(1 + exp(-w*x - b))", ["logistic"]),
        ("1/(1 + exp(-2*x))", ["falling logistic"]),
        ("1/(1 + exp(-a*b*c))", ["falling logistic"]),
        ("1/(1 + exp(b - x))", ["falling logistic"]),
        ("1/(1 + exp(a*b))", ["falling logistic"]),
        ("(exp(x*y) - exp(-(x*y)))/(exp(-(x*y)) + exp(x*y))", []),
        ("s = x*y; (exp(s) - exp(-s))/(exp(-s) + exp(s))", ["tanh"]),
        ("(x - t)^2*(1/2)", ["squared error"]),
        ("softmax([a, b, c])[1]", ["softmax"]),
        ("p = softmax([a, b]); p[0] + p[1]", []),
        ("-log(exp(a)/(exp(a) + exp(b)))", []),
        ("cross_entropy([a, b], [s, t])", ["softmax + cross-entropy"]),
        ("p = softmax([a, b]); -(s*log(p[1]) + log(p[0])*t)", ["softmax + cross-entropy"]),
        ("p = softmax([a, b]); -(s*log(p[1]) + q*t)", ["softmax"]),
        ("p = softmax([a, b]); -(log(p[1]) + log(p[0]))", []),
        ("x + y", []),
    ],
)
def test_named_groups_are_found_as_they_may_be_typed(text: str, kinds: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = graph_of(parse(text))
        found = patterns(graph)
    assert [pattern.kind for pattern in found] == kinds
    for pattern in found:
        one = collapse(graph, pattern.nodes, pattern.kind)
        assert one.nodes[one.index[pattern.output]].inner is not None
        assert open_again(one, pattern.output) == graph


def test_a_wrong_slope_would_be_seen() -> None:
    """The demand of 1e-12 is one that a false derivative fails."""
    whole = graph_of(parse("1/(1 + exp(-x))"))
    one = collapse(whole, all_of(whole), "f")
    node = one.nodes[-1]
    assert node.rule is not None
    false = replace(node, rule=replace(node.rule, slopes=(lambda y, u: y * (1.0 + y),)))
    wrong = gradients_of(ScalarGraph((*one.nodes[:-1], false)), {"x": 0.3}).of[0]
    assert wrong != pytest.approx(gradients_of(whole, {"x": 0.3}).of[whole.variables["x"]], rel=1e-12)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("x*sigmoid(1.7*x)", "sigmoid(1.7*x)*(1 + 1.7*x*(1 - sigmoid(1.7*x)))"),
        ("x*tanh(0.3*x)", "tanh(0.3*x) + 0.3*x*(1 - tanh(0.3*x)^2)"),
        ("x/(1 + 0.3*abs(x))", "1/(1 + 0.3*abs(x))^2"),
    ],
)
def test_no_factor_is_taken_out_that_leaves_endless_decimals(text: str, written: str) -> None:
    assert text_of(derivative(parse(text).result, "x")) == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "x*sigmoid(1.7*x) + 0.3*exp(-x^2)",
            "sigmoid(1.7*x)*(1 + 1.7*x*(1 - sigmoid(1.7*x))) - 3/5*x*exp(-x^2)",
        ),
        ("x/1.7", "1/1.7"),
        ("0.3*x/1.7", "3/17"),
        ("exp(-x^2/(2*1.7^2))", "-x*exp(-x^2/5.78)/2.89"),
        ("1.05*(x/1.67*tanh(x))", "105/167*(x*(1 - tanh(x)^2) + tanh(x))"),
        ("log(1 + exp(1.3*x))/1.3", "exp(1.3*x)/(1 + exp(1.3*x))"),
    ],
)
def test_numbers_stay_as_they_are_typed(text: str, expected: str) -> None:
    tree = parse(text).result
    found = derivative(tree, "x")
    assert text_of(found) == expected
    xs = np.linspace(-3.0, 3.0, 41)
    ours = values_over(found, "x", xs)
    x = sympy.Symbol("x", real=True)
    theirs = sympy.lambdify(x, sympy.diff(to_sympy(tree).subs(sympy.Symbol("x"), x), x))(xs)
    np.testing.assert_allclose(ours, np.broadcast_to(theirs, xs.shape), rtol=1e-12, atol=1e-13)


def test_the_logistic_of_a_product_has_the_slopes_of_its_parts() -> None:
    whole = graph_of(parse("1/(1 + exp(-a*b))"))
    (pattern,) = patterns(whole)
    one = collapse(whole, pattern.nodes, "σ")
    rule = one.nodes[one.output].rule
    assert rule is not None and [text_of(partial) for partial in rule.partials] == ["v*y*(1 - y)", "u*y*(1 - y)"]
    inputs = {"a": 0.7, "b": -1.3}
    ours, parts = gradients_of(one, inputs), gradients_of(whole, inputs)
    for name in inputs:
        assert ours.of[one.variables[name]] == pytest.approx(parts.of[whole.variables[name]], rel=1e-12)


def test_the_falling_logistic_is_torch_s_sigmoid_of_minus_u() -> None:
    torch = pytest.importorskip("torch")
    whole = graph_of(parse("1/(1 + exp(-2*x))"))
    (pattern,) = patterns(whole)
    one = collapse(whole, pattern.nodes, "σ(−u)")
    rule = one.nodes[one.output].rule
    assert rule is not None and [text_of(partial) for partial in rule.partials] == ["y^2 - y"]
    for value in (-1.5, 0.0, 2.25):
        x = torch.tensor(value, dtype=torch.float64, requires_grad=True)
        torch.sigmoid(2 * x).backward()
        assert gradients_of(one, {"x": value}).of[one.variables["x"]] == pytest.approx(float(x.grad), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x^(1/3)", "1/(3*x^(2/3))"),
        ("x^(3/7)", "3/(7*x^(4/7))"),
        ("1/x^(1/3)", "-1/(3*x^(4/3))"),
        ("x^0.3333", "0.3333/x^0.6667"),
        ("x^pi", "pi*x^(pi - 1)"),
        ("x^1e-300", "1e-300*x^-1"),
    ],
)
def test_an_exponent_is_lowered_as_exactly_as_it_is_written(text: str, said: str) -> None:
    tree = derivative(parse(text).result, "x")
    assert text_of(tree) == said
    x = sympy.Symbol("x", positive=True)
    true = sympy.diff(sympy.sympify(text.replace("^", "**"), {"x": x}, rational=True), x)
    assert values_over(tree, "x", np.array([1.7]))[0] == pytest.approx(float(true.subs(x, sympy.Rational(17, 10))))
