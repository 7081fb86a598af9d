"""Remedies tried on copies: what a network is worth some epochs after each, beside what it is worth without any."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from time import perf_counter

import numpy as np

from engine.formats.progress import PastRun
from engine.problems import declare
from engine.training.progress import progress_of
from engine.training.quality import NEARLY_SOLVED_SCORE
from engine.training.remedies import Case, Edit, Remedy, edit_of, further_remedies, gentler
from engine.training.session import TrainingSession
from engine.training.snapshot import Snapshot
from engine.training.verdicts import BELOW_CONSTANT, FAR_OFF, Trouble, Verdict

BREAKS_DOWN = declare(
    "training.cure-breaks-down",
    "With “{cure}” the network in its current state would break down, so nothing was changed. Choose another cure.",
)

EPOCHS = 80
SECONDS = 0.5
"""A copy is given so long at most; all of them then take as many steps as the network as it is came to."""
MOST_GENTLER = 4
"""So often a remedy that does not cure is tried again more carefully."""
LOOK = 0.05
"""Seconds between two looks at the clock and at whether anybody still wants to know, about."""
NOT_WORSE = 1.05
"""A cure that ends the trouble may leave the loss at this multiple."""
WORTH_IT = 0.02
"""A remedy helps that lifts accuracy or R² by so much, at no larger a loss on the test points …"""
MUCH_LOWER = 0.5
"""… or brings the loss down to this share, unless hardly any is left. Where other layers have the same trouble
afterwards, only that counts: a few points more are right by chance."""


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    """A copy after its epochs. ``remedy``, ``edit``: None and empty of the network as it is. ``signal``: ‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖
    of its first and last hidden layer, 1 with fewer than two. ``score``: accuracy or R² on the test set, ``loss``: on
    the training set, ``test_loss``: on the test set. ``troubles``: what is wrong with it then, by block, and in how
    many of its units. ``broken``: it ran into NaN or infinity. ``is_thrown``, ``is_no_better``: its loss is far above,
    or hardly below, that of one answer for all points. ``holds``: its loss has fallen, or hardly risen where something
    had been learnt. ``helps``: it ends the trouble, beside the network as it is."""

    remedy: Remedy | None
    edit: Edit
    signal: float
    score: float
    loss: float
    test_loss: float
    troubles: Mapping[tuple[str, Trouble], int]
    broken: bool = False
    is_thrown: bool = False
    is_no_better: bool = False
    holds: bool = False
    helps: bool = False

    @property
    def has_vanished(self) -> bool:
        """Whether hardly a signal reaches some layer, so that little is learnt from there on."""
        return any(trouble is Trouble.VANISHING for _block_id, trouble in self.troubles)

    @property
    def is_stuck(self) -> bool:
        """Whether it learns no more, or has learnt nothing."""
        return self.has_vanished or self.is_no_better

    @property
    def is_nearly_solved(self) -> bool:
        """Whether hardly a test point is left to gain."""
        return not self.broken and self.score >= NEARLY_SOLVED_SCORE


def try_remedies(
    case: Case,
    remedies: Sequence[Remedy],
    trouble: Sequence[Verdict] = (),
    *,
    epochs: int = EPOCHS,
    seconds: float = inf,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> tuple[TrialOutcome, ...]:
    """The network as it is first, then the remedies for ``trouble`` as :func:`recommended_first` has them; where none
    of them leaves it well, with them the first of the further remedies that cures.

    All go on from the case's weights, over the same batches, for the same number of epochs, fewer where the network as
    it is takes more than ``seconds`` for them. Fewer outcomes come back where it has been cancelled.
    """
    trial = _Trial(epochs, seconds, cancelled)
    found: list[TrialOutcome] = []
    copies = 1 + len(remedies)
    for number, remedy in enumerate((None, *remedies)):

        def tell(share: float, done: int = number) -> None:
            progress((done + share) / copies)

        outcome = _tried(case, remedy, found[0], trouble, trial, tell) if remedy else _alone(case, None, trial, tell)
        if trial.is_given_up:
            break
        found.append(outcome)
    if found and not any(_is_well(outcome, found[0]) and _cures(outcome, found[0], trouble) for outcome in found[1:]):
        found[1:1] = _further(case, remedies, trouble, trial, found[0])
    return _judged(found, trouble)


def proven_remedies(
    case: Case,
    remedies: Sequence[Remedy],
    trouble: Sequence[Verdict] = (),
    *,
    most: int,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Remedy, ...]:
    """The first of these that cure a copy of the network: of ``trouble``, or where there is none of what the test
    points show or of a breakdown. Where none leaves it well, the first of the further remedies. None that breaks down
    is among them."""
    trial = _Trial(EPOCHS, SECONDS, cancelled)
    base = _alone(case, None, trial)
    found = _first_that_cure(case, remedies, trouble, trial, base, most)
    if not any(_is_well(outcome, base) for outcome in found):
        found += _further(case, remedies, trouble, trial, base)
    return tuple(outcome.remedy for outcome in _best(found, base)[:most] if outcome.remedy is not None)


def _first_that_cure(
    case: Case, remedies: Sequence[Remedy], trouble: Sequence[Verdict], trial: _Trial, base: TrialOutcome, most: int
) -> list[TrialOutcome]:
    """The first that cure, until so many leave the copy well."""
    found: list[TrialOutcome] = []
    for remedy in remedies:
        outcome = _tried(case, remedy, base, trouble, trial)
        if trial.is_given_up:
            return []
        if _cures(outcome, base, trouble):
            found.append(outcome)
        if sum(_is_well(outcome, base) for outcome in found) == most:
            break
    return found


def _best(cured: Sequence[TrialOutcome], base: TrialOutcome) -> list[TrialOutcome]:
    """Those that leave the copy well; where none does, those that leave it learning."""
    well = [outcome for outcome in cured if _is_well(outcome, base)]
    return well or [outcome for outcome in cured if not outcome.is_stuck] or list(cured)


def _is_well(outcome: TrialOutcome, base: TrialOutcome) -> bool:
    """Whether no trouble is left; after a breakdown it is enough that it learns."""
    return not outcome.is_stuck and (base.broken or not outcome.troubles)


def _further(
    case: Case, tried: Sequence[Remedy], trouble: Sequence[Verdict], trial: _Trial, base: TrialOutcome
) -> list[TrialOutcome]:
    """The best of the further remedies, where anything is left to gain."""
    if trial.is_given_up or base.is_nearly_solved:
        return []
    return _best(_first_that_cure(case, further_remedies(case, tried, trouble), trouble, trial, base, 1), base)[:1]


def recommended_first(outcomes: Sequence[TrialOutcome]) -> tuple[TrialOutcome, ...]:
    """Those that help before the rest, the best score on the test points first. Scores less than :data:`WORTH_IT` apart
    differ by chance: of such, and of the rest, what is offered first comes first."""
    left, ranked = [one for one in outcomes if one.helps], []
    while left:
        best = max(one.score for one in left)
        ranked.append(left.pop(next(place for place, one in enumerate(left) if one.score > best - WORTH_IT)))
    return *ranked, *(one for one in outcomes if not one.helps)


def survives(case: Case, edit: Edit, cancelled: Callable[[], bool] = lambda: False) -> bool:
    """Whether a copy trains on after an edit without breaking down."""
    session = _copy(case, edit)
    for _share in _Trial(EPOCHS, SECONDS, cancelled).run(session):
        pass
    return session.failure is None


def _cures(one: TrialOutcome, base: TrialOutcome, trouble: Sequence[Verdict]) -> bool:
    """Whether the trouble has ended: in all layers and at no cost, or in those it was in and to clear advantage. A
    network that is stuck, if in another way, is not cured, unless its loss was far off."""
    if one.broken or one.is_thrown:
        return False
    if base.broken:
        return one.holds
    if one.edit.dataset is not None:  # the losses are of other numbers then
        return one.score >= base.score + WORTH_IT
    if one.is_stuck and not base.is_thrown:
        return False
    if not trouble:
        return one.test_loss < base.test_loss
    left = (one.troubles.get((verdict.block_id, verdict.trouble), -1) for verdict in trouble)
    if any(units >= len(verdict.units) for units, verdict in zip(left, trouble, strict=True)):
        return False
    return _helps(one, base, trouble) or (not _lasts(one, trouble) and one.loss <= NOT_WORSE * base.loss)


def _lasts(one: TrialOutcome, trouble: Sequence[Verdict]) -> bool:
    """Whether some layer has the same trouble afterwards. Single units that are dead in another layer are a trouble of
    their own; where a whole layer is, the signal vanishes."""
    kinds = {Trouble.VANISHING if verdict.trouble is Trouble.DEAD else verdict.trouble for verdict in trouble}
    return not kinds.isdisjoint(kind for _block_id, kind in one.troubles)


def _tried(
    case: Case,
    remedy: Remedy,
    base: TrialOutcome,
    trouble: Sequence[Verdict],
    trial: _Trial,
    progress: Callable[[float], None] = lambda _share: None,
) -> TrialOutcome:
    """What a copy is worth after a remedy, beside the network as it is: ``base``. One that draws layers anew under an
    output that stays stuck is tried with the output's weights drawn anew too, unless there is a cure for just that: of
    silent and of saturated layers."""
    outcome = _gentle_enough(case, remedy, base, trouble, trial, progress)
    output = case.plan.output.id
    if any(verdict.trouble in (Trouble.SATURATED, Trouble.VANISHING) for verdict in trouble):
        return outcome
    leaves_output_stuck = not outcome.troubles.keys().isdisjoint(
        {(output, Trouble.SATURATED), (output, Trouble.VANISHING)}
    )
    drawn_anew = {block_id for block_id, _name in outcome.edit.rows}
    if outcome.remedy is None or trial.is_given_up or not leaves_output_stuck or not drawn_anew or output in drawn_anew:
        return outcome
    other = _alone(case, replace(outcome.remedy, redrawn=(output,)), trial)
    return other if not other.broken and other.loss < outcome.loss else outcome


def _gentle_enough(
    case: Case,
    remedy: Remedy,
    base: TrialOutcome,
    trouble: Sequence[Verdict],
    trial: _Trial,
    progress: Callable[[float], None],
) -> TrialOutcome:
    """What a copy is worth after a remedy, or after the first more careful one that leaves it well; where none does,
    after the first that cures."""
    tried, milder = [_alone(case, remedy, trial, progress)], gentler(remedy)
    while milder is not None and len(tried) <= MOST_GENTLER and not trial.is_given_up:
        if _is_well(tried[-1], base) and _cures(tried[-1], base, trouble):
            break
        tried.append(_alone(case, milder, trial))
        milder = gentler(milder)
    return next(iter(_best([outcome for outcome in tried if _cures(outcome, base, trouble)], base)), tried[0])


def _alone(
    case: Case, remedy: Remedy | None, trial: _Trial, progress: Callable[[float], None] = lambda _share: None
) -> TrialOutcome:
    edit = Edit() if remedy is None else edit_of(case, remedy)
    session = _copy(case, edit)
    first, _ = session.observer.measure(session.state)
    for share in trial.run(session):
        progress(share)
    outcome = _outcome(remedy, edit, session)
    learnt = first.loss < session.observer.constant_loss
    holds = not outcome.broken and outcome.loss < (NOT_WORSE if learnt else 1.0) * first.loss
    return replace(outcome, holds=holds)


class _Trial:
    """Trains copies for as many epochs each, in chunks. The first that runs out of time sets the length for all."""

    def __init__(self, epochs: int, seconds: float, cancelled: Callable[[], bool]) -> None:
        self._epochs, self._seconds, self._cancelled = float(epochs), seconds, cancelled
        self.is_given_up = False

    def run(self, session: TrainingSession) -> Iterator[float]:
        """Train, and say now and then what share is done."""
        begun = looked = inf
        ahead = session.cursor % session.steps_per_epoch
        steps = round(self._epochs * session.steps_per_epoch) - ahead
        done, chunk = 0, 1
        while done < steps and session.failure is None:
            if self._cancelled():
                self.is_given_up = True
                return
            done += session.run_steps(min(chunk, steps - done), probe=False).steps
            before, looked = looked, perf_counter()
            begun = min(begun, looked)  # the first step may load the kernels: that tells nothing of the copies' pace
            chunk = max(1, int(chunk * min(2.0, LOOK / max(looked - before, 1e-9))))
            if looked - begun >= self._seconds:
                steps, self._epochs = done, (done + ahead) / session.steps_per_epoch
            yield min(1.0, done / steps)


def _copy(case: Case, edit: Edit) -> TrainingSession:
    """A session of its own where the case's stands, or where the edit goes back to, its optimiser's memory and place in
    the epoch included, and then the edit, as the running one would take it."""
    endless = {"stop_after_epochs": None}
    setup = replace(case.setup, hyper=case.setup.hyper.model_copy(update=endless))
    begin = edit.back or PastRun(case.snapshot.weights, progress_of(case.snapshot))
    session = TrainingSession(setup, begin.weights, progress=begin.progress)
    session.go_on()
    hyper = (edit.hyper or setup.hyper).model_copy(update=endless)
    dataset = edit.dataset or setup.dataset
    session.change(replace(setup, graph=edit.graph or setup.graph, dataset=dataset, hyper=hyper))
    session.set_rows(edit.rows)
    return session


def _outcome(remedy: Remedy | None, edit: Edit, session: TrainingSession) -> TrialOutcome:
    snapshot = session.snapshot(maps=False)
    broken = session.failure is not None
    # Of a copy no course is known that tells whether these are alarms.
    stuck = session.plan.output.id, Trouble.SATURATED
    known = {(verdict.block_id, verdict.trouble): verdict for verdict in snapshot.verdicts}
    troubles = {
        key: len(verdict.units)
        for key, verdict in known.items()
        if verdict.is_alarm or ((key == stuck or verdict.trouble is Trouble.ALIKE) and not snapshot.is_well)
    }
    constant = session.observer.constant_loss
    is_thrown, is_no_better = snapshot.train_loss > FAR_OFF * constant, snapshot.train_loss >= BELOW_CONSTANT * constant
    figures = _signal(snapshot), snapshot.accuracy, snapshot.train_loss, snapshot.test_loss
    return TrialOutcome(remedy, edit, *figures, troubles, broken, is_thrown, is_no_better)


def _signal(snapshot: Snapshot) -> float:
    deltas = [layer.delta for layer in snapshot.layers[:-1]]
    if len(deltas) < 2:
        return 1.0
    return deltas[0] / deltas[-1] if deltas[-1] > 0.0 else 0.0


def _judged(found: Sequence[TrialOutcome], trouble: Sequence[Verdict]) -> tuple[TrialOutcome, ...]:
    if not found:
        return ()
    base, *rest = found
    best = {id(one) for one in _best([one for one in rest if _cures(one, base, trouble)], base)}
    return base, *recommended_first([replace(one, helps=id(one) in best) for one in rest])


def _helps(one: TrialOutcome, base: TrialOutcome, trouble: Sequence[Verdict]) -> bool:
    if not np.isfinite(one.loss):
        return False
    much_lower = one.score >= base.score and one.loss <= MUCH_LOWER * base.loss
    if base.broken or (much_lower and not base.is_nearly_solved):
        return True
    return not _lasts(one, trouble) and one.score >= base.score + WORTH_IT and one.test_loss <= base.test_loss
