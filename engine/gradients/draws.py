"""The start weights of a configuration: those that a session draws, with the draws before their scaling kept, so that
a slider that moves the scale draws nothing anew."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from engine.gradients.building import OUTPUT_ID, hidden_id
from engine.gradients.experiment import Configuration
from engine.initializers import Matrix, initializer, standard_rows

INPUTS = 2
"""Features that come in: the two coordinates."""
OUTPUTS = 1
KEPT = 1024
"""So many matrices are kept: some experiments' worth, at most 128 × 128 numbers each."""


@dataclass(frozen=True, slots=True)
class Weights:
    """``hidden``: (out, in) of each hidden layer, from the input's side. ``output``: (1, in). Biases begin at 0."""

    hidden: tuple[Matrix, ...]
    output: Matrix


@lru_cache(maxsize=KEPT)
def _standard(key: str, rows: int, columns: int, seed: int, block_id: str) -> Matrix:
    drawn = standard_rows(key, (rows, columns), seed, block_id)
    drawn.setflags(write=False)
    return drawn


def _draw(configuration: Configuration, shape: tuple[int, int], seed: int, block_id: str) -> Matrix:
    key = configuration.initializer
    factor = initializer(key).factor(shape, configuration.scale)
    return factor * _standard(key, *shape, seed, block_id)


def start_weights(configuration: Configuration, seed: int) -> Weights:
    """The weights that :func:`engine.network.state.initial_state` gives the configuration's graph, bit for bit."""
    width = configuration.width
    hidden = [_draw(configuration, (width, INPUTS), seed, hidden_id(1))]
    for number in range(2, configuration.depth + 1):
        hidden.append(_draw(configuration, (width, width), seed, hidden_id(number)))
    return Weights(tuple(hidden), _draw(configuration, (OUTPUTS, width), seed, OUTPUT_ID))
