"""Initialisers: how the weights of a layer are drawn before training.

A weight matrix ``W`` is (out, in): fan-out by fan-in. Sources: LeCun, Bottou, Orr & Müller, "Efficient
BackProp" (1998); Glorot & Bengio, AISTATS 2010 (there called normalised, here Xavier); Saxe, McClelland &
Ganguli, ICLR 2014 (orthogonal); He, Zhang, Ren & Sun, ICCV 2015.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from engine.problems import EngineError, declare

Matrix = npt.NDArray[np.float64]
Shape = tuple[int, int]

UNKNOWN_INITIALIZER = declare("initializer.unknown", "There is no initialiser called '{key}'; choose one of {known}.")


@dataclass(frozen=True, slots=True)
class InitializerParameter:
    """The one number an initialiser has (a value, a width or a gain) and its slider's bounds."""

    name: str
    label: str
    default: float
    minimum: float
    maximum: float


@dataclass(frozen=True)
class Initializer:
    """One initialiser: a ``standard`` draw of a given shape, times a ``spread`` that the layer's fans decide.

    ``formula`` is mathtext without dollars. ``by_rows`` says that each unit's weights are drawn
    independently of the other units', which all but orthogonal do.
    """

    key: str
    label: str
    formula: str
    source: str
    standard: Callable[[Shape, np.random.Generator], Matrix] = field(repr=False)
    spread: Callable[[Shape], float] = field(repr=False)
    parameter: InitializerParameter | None = None
    by_rows: bool = True

    def factor(self, shape: Shape, scale: float | None = None) -> float:
        """What the standard draw is multiplied by; ``scale`` is the parameter, its default if None."""
        if scale is None:
            scale = self.parameter.default if self.parameter else 1.0
        return scale * self.spread(shape)

    def size(self, shape: Shape, scale: float | None = None) -> float:
        """The root mean square of the weights that it draws."""
        return abs(self.factor(shape, scale)) * _STANDARD_SIZES[self.standard](shape)

    def draw(self, shape: Shape, rng: np.random.Generator, scale: float | None = None) -> Matrix:
        """Weights (out, in) in float64, drawn from ``rng``."""
        return self.factor(shape, scale) * self.standard(shape, rng)


def seeded_rows(key: str, shape: Shape, seed: int, block_id: str, scale: float | None = None) -> Matrix:
    """Weights (out, in) from the initialiser ``key``, each row with its own stream: (seed, block, row).

    So a unit keeps its draw when units are added after it, and the draw does not depend on which other
    blocks exist. (Xavier's spread depends on the fan-out, so there the draw is kept up to that one factor.)
    Orthogonal rows depend on one another: they come from one stream of the block's.
    """
    return initializer(key).factor(shape, scale) * standard_rows(key, shape, seed, block_id)


def standard_rows(key: str, shape: Shape, seed: int, block_id: str) -> Matrix:
    """The draw of :func:`seeded_rows` before it is multiplied by the factor that scale and fans decide."""
    chosen = initializer(key)
    if not chosen.by_rows:
        return chosen.standard(shape, _stream(seed, block_id, "whole"))
    stream, drawn = _stream(seed, block_id, "0"), np.empty(shape)
    for row in range(shape[0]):
        if row:
            _rekey(stream, seed, block_id, str(row))
        drawn[row] = chosen.standard((1, shape[1]), stream)[0]
    return drawn


def _digest(seed: int, block_id: str, part: str) -> bytes:
    """A key that is the same on every machine and in every process."""
    return hashlib.blake2b(f"{seed}:{part}:{block_id}".encode(), digest_size=16).digest()


def _stream(seed: int, block_id: str, part: str) -> np.random.Generator:
    """A counter-based generator of its own."""
    return np.random.Generator(np.random.Philox(key=int.from_bytes(_digest(seed, block_id, part), "little")))


def _rekey(stream: np.random.Generator, seed: int, block_id: str, part: str) -> None:
    """Make it the generator of another part: what :func:`_stream` would give, at a third of the time."""
    zeros = np.zeros(4, np.uint64)
    key = np.frombuffer(_digest(seed, block_id, part), "<u8").astype(np.uint64)
    stream.bit_generator.state = {
        "bit_generator": "Philox",
        "state": {"counter": zeros, "key": key},
        "buffer": zeros,
        "buffer_pos": 4,
        "has_uint32": 0,
        "uinteger": 0,
    }


def _zeros(shape: Shape, rng: np.random.Generator) -> Matrix:
    return np.zeros(shape)


def _ones(shape: Shape, rng: np.random.Generator) -> Matrix:
    return np.ones(shape)


def _uniform(shape: Shape, rng: np.random.Generator) -> Matrix:
    return rng.uniform(-1.0, 1.0, shape)


