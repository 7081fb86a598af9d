"""One of the networks as a copy in the playground."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.kit.background import Background, Job
from app.kit.folders import passing_file
from app.workspaces.gradients.words import differing_fields, title_of
from app.workspaces.workspace import Host
from engine.formats import write_network
from engine.gradients.building import network_file
from engine.gradients.experiment import Experiment
from engine.gradients.trained_file import trained_file
from engine.gradients.training import Run, checkable
from engine.problems import EngineError


class Opening(QObject):
    """Opens networks where networks are read, as they are at the moment that is shown."""

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._work = Background("gradients-opening", latest_only=True, tells=True, parent=self)
        self._work.done.connect(self._take)
        self._work.failed.connect(host.messages.say_problem)

    def open(self, experiment: Experiment, number: int, run: Run | None, step: int) -> None:
        """The network ``number`` (from 0) after so many steps of its run. At the start it draws the very weights that
        it has here from the same seed; later on the steps are done once more, for no run keeps all its weights."""
        if run is None or step == 0:
            self._open_start(experiment, number)
            return
        if not checkable(experiment.configurations[number], experiment.samples, step):
            text = self.tr("The {steps} steps are done once more; then the network opens in the playground.")
            self._host.messages.say(text.format(steps=step), passing=True)
        self._work.request(partial(_written, experiment, number, step, run.compiled, passing_file()))

    def _open_start(self, experiment: Experiment, number: int) -> None:
        path = passing_file()
        try:
            write_network(path, network_file(experiment, number, _title(experiment, number)))
        except EngineError as error:
            self._host.messages.say_problem(error.problem)
            return
        self._host.open_copy(path)

    @Slot(object)
    def _take(self, path: Path | None) -> None:
        if path is not None:
            self._host.open_copy(path)

    def close(self) -> None:
        """Open nothing more."""
        self._work.close()


def _title(experiment: Experiment, number: int) -> str:
    return title_of(experiment.configurations[number], differing_fields(experiment.configurations))


def _written(experiment: Experiment, number: int, step: int, compiled: bool, path: Path, job: Job) -> Path | None:
    title = _title(experiment, number)
    found = trained_file(experiment, number, title, step, compiled=compiled, cancelled=job.cancelled)
    if found is None:
        return None
    write_network(path, found)
    return path
