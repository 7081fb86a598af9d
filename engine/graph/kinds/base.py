"""What a block kind declares: everything the rest of the program derives from it.

The palette, the inspector, validation, shape inference, serialisation, the reference backend and the PyTorch twin
all read these declarations. Adding a kind is adding one module that ends in ``register(...)``.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from engine.graph.kinds.compiled import Compiled
from engine.problems import EngineError, declare

if TYPE_CHECKING:
    from torch import Tensor

    from engine.activations import Activation
    from engine.losses import Loss

Array = NDArray[np.float64]

_NOTHING: Mapping[str, Array] = MappingProxyType({})

UNKNOWN_KIND = declare(
    "graph.unknown-kind",
    "The block kind “{kind}” is unknown to this version; use one of {known}, or open the file with a newer Neuroloom.",
)


class ScalarWriter(Protocol):
    """Writes a block into a scalar expression."""

    def define(self, letter: str, expression: str, unit: int | None = None) -> str:
        """A line of its own: the name that the expression has from now on, made of the letter and the unit."""

    def leaf(self, letter: str, parameter: str, unit: int) -> str:
        """One number of a trainable parameter, which becomes a variable: its name."""

    def number(self, parameter: str, unit: int) -> str:
        """One number of a parameter that is not trained, with every digit."""


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


def mask_key(block_id: str, seed: int) -> NDArray[np.uint64]:
    """The key, (2,), of a block's stream of dropout masks."""
    digest = hashlib.sha256(f"dropout/{block_id}/{seed}".encode()).digest()
    return np.frombuffer(digest[:16], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class MaskSource:
    """The one seeded stream of dropout masks, outside the backends so that all of them draw the same."""

    seed: int
    step: int

    def keep(self, block_id: str, shape: tuple[int, int], rate: float) -> Array:
        """A (rows, units) mask of 0 and 1/(1−rate) (inverted dropout, Srivastava et al. 2014)."""
        key = mask_key(block_id, self.seed)
        # The last word names the step: Philox counts in the first, where neighbouring steps would share their draws.
        stream = np.random.Generator(np.random.Philox(key=key, counter=[0, 0, 0, self.step]))
        return (stream.random(shape) >= rate) / (1.0 - rate)


class Forward(NamedTuple):
    """A block's forward result: pre-activation ``z``, activation ``a`` (both (rows, units)) and what backward needs."""

    z: Array
    a: Array
    cache: Mapping[str, Array] = _NOTHING


class Backward(NamedTuple):
    """A block's backward result.

    ``inputs``: ∂L/∂input, one (rows, width) array per wire. ``weights``: ∂L/∂parameter by name.
    ``delta``: δ = ∂L/∂z where the block has a pre-activation, (rows, units).
    """

    inputs: tuple[Array, ...]
    weights: Mapping[str, Array] = _NOTHING
    delta: Array | None = None


class Context(NamedTuple):
    """What a forward pass knows besides its inputs. ``masks`` is None outside training."""

    block_id: str
    training: bool = False
    masks: MaskSource | None = None


P = TypeVar("P", bound=BlockParams)


class BlockKind(ABC, Generic[P]):
    """A kind of block. Subclasses are stateless; one instance of each is registered.

    What the rest of the program needs to know of a kind is declared here, so that nobody asks for its key.
    """

    key: str
    label: str
    summary: str
    icon: str
    params_type: type[P]
    arity: Arity = Arity.ONE
    is_end: bool = False
    """It ends the network: no wire leaves it, what comes out is the answer, and its loss is what training lowers."""
    takes: Carries = Carries.NUMBERS
    gives: Carries = Carries.NUMBERS
    tiles: bool = False
    """Its units are shown one by one, each with the map of what it puts out; any other kind is shown as a card."""
    probed: bool = False
    """It weighs its input by a matrix ``W``: ‖∂L/∂W‖ and ‖δ‖ are recorded."""
    has_delta: bool = False
    """Its z is a pre-activation: backward gives δ = ∂L/∂z."""
    changes_in_training: bool = False
    """While training it puts out something else than outside it: by chance, or by the batch that it sees."""
    silences: bool = False
    """While training it has units fall silent at random."""
    mixes_rows: bool = False
    """While training a row's result depends on the other rows of its batch, which so cannot be worked in parts."""
    normalises: bool = False
    """It brings what comes in to mean 0 and variance 1, over a sample's units or over a batch."""
    in_playground: bool = True
    """It trains on the playground's data sets, by every backend."""
    compiled: Compiled | None = None
    """How the compiled backend works it out; None for a kind that this does not know."""

    @abstractmethod
    def width(self, params: P, in_widths: Sequence[int], target: TargetSpec) -> int:
        """Number of units out. Raises EngineError when the inputs' widths do not fit."""

    @abstractmethod
    def formula(self, params: P) -> str:
        """The block's line as mathtext (no dollar signs)."""

    def parameters(self, params: P, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        """The arrays the block owns, in the order they are stored."""
        return ()

    def noun(self, params: P) -> str:
        """What blocks of this kind are called, before their number: see :mod:`engine.graph.naming`."""
        return self.label

    def detail(self, params: P) -> str:
        """What stands under a block's name: the setting that matters most, or nothing."""
        return ""

    def features(self, params: P) -> tuple[str, ...] | None:
        """The features of the data set that it feeds in by its parameter ``features``; None where it has no such."""
        return None

    def units(self, params: P) -> int | None:
        """The units that it is set to by its parameter ``units``; None where its width follows from something else."""
        return None

    def function(self, params: P) -> Activation | None:
        """The f of its a = f(z), as its loss has it where it ends in one; None for a kind without."""
        return None

    def constants(self, params: P) -> tuple[float, float]:
        """The numbers that its kernel reads: see :mod:`engine.network.kernels.layout`."""
        return 0.0, 0.0

    def criterion(self, params: P) -> Loss | None:
        """The loss that it measures and that sets its width by the target; None for a kind without one of those."""
        return None

    @abstractmethod
    def forward(self, params: P, inputs: Sequence[Array], weights: Mapping[str, Array], context: Context) -> Forward:
        """z and a for a batch. ``weights`` holds trainable arrays and buffers by name; buffers may be updated.

        Exponentials may underflow: whoever asks that to be told silences it (``np.errstate(under="ignore")``)."""

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

    def torch_source(self, params: P, inputs: Sequence[str], weights: Mapping[str, str]) -> tuple[str, str] | None:
        """The twin in PyTorch source: z and, with ``{z}`` to fill in, a. ``inputs`` and ``weights`` are the names of
        what it takes, parameters and what the forward pass has kept; what has no name is not to be used. None for a
        kind that is not written so."""
        return None

    def scalar_source(self, params: P, inputs: Sequence[Sequence[str]], writer: ScalarWriter) -> Sequence[str] | None:
        """The answers to one row, unit by unit, as names in a scalar expression (:mod:`engine.autodiff`); ``inputs``
        are such names, and whatever takes more than a name is written by ``writer``. None for a kind that is no
        arithmetic of single numbers, or that is written elsewhere, as layers with weights are."""
        return None


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
