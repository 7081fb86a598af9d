"""One of the networks as a copy in the playground."""

from __future__ import annotations

from app.kit.folders import passing_file
from app.workspaces.gradients.words import title_of
from app.workspaces.workspace import Host
from engine.formats import write_network
from engine.gradients.building import network_file
from engine.gradients.experiment import Experiment


def open_in_playground(host: Host, experiment: Experiment, number: int) -> None:
    """Open the network ``number`` (from 0) where networks are read. It begins with the very weights that it has here,
    for it draws them from the same seed. Raises EngineError."""
    path = passing_file()
    write_network(path, network_file(experiment, number, title_of(experiment.configurations[number])))
    host.open_copy(path)
