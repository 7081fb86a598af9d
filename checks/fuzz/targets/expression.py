"""Expressions: from text to values, slopes, derivatives, groups and a layout."""

from __future__ import annotations

from pathlib import Path
from random import Random

from checks.fuzz.mutators import several
from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.mutators.texts import changed_words
from checks.fuzz.mutators.words import word
from checks.fuzz.target import Target
from engine.autodiff import (
    FUNCTIONS,
    CollapsedNodes,
    backward,
    collapse_all,
    derivative,
    forward,
    graph_of,
    kinks,
    lay_out,
    parse,
    patterns,
    simplify,
    text_of,
    torch_code,
)
from engine.autodiff.algebra.simplify import size_of

_WORDS = (*FUNCTIONS, *"()[],+-*/^=;xye2−×÷π\n", "**", "pi", "[0]")
_LARGE = 60


def _made(rng: Random) -> str:
    return rng.choice(_WORDS) if rng.random() < 0.8 else word(rng)


def _run(content: bytes, folder: Path) -> None:
    text = content.decode("utf-8", "surrogateescape")
    program = parse(text)
    graph = graph_of(program)
    inputs = {name: 0.25 * at - 1.0 for at, name in enumerate(graph.variables)}
    values = forward(graph, inputs)
    backward(graph, values)
    kinks(graph, inputs, list(graph.variables.values()))
    lay_out(graph)
    torch_code(graph, inputs)
    groups = [CollapsedNodes(name="g", nodes=tuple(sorted(pattern.nodes))) for pattern in patterns(graph)]
    lay_out(collapse_all(graph, groups))
    assert parse(text_of(program.whole)) is not None
    for name in program.variables[:2]:
        tree = derivative(program.whole, name)
        if size_of(tree) <= _LARGE:
            text_of(simplify(tree))


TARGET = Target(_run, several((5, changed_words(_made)), (1, havoc)), largest=12_000)
