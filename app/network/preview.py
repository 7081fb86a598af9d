"""What a network would show with another activation: the run itself is not touched."""

from __future__ import annotations

from dataclasses import replace

from engine.graph.edit import set_params
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot

_OF_THE_RUN = (
    "run", "step", "epoch", "cursor", "measured_step", "measured_epoch", "learning_rate", "speed", "backend", "device",
    "plan", "weights", "optimizer", "optimizer_step", "memory", "stuck", "history", "failure", "finished", "diagnosis",
    "can_go_back", "signal",
)  # fmt: skip
"""Where the run stands. All else is measured, and always of one network: the one with the previewed activation."""


def previewed(snapshot: Snapshot, setup: Setup, change: tuple[str, str], view: tuple[int, int]) -> Snapshot:
    """The run where it stands, with all that is measured of the network that its weights give under the ``change``
    (block id, activation).

    ``view``: the two columns of the plane shown. As it was when the graph has no such block.
    """
    block_id, activation = change
    if block_id not in setup.graph:
        return snapshot
    graph = set_params(setup.graph, block_id, activation=activation, alpha=None)
    copy = TrainingSession(replace(setup, graph=graph, backend="numpy"), snapshot.weights)
    copy.observer.look_at(view)
    kept = {name: getattr(snapshot, name) for name in _OF_THE_RUN}
    return replace(copy.snapshot(), **kept, unpreviewed=snapshot)
