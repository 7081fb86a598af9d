"""PyTorch source that comes to a configuration's figures at the start, to be run beside this program."""

from __future__ import annotations

from engine.activations import activation
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.norms import EPSILON

DELTA, WEIGHT_GRADIENT, VARIANCE = "delta", "weight_gradient", "variance"
"""The lists that the source fills, one number for each hidden layer."""

_SOURCE = """\
import torch

from engine.gradients.draws import start_weights
from engine.gradients.experiment import Experiment
from engine.gradients.figures import shared_rows

# The same points and start weights; everything else is PyTorch's.
experiment = Experiment.model_validate_json('{experiment}')
rows, start = shared_rows(experiment), start_weights(experiment.configurations[{number}], experiment.seed)
x, target = torch.tensor(rows.x), torch.tensor(rows.target)
weights = [torch.tensor(w, requires_grad=True) for w in start.hidden]
zs, h = [], x
for layer, w in enumerate(weights):
    z = h @ w.T
    z.retain_grad()
    zs.append(z)
{layer}
output = h @ torch.tensor(start.output).T
torch.nn.functional.binary_cross_entropy_with_logits(output, target).backward()

delta = [float((len(x) * z.grad).square().sum(dim=1).mean().sqrt()) for z in zs]
weight_gradient = [float(w.grad.norm()) for w in weights]
variance = [float(z.detach().square().mean()) for z in zs]
print({wanted})
"""


def torch_code(experiment: Experiment, number: int, wanted: str) -> str:
    """Source that prints ``wanted``, an expression of the lists above such as ``delta[0] / delta[-1]``, of the
    configuration ``number`` (from 0)."""
    layer = "\n".join(f"    {line}" for line in _layer(experiment.configurations[number]))
    return _SOURCE.format(experiment=experiment.model_dump_json(), number=number, layer=layer, wanted=wanted)


def _layer(configuration: Configuration) -> list[str]:
    lines = [f"a = {activation(configuration.activation).torch_source('z')}"]
    if configuration.normalisation == "layer":
        lines.append(f"a = torch.nn.functional.layer_norm(a, a.shape[1:], eps={EPSILON['layer']})")
    elif configuration.normalisation == "batch":
        lines.append(f"a = torch.nn.functional.batch_norm(a, None, None, training=True, eps={EPSILON['batch']})")
    return [*lines, "h = a + h if layer else a" if configuration.skip else "h = a"]
