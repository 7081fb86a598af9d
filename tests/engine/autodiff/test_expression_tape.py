"""The tape's values and gradients, held to sympy, to torch's autograd and to finite differences."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import sympy
import torch
from torch.nn import functional

from engine.autodiff import (
    RULES,
    Edge,
    Gradients,
    Rule,
    ScalarGraph,
    Values,
    backward,
    by_torch,
    curve,
    finite_differences,
    forward,
    graph_of,
    parse,
    text_of,
    torch_code,
)
from engine.autodiff.collapse import collapse
from engine.autodiff.rules import power_rule
from engine.problems import EngineError
from tests.copied import run_copied
from tests.engine.autodiff.random_trees import by_sympy, tame_case, to_sympy, values_over


def worked(text: str, **inputs: float) -> tuple[ScalarGraph, Values, Gradients]:
    graph = graph_of(parse(text))
    values = forward(graph, inputs)
    return graph, values, backward(graph, values)


def slopes(text: str, **inputs: float) -> dict[str, float | None]:
    """The gradient of every variable."""
    graph, _, gradients = worked(text, **inputs)
    return {name: gradients.of[index] for name, index in graph.variables.items()}


@pytest.mark.parametrize("name", ["tan", "atan", "sinh", "cosh", "erf", "sign"])
@pytest.mark.parametrize("at", [-3.7, -0.4, 0.0, 1e-9, 1.3, 40.0])
def test_functions_are_torch_s_at_one_place_and_at_many_and_their_code_runs(
    name: str, at: float, capsys: pytest.CaptureFixture[str]
) -> None:
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    y = getattr(torch, name)(x)
    (slope,) = torch.autograd.grad(y, x)
    graph, values, gradients = worked(f"{name}(x)", x=at)
    assert values.of[-1] == pytest.approx(float(y.detach()), rel=1e-13)
    assert gradients.of[graph.variables["x"]] == pytest.approx(float(slope), rel=1e-12)
    line = curve(graph, "x", np.array([at, at]))
    np.testing.assert_allclose(line.values, float(y.detach()), rtol=1e-13)
    np.testing.assert_allclose(line.slopes, float(slope), rtol=1e-12)
    run_copied(torch_code(graph, {"x": at}, slope_of="x"))
    assert float(capsys.readouterr().out) == pytest.approx(float(slope), rel=1e-15)


@pytest.mark.parametrize("seed", range(60))
def test_random_expressions_have_sympy_s_value_and_derivatives(seed: int) -> None:
    """Curriculum 4.1: 1e-9 at random points."""
    tree, point = tame_case(np.random.default_rng(seed))
    graph, values, gradients = worked(text_of(tree), **point)
    oracle = to_sympy(tree)
    assert values.of[-1] == pytest.approx(by_sympy(oracle, point), rel=1e-9, abs=1e-12)
    for name, index in graph.variables.items():
        expected = by_sympy(sympy.diff(oracle, sympy.Symbol(name, real=True)), point)
        assert gradients.of[index] == pytest.approx(expected, rel=1e-9, abs=1e-9), name


@pytest.mark.parametrize("seed", range(100, 140))
def test_every_node_has_torch_s_value_and_gradient_and_the_slope_that_is_measured(seed: int) -> None:
    tree, point = tame_case(np.random.default_rng(seed))
    graph, values, gradients = worked(text_of(tree), **point)
    theirs = by_torch(graph, point)
    measured = finite_differences(graph, point)
    assert values.of == pytest.approx(theirs.values, rel=1e-13, abs=1e-13)
    for index, ours in enumerate(gradients.of):
        if not graph.live[index]:
            assert theirs.gradients[index] is None and index not in measured
            continue
        assert ours == pytest.approx(theirs.gradients[index], rel=1e-11, abs=1e-11)
        assert ours == pytest.approx(measured[index], rel=1e-5, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "result"), [("2 - 2*2", -2.0), ("sin(1) + exp(0.5)", math.sin(1.0) + math.exp(0.5)), ("3", 3.0)]
)
def test_torch_works_out_an_expression_of_numbers_alone(text: str, result: float) -> None:
    graph, values, _ = worked(text)
    theirs = by_torch(graph, {})
    assert theirs.values == pytest.approx(values.of, rel=1e-14) and theirs.values[-1] == pytest.approx(result)
    assert set(theirs.gradients) == {None}


def test_the_chain_rule_of_x_plus_y_squared_is_exact() -> None:
    """Curriculum 4.2: ∂z/∂x = 2t·1 = 2(x + y)."""
    graph, values, gradients = worked("t = x + y; t^2", x=2.0, y=3.0)
    assert values.of == (2.0, 3.0, 5.0, 25.0)
    assert gradients.of == (10.0, 10.0, 10.0, 1.0)
    t, z = graph.index["t"], graph.output
    assert gradients.edges == (
        Edge(t, z, 0, 1.0, 10.0, 10.0),
        Edge(0, t, 0, 10.0, 1.0, 10.0),
        Edge(1, t, 1, 10.0, 1.0, 10.0),
    )


@pytest.mark.parametrize(
    ("text", "name", "local"),
    [
        ("x + y", "x", 1.0), ("x - y", "y", -1.0), ("x - y", "x", 1.0),
        ("x*y", "x", -3.0), ("x*y", "y", 2.0),
        ("log(x)", "x", 1.0 / 2.0), ("1/x", "x", -1.0 / 4.0), ("exp(x)", "x", math.exp(2.0)), ("-x", "x", -1.0),
    ],
)  # fmt: skip
def test_the_rules_of_the_curriculum(text: str, name: str, local: float) -> None:
    """Curriculum 4.3: +, −: E·1, −E; w·x: E·x, E·w; log: E/x; 1/x: −E/x²; eˣ: E·eˣ; and E goes through each of them."""
    graph, _, gradients = worked(f"7*({text})", x=2.0, y=-3.0)
    (edge,) = (edge for edge in gradients.edges if edge.parent == graph.variables[name])
    assert (edge.arrived, edge.local) == (7.0, pytest.approx(local, rel=1e-15))
    assert edge.handed == 7.0 * edge.local


@pytest.mark.parametrize("rule", [*RULES.values(), *(power_rule(n, repr(n)) for n in (-2.0, 0.0, 0.5, 1.0, 2.0, 3.0))])
def test_each_rule_has_the_slopes_of_its_finite_differences(rule: Rule) -> None:
    """At points away from kinks, in every operand, as numbers and as arrays."""
    random = np.random.default_rng(5)
    for _ in range(20):
        at = list(random.uniform(0.2, 2.0, len(rule.parameters)))
        if len(at) == 2 and abs(at[0] - at[1]) < 1e-2:
            continue
        y = rule.value(*at)
        for slot, slope in enumerate(rule.slopes):
            up, down = list(at), list(at)
            up[slot] += 1e-6
            down[slot] -= 1e-6
            measured = (float(rule.value(*up)) - float(rule.value(*down))) / 2e-6
            assert float(slope(y, *at)) == pytest.approx(measured, rel=1e-6, abs=1e-8)
            many = slope(np.array([y, y]), *(np.array([one, one]) for one in at))
            assert np.broadcast_to(many, 2) == pytest.approx([float(slope(y, *at))] * 2, rel=1e-15)


def test_a_node_that_fans_out_adds_what_arrives() -> None:
    graph, _, gradients = worked("t = x*2; t*t + sin(t)*3", x=0.5)
    t = graph.index["t"]
    arriving = [edge.handed for edge in gradients.edges if edge.parent == t]
    assert arriving == pytest.approx([3.0 * math.cos(1.0), 1.0, 1.0])
    assert gradients.of[t] == pytest.approx(sum(arriving), rel=1e-15)
    assert slopes("x*x*x", x=2.0) == {"x": 12.0}


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("relu(x)", torch.relu),
        ("abs(x)", torch.abs),
        ("max(x, 0)", lambda x: torch.maximum(x, torch.zeros_like(x))),
        ("min(x, 0)", lambda x: torch.minimum(x, torch.zeros_like(x))),
        ("max(x, x)", lambda x: torch.maximum(x, x)),
        ("max(x, -x)", lambda x: torch.maximum(x, -x)),
        ("x^2", lambda x: x**2),
        ("x^0", lambda x: x**0),
        ("x^1", lambda x: x**1),
        ("x^3", lambda x: x**3),
        ("sqrt(x)", torch.sqrt),
        ("x^x", lambda x: x**x),
        ("x^(2 + x)", lambda x: x ** (2 + x)),
        ("2^x", lambda x: 2**x),
        ("sigmoid(x)", torch.sigmoid),
        ("tanh(x)", torch.tanh),
        ("log(x)", torch.log),
        ("1/x", lambda x: 1 / x),
        ("x/x", lambda x: x / x),
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", [0.0, -0.0, 1.0, -1.0, 800.0, -800.0, 1e300])
def test_kinks_and_ends_are_torch_s(text: str, call: Callable[[torch.Tensor], torch.Tensor], at: float) -> None:
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    result = call(x)
    result.backward()
    graph, values, gradients = worked(text, x=at)
    assert x.grad is not None
    assert values.of[-1] == pytest.approx(float(result.detach()), rel=1e-14, nan_ok=True)
    assert gradients.of[graph.variables["x"]] == pytest.approx(float(x.grad), rel=1e-14, nan_ok=True)


CUT_OFF = (
    "relu(x)^0.5", "sqrt(relu(x))", "sqrt(3*relu(x)) + x", "relu(x)^x", "log(1 + relu(x)^0.5)", "sqrt(relu(x^2))",
    "sqrt(relu(-x))", "sqrt(sign(x) + 1)", "sqrt(max(x, 0))", "max(0, x)^0.5", "(0 - min(-x, 0))^0.5",
    "sqrt(max(relu(x), 0))", "sqrt(relu(x)*x)", "sqrt(abs(x))", "abs(x)^0.5", "sqrt(relu(x) + x)", "sqrt(x^2)",
)  # fmt: skip


@pytest.mark.parametrize("at", [0.0, -1.5, 2.0])
@pytest.mark.parametrize("text", CUT_OFF)
def test_infinity_meets_a_choice_as_in_torch(text: str, at: float) -> None:
    """What isn't chosen gets 0 where ∞ arrives. |x| chooses nothing: it multiplies by its sign, and ∞ × 0 is NaN."""
    graph = graph_of(parse(text))
    theirs = by_torch(graph, {"x": at}).gradients[graph.variables["x"]]
    assert slopes(text, x=at)["x"] == pytest.approx(theirs, rel=1e-14, nan_ok=True)
    many = curve(graph, "x", np.array([at, at, 3.0]))
    assert many.slopes[:2] == pytest.approx([theirs, theirs], rel=1e-14, nan_ok=True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("t = relu(x)*2 + 0*k; sqrt(t)", "t"),
        ("t = relu(x)*x + 0*k; sqrt(t)", "t"),
        ("t = relu(x)*2 + x; sqrt(t)", "t"),
        ("t = sqrt(max(x, -1)*2 + 2); sqrt(t)", "t"),
        ("t = abs(x)*2; sqrt(t)", "t"),
        (f"t = {' + '.join(f'relu(x)*{i}' for i in range(2, 60))}; sqrt(t)", "t"),
        ("t = relu(2*x)^0.5; sqrt(t)", "t"),
    ],
)
@pytest.mark.parametrize("at", [0.0, -1.5, 2.0])
def test_infinity_meets_a_choice_in_a_collapsed_node_as_in_torch(text: str, name: str, at: float) -> None:
    """Torch is asked part by part; so is a node that is handed ∞, whose own slope is 0 either way."""
    inputs = {"x": at, "k": 1.0}
    graph = graph_of(parse(text))
    short = collapse(graph, [graph.nodes[index].key for index in graph.operations if index != graph.output], name)
    assert sum(node.inner is not None for node in short.nodes) == 1
    found, theirs = backward(short, forward(short, inputs)), by_torch(short, inputs).gradients
    for place in short.variables.values():
        assert found.of[place] == pytest.approx(theirs[place], rel=1e-14, nan_ok=True)
        assert (place in found.faults) == (theirs[place] is not None and not math.isfinite(theirs[place] or 0.0))


