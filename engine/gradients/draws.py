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


def _standard(key: str, rows: int, columns: int, seed: int, block_id: str) -> Matrix:
    drawn = standard_rows(key, (rows, columns), seed, block_id)
    drawn.setflags(write=False)
    return drawn


_kept = lru_cache(maxsize=KEPT)(_standard)


def start_weights(configuration: Configuration, seed: int, *, kept: bool = True) -> Weights:
    """The weights that :func:`engine.network.state.initial_state` gives the configuration's graph, bit for bit;
    ``kept``: whether their draws are kept, and those of earlier calls used."""
    c, width, standard = configuration, configuration.width, _kept if kept else _standard

    def draw(shape: tuple[int, int], block_id: str) -> Matrix:
        factor = initializer(c.initializer).factor(shape, c.scale)
        return factor * standard(c.initializer, *shape, seed, block_id)

    hidden = [draw((width, INPUTS if number == 1 else width), hidden_id(number)) for number in range(1, c.depth + 1)]
    return Weights(tuple(hidden), draw((OUTPUTS, width), OUTPUT_ID))
