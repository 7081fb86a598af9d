"""Sizes of a step's gradients, block by block, and where a run that is no longer finite began to be so."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.network.contract import LARGEST_WEIGHT, NonFinite
from engine.network.plan import Node, Plan
from engine.problems import Problem, declare
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.checkpoints import tensors_of
from engine.recommenders.running.trainer import RecommenderTrainer, StepReport
from engine.training.divergence import QUANTITIES

if TYPE_CHECKING:
    from torch import Tensor

NOT_FINITE = declare(
    "recommender.non-finite",
    "Training stopped at step {step}: the {what} of “{block}” is no longer finite;"
    " lower the learning rate or start from smaller weights.",
)
GROWN = declare(
    "recommender.grown",
    "“{block}” overflowed at step {step}, so training stopped. Lower the learning rate.",
)


def problem_of(failure: NonFinite, plan: Plan) -> Problem:
    """The sentence for a failure of a run of this plan."""
    block = plan.nodes[plan.index_of(failure.block_id)].name
    if failure.what == "growth":
        return GROWN(step=failure.step, block=block)
    return NOT_FINITE(step=failure.step, block=block, what=QUANTITIES[failure.what])


def norms(report: StepReport, plan: Plan) -> dict[str, float]:
    """‖∂loss/∂(all that the block owns)‖, tables included, by the id of each block that learns."""
    return {node.id: _norm(_gradients(report, node)) for node in plan.nodes if node.slots or node.tables}


def _gradients(report: StepReport, node: Node) -> list[Tensor]:
    dense = [report.gradient[slot.offset : slot.offset + slot.size] for slot in node.slots]
    return [*dense, *(report.rows[node.id, spec.name].values for spec in node.tables)]


def _norm(tensors: list[Tensor]) -> float:
    return math.sqrt(sum(float(_square(tensor)) for tensor in tensors))


def _square(tensor: Tensor) -> Tensor:
    flat = tensor.reshape(-1)
    return flat @ flat


def is_finite(report: StepReport) -> bool:
    """Whether loss, gradients and their squares are: the optimisers add the squares up, so these must be, too."""
    total: Tensor = _square(report.gradient)
    for found in report.rows.values():
        total = total + _square(found.values)
    return math.isfinite(report.loss) and math.isfinite(float(total))


def first_non_finite(trainer: RecommenderTrainer, batch: PreparedRows, report: StepReport) -> NonFinite:
    """Where a step that :func:`is_finite` denies began to go wrong: from the input on, then from the output back."""
    import torch

    network, plan = trainer.network, trainer.network.plan
    with torch.no_grad():
        z = network.forward(batch, network.look_up(batch), network.theta, trainer.masks())[0]
    for at, node in enumerate(plan.nodes):
        if at in z and not bool(torch.isfinite(z[at]).all()):
            return NonFinite(trainer.step, node.id, "z")
    if not math.isfinite(report.loss):
        return NonFinite(trainer.step, plan.output.id, "loss")
    bad = [node for node in plan.nodes if not math.isfinite(_norm(_gradients(report, node)))]
    return NonFinite(trainer.step, (bad[-1] if bad else plan.output).id, "gradient")


def grown(trainer: RecommenderTrainer, loss: float) -> NonFinite | None:
    """Where a step has left a dense parameter, or had a loss, beyond :data:`LARGEST_WEIGHT`: saturated units can keep a
    hopeless run finite for ever."""
    theta = trainer.network.theta
    if theta.numel() and float(theta.abs().max()) > LARGEST_WEIGHT:
        return bad_weights(trainer)
    if loss > LARGEST_WEIGHT:
        return NonFinite(trainer.step, trainer.network.plan.output.id, "growth")
    return None


def bad_weights(trainer: RecommenderTrainer) -> NonFinite | None:
    """The first block, from the input on, some of whose parameters are not finite or beyond measure."""
    import torch

    tensors = tensors_of(trainer.network)
    for node in trainer.network.plan.nodes:
        own = [tensor for name, tensor in tensors.items() if name.startswith(f"{node.id}/")]
        if not all(bool(torch.isfinite(tensor).all()) for tensor in own):
            return NonFinite(trainer.step, node.id, "weights")
        if any(float(tensor.abs().max()) > LARGEST_WEIGHT for tensor in own if tensor.numel()):
            return NonFinite(trainer.step, node.id, "growth")
    return None
