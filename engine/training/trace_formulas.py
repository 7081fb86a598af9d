"""The mathtext lines of a traced pass that depend on where a block stands."""

from __future__ import annotations

from engine.activations import activation
from engine.losses import loss
from engine.network.plan import Plan

FROM_NEXT_LAYER = r"\delta^{(l)} = (W^{(l+1)\top} \delta^{(l+1)}) \odot f'(z^{(l)})"
FROM_UPSTREAM = r"\delta^{(l)} = E \odot f'(z^{(l)}),\quad E = \partial L/\partial a^{(l)}"
FROM_WHOLE_LAYER = r"\delta^{(l)} = a^{(l)} \odot (E - E^{\top} a^{(l)}),\quad E = \partial L/\partial a^{(l)}"
"""Softmax: every a depends on every z, so that f' is a matrix and not a factor for each unit."""
THROUGH = r"E_{\mathrm{in}} = \frac{\partial a}{\partial z}^{\top} E"


OUTPUT_WHOLE_LAYER = r"\delta_k = o_k\,(E_k - \Sigma_j E_j o_j),\quad E = o - t"


def backward_formula(plan: Plan, index: int) -> str:
    """The line by which a node's δ comes about or, where it has none, what it hands back.

    W⊤δ of the next layer stands for E = ∂L/∂a only where that layer is the single block which the node feeds.
    """
    node = plan.nodes[index]
    if node is plan.output:
        return _output_formula(plan)
    if not node.kind.has_delta:
        return THROUGH
    if not activation(node.params.activation).elementwise:
        return FROM_WHOLE_LAYER
    consumers = [other for other in plan.nodes for source in other.sources if source == index]
    alone = len(consumers) == 1 and consumers[0].kind.probed
    return FROM_NEXT_LAYER if alone and node.kind.probed else FROM_UPSTREAM


def _output_formula(plan: Plan) -> str:
    criterion, function = loss(plan.output.params.loss), activation(plan.output.params.activation)
    if criterion.fixed_activation is None and not function.elementwise:
        return OUTPUT_WHOLE_LAYER
    return criterion.delta_formula
