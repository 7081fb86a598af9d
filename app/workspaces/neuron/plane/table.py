"""What plane and cube show, as numbers for the clipboard and for files."""

from __future__ import annotations

from app.kit.export import Table
from app.workspaces.neuron.model import NeuronModel, Stage


def plane_table(model: NeuronModel) -> Table:
    """A row of the truth table each: inputs, z, output, target; what is not known yet stays empty."""
    reading = model.reading
    names = tuple(f"x{number}" for number in range(1, len(reading.content.weights) + 1))
    rows = []
    for number, row in enumerate(reading.rows):
        stage = model.stage_of(number)
        z = row.z if stage >= Stage.SUM else None
        output = row.output if stage is Stage.OUTPUT else None
        rows.append((*row.x, z, output, row.target_value))
    return Table((*names, "z", "output", "target"), rows)
