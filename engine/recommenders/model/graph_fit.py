"""Whether a graph, as a person has edited it, is one that a recommender can learn by, of the columns that there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.graph.edit import set_params
from engine.graph.kinds import Arity, kind_of
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.cross import CrossParams
from engine.graph.kinds.embedding import MAX_DIMENSIONS, EmbeddingParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.on_torch import TorchColumnKind
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.kinds.transform import TransformParams
from engine.graph.model import NetworkGraph
from engine.graph.naming import BlockName, name_of
from engine.graph.validation import GraphProblem, validate
from engine.network.plan import Node, Plan, compile_graph
from engine.problems import EngineError, Problem, ProblemKind, declare
from engine.recommenders.model.prepared_rows import MISSING_COLUMN, still_nodes
from engine.recommenders.model.transform_borders import LEARNED_INPUT

NO_END = declare(
    "recommender.graph-no-end", "The network has no end; add a “{end}” block and wire the last layer to it."
)
NO_COLUMN_BLOCK = declare(
    "recommender.graph-reads-nothing",
    "The network has no inputs. Add a Category, a Bag of ids or Numbers, and wire it up.",
)
WRONG_END = declare(
    "recommender.graph-wrong-end",
    "The network ends in “{block}”, but this model needs a “{end}” block. Put one there.",
)
NOT_A_COLUMN_BLOCK = declare(
    "recommender.graph-no-column-block",
    "“{block}” reads the points of the playground; put a Category, a Bag of ids or Numbers in its place.",
)
NOT_ONE_ID = declare(
    "recommender.graph-not-one-id",
    "“{block}” needs one id per row, and “{column}” doesn't have that. Choose another column.",
)
NOT_BAGS = declare(
    "recommender.graph-not-bags",
    "“{block}” needs a bag of ids per row, and “{column}” doesn't have that. Choose another column.",
)
NOT_NUMBERS = declare(
    "recommender.graph-not-numbers",
    "“{block}” needs one number per row, and “{column}” doesn't have that. Choose another column.",
)
OTHER_SIZE = declare(
    "recommender.graph-other-size",
    "“{block}” has {found} ids for “{column}”, whose vocabulary has {expected} in this data; set its size to that.",
)
OTHER_CATALOGUE = declare(
    "recommender.graph-other-items",
    "“{block}” is over {found} items, and this data has {expected}; set its items to that.",
)
SEVERAL_IDS = declare(
    "recommender.graph-several-ids",
    "“{block}” takes one id per row from each wire, and “{source}” gives any number; use a Pooled block for it.",
)
CROSS_OF_NOTHING = declare(
    "recommender.graph-cross-of-nothing", "“{block}” has a cross without inputs. Name one or more, or remove it."
)
CROSS_OF_CROSS = declare(
    "recommender.graph-cross-of-cross",
    "“{block}” crosses what “{source}” already crossed. Wire the columns to it directly and cross them all at once.",
)
NO_QUANTILES = declare(
    "recommender.graph-no-quantiles",
    "“{block}” uses quantiles, which this model doesn't compute. Set its quantiles to 0.",
)
TOO_WIDE = declare(
    "recommender.graph-too-wide",
    "The tower outputs {found} numbers, but an item's vector can have at most {most}. End it in a narrower layer.",
)


@dataclass(frozen=True, slots=True)
class Readable:
    """What a graph can be trained on. ``end``: the kind of block that it ends in. ``categories`` and ``bags``: sizes of
    vocabularies by column; ``numbers``: columns. ``items``: of the catalogue, where the end is over one. ``quantiles``:
    whether those of transforms are fitted."""

    end: str
    categories: Mapping[str, int] = field(default_factory=dict)
    bags: Mapping[str, int] = field(default_factory=dict)
    numbers: Sequence[str] = ()
    items: int | None = None
    quantiles: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """All by name."""
        return (*self.categories, *self.bags, *self.numbers)


def fitting(graph: NetworkGraph, readable: Readable) -> Plan:
    """The plan of a graph that fits. Raises EngineError with the first thing that does not."""
    problem = misfit(graph, readable)
    if problem is not None:
        raise EngineError(problem.problem)
    return compile_graph(graph, None)


def misfit(graph: NetworkGraph, readable: Readable) -> GraphProblem | None:
    """The first thing that keeps a graph from being trained, and at which block it is; None where it can be."""
    if (end := _end_problem(graph, readable)) is not None:
        return end
    if not graph.inputs:
        return GraphProblem(NO_COLUMN_BLOCK())
    blocking = [problem for problem in validate(graph, None) if problem.blocking]
    if blocking:
        return blocking[0]
    return next(_problems(compile_graph(graph, None), readable), None)


def resized(graph: NetworkGraph, sizes: Mapping[str, int], items: int | None) -> NetworkGraph:
    """A graph whose vocabularies, by column, and catalogue are as large as other data have them."""
    for block in graph.blocks:
        params = block.params
        if isinstance(params, CategoricalParams | BagParams):
            graph = set_params(graph, block.id, size=sizes.get(params.column, params.size))
        elif isinstance(params, SampledSoftmaxParams) and items is not None:
            graph = set_params(graph, block.id, items=items)
    return graph


def _end_problem(graph: NetworkGraph, readable: Readable) -> GraphProblem | None:
    wanted = BlockName(kind_of(readable.end).label)
    if not graph.outputs:
        return GraphProblem(NO_END(end=wanted))
    wrong = [block for block in graph.outputs if block.kind != readable.end]
    if not wrong:
        return None
    name = name_of(graph, wrong[0].id)
    return GraphProblem(WRONG_END(block=name, end=wanted), wrong[0].id)


def _problems(plan: Plan, readable: Readable) -> Iterator[GraphProblem]:
    still = still_nodes(plan)
    for node in plan.nodes:
        for problem in (*_of_columns(node, readable), *_of_wires(plan, node), *_of_numbers(node, readable, still)):
            yield GraphProblem(problem, node.id)


def _of_columns(node: Node, readable: Readable) -> Iterator[Problem]:
    params = node.params
    if isinstance(params, CategoricalParams):
        yield from _of_vocabulary(node, params.column, params.size, readable.categories, NOT_ONE_ID, readable)
    elif isinstance(params, BagParams):
        yield from _of_vocabulary(node, params.column, params.size, readable.bags, NOT_BAGS, readable)
    elif isinstance(params, NumbersParams):
        for column in params.columns:
            if column not in readable.numbers:
                yield _not_there(node, column, NOT_NUMBERS, readable)
    elif node.kind.arity is Arity.NONE and not isinstance(node.kind, TorchColumnKind):
        yield NOT_A_COLUMN_BLOCK(block=node.name)


def _of_vocabulary(
    node: Node, column: str, size: int, sizes: Mapping[str, int], other: ProblemKind, readable: Readable
) -> Iterator[Problem]:
    if column not in sizes:
        yield _not_there(node, column, other, readable)
    elif size != sizes[column]:
        yield OTHER_SIZE(block=node.name, found=size, column=column, expected=sizes[column])


def _not_there(node: Node, column: str, other: ProblemKind, readable: Readable) -> Problem:
    if column in readable.columns:
        return other(block=node.name, column=column)
    return MISSING_COLUMN(block=node.name, column=column, columns=", ".join(readable.columns))


def _of_wires(plan: Plan, node: Node) -> Iterator[Problem]:
    if isinstance(node.params, CrossParams) and not all(node.params.crosses):
        yield CROSS_OF_NOTHING(block=node.name)
    for source in (plan.nodes[at] for at in node.sources):
        if type(node.params) is EmbeddingParams and _gives_several(plan, source):
            yield SEVERAL_IDS(block=node.name, source=source.name)
        if isinstance(node.params, CrossParams) and isinstance(source.params, CrossParams):
            yield CROSS_OF_CROSS(block=node.name, source=source.name)


def _gives_several(plan: Plan, node: Node) -> bool:
    """Whether a block of ids gives any number of them for a row, or always several."""
    if isinstance(node.params, CrossParams):
        members = (plan.nodes[at] for at in node.sources)
        return len(node.params.crosses) != 1 or any(isinstance(member.params, BagParams) for member in members)
    return isinstance(node.params, BagParams)


def _of_numbers(node: Node, readable: Readable, still: frozenset[int]) -> Iterator[Problem]:
    params = node.params
    if isinstance(params, TransformParams) and params.quantiles:
        if not readable.quantiles:
            yield NO_QUANTILES(block=node.name)
        elif node.sources[0] not in still:
            yield LEARNED_INPUT(block=node.name)
    if isinstance(params, SampledSoftmaxParams):
        if params.items != readable.items:
            yield OTHER_CATALOGUE(block=node.name, found=params.items, expected=readable.items)
        if node.width > MAX_DIMENSIONS:
            yield TOO_WIDE(found=node.width, most=MAX_DIMENSIONS)
