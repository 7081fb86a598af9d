"""Activations against PyTorch's autograd, sympy's derivatives and their own declared facts."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import mpmath
import numpy as np
import pytest
import sympy
from matplotlib.mathtext import MathTextParser

from engine.activations import ACTIVATIONS, Activation, Saturation, activation
from engine.activations.saturation import SATURATED_BELOW
from engine.activations.spec import ValueAndSlope
from engine.autodiff import backward, forward, graph_of, parse
from engine.problems import EngineError
from tests.engine.written_formulas import worked_out

ALL = list(ACTIVATIONS.values())
ELEMENTWISE = [one for one in ALL if one.elementwise]
ALPHAS = (None, 0.3, 2.0)
KINKS_AND_TAILS = np.array([[-1e4, -50.0, -1e-300, -0.0], [0.0, 1e-300, 50.0, 1e4]])


SOFTSIGN = Activation(
    key="softsign",
    label="softsign",
    formula=r"\frac{z}{1 + |z|}",
    derivative_formula=r"\frac{1}{(1 + |z|)^2}",
    output_range=(-1.0, 1.0),
    output_set="(-1, 1)",
    derivative_range=(0.0, 1.0),
    derivative_set="(0, 1]",
    continuous=True,
    differentiable=True,
    zero_centred=True,
    saturates=Saturation.BOTH,
    fact="It comes to its ends more slowly than any of the catalogue.",
    functions=ValueAndSlope(lambda z, alpha: z / (1.0 + abs(z)), lambda z, a, alpha: (1.0 - abs(a)) ** 2),
    twin=lambda torch, z, alpha: torch.nn.functional.softsign(z),
    torch_expression="torch.nn.functional.softsign({z})",
    rule="(1 - |@y|)^2",
    plain=lambda x, alpha: x / (1.0 + abs(x)),
    scalar_expression="{z}/(1 + abs({z}))",
)
"""Its facts are true, though at a million it is still 1e-6 away from its ends."""
FAR = 1e12
"""Where even such a function has come to its ends within 1e-9."""
AS_DECLARED = [*ELEMENTWISE, SOFTSIGN]


def named(one: Activation) -> str:
    return one.key


def points() -> np.ndarray:
    return np.concatenate([np.random.default_rng(7).normal(0.0, 4.0, (50, 4)), KINKS_AND_TAILS])


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("one", ALL, ids=named)
def test_value_and_backward_agree_with_autograd(one: Activation, alpha: float | None) -> None:
    torch = pytest.importorskip("torch")
    z = points()
    upstream = np.random.default_rng(8).normal(size=z.shape)
    tensor = torch.tensor(z, requires_grad=True)
    output = one.torch(tensor, alpha)
    (gradient,) = torch.autograd.grad(output, tensor, torch.tensor(upstream))

    a = one.value(z, alpha)

    np.testing.assert_allclose(a, output.detach().numpy(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(one.backward(z, a, upstream, alpha), gradient.numpy(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("one", ELEMENTWISE, ids=named)
def test_derivative_is_autograds(one: Activation) -> None:
    torch = pytest.importorskip("torch")
    tensor = torch.tensor(points(), requires_grad=True)
    (gradient,) = torch.autograd.grad(one.torch(tensor).sum(), tensor)
    np.testing.assert_allclose(one.derivative(points()), gradient.numpy(), rtol=1e-12, atol=1e-12)


def test_softmax_derivative_is_the_jacobians_diagonal() -> None:
    torch = pytest.importorskip("torch")
    z = points()[0]
    jacobian = torch.autograd.functional.jacobian(ACTIVATIONS["softmax"].torch, torch.tensor(z))
    np.testing.assert_allclose(ACTIVATIONS["softmax"].derivative(z), np.diagonal(jacobian.numpy()), atol=1e-14)


def smooth_definitions() -> dict[str, sympy.Expr]:
    z = sympy.Symbol("z", real=True)
    logistic = 1 / (1 + sympy.exp(-z))
    inner = sympy.sqrt(2 / sympy.pi) * (z + sympy.Rational(44715, 1000000) * z**3)
    return {
        "identity": z,
        "logistic": logistic,
        "tanh": (sympy.exp(z) - sympy.exp(-z)) / (sympy.exp(z) + sympy.exp(-z)),
        "softplus": sympy.log(1 + sympy.exp(z)),
        "silu": z * logistic,
        "gelu": z / 2 * (1 + sympy.erf(z / sympy.sqrt(2))),
        "gelu_tanh": z / 2 * (1 + sympy.tanh(inner)),
    }


@pytest.mark.parametrize("key", list(smooth_definitions()))
def test_derivative_is_sympys_at_random_points(key: str) -> None:
    z = sympy.Symbol("z", real=True)
    definition = smooth_definitions()[key]
    both = sympy.lambdify(z, [definition, sympy.diff(definition, z)], "mpmath")
    for point in np.random.default_rng(9).uniform(-6.0, 6.0, 12):
        at = np.array([point])
        with mpmath.workdps(50):
            value, derivative = map(float, both(mpmath.mpf(float(point))))
        assert ACTIVATIONS[key].value(at)[0] == pytest.approx(value, rel=1e-12, abs=1e-13)
        assert ACTIVATIONS[key].derivative(at)[0] == pytest.approx(derivative, rel=1e-12, abs=1e-13)


def test_kinks_follow_torch() -> None:
    zero = np.zeros(1)
    assert ACTIVATIONS["relu"].derivative(zero)[0] == 0.0
    assert ACTIVATIONS["leaky_relu"].derivative(zero, 0.2)[0] == 0.2
    assert ACTIVATIONS["elu"].derivative(zero)[0] == 1.0
    assert ACTIVATIONS["step"].value(zero)[0] == 1.0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("one", ALL, ids=named)
def test_stable_far_out_and_true_to_its_dtype(one: Activation, dtype: type) -> None:
    z = np.array([[-1e4, -800.0, -100.0, -20.0, -1.0, 0.0, 1.0, 20.0, 100.0, 800.0, 1e4]], dtype=dtype)
    with np.errstate(all="raise"):
        a = one.value(z, np.float64(0.3))
        results = [a, one.derivative(z, np.float64(0.3)), one.backward(z, a, np.ones_like(z))]
    for result in results:
        assert result.dtype == dtype
        assert result.shape == z.shape
        assert np.isfinite(result).all()


@pytest.mark.parametrize("one", ALL, ids=named)
def test_nan_is_passed_on(one: Activation) -> None:
    assert np.isnan(one.value(np.array([[np.nan, 1.0]]))[0, 0])


@pytest.mark.parametrize("one", ALL, ids=named)
def test_value_is_never_the_input_itself(one: Activation) -> None:
    z = np.array([[1.0, 2.0]])
    assert not np.shares_memory(one.value(z), z)


@pytest.mark.parametrize("one", AS_DECLARED, ids=named)
def test_declared_ranges_are_the_infimum_and_supremum(one: Activation) -> None:
    near = np.concatenate([np.linspace(-8.0, 8.0, 400_001), [-FAR, -1e3, 1e3, FAR]])
    for field, samples in (("output_range", one.value(near)), ("derivative_range", one.derivative(near))):
        low, high = getattr(one, field)
        measured = f"{field} says {low} to {high}; from {-FAR:g} to {FAR:g} it is {samples.min()} to {samples.max()}"
        assert samples.min() >= low - 1e-12 and samples.max() <= high + 1e-12, measured
        assert math.isinf(low) or samples.min() == pytest.approx(low, abs=1e-9), measured
        assert math.isinf(high) or samples.max() == pytest.approx(high, abs=1e-9), measured


@pytest.mark.parametrize("one", AS_DECLARED, ids=named)
def test_declared_facts_hold(one: Activation) -> None:
    h = 1e-7
    jump = abs(one.value(np.array([h])) - one.value(np.array([-h])))[0]
    bend = abs(one.derivative(np.array([h])) - one.derivative(np.array([-h])))[0]
    left, right = np.abs(one.derivative(np.array([-FAR, FAR])))
    assert one.continuous == (jump < 1e-6), f"f jumps by {jump} at 0"
    assert one.differentiable == (one.continuous and bend < 1e-6), f"f' jumps by {bend} at 0"
    assert one.saturates.on_left == (left < 1e-9), f"|f'| is {left} at {-FAR:g}"
    assert one.saturates.on_right == (right < 1e-9), f"|f'| is {right} at {FAR:g}"
    z = np.linspace(-3.0, 3.0, 1001)
    unevenness = np.abs(one.value(z) + one.value(-z)).max()
    assert one.zero_centred == (unevenness < 1e-5), f"f(−z) = −f(z) fails by up to {unevenness}"


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("one", AS_DECLARED, ids=named)
def test_saturated_is_the_tail_below_a_share_of_the_steepest_slope(one: Activation, alpha: float | None) -> None:
    z = np.linspace(-20.0, 20.0, 4001)
    slope = np.abs(one.derivative(z, alpha))
    mask = one.saturated(z, alpha)
    if one.exactly_flat or one.saturates is Saturation.NONE:
        assert not mask.any()
        return
    small = slope < SATURATED_BELOW * max(slope.max(), one.derivative_range[1])
    left_tail = np.logical_and.accumulate(small) if one.saturates.on_left else np.zeros_like(small)
    right_tail = np.logical_and.accumulate(small[::-1])[::-1] if one.saturates.on_right else np.zeros_like(small)
    assert mask.any()
    np.testing.assert_array_equal(mask, left_tail | right_tail)


def test_the_two_gelus_differ_by_less_than_their_fact_says() -> None:
    z = np.linspace(-8.0, 8.0, 100_001)
    difference = np.abs(ACTIVATIONS["gelu"].value(z) - ACTIVATIONS["gelu_tanh"].value(z)).max()
    assert 0.0004 < difference < 0.0005


@pytest.mark.parametrize("one", ALL, ids=named)
def test_torch_source_is_the_twin(one: Activation, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    file = tmp_path / "exported.py"
    file.write_text(f"import torch\n\ndef f(z):\n    return {one.torch_source('z', 0.3)}\n", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("exported", file)
    assert spec and spec.loader
    exported = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(exported)
    z = torch.tensor(points())
    torch.testing.assert_close(exported.f(z), one.torch(z, 0.3), rtol=0.0, atol=0.0)


@pytest.mark.parametrize("one", ALL, ids=named)
def test_formulas_can_be_typeset(one: Activation) -> None:
    parser = MathTextParser("path")
    for formula in (one.formula, one.derivative_formula, one.output_set, one.derivative_set):
        parser.parse(f"${formula}$")
    assert one.fact.endswith(".")


PLACES = (-4.3, -1.2, -0.4, 0.0, 0.3, 1.7, 5.1)
CUBIC = 0.044715


def letters(one: Activation, z: float, alpha: float | None) -> dict[str, float]:
    """What the letters of its formulas stand for at z; t and u' are of the GELU by tanh alone."""
    parameter, tilt = one.alpha_or_default(alpha), math.sqrt(2.0 / math.pi)
    known = {"z": z, "x": z, "y": float(one.value(np.array([z]), alpha)[0]), r"\alpha": parameter, r"\gamma": parameter}
    if one.key != "gelu_tanh":
        return known
    return {**known, "t": math.tanh(tilt * (z + CUBIC * z**3)), "u'": tilt * (1.0 + 3.0 * CUBIC * z**2)}


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("one", AS_DECLARED, ids=named)
def test_written_formulas_come_to_f_and_its_slope(one: Activation, alpha: float | None) -> None:
    """Worked out as they are read; f and f' themselves are held to PyTorch above."""
    for z in PLACES:
        known = letters(one, z, alpha)
        slope = float(one.derivative(np.array([z]), alpha)[0])
        rule = one.rule if isinstance(one.rule, str) else one.rule[0] if z > 0.0 else one.rule[1]
        assert worked_out(one.formula, known) == pytest.approx(known["y"], rel=1e-9, abs=1e-12), f"formula at {z}"
        for field, text in (("derivative_formula", one.derivative_formula), ("rule", rule)):
            assert worked_out(text, known) == pytest.approx(slope, rel=1e-9, abs=1e-12), f"{field} at {z}"


