"""For how long some impressions are expected to be watched, beside the truth and what happened."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.tasks.base import Explanation, PrintedTable
from engine.recommenders.tasks.ranking.task import RankingTask


def explained(task: RankingTask, rows: NDArray[np.int64]) -> Explanation:
    """Expected seconds of some impressions of the users that are judged on."""
    some = task.test.take(rows)
    columns = (rows, task.predicted(some), some.expected_seconds, some.clicked, some.watch_seconds)
    impressions = [
        {"row": int(row), "predicted": float(p), "true": float(t), "clicked": bool(c), "watched": float(w)}
        for row, p, t, c, w in zip(*columns, strict=True)
    ]
    told = PrintedTable(
        ("row", "expected seconds", "in truth", "watched"),
        [(one["row"], one["predicted"], one["true"], one["watched"]) for one in impressions],
    )
    return Explanation({"impressions": impressions}, [told])
