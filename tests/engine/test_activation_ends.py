"""The ends of ranges of activations of one's own, steep ones and such as overflow included: held to mpmath."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from math import asinh, inf, isfinite

import mpmath
import pytest
import sympy

from engine.activations.profile import Profile, Tail
from engine.activations.typed import read, scalar_of_typed

X = sympy.Symbol("x", real=True)
ROOT = "sqrt(2)"
FUNCTIONS = {
    "x^x": ("[exp(-exp(-1)), oo)", "(-oo, oo)"),
    "x^(-x)": ("(0, exp(exp(-1))]", "[-1, oo)"),
    "exp(exp(x))": ("(1, oo)", "(0, oo)"),
    "exp(1000*x)": ("(0, oo)", "(0, oo)"),
    "-exp(exp(x))": ("(-oo, -1)", "(-oo, 0)"),
    "exp(x^2)": ("[1, oo)", "(-oo, oo)"),
    "exp(x) - x": ("[1, oo)", "(-1, oo)"),
    "exp(x) + x": ("(-oo, oo)", "(1, oo)"),
    "tanh(1000*x)": ("(-1, 1)", "(0, 1000]"),
    "tanh(0.001*x)": ("(-1, 1)", "(0, 0.001]"),
    "tanh(1000*x) + tanh(x)": ("(-2, 2)", "(0, 1001]"),
    "tanh(1000*x)*exp(x)": ("[-0.9953638, oo)", "[-0.9915877, oo)"),
    "1/(1 + exp(-500*(x - 0.3)))": ("(0, 1)", None),
    "1/x": ("(-oo, oo)", "(-oo, 0)"),
    "x*sin(x)": ("(-oo, oo)", "(-oo, oo)"),
    "sin(1/x)": ("[-1, 1]", "(-oo, oo)"),
    "exp(-1000*x^2)": ("(0, 1]", "[-sqrt(2000)*exp(-1/2), sqrt(2000)*exp(-1/2)]"),
    "exp(-(1000*(x - 0.1234))^2)": ("(0, 1]", f"[-1000*{ROOT}*exp(-1/2), 1000*{ROOT}*exp(-1/2)]"),
    "relu(x - 3)": ("[0, oo)", None),
    "log(abs(x))": ("(-oo, oo)", "(-oo, oo)"),
    "x^2*exp(-x)": ("[0, oo)", f"(-oo, (2*{ROOT} - 2)*exp({ROOT} - 2)]"),
    "abs(x)^x": ("(0, oo)", None),
    "1 - exp(-1000*abs(x))": ("[0, 1)", None),
    "exp(-exp(x))": ("(0, 1)", "[-exp(-1), 0)"),
    "relu(x)^9": ("[0, oo)", "[0, oo)"),
    "relu(x + 1)^8": ("[0, oo)", "[0, oo)"),
    "relu(x)*exp(x)": ("[0, oo)", None),
    "sin(x/100)": ("[-1, 1]", "[-1/100, 1/100]"),
    "cos(x/40)": ("[-1, 1]", "[-1/40, 1/40]"),
    "3*sin(x/500) + 2": ("[-1, 5]", "[-3/500, 3/500]"),
    "x*sin(x/100)": ("(-oo, oo)", "(-oo, oo)"),
    "x*exp(-x/300)": ("(-oo, 300*exp(-1)]", "[-exp(-2), oo)"),
    "exp(-x^2/100000)": ("(0, 1]", "[-sqrt(2/100000)*exp(-1/2), sqrt(2/100000)*exp(-1/2)]"),
    "sin(1000*x)": ("[-1, 1]", "[-1000, 1000]"),
    "atan(tan(x))": ("(-pi/2, pi/2)", None),
    "atan(tan(pi*x/2))": ("(-pi/2, pi/2)", None),
    "2*atan(tan(x/3)) + 1": ("(1 - pi, 1 + pi)", None),
    "sign(x)*atan(x)": ("[0, pi/2)", None),
}
"""The true ends of f, and of f' where it is held to them; a hole between them is none of the matter here."""
NEAR = mpmath.mpf(10) ** -25, mpmath.mpf(10) ** 3
"""Of the places that are looked at, those that are neither so very near to 0 nor so far out."""
ENDS = re.compile(r"^([(\[])(.*), (.*)([)\]])$")


