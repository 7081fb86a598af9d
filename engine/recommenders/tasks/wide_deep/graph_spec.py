"""What an edited Wide & Deep graph says of itself, in the words of the spec."""

from __future__ import annotations

from typing import Any

from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.cross import CrossParams
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.dropout import DropoutParams
from engine.graph.kinds.embedding import EmbeddingParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.pooled import PooledParams
from engine.graph.kinds.sparse_linear import SparseLinear
from engine.graph.kinds.transform import TransformParams
from engine.graph.model import NetworkGraph
from engine.network.plan import Plan, compile_graph
from engine.recommenders.data.tables.encoding import Encoder
from engine.recommenders.model.graph_facts import hidden_units, last_layers, params_of, upstream
from engine.recommenders.model.graph_fit import Readable
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec


def readable(encoder: Encoder) -> Readable:
    """What a graph of this task can read of a table."""
    sizes, fields = encoder.sizes(), encoder.fields
    return Readable(
        "joint_logit",
        {name: sizes[name] for name in fields.crossable},
        {name: sizes[name] for name in fields.bags},
        fields.numbers,
    )


def spec_of(graph: NetworkGraph, spec: WideDeepSpec) -> WideDeepSpec:
    """The spec that a graph agrees with; what a graph does not tell is as ``spec`` has it. Raises EngineError for a
    graph that is not valid."""
    plan = compile_graph(graph, None)
    wide = [at for at in plan.output.sources if isinstance(plan.nodes[at].kind, SparseLinear)]
    deep = [at for at in plan.output.sources if at not in wide]
    found: dict[str, Any] = {"parts": "joint" if wide and deep else "wide" if wide else "deep"}
    if wide:
        found |= _of_wide(plan, wide)
    if deep:
        found |= _of_deep(plan, deep)
    return WideDeepSpec.model_validate(spec.model_dump() | found)


def _of_wide(plan: Plan, wide: list[int]) -> dict[str, Any]:
    read = [source for at in wide for source in plan.nodes[at].sources]
    plain = any(isinstance(plan.nodes[at].params, CategoricalParams | BagParams) for at in read)
    found: dict[str, Any] = {"plain_wide": plain, "crosses": ()}
    for node in (plan.nodes[at] for at in read):
        if isinstance(node.params, CrossParams):
            members = [plan.nodes[source].params for source in node.sources]
            names = [getattr(params, "column", "") for params in members]
            found["crosses"] += tuple(tuple(names[slot] for slot in slots) for slots in node.params.crosses)
            found["buckets"] = max(found.get("buckets", 0), node.params.buckets)
    return found


def _of_deep(plan: Plan, deep: list[int]) -> dict[str, Any]:
    part = upstream(plan, deep)
    tables = [*params_of(plan, EmbeddingParams, part), *params_of(plan, PooledParams, part)]
    rates = [params.rate for params in params_of(plan, DropoutParams, part)]
    hidden = hidden_units(plan, part - last_layers(plan))
    found: dict[str, Any] = {"hidden": hidden, "dropout": rates[0] if rates else 0.0}
    if tables:
        found |= {"dimensions": tables[0].dimensions, "scale": tables[0].scale}
    if any(params_of(plan, NumbersParams, part)):
        found["quantiles"] = next((params.quantiles for params in params_of(plan, TransformParams, part)), 0)
        found["straight"] = _goes_straight(plan, deep, part, layered=bool(hidden or found["quantiles"]))
    return found


def _goes_straight(plan: Plan, deep: list[int], part: frozenset[int], *, layered: bool) -> bool:
    """Whether numbers reach the logit past all layers; where there are none, whether they do so twice."""
    if layered:
        ends = [*deep, *last_layers(plan)]
        past = upstream(plan, ends, stop=lambda node: isinstance(node.params, DenseParams | TransformParams))
        return any(params_of(plan, NumbersParams, past))
    numbers = [at for at in part if isinstance(plan.nodes[at].params, NumbersParams)]
    return any(sum(at in plan.nodes[one].sources for one in part) > 1 for at in numbers)
