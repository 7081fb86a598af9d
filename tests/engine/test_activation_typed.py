"""Activations of one's own: values and slopes held to sympy and PyTorch, and what is wrong in one sentence."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from engine.activations import ACTIVATIONS
from engine.activations.branches import SlopeBranch, branch_at
from engine.activations.scalar import ScalarFunction, scalar_of
from engine.activations.shares import measured_shares
from engine.activations.typed import (
    Typed,
    functions_of,
    read,
    scalar_of_typed,
    typed_activation,
    typed_torch_code,
    values_of,
)
from engine.autodiff import (
    OUTPUT,
    backward,
    by_torch,
    finite_differences,
    forward,
    substituted,
    text_of,
)
from engine.autodiff.evaluate import compiled
from engine.autodiff.tree import Apply, parts
from engine.problems import EngineError
from tests.copied import run_copied
from tests.engine.autodiff.random_trees import values_over

X = sympy.Symbol("x", real=True)
SMOOTH = {
    "x*sigmoid(1.7*x)": X / (1 + sympy.exp(-sympy.Rational(17, 10) * X)),
    "1/(1+exp(-x))": 1 / (1 + sympy.exp(-X)),
    "x*tanh(log(1+exp(x)))": X * sympy.tanh(sympy.log(1 + sympy.exp(X))),
    "exp(-x^2)": sympy.exp(-(X**2)),
    "sin(x)^2 + cos(2*x)/3": sympy.sin(X) ** 2 + sympy.cos(2 * X) / 3,
    "sqrt(1 + x^2)": sympy.sqrt(1 + X**2),
}
TWINS = {
    "1/(1+exp(-x))": "logistic",
    "tanh(x)": "tanh",
    "max(0, x)": "relu",
    "relu(x)": "relu",
    "log(1+exp(x))": "softplus",
    "x*sigmoid(x)": "silu",
    "x": "identity",
}


def by_autograd(typed: Typed, x: float, given: dict[str, float]) -> tuple[float, float]:
    """(f, f') at one x by PyTorch in float64."""
    found = by_torch(typed.graph, {**values_of(typed, given), typed.variable: x})
    slope = found.gradients[typed.graph.variables[typed.variable]]
    return found.values[typed.graph.output], 0.0 if slope is None else slope


@pytest.mark.parametrize("text", SMOOTH)
def test_value_slope_and_typeset_derivative_are_sympys(text: str) -> None:
    places = np.array([-3.1, -0.7, 0.4, 1.2, 2.9])
    typed = read(text)
    value, slope = functions_of(typed, {})
    exact = sympy.lambdify(X, SMOOTH[text])(places)
    derived = sympy.lambdify(X, sympy.diff(SMOOTH[text], X))(places)
    np.testing.assert_allclose(value(places), exact, rtol=1e-12)
    np.testing.assert_allclose(slope(places), derived, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(values_over(typed.derivative, "x", places), derived, rtol=1e-9, atol=1e-12)
    rule = substituted(typed.rule, {OUTPUT: typed.tree})  # what stands in the table says the same
    np.testing.assert_allclose(values_over(rule, "x", places), derived, rtol=1e-9, atol=1e-12)


def test_the_rule_speaks_of_y_where_that_is_shorter_and_divides_by_nothing() -> None:
    assert text_of(read("1/(1+exp(-x))").rule) == "y*(1 - y)"
    assert text_of(read("exp(-x^2)").rule) == "-2*x*y"
    assert "/" not in text_of(read("x*sigmoid(1.7*x)").rule)  # y/x has no value at 0


def scalar_of_text(text: str) -> ScalarFunction:
    return scalar_of_typed(read(text), "own-1", "own", {}, -6.0, 6.0)


@pytest.mark.parametrize("text", TWINS)
def test_what_is_in_the_catalogue_comes_out_with_its_values(text: str) -> None:
    declared = scalar_of(ACTIVATIONS[TWINS[text]])
    mine = scalar_of_text(text)
    x = np.linspace(-6, 6, 96)  # without 0, where max(0, x) and relu(x) differ in PyTorch too
    np.testing.assert_allclose(mine.value(x), declared.value(x), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(mine.slope(x), declared.slope(x), rtol=1e-12, atol=1e-12)
    assert [jump.x for jump in mine.slope_jumps] == [jump.x for jump in declared.slope_jumps]
    for fact in ("continuous", "differentiable"):
        assert getattr(mine.profile, fact) == getattr(declared.profile, fact), fact


def test_every_z_is_worked_out_under_a_typed_function() -> None:
    z = np.array([[-1.0, 0.5], [-2.0, 3.0], [-3.0, np.nan]])
    relu = measured_shares(scalar_of_text("relu(x)"), z)
    assert (relu.off, relu.dead, relu.saturated, relu.undefined) == (3 / 6, 1, 0.0, 0)
    tanh = measured_shares(scalar_of_text("tanh(x)"), z)
    assert (tanh.off, tanh.saturated) == (None, 2 / 6)  # −3 and 3
    log = measured_shares(scalar_of_text("log(x)"), np.array([[-1.0, 0.0, 1.0, 2.0]]))
    assert (log.undefined, log.overflown, log.nowhere, log.saturated) == (1, 1, 0.25, None)  # f′ has no largest value
    assert measured_shares(scalar_of_text("exp(1000*x)"), np.array([[0.5, 1.0]])).overflown == 1


@pytest.mark.torch
@pytest.mark.parametrize(("text", "x"), [("tanh(tan(x*1e10))", 3e6), ("tan(1e17)*x", 1.0), ("tan(x)", 1e16)])
def test_a_tangent_of_something_large_has_the_value_that_it_has(text: str, x: float) -> None:
    typed = read(text)
    value, _ = functions_of(typed, {})
    assert value(np.array([x]))[0] == pytest.approx(by_autograd(typed, x, {})[0], rel=1e-6)


def test_names_beside_x_are_parameters() -> None:
    typed = read("a*tanh(b*x)")
    assert (typed.variable, typed.parameters) == ("x", ("a", "b"))
    assert values_of(typed, {"b": 2.0, "other": 3.0}) == {"a": 1.0, "b": 2.0}
    value, slope = functions_of(typed, {"a": 3.0, "b": 2.0})
    np.testing.assert_allclose(value(np.array([0.5])), 3 * np.tanh(1.0))
    np.testing.assert_allclose(slope(np.array([0.5])), 6 * (1 - np.tanh(1.0) ** 2))
    assert read("z*sigmoid(z)").variable == "z"


def test_pytorch_is_asked_and_its_code_runs(capsys: pytest.CaptureFixture[str]) -> None:
    torch = pytest.importorskip("torch")
    typed = read("x*tanh(b*x)")
    x = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    y = x * torch.tanh(2.0 * x)
    y.backward()
    assert x.grad is not None
    np.testing.assert_allclose(by_autograd(typed, 0.7, {"b": 2.0}), (float(y.detach()), float(x.grad)), rtol=1e-14)
    for slope in (False, True):
        run_copied(typed_torch_code(typed, 0.7, {"b": 2.0}, slope=slope))
    printed = [float(line) for line in capsys.readouterr().out.split()]
    assert printed == pytest.approx([float(y.detach()), float(x.grad)], rel=1e-14)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no expression"),
        ("y", "no x in it"),
        ("3", "no x in it"),
        ("x +", "column"),
        ("x*sigmod(x)", "sigmoid"),
        ("x" * 401, "401"),
        ("a+b+c+d+g+h+i+j+k+x", "8"),
        ('__import__("os").system("x")', "column"),
        ("x.real", "column"),
        ("lambda x: x", "column"),
        ("9^9^9^9*x", "power"),
        ("(" * 300 + "x", "deep"),
        ("x" * 100_000, "Shorten"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(EngineError) as refused:
        read(text)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.torch
@pytest.mark.parametrize(("text", "x", "tied"), [("max(x, 0)", 0.0, 0.5), ("min(2*x, x + 1)", 1.0, 1.5)])
def test_at_a_tie_the_branch_is_pytorchs_slope(text: str, x: float, tied: float) -> None:
    typed = read(text)
    branch = branch_at(typed.rule, "x", {"x": x})
    assert values_over(branch.rule, "x", np.array([x])).tolist() == [tied]
    assert by_autograd(typed, x, {})[1] == tied
    assert [condition.signs for condition in branch.where] == [("=",)]


@pytest.mark.torch
@pytest.mark.parametrize(
    "text",
    ["relu(x)^0.5", "sqrt(max(x, 0))", "max(0, x)^0.5", "(0 - min(-x, 0))^0.5", "sqrt(sign(x) + 1)", "sqrt(relu(x))*2"],
)
def test_a_branch_that_is_not_taken_gets_0_whatever_arrives(text: str) -> None:
    """√u has an endless slope at 0, and ∞ × 0 is no number: yet left of 0 the function is flat."""
    typed = read(text)
    place, xs = typed.graph.variables["x"], np.array([-1.3, -0.2, 0.7])
    scalar = scalar_of_text(text)
    layer = typed_activation(text).derivative(xs, None)
    for x, in_layer in zip(xs.tolist(), layer.tolist(), strict=True):
        found = backward(typed.graph, forward(typed.graph, {"x": x}))
        slope = finite_differences(typed.graph, {"x": x}, [place])[place]
        assert found.of[place] == pytest.approx(slope, abs=1e-6)
        assert found.of[place] == pytest.approx(by_autograd(typed, x, {})[1], abs=1e-12)
        assert not found.faults.keys() & {place}
        assert scalar.at(x)[1] == pytest.approx(in_layer) and in_layer == pytest.approx(found.of[place])
        y = scalar.at(x)[0]
        branch = compiled(branch_at(typed.rule, "x", {"x": x, "y": y}).rule, ("x", "y"))
        assert branch(x, y) == pytest.approx(slope, abs=1e-6)


def test_where_there_is_no_value_no_branch_gives_a_slope() -> None:
    typed, slope = read("1/relu(x)"), scalar_of_text("1/relu(x)").slope
    found = backward(typed.graph, forward(typed.graph, {"x": -1.0}))
    assert typed.graph.variables["x"] in found.faults
    assert np.isnan(slope(np.array([-1.0]))).all()


PIECEWISE = (
    "relu(x)", "max(0.1*x, x)", "relu(x) - 0.1*relu(-x)", "abs(x)", "min(max(x, -1), 1)", "max(0, 1 - x)",
    "max(x, 0) + min(2*(exp(x) - 1), 0)", "log(1 + abs(x))", "abs(abs(x) - 1)", "relu(sin(3*x))", "relu(x^2 - 1)",
    "max(1 - abs(x), 0)*x", "x*min(max(x + 3, 0), 6)/6", "relu(2*x - 1)^2*sign(x)", "exp(-abs(x))", "max(x, a)",
    "relu(a - x)*abs(x + a)",
)  # fmt: skip


@pytest.mark.parametrize("text", PIECEWISE)
def test_a_branch_is_the_slope_where_it_holds(text: str) -> None:
    typed = read(text)
    scalar = scalar_of_typed(typed, "own-1", "own", {"a": 0.7}, -6.0, 6.0)
    for x in (-3.7, -1.2, -0.4, 0.3, 0.9, 2.2, 6.1):
        y, slope = scalar.at(x)
        values = {"x": x, "a": 0.7, "y": y}
        branch = branch_at(typed.rule, "x", values)
        compute = compiled(branch.rule, tuple(values))
        assert compute(*values.values()) == pytest.approx(slope, abs=1e-12), x
        assert not {"step", "beats", "sign"} & {
            part.operation for part in parts(branch.rule) if isinstance(part, Apply)
        }
        for condition in branch.where:
            sides = [float(compiled(tree, tuple(values))(*values.values())) for tree in condition.trees]
            for left, sign, right in zip(sides, condition.signs, sides[1:], strict=False):
                assert left < right if sign == "<" else left > right


@pytest.mark.parametrize(("text", "y"), [("abs(x)/x", float("nan")), ("sqrt(abs(x))", 0.0)])
def test_where_there_is_no_slope_there_is_no_branch(text: str, y: float) -> None:
    rule = read(text).rule
    assert branch_at(rule, "x", {"x": 0.0, "y": y}) == SlopeBranch(rule)


@pytest.mark.parametrize("text", ["1/x", "1/x^2", "log(x)", "1/sin(x)"])
def test_a_pole_is_no_value(text: str) -> None:
    assert np.isnan(scalar_of_text(text).at(0.0)).all()
    assert np.isfinite(scalar_of_text(text).at(1.0)).all()


def test_an_overflow_is_endless_and_an_endless_slope_is_one() -> None:
    assert scalar_of_text("exp(1000*x)").at(5.0)[0] == np.inf
    assert scalar_of_text("sqrt(x)").at(0.0) == (0.0, np.inf)


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("x/(1 + abs(x))", "1/(1 + abs(x))^2"),
        ("(x - 2)/(1 + abs(x - 2))", "1/(1 + abs(x - 2))^2"),
        ("relu(x)^2", "2*relu(x)"),
        ("x*abs(x)", "2*abs(x)"),
        ("relu(x)/(1 + relu(x))", "step(x)/(1 + relu(x))^2"),
        ("x*sign(x - x)", "sign(0)"),
    ],
)
def test_a_number_times_its_sign_is_its_size(text: str, slope: str) -> None:
    assert text_of(read(text).derivative) == slope


def test_a_slope_without_a_limit_is_none_of_two() -> None:
    assert scalar_of_text("sqrt(abs(x))").sides_at(0.0) is None
    found = scalar_of_text("log(1+exp(abs(x)))")
    sides = found.sides_at(0.0)
    assert sides is not None
    assert (round(sides.left, 6), round(sides.right, 6), sides.at, sides.at_one_side) == (-0.5, 0.5, 0.0, False)
    assert found.sides_at(0.01) is None
    relu = scalar_of(ACTIVATIONS["relu"]).sides_at(0.0)
    assert relu is not None
    assert relu.at_one_side