def profile_of_text(text: str) -> Profile:
    return scalar_of_typed(read(text), "own-1", "own", {}).profile


def true_ends(text: str) -> tuple[tuple[float, float], str]:
    """Both ends as numbers, and their brackets."""
    match = ENDS.match(text)
    assert match is not None
    opening, low, high, closing = match.groups()
    return (float(sympy.sympify(low)), float(sympy.sympify(high))), opening + closing


@cache
def places() -> tuple[tuple[mpmath.mpf, bool], ...]:
    """Even ones about 0 and about what is narrow here, and at all scales to both sides; and whether each is near."""
    found = [mpmath.mpf(k) / 50 for k in range(-600, 601)]
    found += [mpmath.mpf("0.1234") + mpmath.mpf(k) / 10_000 for k in range(-100, 101)]
    for k in range(-350, 41):
        size = mpmath.mpf(10) ** (mpmath.mpf(k) / 10)
        found += [size, -size]
    return tuple((x, x == 0 or NEAR[0] <= abs(x) <= NEAR[1]) for x in found)


Ends = tuple[float, float]
Many = Callable[[mpmath.mpf], list[mpmath.mpf]]


def mpmath_ends(text: str, orders: int) -> list[tuple[Ends, Ends]]:
    """The lowest and the highest of f and, of two ``orders``, f' at these places, in 60 digits, of those that are real,
    as asinh: at all of them, and at those that are near."""
    names = {"x": X, "relu": lambda u: sympy.Max(u, 0)}
    made = sympy.sympify(text.replace("^", "**"), names, rational=True)
    wanted = [made, sympy.diff(made, X)][:orders]
    together: Many = sympy.lambdify(X, wanted, "mpmath", cse=True)  # what both are made of is worked out once
    apart: list[Many] = [sympy.lambdify(X, [one], "mpmath") for one in wanted]
    seen: list[list[mpmath.mpf]] = [[] for _ in wanted]
    near: list[list[mpmath.mpf]] = [[] for _ in wanted]
    for x, is_near in places():
        if x <= 0 and text in ("x^x", "x^(-x)"):  # at −1 and −2 they are real, and beside them they are not
            continue
        for order, y in enumerate(_values(together, apart, x)):
            if y is not None and mpmath.im(y) == 0:
                seen[order].append(mpmath.re(y))
                near[order] += [mpmath.re(y)] if is_near else []
    return [(_as_asinh(all_of_them), _as_asinh(some)) for all_of_them, some in zip(seen, near, strict=True)]


def _values(together: Many, apart: list[Many], x: mpmath.mpf) -> list[mpmath.mpf | None]:
    """Of each function at a place, None where it has no value; the one may have one where the other has none."""
    found: list[mpmath.mpf | None] = []
    try:
        return list(together(x))
    except (ZeroDivisionError, OverflowError, ValueError):
        for one in apart:
            try:
                found += one(x)
            except (ZeroDivisionError, OverflowError, ValueError):
                found.append(None)
    return found


def _as_asinh(found: list[mpmath.mpf]) -> Ends:
    low, high = min(found), max(found)
    return asinh(low) if abs(low) < 1e300 else -inf, asinh(high) if abs(high) < 1e300 else inf


@pytest.mark.parametrize("text", FUNCTIONS)
def test_ends_and_their_brackets_are_the_true_ones(text: str) -> None:
    profile = profile_of_text(text)
    for of, found, markup in zip(
        FUNCTIONS[text], (profile.output, profile.slope), (profile.output_set, profile.slope_set), strict=True
    ):
        if of is not None:
            ends, brackets = true_ends(of)
            assert found == pytest.approx(ends, rel=1e-4, abs=1e-9)
            assert markup[0] + markup[-1] == brackets


