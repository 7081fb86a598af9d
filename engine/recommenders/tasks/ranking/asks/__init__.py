"""What ranking can be asked; a further ask is an ``Ask`` in a module of its subject, and its name here."""

from __future__ import annotations

from typing import Any

from engine.recommenders.serving.asking import Ask
from engine.recommenders.tasks.ranking.asks import about, calibration, impressions, per_user_loss, scatter
from engine.recommenders.tasks.ranking.opened import OpenedRanking

ASKS: tuple[Ask[OpenedRanking, Any], ...] = (
    about.ASK,
    impressions.IMPRESSIONS,
    impressions.SUM,
    scatter.ASK,
    calibration.ASK,
    per_user_loss.ASK,
)
"""In the order in which they are listed."""
