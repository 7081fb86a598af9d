"""What a recommender's graph says of itself: which columns it reads, and how wide its layers are. No torch in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from engine.graph.kinds import BlockParams
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.on_torch import TorchColumnKind
from engine.network.plan import Node, Plan

P = TypeVar("P", bound=BlockParams)


def columns_of(node: Node) -> tuple[str, ...]:
    """The data's columns that a block itself reads; none where it reads its wires."""
    return node.kind.sources(node.params) if isinstance(node.kind, TorchColumnKind) else ()


def columns_read(plan: Plan) -> tuple[str, ...]:
    """The data's columns that are read, each once, in the order of the plan."""
    return tuple(dict.fromkeys(name for node in plan.nodes for name in columns_of(node)))


def columns_behind(plan: Plan, at: int) -> tuple[str, ...]:
    """The data's columns that a node has anything of, each once, in the order of the plan."""
    behind = upstream(plan, [at])
    return tuple(dict.fromkeys(name for one in sorted(behind) for name in columns_of(plan.nodes[one])))


def category_columns(plan: Plan) -> tuple[str, ...]:
    """The columns of one id per row that are read, each once, in the order of the plan."""
    return tuple(dict.fromkeys(params.column for params in params_of(plan, CategoricalParams)))


def bag_columns(plan: Plan) -> tuple[str, ...]:
    """The columns of bags that are read, each once, in the order of the plan."""
    return tuple(dict.fromkeys(params.column for params in params_of(plan, BagParams)))


def upstream(plan: Plan, ends: Iterable[int], stop: Callable[[Node], bool] = lambda node: False) -> frozenset[int]:
    """Some nodes and all that flows into them, by their indices; what flows into a node at which to ``stop`` is left
    out, the ``ends`` themselves being passed through."""
    found: set[int] = set()
    pending = list(ends)
    first = frozenset(pending)
    while pending:
        at = pending.pop()
        if at in found:
            continue
        found.add(at)
        if at in first or not stop(plan.nodes[at]):
            pending.extend(plan.nodes[at].sources)
    return frozenset(found)


def params_of(plan: Plan, kind: type[P], among: Iterable[int] | None = None) -> Iterator[P]:
    """The parameters of one type, in the order of the plan; ``among``: of these nodes alone."""
    chosen = range(len(plan.nodes)) if among is None else sorted(among)
    for at in chosen:
        params = plan.nodes[at].params
        if type(params) is kind:
            yield params


def hidden_units(plan: Plan, among: Iterable[int] | None = None) -> tuple[int, ...]:
    """The units of the dense layers, in the order of the plan; ``among``: of these nodes alone."""
    return tuple(params.units for params in params_of(plan, DenseParams, among))


def last_layers(plan: Plan) -> frozenset[int]:
    """The dense layers whose numbers come to the end as they are, or through blocks that only change them."""
    found = set()
    for at in plan.output.sources:
        while not isinstance(plan.nodes[at].params, DenseParams) and len(plan.nodes[at].sources) == 1:
            (at,) = plan.nodes[at].sources
        if isinstance(plan.nodes[at].params, DenseParams):
            found.add(at)
    return frozenset(found)
