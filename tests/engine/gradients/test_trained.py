"""PyTorch's word on what is measured while training: at the weights of that moment, held to a network written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from engine.gradients.building import setup_of
from engine.gradients.check import trained_by
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import shared_dataset, shared_rows
from engine.gradients.presets import PRESETS
from engine.gradients.training import checkable, train
from engine.gradients.verdict import Reason, judgement
from engine.network.state import weights_of
from engine.training.session import TrainingSession
from engine.training.verdicts import Trouble

if TYPE_CHECKING:
    import torch

STEPS = 25


@pytest.mark.torch
@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize(
    "configuration",
    [
        Configuration(depth=4, width=6, activation="tanh", initializer="xavier_normal", scale=1.0),
        Configuration(depth=3, width=5, scale=1.0, normalisation="layer", skip=True, optimizer="adam", rate=0.01),
        Configuration(depth=3, width=5, scale=1.0, normalisation="batch", clip_norm=0.1),
    ],
)
@pytest.mark.parametrize("step", [7, STEPS])
def test_autograd_at_the_weights_of_a_step_says_what_was_measured_there(
    configuration: Configuration, step: int, compiled: bool
) -> None:
    experiment = Experiment(configurations=(configuration,), samples=40)
    run = train(configuration, shared_dataset(experiment), experiment.seed, STEPS, compiled=compiled)
    delta, weights = trained_by(experiment, 0, step, compiled=run.compiled, backend="torch")
    np.testing.assert_allclose(delta, run.delta[step], rtol=1e-9)
    np.testing.assert_allclose(weights, run.weight_gradient[step], rtol=1e-9)
    assert not np.allclose(run.delta[step], run.delta[0], rtol=1e-3)  # training has moved it


def test_it_is_the_networks_own_gradient_after_these_steps() -> None:
    """The weights by the playground's session, all else written out in torch."""
    torch = pytest.importorskip("torch")
    configuration = Configuration(depth=3, width=5, activation="tanh", initializer="xavier_normal", scale=1.0, rate=0.5)
    experiment = Experiment(configurations=(configuration,), samples=40)
    session = TrainingSession(setup_of(configuration, shared_dataset(experiment), experiment.seed))
    session.run_steps(STEPS)
    stored = weights_of(session.plan, session.state)
    rows = shared_rows(experiment)
    zs: list[torch.Tensor] = []
    h = torch.tensor(rows.x)
    for block in ("dense-1", "dense-2", "dense-3", "output-1"):
        h = h @ torch.tensor(stored[block, "W"]).T + torch.tensor(stored[block, "b"])
        h.requires_grad_() if not zs else None
        h.retain_grad()
        zs.append(h)
        h = torch.tanh(h)
    torch.nn.functional.binary_cross_entropy_with_logits(zs[-1], torch.tensor(rows.target)).backward()
    expected = [float((len(rows.x) * z.grad).square().sum(dim=1).mean().sqrt()) for z in zs[:-1] if z.grad is not None]
    np.testing.assert_allclose(
        trained_by(experiment, 0, STEPS, compiled=False, backend="torch")[0], expected, rtol=1e-9
    )


def test_only_what_is_soon_done_again_is_checked() -> None:
    assert checkable(Configuration(), 250, 2000)
    assert not checkable(Configuration(depth=50, width=128), 1000, 2000)


def test_a_signal_that_explodes_is_called_so_after_the_step_that_throws_the_loss_off() -> None:
    experiment = next(one.experiment for one in PRESETS if one.key == "exploding")
    run = train(experiment.configurations[0], shared_dataset(experiment), experiment.seed, 1)
    assert run.loss[1] > 1e10
    found = judgement(run.delta[1], course=run.course(1))
    assert found.trouble is Trouble.EXPLODING and found.reason is Reason.RATIO and found.ratio > 1e10
