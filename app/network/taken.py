"""What was taken out of a network as an expression: of which moment it is, and whether the network has moved on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.network.kept import same_weights
from engine.graph.kinds.base import Array
from engine.network.plan import WeightKey

if TYPE_CHECKING:
    from engine.autodiff.document import ExpressionSheet


@dataclass(frozen=True, slots=True)
class Taken:
    """The expression ``sheet`` under a ``title``: of ``unit`` (block id and number), or, at None, of the whole network,
    with the sample in ``row``. ``opening``: which of the networks that were open it is of; ``weights``: all that it had
    then, after ``epoch`` epochs.

    It lives no longer than the window. A journal keeps each document by itself, and what is brought back after a
    restart may be of two windows: that a network is the one of which an expression was taken, and has moved on since,
    is then more than anybody knows, so nothing is said or offered but what the expression's title says.
    """

    title: str
    sheet: ExpressionSheet
    unit: tuple[str, int] | None
    row: int
    opening: int
    epoch: float
    weights: Mapping[WeightKey, Array]

    def is_of(self, title: str, sheet: ExpressionSheet) -> bool:
        """Whether a document that was given this title as this sheet is what was taken."""
        mine = self.sheet
        return (title, sheet.text) == (self.title, mine.text) and sheet.inputs == mine.inputs

    def still_has(self, weights: Mapping[WeightKey, Array]) -> bool:
        """Whether the network's weights are the same ones now."""
        return same_weights(self.weights, weights)
