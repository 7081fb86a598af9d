"""What a comparison of activations says: jumps, facts at every parameter, estimates, shares, and the document."""

from __future__ import annotations

from functools import partial
from math import inf, isclose

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.optimize import minimize_scalar
from scipy.special import erf

from engine.activations import ACTIVATIONS, Activation
from engine.activations.check import by_torch, torch_code
from engine.activations.comparison import (
    FIRST,
    MOST_CHOSEN,
    Chosen,
    Comparison,
    OwnActivation,
    decimals_of,
    free_key,
    with_chosen,
    with_cursor,
    with_own,
    with_own_parameter,
    with_parameter,
    with_range,
    with_toggled,
    without_own,
)
from engine.activations.jumps import Function, Jump
from engine.activations.measured import measured_profile
from engine.activations.profile import Tail
from engine.activations.sampling import Sampled, height_of, sampled
from engine.activations.saturation import SATURATED_BELOW
from engine.activations.scalar import digits_for, gelu_difference, largest_difference, scalar_of
from engine.activations.shares import shares_of
from engine.validation import sentence_of
from tests.copied import run_copied

ALL = list(ACTIVATIONS.values())


def named(one: Activation) -> str:
    return one.key


# Jumps ------------------------------------------------------------------------------------------------------------


@pytest.mark.torch
def test_the_kinks_of_the_catalogue_are_what_pytorch_says_there() -> None:
    assert scalar_of(ACTIVATIONS["step"]).jumps == (Jump(0.0, 0.0, 1.0, 1.0),)
    for key, alpha in (("relu", None), ("leaky_relu", 0.2), ("elu", 0.5)):
        (kink,) = scalar_of(ACTIVATIONS[key], alpha).slope_jumps
        assert kink.x == 0.0
        assert kink.at == by_torch(ACTIVATIONS[key], 0.0, alpha)[1]
        assert kink.right == 1.0


# Facts ------------------------------------------------------------------------------------------------------------


def test_a_parameter_changes_the_facts() -> None:
    leaky, elu = ACTIVATIONS["leaky_relu"], ACTIVATIONS["elu"]
    assert leaky.profile(0.0).left is Tail.FLAT
    assert leaky.profile(1.0).differentiable
    assert leaky.profile(0.2).slope == (0.2, 1.0)
    assert elu.profile(1.0).differentiable
    assert not elu.profile(0.5).differentiable
    assert elu.profile(2.0).output == (-2.0, inf)
    assert elu.profile(2.0).slope_set == "(0, 2]"
    assert elu.profile(0.0).flat_below == 0.0


@pytest.mark.parametrize("alpha", [0.0, 0.25, 0.5, 2.0])
@pytest.mark.parametrize("key", ["leaky_relu", "elu"])
def test_facts_at_a_parameter_agree_with_the_numbers(key: str, alpha: float) -> None:
    scalar = scalar_of(ACTIVATIONS[key], alpha)
    found, _, _ = measured_profile(scalar.value, scalar.slope, -40.0, 40.0)
    declared = scalar.profile
    assert (found.left, found.right, found.differentiable) == (declared.left, declared.right, declared.differentiable)
    np.testing.assert_allclose(found.output, np.clip(declared.output, -40.0 * alpha, 40.0), atol=1e-9)
    np.testing.assert_allclose(found.slope, declared.slope, atol=1e-6)


@pytest.mark.torch
@pytest.mark.parametrize("one", ALL, ids=named)
def test_pytorch_is_asked_about_the_number_that_is_shown(one: Activation) -> None:
    for x in (-2.3, 0.0, 1.2):
        np.testing.assert_allclose(scalar_of(one).at(x), by_torch(one, x), atol=1e-14)


