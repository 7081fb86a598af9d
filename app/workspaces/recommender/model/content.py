"""What the child says of a draft, as plain data: one reader for each ask.

A reader takes the answer's JSON document and raises KeyError, TypeError or ValueError for anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.workspaces.recommender.answers import problem_of
from app.workspaces.recommender.model.draft_document import laid_out, same_network
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.model import NetworkGraph
from engine.problems import Problem
from engine.recommenders.model.graph_fit import resized

Document = Mapping[str, Any]
Sort = Literal["category", "bins", "bag", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that blocks can read; ``bins``: one id per row, made of a number. ``size``: of its vocabulary, 0 for
    numbers."""

    name: str
    sort: Sort
    size: int


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that a network can be given or not. ``sort``: which feature it is, and ``name`` what it is called where
    there are several of it. ``what``: what it is, in a sentence of the engine's. ``why_not``: why the data do not have
    it, None where they do. ``change``: what to lay over the spec to switch it, None where the spec cannot."""

    key: str
    sort: str
    name: str
    on: bool
    what: str
    why_not: Problem | None
    change: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class About:
    """``spec``: with every choice made. ``graph``: what would be trained; ``template``: what the spec draws up, both
    laid out. ``rows``: of the data. ``notice``: whose rows all this is of, where the file of the run has changed."""

    spec: Mapping[str, Any]
    graph: NetworkGraph
    template: NetworkGraph
    columns: tuple[Column, ...]
    features: tuple[Feature, ...]
    rows: int
    notice: Problem | None

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
    """``problem``: what keeps a graph from being trained, at ``block``; ``sizes`` is known where there is none.
    ``features``: which of them it has; ``spec``: what the graph agrees with, None where there is a problem.
    ``warnings``: what to know before it is trained."""

    problem: Problem | None
    block: str | None
    sizes: Sizes | None
    features: tuple[Feature, ...]
    spec: Mapping[str, Any] | None
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """A feature of a cross. ``values``: of each column, in their order. ``rows``: training rows in which it is on, and
    ``share`` of all; ``rate``: how many of these have the outcome yes, None where there are none. ``unknown``: one of
    the values is missing, or was not there in training."""

    values: tuple[str, ...]
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
    """``rows``: training rows, of which ``rate`` have the outcome yes."""

    crosses: tuple[Cross, ...]
    features: int
    rows: int
    rate: float


def about_of(answer: Document) -> About:
    """The answer to ``about``. The template's layout is a rough one; a graph of a person's stays where it was put."""
    graph, template = (NetworkGraph.model_validate(answer[key]) for key in ("graph", "template"))
    drawn = same_network(graph, template)
    template = laid_out(template)
    return About(
        spec=dict(answer["spec"]),
        graph=template if drawn else graph,
        template=template,
        columns=tuple(Column(str(one["name"]), one["sort"], int(one["size"] or 0)) for one in answer["columns"]),
        features=_features(answer["features"]),
        rows=int(answer["rows"]["rows"]),
        notice=None if answer["notice"] is None else problem_of(answer["notice"]),
    )


def graph_of(answer: Document) -> NetworkGraph:
    """The answer to ``graph``."""
    return NetworkGraph.model_validate(answer["graph"])


def checked_of(answer: Document) -> Checked:
    """The answer to ``check``."""
    said, sizes, spec = answer["problem"], answer["parameters"], answer["spec"]
    return Checked(
        problem=None if said is None else problem_of(said),
        block=answer["block"],
        sizes=None if sizes is None else Sizes(*(int(sizes[key]) for key in ("tables", "wide", "tower", "total"))),
        features=_features(answer["switches"]),
        spec=None if spec is None else dict(spec),
        warnings=tuple(map(problem_of, answer["warnings"])),
    )


def _features(found: list[Document]) -> tuple[Feature, ...]:
    return tuple(
        Feature(
            key=str(one["key"]),
            sort=str(one["sort"]),
            name=str(one["name"] or ""),
            on=bool(one["on"]),
            what=str(one["what"]),
            why_not=None if one["why_not"] is None else problem_of(one["why_not"]),
            change=None if one["change"] is None else dict(one["change"]),
        )
        for one in found
    )


def crossed_of(answer: Document) -> Crossed:
    """The answer to ``cross``."""
    crosses = tuple(_cross(one) for one in answer["crosses"])
    return Crossed(crosses, int(answer["features"]), int(answer["rows"]), float(answer["rate"]))


def _cross(one: Document) -> Cross:
    phi = one["phi"]
    return Cross(
        columns=tuple(map(str, one["columns"])),
        features=int(one["features"]),
        seen=int(one["seen"]),
        weights=int(one["weights"]),
        frequent=_combinations(one["frequent"]),
        phi=None if phi is None else _phi(phi),
    )


def _phi(phi: Document) -> Phi:
    members = tuple(Member(str(one["column"]), tuple(map(str, one["values"])), int(one["x"])) for one in phi["members"])
    return Phi(members, int(phi["product"]), _combinations(phi["on"]))


def _combinations(found: list[Document]) -> tuple[Combination, ...]:
    return tuple(
        Combination(
            values=tuple(str(condition["value"]) for condition in one["conditions"]),
            rows=int(one["rows"]),
            share=float(one["share"]),
            rate=None if one["rate"] is None else float(one["rate"]),
            unknown=bool(one["unknown"]),
        )
        for one in found
    )
