"""Around a process that trains: others that share its batches, the run's folder, who is told, who may stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from engine.cli.recommend.stopping import Stopping
from engine.cli.recommend.telling import Teller
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.distributed import Fleet
from engine.recommenders.running.events import Event
from engine.recommenders.running.run import StopFlag
from engine.recommenders.running.run_session import RunSession
from engine.recommenders.running.trainer import RecommenderTrainer, StepReport


@dataclass(frozen=True, slots=True)
class Setting:
    """``fleet``: the processes that train together, None for one alone. ``session``: the work in the run's folder, of
    the first process and where there is one."""

    fleet: Fleet | None
    teller: Teller
    session: RunSession | None
    stop: Stopping

    @property
    def first(self) -> bool:
        """Whether this is the process that writes and tells."""
        return self.fleet is None or self.fleet.rank == 0

    def emit(self, event: Event) -> None:
        """Tell of an event, as only the first process does: the log first, which is to know even where nobody reads."""
        if self.session is not None:
            self.session(event)
        if self.first:
            self.teller(event)

    def agreed(self, flag: StopFlag) -> StopFlag:
        """The same wish for all processes."""
        return flag if self.fleet is None else self.fleet.agreed(flag)

    def gradients(self, trainer: RecommenderTrainer) -> Callable[[PreparedRows], StepReport] | None:
        """How the processes work a batch out together; None for one alone."""
        return None if self.fleet is None else partial(self.fleet.gradients, trainer)
