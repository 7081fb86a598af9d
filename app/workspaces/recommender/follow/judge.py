"""What the network is worth: a second child works it out, so that the first stays free for every edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isfinite
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.workspaces.recommender.answers import Answers
from app.workspaces.recommender.files import written_at
from app.workspaces.recommender.follow.session import LENGTHS
from engine.problems import Problem
from engine.recommenders.judging.metrics import Estimate
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.candidates.answers import Evaluated, RecommenderFigures, Retrieval, SplitStudy

LAST_KEY, RANDOM_KEY = "evaluate", "split_study"


@dataclass(frozen=True, slots=True)
class JudgedRate:
    """A recommender's hit rate at one length of the list."""

    who: str
    hit_rate: Estimate


@dataclass(frozen=True, slots=True)
class Worth:
    """The network first, then simpler models, the best first; ``differences``: the network minus each, by its name.
    ``repeated``: share of the held-out watches of what was watched before."""

    users: int
    catalogue: int
    tied: float
    repeated: float
    judged: tuple[JudgedRate, ...]
    differences: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class SplitWorth:
    """One way to hold a watch out; ``later``: share of a user's other watches that come after it; ``repeated``: as
    :class:`Worth` has it."""

    held_out: str
    users: int
    repeated: float
    later: float
    judged: tuple[JudgedRate, ...]


def worth_of(found: Evaluated, figure: str) -> Worth:
    """Return one figure of all recommenders, such as ``HR@50``."""
    differences = {difference.minus: difference.figures[figure] for difference in found.differences}
    judged = _judged_of(found.recommenders, figure)
    return Worth(found.users, found.catalogue, found.tied, found.repeated, judged, differences)


def splits_of(found: SplitStudy, figure: str) -> tuple[SplitWorth, ...]:
    """Return the same figure where other watches are held out."""
    return tuple(
        SplitWorth(split.held_out, split.users, split.repeated, split.later, _judged_of(split.recommenders, figure))
        for split in found.splits
    )


def _judged_of(found: Sequence[RecommenderFigures], figure: str) -> tuple[JudgedRate, ...]:
    def order(judged: JudgedRate) -> tuple[bool, float]:
        rate = judged.hit_rate.value
        return judged.who != NETWORK, -rate if isfinite(rate) else 0.0

    return tuple(sorted((JudgedRate(shown.who, shown.figures[figure]) for shown in found), key=order))


class Judge(QObject):
    """Fitting the simpler models takes from seconds to minutes. ``changed``: something is known or being worked out
    that was not, or not any more; ``failed(Problem)``."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, answers: Answers, parent: QObject | None = None) -> None:
        """``answers``: a child of its own, which this opens and ends."""
        super().__init__(parent)
        self._answers = answers
        self._checkpoint: Path | None = None
        self._judged: tuple[Path, int | None] | None = None
        self._wanted: set[str] = set()
        self.took: dict[str, float] = {}
        """How long answers took, in seconds, by the ask's name; of this checkpoint and its log."""
        self.failure = ""
        """Why nothing came of what was asked last, where no message says so."""
        self.length = LENGTHS[0]
        self.lengths: tuple[int, ...] = LENGTHS
        self._worths: dict[int, Worth] = {}
        self._splits: dict[int, tuple[SplitWorth, ...]] = {}
        self.retrieval: Retrieval | None = None
        answers.problem_found.connect(self._give_up)
        answers.lost.connect(self._give_up)
        answers.ready.connect(self._check)

    @property
    def worth(self) -> Worth | None:
        """What it is worth at the length of the list; of all lengths once it is known of one."""
        return self._worths.get(self.length)

    @property
    def splits(self) -> tuple[SplitWorth, ...]:
        """The same where random watches are held out."""
        return self._splits.get(self.length, ())

    def judge_at(self, length: int, lengths: tuple[int, ...] = LENGTHS) -> None:
        """Tell the hit rates of lists of another length, which is one of these."""
        self.length, self.lengths = length, lengths
        self.changed.emit()

    def waits_for(self, name: str) -> bool:
        """Whether an answer, by the ask's name, is being worked out."""
        return name in self._wanted

    def open(self, checkpoint: Path, written: int | None) -> bool:
        """Judge this checkpoint from now on, as it was ``written``, in nanoseconds since 1970; nothing is worked out
        before it is asked for. Whether it is another than before: else what is known of it stays."""
        found = (checkpoint, written)
        if found == self._judged:
            return False
        self.failure = ""
        self.stop()
        self._checkpoint, self._judged = checkpoint, found
        self._worths, self._splits, self.retrieval = {}, {}, None
        self.took.clear()
        self.changed.emit()
        return True

    def want_worth(self) -> None:
        """Work out retrieval, then the figures on the watches that training left out."""
        if self.retrieval is None:
            self._ask("retrieval", {}, Retrieval, self._take_retrieval)
        if self.worth is None:
            self._ask(LAST_KEY, {"at": list(self.lengths)}, Evaluated, partial(self._take_worth, self.lengths))

    def want_splits(self) -> None:
        """Work out the same figures where random watches are held out."""
        if not self.splits:
            self._ask(RANDOM_KEY, {"at": list(self.lengths)}, SplitStudy, partial(self._take_splits, self.lengths))

    @Slot()
    def stop(self) -> None:
        """Work nothing out any more; what is known stays."""
        self._answers.close()
        self._wanted.clear()
        self.changed.emit()

    def _ask(self, name: str, parameters: Mapping[str, object], kind: type, then: Callable[[Any], None]) -> None:
        if self._checkpoint is None or name in self._wanted:
            return
        if not self._answers.alive:
            if self._check():
                return
            self._answers.open(self._checkpoint)
        self._wanted.add(name)
        self.failure = ""
        begun = monotonic()

        def take(found: object) -> None:
            self._wanted.discard(name)
            self.took[name] = monotonic() - begun
            then(found)
            if not self._wanted:
                self._answers.close()  # it holds as much memory as the first one, and has nothing left to do
            self.changed.emit()

        self._answers.ask(name, parameters, take, kind=kind)
        self.changed.emit()

    def _take_retrieval(self, found: Retrieval) -> None:
        self.retrieval = found

    def _take_worth(self, lengths: tuple[int, ...], found: Evaluated) -> None:
        self._worths = {length: worth_of(found, f"HR@{length}") for length in lengths}

    def _take_splits(self, lengths: tuple[int, ...], found: SplitStudy) -> None:
        self._splits = {length: splits_of(found, f"HR@{length}") for length in lengths}

    def _trained_on(self) -> bool:
        """Whether the checkpoint is another by now than the one that is to be judged."""
        return self._judged is not None and written_at(self._judged[0]) != self._judged[1]

    @Slot()
    def _check(self) -> bool:
        """Give up where it has been trained on; so too once a child has opened it: whatever that was."""
        outdated = self._trained_on()
        if outdated:
            self._give_up(self.tr("Not computed: the network has been trained further since. Look again first."))
        return outdated

    @Slot(object)
    def _give_up(self, reason: object) -> None:
        self.failure = "" if isinstance(reason, Problem) else str(reason)
        self.stop()
        if isinstance(reason, Problem):
            self.failed.emit(reason)
