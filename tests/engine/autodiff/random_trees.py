"""Random expressions, and what sympy makes of them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import sympy

from engine.autodiff import Apply, Constant, Name, Tree, fold, forward, graph_of, parse, text_of
from engine.autodiff.composites import expanded
from engine.autodiff.curves import output_over
from engine.autodiff.graph import graph_of_tree

BINARY = ("+", "-", "*", "/", "+", "*")
SMOOTH = ("exp", "log", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "sigmoid", "erf", "sqrt", "neg")
KINKED = ("relu", "abs", "sign", "max", "min")
NAMES = ("x", "y", "z")
Point = dict[str, float]


def random_tree(random: np.random.Generator, depth: int) -> Tree:
    """A tree of every operation, over x, y and z."""
    if depth == 0 or random.random() < 0.1:
        if random.random() < 0.7:
            return Name(str(random.choice(NAMES)))
        return Constant(float(random.integers(1, 40)) / 8.0)
    if random.random() < 0.15:
        return Apply("^", (random_tree(random, depth - 1), Constant(float(random.integers(-2, 4)))))
    kind = (BINARY, SMOOTH, KINKED)[random.choice(3, p=(0.5, 0.4, 0.1))]
    operation = str(random.choice(kind))
    count = 2 if operation in (*BINARY, "max", "min") else 1
    return Apply(operation, tuple(random_tree(random, depth - 1) for _ in range(count)))


def tame_case(random: np.random.Generator, depth: int = 4) -> tuple[Tree, Point]:
    """A random tree with a point at which no value of it is a fault or large, so that 1e-9 is a fair demand."""
    while True:
        tree = random_tree(random, depth)
        graph = graph_of(parse(text_of(tree)))
        for _ in range(5):
            point = {name: float(random.uniform(-2.0, 2.0)) for name in NAMES}
            values = forward(graph, point)
            if graph.variables and not values.faults and all(1e-6 < abs(value) < 1e3 for value in values.of):
                return tree, point


def to_sympy(tree: Tree) -> sympy.Expr:
    """Our tree as sympy's, built part by part: sympy reads no text."""
    functions = {
        "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "cos": sympy.cos, "tanh": sympy.tanh,
        "tan": sympy.tan, "atan": sympy.atan, "sinh": sympy.sinh, "cosh": sympy.cosh, "erf": sympy.erf,
        "sign": lambda u: sympy.Piecewise((-1, u < 0), (1, True)),
        "sqrt": sympy.sqrt, "abs": sympy.Abs, "max": sympy.Max, "min": sympy.Min,
        "neg": lambda u: -u, "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)), "relu": lambda u: sympy.Max(u, 0),
        "+": lambda u, v: u + v, "-": lambda u, v: u - v, "*": lambda u, v: u * v, "/": lambda u, v: u / v,
        "^": lambda u, v: u**v,
    }  # fmt: skip

    def combine(part: Tree, inside: tuple[sympy.Expr, ...]) -> sympy.Expr:
        match part:
            case Constant():
                exact = part.text and not part.text.startswith(("pi", "e", "-pi", "-e"))
                return sympy.Rational(part.text) if exact else sympy.Rational(part.value)
            case Name():
                return sympy.Symbol(part.name, real=True)
            case Apply():
                return functions[part.operation](*inside)
        raise TypeError(part)

    return fold(expanded(tree), combine)


def by_sympy(expression: sympy.Expr, point: Point) -> float:
    """The value of sympy's expression in 40 digits; NaN where it has none."""
    value = expression.subs({sympy.Symbol(name, real=True): sympy.Rational(at) for name, at in point.items()}).evalf(40)
    return float(value) if value.is_real else math.nan


def values_over(tree: Tree, name: str, xs: np.ndarray, inputs: Mapping[str, float] | None = None) -> np.ndarray:
    """The value of a tree for many values of one of its names, the others held at ``inputs``."""
    return output_over(graph_of_tree(tree), name, xs, inputs)
