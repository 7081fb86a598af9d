"""One layer of the playground's network: what is known of it at a moment, found in a thread while it is in sight."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from time import monotonic, perf_counter

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.kit.background import Background, Job
from app.kit.translation import sentence_of
from app.network.open_network import OpenNetwork
from app.workspaces.activations.functions import ComparedFunction
from app.workspaces.workspace import Host
from engine.activations import Activation
from engine.activations.profile import Profile
from engine.activations.scalar import ScalarFunction, scalar_of
from engine.activations.shares import Shares, measured_shares, shares_of
from engine.activations.typed import read, scalar_of_typed
from engine.graph.naming import BlockName
from engine.network.plan import Node
from engine.problems import Problem
from engine.training.layer_z import Histogram, histogram_of, layer_z, layers_of
from engine.training.snapshot import Snapshot

BINS = 48


@dataclass(frozen=True, slots=True)
class WatchedLayer:
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
        return self.function.profile(self.alpha)


def layer_of(node: Node) -> WatchedLayer:
    """Return what is to be said of a node with an activation."""
    function = node.kind.function(node.params)
    assert function is not None  # such a node has one
    criterion = node.kind.criterion(node.params)
    fixed = criterion is not None and criterion.fixed_activation is not None
    alpha = getattr(node.params, "alpha", None)
    return WatchedLayer(node.id, node.name, function, alpha, fixed, criterion is not None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request: a layer at a moment, over an axis, under these functions."""

    snapshot: Snapshot
    layer: WatchedLayer
    low: float
    high: float
    functions: tuple[tuple[str, ScalarFunction], ...]


@dataclass(frozen=True, slots=True, eq=False)
class LayerView:
    """The layer at that moment. ``z`` (rows, units) is kept, so that another axis needs no other pass. ``now``: under
    ``function``, the layer's own; ``shares``: under each that is compared, by key. ``seconds``: what finding out has
    taken."""

    wanted: Wanted
    z: npt.NDArray[np.float64]
    histogram: Histogram
    function: ScalarFunction
    now: Shares
    shares: Mapping[str, Shares]
    seconds: float

    @property
    def layer(self) -> WatchedLayer:
        """The layer."""
        return self.wanted.layer

    def under(self, function: ScalarFunction) -> Shares | None:
        """The shares under a function; None where they have not been counted, or are of what stood there before."""
        if function is self.function:
            return self.now
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
    function = _function_of(wanted)
    return LayerView(wanted, z, histogram, function, _shares(function, z), shares, perf_counter() - begun)


def _function_of(wanted: Wanted) -> ScalarFunction:
    """The function that the layer has."""
    function = wanted.layer.function
    if not function.is_typed:
        return scalar_of(function, wanted.layer.alpha)
    return scalar_of_typed(read(function.key), function.key, function.label, {}, wanted.low, wanted.high)


def _shares(function: ScalarFunction, z: npt.NDArray[np.float64]) -> Shares:
    return shares_of(function.profile, z) if function.profile.measured is None else measured_shares(function, z)


TICK_MS = 50
"""At most so often a layer is looked at anew: 20 times a second …"""
REST = 3.0
"""… and after a look that took long, so many times as long nothing is done: training goes on beside it."""
AGAIN_S = 2.0
"""So many seconds after one that has failed it is tried again: what was in the way, such as memory, may be gone."""


