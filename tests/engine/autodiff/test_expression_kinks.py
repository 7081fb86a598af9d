"""Kinks: the slopes to both sides are those that are measured by going to each, and torch's gradient is one number."""

from __future__ import annotations

import math

import pytest
import sympy

from engine.autodiff import backward, by_torch, collapse, forward, graph_of, kinks, parse
from engine.autodiff.nudge import nudge

SMALL = 1e-7


def measured(text: str, at: dict[str, float], name: str, step: float) -> float:
    """Δoutput/Δinput, going to one side."""
    graph = graph_of(parse(text))
    before, after = forward(graph, at).of[-1], forward(graph, {**at, name: at[name] + step}).of[-1]
    return (after - before) / step


@pytest.mark.torch
@pytest.mark.parametrize(
    ("text", "at", "operations"),
    [
        ("tanh(a*b) + max(a, b)^2/b", {"a": 1.0, "b": 1.0}, ["max(a, b)"]),
        ("abs(x) + 3*x", {"x": 0.0}, ["abs(x)"]),
        ("exp(2*relu(x - 1))", {"x": 1.0}, ["relu(v1)"]),
        ("relu(x - 1) + abs(x - 1)", {"x": 1.0}, ["relu(v1)", "abs(v3)"]),
        ("min(x, y)*y", {"x": 2.0, "y": 2.0}, ["min(x, y)"]),
        ("max(a, b, c)", {"a": 1.0, "b": 1.0, "c": 1.0}, ["max(a, b)", "max(v1, c)"]),
        ("relu(x) - relu(-x)", {"x": 0.0}, ["relu(x)", "relu(v2)"]),  # smooth after all, and yet the tape hands back 0
        ("sin(abs(x))*2 - abs(x)", {"x": 0.0}, ["abs(x)"]),
        ("x^1.5 + x", {"x": 0.0}, ["x^1.5"]),
    ],
)
def test_the_slopes_to_both_sides_are_those_that_are_measured(
    text: str, at: dict[str, float], operations: list[str]
) -> None:
    graph = graph_of(parse(text))
    found = kinks(graph, at)
    name = next(iter(at))
    kink = found[graph.variables[name]]
    assert list(kink.operations) == operations
    assert kink.right == pytest.approx(measured(text, at, name, SMALL), abs=2e-3)
    left = measured(text, at, name, -SMALL)
    assert kink.left == pytest.approx(left, abs=1e-5) or (math.isnan(kink.left) and math.isnan(left))
    theirs = by_torch(graph, at).gradients[graph.variables[name]]
    assert theirs != kink.left or theirs != kink.right


def test_a_jump_has_no_slope_to_either_side() -> None:
    graph = graph_of(parse("3*sign(x)"))
    kink = kinks(graph, {"x": 0.0})[graph.variables["x"]]
    assert kink.operations == ("sign(x)",) and (kink.left, kink.right) == (math.inf, math.inf)
    assert not kink.has_two_slopes
    assert kink.jumps
    assert kinks(graph, {"x": 0.5}) == {}


@pytest.mark.torch
@pytest.mark.parametrize(
    ("text", "smooth"),
    [
        ("x*sign(x)", False),
        ("relu(x)*sign(x)", False),
        ("x*(1 + sign(x))/2", False),
        ("relu(x) + x*sign(x)", False),
        ("relu(x)*sign(relu(x))", False),
        ("abs(x*sign(x)) + sin(x)", False),
        ("exp(x*sign(x))*3", False),
        ("x^2*sign(x)", True),
        ("sin(x)^2*sign(x) + 3*sin(x)", True),
        ("sign(x) - sign(x)", True),
        ("x*sign(x)*sign(x)", False),  # x but at 0 alone: smooth, and yet the tape hands back 0
    ],
)
def test_what_jumps_times_nothing_hides_no_corner(text: str, smooth: bool) -> None:
    """The slopes to both sides are sympy's limits."""
    x, h, relu = sympy.Symbol("x", real=True), sympy.Symbol("h", positive=True), sympy.Function("relu")
    whole = sympy.sympify(text, {"x": x, "relu": relu}).replace(relu, lambda u: sympy.Max(u, 0))
    at = whole.subs(x, 0)
    left, right = (sympy.limit((whole.subs(x, side * h).doit() - at) / (side * h), h, 0, "+") for side in (-1, 1))
    graph = graph_of(parse(text))
    kink = kinks(graph, {"x": 0.0}).get(graph.variables["x"])
    if smooth:
        theirs = by_torch(graph, {"x": 0.0}).gradients[graph.variables["x"]]
        assert kink is None and float(left) == float(right) == theirs
    else:
        assert kink is not None
        assert (kink.left, kink.right) == (pytest.approx(float(left), abs=1e-5), pytest.approx(float(right), abs=1e-5))


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("sign(x)^2 + x", (-math.inf, math.inf)),  # 0 at 0 and 1 beside it
        ("cos(sign(x))", (math.inf, -math.inf)),
        ("x*sign(x) + 2*sign(x)", (math.inf, math.inf)),
    ],
)
def test_a_jump_that_infinity_times_nothing_hides_has_no_slope_to_either_side(
    text: str, sides: tuple[float, float]
) -> None:
    kink = kinks(graph_of(parse(text)), {"x": 0.0})[0]
    assert (kink.left, kink.right) == sides and not kink.has_two_slopes


