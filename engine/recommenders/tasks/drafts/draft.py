"""What a recommender tells of a run before it is trained."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from engine.graph.model import NetworkGraph
from engine.graph.validation import GraphProblem
from engine.network.plan import Plan
from engine.problems import EngineError, Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.model.graph_fit import Readable, misfit
from engine.recommenders.tasks.base import Spec
from engine.recommenders.tasks.drafts.answers import DraftColumn, DraftFeature, DraftRows
from engine.validation import sentence_of

S = TypeVar("S", bound=Spec)


class Draft(ABC, Generic[S]):
    """What the asks of a draft are answered from. ``model``, ``label``: the recommender's key, and what people call it.
    ``spec``: what was asked for, with nothing left open. ``edited``: the graph that a person has made, where there is
    one. ``notice``: whose rows it goes by, where the file of its run has changed."""

    model: str
    label: str
    spec: S
    notice: Problem | None = None

    def __init__(self, data: RecommenderData, spec: S, edited: NetworkGraph | None) -> None:
        self.data, self.spec, self.edited = data, spec, edited

    @property
    @abstractmethod
    def readable(self) -> Readable:
        """What a graph can be trained on."""

    @property
    @abstractmethod
    def rows(self) -> DraftRows:
        """How much there is to learn from."""

    @property
    @abstractmethod
    def columns(self) -> tuple[DraftColumn, ...]:
        """All that blocks can read."""

    @abstractmethod
    def template(self, spec: S) -> NetworkGraph:
        """The graph that a spec draws up. Raises EngineError for what the data do not have."""

    @abstractmethod
    def spec_of(self, graph: NetworkGraph, spec: S) -> S:
        """The spec that a valid graph agrees with. Raises EngineError for one that is not valid."""

    @abstractmethod
    def features(self, graph: NetworkGraph) -> tuple[DraftFeature, ...]:
        """What can be switched on and off; none where columns are all that there is."""

    def warnings(self, plan: Plan) -> Sequence[Problem]:
        """What a person should know before a graph is trained that can be."""
        return ()

    @cached_property
    def graph(self) -> NetworkGraph:
        """What would be trained."""
        return self.template(self.spec) if self.edited is None else self.edited

    def misfit(self, graph: NetworkGraph) -> GraphProblem | None:
        """The first thing that keeps a graph from being trained, and where."""
        return misfit(graph, self.readable)

    def spec_with(self, changes: Mapping[str, Any], before: S) -> S:
        """A spec with some fields changed. Raises EngineError for a field that is none, or a value out of range."""
        try:
            return type(before).model_validate(before.model_dump() | dict(changes))
        except ValidationError as error:
            raise EngineError(sentence_of(error)) from None
