"""What ranking can be asked, one file each; a further ask is a file and its name here."""

from __future__ import annotations

from typing import Any

from engine.recommenders.serving.asking import Ask, asks_in
from engine.recommenders.tasks.ranking.opened import OpenedRanking

ASKS: tuple[Ask[OpenedRanking, Any], ...] = asks_in(
    __name__,
    "about",
    "impressions",
    "sum",
    "scatter",
    "calibration",
    "per_user_loss",
)
"""In the order in which they are listed."""
