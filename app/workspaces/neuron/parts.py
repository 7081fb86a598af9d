"""What a nerve cell and the unit that copies it have in common: the parts that light up together."""

from __future__ import annotations

from enum import StrEnum

ALL = -1
"""In place of an input's number: the part as such."""


class Part(StrEnum):
    """A part of the unit, under its twin in the cell: signal, synapse, dendrite, soma, hillock, axon."""

    INPUT = "input"
    WEIGHT = "weight"
    WIRE = "wire"
    SUM = "sum"
    THRESHOLD = "threshold"
    OUTPUT = "output"


Key = tuple[Part, int]
"""A part and the number of its input, from 0; :data:`ALL` for parts that there is one of, or for all of them."""

OF_INPUTS = (Part.INPUT, Part.WEIGHT, Part.WIRE)
"""There is one of these for every input."""


def is_lit(key: Key, pointed: Key | None) -> bool:
    """Whether a part is lit while ``pointed`` is pointed at: the chain of the same part and input."""
    if pointed is None or key[0] is not pointed[0]:
        return False
    return ALL in (key[1], pointed[1]) or key[1] == pointed[1]
