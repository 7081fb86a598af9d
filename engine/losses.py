"""Losses: how far an output is from its target, and the error signal that starts the backward pass.

Shapes: ``z``, ``target`` and ``delta`` are (n, k), a loss per sample is (n,). A sample's loss is summed over
its outputs; a batch's is the mean over its samples (:func:`sample_shares`). The two cross-entropies are computed
from the pre-activations, so that no logarithm of a vanishing probability is ever taken.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from engine.activations import ACTIVATIONS, Activation, FloatArray
from engine.problems import EngineError, Problem, declare

if TYPE_CHECKING:
    from torch import Tensor

IntArray = npt.NDArray[np.integer[Any]]

UNKNOWN_LOSS = declare("loss.unknown", "There is no loss called '{key}'; choose one of {known}.")
NEEDS_CLASSES = declare(
    "loss.needs-classes",
    "{loss} needs classes, but the target is a number; choose squared error, or a target with classes.",
)
NO_WEIGHT = declare(
    "loss.no-weight",
    "The sample weights of a batch add up to {total}; give at least one sample a positive weight "
    "and none a negative one.",
)


class Loss(ABC):
    """One loss function. ``fixed_activation`` names the output activation that comes with it, if any. ``steepest``: no
    output's ``|δ|`` is greater, however large the loss.

    ``torch_expression`` is the loss per sample in PyTorch source, with ``{z}``, ``{a}`` (the activated
    output) and ``{target}`` to fill in.
    """

    key: ClassVar[str]
    label: ClassVar[str]
    formula: ClassVar[str]
    delta_formula: ClassVar[str]
    torch_expression: ClassVar[str]
    fixed_activation: ClassVar[str | None] = None
    steepest: ClassVar[float] = math.inf

    def output_activation(self, activation: Activation) -> Activation:
        """The activation that the output really has: the loss's own if it brings one, else ``activation``."""
        return ACTIVATIONS[self.fixed_activation] if self.fixed_activation else activation

    def output(self, z: FloatArray, activation: Activation, alpha: float | None = None) -> FloatArray:
        """The network's output ``a`` (n, k)."""
        return self.output_activation(activation).value(z, alpha)

    @abstractmethod
    def per_sample(
        self,
        z: FloatArray,
        target: FloatArray,
        activation: Activation,
        alpha: float | None = None,
        output: FloatArray | None = None,
    ) -> FloatArray:
        """Each sample's loss (n,), summed over its outputs; ``output`` is :meth:`output` of z, where that is known."""

    @abstractmethod
    def delta(
        self,
        z: FloatArray,
        target: FloatArray,
        activation: Activation,
        alpha: float | None = None,
        output: FloatArray | None = None,
    ) -> FloatArray:
        """``∂(a sample's loss)/∂z`` (n, k), not yet divided by the batch size; ``output`` as in :meth:`per_sample`."""

    @abstractmethod
    def torch(self, z: Tensor, target: Tensor, activation: Activation, alpha: float | None = None) -> Tensor:
        """Each sample's loss (n,) as a PyTorch tensor."""

    @abstractmethod
    def of_constant(self, target: FloatArray) -> float:
        """The mean loss over the rows of ``target`` (n, k) of the best answer that is the same for all of them."""

    def levels(self, activation: Activation) -> tuple[float, float]:
        """(off, on): the target of an output for a sample of another class, and of its own class."""
        return 0.0, 1.0

    def encode(self, y: npt.NDArray[Any], classes: int, activation: Activation) -> npt.NDArray[np.float64]:
        """Targets (n, k) for ``y`` (n,): class indices if ``classes`` > 0, else a regression's values."""
        if classes == 0:
            return np.asarray(y, dtype=np.float64)[:, None]
        off, on = self.levels(activation)
        return off + (on - off) * _indicators(y, classes, self.width(classes, activation))

    def decide(self, output: FloatArray, activation: Activation) -> IntArray:
        """The class index (n,) that outputs (n, k) stand for: whether a single one reaches halfway between its
        :meth:`levels`; else the largest output."""
        if output.shape[-1] > 1:
            largest: IntArray = output.argmax(axis=-1)
            return largest
        off, on = self.levels(activation)
        reached: IntArray = (output[:, 0] >= 0.5 * (off + on)).astype(np.intp)
        return reached

    def width(self, classes: int, activation: Activation) -> int:
        """The number of outputs ``k``: one for a regression and for two classes, else one for each class."""
        return classes if classes > 2 else 1

    def supports(self, classes: int) -> Problem | None:
        """What is wrong with this loss for so many classes (0: a regression), or None."""
        return None if classes > 0 else NEEDS_CLASSES(loss=self.label)


