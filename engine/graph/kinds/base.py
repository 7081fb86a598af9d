"""What a block kind declares: everything the rest of the program derives from it.

The palette, the inspector, validation, shape inference, serialisation, the reference backend and the PyTorch twin
all read these declarations. Adding a kind is adding one module that ends in ``register(...)``.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from engine.problems import EngineError, declare

if TYPE_CHECKING:
    from torch import Tensor

Array = NDArray[np.float64]

UNKNOWN_KIND = declare(
    "graph.unknown-kind",
    "The block kind “{kind}” is unknown to this version; use one of {known}, or open the file with a newer Neuroloom.",
)


class Arity(StrEnum):
    """How many wires a block takes in."""

    NONE = "none"
    ONE = "one"
    MANY = "many"


class Carries(StrEnum):
    """What a wire carries: numbers, or ids of a vocabulary, whose size is then the wire's width (as if one-hot)."""

    NUMBERS = "numbers"
    IDS = "ids"


class BlockParams(BaseModel):
    """Base of every kind's parameters: immutable, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


@dataclass(frozen=True, slots=True)
class TargetSpec:
    """What the network is to predict. ``classes`` is 0 for regression, otherwise the number of classes (≥ 2)."""

    classes: int = 2


@dataclass(frozen=True, slots=True)
class ParameterSpec:
    """One array that belongs to a block. ``trainable`` arrays live in θ, others (running statistics) in buffers.

    A ``by_row`` array (rows, width) is a table of its own: a step reads and changes only the rows that it looks up.
    """

    name: str
    shape: tuple[int, ...]
    initializer: str = "zeros"
    scale: float | None = None
    decays: bool = False
    trainable: bool = True
    by_row: bool = False


@dataclass(frozen=True, slots=True)
class MaskSource:
    """The one seeded stream of dropout masks, outside the backends so that all of them draw the same."""

    seed: int
    step: int

    def keep(self, block_id: str, shape: tuple[int, int], rate: float) -> Array:
        """A (rows, units) mask of 0 and 1/(1−rate) (inverted dropout, Srivastava et al. 2014)."""
        digest = hashlib.sha256(f"dropout/{block_id}/{self.seed}".encode()).digest()
        key = np.frombuffer(digest[:16], dtype=np.uint64)
        # The last word names the step: Philox counts in the first, where neighbouring steps would share their draws.
        stream = np.random.Generator(np.random.Philox(key=key, counter=[0, 0, 0, self.step]))
        return (stream.random(shape) >= rate) / (1.0 - rate)


@dataclass(frozen=True, slots=True)
class Forward:
    """A block's forward result: pre-activation ``z``, activation ``a`` (both (rows, units)) and what backward needs."""

    z: Array
    a: Array
    cache: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Backward:
    """A block's backward result.

    ``inputs``: ∂L/∂input, one (rows, width) array per wire. ``weights``: ∂L/∂parameter by name.
    ``delta``: δ = ∂L/∂z where the block has a pre-activation, (rows, units).
    """

    inputs: tuple[Array, ...]
    weights: Mapping[str, Array] = field(default_factory=dict)
    delta: Array | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a forward pass knows besides its inputs. ``masks`` is None outside training."""

    block_id: str
    training: bool = False
    masks: MaskSource | None = None


P = TypeVar("P", bound=BlockParams)


class BlockKind(ABC, Generic[P]):
    """A kind of block. Subclasses are stateless; one instance of each is registered."""

    key: str
    label: str
    summary: str
    icon: str
    arity: Arity = Arity.ONE
    has_output_port: bool = True
    probed: bool = False  # affine blocks: ‖∂L/∂W‖, ‖δ‖ and histograms are recorded
    has_delta: bool = False  # z is a pre-activation: backward gives δ = ∂L/∂z
    takes: Carries = Carries.NUMBERS
    gives: Carries = Carries.NUMBERS
    in_playground: bool = True  # trains on the playground's data sets, by every backend
    params_type: type[P]

    @abstractmethod
    def width(self, params: P, in_widths: Sequence[int], target: TargetSpec) -> int:
        """Number of units out. Raises EngineError when the inputs' widths do not fit."""

    @abstractmethod
    def formula(self, params: P) -> str:
        """The block's line as mathtext (no dollar signs)."""

    def parameters(self, params: P, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        """The arrays the block owns, in the order they are stored."""
        return ()

    def caption(self, params: P, width: int) -> str:
        """The short label over the block on the canvas."""
        return self.label

    @abstractmethod
    def forward(self, params: P, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context) -> Forward:
        """z and a for a batch. ``weights`` holds trainable arrays and buffers by name; buffers may be updated."""

    @abstractmethod
    def backward(
        self, params: P, inputs: Sequence[Array], weights: Mapping[str, Array], result: Forward, upstream: Array
    ) -> Backward:
        """Propagate ``upstream`` = ∂L/∂a, (rows, units)."""

    @abstractmethod
    def torch(
        self, params: P, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        """The PyTorch twin of :meth:`forward`: (z, a)."""


_KINDS: dict[str, BlockKind[Any]] = {}


def register(kind: BlockKind[Any]) -> None:
    """Make a kind known. Raises ValueError when its key is taken."""
    if kind.key in _KINDS:
        raise ValueError(f"block kind {kind.key!r} is registered twice")
    _KINDS[kind.key] = kind


def kind_of(key: str) -> BlockKind[Any]:
    """The kind with this key. Raises EngineError naming the known ones."""
    try:
        return _KINDS[key]
    except KeyError:
        raise EngineError(UNKNOWN_KIND(kind=key, known=", ".join(_KINDS))) from None


def kinds() -> tuple[BlockKind[Any], ...]:
    """Every registered kind, in palette order."""
    return tuple(_KINDS.values())


def playground_kinds() -> tuple[BlockKind[Any], ...]:
    """The kinds that the playground's data sets can train, in palette order."""
    return tuple(kind for kind in _KINDS.values() if kind.in_playground)
