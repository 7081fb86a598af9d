"""Which number under the bars is meant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OriginKey:
    """The number ``row`` of a layer (from 1) of network ``number`` (from 0), after ``step`` steps."""

    number: int
    row: str
    layer: int
    step: int = 0
