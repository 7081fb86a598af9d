"""YoutubeDNN's ranking as a program drives it: a graph, what it has to know of the training rows, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from engine.graph.columns import Columns
from engine.graph.kinds.weighted_logistic import WeightedLogistic
from engine.graph.model import NetworkGraph
from engine.network.plan import compile_graph
from engine.problems import EngineError, declare
from engine.recommenders.model.model_file import ModelFile
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows, prepare
from engine.recommenders.model.transform_borders import Borders, borders_of, fill_borders
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.ranking.graph import ranking_graph, targets_and_weights, unit_of
from engine.recommenders.tasks.ranking.spec import RankingSpec

WRONG_TIMES = declare(
    "recommender.wrong-times",
    "{count} watch {count:time is|times are} negative or no {count:number|numbers}. Give the seconds watched,"
    " 0 without a click.",
)
NEVER_WATCHED = declare(
    "recommender.never-watched",
    "None of the training impressions was clicked and watched. Choose impressions where some were.",
)

ROWS_AT_ONCE = 65_536
"""Rows that are predicted at a time, so that memory does not grow with them."""
NEWTON_STEPS = 20
Flags = NDArray[np.bool_]
Seconds = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RankingModel(ModelFile):
    """A graph, and everything of its training rows that it needs besides its weights.

    ``sizes``: of the vocabularies. ``borders``: of each transform by its block's id. ``unit``: the seconds that weigh
    as much as one negative. ``odds``: Σ weights of clicks ÷ Σ weights of the rest, where the bias begins.
    """

    called: ClassVar[str] = "ranking model"

    graph: NetworkGraph
    spec: RankingSpec
    sizes: Mapping[str, int]
    training: Training
    borders: Mapping[str, Borders]
    unit: float
    odds: float

    @classmethod
    def build(
        cls,
        columns: Columns,
        clicked: Flags,
        seconds: Seconds,
        sizes: Mapping[str, int],
        spec: RankingSpec | None = None,
        training: Training | None = None,
        graph: NetworkGraph | None = None,
    ) -> RankingModel:
        """Draw up the graph and fit it to training impressions: ``clicked`` (rows,), ``seconds`` watched (rows,).
        ``graph``: one that fits and that the spec agrees with, in place of the template.

        Raises EngineError for a column that is missing or of another sort, for watch times that are none, and where
        nothing was watched.
        """
        spec = spec or RankingSpec()
        _check_times(seconds)
        if not (clicked & (seconds > 0.0)).any():
            raise EngineError(NEVER_WATCHED())
        unit = unit_of(clicked, np.where(clicked, seconds, 0.0), spec)
        targets, weights = targets_and_weights(clicked, seconds, unit, spec)
        positive = float(np.dot(targets.astype(np.float64), weights))
        negative = float(weights.sum(dtype=np.float64)) - positive
        graph = ranking_graph(sizes, spec) if graph is None else graph
        borders = borders_of(compile_graph(graph, None), columns)
        # One negative at least: where all are clicked the odds without the cure have no bound.
        return cls(graph, spec, dict(sizes), training or Training(), borders, unit, positive / max(negative, 1.0))

    def network(self, device: str = "cpu") -> RecommenderNetwork:
        """A new network, untrained, its quantiles filled in and its bias where every impression is taken for average:
        AdaGrad's steps are small, and what they take the bias there, they could not take everything else."""
        network = RecommenderNetwork(self.graph, device, self.training.seed)
        fill_borders(network, self.borders)
        network.view((network.plan.output.id, "b")).fill_(float(np.log(self.odds)))
        return network

    def prepare(
        self,
        network: RecommenderNetwork,
        columns: Columns,
        clicked: Flags | None = None,
        seconds: Seconds | None = None,
    ) -> PreparedRows:
        """Impressions for the network, with the loss's targets and weights; without outcomes, as at serving, none
        counts as a click. Raises EngineError as :meth:`build` does."""
        if clicked is None or seconds is None:
            return prepare(network.plan, columns, np.zeros(columns.rows, np.float32), buffers=network.buffer_views())
        _check_times(seconds)
        targets, weights = targets_and_weights(clicked, seconds, self.unit, self.spec)
        return prepare(network.plan, columns, targets, weights, network.buffer_views())

    def settle(self, network: RecommenderNetwork, prepared: PreparedRows) -> None:
        """After training, bring the bias to its own optimum over all training rows, in place.

        A few long watches in a batch move every prediction by some per cent, and the last batches are not averaged out:
        measured on a million impressions, the level was off by 1 to 20 %. In the bias alone the loss is convex, and
        Newton's method ends where Σ w σ(z) = Σ w t. What differs from row to row stays as it was learned.
        """
        z = np.log(np.maximum(self.expected_seconds(network, prepared) / self.unit, np.finfo(np.float64).tiny))
        weights = np.ones(prepared.rows) if prepared.weights is None else prepared.weights.astype(np.float64)
        shift = 0.0
        for _ in range(NEWTON_STEPS):
            share = expit(z + shift)
            slope = float(np.dot(weights, share * (1.0 - share)))
            if slope <= 0.0:
                break
            # At most 1 at once: far from the optimum the curve is flat, and a full step would overshoot.
            shift -= float(np.clip(np.dot(weights, share - prepared.targets) / slope, -1.0, 1.0))
        network.view((network.plan.output.id, "b")).add_(shift)

    def expected_seconds(self, network: RecommenderNetwork, prepared: PreparedRows) -> Seconds:
        """Unit · e^z, (rows,): with the cure E[T], without it E[T] ÷ (1 − p). Of an unweighted model it is the time if
        every click were watched for the mean of all clicks."""
        found = np.empty(prepared.rows)
        last = len(network.plan.nodes) - 1
        for begin in range(0, prepared.rows, ROWS_AT_ONCE):
            rows = np.arange(begin, min(begin + ROWS_AT_ONCE, prepared.rows))
            found[rows] = network.outputs(prepared.take(rows))[1][last][:, 0].cpu().numpy()
        return found * self.unit

    def faults(self) -> Iterator[str]:
        """The graph has to be the ranking's, and the numbers of use to it."""
        plan = compile_graph(self.graph, None)
        if not isinstance(plan.output.kind, WeightedLogistic):
            yield "its graph does not end in a weighted logistic"
        if not all(np.isfinite(number) and number > 0.0 for number in (self.unit, self.odds)):
            yield "its unit and odds are not positive"
        wanted = {slot.key[0]: slot.spec.shape for slot in plan.buffers() if slot.key[1] == "borders"}
        found = {block: (len(rows), *{len(row) for row in rows}) for block, rows in self.borders.items()}
        if wanted != found:
            yield "its quantiles are not those of its graph"


def _check_times(seconds: Seconds) -> None:
    wrong = ~(np.isfinite(seconds) & (seconds >= 0.0))
    if wrong.any():
        raise EngineError(WRONG_TIMES(count=int(wrong.sum())))
