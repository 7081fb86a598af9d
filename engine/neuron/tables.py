"""Truth tables of one to three inputs, and how a unit does on one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from engine.neuron.unit import Unit, output_values, target_value

Row = tuple[int, ...]
Targets = tuple[bool, ...]
MOST_INPUTS = 3


@lru_cache(maxsize=4)
def rows(inputs: int) -> tuple[Row, ...]:
    """Every row of 0 and 1, counting up in binary, x₁ first."""
    return tuple(product((0, 1), repeat=inputs))


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A table with a name; ``targets`` in the order of :func:`rows`: whether the unit is to fire."""

    key: str
    inputs: int
    targets: Targets


def _table(key: str, inputs: int, bits: str) -> NamedTable:
    return NamedTable(key, inputs, tuple(bit == "1" for bit in bits))


TABLES: dict[str, NamedTable] = {
    one.key: one
    for one in (
        _table("and", 2, "0001"),
        _table("or", 2, "0111"),
        _table("not", 1, "10"),
        _table("nand", 2, "1110"),
        _table("nor", 2, "1000"),
        _table("xor", 2, "0110"),
        _table("majority", 3, "00010111"),
    )
}
"""The tables with a name of their own."""


def name_of(targets: Targets) -> str | None:
    """The key of the table with these targets, None for a table of one's own."""
    return next((one.key for one in TABLES.values() if one.targets == targets), None)


def inputs_of(targets: Targets) -> int:
    """How many inputs a table with so many rows has."""
    return len(targets).bit_length() - 1


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """A row of a table as a unit does it. ``weighted``: w·x. ``target_value``: in the output's own terms."""

    x: Row
    weighted: float
    z: float
    output: float
    fires: bool
    target: bool
    target_value: float

    @property
    def right(self) -> bool:
        """Whether it does what it should."""
        return self.fires is self.target


def judge(unit: Unit, targets: Targets) -> tuple[RowVerdict, ...]:
    """How the unit does on every row. Raises ValueError where the table has another number of inputs."""
    if len(targets) != 2**unit.inputs:
        raise ValueError(f"{len(targets)} targets for {unit.inputs} inputs")
    return tuple(
        RowVerdict(x, weighted, z, y, z >= 0.0, target, target_value(unit.output, target))
        for (x, weighted, z, y), target in zip(_done(unit), targets, strict=True)
    )


@lru_cache(maxsize=16)
def _done(unit: Unit) -> tuple[tuple[Row, float, float, float], ...]:
    """Every row with what a unit makes of it: w·x, z and the output; a table whose targets change asks for the same."""
    every = rows(unit.inputs)
    zs = [unit.z(x) for x in every]
    outputs = output_values(unit.output, zs)
    return tuple((x, unit.weighted(x), z, y) for x, z, y in zip(every, zs, outputs, strict=True))


def right_count(unit: Unit, targets: Targets) -> int:
    """How many rows the unit does right."""
    return sum(unit.fires(x) is target for x, target in zip(rows(unit.inputs), targets, strict=True))
