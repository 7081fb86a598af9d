"""One forward and one backward pass of a configuration as it begins, and each layer's figures.

It is the numpy backend's arithmetic (:mod:`engine.network.numpy_backend`) for this one family of networks, without a
plan, a state and gradients that nobody looks at: 50 layers of 64 units are passed within a slider's tick. Tests hold it
to the session's own numbers and to ``torch.autograd``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.activations import Activation, activation
from engine.gradients.array_pool import LayerArrays, lent_room
from engine.gradients.building import LOSS
from engine.gradients.draws import Weights, start_weights
from engine.gradients.experiment import Configuration
from engine.gradients.gains import Jacobian, energies, gain_of_signal, gain_of_step, gain_past
from engine.gradients.norms import Normalised, normalise, through_norm
from engine.gradients.rows import Rows
from engine.gradients.saturation import Closed, closed_in
from engine.graph.kinds.base import Array
from engine.losses import loss
from engine.training.health import dead_units

CRITERION = loss(LOSS)
SMALLEST, LARGEST = 1e-280, 1e280
"""Sums of squares between these have lost nothing."""


@dataclass(frozen=True, slots=True)
class ErrorSignal:
    """Per hidden layer, from the input's side, (depth,) each unless said otherwise.

    ``delta``: ‖δ‖, the root of the mean over the samples of ‖δᵢ‖², δᵢ = ∂Lᵢ/∂z of one sample's loss; the same figure
    as :class:`engine.network.contract.TrainReport` has. ``weight_gradient``: ‖∂L/∂W‖ (Frobenius) of the mean loss.
    ``variance``: the mean of z² over samples and units. ``slope``: the root of the mean of f′(z)².
    ``factors`` (depth − 1,): what layer l does to a signal of no particular direction on the way from z of layer l + 1
    to its own, see :mod:`engine.gradients.gains`. ``output_delta``: ‖δ‖ of the output. ``loss``: the mean loss.
    ``dead`` (depth,): the units that are dead, see :func:`engine.training.health.dead_units`.
    ``closed``: what is saturated, None for functions that are not on both sides.
    Where numbers overflow they are infinite or NaN, and where they underflow 0, as float64 has them.
    """

    delta: Array
    weight_gradient: Array
    variance: Array
    slope: Array
    factors: Array
    output_delta: float
    loss: float
    dead: tuple[tuple[int, ...], ...] = ()
    closed: Closed | None = None

    @property
    def depth(self) -> int:
        """Number of hidden layers."""
        return len(self.delta)

    @property
    def ratio(self) -> float:
        """‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖, of the first and the last hidden layer; NaN where that is no number."""
        return ratio_of(self.delta)

    @property
    def shares(self) -> Array:
        """‖δ⁽ˡ⁾‖/‖δ⁽ᴸ⁾‖, (depth,)."""
        with np.errstate(all="ignore"):
            return np.asarray(self.delta / self.delta[-1])

    @property
    def steps(self) -> Array:
        """‖δ⁽ˡ⁾‖/‖δ⁽ˡ⁺¹⁾‖, (depth − 1,): what is measured where ``factors`` are known."""
        with np.errstate(all="ignore"):
            return np.asarray(self.delta[:-1] / self.delta[1:])

    @property
    def products(self) -> Array:
        """The factors of layers l to L − 1 multiplied, (depth,); 1 at the last layer."""
        return running_products(self.factors)


def running_products(factors: Array) -> Array:
    """From each layer to the last: the product of all factors from there on, and 1 at the end, (len + 1,)."""
    with np.errstate(all="ignore"):
        return np.append(np.cumprod(factors[::-1])[::-1], 1.0)


def ratio_of(delta: Array) -> float:
    """‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖; 1 with a single layer whose ‖δ‖ is not 0. NaN where there is no such number, as where the last
    layer's is 0 as well."""
    first, last = float(delta[0]), float(delta[-1])
    if last == 0.0:
        return math.nan
    with np.errstate(all="ignore"):
        return float(np.float64(first) / np.float64(last))


@dataclass(frozen=True, slots=True)
class SignalLayer:
    """A hidden layer as the forward pass leaves it: what it was fed, its z and a, f′(z), and its normalisation."""

    fed: Array
    z: Array
    slope: Array
    norm: Normalised | None
    gives: Array


def forward(
    configuration: Configuration, weights: Sequence[Array], x: Array, room: LayerArrays | None = None
) -> list[SignalLayer]:
    """The hidden layers of a training pass, in which batch norm goes by the batch's own statistics. ``room``: where
    they are written; what is there afterwards is theirs."""
    function = activation(configuration.activation)
    room = room or LayerArrays.of(len(weights), len(x), len(weights[0]))
    layers: list[SignalLayer] = []
    given = x
    for number, matrix in enumerate(weights):
        np.matmul(given, matrix.T, out=room.z[number])
        layers.append(_layer(configuration, function, given, room, number))
        given = layers[-1].gives
    return layers


