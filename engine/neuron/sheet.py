"""The document of the neuron workspace: one unit, the table that it should do, and the row that is looked at."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.formats.sheet import SheetFormat
from engine.neuron.tables import MOST_INPUTS, TABLES, Row, Targets, rows
from engine.neuron.unit import LARGEST_PARAMETER, OutputKey, Unit
from engine.problems import Misfit, declare

OTHER_TARGETS = declare(
    "neuron.other-targets",
    "targets has {count} entries; with {weights} {weights:weight|weights} it must have {needed}, one for each row.",
)
NO_ROW = declare("neuron.no-row", "row is {row}; with {weights} {weights:weight|weights} it must be from 0 to {last}.")

Parameter = Annotated[float, Field(ge=-LARGEST_PARAMETER, le=LARGEST_PARAMETER, allow_inf_nan=False)]


class NeuronContent(BaseModel):
    """A unit of one to three inputs with its table. ``row``: the inputs that are looked at, as a row of the table."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    weights: Annotated[tuple[Parameter, ...], Field(min_length=1, max_length=MOST_INPUTS)] = (1.0, 1.0)
    bias: Parameter = -0.5
    output: OutputKey = "step"
    targets: Annotated[Targets, Field(min_length=2, max_length=2**MOST_INPUTS)] = TABLES["xor"].targets
    row: Annotated[int, Field(ge=0)] = 3
    rate: Annotated[float, Field(gt=0, le=10)] = 0.5

    @model_validator(mode="after")
    def _fits(self) -> NeuronContent:
        needed = 2 ** len(self.weights)
        if len(self.targets) != needed:
            raise Misfit(OTHER_TARGETS(count=len(self.targets), weights=len(self.weights), needed=needed))
        if self.row >= needed:
            raise Misfit(NO_ROW(row=self.row, weights=len(self.weights), last=needed - 1))
        return self

    @property
    def unit(self) -> Unit:
        """The unit."""
        return Unit(self.weights, self.bias, self.output)

    @property
    def x(self) -> Row:
        """The inputs that are looked at."""
        return rows(len(self.weights))[self.row]

    def changed(self, **fields: object) -> NeuronContent:
        """The same with other fields, checked."""
        return NeuronContent(**{**{name: getattr(self, name) for name in type(self).model_fields}, **fields})


FORM = SheetFormat("neuroloom-neuron", 3, NeuronContent)
"""How it is kept in files."""
