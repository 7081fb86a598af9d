"""One of the networks as a copy in the playground."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from app.workspaces.gradients.words import title_of
from app.workspaces.workspace import Host
from engine.formats import write_network
from engine.gradients.building import network_file
from engine.gradients.experiment import Experiment


class Opening:
    """Hands networks over in files; they stay until :meth:`close`, for whoever opens them may first ask a question."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._folder: TemporaryDirectory[str] | None = None
        self._numbers = count(1)

    def open_in_playground(self, experiment: Experiment, number: int) -> None:
        """Open the network ``number`` (from 0) where networks are read. It begins with the very weights that it has
        here, for it draws them from the same seed. Raises EngineError."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="neuroloom-")
        path = Path(self._folder.name) / f"network-{next(self._numbers)}.loom"
        write_network(path, network_file(experiment, number, title_of(experiment.configurations[number])))
        self._host.open_copy(path)

    def close(self) -> None:
        """Take the files away."""
        if self._folder is not None:
            self._folder.cleanup()
