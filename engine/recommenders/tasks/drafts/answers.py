"""What is answered about a draft of any recommender: a record for each ask. Free of torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.model import NetworkGraph
from engine.recommenders.answer_types import AnsweredProblem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.model.graph_fit import resized

ColumnSort = Literal["category", "bins", "bag", "number"]


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """A column that blocks can read. ``sort``: one id per row, the same made of a number's bins, any number of ids, or
    a number. ``size``: of the vocabulary, the bucket for unknown ids included; null for a number. ``feature``: the
    feature that reading it is, see :class:`DraftFeature`; null where it belongs to none."""

    name: str
    sort: ColumnSort
    size: int | None
    feature: str | None = None

    @property
    def ids(self) -> int:
        """Return how many ids it has; none where it holds numbers."""
        return self.size or 0


@dataclass(frozen=True, slots=True)
class DraftFeature:
    """Something that a network can be given or not. ``key``: a name for programs. ``sort``: which feature it is, of
    which there may be several. ``name``: what it is called in the data, where it is one of several. ``on``: whether the
    graph reads it. ``available``: whether the data have it; ``why_not`` says why they do not. ``what``: what it is.
    ``columns``: that it is read by. ``change``: what to lay over the spec to switch it, null where the spec cannot."""

    key: str
    sort: str
    name: str | None
    on: bool
    available: bool
    why_not: AnsweredProblem | None
    what: str
    columns: tuple[str, ...] = ()
    change: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class DraftRows:
    """``rows``: of the data; ``training``: those that are learned from; ``what``: what a row is. ``file_rows``: where
    each run of rows begins in the file, and how many they are; None where they are numbered from 0."""

    rows: int
    training: int
    what: Literal["rows", "watches", "impressions"]
    file_rows: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class AboutDraft:
    """``about``. ``spec``: what the graph agrees with, nothing left open. ``graph``: what would be trained; ``edited``:
    whether it is a person's, and not the ``template`` of what was asked for. ``problem``: what keeps it from being
    trained; spec and features are the template's then. ``notice``: whose rows all this is of, where the file has
    changed."""

    model: str
    label: str
    data: RecommenderData
    data_label: str
    rows: DraftRows
    spec: Mapping[str, Any]
    graph: NetworkGraph
    template: NetworkGraph
    edited: bool
    problem: AnsweredProblem | None
    notice: AnsweredProblem | None
    columns: tuple[DraftColumn, ...]
    features: tuple[DraftFeature, ...]

    def of_sorts(self, *sorts: ColumnSort) -> tuple[DraftColumn, ...]:
        """Return the columns of some sorts."""
        return tuple(column for column in self.columns if column.sort in sorts)

    def resized(self, graph: NetworkGraph) -> NetworkGraph:
        """Return a graph of other rows with vocabularies and a catalogue as large as these have them."""
        sizes = {column.name: column.ids for column in self.crossable}
        ends = [block.params for block in self.template.blocks if isinstance(block.params, SampledSoftmaxParams)]
        return resized(graph, sizes, ends[0].items if ends else None)

    @property
    def crossable(self) -> tuple[DraftColumn, ...]:
        """Return what a cross can have: the columns of ids."""
        return self.of_sorts("category", "bins", "bag")


@dataclass(frozen=True, slots=True)
class ParameterCounts:
    """Numbers to learn. ``tables``: vectors of ids; ``wide``: weights of sparse linear blocks; ``tower``: all others,
    which every row takes part in. ``total`` is their sum."""

    tables: int
    wide: int
    tower: int
    total: int


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block that takes part. ``parameters``: numbers that it learns. ``width``: numbers, or ids, that come out of it.
    ``reads``: columns that it takes from the data itself; ``features``: the columns that it has anything of."""

    id: str
    name: str
    kind: str
    parameters: int
    width: int
    reads: tuple[str, ...]
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphCheck:
    """``check``. ``problem``: what keeps the graph from being trained, at ``block``, each null where there is none; the
    rest is null and empty then. ``unused``: blocks that do not reach the end. ``switches``: as ``features`` of
    ``about``. ``spec``: what the graph agrees with; what a graph does not tell is as the draft's own has it.
    ``warnings``: what a person should know before it is trained."""

    problem: AnsweredProblem | None
    block: str | None
    parameters: ParameterCounts | None
    blocks: tuple[DraftBlock, ...]
    unused: tuple[str, ...]
    switches: tuple[DraftFeature, ...]
    spec: Mapping[str, Any] | None
    warnings: tuple[AnsweredProblem, ...]


@dataclass(frozen=True, slots=True)
class DrawnGraph:
    """``graph``. ``spec``: what the ``graph`` agrees with. ``problem``: what keeps that from being trained, at
    ``block``."""

    spec: Mapping[str, Any]
    graph: NetworkGraph
    problem: AnsweredProblem | None
    block: str | None
