"""What a remedy is: what it is offered for, and the edit of graph, hyper-parameters or weights that it makes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.activations import Activation, Saturation
from engine.data.choice import DataChoice
from engine.data.dataset import Dataset
from engine.formats.progress import PastRun
from engine.graph.edit import set_params
from engine.graph.model import NetworkGraph
from engine.hyperparameters import Hyperparameters
from engine.initializers import initializer
from engine.network.plan import Node, Plan, compile_graph
from engine.network.state import initial_array
from engine.problems import Word
from engine.training.carry import Rows
from engine.training.ranges import RangeFault
from engine.training.session import Setup
from engine.training.snapshot import Snapshot
from engine.training.tables import target_of
from engine.training.verdicts import Trouble, Verdict

GENTLER = 4.0
"""The next rate to try is so many times lower."""
HE, XAVIER = "he_normal", "xavier_uniform"
LARGE_START = 5.0
"""Start weights of so many times the size made for the activation flatten most units."""
_GOOD_STARTS = {
    HE: frozenset({"he_normal", "he_uniform"}),
    XAVIER: frozenset({"xavier_normal", "xavier_uniform", "lecun_normal", "orthogonal"}),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A network with what is known of it: the snapshot must be one of the setup's session. ``drawn_by``: the seed of
    draws, None for the moment's own. ``data``: what the data set was loaded by, where that is known."""

    setup: Setup
    snapshot: Snapshot
    drawn_by: int | None = None
    data: DataChoice | None = None

    @property
    def graph(self) -> NetworkGraph:
        """The network."""
        return self.setup.graph

    @property
    def plan(self) -> Plan:
        """What it compiles to."""
        return self.snapshot.plan

    @property
    def sound_run(self) -> PastRun | None:
        """The run to go back to after a breakdown; None without one."""
        found = self.snapshot.diagnosis
        return found.sound if found is not None else None

    @property
    def seed(self) -> int:
        """For draws that are neither the start's nor those of another moment."""
        own = (self.setup.hyper.seed + 1 + self.snapshot.step) % 2**63
        return own if self.drawn_by is None else self.drawn_by

    def node(self, block_id: str) -> Node:
        """A block as it was compiled."""
        return self.plan.nodes[self.plan.index_of(block_id)]

    def function(self, block_id: str) -> Activation | None:
        """The activation of a block."""
        node = self.node(block_id)
        function: Activation | None = node.kind.function(node.params)
        return function

    @property
    def hidden(self) -> tuple[Node, ...]:
        """The layers with weights before the output, from the input's side."""
        return tuple(self.plan.nodes[index] for index in self.plan.probed[:-1])


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do. ``blocks``: to which; ``units``: to which units of the one block; ``value``: the number that it
    sets, a rate or a bound; ``faults``: the settings that it brings back into range; ``redrawn``: further blocks whose
    weights it draws anew; ``setting``: the remedy of settings that it is paired with; ``seed``: what its draws begin
    with, so that those that were tried are done, whenever that is."""

    key: str
    blocks: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    value: float | None = None
    faults: tuple[RangeFault, ...] = ()
    redrawn: tuple[str, ...] = ()
    setting: Remedy | None = None
    seed: int | None = None

    @property
    def kind(self) -> str:
        """Its cure, or both of a pair."""
        return self.key if self.setting is None else f"{self.key}+{self.setting.key}"


@dataclass(frozen=True, slots=True)
class Edit:
    """What it changes: the graph, the hyper-parameters, the data set (None: as they are), then rows of weights.
    ``back``: the earlier run that it goes on from, None for the present one. ``data``: the fields of the data choice
    that give this data set."""

    graph: NetworkGraph | None = None
    hyper: Hyperparameters | None = None
    back: PastRun | None = None
    rows: Rows = field(default_factory=dict)
    dataset: Dataset | None = None
    data: Mapping[str, object] = field(default_factory=dict)


class Cure(ABC):
    """A kind of remedy. ``label``, ``tip``: what its button and its tooltip say. ``ranks``: the troubles that it is
    known to help against, each with its place among the cures of that."""

    key: str
    label: Word
    tip: Word
    sets_rate = False
    """Whether it is a rate that it sets."""
    ranks: tuple[tuple[Trouble, int], ...] = ()

    def label_of(self, remedy: Remedy, snapshot: Snapshot) -> Word:
        """What the button of one remedy says."""
        return self.label

    def tip_of(self, remedy: Remedy, snapshot: Snapshot) -> Word:
        """What its tooltip says."""
        return self.tip

    @abstractmethod
    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        """The remedy for verdicts of one trouble; None where it does not fit or is done already."""

    def gentler(self, remedy: Remedy) -> Remedy | None:
        """The same done more carefully, for where this does not cure; None where there is nothing more careful."""
        return None

    @abstractmethod
    def edit(self, case: Case, remedy: Remedy) -> Edit:
        """The edit that does it."""


_CURES: dict[str, Cure] = {}


def register(one: Cure) -> None:
    """Make a cure known. Raises ValueError when its key is taken."""
    if one.key in _CURES:
        raise ValueError(f"remedy {one.key!r} is registered twice")
    _CURES[one.key] = one


def cure(key: str) -> Cure:
    """The cure with this key. Raises KeyError."""
    return _CURES[key]


def cures_of(trouble: Trouble) -> list[str]:
    """The keys of what is known to help against a trouble, the best first."""
    ranks = {one.key: rank for one in _CURES.values() for helped, rank in one.ranks if helped is trouble}
    return sorted(ranks, key=lambda key: ranks[key])


def ids_of(trouble: Iterable[Verdict]) -> tuple[str, ...]:
    """The blocks that it is about."""
    return tuple(verdict.block_id for verdict in trouble)


def flattens(function: Activation | None) -> bool:
    """Whether a function flattens out on both sides, so that a layer of it lets less signal through than comes in."""
    return function is not None and function.saturates is Saturation.BOTH and function.elementwise


def good_start(function: Activation) -> str:
    """The initialiser made for an activation: He's where one side is off, else Xavier's."""
    return XAVIER if function.saturates is Saturation.BOTH or function.zero_centred else HE


def starts_well(node: Node) -> bool:
    """Whether a layer's initialiser is one made for its activation, at its usual gain."""
    function = node.kind.function(node.params)
    params = node.params
    known = function is None or params.initializer in _GOOD_STARTS[good_start(function)]
    return known and params.scale in (None, 1.0)


