"""Expressions as formulas: brackets where they are needed and nowhere else, and parts that bear keys."""

from __future__ import annotations

import pytest
import sympy
from pytestqt.qtbot import QtBot

from app.kit.formula.boxes import lay_out
from app.kit.formula.trees import box_of, markup_of_name
from engine.autodiff import parse
from engine.autodiff.tree import Apply, Name, Tree

FORMULAS = [
    ("1/(1+exp(-x))", "1/(1 + e^(−x))"),
    ("(x+y)^2", "(x + y)²"),
    ("a-(b-c)", "a − (b − c)"),
    ("a-b-c", "a − b − c"),
    ("a+(b+c)", "a + b + c"),
    ("a/(b/c)", "a/(b/c)"),
    ("-(a+b)*c", "−(a + b) · c"),
    ("a*(-b)", "a · (−b)"),
    ("a+(-b)", "a + (−b)"),
    ("a--b", "a − (−b)"),
    ("-(-x)", "−(−x)"),
    ("c+(-a)*b", "c + (−a · b)"),
    ("(2^3)^2", "(2³)²"),
    ("(-x)^2", "(−x)²"),
    ("-x^2", "−x²"),
    ("w1*x1+w2*x2+b", "w₁x₁ + w₂x₂ + b"),
    ("3*x", "3x"),
    ("x*3", "x · 3"),
    ("sqrt(x+1)*2", "√(x + 1) · 2"),
    ("abs(x-1)", "|x − 1|"),
    ("exp(a/b)", "exp(a/b)"),
    ("exp(x)^2", "(e^x)²"),
    ("cross_entropy([a,b],0)", "(cross-entropy(a,b))₀"),
]


@pytest.mark.parametrize(("text", "said"), FORMULAS)
def test_brackets_stand_where_they_are_needed(qtbot: QtBot, text: str, said: str) -> None:
    assert lay_out(box_of(parse(text).result), 20).plain == said


_READ = str.maketrans({"−": "-", "·": "*", "²": "**2", "³": "**3", "₁": "1", "₂": "2", "^": "**"})


@pytest.mark.parametrize(
    "text", [text for text, _ in FORMULAS if not any(word in text for word in ("abs", "exp", "cross"))]
)
def test_what_is_said_is_the_same_expression(qtbot: QtBot, text: str) -> None:
    """Held by sympy, which reads both."""
    said = lay_out(box_of(parse(text).result), 20).plain.translate(_READ).replace("√", "sqrt")
    names = {name: sympy.Symbol(name) for name in ("a", "b", "c", "x", "y", "w1", "w2", "x1", "x2")}
    for pair in ("w1x1", "w2x2", "3x", "ab"):
        said = said.replace(pair, f"{pair[: len(pair) // 2]}*{pair[len(pair) // 2 :]}")
    read = [sympy.sympify(one.replace("^", "**"), locals=names) for one in (text, said)]
    assert sympy.simplify(read[0] - read[1]) == 0


def test_each_part_bears_its_key(qtbot: QtBot) -> None:
    def key_of(part: Tree) -> str | None:
        match part:
            case Name():
                return part.name
            case Apply():
                return part.operation
        return None

    laid = lay_out(box_of(parse("a*(b+c)").result, key_of), 20)
    assert [key for key, _box in laid.parts] == ["*", "a", "+", "b", "c"]
    whole, inner = laid.boxes_of("*")[0], laid.boxes_of("b")[0]
    assert whole.contains(inner)


@pytest.mark.parametrize(
    ("name", "markup"),
    [("w12", "w_{12}"), ("w1_2", r"w_{1\,2}"), ("loss", r"\mathrm{loss}"), ("alpha", r"\alpha"), ("x", "x")],
)
def test_names(name: str, markup: str) -> None:
    assert markup_of_name(name) == markup


@pytest.mark.parametrize(
    ("text", "plain"), [("3.0E-5*x", "3.0·10⁻⁵"), ("1e3*x", "1·10³"), ("1E+3*x", "1·10³"), ("x^1E2", "10²")]
)
def test_a_power_of_ten_is_set_as_one_with_either_e(qapp: object, text: str, plain: str) -> None:
    shown = lay_out(box_of(parse(text).whole), 16.0).plain.replace(" ", "")
    assert plain in shown and "E" not in shown and "e" not in shown
