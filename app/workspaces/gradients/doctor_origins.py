"""Where the doctor's numbers come from: the ratio of a copy, how much nearer to 1 that is, and the copy's loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.origin.facts import Fact, Parent
from app.workspaces.gradients.formulas import fraction, printed
from app.workspaces.gradients.trained_origins import DELTA_NAME
from app.workspaces.gradients.words import LETTERS, cure_name, gain_text, gained
from engine.gradients.check import check_figures
from engine.gradients.doctor import CureKey, Trial
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of
from engine.gradients.torch_code import torch_code
from engine.value_check import CheckedValue

RATIO, GAIN, LOSS = "ratio", "gain", "loss"


@dataclass(frozen=True, slots=True)
class DoctorKey:
    """The number ``what`` of a cure of network ``number`` (from 0); without a cure of the network as it is."""

    number: int
    what: str
    cure: CureKey | None = None


def doctor_fact(experiment: Experiment, trials: Sequence[Trial], key: DoctorKey) -> Fact | None:
    """What there is to say of a number of the doctor's; None where that cure is not tried (any more)."""
    trial = next((one for one in trials if one.key == key.cure), None)
    if not trials or (trial is None and key.cure is not None):
        return None
    if key.what == RATIO:
        return _ratio(experiment, trial, key)
    if key.what == LOSS:
        return _loss(trials[0], trial, key)
    return _gain(experiment, trial, key) if trial is not None else None


def _place(trial: Trial | None, key: DoctorKey) -> str:
    letter = LETTERS[key.number]
    if trial is None:
        return _tr("network {letter} as it is, at the start").format(letter=letter)
    cure = cure_name(trial.key, trial.configuration)
    return _tr("{cure}, on a copy of network {letter}, at the start").format(cure=cure, letter=letter)


def _ratio(experiment: Experiment, trial: Trial | None, key: DoctorKey) -> Fact:
    configuration = experiment.configurations[key.number] if trial is None else trial.configuration
    return ratio_fact(experiment, configuration, key, _place(trial, key))


def ratio_fact(experiment: Experiment, configuration: Configuration, key: DoctorKey, place: str) -> Fact:
    """‖δ‖ of the first of the layers that are judged by over that of the last, at the start of any configuration."""
    alone = experiment.model_copy(update={"configurations": (configuration,)})
    figures = figures_of(alone)[0]
    delta, judged = figures.signal.delta, figures.judgement
    first, last = judged.first - 1, (judged.last or configuration.depth) - 1
    above, below = (DELTA_NAME.format(layer=at + 1) for at in (first, last))
    name = rf"\frac{{{above}}}{{{below}}}"
    sentence = _tr("Measured on all samples, before a step is done; the copy has the same data and the same seed.")
    return Fact(
        key,
        name,
        place,
        judged.judged,
        name,
        fraction(float(delta[first]), float(delta[last])),
        sentence=sentence,
        check=lambda: _theirs(alone, first, last),
        code=lambda: torch_code(alone, 0, f"delta[{first}] / delta[{last}]"),
        printed=printed(judged.judged),
    )


def _theirs(alone: Experiment, first: int, last: int) -> CheckedValue[float]:
    return check_figures(alone, 0).pick(lambda found: float(found.delta[first] / found.delta[last]))


def _gain(experiment: Experiment, trial: Trial, key: DoctorKey) -> Fact:
    parents = []
    for of, cure in ((None, None), (trial, trial.key)):
        fact = _ratio(experiment, of, DoctorKey(key.number, RATIO, cure))
        parents.append(Parent(fact.name, fact.place, fact.value, fact.key, fact.printed))
    before = parents[0].value
    assert before is not None
    return Fact(
        key,
        _tr("nearer to 1 by") + "$$",
        _place(trial, key),
        trial.gain,
        parents=tuple(parents),
        sentence=gained(before, trial),
        printed=gain_text(before, trial),
    )


def _loss(any_trial: Trial, trial: Trial | None, key: DoctorKey) -> Fact:
    value, steps = any_trial.untreated, any_trial.steps
    if trial is not None:
        value, steps = trial.loss, trial.steps
    words = _tr(
        "The mean cross-entropy of all samples after {steps} steps of training, by the copy’s own optimiser and rate."
    )
    return Fact(key, "L", _place(trial, key), value, sentence=words.format(steps=steps), printed=printed(value))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
