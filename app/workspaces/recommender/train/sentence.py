"""How it is with a run, in one sentence, and in the colour of a dot."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import counted, grouped, plain
from app.kit.translation import sentence_of
from app.workspaces.recommender.open_run import Doing
from app.workspaces.recommender.words import (
    Measure,
    difference_words,
    disagreement_words,
    part_words,
    simple_name,
    standing_colour,
)
from engine.recommenders.judging.standing import Rival, few_rows, rival_of
from engine.recommenders.running.run_history import RunHistory
from engine.recommenders.running.run_state import RunState
from engine.recommenders.tasks.base import NETWORK, figures_of


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunSentence", text)


def sentence_of_run(history: RunHistory, doing: Doing, measure: Measure | None) -> tuple[str, str]:
    """The sentence, and the theme's colour for its dot."""
    if doing == "finished":
        words, colour = _compared(history.state, measure)
        return words or _tr("Finished."), colour
    if doing == "running":
        return _running(history, measure), "accent"
    if doing in ("diverged", "failed"):
        trouble = history.state.trouble
        return "" if trouble is None else sentence_of(trouble), "danger"
    if doing == "killed":
        return _killed(history), "warning"
    plain_words = {
        "planned": _tr("Not begun yet."),
        "starting": _tr("Starting: loading the program and the data."),
        "stopping": _stopping(history.state),
        "stopped": _tr("Paused. Everything learnt is kept, and Resume continues from there."),
    }
    return plain_words[doing], "text_muted" if doing != "starting" else "accent"


def caveats_of(state: RunState) -> list[str]:
    """What has to be known to read a run's figures, a sentence each: columns that decide the label alone, few rows that
    it was judged on, measures that disagree, and a model beside it that is no worse."""
    doubts = (*state.leaks, *few_rows(state.judged_rows))
    return [*map(sentence_of, doubts), *filter(None, (disagreement_words(state), part_words(state)))]


def _running(history: RunHistory, measure: Measure | None) -> str:
    if history.latest is None and history.started is None:
        return _tr("The data is being read.")
    if history.state.fitting is not None:
        return _fitting(history.state.fitting)
    words, _colour = _compared(history.state, measure)
    return words or _tr("Training. Its first score comes after the first epoch.")


def _fitting(rows: str) -> str:
    if rows == "test":
        return _tr("Trained. Fitting simple models for comparison … Pause takes effect after the current one.")
    return _tr(
        "Fitting simple models for comparison, once per run … Then training continues. Pause takes effect "
        "after the current one."
    )


def _stopping(state: RunState) -> str:
    if state.fitting is not None:
        return _tr("Stopping as soon as the current simple model is fitted.")
    return _tr("Stopping after the current batch and writing a checkpoint.")


def _killed(history: RunHistory) -> str:
    if history.saved is None:
        return _tr("Its process was ended before the first checkpoint. Resume starts again.")
    words = _tr(
        "Its process was ended from outside. Everything up to epoch {epoch} is kept, and Resume continues from there."
    )
    return words.format(epoch=plain(round(history.saved, 1)))


def _compared(state: RunState, measure: Measure | None) -> tuple[str, str]:
    """The run's figure beside the best simple model's on the same rows."""
    own, _others = figures_of(state)
    rival, value = rival_in(state, measure), None if measure is None else own.get(measure.key)
    if measure is None or value is None:
        return "", "text_muted"
    shown = {"measure": measure.name, "value": measure.text(value)}
    if rival is None:
        words = _tr("{measure} {value}{epochs}; simpler models aren't evaluated yet.")
        return _sentence(words.format(**shown, epochs=_epochs(state))), "text_muted"
    words = {
        "better": _tr("Better: {measure} {value}{epochs}, against {rival} of {name} on {rows}; {difference}."),
        "worse": _tr("Worse: {measure} {value}{epochs}, against {rival} of {name} on {rows}; {difference}."),
        "level": _tr("Level: {measure} {value}{epochs}, against {rival} of {name} on {rows}; {difference}."),
        None: _tr("{measure} {value}{epochs}, against {rival} of {name} on {rows}."),
    }[rival.standing]
    told = words.format(
        **shown, epochs=_epochs(state), rival=measure.text(rival.value), name=simple_name(rival.name),
        rows=rows_words(state), difference=difference_words(value, rival.value, rival.error, measure),
    )  # fmt: skip
    begun = _as_it_began(state, measure)
    told = f"{begun} {_sentence(told)}" if begun else _sentence(told)
    return told, standing_colour(rival, state)


def _epochs(state: RunState) -> str:
    """After how many epochs, set off from the number before it; nothing of a network that is as it began."""
    learned = state.epochs if state.kept is None else state.kept.epochs
    return counted(learned, _tr(" after {count} {count:epoch|epochs}")) if learned else ""


def _as_it_began(state: RunState, measure: Measure) -> str:
    """What is said of a run that no epoch has made better: which figure decided, and by how much."""
    kept, tried = state.kept, state.best_tried
    if kept is None or kept.updates:
        return ""
    began = (
        _tr("The network is kept as it started, when it recommended what is popular.")
        if state.plan.model == "candidates"
        else _tr("The network is kept as it started.")
    )
    value = None if tried is None else tried.metrics.get(kept.figure)
    if tried is None or value is None or kept.value is None or measure.key != kept.figure:
        return began
    error = tried.metrics.get(f"{kept.figure}.error")
    words = _tr(
        "{began} The best epoch, {epoch}, has {measure} {value} on the validation rows, against {start} at the start:"
        " not better by more than its standard error."
    )
    if value <= kept.value or error is None:
        error = None
        words = _tr(
            "{began} The best epoch, {epoch}, has {measure} {value} on the validation rows, against {start} at the"
            " start."
        )
    return words.format(
        began=began,
        epoch=grouped(tried.epoch + 1),
        measure=measure.name,
        value=measure.text(value, error),
        start=measure.text(kept.value),
    )


def rival_in(state: RunState, measure: Measure | None) -> Rival | None:
    """The best simple model beside a run, by a measure."""
    own, others = figures_of(state)
    return None if measure is None else rival_of(own, others, measure.key, higher=measure.higher)


def rows_words(state: RunState) -> str:
    """The rows that a run's figures are of, for the middle of a sentence."""
    return _tr("the test rows") if NETWORK in state.judged else _tr("the validation rows")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
