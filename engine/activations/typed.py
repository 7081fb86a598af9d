"""An activation of one's own: an expression in x, its slope by reverse-mode differentiation, its facts estimated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from engine.activations.estimate import estimated_profile
from engine.activations.jumps import Function
from engine.activations.scalar import ScalarFunction
from engine.autodiff import ScalarGraph, graph_of, parse
from engine.autodiff.curves import curve
from engine.autodiff.torch_twin import by_torch, torch_code
from engine.problems import EngineError, declare

Array = npt.NDArray[np.float64]

VARIABLES = ("x", "z")
"""What the variable may be called; all other names that nothing defines are parameters."""
MOST_PARAMETERS = 8
LONGEST = 400
FIRST_VALUE = 1.0
"""What a parameter is worth until it is set."""

TOO_LONG = declare(
    "activation.too-long", "An activation has at most {limit} characters here, and this has {count}; shorten it."
)
TOO_MANY_PARAMETERS = declare(
    "activation.too-many-parameters",
    "Beside x there are {count} names without a value ({names}); write numbers for all but {limit} of them.",
)
NO_VARIABLE = declare(
    "activation.no-variable", "There is no x in it; write the activation in terms of x, such as x*sigmoid(1.7*x)."
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, read. ``variable``: x or z. ``parameters``: the other names, in the order of the text."""

    source: str
    graph: ScalarGraph
    variable: str
    parameters: tuple[str, ...]


@lru_cache(maxsize=64)
def read(text: str) -> Typed:
    """Read an expression; several lines may define names for the last. Raises EngineError: an ExpressionError with
    the place where the text is wrong, or a sentence about the whole."""
    if len(text) > LONGEST:
        raise EngineError(TOO_LONG(limit=LONGEST, count=len(text)))
    program = parse(text)
    variable = next((name for name in VARIABLES if name in program.variables), None)
    if variable is None:
        raise EngineError(NO_VARIABLE())
    others = tuple(name for name in program.variables if name != variable)
    if len(others) > MOST_PARAMETERS:
        raise EngineError(TOO_MANY_PARAMETERS(count=len(others), names=", ".join(others), limit=MOST_PARAMETERS))
    return Typed(program.source, graph_of(program), variable, others)


def values_of(typed: Typed, given: Mapping[str, float]) -> dict[str, float]:
    """A value for every parameter: the given ones, else the first."""
    return {name: given.get(name, FIRST_VALUE) for name in typed.parameters}


def functions_of(typed: Typed, given: Mapping[str, float]) -> tuple[Function, Function]:
    """f and f' at given values of the parameters. Where the tape has no number they have none; at kinks f' is what
    autograd says."""
    values = values_of(typed, given)

    def value(x: Array) -> Array:
        return curve(typed.graph, typed.variable, np.asarray(x, np.float64), values).values

    def slope(x: Array) -> Array:
        return curve(typed.graph, typed.variable, np.asarray(x, np.float64), values).slopes

    return value, slope


def scalar_of_typed(typed: Typed, key: str, label: str, given: Mapping[str, float]) -> ScalarFunction:
    """The expression as a function to be compared. Estimating its facts takes some milliseconds."""
    value, slope = functions_of(typed, given)
    profile, jumps, kinks = estimated_profile(value, slope)
    return ScalarFunction(key, label, "", "", value, slope, profile, value, jumps, kinks)


def typed_by_torch(typed: Typed, x: float, given: Mapping[str, float]) -> tuple[float, float]:
    """(f, f') at one x by PyTorch's autograd in float64. Torch is imported here."""
    found = by_torch(typed.graph, {**values_of(typed, given), typed.variable: x})
    slope = found.gradients[typed.graph.variables[typed.variable]]
    return found.values[typed.graph.output], 0.0 if slope is None else slope


def typed_torch_code(typed: Typed, x: float, given: Mapping[str, float]) -> str:
    """A few lines of Python that do the same pass with PyTorch."""
    return torch_code(typed.graph, {**values_of(typed, given), typed.variable: x})