@pytest.mark.parametrize(
    ("text", "call", "at"),
    [
        ("(exp(x) - exp(-x))/(exp(x) + exp(-x))", lambda x: (x.exp() - (-x).exp()) / (x.exp() + (-x).exp()), 400.0),
        ("exp(x)/(1 + exp(x))", lambda x: x.exp() / (1 + x.exp()), 356.0),
        ("1/(1 + exp(-x))", lambda x: 1 / (1 + (-x).exp()), -360.0),
        ("3e200/x", lambda x: torch.full_like(x, 3e200) / x, 1e200),
        ("7e-200/x", lambda x: torch.full_like(x, 7e-200) / x, 1e-170),
    ],
)
def test_a_squared_denominator_does_not_overflow(
    text: str, call: Callable[[torch.Tensor], torch.Tensor], at: float
) -> None:
    """Where v² is ∞ or 0 and −u/v² is neither."""
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    call(x).backward()
    assert x.grad is not None
    assert slopes(text, x=at)["x"] == pytest.approx(float(x.grad), rel=1e-9, abs=0.0)


def test_a_collapsed_quotient_divides_by_no_square_either() -> None:
    """It is written −ac/(bc + 1)² along b; torch divides by the sum twice."""
    inputs = {"a": 1e200, "b": 1e100, "c": 1e100}
    graph = graph_of(parse("a/(b*c + 1) + b"))
    one = collapse(graph, [graph.nodes[index].key for index in graph.operations], "f")
    (rule,) = (node.rule for node in one.nodes if node.rule is not None)
    assert any(")^2" in text_of(partial) for partial in rule.partials)
    of = {name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in inputs.items()}
    (of["a"] / (of["b"] * of["c"] + 1) + of["b"]).backward()
    gradients = backward(one, forward(one, inputs)).of
    for name, index in one.variables.items():
        expected = of[name].grad
        assert expected is not None
        assert gradients[index] == pytest.approx(float(expected), rel=1e-12, abs=0.0)


