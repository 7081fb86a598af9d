"""What a run says while it trains: a bar and lines for people, JSON lines for programs, event files for TensorBoard."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from math import isfinite
from pathlib import Path

from engine.cli.outcome import number, number_with_error, table
from engine.cli.progress import ProgressBar
from engine.cli.streams import complain, say
from engine.problems import EngineError, document_of
from engine.recommenders.judging.standing import APART, ERROR, Rival, disagreement, part_without_loss
from engine.recommenders.running.events import (
    CompanionEpoch,
    Diverged,
    EpochEnded,
    Event,
    Judged,
    Kept,
    Noticed,
    OutOfTime,
    Saved,
    Started,
    Stepped,
    to_json,
)
from engine.recommenders.running.run_state import best_tried
from engine.recommenders.running.tensorboard import TensorBoard
from engine.recommenders.tasks.base import NETWORK, simple_models
from engine.recommenders.tasks.data_change import DataChange

CALIBRATION = (
    "calibration_error: the distance of mean prediction and mean outcome, as a mean over ten bins of equally many rows;"
    " equal predictions share a bin."
)
NO_AUC = "–: the AUC needs rows of both outcomes."
NO_ERROR = "No ±: a standard error needs rows whose figures differ."
FIND = "--data FILE says where the file of its training is."


class Teller:
    """Called with every event. ``epochs`` keeps those that have ended, ``cut`` the one within which the time was over,
    ``kept`` which one the run has gone back to, ``notices`` what people should know, ``saved`` where the checkpoint is,
    ``companions`` which models were trained beside it, and ``verdict`` the last one, for the report."""

    def __init__(self, bar: ProgressBar, *, json_lines: bool, board: TensorBoard | None, alone: bool = False) -> None:
        """``alone``: the run goes on when nobody reads its events any more."""
        self._bar, self._json_lines, self._board, self._alone = bar, json_lines, board, alone
        self._started: Started | None = None
        self.epochs: list[EpochEnded] = []
        self.cut: OutOfTime | None = None
        self.kept: Kept | None = None
        self.notices: list[str] = []
        self.companions: set[str] = set()
        self.verdict: Judged | None = None
        self.saved: str | None = None

    def __call__(self, event: Event) -> None:
        if self._json_lines:
            self._print(event)
        if self._board is not None:
            self._board(event)
        if isinstance(event, Started):
            self._started = event
        elif isinstance(event, Stepped):
            self._step(event)
        elif isinstance(event, EpochEnded):
            self.epochs.append(event)
        elif isinstance(event, OutOfTime):
            self.cut = event
        elif isinstance(event, Judged):
            self.verdict = event
        elif isinstance(event, CompanionEpoch):
            self.companions.add(event.which)
        elif isinstance(event, Kept):
            self.kept = event
        elif isinstance(event, Noticed):
            self.notices.append(event.sentence)
        elif isinstance(event, Saved):
            self.saved = event.path
        elif isinstance(event, Diverged):
            complain(event.sentence)

    def _print(self, event: Event) -> None:
        try:
            say(to_json(event))
        except (OSError, EngineError):
            if not self._alone:
                raise
            self._json_lines = False

    def _step(self, event: Stepped) -> None:
        start = self._started
        if start is None:
            return
        share = (event.epoch + event.step / start.steps) / start.epochs
        left = "" if event.remaining is None else f" · {timedelta(seconds=round(event.remaining))} left"
        note = f"epoch {event.epoch + 1} · loss {event.loss:.4f} · {event.samples_per_second:,.0f} rows/s{left}"
        self._bar.at(share, note)


def change_lines(change: DataChange | None, named: Sequence[Path]) -> list[str]:
    """What has become of the file since training, for people; nothing where it is the same. ``named``: the files that
    they have found."""
    if change is None:
        return []
    offer = [] if change.offer is None else [change.offer.sentence]
    find = [FIND] if change.can_be_found and (change.missing is not None or not named) else []
    changes = [problem.sentence for problem in change.problems]
    as_now = ["As it is now:"] if change.notices else []
    return [*changes, *as_now, *(notice.sentence for notice in change.notices), *offer, *find]


def change_document(change: DataChange | None) -> dict[str, object] | None:
    """The same for programs."""
    if change is None:
        return None
    counts = {name: getattr(change, name) for name in ("changed", "added", "gone", "judged")}
    told = {"further": change.further, "notices": change.notices}
    said = {name: list(map(document_of, problems)) for name, problems in told.items()}
    return {"problem": document_of(change.problem), **said, **counts}


def epoch_line(event: EpochEnded, best: Sequence[str]) -> str:
    """One ended epoch for people, with the figures that there is room for."""
    figures = " · ".join([f"loss {event.loss:.4f}", *_best(event.metrics, best)])
    return f"epoch {event.epoch + 1}: {figures} · {event.samples_per_second:,.0f} rows/s"


def cut_line(event: OutOfTime, best: Sequence[str]) -> str:
    """The epoch within which the time was over, likewise."""
    figures = " · ".join([f"loss {event.loss:.4f}", *_best(event.metrics, best)])
    return f"epoch {event.epoch + 1}, after {event.step} batches: {figures}"


def kept_line(event: Kept, epochs: Sequence[EpochEnded]) -> str:
    """Which of the ``epochs`` is kept, for people."""
    if event.epochs == 0:
        return f"the network is kept as it began: {_why_none(event, best_tried(epochs, event.figure))}"
    why = "" if event.value is None else f", the best by {event.figure}: {number(event.value)}"
    return f"epoch {event.epochs} of {event.tried} is kept{why}"


def _why_none(event: Kept, best: EpochEnded | None) -> str:
    value = None if best is None else best.metrics.get(event.figure)
    if best is None or value is None or event.value is None:
        return f"by {event.figure}, none of {event.tried} epochs has made it better"
    margin = best.metrics.get(f"{event.figure}.error")
    told = f"the best of {event.tried} epochs, {best.epoch + 1}, has {event.figure}"
    began = f"{number(event.value)} at the start"
    if value <= event.value or margin is None:
        return f"{told} {number(value)}, against {began}"
    return f"{told} {number_with_error(value, margin)}, not better than {began} by more than that error"


def _best(metrics: Mapping[str, float | None], best: Sequence[str]) -> list[str]:
    return [f"{name} {number(value)}" for name in best if (value := metrics.get(name)) is not None]


def verdict_lines(figures: Mapping[str, Mapping[str, float | None]]) -> list[str]:
    """Who has which figures, for people: one line each, standard errors beside what they are of."""
    names = [name for name in next(iter(figures.values())) if not name.endswith((ERROR, APART))]
    rows = [(who, *(_with_error(own, name) for name in names)) for who, own in figures.items()]
    untold = {
        name for own in figures.values() for name, value in own.items() if value is not None and not isfinite(value)
    }
    reasons = [NO_AUC] if untold.intersection(names) else []
    if any(name.endswith(ERROR) and name.removesuffix(ERROR) not in untold for name in untold):
        reasons.append(NO_ERROR)
    reasons += [CALIBRATION] if "calibration_error" in names else []
    return [*table(("", *names), rows), *reasons]


def disagreement_lines(
    judged: Mapping[str, Mapping[str, float | None]], companions: Collection[str], compared_by: Sequence[str]
) -> list[str]:
    """That one figure calls the network better than the simpler models and another worse, for people."""
    own = judged[NETWORK]

    def against(figure: str, rival: Rival) -> str:
        value = own[figure]
        assert value is not None
        return f"{figure} ({number(value)} against {number(rival.value)} of {rival.name})"

    if (found := disagreement(own, simple_models(judged, companions), compared_by)) is None:
        return []
    better, worse = (against(*pair) for pair in found)
    return [f"The measures disagree: {NETWORK} is better by {better}, but worse by {worse}."]


def part_lines(
    judged: Mapping[str, Mapping[str, float | None]], companions: Collection[str], compared_by: Sequence[str]
) -> list[str]:
    """Which model beside the network is no worse than it, for people; nothing where none is."""
    beside = {name: figures for name, figures in judged.items() if name in companions}
    if (found := part_without_loss(judged[NETWORK], beside, compared_by)) is None:
        return []
    figure, rival = found
    own = judged[NETWORK][figure]
    assert own is not None and rival.error is not None
    standing = f"is better than {NETWORK}" if rival.standing == "worse" else f"is level with {NETWORK}"
    return [
        f"“{rival.name}” by itself {standing}: {figure} {number(rival.value)} against {number(own)}"
        f" (difference {number_with_error(rival.value - own, rival.error)})"
    ]


def _with_error(figures: Mapping[str, float | None], name: str) -> str:
    value, error = figures.get(name), figures.get(name + ERROR)
    if value is None or not isfinite(value):
        return "–"
    if error is None or not isfinite(error):
        return number(value)
    return number_with_error(value, error)
