"""What is answered about a draft, as the views take it: a record for each ask.

Fields are named and placed as in the answer; :func:`at` says where one is that has another name here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from app.workspaces.recommender.answers import AnsweredProblem, Document, at
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.model import NetworkGraph
from engine.recommenders.model.graph_fit import resized

Sort = Literal["category", "bins", "bag", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that blocks can read; ``bins``: one id per row, made of a number. ``size``: of its vocabulary, 0 for
    numbers."""

    name: str
    sort: Sort
    size: Annotated[int, BeforeValidator(lambda size: size or 0)]


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that a network can be given or not. ``sort``: which feature it is, and ``name`` what it is called where
    there are several of it. ``what``: what it is, in a sentence of the engine's. ``why_not``: why the data do not have
    it, None where they do. ``change``: what to lay over the spec to switch it, None where the spec cannot."""

    key: str
    sort: str
    name: Annotated[str, BeforeValidator(lambda name: name or "")]
    on: bool
    what: str
    why_not: AnsweredProblem | None
    change: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class About:
    """``about``. ``spec``: with every choice made. ``graph``: what would be trained; ``template``: what the spec draws
    up. ``rows``: of the data. ``notice``: whose rows all this is of, where the file of the run has changed."""

    spec: Mapping[str, Any]
    graph: NetworkGraph
    template: NetworkGraph
    columns: tuple[Column, ...]
    features: tuple[Feature, ...]
    rows: Annotated[int, at("rows", "rows")]
    notice: AnsweredProblem | None

    def of_sorts(self, *sorts: Sort) -> tuple[Column, ...]:
        """The columns of some sorts."""
        return tuple(column for column in self.columns if column.sort in sorts)

    def resized(self, graph: NetworkGraph) -> NetworkGraph:
        """A graph of other rows with vocabularies and a catalogue as large as these have them."""
        sizes = {column.name: column.size for column in self.of_sorts("category", "bins", "bag")}
        ends = [block.params for block in self.template.blocks if isinstance(block.params, SampledSoftmaxParams)]
        return resized(graph, sizes, ends[0].items if ends else None)

    @property
    def crossable(self) -> tuple[Column, ...]:
        """What a cross can have."""
        return self.of_sorts("category", "bins", "bag")


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers to learn: vectors of ids, weights of ids, and what every row takes part in."""

    tables: int
    wide: int
    tower: int
    total: int


@dataclass(frozen=True, slots=True)
class Checked:
    """``check``. ``problem``: what keeps a graph from being trained, at ``block``; ``sizes``: where there is none.
    ``features``: which of them it has; ``spec``: what the graph agrees with, None where there is a problem.
    ``warnings``: what to know before it is trained."""

    problem: AnsweredProblem | None
    block: str | None
    sizes: Annotated[Sizes | None, at("parameters")]
    features: Annotated[tuple[Feature, ...], at("switches")]
    spec: Mapping[str, Any] | None
    warnings: tuple[AnsweredProblem, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """``graph``."""

    graph: NetworkGraph


def _values(conditions: list[Document]) -> list[object]:
    return [condition["value"] for condition in conditions]


@dataclass(frozen=True, slots=True)
class Combination:
    """A feature of a cross. ``values``: of each column, in their order. ``rows``: training rows in which it is on, and
    ``share`` of all; ``rate``: how many of these have the outcome yes, None where there are none. ``unknown``: one of
    the values is missing, or was not there in training."""

    values: Annotated[tuple[str, ...], at("conditions"), BeforeValidator(_values)]
    rows: int
    share: float
    rate: float | None
    unknown: bool

    @property
    def name(self) -> str:
        """``Masters × Sales``"""
        return " × ".join(self.values)


@dataclass(frozen=True, slots=True)
class Member:
    """A crossed column on the chosen row. ``values``: that are known, one or, of a bag, several; ``x``: 1 where there
    are any, else 0."""

    column: str
    values: tuple[str, ...]
    x: int


@dataclass(frozen=True, slots=True)
class Phi:
    """``product`` of the members' x; ``on``: the features that the row switches on."""

    members: tuple[Member, ...]
    product: int
    on: tuple[Combination, ...]


@dataclass(frozen=True, slots=True)
class Cross:
    """``features``: new ones that are possible; ``seen``: those of some training row; ``weights``: fewer than features
    where the cross is hashed. ``phi``: of the chosen row."""

    columns: tuple[str, ...]
    features: int
    seen: int
    weights: int
    frequent: tuple[Combination, ...]
    phi: Phi | None


@dataclass(frozen=True, slots=True)
class Crossed:
    """``cross``. ``rows``: training rows, of which ``rate`` have the outcome yes."""

    crosses: tuple[Cross, ...]
    features: int
    rows: int
    rate: float
