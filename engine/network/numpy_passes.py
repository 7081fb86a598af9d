"""One pass through a plan in plain numpy, forward and back: the reference that all else is held to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.activations import activation
from engine.graph.kinds.base import Array, Backward, Context, Forward, MaskSource
from engine.losses import loss, sample_shares
from engine.network.contract import Table
from engine.network.plan import Node, Plan
from engine.network.state import NetworkState


def weights_at(node: Node, state: NetworkState) -> dict[str, Array]:
    """The node's arrays by name, as views into the state."""
    views = {slot.spec.name: slot.view(state.theta) for slot in node.slots}
    views.update({slot.spec.name: slot.view(state.buffers) for slot in node.buffers})
    return views


def node_inputs(node: Node, results: list[Forward], inputs: Mapping[str, Array]) -> tuple[Array, ...]:
    """What flows into a node: its sources' a, or the table's columns for an input block."""
    sources = node.sources
    if len(sources) == 1:
        return (results[sources[0]].a,)
    return tuple([results[source].a for source in sources]) if sources else (inputs[node.id],)


Views = tuple[dict[str, Array], ...]
"""The arrays of every node by name, in the plan's order."""


def views_of(plan: Plan, state: NetworkState) -> Views:
    """The state's arrays as the nodes see them. Made once, they serve many passes."""
    return tuple(weights_at(node, state) for node in plan.nodes)


def forward_pass(
    plan: Plan,
    state: NetworkState,
    inputs: Mapping[str, Array],
    masks: MaskSource | None = None,
    views: Views | None = None,
) -> list[Forward]:
    """z⁽ˡ⁾ and a⁽ˡ⁾ of every node, in order. With ``masks`` it is a training pass: dropout on, batch statistics.

    ``views``: those of the state, where there are some.
    """
    with np.errstate(under="ignore"):
        return bare_forward(plan, inputs, masks, views or views_of(plan, state))


def bare_forward(plan: Plan, inputs: Mapping[str, Array], masks: MaskSource | None, views: Views) -> list[Forward]:
    """:func:`forward_pass`, where underflow is silenced already."""
    results: list[Forward] = []
    training = masks is not None
    usual = Context("", training)  # only what changes in training asks for more
    for node, weights in zip(plan.nodes, views, strict=True):
        context = Context(node.id, training, masks) if node.kind.changes_in_training else usual
        results.append(node.kind.forward(node.params, node_inputs(node, results, inputs), weights, context))
    return results


def output_loss(plan: Plan, output: Forward, table: Table) -> Array:
    """The loss of each row, (rows,), summed over the outputs."""
    params = plan.output.params
    function = activation(params.activation)
    per_sample: Array = loss(params.loss).per_sample(output.z, table.targets, function, params.alpha, output.a)
    return per_sample


@dataclass(frozen=True, slots=True)
class BackwardPass:
    """Each node's backward result and upstream gradient (None where nothing flows back), in the plan's order."""

    results: tuple[Backward, ...]
    upstream: tuple[Array, ...]


def backward_pass(
    plan: Plan,
    state: NetworkState,
    table: Table,
    results: list[Forward],
) -> BackwardPass:
    """Reverse-mode differentiation of the mean loss through the plan (Rumelhart, Hinton and Williams 1986)."""
    with np.errstate(under="ignore"):
        return bare_backward(plan, table, results, views_of(plan, state), sample_shares(table.rows, table.weights))


def bare_backward(plan: Plan, table: Table, results: list[Forward], views: Views, shares: Array) -> BackwardPass:
    """:func:`backward_pass`, where underflow is silenced already, with the state's ``views`` and the table's rows'
    ``shares`` (:func:`engine.losses.sample_shares`)."""
    params, output = plan.output.params, results[-1]
    function = activation(params.activation)
    delta = loss(params.loss).delta(output.z, table.targets, function, params.alpha, output.a)
    flowing: dict[int, Array] = {len(results) - 1: delta * shares[:, None]}
    found: list[Backward] = []
    for index in range(len(results) - 1, -1, -1):
        node = plan.nodes[index]
        inputs = node_inputs(node, results, table.inputs)
        back = node.kind.backward(node.params, inputs, views[index], results[index], flowing[index])
        for source, gradient in zip(node.sources, back.inputs, strict=False):
            flowing[source] = flowing[source] + gradient if source in flowing else gradient
        found.append(back)
    found.reverse()
    return BackwardPass(tuple(found), tuple([flowing[index] for index in range(len(results))]))


def flat_gradient(plan: Plan, backward: BackwardPass) -> Array:
    """∂L/∂θ, (P,), from the nodes' gradients."""
    gradient = np.zeros(plan.size)
    for node, back in zip(plan.nodes, backward.results, strict=True):
        for slot in node.slots:
            slot.view(gradient)[...] = back.weights[slot.spec.name]
    return gradient
