"""What Wide & Deep can be asked, one file each; a further ask is a file and its name here."""

from __future__ import annotations

from typing import Any

from engine.recommenders.serving.asking import Ask, asks_in
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep

ASKS: tuple[Ask[OpenedWideDeep, Any], ...] = asks_in(
    __name__,
    "about",
    "rows",
    "row",
    "change",
    "columns",
    "crosses",
    "heaviest",
    "pair",
    "compare",
    "calibration",
    "opinions",
)
"""In the order in which they are listed."""
