"""A typed activation: an expression in x, its slope by reverse-mode differentiation, its facts measured."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import inf

import numpy as np
import numpy.typing as npt

from engine.activations.arithmetic import FloatArray
from engine.activations.jumps import Function
from engine.activations.measured import measured_profile
from engine.activations.saturation import Saturation
from engine.activations.scalar import ScalarFunction
from engine.activations.spec import Activation, ValueAndSlope
from engine.autodiff import (
    OUTPUT,
    Apply,
    Constant,
    Name,
    ScalarGraph,
    Tree,
    derivative,
    graph_of,
    names_in,
    parse,
    substituted,
    text_of,
)
from engine.autodiff.algebra.by_value import derivatives_by_value
from engine.autodiff.algebra.simplify import size_of
from engine.autodiff.check import check_graph
from engine.autodiff.curves import curve, output_over
from engine.autodiff.graph import graph_of_tree
from engine.autodiff.half_names import meant_function
from engine.autodiff.problems import refused
from engine.autodiff.torch_twin import torch_code, torch_expression, torch_output
from engine.autodiff.tree import parts
from engine.autodiff.writing import number_text
from engine.problems import EngineError, declare
from engine.value_check import CheckedValue, unanswered

Array = npt.NDArray[np.float64]

VARIABLES = ("x", "z")
"""What the variable may be called; all other names that nothing defines are parameters."""
MOST_PARAMETERS = 8
LONGEST = 400
LARGEST_RULED = 40
FIRST_VALUE = 1.0
"""What a parameter is worth until it is set."""

TOO_LONG = declare(
    "activation.too-long", "An activation can have at most {limit} characters; this one has {count}. Shorten it."
)
TOO_MANY_PARAMETERS = declare(
    "activation.too-many-parameters",
    "Besides x, {count} names have no value ({names}). Write numbers for all but {limit} of them.",
)
NO_FUNCTION = declare(
    "activation.no-function",
    "“{name}” isn't a function. Did you mean {function}(…)? Call a parameter something else, such as b.",
)
NO_VARIABLE = declare(
    "activation.no-variable", "There is no x in it; write the activation in terms of x, such as x*sigmoid(1.7*x)."
)


WITHOUT_VALUE = declare(
    "activation.without-value", "“{names}” has no value in “{text}”. Write a number in its place to use it in a layer."
)
LONGEST_LABEL = 20


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, read. ``variable``: x or z. ``parameters``: the other names, in the order of the text.

    ``derivative``: of the ``tree`` along the variable, simplified. ``rule``: the same, in terms of ``y`` for the value
    where that is shorter, such as y(1 − y) for the logistic function.
    """

    source: str
    graph: ScalarGraph
    variable: str
    parameters: tuple[str, ...]
    tree: Tree
    derivative: Tree
    rule: Tree


@lru_cache(maxsize=64)
def read(text: str) -> Typed:
    """Read an expression of one line. Raises EngineError: an ExpressionError with the place where the text is wrong, or
    a sentence about the whole."""
    if len(text) > LONGEST:
        raise EngineError(TOO_LONG(limit=LONGEST, count=len(text)))
    program = parse(text)
    variable = next((name for name in VARIABLES if name in program.variables), None)
    if variable is None:
        raise EngineError(NO_VARIABLE())
    others = tuple(name for name in program.variables if name != variable)
    if len(others) > MOST_PARAMETERS:
        raise EngineError(TOO_MANY_PARAMETERS(count=len(others), names=", ".join(others), limit=MOST_PARAMETERS))
    tree = program.result
    slope = derivative(tree, variable)
    return Typed(program.source, graph_of(program), variable, others, tree, slope, _rule(tree, variable, slope))


def check_parameters(typed: Typed, known: Collection[str]) -> None:
    """Raises ExpressionError where a parameter is a function's name that was left unfinished or misspelt; the ``known``
    ones may be called as they are."""
    for part in parts(typed.tree):
        if isinstance(part, Name) and part.name in typed.parameters and part.name not in known:
            function = meant_function(part.name)
            if function is not None:
                raise refused(NO_FUNCTION, part.span, name=part.name, function=function)


def _rule(tree: Tree, variable: str, slope: Tree) -> Tree:
    """The derivative in terms of y where that is shorter and divides by nothing: y/x has no value at 0, where the
    derivative may have one. Not looked for in what is large, where it takes long and helps nobody."""
    if OUTPUT in names_in(tree) or size_of(tree) > LARGEST_RULED:
        return slope
    found = [one for one in derivatives_by_value(tree, {variable: {}}) if not _divides(one)]
    return min((slope, *found), key=size_of)


def _divides(tree: Tree) -> bool:
    """Whether it divides by anything but a number."""
    return any(
        isinstance(part, Apply)
        and (
            (part.operation == "/" and not isinstance(part.operands[1], Constant))
            or (part.operation == "^" and not (isinstance(part.operands[1], Constant) and part.operands[1].value > 0.0))
        )
        for part in parts(tree)
    )


