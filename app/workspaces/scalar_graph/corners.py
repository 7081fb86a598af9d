"""Where a gradient means nothing because there is no derivative: corners that ∞ × 0 hides."""

from __future__ import annotations

from collections.abc import Mapping

from app.workspaces.scalar_graph.kink_words import corner_sentence
from engine.autodiff import Gradients, ScalarGraph, kinks


def corner_sentences(graph: ScalarGraph, inputs: Mapping[str, float], gradients: Gradients) -> dict[int, str]:
    """Of the nodes whose gradients mean nothing, though all values mean something, those along which the result has a
    corner: each variable's own, and else that where it began."""
    faults = gradients.faults
    if not faults:
        return {}
    first = {id(fault): index for index, fault in reversed(list(faults.items()))}
    asked = {*first.values(), *(index for index in graph.variables.values() if index in faults)}
    said = {
        index: corner_sentence(kink, graph.labels[index])
        for index, kink in kinks(graph, inputs, sorted(asked)).items()
        if kink.has_two_slopes
    }
    whose = {index: index if index in asked else first[id(fault)] for index, fault in faults.items()}
    return {index: said[one] for index, one in whose.items() if one in said}
