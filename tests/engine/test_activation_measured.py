"""What is measured of a typed function on the shown axis: against declared facts and sympy, and nothing beyond it."""

from __future__ import annotations

from math import inf, isnan

import numpy as np
import pytest
import sympy

from engine.activations import ACTIVATIONS, Activation
from engine.activations.jumps import Floats, Function, Jump, jumps_of, points_of
from engine.activations.measured import measured_profile
from engine.activations.profile import Profile, Tail
from engine.activations.sampling import sampled
from engine.activations.scalar import ScalarFunction, scalar_of
from engine.activations.typed import read, scalar_of_typed

X = sympy.Symbol("x", real=True)


def scalar_of_text(text: str, low: float = -6.0, high: float = 6.0) -> ScalarFunction:
    return scalar_of_typed(read(text), "own-1", "own", {}, low, high)


def profile_of_text(text: str, low: float = -6.0, high: float = 6.0) -> Profile:
    return scalar_of_text(text, low, high).profile


def jumps_between(function: Function, low: float, high: float) -> tuple[Jump, ...]:
    x = points_of(low, high)
    with np.errstate(all="ignore"):
        return jumps_of(function, x, function(x))


def test_jumps_are_found_where_they_are_and_nowhere_else() -> None:
    steps = tuple(Jump(float(k), k - 1.0, float(k), float(k)) for k in range(-2, 3))
    assert jumps_between(np.floor, -2.5, 2.5) == steps
    for function in (np.abs, np.exp, lambda x: np.tanh(1e6 * x), lambda x: 1e5 * np.tanh(x)):
        assert jumps_between(function, -40.0, 40.0) == ()  # a bend, and steep rises
    (half_way,) = jumps_between(lambda x: np.heaviside(x, 0.5), -6.0, 6.0)
    assert half_way == Jump(0.0, 0.0, 1.0, 0.5)
    (odd,) = jumps_between(lambda x: np.where(x > 1 / 3, 0.5, 0.25), -6.0, 6.0)
    assert odd.x == pytest.approx(1 / 3, abs=1e-12) and (odd.left, odd.right) == (0.25, 0.5)
    (pole,) = jumps_between(lambda x: 1.0 / x, -6.0, 6.0)
    assert pole.x == 0.0 and pole.left < -1e8 and pole.right > 1e8
    (end,) = jumps_between(np.sqrt, -6.0, 6.0)
    assert end.x == 0.0 and isnan(end.left) and end.right < 1e-4


@pytest.mark.parametrize("steep", [100.0, 1e5, 1e6, 1e8])
def test_a_step_between_two_points_is_as_steep_as_it_is(steep: float) -> None:
    """At 10⁶ it was “slope 0 everywhere”, beside a plot of the spike."""
    low, high = profile_of_text(f"sigmoid({steep:.0f}*(x - 0.3))").slope
    assert low == 0.0 and high == pytest.approx(steep / 4, rel=1e-3)


@pytest.mark.parametrize("one", ACTIVATIONS.values(), ids=lambda one: one.key)
def test_what_is_measured_of_the_catalogue_is_within_what_is_declared_and_comes_up_to_it(one: Activation) -> None:
    alpha = 0.2 if one.key == "leaky_relu" else None  # 0.01 is under 5 % of its steepest
    scalar, declared = scalar_of(one, alpha), one.profile(alpha)
    found, jumps, kinks = measured_profile(scalar.value, scalar.slope, -40.0, 40.0)
    for fact in ("continuous", "differentiable", "zero_centred"):
        assert getattr(found, fact) == getattr(declared, fact), fact
    for side in ("left", "right"):  # 1 − tanh² is 0 to the last bit at 40
        assert (getattr(found, side) is Tail.STEEP) is (getattr(declared, side) is Tail.STEEP), side
    for mine, theirs, end in zip(found.output, declared.output, (-40.0, 40.0), strict=True):
        assert mine == pytest.approx(theirs if np.isfinite(theirs) else scalar.at(end)[0], abs=1e-3)
    np.testing.assert_allclose(found.slope, declared.slope, atol=1e-9)
    assert jumps == scalar.jumps
    assert [kink.x for kink in kinks] == [kink.x for kink in scalar.slope_jumps]
    assert (found.measured, declared.measured) == ((-40.0, 40.0), None)


