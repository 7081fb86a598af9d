"""What ranking can be asked; a further ask is an ``Ask`` in a module of its subject, and its name here."""

from __future__ import annotations

from typing import Any

from engine.recommenders.serving.asking import Ask
from engine.recommenders.tasks.ranking.asks import impressions, worth
from engine.recommenders.tasks.ranking.opened import OpenedRanking

ASKS: tuple[Ask[OpenedRanking, Any], ...] = (
    impressions.ABOUT,
    impressions.IMPRESSIONS,
    impressions.SUM,
    impressions.SCATTER,
    worth.CALIBRATION,
    worth.PER_USER_LOSS,
)
"""In the order in which they are listed."""
