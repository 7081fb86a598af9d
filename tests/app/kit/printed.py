"""What a formula says to who reads it by the usual precedence: its boxes as text for sympy, which knows nothing of the
tree that they were made from."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sympy

from app.kit.formula.boxes import Box, Fenced, Fraction, Keyed, Maths, Root, Row, Script, Words
from app.kit.formula.rows import Grid

_SIGNS = {"+": "+", "-": "-", r"\cdot": "*", r"\times": "*", r"\,": "*", "=": "=", ">": ">", "{-}": "-",
          "e": "exp(1)"}  # fmt: skip
_FUNCTIONS = {
    r"\log": "log", r"\sin": "sin", r"\cos": "cos", r"\tan": "tan", r"\sinh": "sinh",
    r"\cosh": "cosh", r"\mathrm{arctan}": "atan", r"\mathrm{erf}": "erf", r"\tanh": "tanh", r"\sigma": "logistic",
    r"\exp": "exp",
    r"\mathrm{ReLU}": "relu", r"\max": "Max", r"\min": "Min", r"\mathrm{sign}": "sign",
}  # fmt: skip
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_CALLS = {
    "logistic": lambda x: 1 / (1 + sympy.exp(-x)),
    "relu": lambda x: sympy.Max(0, x),
    "holds": lambda left, right: sympy.Piecewise((1, left > right), (0, True)),
}


def value_of(box: Box, values: Mapping[str, float], *, side: int = -1) -> float:
    """What a formula is worth, by sympy; of an equation the given side. ``values``: by the markup of the names."""
    names = {markup: f"name_{number}_" for number, markup in enumerate(values)}
    text = written(box, names).split("=")[side]
    known = {names[markup]: sympy.Float(value, 20) for markup, value in values.items()}
    return float(sympy.sympify(text, locals={**known, **_CALLS}).evalf(20))


def written(box: Box, names: Mapping[str, str]) -> str:
    """A box as a line that Python reads. Nothing is put in brackets that does not look so."""
    match box:
        case Keyed(inside=inside):
            return written(inside, names)
        case Row(boxes=boxes):
            return _glued([written(one, names) for one in boxes])
        case Grid(rows=rows):
            return written(Row(rows[0]), names)
        case Fraction(above=above, below=below):
            return f"(({written(above, names)})/({written(below, names)}))"
        case Script(base=base, above=above) if above is not None:
            return f"{written(base, names)}**({written(above, names)})"
        case Root(inside=inside):
            return f"sqrt({written(inside, names)})"
        case Fenced(inside=inside, left=left):
            text = written(inside, names)
            if left == "[":
                return f"holds({text.replace('>', ',')})"
            return f"Abs({text})" if left == "|" else f"({text})"
        case Words(text=text) | Maths(markup=text):
            return _sign(text, names)
    raise AssertionError(box)


def _sign(text: str, names: Mapping[str, str]) -> str:
    text = text.strip()
    if text in names:
        return names[text]
    if text in _SIGNS:
        return _SIGNS[text]
    if text in _FUNCTIONS:
        return _FUNCTIONS[text]
    text = (
        text.replace("{-}", "-").replace("−", "-").replace(r",\,", ",").replace(r"\pi", "pi").replace(r"{\cdot}", "·")
    )
    text = re.sub(r"·10(?:\^\{(.+)\}|([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))", _power_of_ten, text)
    assert re.fullmatch(r"[-\d.*/(),pi]*", text), text
    return text


def _power_of_ten(found: re.Match[str]) -> str:
    return f"*10**({(found[1] or found[2]).translate(_RAISED)})"


def _glued(texts: list[str]) -> str:
    """A number beside a name, or one name beside another, is their product."""
    line = ""
    for text in texts:
        times = re.search(r"[\w)]$", line) and re.match(r"[\w]", text) and not re.search(r"(?:log|sin)$", line)
        line += f"*{text}" if times else text
    return line
