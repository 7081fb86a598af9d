"""Builds a :class:`PassTrace`: the reference backend's own numbers, in the order that they happen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from engine.activations import activation
from engine.graph.kinds.base import Array, Forward, MaskSource
from engine.hyperparameters import Hyperparameters
from engine.losses import loss, sample_shares
from engine.network.contract import Table, TrainJob
from engine.network.numpy_backend import apply_update
from engine.network.numpy_passes import BackwardPass, backward_pass, flat_gradient, forward_pass, output_loss
from engine.network.plan import Plan
from engine.network.state import NetworkState, weights_of
from engine.optimizers import OPTIMIZERS, clip, regularise
from engine.training.trace import PassTrace, Phase, Stage, UpdateTrace
from engine.training.trace_formulas import backward_formula

_NONE = np.zeros(0, dtype=np.int64)


def trace_pass(
    plan: Plan, state: NetworkState, table: Table, rows: tuple[int, ...], hyper: Hyperparameters, rate: float
) -> PassTrace:
    """One pass over the table's rows on a copy of the state: forward, loss, backward, and the update it would make.

    A mini-batch (two rows or more) passes as it would in the coming step: dropout with that step's masks, batch norm
    with the batch's own mean and variance, so that the update shown is the one which training on these rows makes.
    A single row passes as an answer does, with dropout off and batch norm's running statistics.
    """
    with np.errstate(all="ignore"):
        copy = state.copy()
        weights = weights_of(plan, copy)
        masks = MaskSource(hyper.seed, state.step) if table.rows > 1 else None
        results = forward_pass(plan, copy, table.inputs, masks)
        per_sample = output_loss(plan, results[-1], table)
        back = backward_pass(plan, copy, table, results)
        stages = _forward_stages(plan, results)
        stages.append(_loss_stage(plan, results[-1], table, per_sample))
        stages += _backward_stages(plan, back)
        update = _updated(plan, copy, back, TrainJob(table, _NONE, _NONE, np.array([rate]), hyper, hyper.seed))
        stages += _update_stages(plan, update)
    mean = float(per_sample @ sample_shares(table.rows, table.weights))
    output = results[-1].a
    return PassTrace(rows, table.inputs, table.targets, output, mean, weights, rate, tuple(stages), plan, update)


def _forward_stages(plan: Plan, results: list[Forward]) -> list[Stage]:
    return [
        Stage(Phase.FORWARD, node.id, node.kind.formula(node.params), {"z": result.z, "a": result.a}, result.cache)
        for node, result in zip(plan.nodes, results, strict=True)
    ]


def _loss_stage(plan: Plan, output: Forward, table: Table, per_sample: Array) -> Stage:
    params = plan.output.params
    values = {
        "z": output.z,
        "a": output.a,
        "target": table.targets,
        "loss": per_sample,
        "delta": loss(params.loss).delta(output.z, table.targets, activation(params.activation), params.alpha),
    }
    return Stage(Phase.LOSS, plan.output.id, loss(params.loss).formula, values)


def _backward_stages(plan: Plan, back: BackwardPass) -> list[Stage]:
    stages = []
    for index in range(len(plan.nodes) - 1, -1, -1):
        node, result = plan.nodes[index], back.results[index]
        values: dict[str, Array] = {} if node is plan.output else {"upstream": back.upstream[index]}
        values |= result.weights
        if result.delta is not None:
            values["delta"] = result.delta
        kept = {"handed": result.inputs[0]} if len(result.inputs) == 1 else {}
        if node.sources:
            stages.append(Stage(Phase.BACKWARD, node.id, backward_formula(plan, index), values, kept))
    return stages


def _updated(plan: Plan, state: NetworkState, back: BackwardPass, job: TrainJob) -> UpdateTrace:
    """Update the state, and keep what each part of that did."""
    hyper, rate = job.hyper, float(job.rates[0])
    before, slots_before = state.theta.copy(), state.slots.copy()
    gradient = flat_gradient(plan, back)
    penalised = gradient.copy()
    regularise(penalised, before, plan.decay_mask, hyper.l1_of_gradient, hyper.l2)
    clipped = penalised.copy()
    norm = clip(clipped, hyper.clip_norm if hyper.clip_norm is not None else math.inf)
    alone = state.copy()
    unpulled = hyper.model_copy(update={"l1": hyper.l1_of_gradient, "l1_at_zero": "crosses"})
    apply_update(plan, alone, gradient.copy(), rate, replace(job, hyper=unpulled))
    apply_update(plan, state, gradient.copy(), rate, job)
    return UpdateTrace(
        hyper, rate, state.step + 1, gradient, penalised, clipped, norm, before, state.theta.copy(), slots_before,
        state.slots.copy(), alone.theta, state.stuck.copy(),
    )  # fmt: skip


def _update_stages(plan: Plan, update: UpdateTrace) -> list[Stage]:
    change = update.after - update.before
    formula = OPTIMIZERS[update.hyper.optimizer].formula
    stages = []
    for node in plan.nodes:
        values: Mapping[str, Array] = {slot.spec.name: slot.view(change).copy() for slot in node.slots}
        if values:
            stages.append(Stage(Phase.UPDATE, node.id, formula, values))
    return stages