class SquaredError(Loss):
    """``½ Σ (o − t)²`` with any output activation; classes are told apart by targets that it can come near to."""

    key = "squared_error"
    label = "squared error"
    formula = r"L = \frac{1}{2} \sum_k (o_k - t_k)^2"
    delta_formula = r"\delta_k = (o_k - t_k)\,f'(z_k)"
    torch_expression = "0.5 * (({a} - {target}) ** 2).sum(dim=-1)"

    def per_sample(
        self,
        z: FloatArray,
        target: FloatArray,
        activation: Activation,
        alpha: float | None = None,
        output: FloatArray | None = None,
    ) -> FloatArray:
        error = (self.output(z, activation, alpha) if output is None else output) - target
        total: FloatArray = 0.5 * (error * error).sum(axis=-1)
        return total

    def delta(
        self,
        z: FloatArray,
        target: FloatArray,
        activation: Activation,
        alpha: float | None = None,
        output: FloatArray | None = None,
    ) -> FloatArray:
        output = self.output(z, activation, alpha) if output is None else output
        return activation.bare_backward(z, output, output - target, alpha)

    def torch(self, z: Tensor, target: Tensor, activation: Activation, alpha: float | None = None) -> Tensor:
        return 0.5 * ((activation.torch(z, alpha) - target) ** 2).sum(dim=-1)

    def of_constant(self, target: FloatArray) -> float:
        """Half the variance: the best answer is the mean."""
        return float(0.5 * target.var(axis=0).sum())

    def levels(self, activation: Activation) -> tuple[float, float]:
        """−1 and +1; 0 and 1 where the output is never negative (step, logistic, ReLU, softplus, softmax)."""
        return (0.0, 1.0) if activation.output_range[0] >= 0.0 else (-1.0, 1.0)

    def width(self, classes: int, activation: Activation) -> int:
        """One output for two classes; but a softmax over one output is always 1, so there it takes both."""
        return super().width(classes, activation) if activation.elementwise else max(classes, 1)

    def supports(self, classes: int) -> Problem | None:
        return None


class BinaryCrossEntropy(Loss):
    """Cross-entropy of a logistic output; more than two classes are told apart one against the rest."""

    key = "binary_cross_entropy"
    label = "binary cross-entropy"
    formula = r"L = -\sum_k \left[t_k \ln \sigma(z_k) + (1 - t_k) \ln (1 - \sigma(z_k))\right]"
    delta_formula = r"\delta_k = \sigma(z_k) - t_k"
    torch_expression = (
        'torch.nn.functional.binary_cross_entropy_with_logits({z}, {target}, reduction="none").sum(dim=-1)'
    )
    fixed_activation = "logistic"
    steepest = 1.0

    def per_sample(
        self,
        z: FloatArray,
        target: FloatArray,
        activation: Activation,
        alpha: float | None = None,
        output: FloatArray | None = None,
    ) -> FloatArray:
        """As ``max(z, 0) − z·t + ln(1 + e^−|z|)``, which neither overflows nor cancels."""
        with np.errstate(under="ignore"):
            terms = np.maximum(z, 0.0) - z * target + np.log1p(np.exp(-np.abs(z)))
        total: FloatArray = terms.sum(axis=-1)
        return total

    def delta(
        self,
        z: FloatArray,
        target: FloatArray,
        activation: Activation,
        alpha: float | None = None,
        output: FloatArray | None = None,
    ) -> FloatArray:
        return (self.output(z, activation) if output is None else output) - target

    def torch(self, z: Tensor, target: Tensor, activation: Activation, alpha: float | None = None) -> Tensor:
        from torch.nn import functional

        return functional.binary_cross_entropy_with_logits(z, target, reduction="none").sum(dim=-1)

    def of_constant(self, target: FloatArray) -> float:
        """The entropy: the best answer is each class's share."""
        return _entropy(target.mean(axis=0)) + _entropy(1.0 - target.mean(axis=0))