def test_where_nothing_settles_beside_what_jumps_nothing_is_claimed() -> None:
    assert kinks(graph_of(parse("sqrt(x)*sign(x)")), {"x": 0.0}) == {}


@pytest.mark.parametrize("text", ["tanh(max(x, x))*(sqrt(y)*relu(1))", "sin(x)*sqrt(y)", "(sin(x)*sqrt(y))^2"])
def test_an_edge_is_told_where_nothing_jumps_though_its_slope_times_nothing_is_no_number(text: str) -> None:
    graph = graph_of(parse(text))
    kink = kinks(graph, {"x": 0.0, "y": 0.0})[graph.variables["y"]]
    assert kink.operations == ("sqrt(y)",) and math.isnan(kink.left) and math.isnan(kink.right)


def test_beside_a_root_of_nothing_there_is_no_slope_to_the_left() -> None:
    graph = graph_of(parse("sqrt(x)"))
    kink = kinks(graph, {"x": 0.0})[0]
    assert kink.right == math.inf and math.isnan(kink.left)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("abs(x)", {"x": 0.1}),
        ("max(x, x)", {"x": 2.0}),
        ("relu(x^2)", {"x": 0.0}),  # its slope comes to 0 from both sides
        ("max(a, b)", {"a": 1.0, "b": 2.0}),
        ("log(-x) + abs(x)", {"x": 0.0}),  # the value means nothing already
        ("x^3 + x^2", {"x": 0.0}),
    ],
)
def test_elsewhere_there_is_none_along_the_inputs(text: str, at: dict[str, float]) -> None:
    graph = graph_of(parse(text))
    found = kinks(graph, at)
    assert not [name for name, index in graph.variables.items() if index in found]


@pytest.mark.torch
@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("sqrt(x^2)", 0.0),
        ("sqrt((x - 3)^2)", 3.0),
        ("sqrt(x^2 - 6*x + 9)", 3.0),
        ("sqrt(sin(x)^2)", 0.0),
        ("3*sqrt(4*x^2) + x", 0.0),
        ("(x^2)^0.5", 0.0),
        ("sqrt(x*x + x^4)", 0.0),
        ("exp(sqrt(1000000*x^2))", 0.0),
        ("sqrt(x^2)*sqrt(x^2) + sqrt(x^2)", 0.0),
        ("sqrt(relu(x)^2)", 0.0),
    ],
)
def test_a_corner_that_infinity_times_zero_hides_is_found(text: str, at: float) -> None:
    """The slopes to both sides are sympy's limits; the tape hands back what torch does: no number, or relu's 0."""
    x, h = sympy.symbols("x h", real=True)
    relu = sympy.Function("relu")
    whole = sympy.sympify(text, {"x": x, "relu": relu}).replace(relu, lambda u: sympy.Max(u, 0))
    quotient = (whole.subs(x, sympy.Integer(int(at)) + h) - whole.subs(x, int(at))) / h
    left, right = (float(sympy.limit(sympy.simplify(quotient), h, 0, side)) for side in "-+")
    graph = graph_of(parse(text))
    place = graph.variables["x"]
    kink = kinks(graph, {"x": at})[place]
    assert (kink.left, kink.right) == (pytest.approx(left, abs=1e-5), pytest.approx(right, abs=1e-5))
    theirs = by_torch(graph, {"x": at}).gradients[place]
    assert backward(graph, forward(graph, {"x": at})).of[place] == pytest.approx(theirs, nan_ok=True)


def test_a_corner_along_several_inputs_is_found_along_each() -> None:
    graph = graph_of(parse("sqrt(x^2 + y^2) + w"))
    found = kinks(graph, {"x": 0.0, "y": 0.0, "w": 2.0})
    for name in "xy":
        kink = found[graph.variables[name]]
        assert (kink.left, kink.right) == (pytest.approx(-1.0), pytest.approx(1.0))
    assert graph.variables["w"] not in found