def test_softmax_s_rule_is_its_jacobians_diagonal() -> None:
    softmax, z = ACTIVATIONS["softmax"], points()[:1]
    assert isinstance(softmax.rule, str)
    found = [worked_out(softmax.rule, {"y": float(y)}) for y in softmax.value(z)[0]]
    assert found == pytest.approx(softmax.derivative(z)[0], rel=1e-12)


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("one", AS_DECLARED, ids=named)
def test_a_scalar_expression_is_f_and_has_its_slope(one: Activation, alpha: float | None) -> None:
    """One that lets a gradient through has an expression, for the computation graph."""
    assert bool(one.scalar_expression) == (one.derivative_range != (0.0, 0.0))
    if not one.scalar_expression:
        return
    graph = graph_of(parse(one.scalar_expression.format(z="(k*z)", alpha=one.alpha_or_default(alpha))))
    for z in PLACES:
        values = forward(graph, {"z": z, "k": 1.0})
        assert values.of[-1] == pytest.approx(one.value(np.array([z]), alpha)[0], rel=1e-12, abs=1e-12), z
        slope = backward(graph, values).of[graph.variables["z"]]
        assert slope == pytest.approx(one.derivative(np.array([z]), alpha)[0], rel=1e-12, abs=1e-12), z


def test_unknown_key_names_the_known_ones() -> None:
    with pytest.raises(EngineError, match=r"'sigmoid'.*logistic.*softmax") as raised:
        activation("sigmoid")
    assert raised.value.problem.code == "activation.unknown"


@pytest.mark.parametrize("key", sorted(ACTIVATIONS))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_value_and_slope_together_are_those_by_themselves_to_the_last_bit(key: str, dtype: type) -> None:
    found = ACTIVATIONS[key]
    alpha = found.alpha_or_default(None)
    z = np.concatenate([np.linspace(-45.0, 45.0, 901), [1e-30, -1e30, 1e30]]).astype(dtype).reshape(-1, 4)
    before = z.copy()
    with np.errstate(all="ignore"):
        a, slope = found.functions.both(z, alpha)
    assert a.dtype == slope.dtype == dtype and np.array_equal(z, before, equal_nan=True)
    with np.errstate(all="ignore"):
        assert np.array_equal(a, found.value(z), equal_nan=True)
        assert np.array_equal(slope, found.derivative(z), equal_nan=True)
