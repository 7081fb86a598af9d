"""What ranking can be asked, one file each; a further ask is a file and its name here."""

from __future__ import annotations

from typing import Any

from engine.recommenders.serving.asking import Ask

from engine.recommenders.tasks.ranking.asks import (  # isort: skip - the order in which they are listed
    about,
    impressions,
    sum,
    scatter,
    calibration,
    per_user_loss,
)
from engine.recommenders.tasks.ranking.opened import OpenedRanking

ASKS: tuple[Ask[OpenedRanking, Any], ...] = tuple(
    module.ASK for module in (about, impressions, sum, scatter, calibration, per_user_loss)
)
