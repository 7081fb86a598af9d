"""What a network would show with another activation: the run itself is not touched."""

from __future__ import annotations

from dataclasses import replace

from engine.graph.edit import set_params
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot


def previewed(snapshot: Snapshot, setup: Setup, change: tuple[str, str], view: tuple[int, int]) -> Snapshot:
    """The snapshot with the maps, layers and scores that its weights give under the ``change`` (block id, activation).

    ``view``: the two columns of the plane shown. As it was when the graph has no such block.
    """
    block_id, activation = change
    if block_id not in setup.graph:
        return snapshot
    graph = set_params(setup.graph, block_id, activation=activation, alpha=None)
    copy = TrainingSession(replace(setup, graph=graph, backend="numpy"), snapshot.weights)
    copy.observer.look_at(view)
    shown = copy.snapshot()
    return replace(
        snapshot,
        decision=shown.decision,
        maps=shown.maps,
        layers=shown.layers,
        train_loss=shown.train_loss,
        test_loss=shown.test_loss,
        accuracy=shown.accuracy,
    )
