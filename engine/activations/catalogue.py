"""Every activation of the program, in the order the palette shows them (curriculum §2)."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from types import MappingProxyType

from engine.activations import functions as f
from engine.activations import twins
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ActivationParameter, NumpyFunctions

_IDENTITY = Activation(
    key="identity",
    label="identity",
    opcode=0,
    formula=r"z",
    derivative_formula=r"1",
    output_range=(-inf, inf),
    output_set=r"(-\infty, \infty)",
    derivative_range=(1.0, 1.0),
    derivative_set=r"\{1\}",
    continuous=True,
    differentiable=True,
    zero_centred=True,
    saturates=Saturation.NONE,
    fact="A stack of identity layers is still one affine map: without a bend, depth adds nothing.",
    torch_expression="{z}",
    functions=NumpyFunctions(f.identity, f.identity_slope),
    twin=twins.identity,
)

_STEP = Activation(
    key="step",
    label="step",
    opcode=1,
    formula=r"1\ \mathrm{if}\ z \geq 0,\ \mathrm{else}\ 0",
    derivative_formula=r"0\ \mathrm{for}\ z \neq 0",
    output_range=(0.0, 1.0),
    output_set=r"\{0, 1\}",
    derivative_range=(0.0, 0.0),
    derivative_set=r"\{0\}",
    continuous=False,
    differentiable=False,
    zero_centred=False,
    saturates=Saturation.BOTH,
    fact="Its derivative is 0 almost everywhere, so gradient descent cannot train the layers before it.",
    torch_expression="torch.clamp(torch.floor({z}) + 1, 0, 1)",
    functions=NumpyFunctions(f.step, f.step_slope),
    twin=twins.step,
    exactly_flat=True,
)

_LOGISTIC = Activation(
    key="logistic",
    label="logistic",
    opcode=2,
    formula=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    derivative_formula=r"\sigma(z)\,(1 - \sigma(z))",
    output_range=(0.0, 1.0),
    output_set=r"(0, 1)",
    derivative_range=(0.0, 0.25),
    derivative_set=r"(0, \frac{1}{4}]",
    continuous=True,
    differentiable=True,
    zero_centred=False,
    saturates=Saturation.BOTH,
    fact="Its derivative y(1 − y) never exceeds 1/4, so each logistic layer shrinks the gradient "
    "at least fourfold unless the weights make up for it.",
    torch_expression="torch.sigmoid({z})",
    functions=NumpyFunctions(f.logistic, f.logistic_slope),
    twin=twins.logistic,
)

_TANH = Activation(
    key="tanh",
    label="tanh",
    opcode=3,
    formula=r"\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
    derivative_formula=r"1 - \tanh^2(z)",
    output_range=(-1.0, 1.0),
    output_set=r"(-1, 1)",
    derivative_range=(0.0, 1.0),
    derivative_set=r"(0, 1]",
    continuous=True,
    differentiable=True,
    zero_centred=True,
    saturates=Saturation.BOTH,
    fact="It is the logistic function stretched, 2σ(2z) − 1: centred on zero, with a derivative 1 − y² of up to 1.",
    torch_expression="torch.tanh({z})",
    functions=NumpyFunctions(f.tanh, f.tanh_slope),
    twin=twins.tanh,
)

_RELU = Activation(
    key="relu",
    label="ReLU",
    opcode=4,
    formula=r"\max(0, z)",
    derivative_formula=r"1\ \mathrm{if}\ z > 0,\ \mathrm{else}\ 0",
    output_range=(0.0, inf),
    output_set=r"[0, \infty)",
    derivative_range=(0.0, 1.0),
    derivative_set=r"\{0, 1\}",
    continuous=True,
    differentiable=False,
    zero_centred=False,
    saturates=Saturation.LEFT,
    fact="About half the units are active at a symmetric start; one that is zero for every sample "
    "gets no gradient and is dead.",
    torch_expression="torch.relu({z})",
    functions=NumpyFunctions(f.relu, f.relu_slope),
    twin=twins.relu,
    exactly_flat=True,
)

_LEAKY_RELU = Activation(
    key="leaky_relu",
    label="Leaky ReLU",
    opcode=5,
    formula=r"\max(0, z) + \gamma\,\min(0, z)",
    derivative_formula=r"1\ \mathrm{if}\ z > 0,\ \mathrm{else}\ \gamma",
    output_range=(-inf, inf),
    output_set=r"(-\infty, \infty)",
    derivative_range=(0.01, 1.0),
    derivative_set=r"\{\gamma, 1\}",
    continuous=True,
    differentiable=False,
    zero_centred=False,
    saturates=Saturation.NONE,
    fact="The slope γ on the left lets a little gradient through, so a dead ReLU unit comes back to life.",
    torch_expression="torch.nn.functional.leaky_relu({z}, {alpha!r})",
    functions=NumpyFunctions(f.leaky_relu, f.leaky_relu_slope),
    twin=twins.leaky_relu,
    parameter=ActivationParameter("gamma", "γ", default=0.01, minimum=0.0, maximum=1.0),
)

_ELU = Activation(
    key="elu",
    label="ELU",
    opcode=6,
    formula=r"z\ \mathrm{if}\ z > 0,\ \mathrm{else}\ \alpha\,(e^{z} - 1)",
    derivative_formula=r"1\ \mathrm{if}\ z > 0,\ \mathrm{else}\ \alpha\,e^{z}",
    output_range=(-1.0, inf),
    output_set=r"(-\alpha, \infty)",
    derivative_range=(0.0, 1.0),
    derivative_set=r"(0, \max(1, \alpha)]",
    continuous=True,
    differentiable=True,
    zero_centred=False,
    saturates=Saturation.LEFT,
    fact="It settles at −α on the left, which brings the mean activation nearer to zero than ReLU's; "
    "at α = 1 it has no kink.",
    torch_expression="torch.nn.functional.elu({z}, {alpha!r})",
    functions=NumpyFunctions(f.elu, f.elu_slope),
    twin=twins.elu,
    parameter=ActivationParameter("alpha", "α", default=1.0, minimum=0.0, maximum=3.0),
)

_SOFTPLUS = Activation(
    key="softplus",
    label="softplus",
    opcode=7,
    formula=r"\ln(1 + e^{z})",
    derivative_formula=r"\sigma(z)",
    output_range=(0.0, inf),
    output_set=r"(0, \infty)",
    derivative_range=(0.0, 1.0),
    derivative_set=r"(0, 1)",
    continuous=True,
    differentiable=True,
    zero_centred=False,
    saturates=Saturation.LEFT,
    fact="It is ReLU with the corner rounded off, and its derivative is the logistic function.",
    torch_expression="torch.nn.functional.softplus({z}, threshold=40.0)",
    functions=NumpyFunctions(f.softplus, f.softplus_slope),
    twin=twins.softplus,
)

_SILU = Activation(
    key="silu",
    label="SiLU",
    opcode=8,
    formula=r"z\,\sigma(z)",
    derivative_formula=r"\sigma(z)\,(1 + z\,(1 - \sigma(z)))",
    output_range=(-0.2784645427610738, inf),
    output_set=r"[-0.278, \infty)",
    derivative_range=(-0.09983932012886692, 1.0998393201288669),
    derivative_set=r"[-0.0998, 1.0998]",
    continuous=True,
    differentiable=True,
    zero_centred=False,
    saturates=Saturation.LEFT,
    fact="Each unit gates itself, z times its own logistic; it dips below zero before it flattens out.",
    torch_expression="torch.nn.functional.silu({z})",
    functions=NumpyFunctions(f.silu, f.silu_slope),
    twin=twins.silu,
)

_GELU = Activation(
    key="gelu",
    label="GELU (exact)",
    opcode=9,
    formula=r"z\,\Phi(z) = \frac{z}{2}\left(1 + \mathrm{erf}\,\frac{z}{\sqrt{2}}\right)",
    derivative_formula=r"\Phi(z) + \frac{z}{\sqrt{2\pi}}\,e^{-z^2/2}",
    output_range=(-0.16997120747990366, inf),
    output_set=r"[-0.170, \infty)",
    derivative_range=(-0.12890414518515479, 1.1289041451851548),
    derivative_set=r"[-0.1289, 1.1289]",
    continuous=True,
    differentiable=True,
    zero_centred=False,
    saturates=Saturation.LEFT,
    fact="Each input is weighted by the probability Φ(z) that a standard normal number is smaller than it.",
    torch_expression="torch.nn.functional.gelu({z})",
    functions=NumpyFunctions(f.gelu, f.gelu_slope, f.gelu_together),
    twin=twins.gelu,
)

_GELU_TANH = Activation(
    key="gelu_tanh",
    label="GELU (tanh)",
    opcode=10,
    formula=r"\frac{z}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(z + 0.044715\,z^3)\right)\right)",
    derivative_formula=r"\frac{1 + t}{2} + \frac{z\,(1 - t^2)}{2}\sqrt{2/\pi}\,(1 + 0.134145\,z^2)"
    r",\ t = \tanh\left(\sqrt{2/\pi}\,(z + 0.044715\,z^3)\right)",
    output_range=(-0.17004075057125405, inf),
    output_set=r"[-0.170, \infty)",
    derivative_range=(-0.12899306866877177, 1.1289930686687718),
    derivative_set=r"[-0.1290, 1.1290]",
    continuous=True,
    differentiable=True,
    zero_centred=False,
    saturates=Saturation.LEFT,
    fact="The tanh approximation of GELU differs from the exact one by less than 0.0005 everywhere.",
    torch_expression='torch.nn.functional.gelu({z}, approximate="tanh")',
    functions=NumpyFunctions(f.gelu_tanh, f.gelu_tanh_slope),
    twin=twins.gelu_tanh,
)

_SOFTMAX = Activation(
    key="softmax",
    label="softmax",
    opcode=11,
    formula=r"a_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
    derivative_formula=r"\frac{\partial a_i}{\partial z_j} = a_i\,([i = j] - a_j)",
    output_range=(0.0, 1.0),
    output_set=r"(0, 1)",
    derivative_range=(0.0, 0.25),
    derivative_set=r"(0, \frac{1}{4}]\ \mathrm{on\ the\ diagonal}",
    continuous=True,
    differentiable=True,
    zero_centred=False,
    saturates=Saturation.BOTH,
    fact="The outputs are positive and sum to one, so each one depends on every z of the layer.",
    torch_expression="torch.softmax({z}, dim=-1)",
    functions=NumpyFunctions(f.softmax, f.softmax_slope),
    twin=twins.softmax,
    elementwise=False,
)

_PALETTE = (
    _IDENTITY, _STEP, _LOGISTIC, _TANH, _RELU, _LEAKY_RELU, _ELU, _SOFTPLUS, _SILU, _GELU, _GELU_TANH,
    _SOFTMAX,
)  # fmt: skip

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType({one.key: one for one in _PALETTE})
"""Every activation by key, in palette order."""
