"""Wide & Deep as a program drives it: from a table to a graph, what it has to know of the training rows, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import Field

from engine.graph.columns import Columns
from engine.graph.kinds.joint_logit import JointLogitParams
from engine.graph.model import NetworkGraph
from engine.problems import EngineError, declare
from engine.recommenders.data.tables.encoding import Encoder, fit_encoder
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import LabelledTable
from engine.recommenders.data.tables.random_split import split_at_random
from engine.recommenders.model.graph_fit import fitting, misfit
from engine.recommenders.model.model_file import ModelFile
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows, prepare
from engine.recommenders.model.transform_borders import fit_borders
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.wide_deep.graph import wide_deep
from engine.recommenders.tasks.wide_deep.graph_spec import readable, spec_of
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

ONE_OUTCOME = declare(
    "recommender.one-outcome",
    "Every training row of “{column}” has the same outcome; choose rows, or a threshold, with both outcomes.",
)


@dataclass(frozen=True, slots=True)
class WideDeepModel(ModelFile):
    """A graph, and everything of its training rows that it needs besides its weights. ``rate``: the share of positive
    training rows, between 0 and 1. ``spec``: what the graph agrees with."""

    called: ClassVar[str] = "Wide & Deep model"

    graph: NetworkGraph
    encoder: Encoder
    spec: WideDeepSpec
    training: Training
    goal: Goal
    rate: Annotated[float, Field(gt=0.0, lt=1.0)]

    @classmethod
    def build(
        cls,
        table: pl.DataFrame,
        goal: Goal,
        fields: Fields,
        spec: WideDeepSpec,
        training: Training | None = None,
        graph: NetworkGraph | None = None,
    ) -> WideDeepModel:
        """Fit vocabularies and scales to the training rows, and draw up the graph, unless one is given.

        Raises EngineError for a column that is missing or of another sort, for a graph that does not fit, and where all
        rows have one outcome.
        """
        goal.check_met(table)
        encoder = fit_encoder(table, fields)
        return cls.of(encoder, goal.labels(table), goal, spec, training, graph)

    @classmethod
    def of(
        cls,
        encoder: Encoder,
        labels: NDArray[np.float32],
        goal: Goal,
        spec: WideDeepSpec,
        training: Training | None = None,
        graph: NetworkGraph | None = None,
    ) -> WideDeepModel:
        """The same with an encoder that is there already, and the training rows'  ``labels`` (rows,) in 0 … 1."""
        rate = float(labels.mean(dtype=np.float64)) if len(labels) else 0.0
        if not 0.0 < rate < 1.0:
            raise EngineError(ONE_OUTCOME(column=goal.column))
        if graph is None:
            graph = wide_deep(encoder.fields, encoder.sizes(), spec)
        else:
            fitting(graph, readable(encoder))
            spec = spec_of(graph, spec)
        return cls(graph, encoder, spec, training or Training(), goal, rate)

    def fits(self, labelled: LabelledTable, split: int) -> bool:
        """Whether it was fitted to the training rows of a split: their values, how frequent they are, and the rate."""
        train = labelled.table[split_at_random(labelled.table.height, split).train]
        fitted, rate = fit_encoder(train, self.encoder.fields), self.goal.labels(train).mean(dtype=np.float64)
        own, found = ([scale.mean for scale in encoder.scales.values()] for encoder in (self.encoder, fitted))
        same = fitted.vocabularies == self.encoder.vocabularies and np.allclose([self.rate, *own], [rate, *found])
        return bool(same)

    def network(self, columns: Columns | None = None, device: str = "cpu") -> RecommenderNetwork:
        """A new network for the graph, its transforms' quantiles fitted to ``columns``, the encoded training rows;
        without them it is one to load a checkpoint into. Its bias begins at the log-odds of ``rate``.

        A bias that began at 0 would say 50 % of every row. The weights of frequent crosses would learn the rareness of
        the outcome in its place before it has come down, AdaGrad's steps being small, and would keep what they have
        learnt: crosses that say nothing would all be far below 0, and what they have in common would pass for memory.

        Raises EngineError for a transform that reads what is learned.
        """
        network = RecommenderNetwork(self.graph, device, self.training.seed)
        if columns is not None:
            fit_borders(network, columns)
        for node in network.plan.nodes:
            if isinstance(node.params, JointLogitParams):
                network.view((node.id, "b")).fill_(float(np.log(self.rate / (1.0 - self.rate))))
        return network

    def prepare(self, network: RecommenderNetwork, table: pl.DataFrame) -> PreparedRows:
        """A table's rows for the network. Names that training did not have get id 0, and a table without the goal's
        column, as at serving, gets targets of 0."""
        columns = self.encoder.columns(table)
        known = self.goal.column in table.columns
        labels = self.goal.labels(table) if known else np.zeros(table.height, np.float32)
        return self.prepare_columns(network, columns, labels)

    def prepare_columns(
        self, network: RecommenderNetwork, columns: Columns, labels: NDArray[np.float32]
    ) -> PreparedRows:
        """The same from rows that are encoded already."""
        return prepare(network.plan, columns, labels, None, network.buffer_views())

    def faults(self) -> Iterator[str]:
        """The encoder has to be a whole one, and the graph to read what it gives."""
        yield from self.encoder.faults()
        if misfit(self.graph, readable(self.encoder)) is not None:
            yield "its network does not fit its vocabularies"