def test_softmax_with_cross_entropy_is_the_fused_loss() -> None:
    """Curriculum 4.5, with a target list, with an index, and with targets that are no distribution."""
    z = torch.tensor([0.3, -1.2, 2.0], dtype=torch.float64, requires_grad=True)
    t = torch.tensor([0.2, 0.5, 0.3], dtype=torch.float64)
    inputs = dict(zip("abc", z.tolist(), strict=True))
    for text, target in (
        ("cross_entropy([a, b, c], [0.2, 0.5, 0.3])", t),
        ("cross_entropy([a, b, c], 1)", torch.tensor(1)),
        ("p = softmax([a, b, c]); -log(p[1])", torch.tensor(1)),
        ("cross_entropy([a, b, c], [2, 0, 1])", torch.tensor([2.0, 0.0, 1.0], dtype=torch.float64)),
    ):
        z.grad = None
        loss = functional.cross_entropy(z, target)
        loss.backward()
        graph, values, gradients = worked(text, **inputs)
        assert values.of[-1] == pytest.approx(float(loss.detach()), rel=1e-14)
        ours = [gradients.of[graph.variables[name]] for name in "abc"]
        assert z.grad is not None
        assert ours == pytest.approx(z.grad.tolist(), rel=1e-13)


def test_a_variable_without_a_value_is_one_sentence() -> None:
    with pytest.raises(EngineError, match="y has no value; give it one"):
        forward(graph_of(parse("x*y")), {"x": 1.0})


