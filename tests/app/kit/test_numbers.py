"""The one writer of numbers: every style's examples, and what holds for all of them."""

from __future__ import annotations

import ast
import doctest
import inspect
import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.kit import numbers
from app.kit.numbers import (
    MINUS,
    TIMES_TEN,
    factor,
    fixed,
    in_tile,
    mathtext,
    plain,
    read,
    rounded,
    scientific,
    short,
    significant,
    written,
)

WRITER = Path(numbers.__file__).resolve()
APP = WRITER.parents[1]
DATE = re.compile(r"%[A-Za-z]")
TEMPLATE = re.compile(r"\{\w*:[^{}|]+\}")
"""A place in a text to be filled that says how; one with a bar chooses a noun by a count."""
STYLES = (short, significant, in_tile, fixed, scientific, plain)


def test_every_style_says_by_example_what_it_writes() -> None:
    styles = [
        style
        for name, style in vars(numbers).items()
        if inspect.isfunction(style) and style.__module__ == numbers.__name__ and not name.startswith("_")
    ]
    assert not [one.__name__ for one in styles if ">>>" not in (inspect.getdoc(one) or "")]
    found = doctest.testmod(numbers)
    assert found.failed == 0 and found.attempted >= len(styles)


@pytest.mark.parametrize("style", STYLES[:-1])
def test_what_is_not_finite_is_named(style: Callable[[float], str]) -> None:
    assert [style(value) for value in (math.nan, math.inf, -math.inf)] == ["NaN", "∞", f"{MINUS}∞"]


@pytest.mark.parametrize("style", [short, scientific])
@given(value=st.floats(1e-3, 1e7))
@example(value=9.996)
@example(value=99.96)
@example(value=999.6)
@example(value=0.009996)
def test_what_rounds_to_a_number_is_written_like_it(style: Callable[[float], str], value: float) -> None:
    """A row of ratios said 10.00 beside 10.0."""
    text, number = style(value), rounded(value, 3)
    assert text == style(number) or number >= 1e3, "every digit of a whole number is written"


def test_a_factor_without_end_is_named_too() -> None:
    assert (factor(math.inf), factor(9994.0), factor(99999.0)) == ("∞", "10,000", "10⁵")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_minus_signs_are_real_and_exponents_bare(value: float) -> None:
    for style in STYLES:
        assert re.fullmatch(rf"{MINUS}?[\d,]+(\.\d+)?({TIMES_TEN}⁻?(⁰|[¹²³⁴-⁹][⁰¹²³⁴-⁹]*))?", style(value))
    assert re.fullmatch(rf"{MINUS}?\d+(\.\d+)?(e{MINUS}?(0|[1-9]\d*))?", written(value))


@given(st.floats(min_value=-1e9, max_value=1e9, allow_nan=False))
def test_what_a_field_writes_is_read_back_within_its_four_digits(value: float) -> None:
    back = read(written(value))
    assert back is not None and back == pytest.approx(value, rel=5.1e-4, abs=1e-300)


@given(st.floats(min_value=-1e9, max_value=1e9, allow_nan=False), st.integers(1, 4))
def test_significant_digits_are_no_more_than_asked_for(value: float, digits: int) -> None:
    mantissa = significant(value, digits).split(TIMES_TEN)[0].lstrip(MINUS).replace(".", "").lstrip("0")
    whole = abs(value) >= 10**digits and TIMES_TEN not in significant(value, digits)
    assert len(mantissa.rstrip("0") if whole else mantissa) <= digits


def test_in_a_formula_signs_and_powers_are_typeset() -> None:
    assert [mathtext(value) for value in (0.5, -0.034, 4e-4)] == ["0.50", "{-}0.03", r"4.0{\cdot}10^{-4}"]
    assert [mathtext(value) for value in (math.nan, -math.inf)] == [r"\mathrm{NaN}", r"{-}\infty"]


def formatted_by_hand(source: str) -> list[str]:
    """Where a module writes numbers itself. Dates, whose forms are full of ``%``, are none."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FormattedValue(format_spec=ast.JoinedStr() as form):
                by_hand = not DATE.search(ast.unparse(form))
            case ast.Constant(value=str(text)):
                by_hand = bool(TEMPLATE.search(text))
            case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod()) | ast.Call(func=ast.Name(id="format")):
                by_hand = True
            case ast.Call(func=ast.Attribute(value=whose, attr="toString" | "toCurrencyString")):
                by_hand = "locale" in ast.unparse(whose).lower()
            case _:
                by_hand = False
        if by_hand:
            found.append(f"line {node.lineno}: {ast.unparse(node)}")
    return found


@pytest.mark.parametrize(
    "source",
    [
        'f"{loss:.3f}"',
        'f"{loss:{width}}"',
        'f"{share:.0%}"',
        'tr("from {low:g} on").format(low=low)',
        '"{:,}".format(edges)',
        '"%.3f" % loss',
        'format(loss, ".3f")',
        "QLocale().toString(edges)",
        "self.locale().toString(edges)",
    ],
)
def test_a_number_formatted_by_hand_is_found(source: str) -> None:
    assert formatted_by_hand(source)


@pytest.mark.parametrize(
    "source",
    [
        'f"{name}: {count}"',
        'f"{when:%Y-%m-%d %H:%M}"',
        '"{label}: {low}".format(low=low)',
        "keys.toString(NATIVE)",
        "a % b",
    ],
)
def test_words_and_dates_are_no_numbers(source: str) -> None:
    assert not formatted_by_hand(source)


def modules() -> list[Path]:
    """The modules that write numbers through the one writer alone: all but itself."""
    found = [path for path in sorted(APP.rglob("*.py")) if path != WRITER]
    assert len(found) > 100
    return found


def test_nobody_else_formats_numbers() -> None:
    found = {str(path.relative_to(APP)): formatted_by_hand(path.read_text("utf-8")) for path in modules()}
    assert not {path: lines for path, lines in found.items() if lines}
