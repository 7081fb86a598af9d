"""Comparisons that are older than some functions: parameters of one's own activations that have a function's name."""

from __future__ import annotations

from engine.activations.comparison import LONGEST_EXPRESSION, Comparison, OwnActivation
from engine.autodiff.younger import renamed, words_of


def without_younger(comparison: Comparison) -> tuple[Comparison, dict[str, str]]:
    """With other names for such parameters, each with the value that it had; and the new name by each old one."""
    taken = {
        word for one in comparison.own for word in {*words_of(one.text), *one.parameters}
    }  # one sentence tells of all of them
    found = [_renamed(one, taken) for one in comparison.own]
    names = {old: new for _, some in found for old, new in some.items()}
    return (comparison.model_copy(update={"own": tuple(one for one, _ in found)}) if names else comparison), names


def _renamed(own: OwnActivation, taken: set[str]) -> tuple[OwnActivation, dict[str, str]]:
    text, names = renamed(own.text, taken)
    if not names or len(text) > LONGEST_EXPRESSION:
        return own, {}
    parameters = {names.get(name, name): value for name, value in own.parameters.items()}
    return own.model_copy(update={"text": text, "parameters": parameters}), names
