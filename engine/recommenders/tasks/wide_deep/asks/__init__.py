"""What Wide & Deep can be asked; a further ask is an ``Ask`` in a module of its subject, and its name here."""

from __future__ import annotations

from typing import Any

from engine.recommenders.serving.asking import Ask
from engine.recommenders.tasks.wide_deep.asks import (
    about,
    calibration,
    columns,
    compare,
    crosses,
    heaviest,
    opinions,
    pair,
    row,
    rows,
)
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep

ASKS: tuple[Ask[OpenedWideDeep, Any], ...] = (
    about.ASK,
    rows.ASK,
    row.ROW,
    row.CHANGE,
    columns.ASK,
    crosses.ASK,
    heaviest.ASK,
    pair.ASK,
    compare.ASK,
    calibration.ASK,
    opinions.ASK,
)
"""In the order in which they are listed."""