# --- Faults


@pytest.mark.parametrize(
    ("text", "x", "code"),
    [
        ("1/x", 0.0, "division-by-zero"),
        ("3/x", 0.0, "division-by-zero"),
        ("x^-1", 0.0, "division-by-zero"),
        ("log(x)", -1.0, "log-of-negative"),
        ("log(x)", 0.0, "log-of-zero"),
        ("sqrt(x)", -1.0, "root-of-negative"),
        ("x^0.5", -1.0, "power-of-negative"),
        ("x^x", -1.5, "power-of-negative"),
        ("exp(x)", 800.0, "overflow"),
        ("x*x", 1e300, "overflow"),
        ("x + 1", math.inf, "input-not-finite"),
    ],
)
def test_faults_mark_the_node_and_everything_after_it(text: str, x: float, code: str) -> None:
    """Also 1/∞, which is 0 again and still means nothing."""
    graph, values, gradients = worked(f"y = 1 + y0\nf = {text}\n1/(f*2) + y", x=x, y0=3.0)
    sick = {graph.labels[index] for index in values.faults}
    start = "x" if code == "input-not-finite" else "f"
    origins = {graph.labels[fault.origin] for fault in values.faults.values()}
    assert origins == {start}
    assert {fault.problem.code for fault in values.faults.values()} == {f"expression.{code}"}
    after = {"f", *(graph.labels[i] for i in range(graph.index["f"], len(graph.nodes)))} - {"y", "y0", "1", "2"}
    assert sick == after | {start}
    assert graph.output in gradients.faults and graph.variables["x"] in gradients.faults


