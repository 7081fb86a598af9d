"""A trained ranking model as the second of the two stages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Columns
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.serving.two_stage import Indices, Visitor
from engine.recommenders.tasks.ranking.model import RankingModel


@dataclass(frozen=True, slots=True)
class ByExpectedTime:
    """Ranks by the seconds that a trained ranking model expects each candidate to be watched (§4.2).

    ``columns_of`` gives what the model's graph reads, one row for each candidate (n,): what is known of an impression,
    such as the hours since the topic was last watched, depends on the data and not on the model.
    """

    model: RankingModel
    network: RecommenderNetwork
    columns_of: Callable[[Visitor, Indices], Columns]

    def rank(self, visitor: Visitor, candidates: Indices) -> NDArray[np.float64]:
        """Expected seconds, (n,). Raises EngineError for a column that is missing or of another sort."""
        if not len(candidates):
            return np.zeros(0)
        prepared = self.model.prepare(self.network, self.columns_of(visitor, candidates))
        return self.model.expected_seconds(self.network, prepared)
