"""Ranges of activations of one's own, holes and poles in them included: sets held to sympy's."""

from __future__ import annotations

import re

import pytest
import sympy
from sympy.calculus.util import continuous_domain, function_range

from engine.activations.profile import Profile, Tail
from engine.activations.typed import read, scalar_of_typed

X = sympy.Symbol("x", real=True)
FUNCTIONS = {
    "1/x": 1 / X,
    "1/(x-1)": 1 / (X - 1),
    "1/(x-0.3)": 1 / (X - sympy.Rational(3, 10)),
    "1/(x^2-1)": 1 / (X**2 - 1),
    "x + 1/x": X + 1 / X,
    "1/x^2": 1 / X**2,
    "-1/x^2": -1 / X**2,
    "1/(exp(x)-1)": 1 / (sympy.exp(X) - 1),
    "exp(1/x)": sympy.exp(1 / X),
    "log(x)": sympy.log(X),
    "sqrt(x)": sympy.sqrt(X),
    "sqrt(x-0.305)": sympy.sqrt(X - sympy.Rational(305, 1000)),
    "sqrt(x^2-1)": sympy.sqrt(X**2 - 1),
    "abs(x)": sympy.Abs(X),
    "abs(x-0.1)": sympy.Abs(X - sympy.Rational(1, 10)),
    "abs(x^2-2)": sympy.Abs(X**2 - 2),
    "exp(-x^2)": sympy.exp(-(X**2)),
    "tanh(x)": sympy.tanh(X),
    "x^2": X**2,
    "(x-70)^2": (X - 70) ** 2,
}
INTERVAL = re.compile(r"([(\[])([^,]+), ([^)\]]+)([)\]])")


def profile_of_text(text: str) -> Profile:
    return scalar_of_typed(read(text), "own-1", "own", {}).profile


def set_of(markup: str) -> sympy.Set:
    """The set that a piece of mathtext writes."""
    ends = {r"\infty": sympy.oo, r"-\infty": -sympy.oo}
    parts = [
        sympy.Interval(ends.get(low) or sympy.Rational(low), ends.get(high) or sympy.Rational(high), a == "(", b == ")")
        for a, low, high, b in INTERVAL.findall(markup)
    ]
    assert len(parts) == markup.count(r"\cup") + 1, markup
    return sympy.Union(*parts)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_the_range_leaves_out_what_is_never_taken(text: str) -> None:
    function = FUNCTIONS[text]
    true = function_range(function, X, continuous_domain(function, X, sympy.S.Reals))
    assert set_of(profile_of_text(text).output_set) == true


@pytest.mark.parametrize("text", ["1/x", "1/x^2", "log(x)", "sqrt(x)", "exp(x)"])
def test_so_does_that_of_the_slope(text: str) -> None:
    function = sympy.sympify(text.replace("^", "**"), {"x": X})
    domain = continuous_domain(function, X, sympy.S.Reals)
    slope = sympy.diff(function, X)
    true = function_range(slope, X, domain.intersect(continuous_domain(slope, X, sympy.S.Reals)))
    assert set_of(profile_of_text(text).slope_set) == true


def test_a_function_with_a_pole_at_every_turn_is_looked_at_like_any_other() -> None:
    tan = profile_of_text("sin(x)/cos(x)")
    assert (tan.output_set, tan.slope_set) == (r"(-\infty, \infty)", r"[1, \infty)")
    assert not tan.continuous
    assert (tan.left, tan.right) == (Tail.STEEP, Tail.STEEP)  # its slope comes back from 1 again and again
    cosecant = profile_of_text("1/sin(x)")
    assert cosecant.output_set == r"(-\infty, -1] \cup [1, \infty)"


def test_a_sign_has_two_values_and_its_slope_one() -> None:
    sign = profile_of_text("x/abs(x)")
    assert (sign.output_set, sign.slope_set) == (r"\{-1, 1\}", r"\{0\}")
    assert not sign.continuous
    assert (sign.left, sign.right) == (Tail.FLAT, Tail.FLAT)
    assert sign.zero_centred


def test_a_logarithm_beside_a_hole_is_known_to_run_away() -> None:
    assert profile_of_text("x*log(abs(x))").slope_set == r"(-\infty, \infty)"
    assert profile_of_text("sin(x)/x").output[1] == 1.0
    assert profile_of_text("sin(x)/x").output_set.endswith("1)")  # at 0, where it would be 1, it has no value


def test_of_many_parts_it_is_only_said_what_they_lie_within() -> None:
    steps = "+".join(f"(x-{place})/abs(x-{place})" for place in range(6))
    assert profile_of_text(f"tanh(x)/100 + {steps}").output_set == r"\subset\ (-6.01, 6.01)"


