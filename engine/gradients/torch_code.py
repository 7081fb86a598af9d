"""PyTorch source that comes to a configuration's figures at the start, to be run anywhere, without this program."""

from __future__ import annotations

from engine.activations import activation
from engine.gradients.building import OUTPUT_ID, hidden_id
from engine.gradients.draws import INPUTS, OUTPUTS
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import shared_rows
from engine.gradients.norms import EPSILON
from engine.initializers import initializer

DELTA, WEIGHT_GRADIENT, VARIANCE = "delta", "weight_gradient", "variance"
"""The lists that the source fills, one number for each hidden layer."""

_SOURCE = """\
import hashlib

import numpy as np
import torch

# The points, as (x1, x2, class), and the start weights, drawn from the same seed.
points = torch.tensor({points}, dtype=torch.float64)


def stream(block, part):
    digest = hashlib.blake2b(f"{seed}:{{part}}:{{block}}".encode(), digest_size=16).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(digest, "little")))


def drawn(block, units, inputs):
{draw}


x, target = points[:, :2], points[:, 2:]
blocks = {blocks}
weights = [torch.tensor(factor * drawn(*block), requires_grad=True) for *block, factor in blocks]
zs, h = [], x
for layer, w in enumerate(weights[:-1]):
    z = h @ w.T
    z.retain_grad()
    zs.append(z)
{layer}
torch.nn.functional.binary_cross_entropy_with_logits(h @ weights[-1].T, target).backward()

delta = [float((len(x) * z.grad).square().sum(dim=1).mean().sqrt()) for z in zs]
weight_gradient = [float(w.grad.norm()) for w in weights[:-1]]
variance = [float(z.detach().square().mean()) for z in zs]
print({wanted})
"""
_NORMAL = "return np.stack([stream(block, row).standard_normal((1, inputs))[0] for row in range(units)])"
_UNIFORM = "return np.stack([stream(block, row).uniform(-1.0, 1.0, (1, inputs))[0] for row in range(units)])"
_ORTHOGONAL = """\
tall = stream(block, "whole").standard_normal((max(units, inputs), min(units, inputs)))
q, r = np.linalg.qr(tall)
q = q * np.where(np.diagonal(r) < 0.0, -1.0, 1.0)
return q if units >= inputs else q.T.copy()"""
_DRAWS = {
    "zeros": "return np.zeros((units, inputs))",
    "constant": "return np.ones((units, inputs))",
    "uniform": _UNIFORM,
    "normal": _NORMAL,
    "xavier_uniform": _UNIFORM,
    "xavier_normal": _NORMAL,
    "he_uniform": _UNIFORM,
    "he_normal": _NORMAL,
    "lecun_normal": _NORMAL,
    "orthogonal": _ORTHOGONAL,
}


def torch_code(experiment: Experiment, number: int, wanted: str) -> str:
    """Source that prints ``wanted``, an expression of the lists above such as ``delta[0] / delta[-1]``, of the
    configuration ``number`` (from 0)."""
    configuration, rows = experiment.configurations[number], shared_rows(experiment)
    points = [[*map(float, x), float(*target)] for x, target in zip(rows.x, rows.target, strict=True)]
    return _SOURCE.format(
        points=points,
        seed=experiment.seed,
        draw=_indented(_DRAWS[configuration.initializer].splitlines()),
        blocks=_blocks(configuration),
        layer=_indented(_layer(configuration)),
        wanted=wanted,
    )


def _indented(lines: list[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)


def _blocks(configuration: Configuration) -> str:
    """Each block's name, its units, what comes into each, and what its draw is multiplied by."""
    c, chosen = configuration, initializer(configuration.initializer)
    shapes = [(hidden_id(layer), c.width, c.width if layer > 1 else INPUTS) for layer in range(1, c.depth + 1)]
    shapes.append((OUTPUT_ID, OUTPUTS, c.width))
    lines = [repr((block, units, inputs, chosen.factor((units, inputs), c.scale))) for block, units, inputs in shapes]
    return "[\n" + "".join(f"    {line},\n" for line in lines) + "]"


def _layer(configuration: Configuration) -> list[str]:
    lines = [f"a = {activation(configuration.activation).torch_source('z')}"]
    if configuration.normalisation == "layer":
        lines.append(f"a = torch.nn.functional.layer_norm(a, a.shape[1:], eps={EPSILON['layer']})")
    elif configuration.normalisation == "batch":
        lines.append(f"a = torch.nn.functional.batch_norm(a, None, None, training=True, eps={EPSILON['batch']})")
    return [*lines, "h = a + h if layer else a" if configuration.skip else "h = a"]