def values_of(typed: Typed, given: Mapping[str, float]) -> dict[str, float]:
    """A value for every parameter: the given ones, else the first."""
    return {name: given.get(name, FIRST_VALUE) for name in typed.parameters}


def functions_of(typed: Typed, given: Mapping[str, float]) -> tuple[Function, Function]:
    """f and f' at given values of the parameters. Where the tape has no number they have none, and where f has none f'
    has none either: 1/x is the slope of log only where there is a log. At kinks f' is what autograd says."""
    values = values_of(typed, given)

    def value(x: Array) -> Array:
        return output_over(typed.graph, typed.variable, np.asarray(x, np.float64), values)

    def slope(x: Array) -> Array:
        found = curve(typed.graph, typed.variable, np.asarray(x, np.float64), values)
        return np.where(np.isfinite(found.values) | np.isinf(found.slopes), found.slopes, np.nan)

    return value, slope


def scalar_of_typed(
    typed: Typed, key: str, label: str, given: Mapping[str, float], low: float, high: float
) -> ScalarFunction:
    """The expression as a function to be compared, its facts measured from ``low`` to ``high``: a few milliseconds."""
    value, slope = functions_of(typed, given)
    profile, jumps, kinks = measured_profile(value, slope, low, high)
    by_value = _by_value(typed, values_of(typed, given)) if OUTPUT in names_in(typed.rule) else None
    return ScalarFunction(key, label, "", value, slope, profile, jumps, kinks, by_value)


def _by_value(typed: Typed, values: Mapping[str, float]) -> Callable[[float, float], float]:
    """The slope by its rule, from x and y."""
    graph = graph_of_tree(typed.rule)

    def slope(x: float, y: float) -> float:
        return float(curve(graph, OUTPUT, np.array([y]), {**values, typed.variable: x}).values[0])

    return slope


def with_numbers(typed: Typed, given: Mapping[str, float]) -> str:
    """The expression with numbers for its parameters, as a layer takes it."""
    if not typed.parameters:
        return typed.source
    numbers = {name: Constant(value, number_text(value)) for name, value in values_of(typed, given).items()}
    return text_of(substituted(typed.tree, numbers))


def expression_at(text: str, place: str) -> str:
    """An expression of a layer with another name for its variable."""
    typed = read(text)
    return text_of(substituted(typed.tree, {typed.variable: Name(place)}))


@lru_cache(maxsize=256)
def typed_activation(text: str) -> Activation:
    """An expression in x as the activation of a layer. Raises EngineError as :func:`read` does, and where a parameter
    has no value. All ranges are without bounds, and no side saturates: nothing of that is known."""
    typed = read(text)
    if typed.parameters:
        raise EngineError(WITHOUT_VALUE(names=", ".join(typed.parameters), text=text))
    graph, variable = typed.graph, typed.variable

    def value(z: FloatArray, alpha: float) -> FloatArray:
        return np.array(output_over(graph, variable, z, {}), z.dtype)

    def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
        return np.array(curve(graph, variable, z, {}).slopes, z.dtype)

    def both(z: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
        found = curve(graph, variable, z, {})
        return np.array(found.values, z.dtype), np.array(found.slopes, z.dtype)

    return Activation(
        key=text,
        label=text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…",
        formula="f(z)",
        derivative_formula="f'(z)",
        output_range=(-inf, inf),
        output_set="",
        derivative_range=(-inf, inf),
        derivative_set="",
        continuous=True,
        differentiable=True,
        zero_centred=False,
        saturates=Saturation.NONE,
        fact="You typed it; its slope comes from automatic differentiation. Nothing else is known of it.",
        functions=ValueAndSlope(value, slope, both),
        plain=lambda x, alpha: float(value(np.array([x]), alpha)[0]),
        twin=lambda torch, z, alpha: torch_output(graph, {variable: z}),
        torch_expression=torch_expression(typed.tree, variable),
        rule="",
        is_typed=True,
    )


def check_typed(typed: Typed, x: float, given: Mapping[str, float], *, slope: bool) -> CheckedValue[float]:
    """f, or f' where ``slope``, at one x by somebody else. It may import torch. Raises EngineError where only torch
    could answer and isn't installed."""
    found = check_graph(typed.graph, {**values_of(typed, given), typed.variable: x})
    place = typed.graph.variables[typed.variable] if slope else typed.graph.output
    answer = found.gradient(place) if slope else found.value(place)
    if answer is None:
        raise unanswered()
    return answer


def typed_torch_code(typed: Typed, x: float, given: Mapping[str, float], *, slope: bool) -> str:
    """A few lines of Python that print f or f' at one x by PyTorch."""
    inputs = {**values_of(typed, given), typed.variable: x}
    if slope:
        return torch_code(typed.graph, inputs, slope_of=typed.variable)
    return torch_code(typed.graph, inputs, value_of=typed.graph.nodes[typed.graph.output].key)
