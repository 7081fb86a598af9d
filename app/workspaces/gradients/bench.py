"""Results of an experiment, worked out in threads: figures at the start, runs, cures, the map and other draws.

Each result is kept with what it is of: once the experiment is another, it is shown no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import is_
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background, Job
from engine.gradients.doctor import Trial, try_cures
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import START, DataKey, Figures, data_key, figures_of, shared_dataset, shared_rows
from engine.gradients.other_draws import OtherDraws, other_draws
from engine.gradients.run_record import record_of, runs_of
from engine.gradients.scan import Map, MapKind, scan, scan_training
from engine.gradients.training import GradientRun, train
from engine.network import warm
from engine.problems import Problem

F = TypeVar("F")


@dataclass(slots=True)
class JobResult(Generic[F]):
    """The result of a job so far, which the job writes and the window reads. A job that is not wanted any more goes on
    writing into one that nobody reads."""

    value: F


class Mapper(QObject):
    """``changed``: what is known of the map is another. ``failed(Problem)``."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, experiment: Callable[[], Experiment], parent: QObject) -> None:
        """``experiment``: as it is now."""
        super().__init__(parent)
        self._experiment = experiment
        self._map: JobResult[Map | None] = JobResult(None)
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
        experiment, known = self._experiment(), JobResult[Map | None](begun)
        self._map = known
        self._scanner.request(lambda job: _scan(job, experiment, number, kind, known, begun))
        self.changed.emit()

    def under_way(self, number: int, kind: MapKind) -> bool:
        """Return whether more of the map of this configuration is to come by itself."""
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
    job: Job, experiment: Experiment, number: int, kind: MapKind, known: JobResult[Map | None], begun: Map | None
) -> None:
    def found(grown: Map) -> None:
        known.value = grown
        job.progress(grown.done)

    configuration, seed, cancelled = experiment.configurations[number], experiment.seed, job.cancelled
    if kind == "signal":
        scan(configuration, shared_rows(experiment), seed, begun=begun, cancelled=cancelled, found=found)
        return
    dataset, compiled = shared_dataset(experiment), warm.cache_is_filled()
    scan_training(configuration, dataset, seed, compiled=compiled, begun=begun, cancelled=cancelled, found=found)


KEPT_DRAWS = 64
"""Of so many configurations the draws are kept, for undo brings them back."""
Known = dict[object, OtherDraws | None]