def _layer(
    configuration: Configuration, function: Activation, fed: Array, room: LayerArrays, number: int
) -> SignalLayer:
    alpha, z, slope, gives = function.alpha_or_default(None), room.z[number], room.slope[number], room.gives[number]
    with np.errstate(under="ignore"):
        a, slope[...] = function.functions.both(z, alpha)
    norm = None
    if configuration.normalisation != "none":
        norm = normalise(a, configuration.normalisation, room.value[number])
        a = norm.value
    if configuration.skip and number:
        np.add(a, fed, out=gives)
    elif norm is None:
        gives[...] = a
    else:
        gives = a
    return SignalLayer(fed, z, slope, norm, gives)


@dataclass(frozen=True, slots=True)
class Pass:
    """What comes back, per layer: δ of each sample, (depth, rows, units); and with skip connections each sample's share
    of ‖E‖², E being the gradient behind the layer, (depth, rows), which is empty without them."""

    deltas: Array
    arriving: Array


def backward(
    configuration: Configuration,
    weights: Sequence[Array],
    layers: Sequence[SignalLayer],
    arriving: Array,
    room: LayerArrays | None = None,
    *,
    shared: bool = True,
) -> Pass:
    """From the gradient that arrives behind the last layer, (rows, units), to the first layer's δ; ``shared``: whether
    the samples' shares are wanted too."""
    deltas = (room or LayerArrays.of(len(layers), *layers[-1].z.shape)).delta[: len(layers)]
    shared = shared and configuration.skip
    shares = np.empty((len(layers), len(arriving)) if shared else (0, 0))
    for number in range(len(layers) - 1, -1, -1):
        layer = layers[number]
        if shared:
            shares[number] = energies(arriving)
        inner = arriving if layer.norm is None else through_norm(layer.norm, arriving)
        np.multiply(inner, layer.slope, out=deltas[number])
        if number:
            onward = deltas[number] @ weights[number]
            if configuration.skip:
                onward += arriving
            arriving = onward
    return Pass(deltas, shares)


def norm_of(array: Array) -> float:
    """The root of the sum of squares; one that is too large or too small to square is still found."""
    squares = float(np.vdot(array, array))
    if SMALLEST < squares < LARGEST:
        return math.sqrt(squares)
    largest = float(np.abs(array).max(initial=0.0))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    scaled = array / largest
    return largest * math.sqrt(float(np.vdot(scaled, scaled)))


def signal_of(configuration: Configuration, rows: Rows, seed: int, *, kept: bool = True) -> ErrorSignal:
    """The configuration's figures at the start, on these rows, with the weights of this seed; ``kept``: whether what
    is drawn is kept for the next time."""
    with np.errstate(all="ignore"), lent_room(len(rows.x), configuration.width) as room:
        weights = start_weights(configuration, seed, kept=kept)
        layers = forward(configuration, weights.hidden, rows.x, room)
        output = layers[-1].gives @ weights.output.T
        delta = CRITERION.delta(output, rows.target, activation("logistic"))
        back = backward(configuration, weights.hidden, layers, delta @ weights.output, room)
        mean = float(CRITERION.per_sample(output, rows.target, activation("logistic")).mean())
        return ErrorSignal(
            delta=np.array([norm_of(one) for one in back.deltas]) / math.sqrt(len(rows.x)),
            weight_gradient=np.array([norm_of(d.T @ one.fed) for d, one in zip(back.deltas, layers, strict=True)])
            / len(rows.x),
            variance=np.array([norm_of(one.z) / math.sqrt(one.z.size) for one in layers]) ** 2,
            slope=np.array([norm_of(one.slope) / math.sqrt(one.slope.size) for one in layers]),
            factors=_factors(configuration, weights, layers, back),
            output_delta=norm_of(delta) / math.sqrt(len(rows.x)),
            loss=mean,
            dead=_dead(configuration, layers),
            closed=closed_in(configuration, [one.z for one in layers]),
        )


def _dead(configuration: Configuration, layers: Sequence[SignalLayer]) -> tuple[tuple[int, ...], ...]:
    function = activation(configuration.activation)
    if not function.exactly_flat:
        return ((),) * len(layers)
    alpha = function.alpha_or_default(None)
    return tuple(dead_units(function, function.functions.value(layer.z, alpha)) for layer in layers)


def _factors(configuration: Configuration, weights: Weights, layers: Sequence[SignalLayer], back: Pass) -> Array:
    inner = weights.hidden[1:]
    if not configuration.skip:
        found = zip(layers[:-1], inner, back.deltas[1:], strict=True)
        return np.array([gain_of_step(Jacobian(one.slope, one.norm), w, energies(delta)) for one, w, delta in found])
    own, past = [], []
    for layer, matrix, arriving in zip(layers, weights.hidden, back.arriving, strict=True):
        jacobian = Jacobian(layer.slope, layer.norm)
        own.append(gain_of_signal(jacobian, arriving))
        if len(own) > 1:
            past.append(gain_past(jacobian, matrix, arriving))
    return np.array(
        [gain * here / behind if behind else 0.0 for gain, here, behind in zip(past, own[:-1], own[1:], strict=True)]
    )
