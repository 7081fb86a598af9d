"""How far other draws of the weights lie apart, worked out away from the window while nothing is edited."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background, Job
from app.workspaces.gradients.found import Found
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import START, data_key, shared_rows
from engine.gradients.other_draws import OtherDraws, other_draws

KEPT = 64
"""Of so many configurations the draws are kept, for undo brings them back."""
Known = dict[object, OtherDraws | None]


class Spread(QObject):
    """``changed``: of more networks it is known, or being worked out. ``failed(Problem)``."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, experiment: Callable[[], Experiment], parent: QObject) -> None:
        """``experiment``: as it is now."""
        super().__init__(parent)
        self._experiment = experiment
        self._known: Found[Known] = Found({})
        self._of: Experiment | None = None
        self._keys: list[object] = []
        self._work = Background("gradients-draws", latest_only=True, tells=True, parent=self)
        self._work.progressed.connect(self._take)
        self._work.failed.connect(self.failed)

    def want(self) -> None:
        """Have the draws of every network worked out that are not known."""
        experiment = self._experiment()
        missing = [one for one in experiment.configurations if _key(one, experiment) not in self._known.value]
        if missing:
            self._known = known = Found(dict(list(self._known.value.items())[-KEPT:]))
            self._work.request(lambda job: _draw(job, experiment, missing, known))
            self.changed.emit()

    @property
    def busy(self) -> bool:
        """Whether draws are being worked out."""
        return self._work.busy

    def put_off(self) -> None:
        """Something is edited: it has the processor to itself."""
        self._work.cancel()

    def is_known(self, number: int) -> bool:
        """Whether the draws of this network (from 0) are known as it is now."""
        return self._key_of(number) in self._known.value

    def of(self, number: int) -> OtherDraws | None:
        """The draws of this network; None as long as they are not known, and where none is a number."""
        return self._known.value.get(self._key_of(number))

    def _key_of(self, number: int) -> object:
        """Asked for with every frame of a drag: those of one experiment are made once."""
        if (experiment := self._experiment()) is not self._of:
            self._of, self._keys = experiment, [_key(one, experiment) for one in experiment.configurations]
        return self._keys[number]

    @Slot()
    def _take(self) -> None:
        self.changed.emit()

    def close(self) -> None:
        """Work nothing more out."""
        self._work.close()


def _key(configuration: Configuration, experiment: Experiment) -> object:
    return configuration.model_copy(update=START), data_key(experiment)


def _draw(job: Job, experiment: Experiment, configurations: list[Configuration], known: Found[Known]) -> None:
    rows = shared_rows(experiment)
    for done, one in enumerate(configurations, 1):
        found = other_draws(one, rows, experiment.seed, cancelled=job.cancelled)
        if job.cancelled():
            return
        known.value = {**known.value, _key(one, experiment): found}
        job.progress(done / len(configurations))
