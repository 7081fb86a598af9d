"""Numbers that only count rows, as opposed to amounts that differ in every row because they are spread."""

from __future__ import annotations

_GAPS = 1.25
"""Of whole numbers that count up by one and of which some are missing: how far they go, over how many there are."""


def counts_up(least: float, most: float, distinct: int) -> bool:
    """Whether so many different whole numbers between two ends are, but for gaps, all that there are: numbers of rows,
    in whatever order."""
    return most - least + 1.0 <= _GAPS * distinct
