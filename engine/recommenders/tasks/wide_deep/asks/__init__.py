"""What Wide & Deep can be asked; a further ask is an ``Ask`` in a module of its subject, and its name here."""

from __future__ import annotations

from typing import Any

from engine.recommenders.serving.asking import Ask
from engine.recommenders.tasks.wide_deep.asks import network, pair, rows, worth
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep

ASKS: tuple[Ask[OpenedWideDeep, Any], ...] = (
    network.ABOUT,
    rows.ROWS,
    rows.ROW,
    rows.CHANGE,
    network.COLUMNS,
    network.CROSSES,
    network.HEAVIEST,
    pair.ASK,
    worth.COMPARE,
    worth.CALIBRATION,
    rows.OPINIONS,
)
"""In the order in which they are listed."""
