"""Softmax and cross-entropy found among some nodes, however they were typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.autodiff.graph import ScalarGraph, free_letter


@dataclass(frozen=True, slots=True)
class CrossEntropy:
    """−Σᵢ tᵢ·log(e^zᵢ ÷ Σⱼ e^zⱼ) by its nodes: the ``members``, the ``logits`` z, and the ``targets`` t, or instead of
    these the ``index`` of the one that counts."""

    members: frozenset[int]
    logits: tuple[int, ...]
    targets: tuple[int, ...] = ()
    index: int | None = None


def softmax_of(graph: ScalarGraph, index: int) -> tuple[int, ...]:
    """The exp nodes that a node is a share of, in their order; none where it is no quotient e^zᵢ ÷ Σⱼ e^zⱼ."""
    if _key(graph, index) != "/":
        return ()
    power, total = graph.nodes[index].parents
    powers = tuple(_terms(graph, total))
    fits = len(powers) > 1 and power in powers and all(_key(graph, one) == "exp" for one in powers)
    return powers if fits else ()


def softmax_nodes(graph: ScalarGraph, index: int) -> frozenset[int]:
    """Every node that a share of a softmax is made of, from the exps on."""
    return frozenset((index, *softmax_of(graph, index), *_sums(graph, graph.nodes[index].parents[1])))


def cross_entropy_of(graph: ScalarGraph, index: int) -> CrossEntropy | None:
    """The cross-entropy that a node is, with its softmax; None where it is none."""
    if _key(graph, index) != "neg":
        return None
    (inside,) = graph.nodes[index].parents
    members = {index, *_sums(graph, inside)}
    logs: list[int] = []
    targets: list[int] = []
    for term in _terms(graph, inside):
        factors = graph.nodes[term].parents if _key(graph, term) == "*" else (term,)
        log = next((factor for factor in factors if _key(graph, factor) == "log"), None)
        if log is None:
            return None
        members |= {term, log}
        logs.append(log)
        targets += [factor for factor in factors if factor != log]
    shares = [graph.nodes[log].parents[0] for log in logs]
    powers = softmax_of(graph, shares[0])
    if not powers or any(softmax_of(graph, share) != powers for share in shares):
        return None
    members = members.union(*(softmax_nodes(graph, share) for share in shares))
    logits = tuple(graph.nodes[power].parents[0] for power in powers)
    counted = [graph.nodes[share].parents[0] for share in shares]
    if not targets and len(counted) == 1:
        return CrossEntropy(frozenset(members), logits, index=powers.index(counted[0]))
    if len(targets) != len(counted) or sorted(counted) != sorted(powers):
        return None
    by_power = dict(zip(counted, targets, strict=True))
    return CrossEntropy(frozenset(members), logits, tuple(by_power[power] for power in powers))


def letter_for(taken: Sequence[str]) -> str:
    """A letter that no label begins with."""
    return free_letter(("p", "q", "s", "share"), taken)


def _key(graph: ScalarGraph, index: int) -> str:
    """The key of a node's rule; empty for what is no operation."""
    rule = graph.nodes[index].rule
    return rule.key if rule is not None else ""


def _terms(graph: ScalarGraph, index: int) -> list[int]:
    """What a node is the sum of, from left to right; itself where it is no sum."""
    found: list[int] = []
    waiting = [index]
    while waiting:
        here = waiting.pop()
        if _key(graph, here) == "+":
            waiting.extend(reversed(graph.nodes[here].parents))
        else:
            found.append(here)
    return found


def _sums(graph: ScalarGraph, index: int) -> list[int]:
    """The + nodes of such a sum."""
    found: list[int] = []
    waiting = [index]
    while waiting:
        here = waiting.pop()
        if _key(graph, here) == "+":
            found.append(here)
            waiting.extend(graph.nodes[here].parents)
    return found