@pytest.mark.parametrize(
    ("text", "output", "slope"),
    [
        ("x^2", "[0, 36]", "[-12, 12]"),
        ("sin(x)", "[-1, 1]", "[-1, 1]"),
        ("log(1+exp(abs(x)))", "[0.693, 6]", "[-0.998, 0.998]"),  # the tip of a corner lies between points
        ("max(0, min(1, 0.5 + x/4))", "[0, 1]", "[0, 0.25]"),
        ("x*0", r"\{0\}", r"\{0\}"),
        ("1/x", r"(-\infty, \infty)", r"(-\infty, -0.0278]"),
        ("log(x)", r"(-\infty, 1.79]", r"[0.167, \infty)"),
        ("x*0/0", r"\{?\}", r"\{?\}"),
        ("0.001*sin(x)", r"[-1.0 \cdot 10^{-3}, 1.0 \cdot 10^{-3}]", r"[-1.0 \cdot 10^{-3}, 1.0 \cdot 10^{-3}]"),
    ],
)
def test_ranges_are_those_of_the_shown_axis(text: str, output: str, slope: str) -> None:
    profile = profile_of_text(text)
    assert (profile.output_set, profile.slope_set) == (output, slope)


def test_another_axis_is_measured_anew_and_says_nothing_of_the_first() -> None:
    near, far = profile_of_text("relu(x - 2)"), profile_of_text("relu(x - 2)", -6.0, 1.0)
    assert (near.output_set, near.differentiable, near.right) == ("[0, 4]", False, Tail.STEEP)
    assert (far.output_set, far.differentiable, far.right) == (r"\{0\}", True, Tail.FLAT)
    assert far.measured == (-6.0, 1.0)
    for profile in (near, far):
        assert profile.bounds == (-inf, inf) == (profile.flat_below, profile.flat_above)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("tanh(x)", Tail.SATURATES, Tail.SATURATES),
        ("tanh(x/10)", Tail.STEEP, Tail.STEEP),  # on this axis
        ("relu(x)", Tail.FLAT, Tail.STEEP),
        ("log(x)", Tail.UNDEFINED, Tail.NOT_JUDGED),  # beside a slope without bound any would be flat
        ("1/x", Tail.NOT_JUDGED, Tail.NOT_JUDGED),
        ("x^x", Tail.UNDEFINED, Tail.NOT_JUDGED),
    ],
)
def test_the_ends_are_those_of_the_axis(text: str, left: Tail, right: Tail) -> None:
    profile = profile_of_text(text)
    assert (profile.left, profile.right) == (left, right)


@pytest.mark.parametrize(
    ("text", "ends"),
    [("sqrt(x^2 - 4)", [-2.0, 2.0]), ("sqrt(4 - x^2)", [-2.0, 2.0]), ("log(1 - x)", [1.0]), ("x^x", [0.0])],
)
def test_where_a_function_ends_is_found_from_either_side(text: str, ends: list[float]) -> None:
    one = scalar_of_text(text)
    assert [jump.x for jump in one.jumps] == ends and all(jump.is_end for jump in one.jumps)
    assert not any(jump.is_end for jump in scalar_of_text("sign(x) + 1/(x - 2)").jumps)


def test_values_at_single_points_are_not_taken_for_a_range_or_a_jump() -> None:
    profile = profile_of_text("x^x")  # which has a value at −6, −5, … and at no other x below 0
    assert profile.output == (pytest.approx(np.exp(-1 / np.e), abs=1e-9), 6.0**6)
    assert profile.has_single_values and not profile_of_text("x^x", -5.5, 6.0).has_single_values
    assert not profile_of_text("sqrt(x)").has_single_values


@pytest.mark.parametrize("text", ["1/x", "sqrt(x)", "sign(x)", "x/abs(x)"])
def test_what_jumps_or_has_no_number_somewhere_is_not_continuous(text: str) -> None:
    assert not profile_of_text(text).continuous