@pytest.mark.parametrize(
    ("text", "output", "slope"),
    [
        ("x*cos(x)*sigmoid(x)", r"(-\infty, \infty)", r"(-\infty, \infty)"),
        ("x + 10*sin(x)", r"(-\infty, \infty)", "[-9, 11]"),
        ("sin(x)*x/(abs(x)+50)", "(-1, 1)", "(-1, 1)"),
        ("abs(sin(x))", "[0, 1]", "(-1, 1)"),  # its slope would be 1 where it has none
        ("max(0, sin(x))", "[0, 1]", "(-1, 1)"),
        ("exp(-x^2)*sin(x)", "[-0.397, 0.397]", "[-0.451, 1]"),
    ],
)
def test_waves_are_followed_far_beyond_what_is_plotted(text: str, output: str, slope: str) -> None:
    profile = profile_of_text(text)
    assert (profile.output_set, profile.slope_set) == (output, slope)


def test_a_wave_without_a_steepest_slope_is_saturated_nowhere() -> None:
    assert profile_of_text("x*cos(x)*sigmoid(x)").bounds == (-float("inf"), float("inf"))


def test_no_end_is_a_negative_zero() -> None:
    assert profile_of_text("relu(x)/x").output_set == r"\{0, 1\}"


def test_what_goes_up_by_less_than_nine_digits_show_is_not_listed() -> None:
    profile = profile_of_text("1/(1 + exp(-x - 60))")
    assert profile.output == (0.0, 1.0) and "{" not in profile.output_set + profile.slope_set


def test_what_is_0_by_underflow_alone_is_not_taken() -> None:
    assert profile_of_text("exp(-1/x^2)").slope_set == r"[-0.82, 0) \cup (0, 0.82]"


@pytest.mark.parametrize(("text", "output"), [("abs(tan(x))", r"[0, \infty)"), ("tan(x)^2", r"[0, \infty)")])
def test_a_pole_of_a_tangent_is_one_though_no_number_is_half_of_pi(text: str, output: str) -> None:
    assert profile_of_text(text).output_set == output


def test_what_creeps_up_far_out_beyond_a_pole_is_no_crest() -> None:
    assert profile_of_text("1/(x - 60)").slope_set.endswith(", 0)")


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("exp(-abs((x-45)/100))", "(0, 1]"),
        ("exp(-((x-60)/500)^2)", "(0, 1]"),
        ("1-exp(-((x-45)/500)^2)", "[0, 1)"),
        ("1/(1+abs(x-45))", "(0, 1]"),
        ("atan(abs(x-45))", "[0, 1.57)"),
    ],
)
def test_a_limit_that_is_come_to_far_out_by_rounding_is_no_crest(text: str, output: str) -> None:
    assert profile_of_text(text).output_set == output


@pytest.mark.parametrize("place", ["38.9", "38.6", "36.1", "1"])
def test_the_value_at_a_jump_at_a_round_place_is_taken_even_where_bisection_lands_on_it(place: str) -> None:
    low = set_of(profile_of_text(f"min(x, -{place}) + relu(sign(x + {place}))").output_set.partition(r" \cup")[0])
    assert low.contains(-sympy.Rational(place))


def test_an_odd_place_that_happens_to_be_near_a_round_one_is_none() -> None:
    assert profile_of_text("atan(tan(x-60))").output_set == "(-1.57, 1.57)"


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("sign(sin(x))*atan(x)", r"\subset\ (-1.57, 1.57)"),
        ("sign(sin(x))*x/(1+abs(x))", r"\subset\ (-1, 1)"),
        ("x*sign(sin(x))", r"\subset\ (-\infty, \infty)"),
        ("sign(x) + sin(x/100)", r"\subset\ [-2, 2]"),
        ("sign(x)*(2+sin(x))", r"[-3, -1] \cup \{0\} \cup [1, 3]"),  # whose holes are there far out too
    ],
)
def test_what_is_filled_further_out_than_jumps_are_looked_for_is_no_hole(text: str, output: str) -> None:
    assert profile_of_text(text).output_set == output


def test_a_place_that_cannot_be_told_from_a_jump_is_on_neither_side_of_it() -> None:
    assert profile_of_text("exp(-x)*sign(x - 1/3)").output_set == r"(-\infty, -0.717) \cup (0, 0.717)"


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("tanh(x)*sin(x/200)", "(-1, 1]"),
        ("atan(x)*sin(x/200)", "(-1.57, 1.57]"),
        ("sin(x/60)*sigmoid(x)", "(-1, 1]"),
        ("sin(x/1e6)", "[-1, 1]"),
        ("sin(x/500000)", "[-1, 1]"),
        ("sin(x/200)*x", r"(-\infty, \infty)"),
    ],
)
def test_a_wave_has_no_bound_only_where_its_crests_grow(text: str, output: str) -> None:
    assert profile_of_text(text).output_set == output


@pytest.mark.parametrize(("text", "lowest"), [("(x-200)^2", 0.0), ("cos(x/30)^2", 0.0), ("(x-1000)^2 + 1", 1.0)])
def test_an_end_that_is_reached_only_to_rounding_is_the_round_one(text: str, lowest: float) -> None:
    assert profile_of_text(text).output[0] == lowest


def test_jumps_far_out_are_found_by_what_jumps() -> None:
    profile = profile_of_text("sign(x-100)*x")
    assert profile.output_set == r"(-100, \infty)" and not profile.continuous
    assert not profile_of_text("sign(x-100)").continuous
    assert profile_of_text("abs(sin(x/100))").continuous
