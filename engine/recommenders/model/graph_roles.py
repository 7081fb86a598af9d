"""Which block of one graph is which of another: between two templates by what they are called, and between a template
and a graph that a person has edited by what they read and where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping

from engine.graph.kinds import Arity
from engine.graph.kinds.on_torch import LookupKind
from engine.graph.kinds.transform import TransformParams
from engine.graph.model import NetworkGraph
from engine.network.plan import Plan, compile_graph
from engine.recommenders.model.graph_facts import columns_behind, columns_of, last_layers

Roles = Mapping[Hashable, str]
UNTITLED = ("concatenate", "dropout", "transform", "numbers")
"""Kinds of a template whose title says nothing, or another thing with another spec."""


def among_templates(before: NetworkGraph, after: NetworkGraph) -> dict[str, str]:
    """For each block of the template ``after`` that ``before`` has too, its id there."""
    return _matched(_titles(before), _titles(after))


def in_edited(template: NetworkGraph, edited: NetworkGraph) -> dict[str, str]:
    """For each block of a template that stands in a valid edited graph, its id there: by what it reads and where it
    stands or, failing that, by its own id."""
    found = _matched(_places(edited), _places(template))
    taken = set(found.values())
    for block in template.blocks:
        same = edited.by_id.get(block.id)
        if block.id not in found and same is not None and same.kind == block.kind and same.id not in taken:
            found[block.id] = same.id
    return found


def _matched(known: Roles, wanted: Roles) -> dict[str, str]:
    return {block_id: known[role] for role, block_id in wanted.items() if role in known}


def _titles(template: NetworkGraph) -> Roles:
    def role(block_id: str) -> Hashable:
        block = template.block(block_id)
        return block.kind, "" if block.kind in UNTITLED else block.title

    return _numbered([block.id for block in template.blocks], role)


def _places(graph: NetworkGraph) -> Roles:
    plan = compile_graph(graph, None)
    index = {node.id: at for at, node in enumerate(plan.nodes)}
    return _numbered(list(index), lambda block_id: _place(plan, index[block_id]))


def _place(plan: Plan, at: int) -> Hashable:
    node = plan.nodes[at]
    if node is plan.output:
        return "end"
    if node.kind.arity is Arity.NONE:
        return node.block.kind, columns_of(node)
    if isinstance(node.kind, LookupKind) or isinstance(node.params, TransformParams):
        behind = columns_behind(plan, at)
        return node.block.kind, behind if len(behind) == 1 else ()
    return node.block.kind, "last" if at in last_layers(plan) else ""


def _numbered(block_ids: list[str], role: Callable[[str], Hashable]) -> dict[Hashable, str]:
    """Blocks by their roles, those of the same one by their order."""
    seen: Counter[Hashable] = Counter()
    found: dict[Hashable, str] = {}
    for block_id in block_ids:
        one = role(block_id)
        found[one, seen[one]] = block_id
        seen[one] += 1
    return found
