"""Trees as functions: small ones, such as the slopes of the rules, compiled into closures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.autodiff.operations import FUNCTIONS, Function
from engine.autodiff.tree import Apply, Constant, Name, Tree, fold


def compiled(
    tree: Tree,
    parameters: Sequence[str],
    functions: Mapping[str, Function] = FUNCTIONS,
    number: Callable[[float], Any] = float,
) -> Function:
    """The function of its parameters, in their order, that a tree without softmax and cross-entropy says.

    Takes floats or arrays; with other ``functions`` and what they take for a ``number``, other things. For the small
    formulas of rules: it calls itself as deep as the tree is.
    """
    places = {name: place for place, name in enumerate(parameters)}

    def combine(part: Tree, made: tuple[Function, ...]) -> Function:
        match part:
            case Constant():
                return _constant(number(part.value))
            case Name():
                return _argument(places[part.name])
        assert isinstance(part, Apply), "a formula of a rule is made of operations"
        return _applied(functions[part.operation], made)

    return fold(tree, combine)


def _constant(value: object) -> Function:
    return lambda *_: value


def _argument(place: int) -> Function:
    return lambda *arguments: arguments[place]


def _applied(function: Function, made: tuple[Function, ...]) -> Function:
    """The function of what other functions give."""
    if len(made) == 1:
        one = made[0]
        return lambda *arguments: function(one(*arguments))
    left, right = made

    def both(*arguments: Any) -> Any:
        return function(left(*arguments), right(*arguments))

    return both
