"""Remedies that give layers another activation."""

from __future__ import annotations

from collections.abc import Sequence

from engine.activations import ACTIVATIONS, Activation
from engine.graph.edit import set_params
from engine.network.plan import Node
from engine.problems import Word
from engine.training.remedies.base import HE, XAVIER, Case, Cure, Edit, Remedy, drawn, flattens, restarted
from engine.training.verdicts import Trouble, Verdict


class Leaky(Cure):
    """Leaky ReLU in place of a function that is exactly flat where units are dead: they come back by themselves."""

    key = "leaky"
    label = Word("Leaky ReLU")
    tip = Word("Leaky ReLU in {layers}: its slope is never zero, so units that are off can come back.")
    ranks = ((Trouble.DEAD, 20),)

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        blocks = tuple(v.block_id for v in trouble if _is(case.function(v.block_id), flat=True) and _sets(case, v))
        return Remedy(self.key, blocks) if blocks else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        graph = case.graph
        for block_id in remedy.blocks:
            graph = set_params(graph, block_id, activation="leaky_relu", alpha=None)
        return Edit(graph=graph)


class Relu(Cure):
    """ReLU in one layer whose function flattens out on both sides, with weights drawn for it."""

    key = "relu"
    label = Word("ReLU + He")
    tip = Word("ReLU in {layers}, with weights drawn for it: it does not flatten out where z is large.")
    ranks = ((Trouble.SATURATED, 20),)

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        hidden = {node.id for node in case.hidden}
        blocks = tuple(v.block_id for v in trouble if v.block_id in hidden and flattens(case.function(v.block_id)))
        return Remedy(self.key, blocks) if blocks else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return _swapped(case, remedy.blocks, "relu", HE)


class ReluInstead(Cure):
    """ReLU wherever a network has the function that lacks a number, with weights drawn for it."""

    key = "relu_instead"
    label = Word("ReLU + He")
    tip = Word("ReLU in {layers}, with He's start weights: it has a value and a slope everywhere.")
    ranks = ((Trouble.NOT_FINITE, 10),)

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        failure = case.snapshot.failure
        gap = failure.gap if failure is not None else next((v.gap for v in trouble if v.gap is not None), None)
        nodes = [node for node in case.plan.nodes[:-1] if gap is not None and _sets_it(node, case.node(gap.block_id))]
        return Remedy(self.key, tuple(node.id for node in nodes)) if nodes else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        hidden = {node.id for node in case.hidden}
        graph = case.graph
        for block_id in remedy.blocks:
            graph = set_params(graph, block_id, activation="relu", alpha=None)
        drawn_anew = [block_id for block_id in remedy.blocks if block_id in hidden]
        graph = restarted(graph, drawn_anew, dict.fromkeys(drawn_anew, HE))
        return Edit(graph=graph, rows=drawn(case, graph, drawn_anew))


def _sets_it(node: Node, other: Node) -> bool:
    """Whether a node has the other's function."""
    function = node.kind.function(node.params)
    return function is not None and function == other.kind.function(other.params)


class Everywhere(Cure):
    """Another activation in every hidden layer that has one of some, with weights drawn for it."""

    def __init__(
        self,
        key: str,
        label: Word,
        tip: Word,
        activation: str,
        initializer: str,
        *,
        instead_of: frozenset[str],
        ranks: tuple[tuple[Trouble, int], ...] = (),
    ) -> None:
        self.key, self.label, self.tip, self.ranks = key, label, tip, ranks
        self._activation, self._initializer, self._instead_of = activation, initializer, instead_of

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        blocks = tuple(node.id for node in case.hidden if node.params.activation in self._instead_of)
        return Remedy(self.key, blocks) if blocks else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return _swapped(case, remedy.blocks, self._activation, self._initializer)


class OutputTanh(Cure):
    """tanh at an output whose own function lets nothing through."""

    key = "output_tanh"
    label = Word("tanh at the output")
    tip = Word("tanh at the output: a step has no slope to learn by.")
    ranks = ((Trouble.VANISHING, 10),)

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        output = case.plan.output
        silent = any(v.block_id == output.id and v.trouble is Trouble.VANISHING for v in trouble)
        return Remedy(self.key, (output.id,)) if silent and _is(case.function(output.id), flat=True) else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(graph=set_params(case.graph, remedy.blocks[0], activation="tanh", alpha=None))


def _swapped(case: Case, block_ids: Sequence[str], activation: str, initializer: str) -> Edit:
    graph = case.graph
    for block_id in block_ids:
        graph = set_params(graph, block_id, activation=activation, alpha=None)
    graph = restarted(graph, block_ids, dict.fromkeys(block_ids, initializer))
    return Edit(graph=graph, rows=drawn(case, graph, block_ids))


def _is(function: Activation | None, *, flat: bool) -> bool:
    return function is not None and function.exactly_flat is flat


def _sets(case: Case, verdict: Verdict) -> bool:
    """Whether the block's activation is its own to choose, and not the loss's."""
    return case.node(verdict.block_id) is not case.plan.output


_LINEAR = frozenset(key for key, one in ACTIVATIONS.items() if one.is_linear)
_FLATTENING = frozenset(key for key, one in ACTIVATIONS.items() if flattens(one))
_NOT_CENTRED = frozenset(key for key in _FLATTENING if not ACTIVATIONS[key].zero_centred)

CURES = (
    Leaky(),
    Relu(),
    ReluInstead(),
    Everywhere(
        "relu_he",
        Word("ReLU + He"),
        Word("ReLU in {layers}, with He's start weights: its slope is 1 where a unit is on."),
        "relu",
        HE,
        instead_of=_FLATTENING,
        ranks=((Trouble.VANISHING, 20),),
    ),
    Everywhere(
        "leaky_he",
        Word("Leaky ReLU + He"),
        Word("Leaky ReLU in {layers}, with He's start weights: its slope is never zero."),
        "leaky_relu",
        HE,
        instead_of=_FLATTENING,
        ranks=((Trouble.VANISHING, 30),),
    ),
    Everywhere(
        "tanh_xavier",
        Word("tanh + Xavier"),
        Word("tanh in {layers}, with Xavier's start weights: its slope is up to four times as steep."),
        "tanh",
        XAVIER,
        instead_of=_NOT_CENTRED,
        ranks=((Trouble.VANISHING, 40),),
    ),
    Everywhere(
        "bend_tanh",
        Word("tanh + Xavier"),
        Word("tanh in {layers}, with Xavier's start weights: its bend lets the boundary curve."),
        "tanh",
        XAVIER,
        instead_of=_LINEAR,
    ),
    Everywhere(
        "bend_relu",
        Word("ReLU + He"),
        Word("ReLU in {layers}, with He's start weights: its bend lets the boundary curve."),
        "relu",
        HE,
        instead_of=_LINEAR,
    ),
    OutputTanh(),
)