@pytest.mark.parametrize("text", ["sqrt(x^4)", "(x^2)^0.4", "(x^2)^0.95", "sqrt(0*x)"])
def test_where_infinity_times_zero_is_no_corner_none_is_told(text: str) -> None:
    """Their slopes: 0, endless, 0 though it comes to that slowly, 0."""
    graph = graph_of(parse(text))
    assert graph.variables["x"] not in kinks(graph, {"x": 0.0})


def test_beside_an_edge_that_infinity_times_zero_hides_there_is_nothing_to_the_left() -> None:
    graph = graph_of(parse("sqrt(x^9)"))
    kink = kinks(graph, {"x": 0.0})[graph.variables["x"]]
    assert math.isnan(kink.left) and kink.right == pytest.approx(0.0, abs=1e-4)


def test_a_kink_within_a_collapsed_node_is_found() -> None:
    graph = graph_of(parse("relu(x - 1)*2 + x"))
    keys = frozenset(graph.nodes[index].key for index in graph.operations[:3])
    one = collapse(graph, keys, "f")
    kink = kinks(one, {"x": 1.0})[one.variables["x"]]
    assert (kink.left, kink.right) == (1.0, 3.0)


def test_many_nodes_are_asked_at_once() -> None:
    graph = graph_of(parse("+".join(f"abs(x{i})" for i in range(300))))
    found = kinks(graph, {f"x{i}": 0.0 for i in range(300)})
    assert all((found[index].left, found[index].right) == (-1.0, 1.0) for index in graph.variables.values())


def test_a_nudge_says_which_kink_it_passes() -> None:
    graph = graph_of(parse("relu(x) + max(x, y)"))
    assert nudge(graph, {"x": -0.5, "y": 9.0}, "x", 1.0).passed == "relu(x)"
    assert nudge(graph, {"x": 8.5, "y": 9.0}, "x", 1.0).passed == "max(x, y)"
    assert nudge(graph, {"x": 1.0, "y": 9.0}, "x", 1.0).passed == ""
    for text in ("sign(x)", "x*sign(x)"):
        assert nudge(graph_of(parse(text)), {"x": -0.05}, "x", 0.1).passed == "sign(x)"


@pytest.mark.parametrize(
    ("text", "jumps"),
    [
        ("sign(x)", True),
        ("sign(x)^2 + x", True),
        ("x*sign(x)", False),
        ("abs(x)", False),
        ("abs(x)^0.5", False),
        ("sqrt(x)", False),
        ("min(relu(sign(x)), abs(x)^0.25)", False),
        ("min(1 + sign(x), 1 + sqrt(abs(x)))", True),
        ("max(sqrt(x), sign(x))", True),
    ],
)
def test_a_jump_is_told_from_a_kink_by_what_the_output_does(text: str, jumps: bool) -> None:
    """The oracle: how far the output is from what it is there, a hair beside it."""
    graph = graph_of(parse(text))
    left, here, right = (forward(graph, {"x": x}).of[graph.output] for x in (-1e-20, 0.0, 1e-20))
    assert (abs(left - here) > 1e-3 or abs(right - here) > 1e-3) is jumps
    assert kinks(graph, {"x": 0.0})[graph.variables["x"]].jumps is jumps


def test_a_nudge_says_whether_it_passes_a_jump() -> None:
    for text, jumps in (("sign(x)", True), ("abs(x)", False), ("exp(x)", False)):
        assert nudge(graph_of(parse(text)), {"x": -0.05}, "x", 0.1).jumps is jumps


@pytest.mark.parametrize(
    ("text", "passed", "jumps"),
    [
        ("abs(x) + sign(x)", "sign(x)", True),
        ("abs(x - 0.02) + sign(3*x)", "sign(v3)", True),
        ("abs(x) + x*sign(x)", "abs(x)", False),
        ("x*sign(x)", "sign(x)", False),
        ("min(relu(sign(x)), abs(x)^0.25)", "sign(x)", False),
        ("1e9*x + sign(x - 0.03)", "sign(v2)", True),
    ],
)
def test_a_jump_that_is_passed_comes_first_and_is_one_of_the_output(text: str, passed: str, jumps: bool) -> None:
    found = nudge(graph_of(parse(text)), {"x": -0.05}, "x", 0.1)
    assert (found.passed, found.jumps) == (passed, jumps)
