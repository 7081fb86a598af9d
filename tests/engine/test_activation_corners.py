"""Kinks of an activation of one's own: found from the expression itself; slopes to both sides are sympy's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
import sympy

from engine.activations.corners import MOST_CORNERS, corners_of
from engine.activations.jumps import jumps_of
from engine.activations.profile import Tail
from engine.activations.scalar import ScalarFunction
from engine.activations.typed import read, scalar_of_typed

X = sympy.Symbol("x", real=True)
NAMES = {"x": X, "abs": sympy.Abs, "max": sympy.Max, "relu": lambda u: sympy.Max(u, 0), "min": sympy.Min}


def scalar_of_text(text: str) -> ScalarFunction:
    return scalar_of_typed(read(text), "own-1", "own", {})


def true_sides(text: str, place: float) -> tuple[float, float]:
    """The slopes to both sides: sympy's difference quotients over 10⁻¹², worked out with forty digits."""
    function, at, h = (
        sympy.sympify(text.replace("^", "**"), NAMES, rational=True),
        sympy.nsimplify(place),
        sympy.Rational(1, 10**12),
    )
    here, left, right = (function.subs(X, x).evalf(40) for x in (at, at - h, at + h))
    return float((here - left) / h), float((right - here) / h)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("log(1+exp(abs(x)))", [0.0]),
        ("abs(x)*exp(x)", [0.0]),
        ("abs(tanh(x))", [0.0]),
        ("max(x, 0)", [0.0]),
        ("relu(x) + abs(x-2)", [0.0, 2.0]),
        ("0.001*abs(x-5) + x^3", [5.0]),  # far smaller than what the slope does by itself in the neighbourhood
        ("abs(x) + abs(x - 0.01)", [0.0, 0.01]),  # two that no grid would part
        ("min(x^2, 1)", [-1.0, 1.0]),
        ("abs(x-100)", [100.0]),  # an axis may go as far as that
        ("max(abs(x), 1)", [-1.0, 1.0]),  # what bends at 0 is not what comes out there
    ],
)
def test_kinks_are_where_the_slopes_to_both_sides_differ(text: str, places: list[float]) -> None:
    one = scalar_of_text(text)
    np.testing.assert_allclose([kink.x for kink in one.slope_jumps], places, atol=1e-9)
    assert one.profile.continuous
    assert not one.profile.differentiable
    for kink in one.slope_jumps:
        np.testing.assert_allclose((kink.left, kink.right), true_sides(text, kink.x), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    "text", ["relu(x)^2", "x*abs(x)", "abs(x)^1.5", "abs(x)^2", "max(x, x)", "relu(x) - relu(-x)", "abs(x^2 + 1)"]
)
def test_a_corner_that_nothing_is_left_of_in_the_whole_is_no_kink(text: str) -> None:
    one = scalar_of_text(text)
    assert one.slope_jumps == ()
    assert one.profile.differentiable


def test_a_corner_at_an_irrational_place_is_found() -> None:
    (left, right) = scalar_of_text("max(x^2 - 2, 0)").slope_jumps
    np.testing.assert_allclose((left.x, right.x), (-np.sqrt(2.0), np.sqrt(2.0)), rtol=1e-12)
    np.testing.assert_allclose((left.left, left.right), (-2.0 * np.sqrt(2.0), 0.0), rtol=1e-6)


def test_what_bends_without_end_is_followed_near_0_and_no_further() -> None:
    graph = read("+".join(f"abs(sin(90*x+{k}))" for k in range(10))).graph
    sweeps: list[int] = []

    def counted(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        sweeps.append(np.size(x))
        return np.sin(x)

    nodes = tuple(
        replace(node, rule=replace(node.rule, value=counted))
        if node.rule is not None and node.rule.key == "sin"
        else node
        for node in graph.nodes
    )
    found = corners_of(replace(graph, nodes=nodes), "x", {})
    true = np.array([(turn * np.pi - k) / 90.0 for k in range(10) for turn in range(-200, 200)])
    np.testing.assert_allclose(np.sort(np.abs(found)), np.sort(np.abs(true))[:MOST_CORNERS], atol=1e-12)
    np.testing.assert_allclose(np.abs(true[:, None] - found).min(axis=0), 0.0, atol=1e-12)
    once = 10 * 16_000  # over the whole, which is looked at once
    assert sum(sweeps) < 4 * once


def test_a_jump_whose_middle_is_a_value_of_its_own_is_found_by_numbers_alone() -> None:
    def stairs(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return x * 0.001 + 0.5 * np.sign(x)

    (jump,) = jumps_of(stairs, -40.0, 40.0)
    assert (jump.x, jump.at) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "slopes"),
    [
        ("max(x, 0)", r"\{0, 1\}"),
        ("abs(x)", r"\{-1, 1\}"),
        ("relu(x) + abs(x-2)", r"\{-1, 0, 2\}"),
        ("log(1+exp(abs(x)))", r"(-1, -0.5) \cup (0.5, 1)"),
        ("abs(x - 100)", r"\{-1, 1\}"),
        ("relu(x) - relu(-x)", r"\{1\}"),  # x: the 0 that each has at its corner is agreed on
        ("max(x, 2*x) - relu(x)", r"\{1\}"),
        ("relu(tanh(x)) - relu(-tanh(x))", r"(0, 1]"),
        ("max(x, 2*x) - relu(x) + abs(x)/2", r"\{0.5, 1.5\}"),
        ("x*abs(x)", r"[0, \infty)"),
    ],
)
def test_the_range_of_the_slope_is_that_of_where_there_is_one(text: str, slopes: str) -> None:
    assert scalar_of_text(text).profile.slope_set == slopes


@pytest.mark.parametrize("place", ["0.1", "2/3", "0.3", "100.1"])
def test_the_tip_of_a_corner_is_taken_wherever_it_is(place: str) -> None:
    assert scalar_of_text(f"abs(x - {place})").profile.output_set == r"[0, \infty)"
    assert scalar_of_text(f"max(x - {place}, 0)").profile.output_set == r"[0, \infty)"
    assert scalar_of_text(f"min({place} - x, 0) + 1").profile.output_set == r"(-\infty, 1]"


def test_the_rounding_of_a_difference_of_two_is_no_jump() -> None:
    one = scalar_of_text("relu(x-0.7) - relu(x-0.3)")
    assert one.profile.continuous and one.jumps == ()
    assert (one.profile.output_set, one.profile.slope_set) == ("[-0.4, 0]", r"\{-1, 0\}")


def test_what_bends_far_out_is_judged_as_far_as_that() -> None:
    late = scalar_of_text("relu(x - 200)").profile
    assert (late.left, late.right, late.flat_below) == (Tail.FLAT, Tail.STEEP, 200.0)
    assert (late.output_set, late.slope_set) == (r"[0, \infty)", r"\{0, 1\}")


@pytest.mark.parametrize("text", ["1e5*tanh(x)", "1e4*tanh(x)", "1e7*sigmoid(x)"])
def test_the_steps_in_which_a_large_slope_is_rounded_down_to_nothing_are_no_kinks(text: str) -> None:
    function = scalar_of_typed(read(text), "own-1", "own", {})
    assert function.slope_jumps == () and function.profile.differentiable
    assert function.profile.slope_set.startswith("(0,")


def test_a_jump_beside_what_is_large_is_found() -> None:
    assert [one.x for one in scalar_of_typed(read("exp(relu(x)) + 1e-6*sign(x + 5)"), "own-1", "own", {}).jumps] == [
        -5.0
    ]