class DrawSpread(QObject):
    """``changed``: of more networks it is known, or being worked out. ``failed(Problem)``."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, experiment: Callable[[], Experiment], parent: QObject) -> None:
        """``experiment``: as it is now."""
        super().__init__(parent)
        self._experiment = experiment
        self._known: JobResult[Known] = JobResult({})
        self._of: Experiment | None = None
        self._keys: list[object] = []
        self._work = Background("gradients-draws", latest_only=True, tells=True, parent=self)
        self._work.progressed.connect(self._take)
        self._work.failed.connect(self.failed)

    def want(self) -> None:
        """Have the draws of every network worked out that are not known."""
        experiment = self._experiment()
        missing = [
            configuration
            for configuration in experiment.configurations
            if _key(configuration, experiment) not in self._known.value
        ]
        if missing:
            self._known = known = JobResult(dict(list(self._known.value.items())[-KEPT_DRAWS:]))
            self._work.request(lambda job: _draw(job, experiment, missing, known))
            self.changed.emit()

    @property
    def busy(self) -> bool:
        """Return whether draws are being worked out."""
        return self._work.busy

    def put_off(self) -> None:
        """Something is edited: it has the processor to itself."""
        self._work.cancel()

    def is_known(self, number: int) -> bool:
        """Return whether the draws of this network (from 0) are known as it is now."""
        return self._key_of(number) in self._known.value

    def of(self, number: int) -> OtherDraws | None:
        """The draws of this network; None as long as they are not known, and where none is a number."""
        return self._known.value.get(self._key_of(number))

    def _key_of(self, number: int) -> object:
        """Asked for with every frame of a drag: those of one experiment are made once."""
        if (experiment := self._experiment()) is not self._of:
            self._of, self._keys = (
                experiment,
                [_key(configuration, experiment) for configuration in experiment.configurations],
            )
        return self._keys[number]

    @Slot()
    def _take(self) -> None:
        self.changed.emit()

    def close(self) -> None:
        """Work nothing more out."""
        self._work.close()


def _key(configuration: Configuration, experiment: Experiment) -> object:
    return configuration.model_copy(update=START), data_key(experiment)


def _draw(job: Job, experiment: Experiment, configurations: list[Configuration], known: JobResult[Known]) -> None:
    rows = shared_rows(experiment)
    for done, configuration in enumerate(configurations, 1):
        draws = other_draws(configuration, rows, experiment.seed, cancelled=job.cancelled)
        if job.cancelled():
            return
        known.value = {**known.value, _key(configuration, experiment): draws}
        job.progress(done / len(configurations))


KEPT = 16
"""So many finished runs are kept, for undo brings experiments back."""


@dataclass(frozen=True, slots=True)
class RunKey:
    """The identity of a run."""

    configuration: Configuration
    data: DataKey
    steps: int


class Bench(QObject):
    """Computes what is known of an experiment: its start, its runs, its cures and its map.

    ``figured``, ``trained``, ``treated``: what is known of the start, of the runs and of the cures is another.
    ``failed(Problem)``: of the ``mapper`` and the ``spread`` too."""

    figured = Signal()
    trained = Signal()
    treated = Signal()
    failed = Signal(object)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.figures: tuple[Figures, ...] = ()
        self._figured: object = None  # of which configurations, on which data
        self._begun: Experiment | None = None
        self.training = 0.0
        """The share of the training under way that is done; 0 where there is none."""
        self._runs: dict[RunKey, GradientRun] = {}
        self._recorded: tuple[list[GradientRun | None], str] = ([], "")
        self._trials: JobResult[tuple[Trial, ...]] = JobResult(())
        self.treated_share = 0.0
        """The share of the cures that has been tried."""
        self._treated: RunKey | None = None
        self._start = Background("gradients-start", latest_only=False, tells=True, parent=self)
        self._trainer = Background("gradients-training", latest_only=True, tells=True, parent=self)
        self._doctor = Background("gradients-doctor", latest_only=True, tells=True, parent=self)
        self.mapper = Mapper(lambda: self.experiment, self)
        self.spread = DrawSpread(lambda: self.experiment, self)
        self._connect()

    def _connect(self) -> None:
        self._start.done.connect(self._take_figures)
        self._trainer.progressed.connect(self._take_progress)
        self._trainer.done.connect(self._end_training)
        self._doctor.progressed.connect(self._take_share)
        self._doctor.done.connect(self._take_trials)
        self._trainer.failed.connect(self._fail_training)
        self._doctor.failed.connect(self._fail_trials)
        self._start.failed.connect(self.failed)
        self.mapper.failed.connect(self.failed)
        self.spread.failed.connect(self.failed)

    # The start ----------------------------------------------------------------------------------------------------

    def follow(self, experiment: Experiment) -> None:
        """The experiment is this one now. Training under way goes on only where it is still of it."""
        before = [self.key_of(number) for number in range(len(self.experiment.configurations))]
        self.experiment = experiment
        if self.busy and before != [self.key_of(number) for number in range(len(experiment.configurations))]:
            self.stop()
        self.spread.put_off()
        self._start.request(lambda _job: (_start_of(experiment), figures_of(experiment)))

    @Slot(object)
    def _take_figures(self, result: tuple[object, tuple[Figures, ...]]) -> None:
        self._figured, self.figures = result
        self.figured.emit()

    @property
    def current(self) -> bool:
        """Return whether the figures are those of the experiment as it is."""
        return self._figured == _start_of(self.experiment)

    # Training -----------------------------------------------------------------------------------------------------

    def key_of(self, number: int) -> RunKey:
        """Return what a run of this configuration (from 0) would be of."""
        experiment = self.experiment
        return RunKey(experiment.configurations[number], data_key(experiment), experiment.steps)

    def run_of(self, number: int) -> GradientRun | None:
        """The run of this configuration as it is now, as far as it has come; None where there is none."""
        return self._runs.get(self.key_of(number))

    @property
    def busy(self) -> bool:
        """Return whether something is being trained."""
        return self._trainer.busy

    @property
    def complete(self) -> bool:
        """Return whether every configuration has been trained, and nothing is under way."""
        return not self.busy and all(self.run_of(n) is not None for n in range(len(self.experiment.configurations)))

    def train(self) -> None:
        """Train what has not been trained."""
        wanted = [n for n in range(len(self.experiment.configurations)) if self.run_of(n) is None]
        keys = [self.key_of(n) for n in wanted]
        self._keep(list(self._runs.items()))
        experiment, runs = self.experiment, self._runs
        self.training = 1e-6
        self._trainer.request(lambda job: _train(job, experiment, keys, runs))
        self.trained.emit()

    @property
    def record(self) -> str:
        """The finished runs, for the file of the experiment, while another one goes on too."""
        keys = [self.key_of(number) for number in range(len(self.experiment.configurations))]
        runs = [run if (run := self._runs.get(key)) is not None and _whole(key, run) else None for key in keys]
        if not (len(runs) == len(self._recorded[0]) and all(map(is_, runs, self._recorded[0]))):
            self._recorded = runs, record_of(runs)
        return self._recorded[1]

    def take_record(self, record: str) -> None:
        """Have the runs that were recorded of the experiment; those of another are not taken."""
        try:
            runs = runs_of(record, self.experiment) if record else []
        except ValueError:
            return
        known = {self.key_of(number): run for number, run in enumerate(runs) if run is not None}
        if known:
            self._keep(list((self._runs | known).items()))
            self.trained.emit()

    def stop(self) -> None:
        """Train no further; what is done of a run is no run of so many steps, and goes."""
        self._trainer.cancel()
        self._end_training()

    @Slot()
    def _end_training(self) -> None:
        self._keep([(key, run) for key, run in list(self._runs.items()) if _whole(key, run)])
        self.training = 0.0
        self.trained.emit()

    @Slot(object)
    def _fail_training(self, problem: Problem) -> None:
        self._end_training()
        self.failed.emit(problem)

    def _keep(self, known: list[tuple[RunKey, GradientRun]]) -> None:
        """Go on with these, of which the latest few are kept, in a place that no job under way writes into."""
        self._runs = dict(known[-KEPT:])

    @Slot(float)
    def _take_progress(self, share: float) -> None:
        self.training = share
        self.trained.emit()

    # The doctor ---------------------------------------------------------------------------------------------------

    def treat(self, number: int) -> None:
        """Try every cure of this configuration, unless that is what is being done or known."""
        if self._treated == (key := self._start_key(number)):
            return
        self._treated, self.treated_share = key, 0.0
        experiment, trials = self.experiment, JobResult[tuple[Trial, ...]](())
        self._trials = trials
        self._doctor.request(lambda job: _treat(job, experiment, number, trials))
        self.treated.emit()

    def _start_key(self, number: int) -> RunKey:
        key = self.key_of(number)
        return RunKey(key.configuration, key.data, 0)

    def trials_of(self, number: int) -> tuple[Trial, ...]:
        """The cures tried so far of this configuration as it is now, ranked."""
        return self._trials.value if self._treated == self._start_key(number) else ()

    def treating(self, number: int) -> bool:
        """Return whether more are to come."""
        return self._treated == self._start_key(number) and self._doctor.busy

    @Slot(float)
    def _take_share(self, share: float) -> None:
        self.treated_share = share
        self.treated.emit()

    @Slot()
    def _take_trials(self) -> None:
        self.treated.emit()

    @Slot(object)
    def _fail_trials(self, problem: Problem) -> None:
        self._treated = None  # they are tried again when they are next wanted
        self.treated.emit()
        self.failed.emit(problem)

    def close(self) -> None:
        """Work nothing more out."""
        for background in (self._start, self._trainer, self._doctor, self.mapper, self.spread):
            background.close()


def _start_of(experiment: Experiment) -> tuple[tuple[Configuration, ...], DataKey]:
    """Return what decides the figures at the start."""
    return experiment.configurations, data_key(experiment)


def _whole(key: RunKey, run: GradientRun) -> bool:
    return run.steps == key.steps or run.failure is not None


def _train(job: Job, experiment: Experiment, keys: list[RunKey], runs: dict[RunKey, GradientRun]) -> None:
    dataset = shared_dataset(experiment)
    for number, key in enumerate(keys):

        def tell(share: float, done: int = number) -> None:
            job.progress((done + share) / len(keys))

        run = train(
            key.configuration,
            dataset,
            experiment.seed,
            key.steps,
            compiled=warm.cache_is_filled(),
            cancelled=job.cancelled,
            progress=tell,
            found=partial(runs.__setitem__, key),
        )
        if job.cancelled():
            return
        runs[key] = run


def _treat(job: Job, experiment: Experiment, number: int, known: JobResult[tuple[Trial, ...]]) -> None:
    def found(trials: tuple[Trial, ...]) -> None:
        known.value = trials

    try_cures(
        experiment,
        number,
        shared_dataset(experiment),
        compiled=warm.cache_is_filled(),
        cancelled=job.cancelled,
        found=found,
        progress=job.progress,
    )
