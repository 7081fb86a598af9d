"""The two GELUs as formulas: the whole stands for the point on its curve, every x for the cursor."""

from __future__ import annotations

from app.kit.formula.boxes import Box, Fenced, Fraction, Keyed, Maths, Root, Row, Script, operator, relation
from app.workspaces.activations.keys import X, Y


def _x(key: str) -> Box:
    return Keyed((X, key), Maths("x"))


def exact() -> Box:
    """By the error function."""
    x = _x("gelu")
    inside = Row((Maths("1"), operator("+"), Maths(r"\mathrm{erf}\,"), Fraction(x, Root(Maths("2")))))
    left = Row((x, Maths(r"\,\Phi("), x, Maths(")")))
    return Keyed((Y, "gelu"), Row((left, relation("="), Fraction(x, Maths("2")), Fenced(inside))))


def approximate() -> Box:
    """By tanh, as many models have it (Hendrycks and Gimpel 2016, section 2)."""
    x = _x("gelu_tanh")
    cubic = Row((Maths("("), x, operator("+"), Maths(r"0.044715\,"), Script(x, above=Maths("3")), Maths(")")))
    root = Root(Fraction(Maths("2"), Maths(r"\pi")))
    inside = Row((Maths("1"), operator("+"), Maths(r"\tanh"), root, Maths(r"\,"), cubic))
    return Keyed((Y, "gelu_tanh"), Row((Fraction(x, Maths("2")), Fenced(inside))))