def _normal(shape: Shape, rng: np.random.Generator) -> Matrix:
    return rng.standard_normal(shape)


def _orthogonal(shape: Shape, rng: np.random.Generator) -> Matrix:
    """Orthonormal rows (or columns, whichever are fewer), uniformly over all such matrices.

    QR of a normal matrix, with the signs of R's diagonal moved into Q: without that Q would not be uniform.
    """
    rows, columns = shape
    tall = rng.standard_normal((max(shape), min(shape)))
    q, r = np.linalg.qr(tall)
    q = q * np.where(np.diagonal(r) < 0.0, -1.0, 1.0)
    return q if rows >= columns else np.ascontiguousarray(q.T)


_STANDARD_SIZES: Mapping[Callable[[Shape, np.random.Generator], Matrix], Callable[[Shape], float]] = {
    _zeros: lambda shape: 0.0,
    _ones: lambda shape: 1.0,
    _uniform: lambda shape: math.sqrt(1.0 / 3.0),
    _normal: lambda shape: 1.0,
    _orthogonal: lambda shape: math.sqrt(1.0 / max(*shape, 1)),
}
"""The root mean square of each standard draw."""


def _plain(shape: Shape) -> float:
    return 1.0


def _xavier_uniform(shape: Shape) -> float:
    return math.sqrt(6.0 / max(sum(shape), 1))


def _xavier_normal(shape: Shape) -> float:
    return math.sqrt(2.0 / max(sum(shape), 1))


def _he_uniform(shape: Shape) -> float:
    return math.sqrt(6.0 / max(shape[1], 1))


def _he_normal(shape: Shape) -> float:
    return math.sqrt(2.0 / max(shape[1], 1))


def _lecun_normal(shape: Shape) -> float:
    return math.sqrt(1.0 / max(shape[1], 1))


_GAIN = InitializerParameter("gain", "gain", default=1.0, minimum=0.0, maximum=10.0)
_LECUN = "LeCun et al. 1998"
_GLOROT = "Glorot & Bengio 2010"
_HE = "He et al. 2015"
_SAXE = "Saxe et al. 2014"

_OFFERED = (
    Initializer("zeros", "zeros", r"W_{ij} = 0", "", _zeros, _plain),
    Initializer(
        "constant", "constant", r"W_{ij} = c", "", _ones, _plain,
        InitializerParameter("value", "c", default=0.1, minimum=-10.0, maximum=10.0),
    ),
    Initializer(
        "uniform", "uniform", r"W_{ij} \sim U(-s, s)", "", _uniform, _plain,
        InitializerParameter("scale", "s", default=0.5, minimum=0.0, maximum=10.0),
    ),
    Initializer(
        "normal", "normal", r"W_{ij} \sim N(0, s^2)", "", _normal, _plain,
        InitializerParameter("scale", "s", default=0.5, minimum=0.0, maximum=10.0),
    ),
    Initializer(
        "xavier_uniform", "Xavier uniform", r"W_{ij} \sim U(-r, r),\ r = g\sqrt{\frac{6}{n_{in} + n_{out}}}",
        _GLOROT, _uniform, _xavier_uniform, _GAIN,
    ),
    Initializer(
        "xavier_normal", "Xavier normal", r"W_{ij} \sim N\left(0, \frac{2 g^2}{n_{in} + n_{out}}\right)",
        _GLOROT, _normal, _xavier_normal, _GAIN,
    ),
    Initializer(
        "he_uniform", "He uniform", r"W_{ij} \sim U(-r, r),\ r = g\sqrt{\frac{6}{n_{in}}}",
        _HE, _uniform, _he_uniform, _GAIN,
    ),
    Initializer(
        "he_normal", "He normal", r"W_{ij} \sim N\left(0, \frac{2 g^2}{n_{in}}\right)",
        _HE, _normal, _he_normal, _GAIN,
    ),
    Initializer(
        "lecun_normal", "LeCun normal", r"W_{ij} \sim N\left(0, \frac{g^2}{n_{in}}\right)",
        _LECUN, _normal, _lecun_normal, _GAIN,
    ),
    Initializer(
        "orthogonal", "orthogonal", r"W W^T = g^2 I", _SAXE, _orthogonal, _plain, _GAIN, by_rows=False,
    ),
)  # fmt: skip

INITIALIZERS: Mapping[str, Initializer] = MappingProxyType({one.key: one for one in _OFFERED})
"""Every initialiser by key, in the order they are offered."""


def initializer(key: str) -> Initializer:
    """The initialiser called ``key``; raises EngineError(``initializer.unknown``) naming those there are."""
    if key not in INITIALIZERS:
        raise EngineError(UNKNOWN_INITIALIZER(key=key, known=", ".join(INITIALIZERS)))
    return INITIALIZERS[key]