class LayerWatch(QObject):
    """``changed``: :attr:`view`, :attr:`layers`, :attr:`network` or :attr:`why` is another. A view is of the network as
    it is: where there is none, of an edit that has no numbers yet, of a layer that is gone or that could not be counted
    it is None."""

    changed = Signal()

    def __init__(self, host: Host, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self.network: OpenNetwork | None = None
        self.layers: tuple[WatchedLayer, ...] = ()
        self.view: LayerView | None = None
        self.chosen: str | None = None
        """The id of the layer to look at, in whatever network has one of that; None: the last before the output."""
        self._shown: tuple[ComparedFunction, ...] = ()
        self._axis = (-6.0, 6.0)
        self._asked: Hashable = None
        self._asked_of: Snapshot | None = None  # kept, so that no other one gets its id
        self._said: Hashable = None
        self._begun: list[Wanted] = []  # the latest look that has begun, written by its thread
        self._failed: Wanted | None = None
        self._problem: Problem | None = None  # of that one
        self._rested = 0.0
        self._background = Background("layer-z", latest_only=False, pause_ms=TICK_MS, tells=True, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self._fail)
        self._watching = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    @property
    def layer(self) -> WatchedLayer | None:
        """The layer that is looked at: the chosen one, or the last one before the output."""
        by_id = {layer.block_id: layer for layer in self.layers}
        if self.chosen in by_id:
            return by_id[self.chosen]
        hidden = [layer for layer in self.layers if not layer.output]
        return next(reversed(hidden or self.layers), None)

    @property
    def why(self) -> str:
        """Why there is nothing to be seen of a layer."""
        if self.network is None:
            return self.tr("No network is open. Open one in the playground to count its z here.")
        if self.network.trainer.snapshot is None:
            return self.tr("The playground's network has no values now. Fix the problem shown there to see its z.")
        if self.layer is None:
            return self.tr("The network has no layer with an activation; add one in the playground.")
        if self._problem is not None:
            return self.tr("The layer's z couldn't be counted: {reason}").format(reason=sentence_of(self._problem))
        return self.tr("not yet: being counted")

    def choose(self, block_id: str) -> None:
        """Look at another layer."""
        self.chosen = block_id
        self.look()

    def compare(self, shown: Sequence[ComparedFunction], low: float, high: float) -> None:
        """Count the layer under these functions, over this axis."""
        self._shown, self._axis = tuple(shown), (low, high)
        if self._watching:
            self.look()

    def watch(self) -> None:
        """Look now, and at every new snapshot."""
        self._watching = True
        self.look()

    def rest(self) -> None:
        """Look no more: nobody sees it."""
        self._watching = False
        self._timer.stop()

    def close(self) -> None:
        """Look never again."""
        self.rest()
        self._background.close()

    @Slot()
    def _look_soon(self) -> None:
        """Look within a tick, however many snapshots come."""
        if self._watching and not 0 <= self._timer.remainingTime() <= TICK_MS:
            self._timer.start(TICK_MS)

    def _follow_network(self) -> None:
        """Follow the first network that is open, if there is one."""
        network = next((document for document in self._host.documents() if isinstance(document, OpenNetwork)), None)
        if network is not None and network is not self.network:
            network.trainer.snapshot_published.connect(self._look_soon)
            network.trainer.snapshot_withdrawn.connect(self._look_soon)
        self.network = network

    @Slot()
    def look(self) -> None:
        """See whether anything has changed, and have it worked out."""
        self._follow_network()
        snapshot = self.network.trainer.snapshot if self.network is not None else None
        self.layers = tuple(layer_of(node) for node in layers_of(snapshot.plan)) if snapshot is not None else ()
        if self._failed is not None and self._is_over(self._failed):
            self._failed, self._problem, self._rested = None, None, 0.0
        if snapshot is None or self.layer is None:
            self._asked, self.view = None, None
        else:
            self._ask(snapshot, self.layer)
        self._drop_what_is_over()
        self._tell()

    def _ask(self, snapshot: Snapshot, layer: WatchedLayer) -> None:
        functions = tuple((function.key, function.scalar) for function in self._shown if function.by_itself)
        wanted = Wanted(snapshot, layer, *self._axis, functions)
        asked = (id(snapshot), layer.block_id, self._axis, functions)
        if asked == self._asked:
            return
        rest = self._rested - monotonic()
        if rest <= 0:
            self._asked, self._asked_of = asked, snapshot
            self._background.request(partial(_look_at, wanted, self.view, self._begun))
        elif self._watching:
            self._timer.start(ceil(1000 * rest))

    def _drop_what_is_over(self) -> None:
        """Numbers of another run, network or layer are not shown a moment longer; those of a step ago are."""
        if self.view is not None and self._is_over(self.view.wanted):
            self.view = None

    def _is_over(self, wanted: Wanted) -> bool:
        """Return whether there is a run, network or layer now that this was not about; not where there is none."""
        snapshot = self.network.trainer.snapshot if self.network is not None else None
        if snapshot is None or self.layer is None:
            return False
        before = wanted.snapshot
        return before.run != snapshot.run or before.plan is not snapshot.plan or wanted.layer != self.layer

    @Slot(object)
    def _take(self, view: LayerView) -> None:
        if self._asked is None:
            return  # what it is of has gone meanwhile
        self.view, self._failed, self._problem = view, None, None
        self._rested = monotonic() + REST * view.seconds
        self._drop_what_is_over()
        self._tell()

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        """Drop what was counted before: it is of other numbers."""
        (failed,) = self._begun
        if self._asked is None or self._is_over(failed):
            return  # what it is of has gone meanwhile
        self.view, self._failed, self._problem = None, failed, problem
        if not self._background.busy:  # else a later look is on its way
            self._asked, self._rested = None, monotonic() + AGAIN_S
            self._look_soon()
        self._tell()

    def _tell(self) -> None:
        state = (id(self.view), self.layers, id(self.network), self.layer, self._problem)
        if state != self._said:
            self._said = state
            self.changed.emit()


def _look_at(wanted: Wanted, before: LayerView | None, begun: list[Wanted], job: Job) -> LayerView:
    """In the background thread, one at a time: what a look that fails was about can be told from ``begun``."""
    begun[:] = [wanted]
    return look(wanted, before, job)
