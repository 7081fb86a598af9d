"""What the page knows of one layer of the playground's network at a moment, and how it is found out in a thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import numpy.typing as npt

from app.kit.background import Job
from engine.activations import Activation
from engine.activations.profile import Profile, profile_of
from engine.activations.scalar import ScalarFunction
from engine.activations.shares import Shares, measured_shares, shares_of
from engine.activations.typed import read, scalar_of_typed
from engine.graph.naming import BlockName
from engine.network.plan import Node
from engine.training.layer_z import Histogram, histogram_of, layer_z
from engine.training.snapshot import Snapshot

BINS = 48


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer that can be looked at. ``fixed``: its activation comes with the loss, and is not chosen."""

    block_id: str
    name: BlockName
    function: Activation
    alpha: float | None
    fixed: bool
    output: bool

    @property
    def profile(self) -> Profile:
        """The facts of the function that it has now."""
        return profile_of(self.function, self.alpha)


def layer_of(node: Node) -> Layer:
    """What is to be said of a node with an activation."""
    function = node.kind.function(node.params)
    assert function is not None  # such a node has one
    criterion = node.kind.criterion(node.params)
    fixed = criterion is not None and criterion.fixed_activation is not None
    alpha = getattr(node.params, "alpha", None)
    return Layer(node.id, node.name, function, alpha, fixed, criterion is not None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be found out: of which layer at which moment, over which axis, under which functions."""

    snapshot: Snapshot
    layer: Layer
    low: float
    high: float
    functions: tuple[tuple[str, ScalarFunction], ...]


@dataclass(frozen=True, slots=True, eq=False)
class LayerView:
    """The layer at that moment. ``z`` (rows, units) is kept, so that another axis needs no other pass. ``now``: under
    the layer's own function; ``shares``: under each that is compared, by key. ``seconds``: what finding out has taken.
    """

    wanted: Wanted
    z: npt.NDArray[np.float64]
    histogram: Histogram
    now: Shares
    shares: Mapping[str, Shares]
    seconds: float

    @property
    def layer(self) -> Layer:
        """The layer."""
        return self.wanted.layer

    def under(self, function: ScalarFunction) -> Shares | None:
        """The shares under a function; None where they have not been counted, or are of what stood there before."""
        counted = dict(self.wanted.functions).get(function.key)
        return self.shares[function.key] if counted is not None and counted.label == function.label else None

    @property
    def rows(self) -> int:
        """Training samples."""
        return int(self.z.shape[0])

    @property
    def units(self) -> int:
        """Units of the layer."""
        return int(self.z.shape[1])


def look(wanted: Wanted, before: LayerView | None, _job: Job) -> LayerView:
    """In the background thread; what was found before is used again where it is of the same moment and layer."""
    begun = perf_counter()
    snapshot, layer = wanted.snapshot, wanted.layer
    if before is not None and before.wanted.snapshot is snapshot and before.layer.block_id == layer.block_id:
        z = before.z
    else:
        z = layer_z(snapshot.plan, snapshot.weights, snapshot.dataset, layer.block_id)
    if before is not None and before.z is z and (before.wanted.low, before.wanted.high) == (wanted.low, wanted.high):
        histogram = before.histogram
    else:
        histogram = histogram_of(z, wanted.low, wanted.high, BINS)
    shares = {key: _shares(function, z) for key, function in wanted.functions}
    now = _now(wanted, z)
    return LayerView(wanted, z, histogram, now, shares, perf_counter() - begun)


def _now(wanted: Wanted, z: npt.NDArray[np.float64]) -> Shares:
    """Under the function that the layer has."""
    function = wanted.layer.function
    if not function.is_typed:
        return shares_of(wanted.layer.profile, z)
    typed = read(function.key)
    return measured_shares(scalar_of_typed(typed, function.key, "", {}, wanted.low, wanted.high), z)


def _shares(function: ScalarFunction, z: npt.NDArray[np.float64]) -> Shares:
    return shares_of(function.profile, z) if function.profile.measured is None else measured_shares(function, z)