class SoftmaxCrossEntropy(Loss):
    """Cross-entropy of a softmax over one output for each class; each row of targets sums to one."""

    key = "softmax_cross_entropy"
    label = "softmax cross-entropy"
    formula = r"L = -\sum_k t_k \ln p_k,\quad p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}"
    delta_formula = r"\delta_k = p_k - t_k"
    torch_expression = 'torch.nn.functional.cross_entropy({z}, {target}, reduction="none")'
    fixed_activation = "softmax"
    steepest = 1.0

    def per_sample(
        self,
        z: FloatArray,
        target: FloatArray,
        activation: Activation,
        alpha: float | None = None,
        output: FloatArray | None = None,
    ) -> FloatArray:
        """As ``Σ tₖ (ln Σⱼ e^zⱼ − zₖ)`` with the largest z taken out, which does not overflow."""
        shifted = z - z.max(axis=-1, keepdims=True)
        with np.errstate(under="ignore"):
            log_total = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
            total: FloatArray = (target * (log_total - shifted)).sum(axis=-1)
        return total

    def delta(
        self,
        z: FloatArray,
        target: FloatArray,
        activation: Activation,
        alpha: float | None = None,
        output: FloatArray | None = None,
    ) -> FloatArray:
        return (self.output(z, activation) if output is None else output) - target

    def torch(self, z: Tensor, target: Tensor, activation: Activation, alpha: float | None = None) -> Tensor:
        from torch.nn import functional

        return functional.cross_entropy(z, target, reduction="none")

    def of_constant(self, target: FloatArray) -> float:
        """The entropy: the best answer is each class's share."""
        return _entropy(target.mean(axis=0))

    def width(self, classes: int, activation: Activation) -> int:
        """One output for each class, of which there are two as well."""
        return max(classes, 1)


def _entropy(shares: FloatArray) -> float:
    """``−Σ p ln p``."""
    return float(-(shares * np.log(np.where(shares > 0.0, shares, 1.0))).sum())


LOSSES: Mapping[str, Loss] = MappingProxyType(
    {one.key: one for one in (SquaredError(), BinaryCrossEntropy(), SoftmaxCrossEntropy())}
)
"""Every loss by key, in the order they are offered."""


def loss(key: str) -> Loss:
    """The loss called ``key``; raises EngineError(``loss.unknown``) naming those there are."""
    if key not in LOSSES:
        raise EngineError(UNKNOWN_LOSS(key=key, known=", ".join(LOSSES)))
    return LOSSES[key]


def sample_shares(count: int, weights: FloatArray | None = None) -> npt.NDArray[np.float64]:
    """What each sample counts for in the batch mean, (count,), summing to one: ``wᵢ / Σw``, or ``1 / count``.

    The error signal of a batch is ``loss.delta(…) * sample_shares(…)[:, None]``. Raises EngineError
    (``loss.no-weight``) where the weights do not add up to a positive number or one is negative.
    """
    if weights is None:
        return np.full(count, 1.0 / count)
    total = float(weights.sum())
    if not (total > 0.0 and np.all(weights >= 0.0)):
        raise EngineError(NO_WEIGHT(total=total))
    return np.asarray(weights / total, dtype=np.float64)


def _indicators(y: npt.NDArray[Any], classes: int, width: int) -> npt.NDArray[np.float64]:
    """(n, width): 1 where a sample is of the column's class; a single column stands for class 1 of two."""
    first = 1 if width == 1 and classes == 2 else 0
    hits: npt.NDArray[np.bool_] = np.asarray(y)[:, None] == np.arange(first, first + width)
    return hits.astype(np.float64)