def test_a_slope_without_end_marks_what_lies_before_it() -> None:
    graph, values, gradients = worked("sqrt(3*x) + w", x=0.0, w=1.0)
    assert not values.faults
    assert {graph.labels[index] for index in gradients.faults} == {"v1", "x"}
    assert {fault.problem.code for fault in gradients.faults.values()} == {"expression.endless-slope"}
    graph, values, gradients = worked("sqrt((x - y)^2)", x=2.0, y=2.0)
    assert not values.faults
    said = {graph.labels[index]: fault.problem.code for index, fault in gradients.faults.items()}
    hidden = "expression.infinity-times-zero"
    assert said == {"v2": "expression.endless-slope", "v1": hidden, "x": hidden, "y": hidden}
    assert math.isnan(gradients.of[graph.variables["x"]] or 0.0)
    graph, values, gradients = worked("x*1e200 + w", x=1.0, w=1.0)
    assert not values.faults and not gradients.faults
    graph, values, gradients = worked("(x*1e200)*(1e200*w)", x=1e-300, w=1e-200)
    assert not values.faults
    assert {graph.labels[index] for index in gradients.faults} == set()
    graph, values, gradients = worked("((x*1e200)*1e200)*w", x=1e-300, w=1.0)
    assert {fault.problem.code for fault in gradients.faults.values()} == {"expression.gradient-overflow"}


@pytest.mark.parametrize(
    ("text", "inputs", "marked"),
    [
        ("x^x*log(1 + y^2) - x/y", {"x": 0.0, "y": 1.0}, {"x"}),
        ("x^y", {"x": 0.0, "y": 0.0}, {"y"}),
        ("x^(2*y)", {"x": 0.0, "y": 0.0}, {"v1", "y"}),
        ("0^x", {"x": 0.0}, {"x"}),
        ("x^y", {"x": 0.0, "y": 2.0}, set()),
        ("x^0", {"x": 0.0}, set()),
        ("x^x", {"x": 1.0}, set()),
    ],
)
def test_the_exponent_of_zero_to_the_power_of_zero_has_no_slope(
    text: str, inputs: dict[str, float], marked: set[str]
) -> None:
    """PyTorch puts 0 for 1·log(0), and so does the tape; the slope measured there grows as the step shrinks."""
    graph, values, gradients = worked(text, **inputs)
    assert not values.faults
    assert {graph.labels[index] for index in gradients.faults} == marked
    assert {fault.problem.code for fault in gradients.faults.values()} <= {"expression.zero-to-zero-slope"}
    theirs = by_torch(graph, inputs).gradients
    assert list(gradients.of) == list(theirs)
    for name in marked & inputs.keys():
        ahead = [(forward(graph, {**inputs, name: h}).of[-1] - values.of[-1]) / h for h in (1e-4, 1e-8, 1e-12)]
        assert ahead[0] > ahead[1] > ahead[2]


def test_that_is_said_of_a_collapsed_node_too() -> None:
    """Of a short one, whose slope is written out and is no number, and of a long one, whose slope is the parts'."""
    for text in ("x^x + 3*x", f"x^x + {'+'.join(f'x*{i}' for i in range(2, 60))}"):
        graph = graph_of(parse(text))
        whole = collapse(graph, [graph.nodes[index].key for index in graph.operations], "f")
        gradients = backward(whole, forward(whole, {"x": 0.0}))
        assert set(gradients.faults) == {whole.variables["x"]}
        assert not backward(whole, forward(whole, {"x": 2.0})).faults


# --- Many at once, and measured


