"""The map of depth × scale, worked out away from the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background, Job
from app.workspaces.gradients.found import Found
from engine.gradients.experiment import Experiment
from engine.gradients.figures import START, data_key, shared_dataset, shared_rows
from engine.gradients.scan import Map, MapKind, scan, scan_training
from engine.network import warm
from engine.problems import Problem


class Mapper(QObject):
    """``changed``: what is known of the map is another. ``failed(Problem)``."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, experiment: Callable[[], Experiment], parent: QObject) -> None:
        """``experiment``: as it is now."""
        super().__init__(parent)
        self._experiment = experiment
        self._map: Found[Map | None] = Found(None)
        self._mapped: object = None
        self._scanner = Background("gradients-map", latest_only=True, tells=True, pause_ms=50, parent=self)
        self._scanner.progressed.connect(self._take)
        self._scanner.done.connect(self._take)
        self._scanner.failed.connect(self._fail)

    def chart(self, number: int, kind: MapKind) -> None:
        """Work out the map of this configuration (from 0), unless it is known or under way."""
        if self._mapped == (key := self._key(number, kind)):
            return
        self._mapped = key
        self._request(number, kind, None)

    def _request(self, number: int, kind: MapKind, begun: Map | None) -> None:
        experiment, known = self._experiment(), Found[Map | None](begun)
        self._map = known
        self._scanner.request(lambda job: _scan(job, experiment, number, kind, known, begun))
        self.changed.emit()

    def under_way(self, number: int, kind: MapKind) -> bool:
        """Whether more of the map of this configuration is to come by itself."""
        return self._mapped == self._key(number, kind) and self._scanner.busy

    def stop(self) -> None:
        """Leave the map as far as it has come."""
        self._scanner.cancel()
        self.changed.emit()

    def go_on(self, number: int, kind: MapKind) -> None:
        """Work out the rest of a map that was stopped."""
        if not self._scanner.busy:
            self._request(number, kind, self.map_of(number, kind))

    def _key(self, number: int, kind: MapKind) -> object:
        """The map is the same for all depths and scales; how steps are made counts where it is trained."""
        free = {**(START if kind == "signal" else {}), "depth": 1, "scale": 1.0}
        experiment = self._experiment()
        return kind, experiment.configurations[number].model_copy(update=free), data_key(experiment)

    def map_of(self, number: int, kind: MapKind) -> Map | None:
        """The map of this configuration as far as it is known; None where nothing is."""
        return self._map.value if self._mapped == self._key(number, kind) else None

    @Slot()
    def _take(self) -> None:
        self.changed.emit()

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        self._mapped = None  # it is worked out again when it is next wanted
        self.changed.emit()
        self.failed.emit(problem)

    def close(self) -> None:
        """Work nothing more out."""
        self._scanner.close()


def _scan(
    job: Job, experiment: Experiment, number: int, kind: MapKind, known: Found[Map | None], begun: Map | None
) -> None:
    def found(grown: Map) -> None:
        known.value = grown
        job.progress(grown.done)

    one, seed, cancelled = experiment.configurations[number], experiment.seed, job.cancelled
    if kind == "signal":
        scan(one, shared_rows(experiment), seed, begun=begun, cancelled=cancelled, found=found)
        return
    dataset, compiled = shared_dataset(experiment), warm.cache_is_filled()
    scan_training(one, dataset, seed, compiled=compiled, begun=begun, cancelled=cancelled, found=found)
