"""All that is to be known of a unit and its table at once: what views show comes from here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from engine.neuron.decimals import decimals_of
from engine.neuron.parting import Contradiction, answer, why_none
from engine.neuron.sheet import NeuronContent
from engine.neuron.tables import RowVerdict, judge, name_of
from engine.neuron.unit import Unit
from engine.neuron.wishes import Room, SharedSum, Wish, places, room_for_threshold, wishes


@dataclass(frozen=True)
class NeuronReading:
    """A document's content and what follows from it; what takes longer is worked out when it is asked for."""

    content: NeuronContent

    @cached_property
    def unit(self) -> Unit:
        """The unit."""
        return self.content.unit

    @cached_property
    def rows(self) -> tuple[RowVerdict, ...]:
        """Every row of the table."""
        return judge(self.unit, self.content.targets)

    @cached_property
    def decimals(self) -> tuple[int, int]:
        """Decimals of the weights and the bias, and of z, with which every printed sum checks by hand."""
        return decimals_of(self.content.weights, self.content.bias, self.rows)

    @property
    def now(self) -> RowVerdict:
        """The row that is looked at."""
        return self.rows[self.content.row]

    @property
    def right(self) -> int:
        """Rows done right."""
        return sum(one.right for one in self.rows)

    @property
    def solved(self) -> bool:
        """Whether every row is right."""
        return self.right == len(self.rows)

    @property
    def table_key(self) -> str | None:
        """The name of the table, if it has one."""
        return name_of(self.content.targets)

    @cached_property
    def why_none(self) -> Contradiction | None:
        """Why no setting does the table; None where one does."""
        return why_none(self.content.targets)

    @cached_property
    def answer(self) -> Unit | None:
        """A setting that does the table."""
        return answer(self.content.targets)

    @cached_property
    def wishes(self) -> tuple[Wish, ...]:
        """What the table asks of the unit."""
        return wishes(self.rows)

    @cached_property
    def room(self) -> Room:
        """Where the threshold may lie for the present weights."""
        return room_for_threshold(self.rows)

    @cached_property
    def places(self) -> tuple[SharedSum, ...]:
        """The weighted sums, and the rows that share them."""
        return places(self.rows)

    @cached_property
    def products(self) -> tuple[float, ...]:
        """``wᵢ·xᵢ`` of the row that is looked at; a negative weight times 0 is 0, not −0."""
        return tuple(weight * bit + 0.0 for weight, bit in zip(self.content.weights, self.content.x, strict=True))
