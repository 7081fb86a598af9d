"""A configuration's figures by somebody else, from the same weights and rows: by PyTorch's autograd, or by the numpy
reference without it. It may import torch, so it is not for a GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np

from engine.activations import activation
from engine.extras import has_torch, load_torch
from engine.gradients.draws import start_weights
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import shared_dataset, shared_rows
from engine.gradients.norms import EPSILON
from engine.gradients.training import Look, LookBackend, look_after
from engine.graph.kinds.base import Array
from engine.value_check import CheckedValue, Oracle, unanswered

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """As :class:`engine.gradients.signal.ErrorSignal` has them: ``delta``, ``weight_gradient``, ``variance`` (depth,);
    ``factors`` (depth − 1,) or None with batch norm, where samples hang together and no Jacobian is one sample's."""

    delta: Array
    weight_gradient: Array
    variance: Array
    factors: Array | None


def check_figures(experiment: Experiment, number: int) -> CheckedValue[CheckFigures]:
    """The figures of the configuration ``number`` (from 0) at the start, but for its gains without torch."""
    if has_torch():
        return CheckedValue(figures_by_torch(experiment, number), Oracle.TORCH)
    look = _look(experiment, number, 0, compiled=False, backend="numpy")
    return CheckedValue(CheckFigures(look.delta, look.weight_gradient, look.variance, None), Oracle.NUMPY)


def check_gains(experiment: Experiment, number: int) -> CheckedValue[CheckFigures]:
    """The figures with their gains. Raises EngineError without torch, which alone has the Jacobians."""
    if not has_torch():
        raise unanswered()
    return check_figures(experiment, number)


def check_trained(
    experiment: Experiment, number: int, steps: int, *, compiled: bool
) -> CheckedValue[tuple[tuple[float, ...], tuple[float, ...]]]:
    """‖δ‖ and ‖∂L/∂W‖ after so many steps, done once more, at the weights that they lead to. Raises EngineError
    without torch where the steps are numpy's too."""
    if not has_torch() and not compiled:
        raise unanswered()
    backend: LookBackend = "torch" if has_torch() else "numpy"
    delta, weights = trained_by(experiment, number, steps, compiled=compiled, backend=backend)
    return CheckedValue((delta, weights), Oracle(backend))


@lru_cache(maxsize=8)
def figures_by_torch(experiment: Experiment, number: int) -> CheckFigures:
    """What autograd says of the configuration ``number`` (from 0)."""
    load_torch()
    import torch

    configuration = experiment.configurations[number]
    rows, start = shared_rows(experiment), start_weights(configuration, experiment.seed)
    weights = [torch.tensor(one, requires_grad=True) for one in start.hidden]
    passed = _forward(configuration, weights, torch.tensor(rows.x))
    output = passed[-1][1] @ torch.tensor(start.output).T
    target = torch.tensor(rows.target)
    torch.nn.functional.binary_cross_entropy_with_logits(output, target).backward()
    count = len(rows.x)
    deltas = [_gradient(z) * count for z, _ in passed]
    given = [_gradient(h) * count for _, h in passed]
    factors = (
        None if configuration.normalisation == "batch" else _factors(configuration, weights, passed, deltas, given)
    )
    return CheckFigures(
        np.array([float(one.square().sum(dim=1).mean().sqrt()) for one in deltas]),
        np.array([float(_gradient(one).norm()) for one in weights]),
        np.array([float(z.detach().square().mean()) for z, _ in passed]),
        factors,
    )


@lru_cache(maxsize=8)
def trained_by(
    experiment: Experiment, number: int, steps: int, *, compiled: bool, backend: LookBackend
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """‖δ‖ and ‖∂L/∂W‖ of the configuration ``number`` (from 0) after so many steps, by the backend at its weights
    there."""
    look = _look(experiment, number, steps, compiled=compiled, backend=backend)
    return tuple(look.delta.tolist()), tuple(look.weight_gradient.tolist())


def _look(experiment: Experiment, number: int, steps: int, *, compiled: bool, backend: LookBackend) -> Look:
    configuration, dataset = experiment.configurations[number], shared_dataset(experiment)
    return look_after(configuration, dataset, experiment.seed, steps, compiled=compiled, backend=backend)


def _gradient(tensor: Tensor) -> Tensor:
    assert tensor.grad is not None
    return tensor.grad


def _forward(configuration: Configuration, weights: list[Tensor], x: Tensor) -> list[tuple[Tensor, Tensor]]:
    """(z, what the layer gives) of every hidden layer; both keep their gradients."""
    found: list[tuple[Tensor, Tensor]] = []
    given = x
    for number, matrix in enumerate(weights):
        z = given @ matrix.T
        given = _behind(configuration, z, given if number else None)
        z.retain_grad()
        given.retain_grad()
        found.append((z, given))
    return found


def _behind(configuration: Configuration, z: Tensor, fed: Tensor | None) -> Tensor:
    """What a layer gives for its z; ``fed`` goes round it with skip connections, None for the first layer."""
    from torch.nn import functional

    a = activation(configuration.activation).torch(z)
    if configuration.normalisation == "layer":
        a = functional.layer_norm(a, a.shape[1:], eps=EPSILON["layer"])
    elif configuration.normalisation == "batch":
        a = functional.batch_norm(a, None, None, training=True, eps=EPSILON["batch"])
    return a + fed if configuration.skip and fed is not None else a


def _factors(
    configuration: Configuration,
    weights: list[Tensor],
    passed: list[tuple[Tensor, Tensor]],
    deltas: list[Tensor],
    given: list[Tensor],
) -> Array:
    """The gains of :mod:`engine.gradients.gains`, unit vector by unit vector through autograd."""

    def own(z: Tensor) -> Tensor:
        return _behind(configuration, z, None)

    def onward(z: Tensor, matrix: Tensor) -> Tensor:
        return own(z) @ matrix.T

    def past(fed: Tensor, matrix: Tensor) -> Tensor:
        return _behind(configuration, fed @ matrix.T, fed)

    found = []
    for at, matrix in enumerate(one.detach() for one in weights[1:]):
        z, fed = (one.detach() for one in passed[at])
        if not configuration.skip:
            found.append(_gain(partial(onward, matrix=matrix), z, deltas[at + 1]))
        else:
            gain = _gain(partial(past, matrix=matrix), fed, given[at + 1])
            here, behind = (_gain(own, passed[place][0].detach(), given[place]) for place in (at, at + 1))
            found.append(gain * here / behind)
    return np.array(found)


def _gain(step: Callable[[Tensor], Tensor], point: Tensor, arriving: Tensor) -> float:
    """√(Σᵢ vᵢ ‖Jᵢ‖_F²/n / Σᵢ vᵢ) of the way back through a step at a point, vᵢ = ‖arrivingᵢ‖² of each sample."""
    import torch

    point = point.clone().requires_grad_(True)
    result = step(point)
    energy = arriving.square().sum(dim=1)
    energy = energy / energy.max() if float(energy.max()) > 0.0 else torch.ones_like(energy)
    squares = torch.zeros_like(energy)
    for unit in range(result.shape[1]):
        direction = torch.zeros_like(result)
        direction[:, unit] = 1.0
        (back,) = torch.autograd.grad(result, point, direction, retain_graph=True)
        squares += back.square().sum(dim=1)
    return float((energy * squares).sum().div(result.shape[1] * energy.sum()).sqrt())