def start_size(node: Node) -> float:
    """The root mean square of a layer's start weights."""
    shape = node.width, node.in_widths[0]
    return initializer(node.params.initializer).size(shape, node.params.scale)


def large_starts(snapshot: Snapshot) -> dict[str, float]:
    """How many times as large as those made for its activation a layer's start weights are, by block id: of the layers
    for which that is too much, and whose weights still are so large."""
    found = {}
    for node in (snapshot.plan.nodes[index] for index in snapshot.plan.probed):
        function, size = node.kind.function(node.params), start_size(node)
        made_for = XAVIER if function is None else good_start(function)
        usual = initializer(made_for).size((node.width, node.in_widths[0]))
        now = float(np.sqrt(np.mean(np.square(snapshot.weights[node.id, "W"]))))
        if size >= LARGE_START * usual and now >= size / 2:
            found[node.id] = size / usual
    return found


def is_just_drawn(case: Case, block_id: str) -> bool:
    """Whether a block's weights are as its initialiser has drawn them, for the start or by a cure at this step."""
    slots = [slot for slot in case.plan.slots() if slot.block_id == block_id]

    def are_drawn(seed: int) -> bool:
        # Equal up to the digits that single precision keeps.
        drawn_then = (initial_array(slot, seed) for slot in slots)
        present = (case.snapshot.weights[slot.key] for slot in slots)
        return all(np.allclose(now, then, rtol=1e-6, atol=0.0) for now, then in zip(present, drawn_then, strict=True))

    return are_drawn(case.setup.hyper.seed) or are_drawn(case.seed)


def restarted(graph: NetworkGraph, block_ids: Iterable[str], initializer: Mapping[str, str]) -> NetworkGraph:
    """The graph with the initialisers of these blocks, by id, at their usual gain."""
    for block_id in block_ids:
        graph = set_params(graph, block_id, initializer=initializer[block_id], scale=None)
    return graph


def drawn(case: Case, graph: NetworkGraph, block_ids: Iterable[str]) -> Rows:
    """Every row of these blocks' arrays, drawn anew by the graph's own initialisers."""
    plan = compile_graph(graph, target_of(case.setup.dataset))
    chosen = set(block_ids)
    arrays = {slot.key: initial_array(slot, case.seed) for slot in plan.slots() if slot.block_id in chosen}
    return {key: dict(enumerate(array)) for key, array in arrays.items()}
