"""Which number under the bars is meant."""

from __future__ import annotations

from dataclasses import dataclass, replace

LINE = frozenset({"slope", "spread", "norm", "depth", "ratio", "jump", "one_factor", "ends"})
"""Rows that are no layer's, but parts of the predicted line; their layer is 0."""
AT_START = LINE | {"factor", "predicted", "product", "variance", "variance_predicted", "variance_quotient"}
"""Rows that there are at the start alone, whatever moment is shown."""


@dataclass(frozen=True, slots=True)
class OriginKey:
    """The number ``row`` of a layer (from 1) of network ``number`` (from 0), after ``step`` steps."""

    number: int
    row: str
    layer: int
    step: int = 0

    def at(self, step: int) -> OriginKey:
        """The same number after so many steps. ‖δ‖ over that of the last layer has a name of its own at the start,
        where it stands beside what is predicted of it; of :data:`AT_START` there is no other moment."""
        if self.row in AT_START:
            return replace(self, step=0)
        if self.row in ("measured", "delta_share"):
            return replace(self, row="delta_share" if step else "measured", step=step)
        return replace(self, step=step)
