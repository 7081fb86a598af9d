"""What plane and cube show, as numbers for the clipboard and for files."""

from __future__ import annotations

from app.kit.export import Table
from engine.neuron.reading import Reading


def plane_table(reading: Reading) -> Table:
    """A row of the truth table each: inputs, z, output, target."""
    names = tuple(f"x{number}" for number in range(1, len(reading.content.weights) + 1))
    rows = [(*row.x, row.z, row.output, row.target_value) for row in reading.rows]
    return Table((*names, "z", "output", "target"), rows)