def test_curves_are_the_tape_s_at_every_point_without_a_warning(recwarn: pytest.WarningsRecorder) -> None:
    graph = graph_of(parse("t = w*x; exp(t)/x + relu(t) + t*t"))
    xs = np.linspace(-3.0, 3.0, 41)
    found = curve(graph, "x", xs, {"w": 1.5})
    for x, value, slope in zip(xs, found.values, found.slopes, strict=True):
        values = forward(graph, {"x": float(x), "w": 1.5})
        gradients = backward(graph, values)
        assert value == pytest.approx(values.of[-1], rel=1e-14, nan_ok=True)
        assert slope == pytest.approx(gradients.of[graph.variables["x"]], rel=1e-13, nan_ok=True)
    assert np.isinf(found.values[20])
    assert values_over(parse("x^2 + w").whole, "x", xs, {"w": 1.0}) == pytest.approx(xs**2 + 1.0)
    assert curve(graph_of(parse("3")), "x", xs).values.tolist() == [3.0] * 41
    assert curve(graph_of(parse("y*2")), "x", xs, {"y": 2.0}).slopes.tolist() == [0.0] * 41
    assert not recwarn.list


def test_every_node_is_measured_by_itself_however_many_there_are() -> None:
    graph = graph_of(parse("+".join(f"x{i}*sin(y{i})" for i in range(200))))
    inputs = {name: 0.1 + 0.01 * place for place, name in enumerate(graph.variables)}
    gradients = backward(graph, forward(graph, inputs))
    measured = finite_differences(graph, inputs)
    assert sorted(measured) == [index for index, live in enumerate(graph.live) if live]
    assert all(gradients.of[index] == pytest.approx(found, abs=1e-6) for index, found in measured.items())
    assert finite_differences(graph, inputs, [7]) == {7: measured[7]}


# --- PyTorch's code


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("(x + y)^2", {"x": 2.0, "y": 3.0}),
        ("t = max(1, x, y) - 2^x; t*log(2) - (-2)^2 + x/3", {"x": 1.5, "y": 1.0}),
        ("p = softmax([a, b]); lambda*-log(p[0]) + torch", {"a": 1.0, "b": -2.0, "lambda": 0.5, "torch": 3.0}),
        ("k = 2; relu(-x)^k + abs(x)^-1.5 + min(x, k)*pi", {"x": -0.7}),
        ("x - (y - (x - 3)) / (2 / y)", {"x": 1.25, "y": -1e-3}),
        ("v1 + sigmoid(v1*n1)", {"v1": 0.5, "n1": 2.0}),
        ("velocity*sin(node) + n*v", {"velocity": 0.5, "node": 2.0, "n": 1.5, "v": -1.0}),
        (
            "p = [a, a*b]; p_0*p[0] + sin(p[1])*print + lambda",
            {"a": 2.0, "b": 3.0, "p_0": 5.0, "print": 7.0, "lambda": 1.0},
        ),
        ("log(2)^2", {}),
        ("5", {}),
    ],
)
def test_the_code_for_pytorch_runs_and_prints_our_gradients(
    text: str, inputs: dict[str, float], capsys: pytest.CaptureFixture[str]
) -> None:
    graph, values, gradients = worked(text, **inputs)
    program = torch_code(graph, inputs)
    names = run_copied(program)
    printed = [float(line) for line in capsys.readouterr().out.splitlines()]
    ours = [gradients.of[index] for index, live in enumerate(graph.live) if live]
    assert printed == pytest.approx(ours, rel=1e-13)
    result = names.get(graph.labels[-1].replace("[", "_").replace("]", ""), names.get("y"))
    assert isinstance(result, torch.Tensor)
    assert float(result.detach()) == pytest.approx(values.of[-1], rel=1e-14)


def test_torch_is_asked_part_by_part_and_a_wrong_rule_would_be_seen() -> None:
    """With a false slope in our rule, torch still says the true one."""
    graph, _, _ = worked("3*tanh(x)", x=0.5)
    (place,) = (i for i, node in enumerate(graph.nodes) if node.rule is not None and node.rule.key == "tanh")
    rule = graph.nodes[place].rule
    assert rule is not None
    wrong = replace(graph.nodes[place], rule=replace(rule, slopes=(lambda y, u: 1.0 + y * y,)))
    false = ScalarGraph((*graph.nodes[:place], wrong, *graph.nodes[place + 1 :]))
    ours = backward(false, forward(false, {"x": 0.5})).of[graph.variables["x"]]
    theirs = by_torch(false, {"x": 0.5}).gradients[graph.variables["x"]]
    assert theirs == pytest.approx(3.0 * (1.0 - math.tanh(0.5) ** 2), rel=1e-14)
    assert ours != pytest.approx(theirs, rel=1e-3)