@pytest.mark.parametrize(("text", "last"), [("exp(x)", 709.78), ("exp(exp(x/100))", 656.0)])
def test_what_is_too_large_for_a_number_was_not_seen_and_is_no_jump(text: str, last: float) -> None:
    profile = profile_of_text(text, 0.0, 1000.0)
    assert profile.continuous and profile.differentiable and not profile.zero_centred
    assert profile.measured == (0.0, pytest.approx(last, abs=1.0))
    least = float(sympy.sympify(text).subs(sympy.Symbol("x"), 0)), float(sympy.diff(text).subs(sympy.Symbol("x"), 0))
    assert (profile.output[0], profile.slope[0]) == pytest.approx(least)
    assert np.isfinite([profile.output, profile.slope]).all()
    assert profile_of_text("exp(-x)", -1000.0, 1000.0).measured == (pytest.approx(-709.5, abs=1.0), 1000.0)
    assert profile_of_text("log(x)", 0.0, 6.0).output[0] == -inf, "one point without a number is a pole"


def test_where_f_has_no_value_nothing_is_said_of_its_slope() -> None:
    profile = profile_of_text("^".join("x" * 15), -1000.0, 1000.0)
    assert profile.has_single_values and all(map(isnan, (*profile.output, *profile.slope)))


def true_sides(text: str, place: float) -> tuple[float, float]:
    """The slopes to both sides: sympy's difference quotients over 10⁻¹², worked out with forty digits."""
    names = {"x": X, "abs": sympy.Abs, "max": sympy.Max, "relu": lambda u: sympy.Max(u, 0), "min": sympy.Min}
    function, at = sympy.sympify(text.replace("^", "**"), names, rational=True), sympy.nsimplify(place)
    h = sympy.Rational(1, 10**12)
    here, left, right = (function.subs(X, x).evalf(40) for x in (at, at - h, at + h))
    return float((here - left) / h), float((right - here) / h)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("log(1+exp(abs(x)))", [0.0]),
        ("abs(x)*exp(x)", [0.0]),
        ("relu(x) + abs(x-2)", [0.0, 2.0]),
        ("abs(x) + abs(x - 0.01)", [0.0, 0.01]),
        ("min(x^2, 1)", [-1.0, 1.0]),
        ("max(x^2 - 2, 0)", [-(2.0**0.5), 2.0**0.5]),
    ],
)
def test_kinks_are_where_the_slopes_to_both_sides_differ(text: str, places: list[float]) -> None:
    one = scalar_of_text(text)
    np.testing.assert_allclose([kink.x for kink in one.slope_jumps], places, atol=1e-9)
    assert one.profile.continuous and not one.profile.differentiable
    for kink in one.slope_jumps:
        sides = one.sides_at(kink.x)
        assert sides is not None
        np.testing.assert_allclose((sides.left, sides.right), true_sides(text, kink.x), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("text", ["relu(x)^2", "x*abs(x)", "abs(x)^1.5", "relu(x) - relu(-x)", "exp(1000*x)", "x^9"])
def test_a_corner_of_which_nothing_is_left_is_no_kink(text: str) -> None:
    one = scalar_of_text(text, -0.5, 0.5)
    assert one.slope_jumps == () and one.profile.differentiable
    assert one.sides_at(0.0) is None


def test_a_height_is_that_of_the_middle_unless_a_curve_levels_off() -> None:
    def levels_off(function: Function) -> bool:
        return sampled(function, (), (), -6.0, 6.0, 300).levels_off

    def cube(x: Floats) -> Floats:
        return x**3

    assert levels_off(lambda x: 10.0 * np.tanh(x)) and levels_off(lambda x: 10.0 * np.sin(x))
    assert not levels_off(cube) and not levels_off(lambda x: np.maximum(x, 0.0))
    assert not levels_off(lambda x: 1.0 / (x + 1e-9))  # most of its height is at the pole
    assert levels_off(lambda x: 5.0 * np.exp(-100.0 * x * x))  # a peak that is seen beside others