@pytest.mark.parametrize("one", ALL, ids=named)
@pytest.mark.parametrize("slope", [False, True])
def test_the_code_that_is_offered_prints_that_number(
    one: Activation, slope: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    run_copied(torch_code(one, 1.2, slope=slope))
    assert isclose(float(capsys.readouterr().out), scalar_of(one).at(1.2)[slope], abs_tol=1e-15)


def test_the_gelus_are_furthest_apart_where_scipy_finds_it() -> None:
    def gap(x: float) -> float:
        inner = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
        return float(0.5 * x * (erf(x / np.sqrt(2)) - np.tanh(inner)))

    best = minimize_scalar(lambda x: -abs(gap(x)), bounds=(2.0, 4.0), method="bounded", options={"xatol": 1e-10})
    x, difference = gelu_difference()
    assert isclose(x, best.x, abs_tol=1e-4)
    assert isclose(difference, gap(best.x), rel_tol=1e-9)
    assert abs(difference) < 5e-4


def test_the_largest_difference_keeps_its_sign() -> None:
    x, difference = largest_difference(np.cos, lambda x: np.zeros_like(x), 2.0, 4.0)
    assert isclose(x, np.pi, abs_tol=1e-6)
    assert isclose(difference, -1.0)


@pytest.mark.parametrize("key", ["logistic", "tanh", "elu", "silu", "softmax"])
def test_a_value_is_printed_with_what_its_slope_needs(key: str) -> None:
    one = scalar_of(ACTIVATIONS[key])
    assert one.by_value is not None
    for x in np.linspace(-6, 6, 241).round(2).tolist():
        y, slope = one.at(x)
        rule = partial(one.by_value, x)
        printed = float(f"{y:.{digits_for(rule, y, slope, 5, 4)}g}")
        assert f"{rule(printed):.4g}" == f"{slope:.4g}"
    assert digits_for(lambda y: 1 - y * y, np.tanh(4.0), 1 - np.tanh(4.0) ** 2, 5, 4) > 5


# Curves -----------------------------------------------------------------------------------------------------------


def test_a_curve_is_broken_where_it_jumps_and_nowhere_else() -> None:
    relu = scalar_of(ACTIVATIONS["relu"])
    slopes = sampled(relu.slope, relu.slope_jumps, (), -6, 6, 100)
    assert [(x[0], x[-1], set(y.tolist())) for x, y in slopes.pieces] == [(-6.0, 0.0, {0.0}), (0.0, 6.0, {1.0})]
    values = sampled(relu.value, (), relu.slope_jumps, -6, 6, 100)
    ((x, y),) = values.pieces
    assert 0.0 in x  # the corner is drawn sharp
    np.testing.assert_array_equal(y, np.maximum(x, 0.0))


def test_where_a_function_has_no_value_there_is_no_curve() -> None:
    curve = sampled(np.sqrt, (), (), -1.0, 1.0, 201)
    ((x, _),) = curve.pieces
    assert x[0] == 0.0


def test_curves_that_go_on_do_not_press_the_others_flat() -> None:
    def curve(key: str) -> tuple[Sampled, bool]:
        one = scalar_of(ACTIVATIONS[key])
        return sampled(one.value, one.jumps, one.slope_jumps, -6, 6, 300), bool(np.isfinite(one.profile.output).all())

    low, high = height_of([curve("tanh"), curve("relu")], -6, 6)
    assert -1.6 < low < -1.0
    assert 3.0 < high < 4.0
    assert height_of([], -6, 6)[0] < height_of([], -6, 6)[1]


@pytest.mark.parametrize(
    ("function", "low", "high"),
    [
        (lambda x: x**9, 0.0, 1000.0),
        (lambda x: 1e20 + x, -6.0, 6.0),
        (np.exp, 0.0, 1000.0),
        (lambda x: np.sign(x) * 1.7e308, -6.0, 6.0),
        (lambda x: 0.0 * x - 1e300, -6.0, 6.0),
        (lambda x: 0.0 * x, -6.0, 6.0),
    ],
)
def test_an_axis_has_a_height_however_large_the_values(function: Function, low: float, high: float) -> None:
    curve = sampled(function, (), (), low, high, 400)
    for bounded in (False, True):
        bottom, top = height_of([(curve, bounded)], low, high)
        assert np.isfinite(top - bottom) and top - bottom > 1e-7 * max(abs(top), abs(bottom), 1e-3)


def test_a_tall_curve_is_not_a_line_straight_up() -> None:
    curve = sampled(lambda x: x**9, (), (), 0.0, 1000.0, 400)
    bottom, top = height_of([(curve, False)], 0.0, 1000.0)
    ys = curve.pieces[0][1]
    assert ((ys >= bottom) & (ys <= top)).mean() > 0.5


def test_an_axis_is_where_most_of_a_steep_curve_is() -> None:
    """It was 499 to 512 beside the arms of 9x⁸, which is flat about 0."""
    curve = sampled(lambda x: 9 * x**8, (), (), -6.0, 6.0, 400)
    bottom, top = height_of([(curve, False)], -6.0, 6.0)
    assert (bottom, top) == pytest.approx((-0.4, 6.4), abs=0.1)


# Shares -----------------------------------------------------------------------------------------------------------


def test_shares_keep_off_dead_and_saturated_apart() -> None:
    z = np.array([[-1.0, -3.0, 5.0], [2.0, -0.5, -5.0]])  # the second unit is off on both rows
    relu = shares_of(ACTIVATIONS["relu"].profile(), z)
    assert (relu.off, relu.dead, relu.saturated, relu.units) == (4 / 6, 1, None, 3)
    tanh = shares_of(ACTIVATIONS["tanh"].profile(), z)
    low, high = ACTIVATIONS["tanh"].saturation_bounds()
    assert tanh.saturated == pytest.approx(((z < low) | (z > high)).mean())
    assert (tanh.off, tanh.dead) == (None, 0)
    identity = shares_of(ACTIVATIONS["identity"].profile(), z)
    assert (identity.off, identity.saturated) == (None, None)
    step = shares_of(ACTIVATIONS["step"].profile(), z)
    assert (step.off, step.dead) == (1.0, 3)


def test_the_saturated_share_is_that_of_the_rule() -> None:
    torch = pytest.importorskip("torch")
    z = np.random.default_rng(3).normal(0, 3, (500, 4))
    for key in ("logistic", "gelu", "silu", "softplus"):
        slopes = torch.tensor(z, requires_grad=True)
        (found,) = torch.autograd.grad(ACTIVATIONS[key].torch(slopes).sum(), slopes)
        steepest = max(abs(end) for end in ACTIVATIONS[key].derivative_range)
        low, high = ACTIVATIONS[key].saturation_bounds()
        beyond = (z < low) | (z > high)
        assert shares_of(ACTIVATIONS[key].profile(), z).saturated == beyond.mean()
        assert (np.abs(found.numpy())[beyond] < SATURATED_BELOW * steepest + 1e-12).all()


# The document -----------------------------------------------------------------------------------------------------


def test_a_colour_stays_with_its_function() -> None:
    without = with_toggled(FIRST, "tanh")
    assert {one.key: one.colour for one in without.chosen} == {"logistic": 0, "relu": 2, "gelu": 3}
    again = with_toggled(with_toggled(without, "silu"), "tanh")
    colours = {one.key: one.colour for one in again.chosen}
    assert colours == {"logistic": 0, "relu": 2, "gelu": 3, "silu": 1, "tanh": 4}
    full = with_toggled(again, "elu")  # the first gives way, and its colour with it
    assert {one.key: one.colour for one in full.chosen}["elu"] == 0
    assert len(full.chosen) == MOST_CHOSEN


def test_the_cursor_stays_on_the_axis() -> None:
    assert with_cursor(FIRST, 1.23456).cursor == 1.23456
    assert with_cursor(FIRST, 99.0).cursor == 6.0
    near = with_range(FIRST, 0.0, 0.01)
    assert near.cursor == 0.01
    assert decimals_of(near.low, near.high) == 5
    assert with_range(FIRST, 1.22538891176, 1.331).cursor == 1.2254  # and not the edge, to eleven digits
    assert with_range(FIRST, -3.0, 1.1234567).cursor == 1.123
    assert with_range(FIRST, 5.0, 5.0).high > with_range(FIRST, 5.0, 5.0).low
    assert with_range(FIRST, -1e9, 1e9).high == 1000.0


def test_a_parameter_brings_its_function_where_there_is_room() -> None:
    moved = with_parameter(FIRST, "gamma", 0.2)
    assert moved.gamma == 0.2
    assert "leaky_relu" in {one.key for one in moved.chosen}
    full = with_chosen(FIRST, {"silu": True})
    assert with_parameter(full, "alpha", 2.0).chosen == full.chosen


def test_a_number_that_is_typed_is_kept_within_what_a_file_may_hold() -> None:
    own = with_own(FIRST, OwnActivation(key="own-1", text="a*x", parameters={"a": 2.0}))
    for value in (-1e9, 1e9):
        for now in (
            with_parameter(FIRST, "gamma", value),
            with_parameter(FIRST, "alpha", value),
            with_own_parameter(own, "own-1", "a", value),
        ):
            assert Comparison.model_validate(now.model_dump()) == now
    assert (with_parameter(FIRST, "gamma", 1e9).gamma, with_parameter(FIRST, "alpha", -1.0).alpha) == (1.0, 0.0)


def test_activations_of_ones_own_come_and_go_with_their_place() -> None:
    assert free_key(FIRST) == "own-1"
    one = with_own(FIRST, OwnActivation(key="own-1", text="a*x", parameters={"a": 2.0}))
    assert one.chosen[-1].key == "own-1"
    assert free_key(one) == "own-2"
    assert with_own_parameter(one, "own-1", "a", 3.0).own[0].parameters == {"a": 3.0}
    left_out = with_toggled(one, "own-1")
    changed = with_own(left_out, OwnActivation(key="own-1", text="x"))
    assert "own-1" not in {chosen.key for chosen in changed.chosen}  # typing on takes nothing in that was left out
    assert without_own(one, "own-1") == FIRST


@pytest.mark.parametrize(
    "wrong",
    [
        {"chosen": [{"key": "nope", "colour": 0}]},
        {"chosen": [{"key": "own-1", "colour": 0}]},
        {"chosen": [{"key": "tanh", "colour": 0}, {"key": "relu", "colour": 0}]},
        {"chosen": [{"key": "tanh", "colour": 0}, {"key": "tanh", "colour": 1}]},
        {"chosen": [{"key": "tanh", "colour": 9}]},
        {"low": 3.0, "high": 2.0},
        {"low": float("nan")},
        {"gamma": 2.0},
        {"cursor": 1e9},
        {"own": [{"key": "own-1", "text": "x" * 401}]},
        {"own": [{"key": "__x", "text": "x"}]},
        {"own": [{"key": "my own-12", "text": "x"}]},
        {"own": [{"key": "own-1", "text": "x\ny"}]},
        {"extra": 1},
    ],
)
def test_a_file_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Comparison.model_validate({**FIRST.model_dump(mode="json"), **wrong})


def test_a_comparison_survives_a_file() -> None:
    own = with_own(FIRST, OwnActivation(key="own-1", text="a*x", parameters={"a": 2.0}))
    assert Comparison.model_validate_json(own.model_dump_json()) == own
    assert Chosen(key="own-1", colour=4) in own.chosen


@pytest.mark.parametrize(("key", "alpha"), [(key, None) for key in ACTIVATIONS] + [("leaky_relu", 0.0), ("elu", 0.0)])
def test_a_unit_is_off_where_both_f_and_its_slope_are_0_and_a_step_that_fires_is_not(
    key: str, alpha: float | None
) -> None:
    profile = ACTIVATIONS[key].profile(alpha)
    z = np.linspace(-5.0, 5.0, 101)
    flat = profile.flat_zone(z)
    silent = flat is not None and not ACTIVATIONS[key].value(z[flat], alpha).any()
    assert profile.silent is silent


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"chosen": [{"key": "relo", "colour": 0}]}, "chosen names the activation “relo”, which isn't known."),
        ({"chosen": [{"key": "relu", "colour": 0}, {"key": "tanh", "colour": 0}]}, "chosen.colour has the same value"),
        ({"low": 2.0, "high": 1.0}, "high is 1.0 and low is 2.0; high must be greater than low by 0.001 or more."),
    ],
)
def test_what_does_not_hold_together_is_named_with_what_mends_it(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Comparison.model_validate(fields)
    assert sentence_of(caught.value).sentence.startswith(sentence)