@pytest.mark.parametrize("text", FUNCTIONS)
def test_what_is_called_true_is_mpmaths(text: str) -> None:
    mpmath.mp.dps = 60
    known = [of for of in FUNCTIONS[text] if of is not None]
    for of, ends in zip(known, mpmath_ends(text, len(known)), strict=True):
        for true, seen, near, outward in zip(true_ends(of)[0], *ends, (-1.0, 1.0), strict=True):
            if isfinite(true):
                assert outward * (seen - asinh(true)) <= 1e-5, "nothing lies beyond"
                assert abs(seen - asinh(true)) <= 0.01 * max(1.0, abs(asinh(true))), "and something as good as there"
            else:
                assert outward * seen > 2.0
                assert not isfinite(seen) or outward * (seen - near) > 0.2, "the further one looks, the further it goes"


@pytest.mark.parametrize(
    ("text", "tails"),
    [
        ("tanh(1000*x)", (Tail.SATURATES, Tail.SATURATES)),
        ("max(0, min(x, 1))", (Tail.FLAT, Tail.FLAT)),
        ("relu(x)^2", (Tail.FLAT, Tail.STEEP)),
        ("relu(sin(30*x))", (Tail.STEEP, Tail.STEEP)),  # it is 0 only for a while
    ],
)
def test_flat_is_what_is_0_and_not_what_comes_near_it(text: str, tails: tuple[Tail, Tail]) -> None:
    profile = profile_of_text(text)
    assert (profile.left, profile.right) == tails


FLAT_BELOW = {
    "relu(exp(x) - 1e6)": "log(10**6)",
    "relu(exp(x) - 1)": "0",
    "relu(x)*exp(x)": "0",
    "exp(relu(x))": "0",
    "max(exp(x), 1)": "0",
    "exp(max(x, 1))": "1",
    "relu(x)^9": "0",
    "relu(x + 1)^8": "-1",
}


@pytest.mark.parametrize("text", FLAT_BELOW)
def test_how_it_grows_on_one_side_hides_nothing_of_the_other_that_is_flat(text: str) -> None:
    """The edge is sympy's: below it the derivative is 0, above it it is not."""
    names = {"x": X, "relu": lambda u: sympy.Max(u, 0), "max": sympy.Max}
    slope = sympy.diff(sympy.sympify(text.replace("^", "**").replace("1e6", "10**6"), names), X)
    edge = sympy.sympify(FLAT_BELOW[text])
    assert slope.subs(X, edge - sympy.Rational(1, 1000)).doit() == 0 != slope.subs(X, edge + sympy.Rational(1, 1000))
    profile = profile_of_text(text)
    assert (profile.left, profile.right) == (Tail.FLAT, Tail.STEEP)
    assert profile.flat_below == pytest.approx(float(edge), abs=1e-9)


@pytest.mark.parametrize(
    "text", ["exp(x)", "exp(1000*x)", "exp(exp(x))", "exp(-exp(-x))", "exp(-x^2)", "tanh(x)^9", "tanh(x) + x*relu(x)"]
)
def test_what_is_0_by_rounding_alone_is_not_flat(text: str) -> None:
    assert profile_of_text(text).left is Tail.SATURATES


def test_from_where_on_a_steep_one_is_saturated_is_found_beside_its_own_middle() -> None:
    low, high = profile_of_text("sigmoid(500*(x - 0.3))").bounds
    assert (low + high) / 2 == pytest.approx(0.3)
    share = 4 / (2 + mpmath.exp(500 * (high - 0.3)) + mpmath.exp(-500 * (high - 0.3)))  # of the steepest, σ(1 − σ)·4
    assert float(share) == pytest.approx(0.05, rel=1e-6)


def test_a_thousand_is_written_out() -> None:
    assert profile_of_text("tanh(1000*x)").slope_set == "(0, 1000]"
