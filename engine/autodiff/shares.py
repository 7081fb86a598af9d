"""The shares of a softmax among some nodes, however it was typed: e^zᵢ over the sum of all e^zⱼ."""

from __future__ import annotations

from collections.abc import Sequence

from engine.autodiff.graph import ScalarGraph


def softmax_of(graph: ScalarGraph, index: int) -> tuple[int, ...]:
    """The exp nodes that a node is a share of, in their order; none where it is no quotient e^zᵢ ÷ Σⱼ e^zⱼ."""
    node = graph.nodes[index]
    if node.rule is None or node.rule.key != "/":
        return ()
    powers = exps_in(graph, node.parents[1])
    return powers if node.parents[0] in powers else ()


def exps_in(graph: ScalarGraph, index: int) -> tuple[int, ...]:
    """The exp nodes that a node is the sum of, in their order; none where it is no such sum."""
    found: list[int] = []
    waiting = [index]
    while waiting:
        here = waiting.pop()
        rule = graph.nodes[here].rule
        if rule is not None and rule.key == "+":
            waiting.extend(reversed(graph.nodes[here].parents))
        elif rule is not None and rule.key == "exp":
            found.append(here)
        else:
            return ()
    return tuple(found) if len(found) > 1 else ()


def letter_for(taken: Sequence[str]) -> str:
    """A letter that no label begins with."""
    return next(letter for letter in ("p", "q", "s", "share") if not any(name.startswith(letter) for name in taken))
