"""What a step does once it has its gradient, and a run after its last step, however the passes are done."""

from __future__ import annotations

from engine.network.kernels.checks import (
    BAD_GRADIENT,
    BAD_WEIGHTS,
    FINE,
    GROWN_WEIGHTS,
    all_finite,
    all_within,
    finite,
    to_blame,
)
from engine.network.kernels.layout import (
    BUFFERS,
    CLIP,
    GRADIENT,
    L1,
    L2,
    MEMORY,
    PARAMETERS,
    PULL,
    SLOTS,
    STATISTICS,
    THETA,
    StepInputs,
    StepResults,
    WorkspaceLayout,
)
from engine.network.kernels.options import Array, Index, Number, inner
from engine.network.kernels.probes import record, record_update, take_roots
from engine.network.kernels.update import clip, numbers_of, optimise, pull_to_zero, regularise


@inner
def learn(
    space: Array, layout: WorkspaceLayout, steps: StepInputs, results: StepResults, theta: Index, new_theta: Index,
    slots: Index, new_slots: Index, beta1_power: float, beta2_power: float, weighted: bool, rows: Index, step: Index,
) -> Number:  # fmt: skip
    """Make one update from the gradient in its area and record its norms where there is room; returns ``FINE`` or why
    the update is refused. The powers are those of :class:`~engine.optimizers.UpdateNumbers`."""
    layers, areas, settings, norms = layout.layers, layout.areas, steps.settings, results.norms
    count, memory, gradient, probe = areas[PARAMETERS], areas[MEMORY], areas[GRADIENT], norms.shape[1] > 0
    rate = steps.rates[step]
    if not all_finite(space, gradient, count):
        return BAD_GRADIENT
    if probe:
        record(space, layers, areas, weighted, rows, step, norms)
    regularise(space, layers, gradient, theta, settings[L1], settings[L2])
    clip(space, gradient, count, settings[CLIP])
    numbers = numbers_of(settings, rate, beta1_power, beta2_power)
    optimise(steps.optimizer, numbers, space, layers, gradient, count, theta, new_theta, slots, new_slots)
    if settings[PULL] >= 0.0:
        marks = memory - count
        pull_to_zero(space, layers, theta, new_theta, slots + marks, new_slots + marks, count, rate * settings[PULL])
    if not all_within(space, new_theta, count):
        return GROWN_WEIGHTS if finite(space, new_theta, count) else BAD_WEIGHTS
    if probe:
        record_update(space, layers, theta, new_theta, step, norms)
    return FINE


@inner
def end_run(
    space: Array, layout: WorkspaceLayout, results: StepResults, theta: Index, new_theta: Index, slots: Index,
    buffers: Index, rows: Index, step: Index, reason: int,
) -> None:  # fmt: skip
    """Say what a run ended with, and leave what it learnt in the first areas. ``rows``: of the step that failed."""
    areas, outcome = layout.areas, results.outcome
    outcome[0], outcome[1] = step, reason
    outcome[2] = to_blame(reason, space, layout.nodes, areas, new_theta, rows)
    _bring_home(space, areas[THETA], theta, areas[PARAMETERS])
    _bring_home(space, areas[SLOTS], slots, areas[MEMORY])
    _bring_home(space, areas[BUFFERS], buffers, areas[STATISTICS])
    take_roots(results.squares)


@inner
def _bring_home(space: Array, home: Index, current: Index, count: Index) -> None:
    """Copy what lies in the second area to the first."""
    if current != home:
        for k in range(count):
            space[home + k] = space[current + k]
